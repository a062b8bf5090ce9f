"""Question sets that bring their own corpus: which one a path is, read, indexed and asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from aseqa.beir import read_beir
from aseqa.embed import Encoder
from aseqa.evaluate_beir import evaluate_beir
from aseqa.evaluate_squad import evaluate_squad
from aseqa.squad import is_squad, read_squad
from aseqa.titles import read_titles


def has_own_corpus(path: Path) -> bool:
    """Tell whether a path is a SQuAD file or a folder, hence one in the format of BEIR."""
    return path.is_dir() or is_squad(path)


def evaluate_benchmark(
    path: Path,
    load_encoder: Callable[[], Encoder],
    titles: str | None = None,
    report: Path | None = None,
    progress: Callable[[float, int, str], None] | None = None,
) -> dict[str, Any]:
    """Measure the chain on a SQuAD file or a BEIR folder; all of it is read before a model is.

    Parameters
    ----------
    titles
        ``FILE`` or ``FILE:key``: the articles of the SQuAD file to keep.

    Raises
    ------
    BadSettings
        When what the path holds is wrong.
    """
    if is_squad(path):
        squad = read_squad(path, read_titles(titles) if titles else None)
        return evaluate_squad(squad, load_encoder(), report, progress)
    return evaluate_beir(read_beir(path), load_encoder(), report, progress)
