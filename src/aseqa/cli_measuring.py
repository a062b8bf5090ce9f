"""What `aseqa eval` measures on: the user's index, or one made for the occasion."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from aseqa.cli_opening import open_or_build
from aseqa.cli_output import ProgressLine

if TYPE_CHECKING:
    from aseqa.settings import Settings


def measure(
    settings: Settings,
    gold: Path,
    titles: str | None,
    report: Path | None,
    run_file: Path | None = None,
    qrels_file: Path | None = None,
) -> dict[str, Any]:
    """Measure on what ``gold`` is; a wrong file is said before anything is built for it.

    ``run_file`` and ``qrels_file`` are where to write the rankings and the judgements
    for trec_eval and its like.
    """
    from aseqa.benchmark import has_own_corpus

    for folder in (report, *(file and file.parent for file in (run_file, qrels_file))):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)  # refused now, and not after an hour
    if has_own_corpus(gold):
        return _measure_benchmark(settings, gold, titles, report, run_file, qrels_file)
    from aseqa.evaluate import evaluate_gold, evaluate_rankings
    from aseqa.gold import read_gold

    read_gold(gold)
    with open_or_build(settings) as assistant:
        if run_file or qrels_file:
            files = (run_file, qrels_file)
            return evaluate_rankings(assistant, gold, *files, report, ProgressLine())
        return evaluate_gold(assistant, gold, report, ProgressLine())


def _measure_benchmark(
    settings: Settings,
    gold: Path,
    titles: str | None,
    report: Path | None,
    run_file: Path | None,
    qrels_file: Path | None,
) -> dict[str, Any]:
    """Measure on a question set with its own corpus; its report holds run and judgements."""
    from aseqa.benchmark import evaluate_benchmark
    from aseqa.embed import load_encoder
    from aseqa.trec import QRELS, RUN

    load = partial(load_encoder, settings.encoder, settings.threads)
    wanted = [(RUN, run_file), (QRELS, qrels_file)]
    with ExitStack() as stack:
        if report is None and (run_file or qrels_file):
            report = Path(stack.enter_context(TemporaryDirectory(prefix="aseqa-")))
        summary = evaluate_benchmark(gold, load, titles, report, ProgressLine())
        for name, file in wanted:
            if report and file and file.resolve() != (report / name).resolve():
                shutil.copyfile(report / name, file)
    return summary
