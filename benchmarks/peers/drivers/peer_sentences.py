"""Sentences of passages: what a peer that finds passages only would quote with one more step.

The project's own splitter cuts them, which is the best that a peer can get in French.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from aseqa.pairs import Context, leans
from aseqa.sentences import split_sentences

if TYPE_CHECKING:
    from peer_models import Models
    from peer_protocol import Found

    Picked = list[tuple[Found, int, int, float]]


def by_encoder(
    models: Models, question: str, passages: Sequence[Found], titles: Mapping[str, str]
) -> Picked:
    """Rank the sentences of passages by the cosine of their vectors with the question's.

    The title that the data set gives stands before each, as it does before passages.
    """
    cut = [(one, low, high) for one in passages for low, high in bounds(one.text)]
    if not cut:
        return []
    ahead = {name: f"{title}. " if title else "" for name, title in titles.items()}
    vectors = models.passages([ahead[one.document] + one.text[low:high] for one, low, high in cut])
    return ordered(cut, (vectors @ models.query(question)).tolist())


def by_reader(
    models: Models, question: str, passages: Sequence[Found], titles: Mapping[str, str]
) -> Picked:
    """Rank the sentences of passages by what the shipped cross-encoder says of them."""
    cut, contexts = [], []
    for one in passages:
        before = ""
        for low, high in bounds(one.text):
            sentence = one.text[low:high]
            cut.append((one, low, high))
            contexts.append(
                Context(titles[one.document], before if leans(sentence) else "", sentence)
            )
            before = sentence
    if not cut:
        return []
    return ordered(cut, [read.score for read in models.reader.read(question, contexts)])


def ordered(cut: Sequence[tuple[Found, int, int]], scores: Sequence[float]) -> Picked:
    """Sort sentences by score; one that overlapping passages share counts once."""
    rows = sorted(
        zip(cut, scores, strict=True),
        key=lambda row: (-row[1], row[0][0].document, row[0][0].start + row[0][1]),
    )
    seen: set[tuple[str, str]] = set()
    picked: Picked = []
    for (one, low, high), score in rows:
        key = one.document, one.text[low:high]
        if key not in seen:
            seen.add(key)
            picked.append((one, low, high, float(score)))
    return picked


def bounds(text: str) -> Iterator[tuple[int, int]]:
    """Give where the sentences of a text stand."""
    for found in split_sentences(text, 0, len(text)):
        yield found.start, found.end


def grouped(text: str, max_chars: int) -> Iterator[tuple[int, int]]:
    """Give stretches of whole sentences, of ``max_chars`` characters at most, as a rule.

    For the peers that bring no splitter of their own.
    """
    start = end = None
    for low, high in bounds(text):
        if start is not None and end is not None and high - start > max_chars:
            yield start, end
            start = None
        start, end = (low if start is None else start), high
    if start is not None and end is not None:
        yield start, end
