"""The pages of a PDF file as PDFium reads them: characters, ruled lines, pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.pdf_glyphs import Glyph, Page, Rectangle, turned

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PATHS = 4000
MAX_SIDES = 64
MAX_RULE_WIDTH = 3.0
MAX_PIXELS = 40_000_000
MAX_UNREADABLE_SHARE = 0.3

_BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")
_KEPT_SPACES = "\u00a0\u202f"


@contextmanager
def open_pdf(raw: bytes, source: str) -> Iterator[Any]:
    """Open a file with PDFium, and close it afterwards.

    Raises
    ------
    ReadError
        When the file asks for a password, is damaged, or breaks while it is read.
    """
    import pypdfium2
    from pypdfium2 import raw as pdfium

    try:
        with pypdfium2.PdfDocument(raw) as pdf:
            yield pdf
    except pypdfium2.PdfiumError as fault:
        if fault.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise ReadError(message("read_encrypted", path=source)) from fault
        told = message("fault_pdf")
        raise ReadError(message("read_damaged", path=source, fault=told)) from fault


def facts_of(pdf: Any) -> Mapping[str, str]:
    """Give what the file says of itself: "Title", "Author", "CreationDate"."""
    facts = {}
    for name in ("Title", "Author", "CreationDate"):
        # A damaged value is no value.
        with suppress(UnicodeDecodeError):
            facts[name] = " ".join(pdf.get_metadata_value(name).replace("\0", " ").split())
    return facts


def read_page(pdf: Any, number: int) -> Page:
    """Read a page, counted from 1; one whose characters mean nothing has none."""
    with closing(pdf[number - 1]) as page, closing(page.get_textpage()) as text_page:
        bounds = page.get_bbox()
        glyphs, turn = _upright(list(_glyphs(text_page, bounds)))
        rules = tuple(turned(rule, turn) for rule in _rules(page)) if glyphs else ()
    return Page(number, turned(bounds, turn), turn, glyphs, rules)


def picture_of(pdf: Any, number: int, dpi: int) -> Image | None:
    """Draw a page in grey, as the file has it; None for a blank page or a huge one."""
    with closing(pdf[number - 1]) as page:
        left, bottom, right, top = page.get_bbox()
        scale = dpi / 72
        if not 0 < (right - left) * (top - bottom) * scale * scale <= MAX_PIXELS:
            return None
        unturned = -page.get_rotation() % 360
        with closing(page.render(scale=scale, grayscale=True, rotation=unturned)) as bitmap:
            picture: Image = bitmap.to_pil().convert("L").copy()
    darkest, lightest = picture.getextrema()
    return picture if darkest != lightest else None


def _upright(found: list[tuple[int, Glyph]]) -> tuple[tuple[Glyph, ...], int]:
    """Keep the characters that run as most do: no watermark, no label along the margin."""
    unreadable = sum(glyph.char == "\ufffd" for _, glyph in found)
    if not found or unreadable > MAX_UNREADABLE_SHARE * len(found):
        return (), 0
    turns = [turn for turn, _ in found]
    usual = max(sorted(set(turns)), key=turns.count)
    return tuple(glyph for turn, glyph in found if turn == usual), usual % 4


def _glyphs(text_page: Any, bounds: Rectangle) -> Iterator[tuple[int, Glyph]]:
    """Give the characters within the page in the order of the file, each with its turn."""
    from pypdfium2 import raw as pdfium

    style = (0, 1.0, False)
    previous: int | None = None
    space = ""
    for index in range(text_page.count_chars()):
        char = _character(pdfium.FPDFText_GetUnicode(text_page, index))
        if char.isspace():
            space = char if char in _KEPT_SPACES else space or ("\n" if char in "\r\n" else " ")
            continue
        owner = pdfium.FPDFText_GetTextObject(text_page, index)
        address = ctypes.cast(owner, ctypes.c_void_p).value
        if address is None or address != previous:
            style = _style(text_page, index)
        previous = address
        glyph = _glyph(text_page, index, char, space, style)
        space = ""
        if glyph and _inside(turned(glyph.box, -style[0]), bounds):
            yield style[0], glyph


def _character(code: int) -> str:
    """Give a code's character; U+FFFD where the font does not tell, a hyphen for PDFium's."""
    if code in (0x02, 0xFFFE):
        return "-"
    unknown = code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF
    return "\ufffd" if unknown and code not in (0x09, 0x0A, 0x0D) else chr(code)


def _style(text_page: Any, index: int) -> tuple[int, float, bool]:
    """Give the turn, the size and the weight of a character's text object."""
    from pypdfium2 import raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = math.hypot(matrix.c, matrix.d) * pdfium.FPDFText_GetFontSize(text_page, index)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    straight = abs(angle / 90 - round(angle / 90)) < 0.05
    # A slanted text is a direction of its own: congruent to 0, so that it is not turned.
    turn = round(angle / 90) % 4 if straight else 4 * (1 + round(angle) % 360)
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 256, ctypes.c_int())
    bold = pdfium.FPDFText_GetFontWeight(text_page, index) >= 600
    return turn, max(size, 0.1), bold or any(mark in name.value.lower() for mark in _BOLD_NAMES)


def _glyph(
    text_page: Any, index: int, char: str, space: str, style: tuple[int, float, bool]
) -> Glyph | None:
    from pypdfium2 import raw as pdfium

    turn, size, bold = style
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    ink = text_page.get_charbox(index)
    room = text_page.get_charbox(index, loose=True)
    if not all(map(math.isfinite, (*ink, *room, x.value, y.value, size))):
        return None
    left, bottom, right, top = turned(ink, turn)
    begin, _, end, _ = turned(room, turn)
    _, baseline, _, _ = turned((x.value, y.value, x.value, y.value), turn)
    return Glyph(char, left, bottom, right, top, begin, end, baseline, size, bold, space)


def _inside(box: Rectangle, bounds: Rectangle) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3]


def _rules(page: Any) -> Iterator[Rectangle]:
    """Give the upright and level lines drawn on a page, sides of frames among them."""
    from pypdfium2 import raw as pdfium

    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)
    for count, path in enumerate(paths):
        if count >= MAX_PATHS:
            return
        left, bottom, right, top = path.get_bounds()
        if min(right - left, top - bottom) <= MAX_RULE_WIDTH:
            yield left, bottom, right, top
        else:
            yield from _sides(path)


def _sides(path: Any) -> Iterator[Rectangle]:
    from pypdfium2 import raw as pdfium

    points = []
    matrix = path.get_matrix()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_SIDES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        drawn = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO
        points.append((drawn, *matrix.on_point(x.value, y.value)))
    for (_, x0, y0), (drawn, x1, y1) in pairwise(points):
        if drawn and min(abs(x1 - x0), abs(y1 - y0)) < 1:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
