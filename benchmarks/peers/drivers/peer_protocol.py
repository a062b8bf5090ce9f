"""What all drivers share: their input, their output, and how questions are put and timed.

A driver is a process of its own, in an environment that holds the peer and the three packages
that the encoder needs. It reads a JSON file of documents and questions and writes another of
what it found:

    python drivers/NAME_chain.py INPUT.json OUTPUT.json
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from peer_models import Models
from peer_sentences import by_encoder, by_reader

# Passages that a peer gives; quotes that are judged; characters of a passage and of its overlap.
DEPTH, QUOTES, CHARS, OVERLAP, WARM_UP = 20, 3, 600, 100, 10
# The score of a question for which nothing was found; JSON has no infinity.
NOTHING = -1e9


@dataclass(frozen=True, slots=True)
class PeerDocument:
    """A text; ``title`` is what the data set says besides, None for a file as it is."""

    id: str
    title: str | None
    text: str

    def searchable(self, passage: str) -> str:
        """Put the title before a passage, for searching only."""
        return f"{self.title}. {passage}" if self.title else passage


@dataclass(frozen=True, slots=True)
class Found:
    """A passage or a sentence, where the peer says that it stands, and the peer's own score."""

    document: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What was found for a question in how many milliseconds.

    ``score`` is what a decision to answer goes by; ``shown`` holds the quotes of a peer that
    decides by itself, None for one that does not.
    """

    id: str
    ms: float
    score: float
    quotes: tuple[Found, ...]
    shown: tuple[Found, ...] | None = None


Search = Callable[[str], list[Found]]
Build = Callable[[Sequence[PeerDocument], Models], Search]
Quote = Callable[[str, list[Found]], list[Found]]
Picked = list[tuple[Found, int, int, float]]


def run_peer(name: str, packages: Sequence[str], build: Build, embeds: bool = True) -> None:
    """Index the documents, then ask all questions in each of the three ways of quoting.

    Memory only grows, so that the ways come in the order of what they load.
    """
    given, target = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
    documents = [PeerDocument(**one) for one in given["documents"]]
    models = Models(given["threads"])
    if embeds:
        models.encoder.encode_passages(["Une phrase pour s'échauffer."])
    started = time.perf_counter()
    search = build(documents, models)
    seconds = time.perf_counter() - started
    questions = [(one["id"], one["q"]) for one in given["questions"]]
    passages = {key: [asdict(found) for found in search(asked)] for key, asked in questions}
    runs = {
        way: {"replies": list(ask_all(questions, search, quote)), "peak_rss_mb": peak_rss_mb()}
        for way, quote in ways(models, documents).items()
        if way in given["ways"]
    }
    write(target, name, packages, documents, seconds, passages, runs)


def ways(models: Models, documents: Sequence[PeerDocument]) -> Mapping[str, Quote]:
    """Give the ways to make quotes of passages: as they are, or the best of their sentences."""
    titles = {one.id: one.title or "" for one in documents}

    def cut(pick: Callable[..., Picked]) -> Quote:
        """Take sentences out of the first passages, at the places that these claim."""

        def quote(question: str, found: list[Found]) -> list[Found]:
            return [
                Found(one.document, one.start + low, one.start + high, one.text[low:high], score)
                for one, low, high, score in pick(models, question, found[:QUOTES], titles)[:QUOTES]
            ]

        return quote

    return {
        "passage": lambda question, found: found[:QUOTES],
        "sentence, encoder": cut(by_encoder),
        "sentence, reader": cut(by_reader),
    }


def ask_all(
    questions: Sequence[tuple[str, str]], search: Search, quote: Quote
) -> Iterator[dict[str, Any]]:
    """Ask each question once, after ten to warm up; only search and quoting are timed."""
    for _, asked in questions[:WARM_UP]:
        quote(asked, search(asked))
    gc.collect()
    for key, asked in questions:
        started = time.perf_counter()
        quotes = quote(asked, search(asked))
        spent = 1000 * (time.perf_counter() - started)
        best = max((one.score for one in quotes), default=NOTHING)
        yield asdict(Reply(key, spent, best, tuple(quotes)))


def write(
    target: Path,
    name: str,
    packages: Sequence[str],
    documents: Sequence[PeerDocument],
    seconds: float,
    passages: Mapping[str, list[dict[str, Any]]],
    runs: Mapping[str, Any],
) -> None:
    """Write the output of a driver."""
    record = {
        "peer": name,
        "versions": {package: version(package) for package in packages},
        "index_seconds": seconds,
        "characters": sum(len(document.text) for document in documents),
        "passages": passages,
        "runs": runs,
    }
    target.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def peak_rss_mb() -> float:
    """Give the most memory that this process has held so far, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
