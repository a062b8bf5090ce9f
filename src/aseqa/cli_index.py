"""The commands on an index as a whole: what it holds, what leaves it, back to before, elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aseqa.cli_french import FrenchCommand
from aseqa.cli_opening import open_assistant
from aseqa.cli_options import json_option, settings_options, text_option
from aseqa.cli_output import show, text_width
from aseqa.messages import message
from aseqa.settings import load_settings

LEXICAL_NAMES = {"tantivy": "tantivy (local)", "milvus-sparse": "Milvus"}


@click.command("status", cls=FrenchCommand, help=message("help_status_command"))
@text_option("--coverage", is_flag=True)
@json_option
@settings_options
def status(coverage: bool, as_json: bool, **flags: Any) -> None:
    """Tell what the index holds, or what it covers and does not."""
    from aseqa.render import render_status
    from aseqa.render_coverage import render_coverage

    with open_assistant(load_settings(**flags)) as assistant:
        if coverage:
            held = assistant.coverage()
            show(held, render_coverage(held, text_width()), as_json)
            return
        held = assistant.status()
    show(held, render_status(held), as_json)


@click.command("remove", cls=FrenchCommand, help=message("help_remove_command"))
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@json_option
@settings_options
def remove(sources: tuple[str, ...], as_json: bool, **flags: Any) -> None:
    """Drop files from the index."""
    from aseqa.ingest import remove_sources

    removed = remove_sources(load_settings(**flags).index, sources)
    show({"removed": removed}, message("removed", count=removed), as_json)


@click.command("rollback", cls=FrenchCommand, help=message("help_rollback_command"))
@json_option
@settings_options
def roll_back_index(as_json: bool, **flags: Any) -> None:
    """Return to the generation before the last change."""
    from aseqa.ingest import roll_back, say_return

    folder = load_settings(**flags).index
    now, left = roll_back(folder)
    show({"index": now, "previous": left or None}, say_return(folder, now, left), as_json)


class _Needed(click.Option):
    """An option without which nothing is done; click would say so in English."""

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)
        return extra


@click.command("migrate", cls=FrenchCommand, help=message("help_migrate_command"))
@text_option("--to", required=True, metavar="MAGASIN", cls=_Needed)
@json_option
@text_option("--index", metavar="DOSSIER", type=click.Path(path_type=Path))
def migrate(to: str, as_json: bool, index: Path | None) -> None:
    """Send an index to another store, or make it again where it is."""
    from aseqa.engine_stores import migrate as move

    folder = load_settings(index=index).index
    done = move(folder, to)
    seconds = str(done["seconds"]).replace(".", ",")
    told = {"store": done["store"], "sentences": done["sentences"], "seconds": seconds}
    lexical = LEXICAL_NAMES[done["lexical"]]
    show(done, message("migrated", folder=folder, lexical=lexical, **told), as_json)
    if done["left"]:
        click.echo(message("migrated_left", left=done["left"]), err=True)
