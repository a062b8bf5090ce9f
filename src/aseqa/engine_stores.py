"""Which engine an index is searched by: written down beside it, opened, changed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from aseqa.derived import open_indexes
from aseqa.engine import LocalEngine, SearchEngine, StoreUnreachable
from aseqa.engine_address import FAISS, LOCAL, Address, read_address
from aseqa.errors import IndexMismatch, IndexUnwritable
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.store import Store

RECORD = "search.json"


def address_of(folder: Path, wanted: str | None = None) -> Address:
    """Give the store asked for, else the one that the index was last moved to, else FAISS.

    Raises
    ------
    BadSettings
        When what is asked for is no store.
    IndexMismatch
        When the index's own note cannot be read.
    """
    if wanted:
        return read_address(wanted)
    path = folder / RECORD
    if not path.is_file():
        return LOCAL
    try:
        noted = json.loads(path.read_text("utf-8"))["store"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(message("store_note_damaged", path=path, folder=folder)) from error
    return read_address(str(noted))


class Engines:
    """Opens the engine of each generation of an index; connects once."""

    def __init__(self, store: Store, wanted: str | None = None) -> None:
        self.address = address_of(store.folder, wanted)
        self._store = store
        self._connection: Any = None

    def open(self, lookup: Lookup, is_fresh: bool = False) -> SearchEngine:
        """Open the engine of the store's generation; make what it searches when missing.

        Raises
        ------
        AseqaError
            When the store of vectors is away, damaged, or its library missing.
        """
        store = self._store
        if self.address.kind == FAISS:
            return LocalEngine(*open_indexes(store.folder, store.generation, lookup), lookup)
        from aseqa.milvus_client import MilvusConnection
        from aseqa.milvus_engine import open_milvus

        self._connection = self._connection or MilvusConnection(self.address)
        return open_milvus(store, lookup, self._connection, is_fresh)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def refresh(store: Store, lookup: Lookup, wanted: str | None = None) -> None:
    """Bring what an index is searched by to the store's generation."""
    engines = Engines(store, wanted)
    try:
        engines.open(lookup)
    finally:
        engines.close()


def migrate(folder: Path, to: str) -> dict[str, Any]:
    """Move an index to another store, or make it anew where it is; tell what was done.

    The former store keeps nothing, if it can be reached: ``left`` says so when it cannot.

    Raises
    ------
    AseqaError
        When there is no index, or the new store takes nothing; all stays as it was.
    """
    started = time.perf_counter()
    target = read_address(to)
    store = Store.open(folder)
    try:
        former = address_of(folder)
        engines = Engines(store, to)
        try:
            with store.reading():
                facts = dict(engines.open(Lookup(store), is_fresh=True).facts())
                count = Lookup(store).counts()["sentences"]
            _note(folder, target)
            left = "" if former == target else _leave(store, former, target)
        finally:
            engines.close()
        seconds = round(time.perf_counter() - started, 3)
        told = {"index": store.generation, "sentences": count, "seconds": seconds}
        return {**facts, **told, "left": left or None}
    finally:
        store.close()


def _note(folder: Path, address: Address) -> None:
    path = folder / RECORD
    draft = path.with_suffix(".new")
    try:
        draft.write_text(json.dumps({"store": str(address)}) + "\n", "utf-8")
        draft.replace(path)
    except OSError as error:
        raise IndexUnwritable(message("index_readonly", folder=folder, fault=error)) from error


def _leave(store: Store, former: Address, target: Address) -> str:
    """Drop what a former store holds; give its name when it could not be reached."""
    if former.kind == FAISS:
        return ""
    from aseqa.milvus_books import Shelf
    from aseqa.milvus_client import MilvusConnection
    from aseqa.milvus_sync import drop_collections

    if target.kind == FAISS:
        Shelf.of(store, former).discard()
    try:
        connection = MilvusConnection(former)
        try:
            drop_collections(connection, Shelf.of(store, former))
        finally:
            connection.close()
    except StoreUnreachable:
        return str(former)
    return ""
