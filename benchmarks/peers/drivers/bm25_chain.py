"""Plain BM25: bm25s over passages of whole sentences, French stems and stop words."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import bm25s
import Stemmer
from peer_models import Models
from peer_protocol import CHARS, DEPTH, Found, PeerDocument, Search, run_peer
from peer_sentences import grouped

PACKAGES = ("bm25s", "PyStemmer")


def build(documents: Sequence[PeerDocument], models: Models) -> Search:
    """Index passages; a passage without any word of the question is not found."""
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    chunks = [(one, *place) for one in documents for place in grouped(one.text, CHARS)]
    stemmer = Stemmer.Stemmer("french")

    def words(texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="fr", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(
        words([one.searchable(one.text[low:high]) for one, low, high in chunks]),
        show_progress=False,
    )

    def search(question: str) -> list[Found]:
        ids, scores = index.retrieve(
            words([question]), k=min(DEPTH, len(chunks)), show_progress=False
        )
        return [
            Found(one.id, low, high, one.text[low:high], float(score))
            for (one, low, high), score in zip(
                (chunks[place] for place in ids[0]), scores[0], strict=True
            )
            if score > 0
        ]

    return search


if __name__ == "__main__":
    run_peer("BM25 (bm25s)", PACKAGES, build, embeds=False)
