"""Where a quote's words stand now: at their place, elsewhere, nearly so, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from aseqa.lookup import StoredSentence
from aseqa.nearest_text import Seed, Window, likeness, run_seeds, windows, word_seeds
from aseqa.sources import Sources

FOUND, MOVED, ALTERED, MISSING = "found", "moved", "altered", "missing"
STATUSES = (FOUND, MOVED, ALTERED, MISSING)

# Below this share of common words, two sentences are two sentences.
MIN_LIKENESS = 0.6
# Above it, the document cited need not be compared with the others.
HOME_LIKENESS = 0.8
HOME_ADVANTAGE = 0.1
MAX_PLACES = 8
# A text without sentences cannot make all others wait.
MAX_NEAREST_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Located:
    """A stretch of a document's text; ``row`` is the sentence that begins it, if there is one."""

    document: str
    start: int
    end: int
    text: str
    row: StoredSentence | None

    def to_dict(self) -> dict[str, Any]:
        boxes = self.row.sentence.boxes if self.row else ()
        return {
            "document": self.document,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "page": boxes[0].page if boxes else None,
        }


def locate(
    text: str, start: int, end: int, homes: Sequence[str], sources: Sources
) -> tuple[str, Located | None]:
    """Find a quote's words, or the nearest ones.

    Parameters
    ----------
    start, end
        The offsets that the answer gives.
    homes
        The documents that the quote may come from, the most likely first.
    """
    for home in homes:
        # Python cuts a slice off at the end of the text: the length is checked by itself.
        if start + len(text) == end and sources.document(home).text[start:end] == text:
            return FOUND, _located(home, start, end, sources)
    moved = _elsewhere(text, start, homes, sources)
    if moved:
        return MOVED, moved
    nearest = _nearest(text, start, homes, sources)
    return (ALTERED, nearest) if nearest else (MISSING, None)


def _located(name: str, start: int, end: int, sources: Sources) -> Located:
    owner = sources.owner(name, start)
    rows = _overlapping(sources.sentences(owner), start, end)
    return Located(owner, start, end, sources.document(name).text[start:end], next(rows, None))


def _overlapping(rows: Iterable[StoredSentence], start: int, end: int) -> Iterator[StoredSentence]:
    return (row for row in rows if row.sentence.start < end and row.sentence.end > start)


def _elsewhere(text: str, start: int, homes: Sequence[str], sources: Sources) -> Located | None:
    """Find the same words at another place: in the document cited, then in the others."""
    for home in homes:
        place = _closest(text, start, home, sources)
        if place >= 0:
            return _located(home, place, place + len(text), sources)
    for name, whole in sources.texts():
        if text in whole:
            place = _closest(text, start, name, sources)
            return _located(name, place, place + len(text), sources)
    return None


def _closest(text: str, start: int, name: str, sources: Sources) -> int:
    """Give the place of ``text`` closest to ``start``, where it is a sentence if there is one."""
    rows = [row.sentence.start for row in sources.sentences(name) if row.sentence.text == text]
    if not rows:
        whole = sources.document(name).text
        near = min(start, len(whole))
        found = (whole.rfind(text, 0, near + len(text)), whole.find(text, near))
        rows = [place for place in found if place >= 0]
    return min(rows, key=lambda place: (abs(place - start), place), default=-1)


def _nearest(text: str, start: int, homes: Sequence[str], sources: Sources) -> Located | None:
    """Find the sentence that shares most words with ``text``: enough of them, or none."""
    for seeds in (run_seeds(text), word_seeds(text)):
        near = [(sources.document(home).text, home) for home in homes]
        cited = [(home, Window(0, start, start + len(text))) for home in homes]
        best = _best(text, [*cited, *_promising(seeds, len(text), near)], homes, sources)
        if best is None or best[0] < HOME_LIKENESS + HOME_ADVANTAGE:
            far = ((whole, name) for name, whole in sources.texts())
            others = _best(text, _promising(seeds, len(text), far), homes, sources)
            best = max((b for b in (best, others) if b), key=lambda b: b[0], default=None)
        if best:
            return best[1]
    return None


def _promising(
    seeds: Sequence[Seed], quote_chars: int, texts: Iterable[tuple[str, str]]
) -> list[tuple[str, Window]]:
    """Give the stretches of all texts that hold most seeds, most first."""
    found = (
        (window.votes, name, window)
        for whole, name in texts
        for window in windows(seeds, quote_chars, whole)
    )
    best = nlargest(MAX_PLACES, found, key=lambda one: one[0])
    return [(name, window) for _, name, window in best]


def _best(
    text: str,
    places: Sequence[tuple[str, Window]],
    homes: Sequence[str],
    sources: Sources,
) -> tuple[float, Located] | None:
    """Give the sentence among some stretches that is most like ``text``, and how much."""
    best: tuple[float, Located] | None = None
    for name, window in places:
        for found in _candidates(name, window, sources):
            share = likeness(text, found.text)
            if share < MIN_LIKENESS:
                continue
            score = share + (HOME_ADVANTAGE if found.document in homes else 0.0)
            if best is None or score > best[0]:
                best = score, found
    return best


def _candidates(name: str, window: Window, sources: Sources) -> Iterator[Located]:
    """Give the sentences of a stretch, whichever document of the file they belong to."""
    middle = (window.start + window.end) // 2
    places = (window.start, middle, window.end - 1)
    owners = dict.fromkeys(sources.owner(name, at) for at in places)
    for owner in owners:
        for row in _overlapping(sources.sentences(owner), window.start, window.end):
            told = row.sentence
            if told.end - told.start <= MAX_NEAREST_CHARS:
                yield Located(owner, told.start, told.end, told.text, row)
