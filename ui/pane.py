"""What all views of the source pane share."""

from __future__ import annotations

from html import escape

from aseqa.messages import message


def close_button() -> str:
    """Write the button that closes the pane on a narrow screen."""
    return f'<button type="button" class="aq-close">{escape(message("chat_close"))}</button>'


def back_button() -> str:
    """Write the button that goes back to the list of documents."""
    return f'<button type="button" class="aq-back">{escape(message("chat_back"))}</button>'


def step_buttons() -> str:
    """Write the buttons to the quote before and after; the script counts the answer's quotes."""
    counts = (
        f'data-count="{escape(message("pages_step_count", number="{number}", count="{count}"))}" '
        f'data-told="{escape(message("pages_step_told", number="{number}", count="{count}"))}"'
    )
    return (
        f'<div class="aq-steps" role="group" title="{escape(message("pages_steps"))}"'
        f" {counts} hidden>{_step('back', 'ArrowUp', '↑')}"
        f'<span class="aq-step-count"></span>{_step("on", "ArrowDown", "↓")}</div>'
    )


def _step(name: str, key: str, sign: str) -> str:
    return (
        f'<button type="button" class="aq-step" data-step="{name}" aria-keyshortcuts="Alt+{key}"'
        f' title="{escape(message(f"pages_step_{name}_key"))}">'
        f'<span aria-hidden="true">{sign}</span><span class="aq-offscreen">'
        f"{escape(message(f'pages_step_{name}'))}</span></button>"
    )


def view_buttons() -> str:
    """Write the switch between the pages of a document and its text, and what enlarges pages."""
    buttons = "".join(
        f'<button type="button" class="aq-view" data-view="{name}" aria-pressed="false">'
        f"{escape(message(f'pages_as_{name}'))}</button>"
        for name in ("pages", "text")
    )
    return (
        f'<div class="aq-views" role="group" title="{escape(message("pages_view"))}">'
        f'{buttons}</div><button type="button" class="aq-zoom" aria-pressed="false" hidden>'
        f"{escape(message('pages_zoom'))}</button>"
    )


def pages_room() -> str:
    """Write where the pages will stand once the script has asked for them."""
    return (
        f'<div class="aq-view-pages" data-loading="{escape(message("pages_loading"))}"'
        f' data-lost="{escape(message("pages_lost"))}" hidden></div>'
    )
