"""Measures the figures found in hand-marked documents, and which of them are comparable.

    python benchmarks/figures.py [FOLDER_OR_FILE…]

Without arguments, reads ``tests/data/marked/dev`` and the marked seeds. Prints precision, recall
and F1 of found figures, the accuracy of each attribute, the units taken for one another, and
precision and recall of comparable pairs: as found, and with the marked places and periods.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from aseqa.answers import Figure
from aseqa.counted_labels import phrase_label
from aseqa.figures import comparable, figures_in
from aseqa.records import Document, Section, Sentence, Voice
from aseqa.territory import territories_of

MARKED = Path(__file__).resolve().parents[1] / "tests" / "data" / "marked"
DEFAULTS = (MARKED / "dev", MARKED / "seeds_figures.json")


@dataclass(frozen=True)
class Match:
    """A marked figure and the one found at its place, if any."""

    marked: dict[str, Any]
    found: Figure | None


@dataclass(frozen=True)
class Measured:
    """All figures of some documents: marked ones with their match, and how many were too many."""

    matches: list[Match]
    spurious: list[Figure]


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]] or list(DEFAULTS)
    for path in paths:
        report(path.name, measure(path))


def measure(path: Path) -> Measured:
    """Find the figures of the documents of a folder or file, and match them to the marked ones."""
    matches: list[Match] = []
    spurious: list[Figure] = []
    for document in documents(path):
        for sentence, found in read(document):
            matched, extra = match(sentence, found)
            matches.extend(matched)
            spurious.extend(extra)
    return Measured(matches, spurious)


def documents(path: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        read_in = json.loads(file.read_text(encoding="utf-8"))
        yield from read_in if isinstance(read_in, list) else [read_in]


def read(marked: dict[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[Figure, ...]]]:
    """Give each sentence of a document with its figures, read in their document."""
    document, sentences = as_document(marked)
    places = territories_of(document, sentences)
    rows = [row for section in marked["sections"] for row in section["sentences"]]
    dates = [section.date for section in document.sections]
    for row, sentence, territories in zip(rows, sentences, places, strict=True):
        before = document.text[max(0, sentence.start - 1000) : sentence.start]
        title = document.title or ""
        yield row, figures_in(sentence.text, dates[sentence.section], territories, before, title)


def as_document(marked: dict[str, Any]) -> tuple[Document, list[Sentence]]:
    text, sections, sentences = "", [], []
    for number, section in enumerate(marked["sections"]):
        text += "\n\n" if text else ""
        begin = len(text)
        voice = Voice(kind=section.get("voice", {}).get("kind", "autre"))
        date = section.get("date") or marked["date"]
        for place, row in enumerate(section["sentences"]):
            text += " " if place else ""
            start, text = len(text), text + row["text"]
            sentences.append(Sentence(start, len(text), row["text"], number, "prose", voice))
        sections.append(Section(section["name"], begin, len(text), voice, date))
    document = Document(
        id=marked["name"], source=marked["name"], sha256="", text=text, kind=marked["kind"],
        title=marked["title"], date=marked["date"], author=marked.get("author"),
        publisher=marked.get("publisher"), url=None, sections=tuple(sections),
    )  # fmt: skip
    return document, sentences


def match(row: dict[str, Any], found: Sequence[Figure]) -> tuple[list[Match], list[Figure]]:
    left = list(found)
    matches = []
    position = 0
    for marked in row["figures"]:
        start = row["text"].find(marked["text"], position)
        start = start if start >= 0 else row["text"].find(marked["text"])
        position, end = start + 1, start + len(marked["text"])
        meeting = [figure for figure in left if figure.start < end and start < figure.end]
        same = [figure for figure in meeting if figure.unit == marked["unit"]]
        best = (same or meeting or [None])[0]
        if best:
            left.remove(best)
        matches.append(Match(marked, best))
    return matches, left


ATTRIBUTES: dict[str, Callable[[dict[str, Any], Figure], bool]] = {
    "text": lambda marked, found: marked["text"] == found.text,
    "value": lambda marked, found: (
        close(marked["low"], found.low) and close(marked["high"], found.high)
    ),
    "hedge": lambda marked, found: marked["hedge"] == found.hedge,
    "unit": lambda marked, found: marked["unit"] == found.unit,
    "counted (label, if told)": lambda marked, found: (
        found.counted is None or found.counted == phrase_label(marked["counted"] or "")
    ),
    "counted told": lambda marked, found: found.counted is not None,
    "territories": lambda marked, found: set(marked["territories"]) == set(found.territories),
    "as_of": lambda marked, found: marked["as_of"] == found.as_of,
}


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.01 * max(1.0, abs(one)) / 100 + 0.01


def pairs(measured: Measured, oracle: bool = False) -> tuple[int, int, int]:
    """Count comparable pairs: found and marked, found, marked.

    With ``oracle``, places and periods are the marked ones.
    """
    right = told = real = 0
    figures = [(one.marked["group"], placed(one, oracle)) for one in measured.matches]
    figures += [(None, extra) for extra in measured.spurious]
    for (group, one), (other_group, other) in combinations(figures, 2):
        same = group is not None and group == other_group
        said = one is not None and other is not None and comparable(one, other)
        right, told, real = right + (same and said), told + said, real + same
    return right, told, real


def placed(one: Match, oracle: bool) -> Figure | None:
    if one.found is None or not oracle:
        return one.found
    territories = tuple(one.marked["territories"])
    return replace(one.found, territories=territories, as_of=one.marked["as_of"])


def wrong_pairs(measured: Measured, oracle: bool = False) -> Iterator[tuple[Figure, Figure]]:
    """Give the pairs said comparable that a reader would not set side by side."""
    figures = [(one.marked["group"], placed(one, oracle)) for one in measured.matches]
    for (group, one), (other_group, other) in combinations(figures, 2):
        same = group is not None and group == other_group
        if one and other and not same and comparable(one, other):
            yield one, other


def report(name: str, measured: Measured) -> None:
    hits = [one for one in measured.matches if one.found]
    found, marked = len(hits) + len(measured.spurious), len(measured.matches)
    precision, recall = len(hits) / max(found, 1), len(hits) / max(marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{name}: {marked} marked, {found} found")
    print(f"  found       precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    for attribute, agrees in ATTRIBUTES.items():
        right = sum(agrees(one.marked, one.found) for one in hits if one.found)
        print(f"  {attribute:24} {right / max(len(hits), 1):.3f}")
    confused = Counter((o.marked["unit"], o.found.unit) for o in hits if o.found)
    wrong = {pair: count for pair, count in confused.items() if pair[0] != pair[1]}
    print("  units taken for others:", dict(sorted(wrong.items())))
    for oracle in (False, True):
        right, told, real = pairs(measured, oracle)
        label = "pairs, marked places and periods" if oracle else "pairs, as found"
        print(
            f"  {label:34} precision {right / told if told else 1:.3f} ({right} of {told})"
            f"  recall {right / max(real, 1):.3f} ({right} of {real})"
        )


if __name__ == "__main__":
    main()
