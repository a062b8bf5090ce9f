"""The page of evaluation: the choice of questions, and the words of its scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from aseqa.gold import read_gold
from aseqa.messages import message, words_of
from aseqa_ui.evaluation_gold import MAX_FILE_CHARS, shipped_files
from aseqa_ui.plain_page import PlainPage, page_html

# Gold files of the product that have a name and a line of their own.
NAMED = ("tuning", "conversations", "reporting")
STYLES = ("evaluation.css",)
SCRIPTS = ("evaluation_compare.js", "evaluation_figures.js", "evaluation_each.js", "evaluation.js")
_BODY = """<h1>{title}</h1><p>{intro}</p>
<form id="aq-run" class="aq-panel"><fieldset><legend>{choose}</legend>{choices}</fieldset>
<p class="aq-act"><button type="submit" class="aq-primary">{start}</button>
<button type="button" id="aq-halt" hidden>{stop}</button></p>
<p id="aq-refusal" role="alert" hidden></p>
<div id="aq-advance" hidden><progress max="1" value="0" aria-labelledby="aq-far"></progress>
<p id="aq-far"></p></div></form>
<section id="aq-results" aria-labelledby="aq-results-name" hidden>
<h2 id="aq-results-name" tabindex="-1">{results}</h2><div id="aq-found"></div></section>
"""
_CHOICE = (
    '<label class="aq-choice"><input type="radio" name="gold" value="{value}"{checked}>'
    '<span><b>{label}</b>{count} <span class="aq-quiet">{about}</span></span></label>'
)
_FILE = (
    '<label class="aq-file" for="aq-file">{label}</label>'
    '<input type="file" id="aq-file" accept=".jsonl,.ndjson,.txt,application/json">'
)


def evaluation_html(scope: Mapping[str, Any]) -> str:
    """Write the page for the reader of an ASGI ``scope``."""
    told = {name: escape(message(f"evaluation_{name}")) for name in
            ("title", "intro", "choose", "start", "stop", "results")}  # fmt: skip
    body = _BODY.format(choices="".join(_choices()), **told)
    page = PlainPage("evaluation", message("evaluation_title"), body, STYLES, SCRIPTS, page_words())
    return page_html(page, scope)


def forbidden_html(scope: Mapping[str, Any]) -> str:
    """Write the page for who may not evaluate."""
    title, told = message("evaluation_title"), message("evaluation_forbidden")
    body = f"<h1>{escape(title)}</h1><p>{escape(told)}</p>"
    return page_html(PlainPage("evaluation", title, body), scope)


def page_words() -> dict[str, Any]:
    """Give the words of the scripts (see assets/evaluation*.js), and the limit they look at."""
    return {**words_of("evaluation_"), "max_chars": MAX_FILE_CHARS}


def _choices() -> Iterator[str]:
    """Write the choices: the product's own files, those it knows best first, then the reader's."""
    files = shipped_files()
    known = [f"{stem}.jsonl" for stem in NAMED if f"{stem}.jsonl" in files]
    for place, name in enumerate([*known, *(name for name in files if name not in known)]):
        stem = files[name].stem if name in known else None
        count = message("evaluation_questions", count=len(read_gold(files[name])))
        yield _choice(
            name,
            message(f"evaluation_gold_{stem}") if stem else name,
            message(f"evaluation_gold_{stem}_about") if stem else "",
            f" ({count})",
            place == 0,
        )
    own, about = message("evaluation_own"), message("evaluation_own_about")
    yield _choice("", own, about, "", not files)
    yield _FILE.format(label=escape(message("evaluation_file")))


def _choice(value: str, label: str, about: str, count: str, is_checked: bool) -> str:
    return _CHOICE.format(
        value=escape(value),
        checked=" checked" if is_checked else "",
        label=escape(label),
        count=escape(count),
        about=escape(about),
    )
