"""What the command line writes: answers as text or JSON, and a bar while it works."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Mapping
from typing import Any

import click

from aseqa.messages import message

FILE_WIDTH, WIDEST_TEXT = 88, 100
BAR_CELLS = 24
MINUTE = 60


def show(record: Mapping[str, Any], text: str, as_json: bool) -> None:
    """Write a result to standard output in the form asked for."""
    if as_json:
        show_record(record, indent=2)
    else:
        click.echo(text)


def show_record(record: Mapping[str, Any], indent: int | None = None) -> None:
    """Write JSON, on one line unless indented; whoever reads a pipe gets it at once."""
    from aseqa.render import render_json

    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    ascii_only = not encoding.startswith("utf")
    click.echo(render_json(record, indent, ascii_only))
    sys.stdout.flush()


def text_width() -> int:
    """Give the width to wrap at: the terminal's up to a readable one, a fixed one in a file."""
    if not sys.stdout.isatty():
        return FILE_WIDTH
    return min(shutil.get_terminal_size().columns, WIDEST_TEXT)


def has_color() -> bool:
    """Tell whether ANSI codes are welcome (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


class ProgressLine:
    """Tells on standard error how far a run is: a bar on a terminal, a line a minute elsewhere.

    It is called with what is done, all there is to do, and a label.
    """

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()
        self._drawn = sys.stderr.isatty()

    def __call__(self, done: float, total: int, label: str) -> None:
        now = time.monotonic()
        if self._drawn:
            self._draw(done, total, label, now - self._started)
        elif now - self._told >= MINUTE and done < total:
            self._told = now
            click.echo(self._line(done, total, now - self._started), err=True)

    def _draw(self, done: float, total: int, label: str, seconds: float) -> None:
        """Draw the bar over itself; wipe it once all is done."""
        from aseqa.render_words import visible

        filled = int(BAR_CELLS * done / max(total, 1))
        bar = "█" * filled + "░" * (BAR_CELLS - filled)
        line = f"{bar} {self._line(done, total, seconds)} {visible(label)}"
        columns = shutil.get_terminal_size().columns - 1
        click.echo(f"\r\x1b[K{line[:columns] if done < total else ''}", nl=False, err=True)

    def _line(self, done: float, total: int, seconds: float) -> str:
        """Give count, rate and time left; these two once there is something to judge by."""
        told = message("progress", done=int(done), total=total)
        if done <= 0 or seconds < 1:
            return told
        left = round((total - done) * seconds / done)
        rate = f"{MINUTE * done / seconds:.0f}"
        return told + message("progress_rate", rate=rate, left=f"{left // 60}:{left % 60:02}")
