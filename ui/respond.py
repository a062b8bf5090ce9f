"""Answers to HTML and to the clipboard: pure functions of the records, no Gradio.

Whatever comes from a document, a file name or a reader goes through
``html.escape`` here or in ``verbatim``; nothing else may write HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

from aseqa.answers import Answer
from aseqa.messages import message
from aseqa_ui.cards import card_html, counted
from aseqa_ui.dossier_view import asked_attribute
from aseqa_ui.feedback_view import feedback_attribute
from aseqa_ui.figure_table import figures_html, newer_html

# An example is offered only when the document that it asks about is there.
EXAMPLES = (
    ("002_eaee1d0db6d36db2", "chat_example_1"),
    ("003_c398178bc0b70256", "chat_example_2"),
    ("002_eaee1d0db6d36db2", "chat_example_3"),
    ("003_c398178bc0b70256", "chat_example_4"),
    ("003_c398178bc0b70256", "chat_example_5"),
    ("000_7df608eed1d41053", "chat_example_6"),
)


def confidence_words(confidence: float) -> str:
    """Say in words how sure the answer is."""
    if confidence >= 0.8:
        return message("chat_confidence_high")
    return message("chat_confidence_fair" if confidence >= 0.5 else "chat_confidence_low")


def corpus_line(count: int) -> str:
    """Say how much is searched, and that it stays here."""
    corpus = counted("chat_corpus", count) if count else message("chat_corpus_none")
    return (
        '<div class="aq-brand"><h1 class="aq-mark">aseqa</h1>'
        f'<p class="aq-corpus"><button type="button" class="aq-back">{escape(corpus)}</button>'
        f"<span>{escape(message('chat_private'))}</span></p></div>"
    )


def welcome_html(document_ids: Collection[str]) -> str:
    """Write the empty page: what to expect, and questions to try on these documents."""
    stems = {document_id.partition("#")[0] for document_id in document_ids}
    questions = [message(key) for stem, key in EXAMPLES if stem in stems]
    items = "".join(
        f'<li><button type="button" class="aq-example">{escape(question)}</button></li>'
        for question in questions
    )
    title = escape(message("chat_examples"))
    examples = f'<h3>{title}</h3><ul class="aq-examples" lang="fr">{items}</ul>' if items else ""
    return (
        f'<div class="aq-welcome"><h2>{escape(message("chat_welcome"))}</h2>'
        f"<p>{escape(message('chat_welcome_text'))}</p>{examples}</div>"
    )


def answer_html(
    answer: Answer, filtered: Sequence[str] = (), filters: Mapping[str, Any] | None = None
) -> str:
    """Write an answer: its quotes as cards, or why there are none and what to read instead.

    ``filtered`` says the filters in words; under one, an abstention offers to search wider.
    ``filters`` are they as the page sent them, for a dossier to note.
    """
    understood = understood_html(answer) + filtered_html(filtered)
    noted = asked_attribute(answer, filters=filters) + feedback_attribute(answer)
    if answer.status == "answered" and answer.quotes:
        cards = "".join(
            card_html(quote, note=newer_html(quote, answer.figures)) for quote in answer.quotes
        )
        found = counted("chat_answered", len(answer.quotes))
        words = confidence_words(answer.confidence)
        return (
            f'<div class="aq-answer"{noted}>{understood}<p class="aq-lead">'
            f"<strong>{escape(found)}</strong><span>{escape(words)}</span></p>{cards}"
            f"{figures_html(answer.figures)}</div>"
        )
    text = answer.reason.text if answer.reason else message("chat_abstained_text")
    is_filtered = answer.reason is not None and answer.reason.code == "filtered_out"
    lead = message("chat_abstained_filtered" if is_filtered else "chat_abstained")
    return (
        f'<div class="aq-answer aq-none"{noted}>{understood}<p class="aq-lead">'
        f"<strong>{escape(lead)}</strong></p>"
        f'<p class="aq-reason">{escape(text)}</p>{_widen_html(answer) if filtered else ""}'
        f"{_nearest_html(answer)}</div>"
    )


def filtered_html(filtered: Sequence[str]) -> str:
    """Say to what the search was restricted, if it was."""
    if not filtered:
        return ""
    words = message("filters_told", filters=message("filters_separator").join(filtered))
    return f'<p class="aq-filtered">{escape(words)}</p>'


def _widen_html(answer: Answer) -> str:
    is_out = answer.reason is not None and answer.reason.code == "filtered_out"
    words = message("filters_widen_out" if is_out else "filters_widen")
    return (
        f'<p><button type="button" class="aq-widen{" aq-widen-out" if is_out else ""}"'
        f' data-question="{escape(answer.question)}">{escape(words)}</button></p>'
    )


def understood_html(answer: Answer) -> str:
    """Write the question as understood, with a way to have it asked as typed instead."""
    if not answer.understood:
        return ""
    words = escape(message("understood", question=answer.understood))
    return (
        f'<p class="aq-understood"><span>{words}</span> '
        f'<button type="button" class="aq-as-typed" data-question="{escape(answer.question)}">'
        f"{escape(message('chat_as_typed'))}</button></p>"
    )


def _nearest_html(answer: Answer) -> str:
    if not answer.nearest:
        return ""
    cards = "".join(card_html(quote, is_answer=False) for quote in answer.nearest[:3])
    return (
        f'<div class="aq-nearest"><h2>{escape(message("chat_nearest"))}</h2>'
        f"<p>{escape(message('chat_nearest_text'))}</p>{cards}</div>"
    )


def error_html(text: str) -> str:
    """Write a trouble as a plain sentence of the conversation."""
    return (
        f'<div class="aq-answer aq-error" role="alert"><p class="aq-lead">'
        f"<strong>{escape(message('chat_error'))}</strong></p>"
        f'<p class="aq-reason">{escape(text)}</p></div>'
    )
