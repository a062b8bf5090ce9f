"""What feedback adds to the page: its words and script, and what a verdict would send."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from aseqa.answers import Answer
from aseqa.messages import words_of

MAX_QUESTION_CHARS = 2000
MAX_QUOTES = 20
_ASSETS = Path(__file__).parent / "assets"
_PREFIX = "feedback_page_"


def feedback_attribute(answer: Answer) -> str:
    """Write what a verdict on an answer would send; it begins with a blank."""
    places = answer.quotes[:MAX_QUOTES]
    record = {
        "question": (answer.understood or answer.question)[:MAX_QUESTION_CHARS],
        "status": answer.status,
        "confidence": round(answer.confidence, 4),
        "quotes": [
            {"document": one.document, "start": one.start, "end": one.end} for one in places
        ],
        "index": answer.index,
    }
    return f' data-feedback="{escape(json.dumps(record, ensure_ascii=False))}"'


def feedback_head() -> str:
    """Write what feedback adds to the page's head: its looks, its words, its script."""
    looks = (_ASSETS / "feedback.css").read_text(encoding="utf-8")
    script = (_ASSETS / "feedback.js").read_text(encoding="utf-8")
    data = json.dumps(words_of(_PREFIX), ensure_ascii=False).replace("<", "\\u003c")
    return f"<style>{looks}</style><script>window.aseqaFeedbackWords = {data};\n{script}</script>"
