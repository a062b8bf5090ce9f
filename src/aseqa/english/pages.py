"""The sentences of the source pane around pages of a PDF file, in English."""

from __future__ import annotations

PAGES: dict[str, str] = {
    "pages_view": "How the document is shown",
    "pages_as_pages": "Pages",
    "pages_as_text": "Text",
    "pages_zoom": "Enlarge",
    "pages_loading": "Loading pages…",
    "pages_alt": "Page {number} of {count} of “{title}”",
    "pages_number": "Page {number} of {count}",
    "pages_range": "Pages {first} to {last} of {count}",
    "pages_quote": "Quote: “{text}”",
    "pages_page_failed": "This page cannot be shown.",
    "pages_lost": "The pages could not be loaded: here is the text.",
    "pages_unmarked": "The quoted passage is not found word for word in this document: nothing "
    "is highlighted in it.",
    "pages_unplaced": "The place of the quote on the page is not known: it is highlighted in the "
    "text.",
    "pages_steps": "Quotes of the answer",
    "pages_step_back": "Previous quote",
    "pages_step_on": "Next quote",
    "pages_step_back_key": "Previous quote (Alt + ↑)",
    "pages_step_on_key": "Next quote (Alt + ↓)",
    "pages_step_count": "{number} of {count}",
    "pages_step_told": "Quote {number} of {count}",
    # Problems of the routes
    "pages_none": "No such page",
    "pages_none_detail": "This document is not in the corpus, has no pages, or not that many.",
    "pages_gone": "File changed or gone",
    "pages_gone_detail": "The file has changed or is gone since it was indexed: here is the "
    "indexed text. To bring the index up to date: aseqa index",
    "pages_failed": "Page cannot be drawn",
    "pages_failed_detail": "The file is damaged, or takes too much time or memory: here is the "
    "indexed text.",
    "pages_width": "Malformed request",
    "pages_width_detail": "“width” is a number of pixels.",
}
