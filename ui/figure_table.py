"""Figures side by side as a small table, each line a way into its source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from aseqa.answers import Quote, QuotedFigure
from aseqa.messages import message
from aseqa.render_figures import newer_line, period_words
from aseqa_ui.cards import dated, reported, voice_class, voice_html
from aseqa_ui.figure_plot import plot_html

_COLUMNS = ("figure", "date", "voice")


def figures_html(figures: Sequence[QuotedFigure]) -> str:
    """Write comparable figures, newest first, without a verdict; nothing for one alone."""
    if len(figures) < 2:
        return ""
    heads = "".join(
        f'<th scope="col">{escape(message(f"chat_figures_{name}"))}</th>' for name in _COLUMNS
    )
    rows = "".join(map(_row_html, figures))
    return (
        f'<section class="aq-figures"><table><caption>{_caption_html(figures[0])}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p>{escape(message('figures_no_verdict'))}</p>{plot_html(figures)}</section>"
    )


def newer_html(quote: Quote, figures: Sequence[QuotedFigure]) -> str:
    """Say under a quote that the corpus holds a newer figure than its own, if it does."""
    return "".join(f'<p class="aq-newer">{escape(told)}</p>' for told in newer_line(quote, figures))


def _caption_html(entry: QuotedFigure) -> str:
    """Say what is counted, where and of when: the same for all the lines."""
    figure = entry.figure
    facts = (figure.counted, ", ".join(figure.territories), period_words(figure.as_of))
    about = message("fact_separator").join(fact for fact in facts if fact)
    return escape(message("figures_heading", about=about))


def _row_html(entry: QuotedFigure) -> str:
    quote = entry.quote
    place = (
        f'data-document="{escape(quote.document)}" data-start="{quote.start}"'
        f' data-end="{quote.end}" data-span="{entry.figure.start},{entry.figure.end}"'
    )
    told = reported(quote.voice)
    note = f' <span class="aq-stance">{escape(told)}</span>' if told else ""
    return (
        f'<tr class="aq-figure {voice_class(quote.voice)}" {place}><td>'
        f'<button type="button" class="aq-figure-open">{escape(entry.figure.text)}</button></td>'
        f"<td>{escape(dated(quote.date))}</td><td>{voice_html(quote.voice)}{note}</td></tr>"
    )
