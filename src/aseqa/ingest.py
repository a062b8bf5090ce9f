"""From files to an index: read, split, attribute, embed, store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aseqa.corpus_files import CorpusFile, distinct_sources, list_files
from aseqa.damage import restore_damaged
from aseqa.embed import Encoder
from aseqa.engine_stores import refresh
from aseqa.errors import ReadError
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.pending import PendingVectors
from aseqa.prepare import embed_new, prepare, write_file
from aseqa.records import Document
from aseqa.store import Store
from aseqa.update import GROUP, Outcome, Progress, Update, read_in_child
from aseqa.writing_store import discard_derived, writing_store


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run of indexing did, in files; ``failed`` holds (source, error) pairs.

    ``moved`` counts files found under another path, ``twins`` further places of one.
    """

    added: int
    updated: int
    removed: int
    moved: int
    twins: int
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
    group: int = GROUP,
    searched_in: str | None = None,
) -> IndexReport:
    """Bring an index up to date with files and folders, in one transaction.

    New files are added, changed ones replaced, and those that vanished from a
    given folder dropped. A file that cannot be read is reported in ``failed``
    and what the index held of it stays. ``progress`` is told (files done, files
    in all, current source). A run that breaks off changes nothing; the next one
    takes up its vectors. ``group`` files are read, embedded and written together.
    The copy of the store follows, now and then. ``searched_in`` names the store to search in.

    Raises
    ------
    ReadError
        When a path does not exist.
    IndexMismatch
        When the index was made by another encoder and ``rebuild`` is false.
    IndexBusy
        When another process is writing the index.
    IndexUnwritable
        When the folder or the disk takes nothing more.
    """
    started = time.perf_counter()
    listed = [file for path in paths for file in list_files(path, corpus_root)]
    with writing_store(index_dir, encoder, rebuild) as store:
        if corpus_root is None:
            roots = {source: place.root for source, place in store.places().items()}
            listed = list(distinct_sources(listed, roots))
        with store.writing():
            pending = PendingVectors(index_dir)
            try:
                with read_in_child() as child:
                    update = Update(store, pending, encoder, child, progress, group)
                    update.run(listed, _vanished(store, paths, listed), rebuild)
            finally:
                pending.close()
        pending.discard()
        store.keep_copy()
        return _report(store, update.outcome, started, searched_in)


def index_documents(
    documents: Sequence[Document],
    index_dir: Path,
    encoder: Encoder,
    progress: Progress | None = None,
) -> IndexReport:
    """Make a new index of documents that no file of a corpus holds, in one transaction.

    Each counts as a file of its own: no two may have the same ``id`` or ``source``. No copy
    of the store is kept.
    ``progress`` is told (sentences done, sentences in all, "").
    """
    started = time.perf_counter()
    with writing_store(index_dir, encoder, rebuild=False) as store:
        with store.writing():
            pending = PendingVectors(index_dir)
            prepared = [prepare(document) for document in documents]
            told = (lambda done, total: progress(done, total, "")) if progress else None
            vectors = embed_new(store, pending, encoder, prepared, told)
            for one in prepared:
                write_file(store, "", [one], vectors, encoder.name)
        pending.discard()
        return _report(store, Outcome(added=len(prepared)), started)


def remove_sources(index_dir: Path, sources: Sequence[str]) -> int:
    """Drop files from an index by source; give the number of documents dropped.

    Raises
    ------
    ReadError
        When the index holds no such source; then nothing is dropped.
    """
    store = Store.open(index_dir)
    try:
        held = store.places()
        unknown = [source for source in sources if source not in held]
        if unknown:
            raise ReadError(message("source_unknown", source=unknown[0], folder=index_dir))
        with store.writing():
            dropped = sum(store.remove(source) for source in sources)
        store.keep_copy()
        with store.reading():
            refresh(store, Lookup(store))
        return dropped
    finally:
        store.close()


def roll_back(index_dir: Path) -> tuple[str, str]:
    """Return an index to the generation before, or a damaged one to the copy of its store.

    Gives the name of the generation now there, and that of the one left: an empty name
    where a damaged store gave way to its copy.

    Raises
    ------
    NothingBefore
        When there is no generation before.
    IndexMismatch
        When the store is damaged, and its copy is missing or damaged too.
    """
    restored = restore_damaged(index_dir)
    if restored:
        # Numbers will be given again, to other sentences.
        discard_derived(index_dir, restored)
    store = Store.open(index_dir)
    try:
        left = "" if restored else store.generation
        if not restored:
            store.roll_back()
            store.keep_copy()
        with store.reading():
            refresh(store, Lookup(store))
        return store.generation, left
    finally:
        store.close()


def say_return(index_dir: Path, generation: str, left: str) -> str:
    """Say in French what ``roll_back`` did, from what it gave, and what can be done next."""
    if left:
        return message("rolled_back", folder=index_dir, generation=generation, previous=left)
    store = Store.open(index_dir)
    made = store.made
    store.close()
    return message("restored", folder=index_dir, generation=generation, date=made)


def _vanished(store: Store, paths: Sequence[Path], listed: Sequence[CorpusFile]) -> list[str]:
    """Give the sources that were read from under ``paths`` and are no longer there."""
    present = {file.source for file in listed}
    tops = [str(path.resolve()) for path in paths]
    return [
        source
        for source, place in store.places().items()
        if source not in present
        and any(place.root == top or place.root.startswith(top.rstrip("/") + "/") for top in tops)
    ]


def _report(
    store: Store, outcome: Outcome, started: float, searched_in: str | None = None
) -> IndexReport:
    """Make what is derived from the store, and tell what was done."""
    with store.reading():
        lookup = Lookup(store)
        refresh(store, lookup, searched_in)
        counts = lookup.counts()
    done = {name: getattr(outcome, name) for name in outcome.__slots__ if name != "failed"}
    return IndexReport(
        **done,
        failed=tuple(outcome.failed),
        **counts,
        seconds=time.perf_counter() - started,
    )
