"""The pages that are not the chat: one frame, one look, the way from one to another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from aseqa.messages import language, message
from aseqa_ui.page import language_link
from aseqa_ui.passwords import Account
from aseqa_ui.sessions import ACCOUNT

_ASSETS = Path(__file__).parent / "assets"
# The views that the bar of every page leads to, and their addresses.
VIEWS = {"questions": "/", "documents": "/documents", "evaluation": "/evaluation"}

_FRAME = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{styles}</style></head>
<body class="aq-plain"><a class="aq-skip" href="#aq-main">{skip}</a>{bar}
<main id="aq-main" tabindex="-1">{body}</main>
<script nonce="{nonce}">window.aseqaPageWords = {words};
{scripts}</script></body></html>
"""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """One page: its place in ``VIEWS`` (or another name), its title and its body, HTML already.

    ``styles`` and ``scripts`` name files of ``assets``, after those that every page has;
    ``words`` is what the scripts read as ``window.aseqaPageWords``.
    """

    view: str
    title: str
    body: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


def page_html(page: PlainPage, scope: Mapping[str, Any]) -> str:
    """Write the whole page for the reader of an ASGI ``scope``.

    The browser runs its script by the nonce that the guard left there (see ``safety``).
    """
    data = json.dumps(dict(page.words), ensure_ascii=False).replace("<", "\\u003c")
    return _FRAME.format(
        language=language(),
        title=escape(message("site_title", title=page.title)),
        styles=_joined(("tokens.css", "plain.css", "language.css", *page.styles)),
        skip=escape(message("site_skip")),
        bar=bar_html(page.view, scope.get(ACCOUNT)),
        body=page.body,
        nonce=escape(scope.get("aseqa_nonce", "")),
        words=data,
        scripts=_joined(("plain.js", "language.js", *page.scripts)),
    )


def bar_html(view: str, account: object) -> str:
    """Write the bar on top of a page: the views, and the way out for who has an account."""
    leave = _logout_html(account) if isinstance(account, Account) else ""
    views = views_html(view) if view in VIEWS else ""
    around = f'{views}<div class="aq-aside">{language_link()}{leave}</div>'
    return f'<header class="aq-bar"><p class="aq-name">aseqa</p>{around}</header>'


def views_html(view: str) -> str:
    """Write the links to all views; the one called ``view`` is the current one."""
    items = "".join(_view_html(name, name == view) for name in VIEWS)
    return (
        f'<nav class="aq-sites" aria-label="{escape(message("site_nav"))}"><ul>{items}</ul></nav>'
    )


def _view_html(name: str, is_current: bool) -> str:
    current = ' aria-current="page"' if is_current else ""
    return f'<li><a href="{VIEWS[name]}"{current}>{escape(message(f"site_{name}"))}</a></li>'


def _logout_html(account: Account) -> str:
    told = escape(message("site_logout", name=account.name))
    return (
        '<form class="aq-leave" method="post" action="/logout">'
        f'<button type="submit">{told}</button></form>'
    )


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in names)
