"""A parliamentary question followed through, as the source pane shows it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from aseqa.messages import message
from aseqa.render_thread import count_words, deadline_words, delay_words, sibling_words
from aseqa.thread import Demand, Thread
from aseqa_ui.pane import back_button, close_button


def thread_html(thread: Thread) -> str:
    """Write the demands of a question one by one, each with what the answer says of it."""
    return (
        f'<div class="aq-source aq-thread-view" data-document="{escape(thread.document)}">'
        f'<div class="aq-toolbar">{_open(thread)}{back_button()}{close_button()}</div>'
        f'<div class="aq-scroll"><header class="aq-head">'
        f'<p class="aq-kicker">{escape(message("chat_thread"))}</p>'
        f'<h2 tabindex="-1">{escape(thread.title or thread.reference)}</h2>'
        f"{''.join(_facts(thread))}</header><ol class='aq-demands'>"
        f"{''.join(_demand(thread, demand) for demand in thread.demands)}</ol>"
        f"{''.join(_end(thread))}</div></div>"
    )


def _open(thread: Thread) -> str:
    return (
        f'<button type="button" class="aq-place" data-document="{escape(thread.document)}"'
        f' data-start="0" data-end="0">{escape(message("chat_open"))}</button>'
    )


def _facts(thread: Thread) -> Iterator[str]:
    yield f"<p>{escape(thread.reference)}</p>"
    yield f"<p>{escape(message('fact_separator').join(delay_words(thread)))}</p>"
    if told := deadline_words(thread):
        name = "aq-late" if thread.overdue else "aq-due"
        yield f'<p class="{name}">{escape(told)}</p>'
    yield f"<p><strong>{escape(count_words(thread))}</strong></p>"


def _demand(thread: Thread, demand: Demand) -> str:
    key = "thread_led" if demand.lead else "thread_quoted"
    asked = message(key, text=demand.text, lead=demand.lead)
    place = f'data-document="{escape(thread.document)}"'
    words = (
        f'<button type="button" class="aq-place" {place} data-start="{demand.start}"'
        f' data-end="{demand.end}">{escape(asked)}</button>'
    )
    if thread.status != "answered":
        return f"<li>{words}</li>"
    met = "".join(
        f'<li><button type="button" class="aq-place" {place} data-start="{one.start}"'
        f' data-end="{one.end}">{escape(message("thread_quoted", text=one.text))}</button></li>'
        for one in demand.met_by
    )
    if not met:
        return f'<li>{words}<p class="aq-unmet">{escape(message("thread_unmet"))}</p></li>'
    told = escape(message("thread_met"))
    return f'<li>{words}<p>{told}</p><ul class="aq-met">{met}</ul></li>'


def _end(thread: Thread) -> Iterator[str]:
    if thread.status == "answered" and not all(demand.met_by for demand in thread.demands):
        yield f"<p>{escape(message('thread_caution'))}</p>"
    if thread.siblings:
        items = "".join(
            f'<li><button type="button" class="aq-thread" data-document="{escape(one.document)}">'
            f"{escape(sibling_words(one))}</button></li>"
            for one in thread.siblings
        )
        yield f"<h3>{escape(message('thread_siblings'))}</h3><ul>{items}</ul>"
