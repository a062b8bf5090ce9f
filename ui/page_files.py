"""The file of an indexed document: where it may lie now, by what the index knows, no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aseqa.generations import Generations
from aseqa.read.pdf_pictures import Original
from aseqa.records import Document

# The same bytes may have been found at many places.
MAX_PLACES = 20

_PLACES = (
    "SELECT p.source, p.root FROM documents d JOIN files f ON f.id = d.file"
    " JOIN places p ON p.file = f.id WHERE d.name = ?"
    " ORDER BY p.source <> f.source, p.source LIMIT ?"
)


def original_of(index: Path, document: Document) -> Original | None:
    """Give the PDF file of a document of the index in a folder, None for another format.

    Raises
    ------
    IndexMissing, IndexMismatch
        When the index is gone, or damaged.
    """
    if not has_pages(document.source):
        return None
    paths = tuple(path for path in original_paths(index, document.id) if has_pages(path.name))
    return Original(paths, document.source, document.sha256)


def has_pages(name: str) -> bool:
    """Tell by its name whether a file has pages to show."""
    return name.lower().endswith(".pdf")


def original_paths(index: Path, document: str) -> tuple[Path, ...]:
    """Give the paths at which a document's file may be, the most likely first.

    The index keeps what the user named (a folder, or the file itself) and the path from
    the corpus root, which may lie above: each folder above is a candidate. Whoever reads
    one checks by its hash that it is the file. A name that is not held has no path.
    """
    store = Generations.open(index)
    try:
        with store.reading():
            found = store.connection.execute(_PLACES, (document, MAX_PLACES)).fetchall()
    finally:
        store.close()
    return tuple(dict.fromkeys(path for place in found for path in candidates(*place)))


def candidates(source: str, root: str) -> Iterator[Path]:
    """Give the paths that a source found under ``root`` may stand for.

    Examples
    --------
    >>> [path.as_posix() for path in candidates("b/c.pdf", "/a/b")]
    ['/a/b', '/a/b/b/c.pdf', '/a/b/c.pdf', '/b/c.pdf']
    """
    named = Path(root)
    yield named
    for folder in (named, *named.parents):
        yield folder / source
