"""An index for the time of an evaluation: texts that come from no file, and their assistant."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from aseqa.ask import Assistant
from aseqa.embed import Encoder, Vectors
from aseqa.ingest import index_documents
from aseqa.read.plain import BODY_SECTION
from aseqa.records import Document, Section


class QueryMemory:
    """An encoder that keeps the vectors of queries: an evaluation asks each several times."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dim = encoder.name, encoder.dim
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode_queries(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_passages(texts)


@contextmanager
def temporary_assistant(
    documents: Sequence[Document],
    encoder: Encoder,
    progress: Callable[[float, int, str], None] | None = None,
) -> Iterator[Assistant]:
    """Index documents as any others, in a folder that goes away, and open the index.

    The folder goes however the block ends, an interruption included.
    ``progress`` is told (sentences encoded, sentences in all, current source).
    """
    with TemporaryDirectory(prefix="aseqa-") as folder:
        index_documents(documents, Path(folder), encoder, progress)
        with Assistant.open(folder, QueryMemory(encoder)) as assistant:
            yield assistant


def text_document(name: str, title: str, text: str) -> Document:
    """Make the document that a text file so titled would be; its source is its name.

    All of ``text`` is one section, unchanged, so that offsets into it hold.
    """
    return Document(
        id=name,
        source=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        kind="texte",
        title=title or None,
        date=None,
        author=None,
        publisher=None,
        url=None,
        sections=(Section(BODY_SECTION, 0, len(text)),),
    )
