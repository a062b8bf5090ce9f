"""Every view, looked over by axe-core: no rule of WCAG 2 A and AA is broken, light and dark."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chat_server import serving
from playwright.sync_api import Browser, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from views import LAPTOP, PHONE, VIEWS, View, visit

pytestmark = pytest.mark.browser
LOCALES = {"laptop": "fr-FR", "phone": "en-GB"}
SCREENS = {"laptop": (LAPTOP, "light"), "phone": (PHONE, "dark")}
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[str]:
    with serving(seeds_index) as found:
        yield found


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_rule_is_broken(browser: Browser, address: str, view: View, screen: str) -> None:
    (width, height), scheme = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale=LOCALES[screen],
    )
    page = context.new_page()
    visit(page, address, view)
    found = Axe().run(page)
    context.close()
    assert {rule["id"]: [node["html"] for node in rule["nodes"]]
            for rule in found.response["violations"]} == {}  # fmt: skip
    assert len(found.response["passes"]) > 10
