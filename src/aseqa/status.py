"""What an index holds, as a record for the terminal, for programs and for the web chat."""

from __future__ import annotations

from typing import Any

from aseqa.cite import reference
from aseqa.derived import dense_parts
from aseqa.lookup import Lookup
from aseqa.records import Document
from aseqa.store import Store


def index_status(store: Store, lookup: Lookup) -> dict[str, Any]:
    """Tell an index's generation, place, encoder, counts and documents."""
    parts = dense_parts(store.folder, store.generation)
    return {
        "index": store.generation,
        "folder": str(store.folder),
        "encoder": store.fact("encoder"),
        "dim": int(store.fact("dim")),
        "dense": f"faiss-{max((part['kind'] for part in parts), default='flat-fp16')}",
        "dense_parts": parts,
        **{f"n_{name}": count for name, count in lookup.counts().items()},
        "documents": [_summary(document) for document in lookup.headings()],
    }


def _summary(document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "source": document.source,
        "sha256": document.sha256,
        "kind": document.kind,
        "title": document.title,
        "date": document.date,
        "author": document.author,
        "publisher": document.publisher,
        "url": document.url,
        "metadata": dict(document.metadata),
        "reference": reference(document, document.sections[0]) if document.sections else "",
    }
