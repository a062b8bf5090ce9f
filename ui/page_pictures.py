"""Pages of PDF files, drawn one at a time in a child process; the last ones stay in memory."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from aseqa.isolation import Isolated
from aseqa.read.pdf_pictures import Original, Sheets, draw
from aseqa.records import Box

# Pixels; a width asked for is taken up to the next of them.
WIDTHS = (400, 700, 1000, 1400, 2000)
MAX_HELD_BYTES = 64 * 1024**2
DRAW_S = 20.0
CHILD_BYTES = 1024**3

Key = tuple[str, int, int]


class Pictures:
    """Draws pages and tells where words stand on them; several threads may ask."""

    def __init__(self, max_bytes: int = MAX_HELD_BYTES) -> None:
        self._child: Isolated[Any] = Isolated(draw, DRAW_S, CHILD_BYTES)
        self._lock = Lock()
        self._held: OrderedDict[Key, bytes] = OrderedDict()
        self._max_bytes = max_bytes

    def close(self) -> None:
        """End the child process; a later call would start another one."""
        with self._lock:
            self._child.__exit__()

    @property
    def held_bytes(self) -> int:
        return sum(map(len, self._held.values()))

    def sheets(self, original: Original, numbers: Sequence[int]) -> Sheets | None:
        """Give the sizes of a file's pages, and the frames of those of ``numbers``.

        Raises
        ------
        ReadError
            When the file is damaged, or takes too much time or memory.
        """
        found: Sheets | None = self._call("sheets", original, tuple(numbers))
        return found

    def picture(self, original: Original, number: int, width: int) -> bytes | None:
        """Draw a page; nothing when the file has no such page, None when it is gone.

        Raises
        ------
        ReadError
            When the file is damaged, or takes too much time or memory.
        """
        key = (original.sha256, number, width)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        drawn: bytes | None = self._call("picture", original, number, width)
        if drawn:
            self._hold(key, drawn)
        return drawn

    def places(
        self, original: Original, text: str, stretches: Sequence[tuple[int, int]]
    ) -> tuple[tuple[Box, ...], ...]:
        """Give the boxes of stretches of the indexed text, none where they cannot be had.

        Raises
        ------
        ReadError
            When the file is damaged, or takes too much time or memory.
        """
        digest = hashlib.sha256(text.encode()).hexdigest()
        found: tuple[tuple[Box, ...], ...] | None = self._call(
            "places", original, digest, tuple(stretches)
        )
        return found or ()

    def _call(self, task: str, original: Original, *args: object) -> Any:
        with self._lock:
            return self._child.call(task, original, *args, name=original.source)

    def _hold(self, key: Key, drawn: bytes) -> None:
        with self._lock:
            self._held[key] = drawn
            while self._held and self.held_bytes > self._max_bytes:
                self._held.popitem(last=False)


def next_width(asked: int) -> int:
    """Give the width to draw for a width asked.

    Examples
    --------
    >>> next_width(1), next_width(701), next_width(9999)
    (400, 1000, 2000)
    """
    return next((width for width in WIDTHS if width >= asked), WIDTHS[-1])
