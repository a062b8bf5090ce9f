"""The store as a run of indexing finds it: opened, or made anew where that is asked for."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aseqa.damage import FILE_NAME, damage
from aseqa.embed import Encoder
from aseqa.errors import IndexMismatch, IndexMissing, IndexUnwritable
from aseqa.messages import message
from aseqa.store import Store


@contextmanager
def writing_store(index_dir: Path, encoder: Encoder, rebuild: bool) -> Iterator[Store]:
    """Open the store that a run will write, or make it; close it at the end.

    Raises
    ------
    IndexMismatch
        When it is damaged or was made by another encoder, and ``rebuild`` is false.
    IndexUnwritable
        When the folder or the disk takes nothing more.
    """
    try:
        store = _open_for_writing(index_dir, encoder, rebuild)
        try:
            yield store
        finally:
            store.close()
    except (sqlite3.OperationalError, OSError) as error:
        raise IndexUnwritable(message("index_readonly", folder=index_dir, fault=error)) from error
    except sqlite3.DatabaseError as error:
        raise damage(index_dir, error) from error


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
    if rebuild and not store.is_sound():
        store.close()
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
    # A new store counts its sentences from 1 again.
    discard_derived(index_dir)


def discard_derived(index_dir: Path, kept: str | None = None) -> None:
    """Drop what is derived from the store, but for the generation ``kept``."""
    for derived in index_dir.glob("derived-*"):
        if derived.name != f"derived-{kept}":
            shutil.rmtree(derived)
