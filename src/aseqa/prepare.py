"""Documents made ready for the store and put into it: cut, attributed, embedded, written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aseqa.embed import Encoder, Vectors
from aseqa.places import places, widened
from aseqa.records import Document, Passage, Section, Sentence
from aseqa.retrieve import header
from aseqa.split import split_document
from aseqa.store import Store, Unit
from aseqa.text import squeeze
from aseqa.voices import assign_voices

BATCH = 32
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its sentences and passages, before its vectors are known."""

    document: Document
    sentences: list[Sentence]
    passages: list[Passage]


def prepare(document: Document) -> Prepared:
    """Cut a document and tell who speaks in each of its sentences."""
    sentences, passages = split_document(document)
    return Prepared(document, assign_voices(document, sentences), passages)


def embed_new(
    store: Store, encoder: Encoder, prepared: Iterable[Prepared], progress: Progress | None
) -> dict[str, Vectors]:
    """Give a vector to every new sentence; those whose words the store knows keep theirs.

    Texts are encoded by length, so that a batch holds little padding.
    """
    sources = {text: one.document.source for one in prepared for text in _indexed_texts(one)}
    digests = {_digest(encoder.name, text): text for text in sources}
    vectors = {digests[d]: vector for d, vector in store.known_vectors(list(digests)).items()}
    missing = sorted(sources.keys() - vectors.keys(), key=lambda text: (len(text), text))
    for first in range(0, len(missing), BATCH):
        batch = missing[first : first + BATCH]
        vectors.update(zip(batch, encoder.encode_passages(batch), strict=True))
        if progress:
            progress(first + len(batch), len(missing), sources[batch[-1]])
    return vectors


def write_file(
    store: Store,
    root: str,
    documents: Sequence[Prepared],
    vectors: dict[str, Vectors],
    encoder: str,
) -> None:
    """Write the documents of one file, read from under ``root``, with their vectors."""
    if not documents:
        return
    first = documents[0].document
    key = store.add_file(first.source, root, first.sha256, first.text)
    for one in documents:
        units = [
            Unit(sentence, _digest(encoder, text), vectors[text])
            for sentence, text in zip(one.sentences, _indexed_texts(one), strict=True)
        ]
        named = [_section_places(one.document, section) for section in one.document.sections]
        store.add_document(key, one.document, units, one.passages, named)


def _digest(encoder: str, text: str) -> bytes:
    return hashlib.sha256(f"{encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _indexed_texts(prepared: Prepared) -> list[str]:
    """Give what is embedded for each sentence: its header, then its words."""
    return [
        f"{header(prepared.document, sentence.section)} : {sentence.text}"
        for sentence in prepared.sentences
    ]


def _section_places(document: Document, section: Section) -> set[str]:
    """Give the places a section speaks of, the author's own département included, folded."""
    words = document.text[section.start : section.end]
    home = document.metadata.get("department", "")
    return {squeeze(place) for place in widened(places(f"{words} ; département : {home}"))}
