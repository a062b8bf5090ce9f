"""The pages of a PDF file as its reader sees them: pictures, sizes, places of words.

All of it runs in a child process (see ``isolation``): a hostile file breaks nothing else.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from stat import S_ISREG
from typing import Any

from aseqa.read import MAX_BYTES
from aseqa.read.pdf_glyphs import Rectangle, turned
from aseqa.read.pdf_pages import open_pdf
from aseqa.records import Box

MAX_PIXELS = 12_000_000
# Above it, a document is not laid out again to place a few words of a sentence.
MAX_LAID_PAGES = 60


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was indexed: where it may lie, its source, its hash in hexadecimal."""

    paths: tuple[Path, ...]
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in PDF user space, and the quarter turns to show it by."""

    bounds: Rectangle
    turn: int

    def share(self, box: Rectangle) -> Rectangle:
        """Give the left, top, width and height of a box, in per cent of the page as shown.

        Examples
        --------
        >>> Frame((0, 0, 200, 100), 0).share((50, 25, 100, 75))
        (25.0, 25.0, 25.0, 50.0)
        >>> Frame((0, 0, 200, 100), 1).share((50, 25, 100, 75))
        (25.0, 25.0, 50.0, 25.0)
        """
        left, bottom, right, top = turned(self.bounds, self.turn)
        begin, foot, end, head = turned(box, self.turn)
        x, y = 100 / (right - left), 100 / (top - bottom)
        return (begin - left) * x, (top - head) * y, (end - begin) * x, (head - foot) * y


@dataclass(frozen=True, slots=True)
class Sheets:
    """The width and height of all pages as shown, in points; the frames of some, by number."""

    sizes: tuple[tuple[float, float], ...]
    frames: Mapping[int, Frame]


def draw(task: str, original: Original, *args: Any) -> Any:
    """Do one of ``TASKS`` with the file, None when it is no longer as it was indexed.

    Raises
    ------
    ReadError
        When the file is damaged or asks for a password.
    """
    raw = _raw(original)
    return None if raw is None else TASKS[task](raw, original, *args)


def sheets(raw: bytes, original: Original, numbers: Sequence[int]) -> Sheets:
    """Give the sizes of all pages, and the frames of those of ``numbers``."""
    with open_pdf(raw, original.source) as pdf:
        count = len(pdf)
        sizes = tuple(_sound(pdf.get_page_size(place)) for place in range(count))
        frames = {number: _frame(pdf, number) for number in numbers if 1 <= number <= count}
    return Sheets(sizes, frames)


def picture(raw: bytes, original: Original, number: int, width: int) -> bytes:
    """Draw a page as a PNG file, ``width`` pixels wide unless it is very long.

    There is nothing of a page that the file does not have.
    """
    with open_pdf(raw, original.source) as pdf:
        if not 1 <= number <= len(pdf):
            return b""
        with closing(pdf[number - 1]) as page:
            wide, high = _sound(page.get_size())
            scale = min(width / wide, math.sqrt(MAX_PIXELS / (wide * high)))
            with closing(page.render(scale=scale)) as bitmap:
                return _png(bitmap.to_pil())


def places(
    raw: bytes, original: Original, digest: str, stretches: Sequence[tuple[int, int]]
) -> tuple[tuple[Box, ...], ...]:
    """Give the boxes of stretches of the text; none when it is not read as it was indexed.

    ``digest`` is the SHA-256 of the indexed text, in hexadecimal.
    """
    from aseqa.read.pdf import read_pdf

    with open_pdf(raw, original.source) as pdf:
        if len(pdf) > MAX_LAID_PAGES:
            return ()
    [document] = read_pdf(raw, original.source, original.sha256)
    layout = document.layout
    if layout is None or hashlib.sha256(document.text.encode()).hexdigest() != digest:
        return ()
    return tuple(layout.boxes(start, end) for start, end in stretches)


TASKS: Mapping[str, Callable[..., Any]] = {"sheets": sheets, "picture": picture, "places": places}


def _raw(original: Original) -> bytes | None:
    """Read the file where it lies now, if its bytes are still those that were indexed."""
    for raw, sha256 in _found(original.paths):
        if sha256 == original.sha256:
            return raw
    return None


def _found(paths: Sequence[Path]) -> Iterator[tuple[bytes, str]]:
    for path in paths:
        try:
            status = path.stat()
            if S_ISREG(status.st_mode) and 0 < status.st_size <= MAX_BYTES:
                yield _hashed(path, status.st_ino, status.st_size, status.st_mtime_ns)
        except (OSError, ValueError):  # gone, closed, or a name that no file can have
            continue


@lru_cache(maxsize=1)
def _hashed(path: Path, *_: int) -> tuple[bytes, str]:
    """Read a file with its hash; the other arguments tell its states apart."""
    raw = path.read_bytes()
    return raw, hashlib.sha256(raw).hexdigest()


def _frame(pdf: Any, number: int) -> Frame:
    with closing(pdf[number - 1]) as page:
        return Frame(tuple(page.get_bbox()), page.get_rotation() // 90)


def _sound(size: tuple[float, float]) -> tuple[float, float]:
    """Give a page's size; what is none counts as A4."""
    wide, high = size
    sound = all(map(math.isfinite, size)) and wide > 0 and high > 0
    return (wide, high) if sound else (595.0, 842.0)


def _png(drawn: Any) -> bytes:
    """Write a PNG file, in greys when the page has no colour: half the bytes."""
    bands = [band.tobytes() for band in drawn.split()]
    grey = len(bands) == 3 and bands[0] == bands[1] == bands[2]
    out = BytesIO()
    (drawn.split()[0] if grey else drawn).save(out, "PNG")
    return out.getvalue()
