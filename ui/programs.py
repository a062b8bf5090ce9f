"""The application around the page: guard and gate, then the interfaces for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.routing import Route

from aseqa_ui.access import Access
from aseqa_ui.api import make_api
from aseqa_ui.dossier_routes import dossier_routes
from aseqa_ui.limits import Desk
from aseqa_ui.login import Gate
from aseqa_ui.mcp_tools import McpEndpoint
from aseqa_ui.page import FrenchPage
from aseqa_ui.safety import Guard
from aseqa_ui.sessions import Entry

if TYPE_CHECKING:
    from aseqa.ask import Assistant


def make_shell(assistant: Assistant, access: Access, head: str = "") -> FastAPI:
    """Build the application that the page is mounted in: ``/api``, ``/mcp``, and who may ask.

    ``head`` is what the page puts into its own head; the browser may run its scripts.
    """
    desk = Desk(access.limits.waiting)
    tools = McpEndpoint(assistant, desk)

    @asynccontextmanager
    async def running(application: FastAPI) -> AsyncIterator[None]:
        async with tools.running():
            yield

    shell = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    # The last added stands outside the others.
    shell.add_middleware(FrenchPage)
    entry = Entry(access.accounts) if access.accounts else None
    shell.add_middleware(Gate, entry=entry, is_open=access.is_local)
    shell.add_middleware(Guard, hosts=access.hosts, limits=access.limits, head=head)
    for path in ("/mcp", "/mcp/"):
        shell.router.routes.append(Route(path, tools))
    shell.include_router(dossier_routes(assistant, desk))
    shell.mount("/api", make_api(assistant, desk))
    return shell
