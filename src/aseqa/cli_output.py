"""What the command line writes: answers as text or JSON, and a bar while it works."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

from aseqa.messages import message

FILE_WIDTH, WIDEST_TEXT = 88, 100
BAR_CELLS = 24


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


def progress_bar() -> Callable[[int, int, str], None] | None:
    """Give what draws a bar on a terminal, on standard error; nothing elsewhere."""
    return _draw if sys.stderr.isatty() else None


def _draw(done: int, total: int, label: str) -> None:
    """Draw the bar over itself; wipe it once all is done."""
    from aseqa.render import visible

    filled = BAR_CELLS * done // max(total, 1)
    bar = "█" * filled + "░" * (BAR_CELLS - filled)
    line = message("progress", bar=bar, done=done, total=total, label=visible(label))
    columns = shutil.get_terminal_size().columns - 1
    click.echo(f"\r\x1b[K{line[:columns] if done < total else ''}", nl=False, err=True)
