"""The index that a command works on: opened, or built first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aseqa.cli_output import ProgressLine
from aseqa.messages import message

if TYPE_CHECKING:
    from aseqa.ask import Assistant
    from aseqa.ingest import IndexReport
    from aseqa.settings import Settings

# The generation of an index that nothing was ever written to: its first build was cut short.
_NEVER_WRITTEN = "0"


def open_assistant(settings: Settings) -> Assistant:
    """Open the index with the encoder that made it, unless the settings name another one."""
    from aseqa.ask import Assistant
    from aseqa.embed import DEFAULT_ENCODER

    encoder = None if settings.encoder == DEFAULT_ENCODER else settings.encoder
    return Assistant.open(settings.index, encoder, settings.threads)


def open_or_build(settings: Settings) -> Assistant:
    """Open the index; where there is none, build that of the shipped corpus first."""
    from aseqa.errors import IndexMissing
    from aseqa.settings import shipped_seeds

    try:
        assistant = open_assistant(settings)
        if assistant.generation != _NEVER_WRITTEN:
            return assistant
        assistant.close()
    except IndexMissing:
        pass  # built below
    seeds = shipped_seeds()
    click.echo(message("index_first", folder=settings.index, seeds=seeds), err=True)
    build_index(settings, (seeds,))
    return open_assistant(settings)


def build_index(
    settings: Settings,
    paths: tuple[Path, ...],
    corpus_root: Path | None = None,
    rebuild: bool = False,
) -> IndexReport:
    """Index files, telling on standard error how it goes and which could not be read."""
    from aseqa.embed import load_encoder
    from aseqa.ingest import index_paths
    from aseqa.render_words import visible

    report = index_paths(
        paths,
        settings.index,
        encoder=load_encoder(settings.encoder, settings.threads),
        corpus_root=corpus_root,
        rebuild=rebuild,
        progress=ProgressLine(),
    )
    for source, fault in report.failed:
        click.echo(visible(message("index_failed", source=source, fault=fault)), err=True)
    return report


def told(report: IndexReport) -> dict[str, str]:
    """Give a report's figures as French prints them."""
    figures = {**report.to_dict(), "failed": len(report.failed)}
    return {key: str(figure).replace(".", ",") for key, figure in figures.items()}
