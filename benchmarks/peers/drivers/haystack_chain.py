"""A Haystack pipeline: BM25 and embedding retrievers, joined by reciprocal rank fusion.

Its extractive reader has left the core and would need weights from a hub: quoting sentences
with the project's own reader, as for every peer, stands in for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from haystack import Document, Pipeline, component
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from peer_models import Models
from peer_protocol import CHARS, DEPTH, Found, PeerDocument, Search, run_peer

PACKAGES = ("haystack-ai",)
SEPARATORS = ["\n\n", "\n", ". ", " "]


@component
class ShippedQueryEmbedder:
    """The shipped encoder as a Haystack component, for questions."""

    def __init__(self, models: Models) -> None:
        self._models = models

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, Any]:
        return {"embedding": self._models.query(text).tolist()}


def stored(documents: Sequence[PeerDocument], models: Models) -> InMemoryDocumentStore:
    """Split, embed and store documents; the offsets are those that the splitter keeps.

    Its overlap counts characters and begins passages inside words: there is none.
    """
    splitter = RecursiveDocumentSplitter(
        split_length=CHARS, split_overlap=0, split_unit="char", separators=SEPARATORS
    )
    by_id = {one.id: one for one in documents}
    chunks = splitter.run(
        documents=[Document(content=one.text, meta={"id": one.id}) for one in documents]
    )["documents"]
    chunks = [one for one in chunks if one.content.strip()]
    searched = [by_id[one.meta["id"]].searchable(one.content) for one in chunks]
    vectors = models.passages(searched).tolist()
    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    store.write_documents(
        [
            replace(
                one,
                content=text,
                embedding=vector,
                meta={**one.meta, "ahead": len(text) - len(one.content)},
            )
            for one, text, vector in zip(chunks, searched, vectors, strict=True)
        ]
    )
    return store


def build(documents: Sequence[PeerDocument], models: Models) -> Search:
    """Join the two retrievers; the score is the passage's cosine, fused ranks saying nothing."""
    store = stored(documents, models)
    pipeline = Pipeline()
    pipeline.add_component("embedder", ShippedQueryEmbedder(models))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store, top_k=DEPTH))
    pipeline.add_component(
        "joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)
    )
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "joiner")
    pipeline.connect("bm25", "joiner")

    def search(question: str) -> list[Found]:
        given = {"embedder": {"text": question}, "bm25": {"query": question}}
        out = pipeline.run(given, include_outputs_from={"dense"})
        cosines = {one.id: one.score for one in out["dense"]["documents"]}
        return [found(one, cosines.get(one.id, 0.0)) for one in out["joiner"]["documents"]]

    return search


def found(one: Document, score: float) -> Found:
    """Give a stored passage without the title that stands before it."""
    text = one.content[one.meta["ahead"] :]
    start = int(one.meta["split_idx_start"])
    return Found(one.meta["id"], start, start + len(text), text, float(score))


if __name__ == "__main__":
    run_peer("Haystack", PACKAGES, build)
