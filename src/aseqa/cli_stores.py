"""The command that moves an index from one search store to another."""

from __future__ import annotations

from pathlib import Path

import click

from aseqa.cli_french import FrenchCommand
from aseqa.cli_options import text_option
from aseqa.cli_output import show
from aseqa.messages import message
from aseqa.settings import load_settings

LEXICAL_NAMES = {"tantivy": "tantivy (local)", "milvus-sparse": "Milvus"}


class _Needed(click.Option):
    """An option without which nothing is done; click would say so in English."""

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)
        return extra


@click.command("migrate", cls=FrenchCommand, help=message("help_migrate_command"))
@text_option("--to", required=True, metavar="MAGASIN", cls=_Needed)
@text_option("--json", "as_json", is_flag=True)
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
