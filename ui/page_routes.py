"""The pages of PDF files: how a document's pages stand, and the picture of each.

A client names a document of the index, never a path. What is drawn comes from the very
bytes that were indexed; a file that has changed since has no pages, its text remains.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse

from aseqa.errors import AseqaError, ReadError
from aseqa.messages import message
from aseqa.read.pdf_pictures import Original
from aseqa.records import Box, SourceView
from aseqa_ui.limits import Desk
from aseqa_ui.page_files import original_of
from aseqa_ui.page_pictures import Pictures, next_width
from aseqa_ui.pages_view import Marks, pages_html, stored_boxes
from aseqa_ui.problems import MEDIA_TYPE, Problem, Refused
from aseqa_ui.source import holds

if TYPE_CHECKING:
    from aseqa.ask import Assistant

_log = logging.getLogger(__name__)

MAX_DRAWINGS_WAITING = 64
MAX_DIGITS = 9
# The address holds the file's hash: what it gives never changes. For this reader's browser alone.
_FOR_EVER = "private, max-age=31536000, immutable"


def page_routes(assistant: Assistant, desk: Desk) -> APIRouter:
    """Make ``GET /pages`` and ``GET /pages/{document}/{number}.png``.

    The index is read in turn at ``desk``; drawing has a queue of its own, so that no
    question waits for a picture.
    """
    pictures, easel = Pictures(), Desk(MAX_DRAWINGS_WAITING)
    find = partial(_opened, assistant, assistant.folder)

    @asynccontextmanager
    async def running(application: FastAPI) -> AsyncIterator[None]:
        yield
        pictures.close()

    routes = APIRouter(prefix="/pages", include_in_schema=False, lifespan=running)

    @routes.get("")
    async def pages(request: Request, document: str = "") -> Response:
        async def reply() -> Response:
            known = request.query_params.get("sha256", "")
            view, original = await desk.serve(partial(find, document, known))
            return await easel.serve(partial(_pages, pictures, view, original, request))

        return await _served(request, reply)

    @routes.get("/{document:path}/{number}.png")
    async def picture(request: Request, document: str, number: str) -> Response:
        async def reply() -> Response:
            page, width = _number(number), _width(request)
            known = request.query_params.get("sha256", "")
            _, original = await desk.serve(partial(find, document, known))
            tag = f'"{original.sha256}-{page}-{width}"'
            headers = {"ETag": tag, "Cache-Control": _FOR_EVER}
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            drawn = await easel.serve(partial(_picture, pictures, original, page, width))
            return Response(drawn, headers=headers, media_type="image/png")

        return await _served(request, reply)

    return routes


async def _served(request: Request, reply: Callable[[], Awaitable[Response]]) -> Response:
    try:
        return await reply()
    except Refused as refusal:
        problem = refusal.problem
    except AseqaError as error:
        _log.warning("%s", error)
        problem = _refused(422, "failed").problem
    record = problem.to_dict(request.scope["path"])
    return JSONResponse(record, problem.status, dict(problem.headers), MEDIA_TYPE)


def _refused(status: int, code: str) -> Refused:
    told = message(f"pages_{code}"), message(f"pages_{code}_detail")
    return Refused(Problem(status, f"page_{code}", *told))


def _opened(
    assistant: Assistant, index: Path, name: str, sha256: str
) -> tuple[SourceView, Original]:
    """Find a document that has pages, if it is still the one that the page knows."""
    with assistant.reading():
        try:
            view = assistant.source(name)
        except KeyError:
            raise _refused(404, "none") from None
        original = original_of(index, view.document)
    if original is None:
        raise _refused(404, "none")
    if sha256 != original.sha256:
        raise _refused(410, "gone")
    return view, original


def _picture(pictures: Pictures, original: Original, page: int, width: int) -> bytes:
    drawn = pictures.picture(original, page, width)
    if drawn is None:
        raise _refused(410, "gone")
    if not drawn:
        raise _refused(404, "none")
    return drawn


def _pages(
    pictures: Pictures, view: SourceView, original: Original, request: Request
) -> JSONResponse:
    """Write the pages, with the quote that the request names where it stands."""
    asked = request.query_params
    start, end, first, last = (_offset(asked, name) for name in ("start", "end", "first", "last"))
    is_held = holds(view.document, start, end)
    place = (start, end), (first, last)
    marks = _marks(pictures, view, original, *place) if is_held else Marks()
    sheets = pictures.sheets(original, sorted({box.page for box in (*marks.quote, *marks.span)}))
    if sheets is None:
        raise _refused(410, "gone")
    note = message("pages_unplaced") if is_held and not marks.quote else ""
    return JSONResponse({"html": pages_html(view.document, sheets, marks), "note": note})


def _marks(
    pictures: Pictures,
    view: SourceView,
    original: Original,
    place: tuple[int, int],
    span: tuple[int, int],
) -> Marks:
    """Find the lines of a quote; those of its answering words where the file can be read anew."""
    (start, end), (first, last) = place, span
    document = view.document
    text = document.text[start:end]
    stored = stored_boxes(view.sentences, start, end)
    is_span = 0 <= first < last <= end - start
    stretches = [(start, end), (start + first, start + last)] if is_span else [(start, end)]
    found: tuple[tuple[Box, ...], ...] = ()
    # What was recognised from a picture would have to be recognised again.
    if (is_span or not stored) and "ocr" not in document.metadata:
        try:
            found = pictures.places(original, document.text, stretches)
        except ReadError as error:
            _log.warning("%s", error)
    return Marks(text, found[0] if found else stored, found[1] if len(found) > 1 else ())


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS):
        raise _refused(404, "none")
    return int(text)


def _width(request: Request) -> int:
    text = request.query_params.get("width", "0")
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS):
        raise _refused(422, "width")
    return next_width(int(text))


def _offset(asked: Mapping[str, str], name: str) -> int:
    """Give an offset that a client sent, -1 for what is none."""
    text = asked.get(name, "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS else -1
