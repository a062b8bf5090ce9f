"""The files of a corpus: where they are, what they are called, whether they changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read import SUFFIXES
from aseqa.read.sidecar import is_sidecar


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file to read: ``source`` starts from the corpus root, ``root`` is what the user named."""

    path: Path
    source: str
    root: str


def list_files(path: Path, corpus_root: Path | None) -> Iterator[CorpusFile]:
    """List the readable files under ``path``, in order of their names.

    Hidden files, pipes, metadata files and links that lead out of ``path`` are left out.

    Raises
    ------
    ReadError
        When ``path`` does not exist or lies outside the corpus root.
    """
    if not path.exists():
        raise ReadError(message("path_missing", path=path))
    if not path.is_dir() and not path.is_file():
        raise ReadError(message("read_special", path=path))
    root = (corpus_root or (path if path.is_dir() else path.parent)).resolve()
    if not path.resolve().is_relative_to(root):
        raise ReadError(message("path_outside_root", path=path, root=root))
    top = path.resolve()
    for file in _files_of(top) if top.is_dir() else [top]:
        yield CorpusFile(file, printable(file.relative_to(root).as_posix()), printable(str(top)))


def _files_of(top: Path) -> list[Path]:
    found = []
    for folder, folders, names in os.walk(
        top, onerror=_refused
    ):  # links to folders are not followed
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in names if _wanted(Path(folder, name), top)]
    return sorted(found)


def _refused(fault: OSError) -> None:
    """Say that a folder cannot be listed: its files must not pass for vanished."""
    raise ReadError(message("read_refused", path=fault.filename, fault=fault.strerror)) from fault


def _wanted(file: Path, top: Path) -> bool:
    if file.name.startswith(".") or is_sidecar(file.name) or file.suffix.lower() not in SUFFIXES:
        return False
    try:
        return file.resolve(strict=True).is_relative_to(top) and file.is_file()
    except (OSError, RuntimeError):  # a broken link, a loop of links, a folder that is closed
        return False


def distinct_sources(files: Iterable[CorpusFile], held: Mapping[str, str]) -> Iterator[CorpusFile]:
    """Name files apart that folders of their own call alike: the folder's name comes before.

    ``held`` gives the root under which each source of the index was found. A file that
    the index holds keeps its source.
    """
    taken = {source: _places(source, root) for source, root in held.items()}
    for file in files:
        path = printable(str(file.path))
        root = PurePath(file.root)
        near = f"{(root.parent if file.root == path else root).name}/{file.source}"
        for source in (file.source, near, path):
            if path in taken.setdefault(source, {path}):
                yield replace(file, source=source)
                break


def _places(source: str, root: str) -> set[str]:
    """Give where a source found under ``root`` may lie; the root may be the file itself."""
    above = PurePath(root)
    return {str(place) for place in (above, above / source, above.parent / source, source)}


def printable(path: str) -> str:
    """Give a path as text: bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


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
