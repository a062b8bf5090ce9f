"""What stands where on the page of the web chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aseqa.messages import message
from aseqa_ui.dossier_view import dossier_button
from aseqa_ui.filter_panel import bar_html
from aseqa_ui.page import language_link
from aseqa_ui.plain_page import views_html

if TYPE_CHECKING:
    import gradio


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the page that events read or change."""

    corpus: gradio.HTML
    renew: gradio.Button
    log: gradio.Chatbot
    question: gradio.Textbox
    send: gradio.Button
    source: gradio.HTML
    pending: gradio.JSON
    exchange: gradio.JSON
    place: gradio.JSON
    opener: gradio.Button
    stop: gradio.Button
    choices: gradio.JSON
    restorer: gradio.Button


def lay_out(welcome: str) -> Parts:
    """Lay the page out, inside the blocks that are open; ``welcome`` is its empty log, in HTML."""
    import gradio

    with gradio.Row(elem_id="aq-top"):
        corpus = gradio.HTML(elem_id="aq-brand", apply_default_css=False)
        gradio.HTML(views_html("questions"), elem_id="aq-pages", apply_default_css=False)
        gradio.HTML(language_link(), elem_id="aq-language", apply_default_css=False)
        gradio.HTML(dossier_button(), elem_id="aq-keep", apply_default_css=False)
        renew = gradio.Button(message("chat_new"), elem_id="aq-new", size="sm")
    with gradio.Row(elem_id="aq-panes"):
        with gradio.Column(elem_id="aq-talk"):
            log = _log(welcome)
            gradio.HTML(bar_html(), elem_id="aq-filters", apply_default_css=False)
            with gradio.Row(elem_id="aq-ask"):
                question = _question_box()
                send = gradio.Button(
                    message("chat_send"), elem_id="aq-send", variant="primary", interactive=False
                )
                stop = gradio.Button(message("filters_stop"), elem_id="aq-stop")
        source = gradio.HTML(elem_id="aq-source", apply_default_css=False)
    # What the script and the server hand each other; no reader sees it.
    pending, exchange, place, choices = (gradio.JSON(visible="hidden") for _ in range(4))
    opener = gradio.Button(visible="hidden", elem_id="aq-opener")
    restorer = gradio.Button(visible="hidden", elem_id="aq-restorer")
    return Parts(
        corpus, renew, log, question, send, source, pending, exchange, place, opener,
        stop, choices, restorer,
    )  # fmt: skip


def _log(welcome: str) -> gradio.Chatbot:
    import gradio

    return gradio.Chatbot(
        elem_id="aq-log",
        label=message("chat_log"),
        show_label=False,
        placeholder=welcome,
        # Every message is HTML that respond.py escaped, or the script did.
        render_markdown=False,
        sanitize_html=False,
        latex_delimiters=[],
        buttons=[],
        autoscroll=False,
        container=False,
    )


def _question_box() -> gradio.Textbox:
    import gradio

    return gradio.Textbox(
        elem_id="aq-question",
        label=message("chat_question"),
        show_label=False,
        placeholder=message("chat_placeholder"),
        lines=1,
        max_lines=6,
        container=False,
    )
