"""The web chat: the application around the page, and what happens on a click.

The conversation lives in the reader's page alone: the browser adds each
exchange to it (``assets/chat.js``) and sends the last one along with the next
question; the server keeps none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aseqa.errors import AseqaError
from aseqa.messages import message, speaking
from aseqa_ui.access import Access, access_for
from aseqa_ui.dossier_view import dossier_head
from aseqa_ui.feedback_view import feedback_head
from aseqa_ui.figure_plot import plot_head
from aseqa_ui.filter_panel import facets
from aseqa_ui.language import language_heard
from aseqa_ui.layout import Parts, lay_out
from aseqa_ui.page import PageWords, head_html
from aseqa_ui.replies import ask_json, converse, open_place, overview
from aseqa_ui.respond import welcome_html
from aseqa_ui.server import run_server, take_port

if TYPE_CHECKING:
    import gradio
    from fastapi import FastAPI

    from aseqa.ask import Assistant

ASSETS = Path(__file__).parent / "assets"
MAX_WAITING_READERS = 100
# Gradio copies the page for each session, 71 kB, and drops the one that was idle longest; what a
# reader has is in the browser, and a dropped session begins anew unseen.
MAX_SESSIONS_HELD = 100
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
    rate: int | None = None,
    documents: Path | None = None,
    feedback: Path | None = None,
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
    rate
        How many requests one client may make in a minute; by default 120, and 6,000 where
        only this machine can ask.
    documents
        The folder that documents are sent to; ``documents`` beside the index if none is named.
    feedback
        A file for what readers say of answers; without one the page does not ask.

    Raises
    ------
    BadSettings
        When the port is taken, the file of passwords is wrong, or that of feedback cannot
        be written.
    """
    access = access_for(host, auth, allowed_hosts, rate)
    with take_port(host, port) as listener, open_assistant() as assistant:
        application = make_application(assistant, access, documents, feedback)
        run_server(application, listener, application.state.end_streams)


def make_application(
    assistant: Assistant,
    access: Access | None = None,
    documents: Path | None = None,
    feedback: Path | None = None,
) -> FastAPI:
    """Build the whole web application over one open assistant."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
    import gradio

    from aseqa_ui.programs import make_shell

    with speaking("en"):
        english = _page_words(assistant, feedback)
    with speaking("fr"):
        page = make_page(assistant).queue(max_size=MAX_WAITING_READERS)
        page.state_session_capacity = MAX_SESSIONS_HELD
        head = _head(feedback)
    mounted: FastAPI = gradio.mount_gradio_app(
        make_shell(assistant, access or Access(), head + english.head, documents, feedback),
        page,
        path="/",
        theme=gradio.themes.Base(primary_hue="indigo", neutral_hue="slate", font=_FONTS),
        css_paths=[ASSETS / f"{name}.css" for name in ("tokens", "chat", "source", "language")],
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
    mounted.state.page_words = {"en": english}
    mounted.state.end_streams = gradio_app.stop_event.set
    return mounted


def _head(feedback: Path | None) -> str:
    head = (
        head_html((ASSETS / "chat.js").read_text(encoding="utf-8")) + dossier_head() + plot_head()
    )
    return head + feedback_head() if feedback else head


def _page_words(assistant: Assistant, feedback: Path | None) -> PageWords:
    """Build the page once more, for what it says in the language in force (see ``page``)."""
    config = make_page(assistant).get_config_file()
    props = [part["props"] for part in config["components"]]
    return PageWords(message("chat_title"), _head(feedback), props)


def make_page(assistant: Assistant) -> gradio.Blocks:
    """Lay the page out and tie its events to ``assistant``."""
    import gradio

    page: gradio.Blocks = gradio.Blocks(
        title=message("chat_title"), fill_height=True, fill_width=True, analytics_enabled=False
    )
    with page:
        parts = lay_out(welcome_html([document.id for document in assistant.documents()]))
        _tie_questions(assistant, parts)
        _tie_sources(assistant, page, parts)
        gradio.api(_asker(assistant), api_name="ask", **_ONE_BY_ONE)
    return page


def _tie_questions(assistant: Assistant, parts: Parts) -> None:
    """Let the browser show the question at once, then the server's answer under it."""
    import gradio

    @_hearing
    def answer(pending: dict[str, Any] | None, request: gradio.Request) -> Any:
        if not pending:  # the page was just opened
            return gradio.skip()
        with speaking(language_heard(request)):
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

    @_hearing
    def open_source(place: dict[str, Any] | None, request: gradio.Request) -> str:
        with speaking(language_heard(request)):
            return open_place(assistant, place or {})

    @_hearing
    def describe(request: gradio.Request) -> tuple[str, str, dict[str, Any]]:
        with speaking(language_heard(request)):
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


def _hearing(act: Callable[..., Any]) -> Callable[..., Any]:
    """Have Gradio hand ``act`` its ``request``: it looks for the class among the annotations."""
    import gradio

    act.__annotations__["request"] = gradio.Request
    return act


def _asker(assistant: Assistant) -> Callable[..., dict[str, Any]]:
    """Make the function that programs call, over HTTP and MCP."""
    import gradio

    @_hearing
    def ask(question: str, request: gradio.Request, k: int = 3) -> dict[str, Any]:
        """Answer a French question with verbatim quotes of the corpus, or say why it has none.

        The question has at most 1,000 characters; ``k``, from 1 to 20, is how many
        quotes to give at most.
        """
        try:
            with speaking(language_heard(request)):
                return ask_json(assistant, question, k)
        except AseqaError as error:
            raise gradio.Error(str(error), print_exception=False) from error

    return ask
