"""The pages of a document as HTML: pictures to be loaded when seen, the quote drawn over them.

Places are in per cent of the page, so that they hold at any size; whatever comes from a
document goes through ``html.escape``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote as quoted
from urllib.parse import urlencode

from aseqa.messages import message
from aseqa.read.pdf_pictures import Frame, Sheets
from aseqa.records import Box, Document, Sentence
from aseqa_ui.page_pictures import WIDTHS

# Of a longer document, those around the quote.
MAX_SHOWN = 500
SIZES = "auto, (max-width: 860px) 100vw, 46vw"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn over the pages: the quote's words, its lines, those of the answering words."""

    text: str = ""
    quote: tuple[Box, ...] = ()
    span: tuple[Box, ...] = ()


def stored_boxes(sentences: Sequence[Sentence], start: int, end: int) -> tuple[Box, ...]:
    """Give the boxes of the sentences that make up ``text[start:end]`` to the character.

    None when the stretch begins or ends within a sentence: its lines would mark more.
    """
    within = [one for one in sentences if start <= one.start and one.end <= end]
    if not within or (within[0].start, within[-1].end) != (start, end):
        return ()
    return tuple(box for one in within for box in one.boxes)


def pages_html(document: Document, sheets: Sheets, marks: Marks) -> str:
    """Write the pages one under another, each keeping its room before its picture comes."""
    count = len(sheets.sizes)
    first = marks.quote[0].page if marks.quote else 1
    shown = window(count, first)
    told = ""
    if len(shown) < count:
        words = message("pages_range", first=shown[0], last=shown[-1], count=count)
        told = f'<p class="aq-pages-range">{escape(words)}</p>'
    pages = "".join(
        _page_html(document, number, sheets, _overlays(marks, number, sheets.frames))
        for number in shown
    )
    failed = escape(message("pages_page_failed"))
    return f'<div class="aq-pages" data-failed="{failed}">{told}{pages}</div>'


def window(count: int, page: int) -> range:
    """Give the numbers of the pages to show, ``page`` among them.

    Examples
    --------
    >>> window(12, 3), window(2000, 1900)
    (range(1, 13), range(1501, 2001))
    """
    first = max(1, min(page - MAX_SHOWN // 2, count - MAX_SHOWN + 1))
    return range(first, min(count, first + MAX_SHOWN - 1) + 1)


def picture_address(document: Document, number: int, width: int) -> str:
    """Give the address of a page's picture; the file's hash makes it that picture for ever."""
    query = urlencode({"sha256": document.sha256, "width": width})
    return f"/pages/{quoted(document.id, safe='')}/{number}.png?{query}"


def _page_html(document: Document, number: int, sheets: Sheets, overlays: str) -> str:
    wide, high = sheets.sizes[number - 1]
    of = {"number": number, "count": len(sheets.sizes)}
    alt = message("pages_alt", title=document.title or document.source, **of)
    sources = ", ".join(
        f"{picture_address(document, number, width)} {width}w" for width in WIDTHS[1:]
    )
    source = picture_address(document, number, WIDTHS[1])
    return (
        f'<figure class="aq-page" data-page="{number}">'
        f'<div class="aq-sheet" style="aspect-ratio:{wide:.2f}/{high:.2f}">'
        # The sizes before the addresses: a browser may begin to load at the first one.
        f'<img loading="lazy" decoding="async" sizes="{SIZES}" srcset="{escape(sources)}"'
        f' src="{escape(source)}" alt="{escape(alt)}">{overlays}</div>'
        f'<figcaption aria-hidden="true">{escape(message("pages_number", **of))}</figcaption>'
        "</figure>"
    )


def _overlays(marks: Marks, number: int, frames: Mapping[int, Frame]) -> str:
    frame = frames.get(number)
    if frame is None:
        return ""
    is_first = bool(marks.quote) and marks.quote[0].page == number
    words = escape(message("pages_quote", text=marks.text))
    pieces = [
        *_drawn("aq-box", marks.quote, number, frame),
        *_drawn("aq-box aq-box-span", marks.span, number, frame),
    ]
    if is_first:
        label = f'<span class="aq-offscreen">{words}</span>'
        pieces[0] = pieces[0].replace(">", f' tabindex="-1">{label}', 1)
    return "".join(pieces)


def _drawn(name: str, boxes: Sequence[Box], number: int, frame: Frame) -> Iterator[str]:
    for box in boxes:
        if box.page == number:
            sides = frame.share((box.left, box.bottom, box.right, box.top))
            place = zip(("left", "top", "width", "height"), sides, strict=True)
            style = ";".join(f"{side}:{share:.3f}%" for side, share in place)
            yield f'<mark class="{name}" style="{style}"></mark>'
