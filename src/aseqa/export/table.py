"""A dossier as a table (CSV): one quote a row, as a French spreadsheet opens it.

Cells are parted by semicolons, and the byte order mark says UTF-8: that is what Excel and
LibreOffice expect where the comma is that of decimals. The words of a quote stand between
guillemets, so that none can begin a formula; any other text that could is put after an
apostrophe, which spreadsheets take as "what follows is text".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from aseqa.dossier import Dossier, Heading, Pinned
from aseqa.export.content import marked, seal_fact, shown, voice_of
from aseqa.messages import message
from aseqa.render_words import voice_label
from aseqa.seal import seal_state, text_digest

COLUMNS = (
    "number", "heading", "question", "text", "span", "voice", "reported", "date", "reference",
    "note", "pinned", "document", "source", "page", "start", "end", "sha256", "text_sha256",
    "index", "seal", "state",
)  # fmt: skip
# Full-width forms are turned into the plain ones by some spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")


def write(dossier: Dossier, today: date | None = None) -> bytes:
    """Give the table; notes and headings by themselves have no row, and no day is told."""
    kept = io.StringIO(newline="")
    rows = csv.writer(kept, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(message(f"dossier_column_{name}") for name in COLUMNS)
    rows.writerows(_rows(dossier))
    return kept.getvalue().encode("utf-8-sig")


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula, on one line.

    Examples
    --------
    >>> neutral("=1+1"), neutral("1+1")
    ("'=1+1", '1+1')
    """
    line = shown(text)
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    heading, number = "", 0
    for item in dossier.items:
        if isinstance(item, Heading):
            heading = item.text
        elif isinstance(item, Pinned):
            number += 1
            yield tuple(_cells(item, number, heading))


def _cells(item: Pinned, number: int, heading: str) -> Iterator[str]:
    quote = item.quote
    answer = marked(quote)[1]
    voice = voice_of(quote)
    yield str(number)
    yield neutral(heading)
    yield neutral(item.question)
    yield message("quoted", text=shown(quote["text"]))
    yield message("quoted", text=answer) if answer else ""
    yield neutral(voice_label(voice))
    yield neutral(voice.reported or "")
    yield neutral(quote.get("date") or "")
    yield neutral(quote["reference"])
    yield neutral(item.note)
    yield neutral(item.pinned or "")
    yield neutral(quote["document"])
    yield neutral(quote["source"])
    yield str(quote["page"]) if quote.get("page") is not None else ""
    yield str(quote["start"])
    yield str(quote["end"])
    yield neutral(quote["sha256"])
    yield text_digest(quote["text"])
    yield neutral(seal_fact(quote, "index"))
    yield neutral(seal_fact(quote, "digest"))
    yield message(f"dossier_state_{seal_state(quote)}")
