"""Documents made ready for the store and put into it: cut, attributed, embedded, written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aseqa.embed import Encoder, Vectors
from aseqa.pending import PendingVectors
from aseqa.periods import periods_of
from aseqa.places import widened
from aseqa.read import read_file
from aseqa.read.law import law_metadata
from aseqa.read.sidecar import Sidecar
from aseqa.records import Box, Document, Passage, Sentence
from aseqa.retrieve import header
from aseqa.split import split_document
from aseqa.store import Store, Unit
from aseqa.territory import territories_of
from aseqa.text import squeeze
from aseqa.voices import assign_voices

BATCH = 32
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its sentences and passages, before its vectors are known."""

    document: Document
    sentences: list[Sentence]
    passages: list[Passage]
    boxes: list[tuple[Box, ...]]


def prepare_file(
    path: Path, source: str, sidecars: Sequence[tuple[Sidecar, str]]
) -> list[Prepared]:
    """Read a file, add what lies beside it about it, and make its documents ready.

    Raises
    ------
    ReadError
        When the file cannot be read.
    """
    return [prepare(_described(document, sidecars)) for document in read_file(path, source)]


def prepare(document: Document) -> Prepared:
    """Cut a document; tell of each sentence who speaks, as of when, of what place, on what page."""
    sentences, passages = split_document(document)
    layout = document.layout
    boxes = [layout.boxes(s.start, s.end) if layout else () for s in sentences]
    bare = replace(document, layout=None)
    voiced = assign_voices(document, sentences)
    when, where = periods_of(document, voiced), territories_of(document, voiced)
    told = [
        replace(sentence, as_of=as_of, territories=about)
        for sentence, as_of, about in zip(voiced, when, where, strict=True)
    ]
    return Prepared(bare, told, passages, boxes)


def _described(document: Document, sidecars: Sequence[tuple[Sidecar, str]]) -> Document:
    for sidecar, relative in sidecars:
        document = sidecar.apply(document, relative)
    if sidecars and document.kind == "loi":
        return replace(document, metadata=law_metadata(document.metadata))
    return document


def embed_new(
    store: Store,
    pending: PendingVectors,
    encoder: Encoder,
    prepared: Iterable[Prepared],
    told: Told | None = None,
    batch: int = BATCH,
) -> dict[str, Vectors]:
    """Give a vector to every new sentence; those whose words the store knows keep theirs.

    What is computed is pending at once, ``batch`` texts at a time, the shortest first.
    ``told`` is called with the texts done and all texts.
    """
    texts = sorted({text for one in prepared for text in _indexed_texts(one)}, key=_by_length)
    digests = {text: _digest(encoder.name, text) for text in texts}
    known = store.known_vectors([*digests.values()])
    known |= pending.known([d for d in digests.values() if d not in known])
    vectors = {text: known[digest] for text, digest in digests.items() if digest in known}
    missing = [text for text in texts if text not in vectors]
    for first in range(0, len(missing), batch):
        part = missing[first : first + batch]
        found = dict(zip(part, encoder.encode_passages(part), strict=True))
        pending.add({digests[text]: vector for text, vector in found.items()})
        vectors.update(found)
        if told:
            told(first + len(part), len(missing))
    return vectors


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


def write_file(
    store: Store,
    root: str,
    documents: Sequence[Prepared],
    vectors: dict[str, Vectors],
    encoder: str,
    said: str = "",
) -> None:
    """Write the documents of one file, read from under ``root``, with their vectors.

    ``said`` is the digest of what lies beside the file about it.
    """
    if not documents:
        return
    first = documents[0].document
    key = store.add_file(first.source, root, first.sha256, first.text, said)
    for one in documents:
        units = [
            Unit(sentence, _digest(encoder, text), vectors[text], boxes, _places(sentence))
            for sentence, text, boxes in zip(
                one.sentences, _indexed_texts(one), one.boxes, strict=True
            )
        ]
        store.add_document(key, one.document, units, one.passages)


def _digest(encoder: str, text: str) -> bytes:
    return hashlib.sha256(f"{encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _indexed_texts(prepared: Prepared) -> list[str]:
    """Give what is embedded for each sentence: its header, then its words."""
    return [
        f"{header(prepared.document, sentence.section)} : {sentence.text}"
        for sentence in prepared.sentences
    ]


def _places(sentence: Sentence) -> frozenset[str]:
    """Give the places that a sentence is about and those that hold them, folded."""
    return frozenset(squeeze(place) for place in widened(frozenset(sentence.territories)))
