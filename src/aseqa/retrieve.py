"""From a question to the sentences worth reading: filter, then dense and lexical search, fused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aseqa.embed import Encoder
from aseqa.engine import EVERYWHERE, Scope, SearchEngine
from aseqa.fuse import reciprocal_rank_fusion
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
    """What searches one generation and the encoder that made its vectors."""

    encoder: Encoder
    engine: SearchEngine

    def search(self, question: Question, k: int = DEPTH, scope: Scope = EVERYWHERE) -> list[Hit]:
        """Find at most ``k`` sentences, sorted by (-score, id).

        ``scope`` restricts both searches before they rank.

        Raises
        ------
        AseqaError
            When the engine is away, slow, or no longer whole.
        """
        vector = self.encoder.encode_queries([question.text])[0]
        cosines = dict(self.engine.nearest(vector, DEPTH, scope))
        bm25 = dict(self.engine.matching(question.weights, DEPTH, CONTEXT_WEIGHT, scope))
        fused = reciprocal_rank_fusion([cosines, bm25], [DENSE_WEIGHT, LEXICAL_WEIGHT])[:k]
        unseen = np.array([item for item, _ in fused if item not in cosines], np.int64)
        cosines |= dict(self.engine.nearest(vector, len(unseen), Scope(ids=unseen)))
        self.engine.check()
        return [Hit(item, score, cosines[item], bm25.get(item, 0.0)) for item, score in fused]


def header(document: Document, section: int) -> str:
    """Give the words put before a sentence in its vector, never in its quote."""
    parts = (document.title, document.author, document.publisher, document.sections[section].name)
    return " – ".join(part for part in parts if part)
