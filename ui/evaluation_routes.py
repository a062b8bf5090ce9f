"""The page of evaluation, and what it posts its questions to.

Those who may manage the documents may measure: a run takes the assistant for minutes,
between everybody's questions. Host, origin, rate and size are checked before (see ``safety``).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from aseqa.messages import message
from aseqa_ui.evaluation_gold import chosen_gold
from aseqa_ui.evaluation_page import evaluation_html, forbidden_html
from aseqa_ui.evaluation_run import Place, evaluation_lines
from aseqa_ui.limits import Desk
from aseqa_ui.problems import MEDIA_TYPE, Problem, Refused, problem_of, said
from aseqa_ui.sessions import may_manage

if TYPE_CHECKING:
    from aseqa.ask import Assistant

STREAM = "application/x-ndjson"


def evaluation_routes(assistant: Assistant, desk: Desk) -> APIRouter:
    """Make ``GET /evaluation`` and ``POST /evaluation/run``.

    The second one takes ``{"shipped": name}`` or ``{"name": …, "text": …}``, and answers
    with one JSON object a line (see ``evaluation_run``).
    """
    routes = APIRouter(prefix="/evaluation", include_in_schema=False)
    place = Place()

    @routes.get("")
    async def page(request: Request) -> Response:
        if not may_manage(request):
            return HTMLResponse(forbidden_html(request.scope), 403)
        return HTMLResponse(evaluation_html(request.scope))

    @routes.post("/run")
    async def run(request: Request) -> Response:
        try:
            _check_right(request)
            place.check()
            gold = await asyncio.to_thread(chosen_gold, await _sent(request))
        except Refused as refusal:
            problem = refusal.problem
            record = problem.to_dict(request.scope["path"])
            return JSONResponse(record, problem.status, dict(problem.headers), MEDIA_TYPE)
        lines = evaluation_lines(assistant, desk, place, gold)
        # What stands between would hold lines back until there are enough.
        return StreamingResponse(lines, media_type=STREAM, headers={"X-Accel-Buffering": "no"})

    return routes


def _check_right(request: Request) -> None:
    if not may_manage(request):
        told = message("evaluation_forbidden")
        raise Refused(Problem(403, "role", said("api_problem_role"), told))


async def _sent(request: Request) -> object:
    try:
        sent: object = await request.json()
    except (ValueError, RecursionError) as error:
        raise Refused(problem_of(400, "json")) from error
    return sent
