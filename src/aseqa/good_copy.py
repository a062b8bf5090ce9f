"""A copy of the store, sound when it was made, for the day when the store is damaged.

It is made again once the sentences that came or went since are a share of those held, so
that what it costs over many runs stays proportional to what they change.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aseqa.messages import message

ENDING = ".good"
DRAFT_ENDING = ".good.new"
MIN_CHANGED_SHARE = 0.05

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GoodCopy:
    """What a copy holds: the name of its generation, and when that one was made."""

    generation: str
    made: str


def find_copy(path: Path, wanted: str) -> GoodCopy | None:
    """Give what the copy of the store at ``path`` holds; None when it is missing or damaged.

    ``wanted`` is the format that it must have. All of the copy is read.
    """
    try:
        with closing(_opened(_copy_of(path))) as copy:
            (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            facts = dict(copy.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return None
    if said != "ok" or facts.get("format") != wanted or "generation" not in facts:
        return None
    return GoodCopy(facts["generation"], told_moment(facts.get("made", "")))


def refresh_copy(path: Path, connection: sqlite3.Connection) -> bool:
    """Copy the store at ``path`` when its copy is missing or too old; tell whether it was.

    ``connection`` holds the store's write lock, and has changed nothing under it. A copy that
    cannot be written is given up with a warning, and the one before stays.

    Raises
    ------
    sqlite3.DatabaseError
        When the store itself is damaged; the copy stays as it is.
    """
    if not _is_due(path, connection):
        return False
    with closing(_opened(path, immutable=False)) as source:
        (said,) = source.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        draft = Path(f"{path}{DRAFT_ENDING}")
        try:
            _write(source, draft)
            _put(draft, _copy_of(path))
        except (sqlite3.OperationalError, OSError) as fault:
            _log.warning(message("copy_given_up", folder=path.parent, fault=fault))
            return False
        finally:
            draft.unlink(missing_ok=True)
    return True


def restore_copy(path: Path) -> None:
    """Put the copy in the place of the store at ``path``; the copy stays.

    Raises
    ------
    OSError
        When the disk or the folder takes nothing more; the store is left as it is.
    """
    draft = Path(f"{path}{DRAFT_ENDING}")
    try:
        shutil.copyfile(_copy_of(path), draft)
        # What the log of the damaged store still holds must not be applied to the copy.
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _copy_of(path: Path) -> Path:
    return Path(f"{path}{ENDING}")


def _opened(path: Path, immutable: bool = True) -> sqlite3.Connection:
    """Open a file to read it; a copy, which nobody writes, without any file beside it."""
    how = "mode=ro&immutable=1" if immutable else "mode=ro"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)


def _is_due(path: Path, connection: sqlite3.Connection) -> bool:
    ids = _sentence_ids(connection)
    try:
        with closing(_opened(_copy_of(path))) as copy:
            # Numbers tell sentences apart within one store only.
            if _fact(copy, "born") != _fact(connection, "born"):
                return True
            changed = np.setxor1d(_sentence_ids(copy), ids, assume_unique=True)
    except sqlite3.DatabaseError:  # missing or damaged
        return True
    return len(changed) > 0 and len(changed) >= MIN_CHANGED_SHARE * len(ids)


def _sentence_ids(connection: sqlite3.Connection) -> npt.NDArray[np.int64]:
    rows = connection.execute("SELECT id FROM sentences")
    return np.fromiter((number for (number,) in rows), np.int64)


def _fact(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _write(source: sqlite3.Connection, draft: Path) -> None:
    """Copy page by page. A draft left by a run that broke off is written over."""
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft, isolation_level=None)) as target:
        # The file counts only once it is whole and bears its name.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _put(draft: Path, path: Path) -> None:
    """Give a draft its name once all of it is on the disk."""
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    draft.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def told_moment(seconds: str) -> str:
    """Write when something happened as French does; a copy of before this was noted has no date."""
    try:
        return time.strftime("%d/%m/%Y à %H:%M", time.localtime(float(seconds)))
    except (ValueError, OverflowError, OSError):
        return message("date_unknown")
