"""Many real French sentences, and many more made of them: what large indexes are tried with.

Real: the paragraphs of a folder of French texts (text, Markdown, HTML, Mallard pages, man
pages, SQuAD files), cut by the product's own splitter, each sentence once. Made, beyond what
is real: a sentence takes the clauses of one real sentence up to a cut and those of another
of the same file from a cut on, and its numbers are drawn anew. Its vector is mixed in the
same way, of the vectors of the two and of a little of a third (see `mixed`). What is made
says so in every table.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _french_texts import Text, read_texts
from numpy.typing import NDArray

from aseqa.embed import load_encoder

Floats = NDArray[np.float32]

CUT = re.compile(r"(?:[,;:] | (?:et|ou|mais|car|qui|que|dont|pour|dans|avec|afin|lorsque) )")
NUMBER = re.compile(r"\d+")
# How much of the first vector is in a mixed one, and of a third; the rest is of the second.
FIRST_SHARE, THIRD_SHARE = 0.75, 0.2
SHARD = 500
# Sentences of a filling document, and the least that a file must have to be made others of.
DOCUMENT = 20
MIN_SENTENCES = 8


def encoded(texts: Sequence[str], folder: Path, name: str, is_query: bool = False) -> Floats:
    """Give the vectors of texts by the shipped encoder, kept in a folder part by part."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, encoder = [], None
    for first in range(0, len(texts), SHARD):
        part = folder / f"{name}{first:07}.npy"
        if not part.exists():
            encoder = encoder or load_encoder()
            encode = encoder.encode_queries if is_query else encoder.encode_passages
            draft = part.with_suffix(".tmp")
            with draft.open("wb") as file:
                np.save(file, encode(texts[first : first + SHARD]))
            draft.replace(part)
        rows.append(np.load(part))
    return np.concatenate(rows)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is real: texts, the vectors of their sentences in a row, and questions with theirs."""

    texts: list[Text]
    vectors: Floats
    questions: list[str]
    asked: Floats


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what all programs on large corpora ask for."""
    parser.add_argument("--data", type=Path, required=True, help="PIAF and the other sets")
    parser.add_argument("--texts", type=Path, action="append", default=[], help="French texts")
    parser.add_argument("--work", type=Path, default=Path("build/scale"), help="kept vectors")
    parser.add_argument("--encoded", type=int, default=60_000, help="real sentences to encode")
    parser.add_argument("--seed", type=int, default=0)


def load_corpus(options: argparse.Namespace) -> Corpus:
    """Read and encode the real sentences, ``--encoded`` of them, or take them from ``--work``."""
    texts = read_real(options, options.encoded)
    flat = [sentence for text in texts for sentence in text.sentences]
    asked = [one["question"] for one in piaf_questions(options.data)][::5]
    vectors = options.work / "vectors"
    return Corpus(
        texts, encoded(flat, vectors, "s"), asked, encoded(asked, vectors, "q", is_query=True)
    )


def load_words(options: argparse.Namespace) -> Corpus:
    """Read all real sentences, for who needs no vectors: theirs are all one."""
    texts = read_real(options, sys.maxsize)
    count = sum(len(text.sentences) for text in texts)
    return Corpus(texts, np.ones((count, 1), np.float32), [], np.ones((0, 1), np.float32))


def read_real(options: argparse.Namespace, count: int) -> list[Text]:
    """Read at most ``count`` real sentences, kept in ``--work`` once read.

    The sets of ``--data`` come first, then the files of ``--texts`` in an order drawn once.
    """
    kept = options.work / "real.json"
    if not kept.exists():
        options.work.mkdir(parents=True, exist_ok=True)
        rest = read_texts(options.texts)
        random.Random(options.seed).shuffle(rest)
        listed = [[t.name, t.sentences] for t in (*read_texts([options.data]), *rest)]
        kept.write_text(json.dumps(listed, ensure_ascii=False), "utf-8")
    texts = []
    for name, sentences in json.loads(kept.read_text("utf-8")):
        texts.append(Text(name, tuple(sentences[:count])))
        count -= len(texts[-1].sentences)
        if count <= 0:
            break
    return texts


