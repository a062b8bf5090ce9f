"""Serves the library that draws plots: one file, which the page loads when it has a plot."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

# The version is part of the name, so that a browser may keep it for ever.
LIBRARY = "observable-plot-0.6.17.js"
_FILE = Path(__file__).parent / "assets" / "vendor" / LIBRARY
_YEAR_S = 365 * 24 * 3600


def plot_routes() -> APIRouter:
    """Make ``GET /plot/observable-plot-….js``."""
    routes = APIRouter(prefix="/plot", include_in_schema=False)

    @routes.get(f"/{LIBRARY}")
    async def library() -> FileResponse:
        headers = {"Cache-Control": f"private, max-age={_YEAR_S}, immutable"}
        return FileResponse(_FILE, media_type="text/javascript", headers=headers)

    return routes
