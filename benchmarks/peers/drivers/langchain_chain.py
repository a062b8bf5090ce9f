"""A LangChain chain: recursive splitter, FAISS over the shipped encoder, best passages."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from peer_models import Models
from peer_protocol import CHARS, DEPTH, OVERLAP, Found, PeerDocument, Search, run_peer

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from langchain_community.vectorstores import FAISS
    from langchain_community.vectorstores.utils import DistanceStrategy

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

PACKAGES = ("langchain-core", "langchain-community", "langchain-text-splitters", "faiss-cpu")
SEPARATORS = ["\n\n", "\n", ". ", " ", ""]


class ShippedEmbeddings(Embeddings):
    """The shipped encoder under LangChain's interface."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._models.passages(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._models.query(text).tolist()


def build(documents: Sequence[PeerDocument], models: Models) -> Search:
    """Split and index; the offsets are those that the splitter keeps."""
    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        keep_separator="end",
        chunk_size=CHARS,
        chunk_overlap=OVERLAP,
        add_start_index=True,
    )
    by_id = {one.id: one for one in documents}
    chunks = splitter.split_documents(
        [Document(page_content=one.text, metadata={"id": one.id}) for one in documents]
    )
    embeddings = ShippedEmbeddings(models)
    searched = [by_id[one.metadata["id"]].searchable(one.page_content) for one in chunks]
    store = FAISS.from_embeddings(
        zip([c.page_content for c in chunks], embeddings.embed_documents(searched), strict=True),
        embeddings,
        metadatas=[chunk.metadata for chunk in chunks],
        distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT,
    )

    def search(question: str) -> list[Found]:
        return [
            Found(
                one.metadata["id"],
                one.metadata["start_index"],
                one.metadata["start_index"] + len(one.page_content),
                one.page_content,
                float(score),
            )
            for one, score in store.similarity_search_with_score(question, k=DEPTH)
        ]

    return search


if __name__ == "__main__":
    run_peer("LangChain", PACKAGES, build)
