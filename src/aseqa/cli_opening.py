"""The index that a command works on: opened, or built first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aseqa.cli_output import ProgressLine
from aseqa.messages import message
from aseqa.wording import decimal_words

if TYPE_CHECKING:
    from aseqa.ask import Assistant
    from aseqa.embed import Encoder
    from aseqa.ingest import IndexReport
    from aseqa.settings import Settings

# The generation of an index that nothing was ever written to: its first build was cut short.
_NEVER_WRITTEN = "0"


def open_assistant(settings: Settings) -> Assistant:
    """Open the index with the encoder that made it, unless the settings name another one."""
    from aseqa.ask import Assistant
    from aseqa.embed import DEFAULT_ENCODER

    encoder = None if settings.encoder == DEFAULT_ENCODER else settings.encoder
    return Assistant.open(settings.index, encoder, settings.threads, settings.store)


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
    ray: str | None = None,
) -> IndexReport:
    """Index files, telling on standard error how it goes and which could not be read.

    ``ray`` is the address of a cluster that computes the vectors (see ``ray_encoder``).
    """
    from aseqa.ingest import index_paths
    from aseqa.render_words import visible

    with _encoder(settings, ray) as (encoder, group):
        report = index_paths(
            paths,
            settings.index,
            encoder,
            corpus_root,
            rebuild,
            ProgressLine(),
            group,
            settings.store,
        )
    for source, fault in report.failed:
        click.echo(visible(message("index_failed", source=source, fault=fault)), err=True)
    return report


@contextmanager
def _encoder(settings: Settings, ray: str | None) -> Iterator[tuple[Encoder, int]]:
    """Give the encoder, and how many files it takes at a time."""
    if ray is None:
        from aseqa.embed import load_encoder
        from aseqa.update import GROUP

        yield load_encoder(settings.encoder, settings.threads), GROUP
        return
    from aseqa import ray_encoder

    with ray_encoder.RayEncoder(settings.encoder, ray) as encoder:
        yield encoder, ray_encoder.GROUP


def told(report: IndexReport) -> dict[str, str]:
    """Give a report's figures as French prints them."""
    figures = {**report.to_dict(), "failed": len(report.failed)}
    return {key: decimal_words(str(figure)) for key, figure in figures.items()}
