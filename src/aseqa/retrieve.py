"""From a question to the sentences worth reading: filter, then dense and lexical search, fused."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aseqa.embed import Encoder
from aseqa.fuse import reciprocal_rank_fusion
from aseqa.index import FaissIndex, Ids
from aseqa.lexical import LexicalIndex
from aseqa.lookup import Lookup, StoredSentence
from aseqa.question import Question
from aseqa.records import Document
from aseqa.text import terms

DEPTH = 100
DENSE_WEIGHT = 1.0
LEXICAL_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence found: its fused score, its cosine and its BM25 score.

    The cosine is exact for both; a sentence that the lexical search did not
    return has a BM25 score of 0.
    """

    id: int
    score: float
    cosine: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Retriever:
    """The two indexes of one generation and the encoder that made its vectors."""

    encoder: Encoder
    dense: FaissIndex
    lexical: LexicalIndex

    def search(self, question: Question, k: int = DEPTH, allowed: Ids | None = None) -> list[Hit]:
        """Find at most ``k`` sentences, sorted by (-score, id).

        ``allowed`` restricts both searches to these ids before they rank.
        """
        vector = self.encoder.encode_queries([question.text])[0]
        cosines = dict(self.dense.search(vector, DEPTH, allowed))
        bm25 = dict(
            self.lexical.search(
                question.weights,
                DEPTH,
                CONTEXT_WEIGHT,
                None if allowed is None else allowed.tolist(),
            )
        )
        fused = reciprocal_rank_fusion([cosines, bm25], [DENSE_WEIGHT, LEXICAL_WEIGHT])[:k]
        unseen = np.array([item for item, _ in fused if item not in cosines], np.int64)
        cosines |= dict(self.dense.search(vector, len(unseen), unseen))
        return [Hit(item, score, cosines[item], bm25.get(item, 0.0)) for item, score in fused]


def open_indexes(folder: Path, generation: str, lookup: Lookup) -> tuple[FaissIndex, LexicalIndex]:
    """Open the indexes derived from one generation; make them from the store when missing.

    They live in a folder named after the generation, which appears whole or not at all.
    """
    home = folder / f"derived-{generation}"
    if not home.is_dir():
        _build(home, lookup)
    try:
        dense = FaissIndex.load(home / "dense.faiss")
    except RuntimeError:
        _log.warning("dense index of %s is damaged and is made again from the store", home)
        shutil.rmtree(home)
        _build(home, lookup)
        dense = FaissIndex.load(home / "dense.faiss")
    return dense, LexicalIndex(home / "lexical")


def _build(home: Path, lookup: Lookup) -> None:
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=home.parent))
    ids, vectors = lookup.vectors()
    FaissIndex(ids, vectors).save(draft / "dense.faiss")
    (draft / "lexical").mkdir()
    LexicalIndex(draft / "lexical").add(_lexical_rows(lookup))
    try:
        draft.replace(home)
    except OSError:  # another process made the same generation first
        shutil.rmtree(draft)
    for old in home.parent.glob("derived-*"):
        if old != home:
            shutil.rmtree(old, ignore_errors=True)


def _lexical_rows(lookup: Lookup) -> Iterator[tuple[int, list[str], list[str]]]:
    for name in lookup.document_names():
        document = lookup.document(name)
        rows = lookup.document_sentences(name)
        for position, row in enumerate(rows):
            yield row.id, terms(row.sentence.text), terms(_context(document, rows, position))


def _context(document: Document, rows: Sequence[StoredSentence], position: int) -> str:
    """Give what surrounds a sentence: its document, its section and the sentence before."""
    sentence = rows[position].sentence
    parts = [header(document, sentence.section)]
    if position and rows[position - 1].sentence.section == sentence.section:
        parts.append(rows[position - 1].sentence.text)
    return " ".join(parts)


def header(document: Document, section: int) -> str:
    """Give the words put before a sentence in its vector, never in its quote."""
    parts = (document.title, document.author, document.publisher, document.sections[section].name)
    return " – ".join(part for part in parts if part)
