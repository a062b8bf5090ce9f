"""The application around the page: guard and gate, then the interfaces for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.routing import Route

from aseqa_ui.access import Access
from aseqa_ui.api import make_api
from aseqa_ui.documents_routes import documents_routes
from aseqa_ui.dossier_routes import dossier_routes
from aseqa_ui.evaluation_routes import evaluation_routes
from aseqa_ui.feedback import feedback_routes
from aseqa_ui.jobs import Jobs
from aseqa_ui.language import Speaker
from aseqa_ui.library import Library
from aseqa_ui.limits import Desk
from aseqa_ui.login import Gate
from aseqa_ui.mcp_tools import McpEndpoint
from aseqa_ui.page import SpokenPage
from aseqa_ui.page_routes import page_routes
from aseqa_ui.plot_library import plot_routes
from aseqa_ui.safety import Guard
from aseqa_ui.sessions import Entry

if TYPE_CHECKING:
    from aseqa.ask import Assistant


def make_shell(
    assistant: Assistant,
    access: Access,
    head: str = "",
    documents: Path | None = None,
    feedback: Path | None = None,
) -> FastAPI:
    """Build the application that the page is mounted in: ``/api``, ``/mcp``, and who may ask.

    ``head`` is what the page puts into its own head; the browser may run its scripts.
    ``feedback`` is the file for what readers say of answers, where the operator named one.
    ``documents`` is the folder that documents are sent to: beside the index if none is named.
    """
    desk = Desk(access.limits.waiting)
    tools = McpEndpoint(assistant, desk)
    jobs = Jobs(Library(assistant.folder, documents))

    @asynccontextmanager
    async def running(application: FastAPI) -> AsyncIterator[None]:
        jobs.library.tidy()
        try:
            async with tools.running():
                yield
        finally:
            jobs.close()

    shell = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    # The last added stands outside the others.
    shell.add_middleware(SpokenPage)
    entry = Entry(access.accounts) if access.accounts else None
    shell.add_middleware(Gate, entry=entry, is_open=access.is_local)
    shell.add_middleware(Guard, hosts=access.hosts, limits=access.limits, head=head)
    shell.add_middleware(Speaker)
    for path in ("/mcp", "/mcp/"):
        shell.router.routes.append(Route(path, tools))
    shell.include_router(dossier_routes(assistant, desk))
    shell.include_router(plot_routes())
    if feedback:
        shell.include_router(feedback_routes(feedback))
    shell.include_router(page_routes(assistant, desk))
    shell.include_router(documents_routes(jobs, access.limits))
    shell.include_router(evaluation_routes(assistant, desk))
    shell.mount("/api", make_api(assistant, desk))
    return shell
