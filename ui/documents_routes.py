"""The page of documents and what it asks for: a list for all, changes for who may make them.

Host, origin, rate and announced size are checked before (see ``safety``). No path is taken
from a client: files come as bytes with a name, documents are named as the index does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from aseqa.errors import AseqaError
from aseqa.messages import message
from aseqa_ui.documents_page import documents_page
from aseqa_ui.index_work import add_files, delete, renew, undo
from aseqa_ui.job_records import Entry, Job
from aseqa_ui.jobs import Jobs
from aseqa_ui.limits import Limits
from aseqa_ui.listing import SORTS, Held, file_of, list_documents
from aseqa_ui.plain_page import page_html
from aseqa_ui.problems import MEDIA_TYPE, Problem, Refused, problem_of
from aseqa_ui.receiving import receive_file
from aseqa_ui.sessions import may_manage

if TYPE_CHECKING:
    from aseqa_ui.library import Library

MAX_PAGE = 1_000_000
MAX_BATCH_CHARS = 64
Route = Callable[[Request], Awaitable[Response]]


def documents_routes(jobs: Jobs, limits: Limits) -> APIRouter:
    """Make ``GET /documents`` and what its page asks for under it."""
    routes = APIRouter(prefix="/documents", include_in_schema=False)
    view = _View(jobs, limits)
    told: dict[str, Route] = {"": view.page, "/list": view.list, "/about": view.about}
    for path, route in told.items():
        routes.add_api_route(path, _answering(route), methods=["GET"])
    managed: dict[tuple[str, str], Route] = {
        ("GET", "/jobs"): view.jobs_known,
        ("GET", "/jobs/{name}"): view.job,
        ("POST", "/jobs/{name}/stop"): view.stop,
        ("POST", "/taken"): view.taken,
        ("POST", "/files"): view.send,
        ("POST", "/delete"): view.delete,
        ("POST", "/undo"): view.undo,
        ("POST", "/renew"): view.renew,
    }
    for (method, path), route in managed.items():
        routes.add_api_route(path, _answering(_managed(route)), methods=[method])
    return routes


def _answering(route: Route) -> Route:
    """Make a route tell its troubles as problems in the reader's words."""

    @wraps(route)
    async def answer(request: Request) -> Response:
        try:
            return await route(request)
        except Refused as refusal:
            problem = refusal.problem
        except AseqaError as error:
            problem = refused(422, "refused", str(error))
        record = problem.to_dict(request.scope["path"])
        return JSONResponse(record, problem.status, dict(problem.headers), MEDIA_TYPE)

    # Its return type is what FastAPI would make a model of.
    answer.__annotations__ = {"request": Request, "return": Response}
    return answer


def _managed(route: Route) -> Route:
    """Keep a route for those who may manage the documents."""

    @wraps(route)
    async def answer(request: Request) -> Response:
        if not may_manage(request):
            raise Refused(problem_of(403, "role"))
        return await route(request)

    return answer


def refused(status: int, code: str, detail: str) -> Problem:
    """Make a problem of the page's own."""
    return Problem(status, code, message("documents_problem"), detail)


