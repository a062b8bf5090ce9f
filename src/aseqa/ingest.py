"""From files to an index: read, split, attribute, embed, store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from aseqa.corpus_files import CorpusFile, hash_file, list_files
from aseqa.embed import Encoder
from aseqa.errors import IndexMismatch, IndexMissing, ReadError
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.prepare import Prepared, Progress, embed_new, prepare, write_file
from aseqa.read import read_file
from aseqa.records import Document
from aseqa.retrieve import open_indexes
from aseqa.store import FILE_NAME, Store


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run of indexing did; ``failed`` holds (source, error) pairs."""

    added: int
    updated: int
    removed: int
    unchanged: int
    failed: tuple[tuple[str, str], ...]
    documents: int
    passages: int
    sentences: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        record = asdict(self)
        record["failed"] = [{"source": source, "error": fault} for source, fault in self.failed]
        record["seconds"] = round(self.seconds, 2)
        return record


def index_paths(
    paths: Sequence[Path],
    index_dir: Path,
    encoder: Encoder,
    corpus_root: Path | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> IndexReport:
    """Bring an index up to date with files and folders, in one transaction.

    New files are added, changed ones replaced, and those that vanished from a
    given folder dropped. A file that cannot be read is reported in ``failed``
    and what the index held of it stays. ``progress`` is told (sentences done,
    sentences in all, current source).

    Raises
    ------
    ReadError
        When a path does not exist.
    IndexMismatch
        When the index was made by another encoder and ``rebuild`` is false.
    IndexBusy
        When another process is writing the index.
    """
    started = time.perf_counter()
    listed = [file for path in paths for file in list_files(path, corpus_root)]
    store = _open_for_writing(index_dir, encoder, rebuild)
    try:
        with store.writing():
            counts, failed = _update(store, encoder, paths, listed, rebuild, progress)
        lookup = Lookup(store)
        open_indexes(index_dir, store.generation, lookup)
        return IndexReport(
            **counts, failed=failed, **lookup.counts(), seconds=time.perf_counter() - started
        )
    finally:
        store.close()


def index_documents(
    documents: Sequence[Document],
    index_dir: Path,
    encoder: Encoder,
    progress: Progress | None = None,
) -> IndexReport:
    """Make a new index of documents that no file of a corpus holds, in one transaction.

    Each counts as a file of its own: no two may have the same ``id`` or ``source``.
    ``progress`` is told what ``index_paths`` tells it.
    """
    started = time.perf_counter()
    store = Store.create(index_dir, encoder.name, encoder.dim)
    try:
        with store.writing():
            prepared = [prepare(document) for document in documents]
            vectors = embed_new(store, encoder, prepared, progress)
            for one in prepared:
                write_file(store, "", [one], vectors, encoder.name)
        lookup = Lookup(store)
        open_indexes(index_dir, store.generation, lookup)
        counts = {"added": len(prepared), "updated": 0, "removed": 0, "unchanged": 0}
        return IndexReport(
            **counts, failed=(), **lookup.counts(), seconds=time.perf_counter() - started
        )
    finally:
        store.close()


def remove_sources(index_dir: Path, sources: Sequence[str]) -> int:
    """Drop files from an index by source; give the number of documents dropped.

    Raises
    ------
    ReadError
        When the index holds no such source; then nothing is dropped.
    """
    store = Store.open(index_dir)
    try:
        unknown = [source for source in sources if source not in store.sources()]
        if unknown:
            raise ReadError(message("source_unknown", source=unknown[0], folder=index_dir))
        with store.writing():
            dropped = sum(store.remove(source) for source in sources)
        open_indexes(index_dir, store.generation, Lookup(store))
        return dropped
    finally:
        store.close()


def _open_for_writing(index_dir: Path, encoder: Encoder, rebuild: bool) -> Store:
    try:
        store = Store.open(index_dir)
    except IndexMissing:
        return Store.create(index_dir, encoder.name, encoder.dim)
    except IndexMismatch:
        if not rebuild:
            raise
        _discard(index_dir)
        return Store.create(index_dir, encoder.name, encoder.dim)
    if store.fact("encoder") == encoder.name:
        return store
    found = store.fact("encoder")
    store.close()
    if not rebuild:
        raise IndexMismatch(
            message("index_encoder", folder=index_dir, found=found, wanted=encoder.name)
        )
    _discard(index_dir)
    return Store.create(index_dir, encoder.name, encoder.dim)


def _discard(index_dir: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (index_dir / f"{FILE_NAME}{ending}").unlink(missing_ok=True)


def _update(
    store: Store,
    encoder: Encoder,
    paths: Sequence[Path],
    listed: Sequence[CorpusFile],
    rebuild: bool,
    progress: Progress | None,
) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    held, holders = store.sources(), store.holders()
    present = {file.source for file in listed}
    vanished = [
        source
        for path in paths
        for source in sorted(store.sources_under(str(path.resolve())) - present)
    ]
    counts = {"added": 0, "updated": 0, "removed": len(vanished), "unchanged": 0}
    failed: list[tuple[str, str]] = []
    changed: list[tuple[CorpusFile, list[Prepared]]] = []
    for file in listed:
        try:
            sha256 = hash_file(file)
            if held.get(file.source) == sha256 and not rebuild:
                counts["unchanged"] += 1
                continue
            changed.append((file, _parse(file, holders)))
        except ReadError as error:
            failed.append((file.source, str(error)))
            continue
        counts["updated" if file.source in held else "added"] += 1
    new = [one for _, prepared in changed for one in prepared]
    vectors = embed_new(store, encoder, new, progress)
    for source in [*vanished, *(file.source for file, _ in changed if file.source in held)]:
        store.remove(source)
    for file, prepared in changed:
        write_file(store, file.root, prepared, vectors, encoder.name)
    return counts, tuple(failed)


def _parse(file: CorpusFile, holders: dict[str, str]) -> list[Prepared]:
    return [prepare(_named(read, holders)) for read in read_file(file.path, file.source)]


def _named(document: Document, holders: dict[str, str]) -> Document:
    """Give a document its whole path for a name when another file already has its stem.

    ``holders`` tells which file each name belongs to, and learns the new one.
    """
    if holders.setdefault(document.id, document.source) == document.source:
        return document
    _, mark, number = document.id.rpartition("#")
    path = document.source.rsplit(".", 1)[0]
    name = f"{path}#{number}" if mark else path
    if holders.setdefault(name, document.source) != document.source:
        name = f"{document.source}#{number}" if mark else document.source
        holders[name] = document.source
    return replace(document, id=name)
