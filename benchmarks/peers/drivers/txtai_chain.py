"""txtai: its hybrid index, BM25 with the shipped encoder as external vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from peer_models import Models
from peer_protocol import CHARS, DEPTH, Found, PeerDocument, Search, run_peer
from peer_sentences import grouped
from txtai import Embeddings

PACKAGES = ("txtai", "torch", "transformers", "faiss-cpu")


def build(documents: Sequence[PeerDocument], models: Models) -> Search:
    """Index passages of whole sentences; txtai gives back their numbers.

    One function makes all vectors in txtai: a flag tells it a question from passages.
    """
    chunks = [(one, *place) for one in documents for place in grouped(one.text, CHARS)]
    asking = False

    def vectors(texts: Sequence[str]) -> np.ndarray:
        if asking:
            return np.stack([models.query(text) for text in texts])
        return models.passages(texts)

    embeddings = Embeddings(method="external", transform=vectors, hybrid=True, content=False)
    embeddings.index(
        (number, one.searchable(one.text[low:high]), None)
        for number, (one, low, high) in enumerate(chunks)
    )
    asking = True

    def search(question: str) -> list[Found]:
        found = []
        for number, score in embeddings.search(question, limit=DEPTH):
            one, low, high = chunks[int(number)]
            found.append(Found(one.id, low, high, one.text[low:high], float(score)))
        return found

    return search


if __name__ == "__main__":
    run_peer("txtai", PACKAGES, build)