class _View:
    """The routes over one server's jobs."""

    def __init__(self, jobs: Jobs, limits: Limits) -> None:
        self.jobs, self.limits = jobs, limits
        self.library: Library = jobs.library
        # Many readers may look through the list, some may send: not all at once.
        self._reads, self._uploads = asyncio.Semaphore(4), asyncio.Semaphore(limits.uploads)

    async def page(self, request: Request) -> Response:
        page = documents_page(self.limits, may_manage(request))
        return HTMLResponse(page_html(page, request.scope))

    async def list(self, request: Request) -> Response:
        asked = request.query_params
        sort = asked.get("sort", "date")
        if sort not in SORTS:
            raise Refused(problem_of(422, "request"))
        page = _number(asked.get("page", "1"))
        look = partial(list_documents, self.library.index, asked.get("q", ""), sort)
        async with self._reads:
            found = await asyncio.to_thread(look, asked.get("order", "down") == "down", page)
        return JSONResponse(found)

    async def about(self, request: Request) -> Response:
        name = request.query_params.get("document", "")
        held = await self._held(name)
        siblings = [title for document, title in held.titles.items() if document != name]
        return JSONResponse({
            "document": name,
            "title": held.titles[name],
            "siblings": siblings,
            "source": ", ".join(held.places),
            "ours": bool(self.library.own_files(held.places)),
        })  # fmt: skip

    async def _held(self, name: str) -> Held:
        async with self._reads:
            held = await asyncio.to_thread(file_of, self.library.index, name)
        if held is None:
            raise Refused(problem_of(404, "document"))
        return held

    async def jobs_known(self, request: Request) -> Response:
        return JSONResponse({"jobs": [job.to_dict() for job in self.jobs.all()]})

    async def job(self, request: Request) -> Response:
        return JSONResponse(self._job(request.path_params["name"]).to_dict())

    def _job(self, name: object) -> Job:
        job = self.jobs.get(name) if isinstance(name, str) else None
        if job is None:
            raise Refused(refused(404, "job", message("documents_problem_unknown")))
        return job

    async def stop(self, request: Request) -> Response:
        job = self._job(request.path_params["name"])
        await asyncio.to_thread(self.jobs.stop, job)
        return JSONResponse(job.to_dict())

    async def taken(self, request: Request) -> Response:
        names = (await _sent(request)).get("names")
        if not isinstance(names, list) or len(names) > self.limits.batch_files:
            detail = message("documents_problem_many", limit=self.limits.batch_files)
            raise Refused(refused(413, "many", detail))
        given = [name for name in names if isinstance(name, str)]
        return JSONResponse({"taken": await asyncio.to_thread(self.library.taken, given)})

    async def send(self, request: Request) -> Response:
        asked = request.query_params
        batch = asked.get("batch", "")
        if not (batch.isascii() and batch.isalnum() and len(batch) <= MAX_BATCH_CHARS):
            raise Refused(problem_of(422, "request"))
        self._check_room(batch)
        if self._uploads.locked():
            raise Refused(problem_of(503, "busy", {"Retry-After": "1"}, seconds=1))
        async with self._uploads:
            draft = await receive_file(request, self.library, self.limits, asked.get("name", ""))
        entry = Entry(draft.name, draft=draft, replaces=asked.get("existing") == "replace")
        job = self.jobs.join(batch, partial(add_files, self.jobs), entry)
        return JSONResponse({"name": draft.name, "job": job.id}, 202)

    def _check_room(self, batch: str) -> None:
        count, waiting = self.jobs.sizes(batch)
        if count >= self.limits.batch_files:
            detail = message("documents_problem_many", limit=self.limits.batch_files)
            raise Refused(refused(413, "many", detail))
        if waiting >= self.limits.queue_bytes:
            raise Refused(refused(503, "full", message("documents_problem_full")))

    async def delete(self, request: Request) -> Response:
        name = (await _sent(request)).get("document")
        title = (await self._held(name if isinstance(name, str) else "")).titles[str(name)]
        act = partial(delete, self.jobs, document=str(name))
        return self._started("delete", act, title)

    async def undo(self, request: Request) -> Response:
        former = self._job((await _sent(request)).get("job"))
        if not former.to_dict()["undo"]:
            raise Refused(refused(409, "stale", message("documents_stale")))
        return self._started("undo", partial(undo, self.jobs, former=former), former.title)

    async def renew(self, request: Request) -> Response:
        rebuild = (await _sent(request)).get("rebuild") is True
        act = partial(renew, self.jobs, rebuild=rebuild)
        return self._started("rebuild" if rebuild else "renew", act, "")

    def _started(self, kind: str, act: Callable[[Job], None], title: str) -> Response:
        job = self.jobs.start(kind, act, title=title)
        return JSONResponse(job.to_dict(), 202)


def _number(given: str) -> int:
    digits = given.isascii() and given.isdecimal() and len(given) < 8
    return min(int(given), MAX_PAGE) if digits else 1


async def _sent(request: Request) -> Mapping[str, Any]:
    try:
        sent = await request.json()
    except (ValueError, RecursionError) as error:
        raise Refused(problem_of(400, "json")) from error
    if not isinstance(sent, dict):
        raise Refused(problem_of(422, "request"))
    return sent
