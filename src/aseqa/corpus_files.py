"""The files of a corpus: where they are, what they are called, whether they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read import SUFFIXES


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file to read: ``source`` starts from the corpus root, ``root`` is what the user named."""

    path: Path
    source: str
    root: str


def list_files(path: Path, corpus_root: Path | None) -> Iterator[CorpusFile]:
    """List the readable files under ``path``, in order of their names.

    Raises
    ------
    ReadError
        When ``path`` does not exist or lies outside the corpus root.
    """
    if not path.exists():
        raise ReadError(message("path_missing", path=path))
    root = (corpus_root or (path if path.is_dir() else path.parent)).resolve()
    if not path.resolve().is_relative_to(root):
        raise ReadError(message("path_outside_root", path=path, root=root))
    top = path.resolve()
    found = sorted(file for file in top.rglob("*") if _wanted(file, top)) if top.is_dir() else [top]
    for file in found:
        yield CorpusFile(file, file.relative_to(root).as_posix(), str(top))


def _wanted(file: Path, top: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(top).parts)
    return not hidden and file.suffix.lower() in SUFFIXES and file.is_file()


def hash_file(file: CorpusFile) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal.

    Raises
    ------
    ReadError
        When the file cannot be opened.
    """
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        fault = error.strerror or error
        raise ReadError(message("file_unreadable", path=file.path, fault=fault)) from error
