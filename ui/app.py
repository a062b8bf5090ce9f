"""The web chat: what stands where on the page, and what happens on a click.

The conversation lives in the reader's page alone: the browser adds each
exchange to it (``assets/chat.js``) and sends the last one along with the next
question; the server keeps none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aseqa.errors import AseqaError
from aseqa.messages import message
from aseqa.messages_filters import FILTERS
from aseqa_ui.access import Access, access_for
from aseqa_ui.dossier_view import dossier_button, dossier_head
from aseqa_ui.filter_panel import bar_html, facets
from aseqa_ui.limits import Limits
from aseqa_ui.page import head_html
from aseqa_ui.replies import ask_json, converse, open_place, overview
from aseqa_ui.respond import welcome_html
from aseqa_ui.server import run_server, take_port

if TYPE_CHECKING:
    import gradio
    from fastapi import FastAPI

    from aseqa.ask import Assistant

ASSETS = Path(__file__).parent / "assets"
MAX_WAITING_READERS = 100
# The assistant follows its index while it answers: one call at a time.
_ONE_BY_ONE: dict[str, Any] = {"concurrency_id": "assistant", "concurrency_limit": 1}
_SILENT: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_FONTS = ("Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")


def serve(
    open_assistant: Callable[[], Assistant],
    host: str,
    port: int,
    auth: Path | None,
    allowed_hosts: Sequence[str] = (),
    limits: Limits | None = None,
) -> None:
    """Serve the chat until Ctrl-C or SIGTERM, saying its address on standard output.

    Parameters
    ----------
    open_assistant
        Opens the index; called once the port is held.
    host, port
        Where to listen; port 0 takes any free one.
    auth
        A file of names and hashed passwords (see ``passwords``), or nothing.
    allowed_hosts
        Names by which readers reach the server, besides ``host`` and the loopback's.
    limits
        What one client may ask; generous where only this machine can ask.

    Raises
    ------
    BadSettings
        When the port is taken or the file of passwords is wrong.
    """
    access = access_for(host, auth, allowed_hosts, limits)
    with take_port(host, port) as listener, open_assistant() as assistant:
        application = make_application(assistant, access)
        run_server(application, listener, application.state.end_streams)


def make_application(assistant: Assistant, access: Access | None = None) -> FastAPI:
    """Build the whole web application over one open assistant."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
    import gradio

    from aseqa_ui.programs import make_shell

    page = make_page(assistant).queue(max_size=MAX_WAITING_READERS)
    head = head_html((ASSETS / "chat.js").read_text(encoding="utf-8")) + dossier_head()
    mounted: FastAPI = gradio.mount_gradio_app(
        make_shell(assistant, access or Access(), head),
        page,
        path="/",
        theme=gradio.themes.Base(primary_hue="indigo", neutral_hue="slate", font=_FONTS),
        css_paths=ASSETS / "chat.css",
        head=head,
        favicon_path=str(ASSETS / "favicon.svg"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=1,  # nothing is to be uploaded
        ssr_mode=False,
        pwa=False,
        mcp_server=False,  # see programs
    )
    gradio_app = mounted.routes[-1].app  # type: ignore[attr-defined]
    mounted.state.end_streams = gradio_app.stop_event.set
    return mounted


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


def make_page(assistant: Assistant) -> gradio.Blocks:
    """Lay the page out and tie its events to ``assistant``."""
    import gradio

    page: gradio.Blocks = gradio.Blocks(
        title=message("chat_title"), fill_height=True, fill_width=True, analytics_enabled=False
    )
    with page:
        parts = _lay_out(welcome_html([document.id for document in assistant.documents()]))
        _tie_questions(assistant, parts)
        _tie_sources(assistant, page, parts)
        gradio.api(_asker(assistant), api_name="ask", **_ONE_BY_ONE)
    return page


def _lay_out(welcome: str) -> Parts:
    import gradio

    with gradio.Row(elem_id="aq-top"):
        corpus = gradio.HTML(elem_id="aq-brand", apply_default_css=False)
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
                stop = gradio.Button(FILTERS["filters_stop"], elem_id="aq-stop")
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


def _tie_questions(assistant: Assistant, parts: Parts) -> None:
    """Let the browser show the question at once, then the server's answer under it."""
    import gradio

    def answer(pending: dict[str, Any] | None) -> Any:
        if not pending:  # the page was just opened
            return gradio.skip()
        exchange, source = converse(assistant, pending)
        return {**exchange, "source": source}

    asked = [parts.question, parts.pending, parts.log]
    parts.question.change(
        None, parts.question, parts.send, js="(text) => aseqa.sendable(text)", **_SILENT
    )
    gradio.on(
        [parts.question.submit, parts.send.click],
        None,
        asked,
        asked,
        js="(...values) => aseqa.begin(...values)",
        **_SILENT,
    )
    # The question is on the page: whatever the server's answer, something follows it.
    answered = parts.pending.change(answer, parts.pending, parts.exchange, **_SILENT, **_ONE_BY_ONE)
    told = [parts.exchange, parts.log]
    for ended, told_by in ((answered.success, "finish"), (answered.failure, "fail")):
        script = f"(...values) => aseqa.{told_by}(...values)"
        ended(None, told, [parts.log, parts.source], js=script, **_SILENT)
    # The page forgets the question: the answer that comes later is nobody's.
    parts.stop.click(None, parts.log, parts.log, js="(log) => aseqa.stop(log)", **_SILENT)
    parts.restorer.click(None, None, parts.log, js="() => aseqa.restored()", **_SILENT)


def _tie_sources(assistant: Assistant, page: gradio.Blocks, parts: Parts) -> None:
    """Open a source when the script clicks the hidden button; start anew on request."""

    def open_source(place: dict[str, Any] | None) -> str:
        return open_place(assistant, place or {})

    def describe() -> tuple[str, str, dict[str, Any]]:
        return *overview(assistant), facets(assistant)

    described = [parts.corpus, parts.source, parts.choices]
    offered: dict[str, Any] = {
        "fn": None, "inputs": parts.choices, "js": "(found) => aseqaFilters.offer(found)",
    }  # fmt: skip
    parts.opener.click(
        open_source, parts.place, parts.source, js="() => aseqa.place()", **_SILENT, **_ONE_BY_ONE
    ).then(None, js="() => aseqa.reveal()", **_SILENT)
    page.load(describe, None, described, **_SILENT, **_ONE_BY_ONE).then(**offered, **_SILENT)
    parts.renew.click(
        None, None, [parts.log, parts.question], js="() => aseqa.renew()", **_SILENT
    ).then(describe, None, described, **_SILENT, **_ONE_BY_ONE).then(**offered, **_SILENT)


def _asker(assistant: Assistant) -> Callable[..., dict[str, Any]]:
    """Make the function that programs call, over HTTP and MCP."""
    import gradio

    def ask(question: str, k: int = 3) -> dict[str, Any]:
        """Answer a French question with verbatim quotes of the corpus, or say why it has none.

        The question has at most 1,000 characters; ``k``, from 1 to 20, is how many
        quotes to give at most.
        """
        try:
            return ask_json(assistant, question, k)
        except AseqaError as error:
            raise gradio.Error(str(error), print_exception=False) from error

    return ask
