"""What the page posts its dossier for: a file of it, or its questions asked again.

Nothing of a dossier is kept. Host, origin, rate and size are checked before (see ``safety``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from aseqa.answers import Answer
from aseqa.dossier import Dossier, read_dossier
from aseqa.dossier_rerun import filters_of, rerun
from aseqa.dossier_values import as_object, text_in
from aseqa.errors import AseqaError, BackendMissing
from aseqa.export import FORMATS, export_dossier, file_name
from aseqa.messages import message
from aseqa.records import NO_FILTERS
from aseqa_ui.chosen_filters import filters_from
from aseqa_ui.dossier_view import comparison_html
from aseqa_ui.limits import Desk
from aseqa_ui.problems import MEDIA_TYPE, Problem, Refused, problem_of, said
from aseqa_ui.replies import MAX_QUOTES

if TYPE_CHECKING:
    from aseqa.ask import Assistant

# The page asks again one by one, so that it can tell how far it is and be stopped.
MAX_RERUN = 20
# As many as the chat gives to a question.
USUAL_QUOTES = 3
MAX_STYLE_CHARS = 20


def dossier_routes(assistant: Assistant, desk: Desk) -> APIRouter:
    """Make ``POST /dossier/export`` and ``POST /dossier/rerun``.

    Both take ``{"dossier": …}``; the first one ``style`` as well, a name of ``FORMATS``.
    """
    routes = APIRouter(prefix="/dossier", include_in_schema=False)

    @routes.post("/export")
    async def export(request: Request) -> Response:
        return await _served(desk, request, _exported)

    @routes.post("/rerun")
    async def ask_again(request: Request) -> Response:
        return await _served(desk, request, partial(_asked_again, assistant))

    return routes


async def _served(desk: Desk, request: Request, call: Callable[[object], Response]) -> Response:
    """Answer in a thread, in turn; a trouble is a problem in French."""
    try:
        sent = await _sent(request)
        return await desk.serve(partial(call, sent))
    except Refused as refusal:
        problem = refusal.problem
    except AseqaError as error:
        problem = _problem(error)
    record = problem.to_dict(request.scope["path"])
    return JSONResponse(record, problem.status, dict(problem.headers), MEDIA_TYPE)


async def _sent(request: Request) -> object:
    try:
        sent: object = await request.json()
    except (ValueError, RecursionError) as error:
        raise Refused(problem_of(400, "json")) from error
    return sent


def _problem(error: AseqaError) -> Problem:
    if isinstance(error, BackendMissing):
        return Problem(501, "library", said("api_problem_refused"), str(error))
    return Problem(422, "refused", said("api_problem_refused"), str(error))


def _exported(sent: object) -> Response:
    place = message("dossier_place_whole")
    record = as_object(sent, place)
    style = text_in(record, "style", MAX_STYLE_CHARS, place)
    dossier = read_dossier(record.get("dossier"))
    body = export_dossier(dossier, style, date.today())
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(dossier, style)}"',
        # Were it ever shown as a page, it could do nothing.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(body, headers=headers, media_type=FORMATS[style].media_type)


def _asked_again(assistant: Assistant, sent: object) -> Response:
    dossier = read_dossier(as_object(sent, message("dossier_place_whole")).get("dossier"))
    if _count(dossier) > MAX_RERUN:
        fault = message("dossier_rerun_many", limit=MAX_RERUN)
        raise Refused(Problem(422, "refused", said("api_problem_refused"), fault))
    given = max((len(asked.seen) for asked in dossier.questions), default=0)
    quotes = min(max(given, USUAL_QUOTES), MAX_QUOTES)
    filters = {question: filters_from(sent) for question, sent in filters_of(dossier).items()}

    def ask(question: str) -> Answer:
        return assistant.ask(question, quotes, filters.get(question, NO_FILTERS))

    with assistant.reading():
        comparison = rerun(dossier, ask, asked=date.today().isoformat())
    return JSONResponse({**comparison.to_dict(), "html": comparison_html(comparison)})


def _count(dossier: Dossier) -> int:
    asked = [item.question for item in dossier.pinned]
    asked += [noted.question for noted in dossier.questions]
    return len({" ".join(question.split()) for question in asked} - {""})
