"""A store that cannot be read: what is said of it, and its copy put in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from aseqa.errors import IndexBusy, IndexMismatch, IndexUnwritable
from aseqa.good_copy import find_copy, restore_copy
from aseqa.messages import message
from aseqa.schema import FORMAT

FILE_NAME = "aseqa.sqlite"
WAIT_SECONDS = 0.2


def connect(path: Path) -> sqlite3.Connection:
    """Open the file; in a folder that may not be written, where nobody writes, as it lies."""
    writable = not path.exists() or os.access(path.parent, os.W_OK)
    connection = sqlite3.connect(
        path if writable else f"{path.resolve().as_uri()}?immutable=1",
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=not writable,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Say of a store that cannot be read what is to be done.

    Raises
    ------
    IndexMismatch
        When SQLite finds the file damaged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise damage(folder, error) from error


def damage(folder: Path, fault: BaseException) -> IndexMismatch:
    """Make the error of a damaged store; it names the way back to the copy where there is one."""
    copy = find_copy(folder / FILE_NAME, FORMAT)
    if copy is None:
        return IndexMismatch(message("index_damaged", folder=folder, fault=fault))
    told = message("index_damaged_copy", folder=folder, fault=fault, date=copy.made)
    return IndexMismatch(told)


def restore_damaged(folder: Path) -> str:
    """Put its copy in the place of a damaged store, and give the name of its generation.

    A sound store is left alone, and the name is empty.

    Raises
    ------
    IndexMismatch
        When the copy is missing or damaged too.
    IndexBusy, IndexUnwritable
        When another process is writing; when the folder or the disk takes nothing more.
    """
    path = folder / FILE_NAME
    fault = _fault_of(path) if path.is_file() else None
    if fault is None:
        return ""
    copy = find_copy(path, FORMAT)
    if copy is None:
        raise damage(folder, fault)
    try:
        restore_copy(path)
    except OSError as error:
        raise IndexUnwritable(message("index_readonly", folder=folder, fault=error)) from error
    return copy.generation


def soundness(connection: sqlite3.Connection) -> str:
    """Give what SQLite finds wrong in a store, "ok" when nothing; reads all of it."""
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said == "ok":
        connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return str(said)


def _fault_of(path: Path) -> sqlite3.DatabaseError | None:
    """Tell what is wrong with a store; only one that nobody writes can be told to be damaged."""
    with closing(connect(path)) as connection:
        try:
            said = soundness(connection)
            if said == "ok":
                return None
            fault = sqlite3.DatabaseError(said)
        except sqlite3.DatabaseError as error:
            _check_free(path.parent, error)
            fault = error
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            _check_free(path.parent, error)
        return fault


def _check_free(folder: Path, fault: sqlite3.DatabaseError) -> None:
    if fault.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        who = message("index_holder_unknown")
        raise IndexBusy(message("index_busy", folder=folder, who=who)) from fault
