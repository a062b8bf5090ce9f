"""How well "as of when" and "where" are told, on hand-marked documents.

    python benchmarks/when_where.py tests/data/marked/dev [--all]

Prints precision, recall and F1 of periods and of territories, for sentences and for figures,
and what was taken for what. A figure is asked for at the place where it is marked, with the
territories and the period that its sentence was found to have. ``--all`` lists every fault.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aseqa.periods import period_at, periods_of
from aseqa.records import Document, Section, Sentence, Voice
from aseqa.territory import territories_at, territories_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is marked and what was found, for one sentence or figure."""

    what: str
    marked: frozenset[str]
    found: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of values, summed over sentences or figures."""

    right: int
    found: int
    marked: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.marked) if self.found + self.marked else 1.0


MEASURED = ("sentence as_of", "sentence territories", "figure as_of", "figure territories")


HELD_OUT = Path(__file__).resolve().parents[1] / "tests" / "data" / "marked" / "test"


def main() -> None:
    folders = [Path(given) for given in sys.argv[1:] if not given.startswith("--")]
    folder, listed = folders[0] if folders else HELD_OUT, "--all" in sys.argv
    judgements = list(judged(folder))
    print(f"{folder}: {len(list(folder.glob('*.json')))} documents")
    print(f"{'':22}{'marked':>8}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}{'F1':>8}")
    for what in MEASURED:
        one = score(judgements, what)
        print(
            f"{what:22}{one.marked:8d}{one.found:8d}{one.right:8d}"
            f"{one.precision:11.3f}{one.recall:8.3f}{one.f1:8.3f}"
        )
    for what in MEASURED:
        print(f"\n{what}: marked -> found")
        for line in confusions(judgements, what, listed=listed):
            print(f"  {line}")


def score(judgements: Iterable[Judgement], what: str) -> Score:
    """Count right values: a sentence with two territories of which one is found counts one."""
    rows = [row for row in judgements if row.what == what]
    return Score(
        sum(len(row.marked & row.found) for row in rows),
        sum(len(row.found) for row in rows),
        sum(len(row.marked) for row in rows),
    )


def confusions(judgements: Iterable[Judgement], what: str, *, listed: bool) -> Iterator[str]:
    """Give what was taken for what, with its count, or every fault with its text."""
    faults = [row for row in judgements if row.what == what and row.marked != row.found]
    names = [f"{_said(row.marked)} -> {_said(row.found)}" for row in faults]
    if listed:
        yield from (f"{name}  | {row.text}" for name, row in zip(names, faults, strict=True))
    else:
        yield from (f"{count:3d}  {name}" for name, count in Counter(names).most_common())


def _said(values: frozenset[str]) -> str:
    return ", ".join(sorted(values)) or "nothing"


def judged(folder: Path) -> Iterator[Judgement]:
    """Compare every sentence and figure of a folder with its marks."""
    for path in sorted(folder.glob("*.json")):
        marked = json.loads(path.read_text(encoding="utf-8"))
        document, sentences, marks = load(marked)
        periods = periods_of(document, sentences)
        territories = territories_of(document, sentences)
        for sentence, mark, period, places in zip(
            sentences, marks, periods, territories, strict=True
        ):
            text, published = sentence.text, document.sections[sentence.section].date
            yield _judgement("sentence as_of", mark["as_of"], period, text)
            yield _judgement("sentence territories", mark["territories"], places, text)
            for figure in mark["figures"]:
                start = text.index(figure["text"])
                end = start + len(figure["text"])
                when = period_at(text, start, end, published, period)
                where = territories_at(text, start, end, places)
                said = f"{figure['text']} IN {text}"
                yield _judgement("figure as_of", figure["as_of"], when, said)
                yield _judgement("figure territories", figure["territories"], where, said)


def _judgement(
    what: str, marked: str | Iterable[str] | None, found: str | Iterable[str] | None, text: str
) -> Judgement:
    return Judgement(what, _values(marked), _values(found), text)


def _values(value: str | Iterable[str] | None) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value or ())


def load(marked: dict[str, Any]) -> tuple[Document, list[Sentence], list[dict[str, Any]]]:
    """Build the document that is marked, its sentences, and the marks of each."""
    text, sections, sentences, marks = "", [], [], []
    for number, section in enumerate(marked["sections"]):
        begin = len(text) + (2 if text else 0)
        text += "\n\n" if text else ""
        for mark in section["sentences"]:
            text += "" if len(text) == begin else " "
            start = len(text)
            text += mark["text"]
            voice = Voice(section["voice"]["kind"], section["voice"]["name"])
            sentences.append(Sentence(start, len(text), mark["text"], number, "prose", voice))
            marks.append(mark)
        sections.append(Section(section["name"], begin, len(text), voice, section["date"]))
    document = Document(
        id=marked["name"],
        source=marked["name"],
        sha256="",
        text=text,
        kind=marked["kind"],
        title=marked["title"],
        date=marked["date"],
        author=marked["author"],
        publisher=marked["publisher"],
        url=None,
        sections=tuple(sections),
    )
    return document, sentences, marks


if __name__ == "__main__":
    main()