def piaf_questions(data: Path) -> list[dict[str, Any]]:
    """Give PIAF's questions, each with its context and its answers' places."""
    articles = json.loads((data / "piaf" / "piaf-v1.1.json").read_text("utf-8"))["data"]
    return [
        {**one, "context": paragraph["context"]}
        for article in articles
        for paragraph in article["paragraphs"]
        for one in paragraph["qas"]
    ]


@dataclass(frozen=True, slots=True)
class Filler:
    """A document that fills an index: its sentences and their vectors, real or made."""

    name: str
    sentences: tuple[str, ...]
    vectors: Floats


def fillers(corpus: Corpus, count: int, seed: int = 0) -> Iterator[Filler]:
    """Give documents of ``count`` sentences in all: the real ones first, then made ones."""
    first = 0
    for number, text in enumerate(corpus.texts):
        for start in range(0, len(text.sentences), DOCUMENT):
            part = text.sentences[start : start + DOCUMENT][:count]
            if part:
                rows = corpus.vectors[first + start : first + start + len(part)]
                yield Filler(f"r{number:05}-{start // DOCUMENT:03}", part, rows)
            count -= len(part)
        first += len(text.sentences)
    yield from made(corpus, count, seed) if count > 0 else ()


def made(corpus: Corpus, count: int, seed: int = 0) -> Iterator[Filler]:
    """Give made documents of ``count`` sentences in all; the same seed gives the same."""
    drawn = np.random.default_rng(seed)
    center = corpus.vectors.mean(axis=0)
    starts = np.cumsum([0, *(len(text.sentences) for text in corpus.texts)])
    large = [i for i, text in enumerate(corpus.texts) if len(text.sentences) >= MIN_SENTENCES]
    number = 0
    while count > 0:
        of = int(drawn.choice(large))
        sentences = corpus.texts[of].sentences
        begin = int(drawn.integers(0, max(1, len(sentences) - DOCUMENT)))
        window = np.arange(begin, min(begin + DOCUMENT, len(sentences)))[:count]
        others = drawn.integers(0, len(sentences), len(window))
        words = tuple(
            spliced(sentences[a], sentences[b], drawn) for a, b in zip(window, others, strict=True)
        )
        one, two = corpus.vectors[starts[of] + window], corpus.vectors[starts[of] + others]
        three = corpus.vectors[drawn.integers(0, len(corpus.vectors), len(window))]
        yield Filler(f"m{number:06}", words, mixed(one, two, three, center))
        number, count = number + 1, count - len(window)


def spliced(one: str, two: str, drawn: np.random.Generator) -> str:
    """Put the end of one sentence after the beginning of another, other numbers in both.

    Examples
    --------
    >>> spliced("Le juge décide, puis il sort.", "Il voit, et il rit.", np.random.default_rng(0))
    'Le juge décide, et il rit.'
    """
    words = one[: _cut(one)].rstrip() + " " + two[_cut(two) :].lstrip()
    return NUMBER.sub(lambda found: _digits(len(found.group()), drawn), words)


def _digits(count: int, drawn: np.random.Generator) -> str:
    return "".join(map(str, drawn.integers(1, 10, count)))


def _cut(text: str) -> int:
    """Give where a clause ends next to the middle of a sentence; else a word."""
    middle = len(text) // 2
    places = [found.end() if found.group()[0] in ",;:" else found.start() for found in
              CUT.finditer(text)]  # fmt: skip
    return min(places, key=lambda place: abs(place - middle)) if places else text.find(" ", middle)


def mixed(one: Floats, two: Floats, three: Floats, center: Floats) -> Floats:
    """Mix vectors around the centre of all, at the distance from it that the first has.

    Most of the first, some of the second; a little of the third makes each one of its kind.
    """
    mine = one - center
    rest = np.sqrt(1 - FIRST_SHARE**2 - THIRD_SHARE**2)
    share = FIRST_SHARE * mine + rest * (two - center) + THIRD_SHARE * (three - center)
    lengths = np.linalg.norm(mine, axis=1, keepdims=True)
    share *= lengths / np.maximum(np.linalg.norm(share, axis=1, keepdims=True), 1e-6)
    rows = center + share
    found: Floats = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found
