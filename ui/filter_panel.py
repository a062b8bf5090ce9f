"""The bar above the question box, the panels that it opens, and the choices offered in them.

The server writes what never changes; ``assets/filters.js`` and ``assets/history.js`` fill
in the rest, for what is chosen and what was said live in the reader's page alone.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from aseqa.filter_counts import Choice, FilterCounts
from aseqa.messages import message
from aseqa_ui.chosen_filters import LISTS, value_label

if TYPE_CHECKING:
    from aseqa.ask import Assistant

# How many choices of one filter a page is sent, the largest first.
MAX_OFFERED = 2000
_OPENS = 'aria-haspopup="dialog"'


def counts_now(assistant: Assistant) -> FilterCounts:
    """Count what passes each filter, once for each generation of the index."""
    with assistant.reading():
        return _counts(assistant, assistant.generation)


@lru_cache(maxsize=2)
def _counts(assistant: Assistant, generation: str) -> FilterCounts:
    return assistant.filter_counts()


def titles_now(assistant: Assistant) -> dict[str, str]:
    """Give the title of each file by its name."""
    return {one.value: one.label for one in counts_now(assistant).sources}


def facets(assistant: Assistant) -> dict[str, Any]:
    """Give the choices of each filter as JSON: ``[value, label, count]``, the largest first.

    ``offered`` holds how many there are of each, for a page is sent the first ones alone.
    """
    counts = counts_now(assistant)
    listed: dict[str, Any] = {name: _offered(name, getattr(counts, name)) for name in LISTS}
    listed["years"] = _offered("years", counts.years[-MAX_OFFERED:])
    listed["offered"] = {name: len(getattr(counts, name)) for name in LISTS}
    return listed


def _offered(name: str, choices: tuple[Choice, ...]) -> list[list[Any]]:
    return [
        [one.value, one.label if name == "sources" else value_label(name, one.value, {}), one.count]
        for one in choices[:MAX_OFFERED]
    ]


def bar_html() -> str:
    """Write the bar above the question box, and its two panels, closed."""
    return (
        '<div class="aq-bar">'
        f"{_button('aq-filter-open', 'filters_open', _OPENS)}"
        '<ul class="aq-chips" hidden></ul>'
        f"{_button('aq-history-open', 'history_open', _OPENS)}</div>"
        f"{_dialog('filter', 'filters', _filters())}{_dialog('history', 'history', _history())}"
    )


def _button(name: str, key: str, more: str = "") -> str:
    return f'<button type="button" class="{name}" {more}>{escape(message(key))}</button>'


def _dialog(name: str, key: str, body: str) -> str:
    title, text = escape(message(f"{key}_title")), escape(message(f"{key}_text"))
    return (
        f'<dialog id="aq-{name}-dialog" class="aq-dialog" aria-labelledby="aq-{name}-title">'
        f'<div class="aq-dialog-head"><h2 id="aq-{name}-title" tabindex="-1">{title}</h2>'
        f"{_button('aq-dialog-close', 'filters_close')}</div>"
        f'<div class="aq-dialog-body"><p class="aq-dialog-text">{text}</p>{body}</div></dialog>'
    )


def _filters() -> str:
    lists = "".join(_list_html(name) for name in LISTS)
    return (
        f'<div class="aq-facets">{_period_html()}{lists}</div>'
        '<div class="aq-dialog-foot"><p class="aq-filter-count" role="status"></p>'
        f"{_button('aq-filter-clear', 'filters_clear')}</div>"
    )


def _period_html() -> str:
    days = (("since", "filters_from"), ("until", "filters_to"), ("as_of", "filters_on"))
    inputs = "".join(
        f'<label>{escape(message(key))} <input type="date" name="{name}" min="1000-01-01"'
        ' max="9999-12-31"></label>'
        for name, key in days
    )
    return (
        f'<fieldset class="aq-facet aq-period"><legend>{escape(message("filters_period"))}</legend>'
        f'<div class="aq-days">{inputs}</div><p class="aq-facet-fault" role="alert"></p>'
        f'<p class="aq-facet-note">{escape(message("filters_on_text"))}</p>'
        f'<p class="aq-facet-note">{escape(message("filters_years"))}</p>'
        '<div class="aq-years"></div></fieldset>'
    )


def _list_html(name: str) -> str:
    search = escape(message("filters_search"))
    return (
        f'<fieldset class="aq-facet" data-facet="{name}">'
        f"<legend>{escape(message(f'filters_legend_{name}'))}</legend>"
        f'<label class="aq-facet-search" hidden><span>{search}</span>'
        '<input type="search" autocomplete="off"></label>'
        '<ul class="aq-choices"></ul><p class="aq-facet-note" role="status"></p></fieldset>'
    )


def _history() -> str:
    return (
        '<label class="aq-history-keep"><input type="checkbox"> '
        f"{escape(message('history_keep'))}</label>"
        '<ul class="aq-talks"></ul><p class="aq-facet-note" role="status"></p>'
        f'<div class="aq-dialog-foot">{_button("aq-history-clear", "history_clear")}'
        f'<div class="aq-sure" role="group" hidden><p>{escape(message("history_sure"))}</p>'
        f"{_button('aq-history-yes', 'history_yes')}{_button('aq-history-no', 'history_no')}"
        "</div></div>"
    )
