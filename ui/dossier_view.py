"""What the server writes of a dossier: its script and button, what to note of an answer, a rerun.

The dossier itself is drawn in the browser (``assets/dossier.js``), which alone holds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from aseqa.answers import Answer
from aseqa.dossier import (
    MAX_ITEMS,
    MAX_NOTE_CHARS,
    MAX_QUESTION_CHARS,
    MAX_TITLE_CHARS,
)
from aseqa.dossier_matches import FILE, Change
from aseqa.dossier_rerun import Comparison, QuestionChange, asked_of
from aseqa.export import FORMATS
from aseqa.messages import FRENCH, message, words_of
from aseqa.records import VOICE_KINDS
from aseqa.render_dossier import figure_words, status_words
from aseqa_ui.cards import card_html

# What one request may carry; a dossier must fit (see ``limits.Limits.answer_bytes``).
MAX_PAGE_BYTES = 900_000
_ASSETS = Path(__file__).parent / "assets"
_PARTS = ("store", "parts", "", "files", "rerun")
_PREFIX = "dossier_page_"
# Questions about a quote that was given: they say nothing to whoever asks them alone.
_ABOUT_QUOTE = ("followup_who", "followup_when", "followup_where")


def dossier_head() -> str:
    """Write what the dossier adds to the page's head: its looks, its words, its scripts."""
    looks = (_ASSETS / "dossier.css").read_text(encoding="utf-8")
    names = ("_".join(filter(None, ("dossier", part))) + ".js" for part in _PARTS)
    script = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in names)
    data = json.dumps(_page_words(), ensure_ascii=False).replace("<", "\\u003c")
    return f"<style>{looks}</style><script>window.aseqaDossierWords = {data};\n{script}</script>"


def _page_words() -> dict[str, Any]:
    """Give the sentences that the script fills in itself, and its limits."""
    words: dict[str, Any] = {**words_of(_PREFIX)}
    words["formats"] = {style: message(f"{_PREFIX}as_{style}") for style in FORMATS}
    words["voices"] = {kind: message(f"chat_voice_{kind}") for kind in VOICE_KINDS}
    words["limits"] = {
        "items": MAX_ITEMS,
        "title": MAX_TITLE_CHARS,
        "note": MAX_NOTE_CHARS,
        "question": MAX_QUESTION_CHARS,
        "bytes": MAX_PAGE_BYTES,
    }
    return words


def dossier_button() -> str:
    """Write the button that opens the dossier; the script writes the count into it."""
    return (
        '<button type="button" id="aq-dossier-open" class="aq-dossier-open" '
        f'aria-haspopup="dialog">{escape(message("dossier_page_open", count=0))}</button>'
    )


def asked_attribute(
    answer: Answer, today: date | None = None, filters: Mapping[str, Any] | None = None
) -> str:
    """Write what a dossier notes of an answer, for the page to take when a quote is kept.

    It begins with a blank, and is nothing when the question as understood is too long to note,
    or cannot be asked again by itself.
    """
    question = answer.understood or answer.question
    if len(question) > MAX_QUESTION_CHARS or question.startswith(_about_quote()):
        return ""
    asked = asked_of(question, answer, (today or date.today()).isoformat(), filters)
    return _noted(asked.to_dict())


def _about_quote() -> tuple[str, ...]:
    """Give how these questions begin: like all questions, in French."""
    return tuple(FRENCH[key].partition("{")[0] for key in _ABOUT_QUOTE)


def _noted(asked: Mapping[str, Any]) -> str:
    return f' data-asked="{escape(json.dumps(asked, ensure_ascii=False))}"'


def comparison_html(comparison: Comparison) -> str:
    """Write what became of questions asked again; new quotes are cards that can be kept."""
    return "".join(_question_html(change) for change in comparison.questions)


def _question_html(change: QuestionChange) -> str:
    name = "aq-rerun aq-rerun-same" if change.is_same else "aq-rerun"
    told = "".join(f"<p>{escape(line)}</p>" for line in status_words(change))
    new = "".join(_label(message("rerun_new")) + card_html(quote) for quote in change.new)
    changed = "".join(map(_changed_html, change.changed))
    gone = "".join(_told_html(message("rerun_gone"), quote) for quote in change.gone)
    figures = "".join(
        f'<p class="aq-newer">{escape(figure_words(figure))}</p>' for figure in change.figures
    )
    return (
        f'<section class="{name}"{_noted(change.asked.to_dict())}>'
        f"<h4>{escape(change.question)}</h4>{told}{figures}{changed}{gone}{new}</section>"
    )


def _changed_html(change: Change) -> str:
    label = _label(message(f"rerun_changed_{change.what}"))
    before = "" if change.what == FILE else _told_html(message("rerun_before"), change.before)
    now = "" if change.what == FILE else _label(message("rerun_after"))
    return f"{label}{before}{now}{card_html(change.after)}"


def _told_html(label: str, quote: Mapping[str, Any]) -> str:
    return (
        f'{_label(label)}<blockquote class="aq-words aq-former">{escape(quote["text"])}'
        f'</blockquote><p class="aq-reference">{escape(quote["reference"])}</p>'
    )


def _label(text: str) -> str:
    return f'<p class="aq-rerun-label">{escape(text)}</p>'
