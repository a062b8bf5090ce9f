"""The interface for programs over HTTP: the contract's JSON in and out, problems in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from aseqa import __version__
from aseqa.errors import AseqaError, BadSettings, ReadError
from aseqa_ui import abilities, api_answers
from aseqa_ui.api_models import (
    EXAMPLE_DOCUMENT,
    AskRequest,
    SearchRequest,
    ThreadRequest,
    VerifyRequest,
)
from aseqa_ui.faults import faults
from aseqa_ui.language import spoken
from aseqa_ui.limits import Desk
from aseqa_ui.problems import MEDIA_TYPE, Problem, Refused, problem_of, said, spoken_in

if TYPE_CHECKING:
    from aseqa.ask import Assistant

PAGE, MAX_PAGE = 50, 200
_EVERYWHERE = (400, 401, 403, 421, 429, 500, 503)
_POSTED = (408, 413, 415, 422)
_BY_STATUS = {404: "not_found", 405: "method"}

Offset = Annotated[int, Query(ge=0, le=2**31, description=said("api_field_offset"))]
PageSize = Annotated[int, Query(ge=1, le=MAX_PAGE, description=said("api_field_limit"))]
Name = Annotated[str, Path(description=said("api_field_document"), examples=[EXAMPLE_DOCUMENT])]


def make_api(assistant: Assistant, desk: Desk) -> FastAPI:
    """Build the interface over one open assistant, to be mounted at ``/api``."""
    api = FastAPI(
        title=said("api_title"),
        description=said("api_description"),
        version=__version__,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/api"}],
        root_path_in_servers=False,
        redirect_slashes=False,
    )
    api.openapi = partial(_schema, api)  # type: ignore[method-assign]
    _add_posts(api, assistant, desk)
    _add_gets(api, assistant, desk)
    _add_handlers(api)
    return api


def _add_posts(api: FastAPI, assistant: Assistant, desk: Desk) -> None:
    @api.post("/ask", **_told("ask", "answer", api_answers.AnswerModel, _POSTED))
    async def ask(asked: AskRequest) -> JSONResponse:
        return JSONResponse(await desk.serve(partial(abilities.ask, assistant, asked)))

    @api.post("/search", **_told("search", "search", api_answers.SearchModel, _POSTED))
    async def search(asked: SearchRequest) -> JSONResponse:
        return JSONResponse(await desk.serve(partial(abilities.search, assistant, asked)))

    @api.post("/verify", **_told("verify", "verify", api_answers.VerificationModel, _POSTED))
    async def verify(sent: VerifyRequest) -> JSONResponse:
        return JSONResponse(await desk.serve(partial(abilities.verify, assistant, sent)))

    @api.post("/thread", **_told("thread", "thread", api_answers.ThreadsModel, _POSTED))
    async def thread(sent: ThreadRequest) -> JSONResponse:
        return JSONResponse(await desk.serve(partial(abilities.thread, assistant, sent)))


def _add_gets(api: FastAPI, assistant: Assistant, desk: Desk) -> None:
    @api.get("/documents", **_told("documents", "documents", api_answers.DocumentsModel, (422,)))
    async def documents(offset: Offset = 0, limit: PageSize = PAGE) -> JSONResponse:
        call = partial(abilities.documents, assistant, offset, limit)
        return JSONResponse(await desk.serve(call))

    @api.get(
        "/documents/{document:path}",
        **_told("document", "document", api_answers.SourceModel, (404, 422)),
    )
    async def source(document: Name) -> JSONResponse:
        return JSONResponse(await desk.serve(partial(abilities.source, assistant, document)))

    @api.get("/status", **_told("status", "status", api_answers.StatusModel, ()))
    async def status() -> JSONResponse:
        return JSONResponse(await desk.serve(partial(abilities.status, assistant)))


def _told(name: str, given: str, model: Any, statuses: tuple[int, ...]) -> dict[str, Any]:
    """Describe a route: what it is for, what it gives, and the problems that it may tell."""
    problem = {"model": api_answers.ProblemModel, "description": said("api_problem_said")}
    return {
        "operation_id": name,
        "summary": said(f"api_{name}"),
        "response_description": said(f"api_{given}_said"),
        "response_model": model,
        "responses": dict.fromkeys(sorted((*_EVERYWHERE, *statuses)), problem),
    }


def _schema(api: FastAPI) -> dict[str, Any]:
    """Write the OpenAPI description; problems have a media type of their own.

    It is written once, in French, and given in the language of who asks.
    """
    if api.openapi_schema is None:
        schema = get_openapi(
            title=api.title, version=api.version, description=api.description,
            routes=api.routes, servers=api.servers,
        )  # fmt: skip
        for operation in (way for path in schema["paths"].values() for way in path.values()):
            for status, response in operation["responses"].items():
                if status >= "400" and "application/json" in response.get("content", {}):
                    response["content"][MEDIA_TYPE] = response["content"].pop("application/json")
        api.openapi_schema = schema
    schema_told: dict[str, Any] = spoken(api.openapi_schema)
    return schema_told


def _add_handlers(api: FastAPI) -> None:
    """Make every trouble a problem; nothing that was sent is repeated or logged."""
    handlers: dict[Any, Callable[[Any], Problem]] = {
        Refused: lambda error: error.problem,
        RequestValidationError: _of_fields,
        HTTPException: _of_status,
        AseqaError: _of_error,
    }
    for kind, told in handlers.items():
        api.add_exception_handler(kind, partial(_respond, told))
    api.add_exception_handler(Exception, partial(_respond, _of_failure))


async def _respond(
    told: Callable[[Any], Problem], request: Request, error: Exception
) -> JSONResponse:
    problem = told(error)
    record = problem.to_dict(request.scope["path"])
    return JSONResponse(record, problem.status, {**spoken_in(), **problem.headers}, MEDIA_TYPE)


def _of_fields(error: RequestValidationError) -> Problem:
    problem = problem_of(422, "request")
    return Problem(422, problem.code, problem.title, problem.detail, faults(error.errors()))


def _of_status(error: HTTPException) -> Problem:
    code = _BY_STATUS.get(error.status_code, "request")
    return problem_of(error.status_code, code, error.headers)


def _of_error(error: AseqaError) -> Problem:
    if isinstance(error, BadSettings | ReadError):
        return Problem(422, "refused", said("api_problem_refused"), str(error))
    return Problem(503, "index", said("api_problem_index"), str(error))


def _of_failure(error: Exception) -> Problem:
    return problem_of(500, "failure")
