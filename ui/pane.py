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
