"""A question followed through as text for a terminal; nothing here changes a record."""

from __future__ import annotations

from collections.abc import Iterator

from aseqa.messages import message
from aseqa.render_words import one_line, wrapped
from aseqa.thread import Demand, Thread
from aseqa.thread_siblings import Sibling
from aseqa.wording import date_words

_INDENT, _DEEPER = "   ", "      "
_BOLD, _DIM = "\x1b[1m", "\x1b[2m"
MIN_WIDTH = 40


def render_thread(thread: Thread, width: int = 88, color: bool = False) -> str:
    """Give a thread as text for a terminal ``width`` characters wide.

    Examples
    --------
    >>> print(render_thread(thread))  # doctest: +SKIP
    Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, Haute-Savoie), …
    """
    return "\n".join(_lines(thread, max(width, MIN_WIDTH), color))


def _lines(thread: Thread, width: int, color: bool) -> Iterator[str]:
    yield from wrapped(one_line(thread.reference), width, "", _BOLD if color else "")
    if thread.title:
        yield from wrapped(one_line(thread.title), width, _INDENT)
    yield from wrapped(message("fact_separator").join(delay_words(thread)), width, _INDENT)
    if told := deadline_words(thread):
        yield from wrapped(told, width, _INDENT)
    yield ""
    yield from wrapped(count_words(thread), width, "")
    for number, demand in enumerate(thread.demands, 1):
        yield ""
        yield from _demand(number, demand, thread.status == "answered", width, color)
    if thread.status == "answered" and not all(demand.met_by for demand in thread.demands):
        yield ""
        yield from wrapped(message("thread_caution"), width, "", _DIM if color else "")
    if thread.siblings:
        yield ""
        yield f"{message('thread_head', label=message('thread_siblings'))}"
        for sibling in thread.siblings:
            yield from wrapped(one_line(sibling_words(sibling)), width, _INDENT)


def delay_words(thread: Thread) -> Iterator[str]:
    """Say when the question was asked and answered, and how many days lie between."""
    if thread.asked_on:
        yield message("thread_asked", date=date_words(thread.asked_on))
    if not thread.answered_on:
        yield message(f"thread_{thread.status}")
        return
    yield message("thread_answered_on", date=date_words(thread.answered_on))
    if thread.days is not None and thread.days >= 0:
        near = {0: "thread_same_day", 1: "thread_one_day"}
        yield message(near.get(thread.days, "thread_days"), days=thread.days)


def deadline_words(thread: Thread) -> str:
    """Say until when an answer was or is due; nothing where that no longer matters."""
    if not thread.due_on or not (thread.overdue or thread.status == "unanswered"):
        return ""
    key = "thread_overdue" if thread.overdue else "thread_waiting"
    return message(key, date=date_words(thread.due_on))


def count_words(thread: Thread) -> str:
    """Count the demands, and those that a sentence of the answer was found to meet."""
    count = len(thread.demands)
    if not count:
        return message("thread_no_demand")
    demands = message("thread_one_demand" if count == 1 else "thread_demands", count=count)
    if thread.status != "answered":
        return demands
    met = sum(bool(demand.met_by) for demand in thread.demands)
    return message("thread_counted", demands=demands, met=met)


def _demand(number: int, demand: Demand, answered: bool, width: int, color: bool) -> Iterator[str]:
    key = "thread_led" if demand.lead else "thread_quoted"
    shown = f"{number}. {message(key, text=one_line(demand.text), lead=one_line(demand.lead))}"
    yield from wrapped(shown, width, "", _BOLD if color else "", hanging=_INDENT)
    if not answered:
        return
    if not demand.met_by:
        yield from wrapped(message("thread_unmet"), width, _INDENT, _DIM if color else "")
        return
    yield f"{_INDENT}{message('thread_head', label=message('thread_met'))}"
    for met in demand.met_by:
        yield from wrapped(message("thread_quoted", text=one_line(met.text)), width, _DEEPER)


def sibling_words(sibling: Sibling) -> str:
    """Name a question that received the same answer, or nearly."""
    date = date_words(sibling.asked_on) if sibling.asked_on else message("thread_undated")
    author = sibling.author or message("thread_unsigned")
    told = message("thread_sibling", number=sibling.number, author=author, date=date)
    if sibling.likeness >= 1.0:
        return told
    # Rounded down, so that a text that differs is never said to be the same.
    percent = int(100 * sibling.likeness)
    return message("thread_sibling_near", sibling=told, percent=percent)
