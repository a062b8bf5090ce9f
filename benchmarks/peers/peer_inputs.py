"""The three question sets as every driver gets them, and what is right in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aseqa.gold import GoldQuestion, read_gold
from aseqa.squad import SquadQuestion, read_squad

ROOT = Path(__file__).resolve().parents[2]
SPLIT = ROOT / "embeddings" / "training" / "piaf-split.json"
# How peers quote; the product does it in its own way.
WAYS = ("passage", "sentence, encoder", "sentence, reader")
Item = dict[str, Any]  # a passage or a quote of a driver's output


@dataclass(frozen=True, slots=True)
class PeerQuestion:
    """A question; ``is_right`` judges a passage or a quote.

    ``tunes`` marks those of the tuning half: they set thresholds and are not reported.
    """

    id: str
    question: str
    answerable: bool
    tunes: bool
    is_right: Callable[[Item], bool]


@dataclass(frozen=True, slots=True)
class PeerSet:
    """Documents and the questions put to them."""

    name: str
    documents: tuple[dict[str, str | None], ...]
    questions: tuple[PeerQuestion, ...]

    def to_input(self, threads: int, ways: Sequence[str] = WAYS) -> dict[str, Any]:
        """Give what a driver reads: nothing of the right answers."""
        return {
            "threads": threads,
            "ways": list(ways),
            "documents": list(self.documents),
            "questions": [{"id": one.id, "q": one.question} for one in self.questions],
        }

    def texts(self) -> dict[str, str]:
        return {str(one["id"]): str(one["text"]) for one in self.documents}


def gold_set(seeds: Path) -> PeerSet:
    """Give the shipped corpus with both halves of its questions."""
    documents = tuple(
        {"id": path.stem, "title": None, "text": path.read_text(encoding="utf-8")}
        for path in sorted(seeds.glob("*.txt"))
    )
    halves = {half: read_gold(seeds / "gold" / f"{half}.jsonl") for half in ("tuning", "reporting")}
    questions = tuple(
        PeerQuestion(one.id, one.question, one.answerable, half == "tuning", right_words(one))
        for half, those in halves.items()
        for one in those
    )
    return PeerSet("seeds", documents, questions)


def piaf_set(data: Path, limit: int | None = None) -> PeerSet:
    """Give the test articles of PIAF."""
    titles = json.loads(SPLIT.read_text(encoding="utf-8"))["test"]
    return squad_set("PIAF", data / "piaf" / "piaf-v1.1.json", titles, limit, right_place)


def cnil_set(data: Path, limit: int | None = None) -> PeerSet:
    """Give the questions put to the CNIL: the whole paragraph answers, whose opening is marked."""
    path = data / "cnil-faq" / "cnil_squad_2021-07-08.json"
    return squad_set("CNIL", path, None, limit, right_paragraph)


def squad_set(
    name: str,
    path: Path,
    titles: Sequence[str] | None,
    limit: int | None,
    right: Callable[[SquadQuestion], Callable[[Item], bool]],
) -> PeerSet:
    """Give a set in the format of SQuAD, ``limit`` questions of it spread evenly."""
    squad = read_squad(path, titles)
    documents = tuple(
        {"id": one.id, "title": one.title, "text": one.text} for one in squad.paragraphs
    )
    asked = [one for one in squad.questions if one.answerable]
    step = max(1, len(asked) // limit) if limit else 1
    questions = tuple(
        PeerQuestion(one.id, one.question, True, False, right(one)) for one in asked[::step][:limit]
    )
    return PeerSet(name, documents, questions)


def right_words(gold: GoldQuestion) -> Callable[[Item], bool]:
    """Judge by the words wanted, as the project's own evaluation does."""
    return lambda item: gold.is_right(item["document"], item["text"])


def right_place(asked: SquadQuestion) -> Callable[[Item], bool]:
    """Judge by overlap with an answer's place, as the project's own evaluation does."""
    return lambda item: asked.is_right(item["document"], item["start"], item["end"])


def right_paragraph(asked: SquadQuestion) -> Callable[[Item], bool]:
    """Judge by the paragraph alone."""
    return lambda item: item["document"] == asked.paragraph
