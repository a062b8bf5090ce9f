"""Takes the pictures of the web chat, the README's among them.

    python benchmarks/screenshots.py            # docs/chat.png
    python benchmarks/screenshots.py --all DIR  # every view: laptop and phone, light and dark

Needs Playwright for Python and a Chromium: the one of the system, or CHROMIUM.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from views import LAPTOP, PHONE, VIEWS, visit

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "chat.png"
# The pages scroll and fade for a moment after an answer.
SETTLED_MS = 800


@contextmanager
def chat_server(index: Path | None) -> Iterator[str]:
    """Run ``aseqa chat`` over ``index`` (the default one when none) and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "aseqa", "chat", "--port", str(port)]
    command += ["--index", str(index)] if index else []
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)


@contextmanager
def opened(browser: Browser, size: tuple[int, int], is_dark: bool = False) -> Iterator[Page]:
    """Open an empty page on a screen of ``size``."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if is_dark else "light",
        reduced_motion="reduce",
        locale="fr-FR",
    )
    yield context.new_page()
    context.close()


def take_all(browser: Browser, address: str, folder: Path) -> None:
    """Take every view into ``folder``."""
    for device, size in (("laptop", LAPTOP), ("phone", PHONE)):
        for is_dark in (False, True):
            for view in VIEWS:
                with opened(browser, size, is_dark) as page:
                    visit(page, address, view)
                    page.wait_for_timeout(SETTLED_MS)
                    light = "dark" if is_dark else "light"
                    page.screenshot(path=folder / f"{view.name}-{device}-{light}.png")


def main() -> None:
    """Take the README's picture, or every view."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--all", type=Path, metavar="DIR")
    flags = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with chat_server(flags.index) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        if flags.all:
            flags.all.mkdir(parents=True, exist_ok=True)
            take_all(browser, address, flags.all)
            return
        PICTURE.parent.mkdir(exist_ok=True)
        with opened(browser, LAPTOP) as page:
            visit(page, address, next(view for view in VIEWS if view.name == "answer"))
            page.wait_for_timeout(SETTLED_MS)
            page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
