"""What `aseqa eval` measures on: the user's index, or one made for the occasion."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aseqa.cli_opening import open_or_build
from aseqa.cli_output import ProgressLine

if TYPE_CHECKING:
    from aseqa.settings import Settings


def measure(
    settings: Settings, gold: Path, titles: str | None, report: Path | None
) -> dict[str, Any]:
    """Measure on what ``gold`` is; a wrong file is said before anything is built for it."""
    from aseqa.benchmark import evaluate_benchmark, has_own_corpus
    from aseqa.embed import load_encoder

    if report:
        report.mkdir(parents=True, exist_ok=True)  # refused now, and not after an hour
    if has_own_corpus(gold):
        load = partial(load_encoder, settings.encoder, settings.threads)
        return evaluate_benchmark(gold, load, titles, report, ProgressLine())
    from aseqa.evaluate import evaluate_gold
    from aseqa.gold import read_gold

    read_gold(gold)
    with open_or_build(settings) as assistant:
        return evaluate_gold(assistant, gold, report, ProgressLine())
