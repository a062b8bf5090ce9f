"""What the server replies to the page and to programs, over one assistant; no Gradio."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from aseqa.answers import Quote
from aseqa.errors import AseqaError, BadSettings
from aseqa.followup import Turn, next_turn
from aseqa.messages import message
from aseqa.records import SourceView
from aseqa_ui.chosen_filters import filter_words, filters_from
from aseqa_ui.coverage_view import coverage_html
from aseqa_ui.filter_panel import titles_now
from aseqa_ui.respond import answer_html, corpus_line, error_html
from aseqa_ui.source import corpus_html, missing_html, source_html
from aseqa_ui.thread_view import thread_html

if TYPE_CHECKING:
    from aseqa.ask import Assistant

MAX_QUESTION_CHARS = 1000
MAX_QUOTES = 20


def check_question(question: str) -> str:
    """Give the question without the blanks around it.

    Raises
    ------
    BadSettings
        When it is empty or too long to be one question.
    """
    question = question.strip()
    if not question:
        raise BadSettings(message("chat_empty_question"))
    if len(question) > MAX_QUESTION_CHARS:
        raise BadSettings(message("chat_too_long", count=len(question), limit=MAX_QUESTION_CHARS))
    return question


def converse(assistant: Assistant, pending: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Answer what the page asks, and hand it the exchange that its next question goes on from.

    ``pending`` holds ``number``, ``question``, ``filters`` (see ``chosen_filters``) and
    ``previous``, the last exchange as it was handed over: the page keeps it, the server
    keeps nothing.
    """
    asked, handed = str(pending["question"]), pending.get("previous")
    previous = turn_from(assistant, handed)
    html, beside, turn = _answered(assistant, asked, previous, pending.get("filters"))
    kept = turn_json(turn) if turn else handed
    return {"number": pending["number"], "html": html, "turn": kept}, beside


def turn_json(turn: Turn) -> dict[str, Any]:
    """Give what the page keeps of an exchange: the question, and the place of its first quote."""
    place: dict[str, Any] | None = None
    if turn.quotes:
        first = turn.quotes[0]
        span = [first.span.start, first.span.end] if first.span else None
        place = {
            "document": first.document, "start": first.start, "end": first.end, "span": span,
        }  # fmt: skip
    return {"question": turn.question, "index": turn.index, "quote": place}


def turn_from(assistant: Assistant, kept: object) -> Turn | None:
    """Make the last exchange of what a page kept; what it says of a quote is read anew.

    ``kept`` comes from the browser: what is no exchange counts for nothing.
    """
    if not isinstance(kept, Mapping):
        return None
    question, index, place = (kept.get(name) for name in ("question", "index", "quote"))
    if not isinstance(question, str) or not 0 < len(question) <= 2 * MAX_QUESTION_CHARS:
        return None
    quote = None
    if isinstance(place, Mapping):
        start, end = _number(place.get("start")), _number(place.get("end"))
        span = _span(place.get("span"))
        quote = assistant.quote_at(str(place.get("document")), start, end, span)
    return Turn(question, (quote,) if quote else (), str(index))


def _span(value: object) -> tuple[int, int] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    return _number(value[0]), _number(value[1])


def _answered(
    assistant: Assistant, question: str, previous: Turn | None, sent: object
) -> tuple[str, str | None, Turn | None]:
    """Answer in HTML, with what to show beside it: the first quote's source.

    Beside an abstention stands the list of documents, for a passage marked for an
    earlier question would look like an answer. A trouble that the reader can act on
    is a sentence of the conversation, and leaves the other side as it is.
    """
    try:
        filters = filters_from(sent)
        answer = assistant.ask(check_question(question), filters=filters, previous=previous)
        filtered = filter_words(filters, titles_now(assistant)) if filters else []
        beside = (
            _open_quote(assistant, answer.quotes[0]) if answer.quotes else corpus_page(assistant)
        )
    except AseqaError as error:
        return error_html(str(error)), None, None
    noted = sent if filtered and isinstance(sent, Mapping) else None
    return answer_html(answer, filtered, noted), beside, next_turn(previous, answer)


def _open_quote(assistant: Assistant, quote: Quote) -> str:
    span = (quote.span.start, quote.span.end) if quote.span else None
    return source_html(assistant.source(quote.document), quote.start, quote.end, span)


def open_place(assistant: Assistant, place: Mapping[str, Any]) -> str:
    """Open what a click named: a document at a quote, or the list of documents.

    ``place`` comes from the browser: a name that the index lacks is said, and
    offsets that are not whole numbers mark nothing.
    """
    name = place.get("document")
    if not name:
        return corpus_page(assistant)
    try:
        view = assistant.source(str(name))
    except KeyError:
        return missing_html()
    if place.get("thread"):
        return _thread_page(assistant, view)
    known = place.get("sha256")
    if known is not None and known != view.document.sha256:
        return source_html(view, note=message("chat_changed"))
    start, end = _number(place.get("start")), _number(place.get("end"))
    first, last = _number(place.get("spanStart")), _number(place.get("spanEnd"))
    return source_html(view, start, end, (first, last))


def corpus_page(assistant: Assistant) -> str:
    """Write the list of the documents, and what they cover and do not."""
    with assistant.reading():
        return corpus_html(assistant.documents(), coverage_html(assistant.coverage()))


def _thread_page(assistant: Assistant, view: SourceView) -> str:
    threads = assistant.thread(view.document.id, date.today().isoformat())
    return thread_html(threads[0]) if threads else source_html(view)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def overview(assistant: Assistant) -> tuple[str, str]:
    """Give the line about the corpus and the list of its documents."""
    documents = assistant.documents()
    return corpus_line(len(documents)), corpus_page(assistant)


def ask_json(assistant: Assistant, question: str, k: int) -> dict[str, Any]:
    """Answer as the JSON of the contract.

    Raises
    ------
    AseqaError
        When the question is empty or too long, or ``k`` is out of bounds.
    """
    if not 1 <= k <= MAX_QUOTES:
        raise BadSettings(message("chat_bad_k", limit=MAX_QUOTES))
    return assistant.ask(check_question(question), k=k).to_dict()
