"""The command line. Answers go to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from aseqa.cli_french import FrenchGroup
from aseqa.cli_index import migrate, remove, roll_back_index, status
from aseqa.cli_measuring import measure
from aseqa.cli_opening import build_index, open_or_build, told
from aseqa.cli_options import (
    IsoDate,
    WholeNumber,
    check_kinds,
    chosen_filters,
    filter_options,
    json_option,
    settings_options,
    text_option,
)
from aseqa.cli_output import has_color, show, show_record, text_width
from aseqa.messages import message
from aseqa.settings import MAX_QUOTES, load_settings

if TYPE_CHECKING:
    from aseqa.ask import Assistant
    from aseqa.records import Filters

WIDEST_HELP = 100

_path = click.Path(path_type=Path)


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from aseqa import __version__

        click.echo(f"aseqa {__version__}")
        ctx.exit()


@click.group(
    cls=FrenchGroup,
    help=message("help_main"),
    epilog=message("help_epilog"),
    options_metavar="",
    subcommand_metavar=message("help_subcommand"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST_HELP},
)
@text_option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
def main() -> None:
    """Ask questions in French and read verbatim, cited quotes."""


@main.command("index", help=message("help_index_command"))
@click.argument("paths", nargs=-1, type=_path, metavar="[CHEMIN]...")
@text_option("--corpus-root", metavar="DOSSIER", type=_path)
@text_option("--rebuild", is_flag=True)
@text_option("--strict", is_flag=True)
@text_option("--ray", metavar="ADRESSE")
@json_option
@settings_options
def index_files(
    paths: tuple[Path, ...],
    corpus_root: Path | None,
    rebuild: bool,
    strict: bool,
    ray: str | None,
    as_json: bool,
    **flags: Any,
) -> int:
    """Read files into the index; under ``--strict``, 1 when one of them could not be read."""
    from aseqa.settings import shipped_seeds

    settings = load_settings(**flags)
    report = build_index(settings, paths or (shipped_seeds(),), corpus_root, rebuild, ray)
    show(report.to_dict(), message("index_report", folder=settings.index, **told(report)), as_json)
    return 1 if strict and report.failed else 0


@main.command("ask", help=message("help_ask_command"))
@click.argument("words", nargs=-1, metavar="[QUESTION]")
@text_option("--batch", metavar="FICHIER")
@text_option("--conversation", "is_conversation", is_flag=True)
@text_option("--k", type=WholeNumber(1, MAX_QUOTES), metavar="N")
@text_option("--cite", metavar="STYLE")
@json_option
@filter_options
@settings_options
def ask(
    words: tuple[str, ...],
    batch: str | None,
    is_conversation: bool,
    k: int | None,
    cite: str | None,
    as_json: bool,
    **given: Any,
) -> int:
    """Answer one question, or a file of them; 1 when a line of the file was at fault."""
    from aseqa.batch import check_question

    if bool(words) == bool(batch):
        raise click.UsageError(message("usage_question"), click.get_current_context())
    if is_conversation and not batch:
        raise click.UsageError(message("usage_conversation"), click.get_current_context())
    if cite and (batch or as_json):
        raise click.UsageError(message("usage_cite"), click.get_current_context())
    filters = chosen_filters(given)
    settings = load_settings(quotes=k, **given)
    with ExitStack() as stack:
        if batch:
            lines = stack.enter_context(_opened_lines(batch))
            assistant = stack.enter_context(open_or_build(settings))
            check_kinds(filters, partial(_kinds, assistant))
            return _ask_all(assistant, lines, settings.quotes, filters, is_conversation)
        question = check_question(" ".join(words))
        assistant = stack.enter_context(open_or_build(settings))
        check_kinds(filters, partial(_kinds, assistant))
        answer = assistant.ask(question, k=settings.quotes, filters=filters)
        if cite and answer.quotes:
            click.echo(assistant.cite(answer.quotes, cite))
            return 0
    from aseqa.render import render_answer

    show(answer.to_dict(), render_answer(answer, text_width(), has_color()), as_json)
    return 0


@main.command("chat", help=message("help_chat_command"))
@text_option("--host", default="127.0.0.1", metavar="ADRESSE")
@text_option("--port", default=7860, type=WholeNumber(0, 65535), metavar="PORT")
@text_option("--auth", metavar="FICHIER", type=_path)
@text_option("--allow-host", "allowed_hosts", multiple=True, metavar="NOM")
@text_option("--documents", metavar="DOSSIER", type=_path)
@text_option("--feedback", metavar="FICHIER", type=_path)
@text_option("--rate", metavar="N", type=WholeNumber(1, 1_000_000))
@settings_options
def chat(
    host: str,
    port: int,
    auth: Path | None,
    allowed_hosts: tuple[str, ...],
    documents: Path | None,
    feedback: Path | None,
    rate: int | None,
    **flags: Any,
) -> None:
    """Serve the web chat until it is stopped."""
    from aseqa.errors import BackendMissing

    settings = load_settings(**flags)
    try:
        from aseqa_ui.app import serve
    except ModuleNotFoundError as error:
        raise BackendMissing(message("chat_library_missing", name=error.name)) from error
    serve(
        partial(open_or_build, settings),
        host,
        port,
        auth,
        allowed_hosts,
        rate,
        documents=documents,
        feedback=feedback,
    )


@main.command("eval", help=message("help_eval_command"))
@click.argument("gold", type=_path, metavar="GOLD")
@text_option("--titles", metavar="FICHIER[:NOM]")
@text_option("--report", metavar="DOSSIER", type=_path)
@text_option("--run", "run_file", metavar="FICHIER", type=_path)
@text_option("--qrels", "qrels_file", metavar="FICHIER", type=_path)
@json_option
@settings_options
def evaluate(
    gold: Path,
    titles: str | None,
    report: Path | None,
    run_file: Path | None,
    qrels_file: Path | None,
    as_json: bool,
    **flags: Any,
) -> None:
    """Measure the answers against a gold file, a SQuAD file or a BEIR folder."""
    from aseqa.scorecard import render_summary
    from aseqa.squad import is_squad

    settings = load_settings(**flags)
    if titles and not is_squad(gold):
        raise click.UsageError(message("usage_titles"), click.get_current_context())
    summary = measure(settings, gold, titles, report, run_file, qrels_file)
    show(summary, render_summary(summary), as_json)


@main.command("thread", help=message("help_thread_command"))
@click.argument("wanted", metavar="NUMERO")
@text_option("--today", type=IsoDate(), metavar="DATE")
@json_option
@settings_options
def thread(wanted: str, today: str | None, as_json: bool, **flags: Any) -> int:
    """Follow a parliamentary question through; 1 when the index holds none of that number."""
    from datetime import date

    from aseqa.errors import BadSettings
    from aseqa.render_thread import render_thread

    with open_or_build(load_settings(**flags)) as assistant:
        threads = assistant.thread(wanted, today or date.today().isoformat())
    if not threads:
        raise BadSettings(message("thread_unknown", named=wanted))
    shown = "\n\n".join(render_thread(one, text_width(), has_color()) for one in threads)
    show({"wanted": wanted, "threads": [one.to_dict() for one in threads]}, shown, as_json)
    return 0


@main.command("verify", help=message("help_verify_command"))
@click.argument("answers", type=_path, metavar="REPONSE.json")
@text_option("--sources", multiple=True, metavar="CHEMIN", type=_path)
@json_option
@settings_options
def verify(answers: Path, sources: tuple[Path, ...], as_json: bool, **flags: Any) -> int:
    """Check every quote of a saved answer again; 1 when any is not found as cited."""
    from aseqa.render_proof import render_verification
    from aseqa.saved_answers import load_answers
    from aseqa.sources import file_sources, index_sources
    from aseqa.verify import verify_answers

    saved = load_answers(answers)
    folder = load_settings(**flags).index
    with file_sources(sources) if sources else index_sources(folder) as held:
        found = verify_answers(saved, held)
    show(found.to_dict(), render_verification(found, text_width()), as_json)
    return 0 if found.ok else 1


for command in (status, remove, roll_back_index, migrate):
    main.add_command(command)


def _ask_all(
    assistant: Assistant, lines: BinaryIO, k: int, filters: Filters, is_conversation: bool
) -> int:
    from aseqa.batch import answer_lines

    faults = 0
    for record in answer_lines(assistant, lines, k, filters, is_conversation):
        show_record(record)
        # An empty line is no fault: many files end with one.
        faults += "error" in record and bool(record["question"])
    if faults:
        click.echo(message("batch_faults", count=faults), err=True)
    return 1 if faults else 0


def _opened_lines(batch: str) -> BinaryIO:
    if batch == "-":
        return sys.stdin.buffer
    return Path(batch).open("rb")


def _kinds(assistant: Assistant) -> set[str]:
    return {document.kind for document in assistant.documents()}
