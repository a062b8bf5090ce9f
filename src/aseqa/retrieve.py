"""From a question to the sentences worth reading: filter, then dense and lexical search, fused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aseqa.embed import Encoder
from aseqa.fuse import reciprocal_rank_fusion
from aseqa.index import FaissIndex, Ids
from aseqa.lexical import LexicalIndex
from aseqa.question import Question
from aseqa.records import Document

DEPTH = 100
DENSE_WEIGHT = 1.0
LEXICAL_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.5


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


def header(document: Document, section: int) -> str:
    """Give the words put before a sentence in its vector, never in its quote."""
    parts = (document.title, document.author, document.publisher, document.sections[section].name)
    return " – ".join(part for part in parts if part)
