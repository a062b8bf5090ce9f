"""The source pane as HTML: the list of the corpus, and one document opened at a quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from aseqa.cite import QUESTION_KINDS
from aseqa.messages import message
from aseqa.records import Document, Section, SourceView
from aseqa.wording import date_words
from aseqa_ui.cards import counted, dated, label, link_html, voice_class, voice_html, web_host
from aseqa_ui.page_files import has_pages
from aseqa_ui.pane import back_button, close_button, pages_room, step_buttons, view_buttons
from aseqa_ui.verbatim import Layer, mark_layer, text_html

MAX_LISTED = 200
# What lies between two sections is often the second one's heading: no gap to speak of.
MAX_HEADING_CHARS = 40

_SECTION_KEYS = {
    "en-tête": "chat_section_header",
    "question": "chat_section_question",
    "réponse": "chat_section_answer",
    "données clés": "chat_section_record",
}


def corpus_html(documents: Sequence[Document], coverage: str = "") -> str:
    """List the documents of the corpus, latest first, each a button that opens it.

    ``coverage`` is HTML: what they cover and do not.
    """
    latest = sorted(documents, key=lambda document: document.id)
    latest.sort(key=lambda document: document.date or "", reverse=True)
    items = "".join(f"<li>{_listed(document)}</li>" for document in latest[:MAX_LISTED])
    more = len(latest) - MAX_LISTED
    rest = f"<p>{escape(message('chat_documents_more', count=more))}</p>" if more > 0 else ""
    count = counted("chat_corpus", len(latest)) if latest else message("chat_corpus_none")
    return (
        f'<div class="aq-source"><div class="aq-toolbar">{close_button()}</div>'
        f'<div class="aq-scroll"><header class="aq-head"><p class="aq-kicker">{escape(count)}</p>'
        f'<h2 tabindex="-1">{escape(message("chat_documents"))}</h2>'
        f"<p>{escape(message('chat_documents_text'))}</p></header>"
        f'<ul class="aq-list">{items}</ul>{rest}{coverage}</div></div>'
    )


def missing_html() -> str:
    """Say that the document is gone."""
    return (
        f'<div class="aq-source"><div class="aq-toolbar">{back_button()}{close_button()}</div>'
        f'<p class="aq-missing">{escape(message("chat_missing"))}</p></div>'
    )


def source_html(
    view: SourceView,
    start: int = 0,
    end: int = 0,
    span: tuple[int, int] | None = None,
    note: str = "",
) -> str:
    """Write one document, with ``text[start:end]`` highlighted when a section holds it.

    Parameters
    ----------
    view
        The document and its sentences.
    start, end
        The quote's offsets in the document's text; an empty stretch marks nothing.
    span
        The answering words, relative to the quote.
    note
        What the reader should know before reading; else, that a quote is not found.
    """
    document = view.document
    is_held = holds(document, start, end)
    if start < end and not is_held and not note:
        note = message("pages_unmarked")
    told = f'<p class="aq-note" role="note">{escape(note)}</p>' if note else ""
    body = "".join(_sections(document, start, end, span))
    is_paged = has_pages(document.source)
    place = f' data-start="{start}" data-end="{end}"{_span_data(span)}' if is_held else ""
    return (
        f'<div class="aq-source" data-document="{escape(document.id)}"'
        f' data-sha256="{escape(document.sha256)}"{place}'
        f' data-unmarked="{escape(message("pages_unmarked"))}">'
        f'<div class="aq-toolbar">{back_button()}{view_buttons() if is_paged else ""}'
        f"{step_buttons()}{close_button()}</div>"
        f'<div class="aq-scroll"><header class="aq-head">'
        f'<p class="aq-kicker">{escape(_kicker(document))}</p>'
        f'<h2 tabindex="-1">{text_html(_title(document))}</h2>{told}{_facts_html(document)}'
        f"{_thread_button(document)}</header>"
        f'{pages_room() if is_paged else ""}<div class="aq-view-text">{body}</div></div></div>'
    )


def holds(document: Document, start: int, end: int) -> bool:
    """Tell whether a section holds ``text[start:end]``; an empty stretch is held by none."""
    return any(section.start <= start < end <= section.end for section in document.sections)


def _span_data(span: tuple[int, int] | None) -> str:
    return f' data-span="{span[0]},{span[1]}"' if span else ""


def _title(document: Document) -> str:
    return document.title or document.source


def _kicker(document: Document) -> str:
    kind = label("kind", document.kind, "other")
    number = document.metadata.get("number")
    return f"{kind} {message('cite_number', number=number)}" if number else kind


def _listed(document: Document) -> str:
    facts = [_kicker(document), document.author or document.publisher, dated(document.date)]
    line = " · ".join(fact for fact in facts if fact)
    return (
        f'<button type="button" class="aq-listed" data-document="{escape(document.id)}">'
        f"<strong>{text_html(_title(document))}</strong><span>{escape(line)}</span></button>"
    )


def _thread_button(document: Document) -> str:
    if document.kind not in QUESTION_KINDS:
        return ""
    return (
        f'<p><button type="button" class="aq-thread" data-document="{escape(document.id)}">'
        f"{escape(message('chat_thread'))}</button></p>"
    )


def _facts_html(document: Document) -> str:
    rows = "".join(
        f"<div><dt>{escape(message(key))}</dt><dd>{value}</dd></div>"
        for key, value in _facts(document)
        if value
    )
    return f'<dl class="aq-facts">{rows}</dl>'


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    """Give the rows of the header: message key, and a value that is HTML already."""
    about = document.metadata
    yield "chat_author", escape(_author(document))
    yield "chat_publisher", escape(document.publisher or "")
    yield "chat_ministry", escape(about.get("ministry_attributed", ""))
    if document.kind.startswith("question_"):
        yield "chat_asked", escape(_journal(about.get("question_date"), about.get("question_page")))
        yield "chat_answer", escape(_answered(document))
    elif document.date:
        yield "chat_date", escape(date_words(document.date))
    yield "chat_address", _address(document.url or "")
    yield "chat_file", escape(document.source)


def _author(document: Document) -> str:
    about = document.metadata
    place = about.get("department", "")
    if about.get("constituency"):
        place = f"{place} ({about['constituency']})" if place else about["constituency"]
    return ", ".join(fact for fact in (document.author, about.get("group"), place) if fact)


def _answered(document: Document) -> str:
    """Say where the answer is published; an oral question has its own elsewhere, in session."""
    about = document.metadata
    if about.get("answered") != "false":
        return _journal(about.get("answer_date"), about.get("answer_page"))
    is_written = document.kind == "question_ecrite"
    return message("chat_unanswered" if is_written else "chat_answer_elsewhere")


def _journal(date: str | None, page: str | None) -> str:
    if not date:
        return ""
    key = "chat_journal" if page else "chat_journal_no_page"
    return message(key, date=date_words(date), page=page)


def _address(url: str) -> str:
    host = web_host(url)
    return link_html(url, message("chat_original_at", host=host)) if host else escape(url)


def _sections(
    document: Document, start: int, end: int, span: tuple[int, int] | None
) -> Iterator[str]:
    previous: Section | None = None
    for section in document.sections:
        layers = _layers(section, start, end, span)
        if section.name == "titre" and not layers:
            continue  # the pane's header says it
        skipped = document.text[previous.end : section.start].strip() if previous else ""
        if len(skipped) > MAX_HEADING_CHARS:
            yield f'<p class="aq-gap" title="{escape(message("chat_gap"))}">[…]</p>'
        yield _section_html(document.text, section, previous, layers)
        previous = section


def _layers(section: Section, start: int, end: int, span: tuple[int, int] | None) -> list[Layer]:
    """Mark the quote, and the answering words in it, when this section holds them."""
    if not section.start <= start < end <= section.end:
        return []
    place = start - section.start
    hit = f'class="aq-hit" data-start="{start}" tabindex="-1"'
    layers = [mark_layer(place, end - section.start, hit)]
    if span and 0 <= span[0] < span[1] <= end - start:
        layers.append(mark_layer(place + span[0], place + span[1], 'class="aq-span"'))
    return layers


def _section_html(text: str, section: Section, previous: Section | None, hit: list[Layer]) -> str:
    words = text[section.start : section.end]
    style = f"aq-section {voice_class(section.voice)}"
    heading = _SECTION_KEYS.get(section.name)
    if heading == "chat_section_header" and not hit:
        # Repeats what the pane's own header says.
        return (
            f'<details class="{style}"><summary>{escape(message(heading))}</summary>'
            f'<div class="aq-text" lang="fr">{text_html(words)}</div></details>'
        )
    is_new = previous is None or previous.name != section.name
    title = f"<h3>{escape(message(heading))}</h3>" if heading and is_new else ""
    if not heading and is_new and words.startswith(section.name):
        # A part that its own first line names.
        hit = [*hit, Layer(0, len(section.name), '<strong class="aq-heading">', "</strong>")]
    body = f'<div class="aq-text" lang="fr">{text_html(words, hit)}</div>'
    return f'<section class="{style}">{title}{_speaker(section, previous)}{body}</section>'


def _speaker(section: Section, previous: Section | None) -> str:
    """Write who speaks in a section, unless the section before it had the same voice."""
    if previous and previous.voice == section.voice:
        return ""
    when = (
        f' <span class="aq-when">{escape(date_words(section.date))}</span>' if section.date else ""
    )
    return f'<p class="aq-who">{voice_html(section.voice)}{when}</p>'
