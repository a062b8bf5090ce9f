"""The server's folder of documents: what is sent to it, under what names, and what leaves it.

It holds the files that the index was given by the page, and nothing else: one that cannot be
read does not stay. No path of a client's is ever opened: its names lose all but letters.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from aseqa.errors import ReadError
from aseqa.generations import Place
from aseqa.read.sidecar import is_sidecar
from aseqa_ui.file_types import END_BYTES, true_name

MAX_NAME_BYTES = 180
_INCOMING, _FORMER, _TRASH = ".incoming", ".former", ".trash"
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


def clean_name(given: str) -> str:
    r"""Make a file's name of what a client calls it: no folder, no trap, no more than fits.

    Examples
    --------
    >>> clean_name("../../etc/passwd"), clean_name("C:\\CON.txt"), clean_name(" .é<b>.pdf ")
    ('passwd', 'CON_.txt', 'é_b_.pdf')
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    name = "".join(_mild(character) for character in name)
    name = " ".join(_forbidden().sub("_", name).split()).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > 12:
        stem, dot, suffix = name, "", ""
    room = MAX_NAME_BYTES - len(suffix.encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") or "document"
    first, mark, rest = stem.partition(".")
    if first.lower() in _RESERVED or is_sidecar(f"{stem}{dot}{suffix}"):
        stem = f"{first}_{mark}{rest}"
    return f"{stem}{dot}{suffix}"


def _mild(character: str) -> str:
    """Drop what is not seen: controls, marks of direction, half characters, private ones."""
    kind = unicodedata.category(character)
    return " " if kind.startswith("Z") else "" if kind.startswith("C") else character


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that has arrived whole and waits to be placed: ``name`` is what it will be called."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A file now in the folder; ``former`` is a copy of what it took the place of."""

    path: Path
    is_new: bool
    former: Path | None = None


class Library:
    """The folder of documents that goes with an index; made when the first one is sent."""

    def __init__(self, index: Path, folder: Path | None = None) -> None:
        self.index = index.resolve()
        self.folder = (folder or self.index.parent / "documents").resolve()
        self._lock = Lock()

    def tidy(self) -> None:
        """Drop what an earlier server left half done, and what it had thrown away."""
        for name in (_INCOMING, _FORMER, _TRASH):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def empty_trash(self) -> None:
        shutil.rmtree(self.folder / _TRASH, ignore_errors=True)

    @contextmanager
    def receiving(self) -> Iterator[tuple[Path, BinaryIO]]:
        """Give a new file to write what a client sends; after a failure it goes."""
        path = self._room(_INCOMING) / secrets.token_hex(12)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                yield path, stream
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def drafted(self, path: Path, given: str) -> Draft:
        """Take a file that has arrived whole, under a name made of what its sender calls it.

        Raises
        ------
        ReadError
            When its content is of no type that is read here; then it is gone.
        """
        size = path.stat().st_size
        with path.open("rb") as held:
            head = held.read(END_BYTES)
            held.seek(max(0, size - END_BYTES))
            tail = held.read(END_BYTES)
        try:
            return Draft(path, clean_name(true_name(clean_name(given), head, tail)), size)
        except ReadError:
            path.unlink()
            raise

    def taken(self, given: Sequence[str]) -> list[str]:
        """Give those of some names under which the folder already holds a file."""
        return [name for name in given if (self.folder / clean_name(name)).is_file()]

    def place(self, draft: Draft, replaces: bool) -> Placed:
        """Move a draft into the folder at one stroke.

        Where its name is taken it takes the place of the other when it ``replaces``, else
        it gets a number; the same bytes under the same name are there already.
        """
        with self._lock:
            target = self.folder / draft.name
            if target.is_file() and _digest(target) == _digest(draft.path):
                draft.path.unlink()
                return Placed(target, is_new=False)
            former = None
            if target.is_file() and replaces:
                former = self._room(_FORMER) / draft.path.name
                shutil.copyfile(target, former)
            elif target.exists():
                target = _numbered(target)
            draft.path.replace(target)
            return Placed(target, True, former)

    def withdraw(self, placed: Placed) -> None:
        """Take a file out again that the index would not have; the former one comes back."""
        if placed.former:
            placed.former.replace(placed.path)
        elif placed.is_new:
            placed.path.unlink(missing_ok=True)

    def settle(self, placed: Placed) -> None:
        """Keep a file for good: its former version goes."""
        if placed.former:
            placed.former.unlink(missing_ok=True)

    def own_files(self, places: Mapping[str, Place]) -> list[Path]:
        """Give the files of some places of the index that lie in the folder itself."""
        found = set()
        for source, place in places.items():
            root = Path(place.root)
            for path in (root, root / source, root.parent / source):
                if path.parent == self.folder and path.is_file() and not path.is_symlink():
                    found.add(path)
                    break
        return sorted(found)

    def throw(self, files: Sequence[Path], mark: str) -> None:
        """Move files to the trash, from which ``take_back`` gets them by ``mark``."""
        if not files:
            return
        home = self._room(_TRASH) / mark
        home.mkdir(mode=0o700)
        for file in files:
            file.replace(home / file.name)

    def take_back(self, mark: str) -> None:
        """Put what was thrown under ``mark`` back, unless its place is taken."""
        home = self.folder / _TRASH / mark
        for file in sorted(home.iterdir()) if home.is_dir() else []:
            target = self.folder / file.name
            file.replace(_numbered(target) if target.exists() else target)
        shutil.rmtree(home, ignore_errors=True)

    def roots(self, places: Mapping[str, Place]) -> tuple[list[Path], list[str]]:
        """Give the folders and files that an index was made of: those there, those missing."""
        named = {Path(place.root) for place in places.values()}
        if self.folder.is_dir():
            named.add(self.folder)
        there = [path for path in sorted(named) if path.exists()]
        tops = [path for path in there if not any(_is_under(path, top) for top in there)]
        gone = [path for path in sorted(named) if not path.exists()]
        missing = [str(path) for path in gone if not any(_is_under(path, top) for top in tops)]
        return tops, missing

    def _room(self, name: str) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        home = self.folder / name
        home.mkdir(mode=0o700, exist_ok=True)
        return home


def _is_under(path: Path, top: Path) -> bool:
    return path != top and path.is_relative_to(top)


def _numbered(target: Path) -> Path:
    """Give a free name: "nom (2).pdf", then "nom (3).pdf" and so on."""
    number = 2
    while (found := target.with_name(f"{target.stem} ({number}){target.suffix}")).exists():
        number += 1
    return found


def _digest(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
