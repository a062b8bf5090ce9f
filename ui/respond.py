"""Answers to HTML and to the clipboard: pure functions of the records, no Gradio.

Whatever comes from a document, a file name or a reader goes through
``html.escape`` here or in ``verbatim``; nothing else may write HTML.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from urllib.parse import urlsplit

from aseqa.cite import french_date
from aseqa.messages import FRENCH, message
from aseqa.records import Answer, Quote, Voice
from aseqa_ui.verbatim import mark_layer, text_html

MAX_NEIGHBOUR_CHARS = 220

# An example is offered only when the document that it asks about is there.
EXAMPLES = (
    ("002_eaee1d0db6d36db2", "chat_example_1"),
    ("003_c398178bc0b70256", "chat_example_2"),
    ("002_eaee1d0db6d36db2", "chat_example_3"),
    ("003_c398178bc0b70256", "chat_example_4"),
    ("003_c398178bc0b70256", "chat_example_5"),
    ("000_7df608eed1d41053", "chat_example_6"),
)
_REPORTING = ("selon ", "d'après ", "d’après ")


def dated(date: str | None) -> str:
    """Give a date in French words, or say that there is none."""
    return french_date(date) if date else message("undated")


def label(prefix: str, code: str, fallback: str) -> str:
    """Give the French name of a kind or a voice, or that of ``fallback`` when unknown."""
    key = f"chat_{prefix}_{code}"
    return message(key if key in FRENCH else f"chat_{prefix}_{fallback}")


def counted(key: str, count: int) -> str:
    """Give the sentence ``key`` in its form for one, or for many."""
    return message(f"{key}_one") if count == 1 else message(f"{key}_many", count=count)


def confidence_words(confidence: float) -> str:
    """Say in words how sure the answer is."""
    if confidence >= 0.8:
        return message("chat_confidence_high")
    return message("chat_confidence_fair" if confidence >= 0.5 else "chat_confidence_low")


def clipboard_text(quote: Quote) -> str:
    """Give what the copy button copies: the quote between « », then its reference."""
    return f"«\u00a0{quote.text}\u00a0»\n{quote.reference}"


def corpus_line(count: int) -> str:
    """Say how much is searched, and that it stays here."""
    corpus = counted("chat_corpus", count) if count else message("chat_corpus_none")
    return (
        '<div class="aq-brand"><h1 class="aq-mark">aseqa</h1>'
        f'<p class="aq-corpus"><button type="button" class="aq-back">{escape(corpus)}</button>'
        f"<span>{escape(message('chat_private'))}</span></p></div>"
    )


def welcome_html(document_ids: Collection[str]) -> str:
    """Write the empty page: what to expect, and questions to try on these documents."""
    stems = {document_id.partition("#")[0] for document_id in document_ids}
    questions = [message(key) for stem, key in EXAMPLES if stem in stems]
    items = "".join(
        f'<li><button type="button" class="aq-example">{escape(question)}</button></li>'
        for question in questions
    )
    title = escape(message("chat_examples"))
    examples = f'<h3>{title}</h3><ul class="aq-examples">{items}</ul>' if items else ""
    return (
        f'<div class="aq-welcome"><h2>{escape(message("chat_welcome"))}</h2>'
        f"<p>{escape(message('chat_welcome_text'))}</p>{examples}</div>"
    )


def answer_html(answer: Answer) -> str:
    """Write an answer: its quotes as cards, or why there are none and what to read instead."""
    understood = understood_html(answer)
    if answer.status == "answered" and answer.quotes:
        cards = "".join(card_html(quote) for quote in answer.quotes)
        found = counted("chat_answered", len(answer.quotes))
        words = confidence_words(answer.confidence)
        return (
            f'<div class="aq-answer">{understood}<p class="aq-lead">'
            f"<strong>{escape(found)}</strong><span>{escape(words)}</span></p>{cards}</div>"
        )
    text = answer.reason.text if answer.reason else message("chat_abstained_text")
    return (
        f'<div class="aq-answer aq-none">{understood}<p class="aq-lead">'
        f"<strong>{escape(message('chat_abstained'))}</strong></p>"
        f'<p class="aq-reason">{escape(text)}</p>{_nearest_html(answer)}</div>'
    )


def understood_html(answer: Answer) -> str:
    """Write the question as understood, with a way to have it asked as typed instead."""
    if not answer.understood:
        return ""
    words = escape(message("understood", question=answer.understood))
    return (
        f'<p class="aq-understood"><span>{words}</span> '
        f'<button type="button" class="aq-as-typed" data-question="{escape(answer.question)}">'
        f"{escape(message('chat_as_typed'))}</button></p>"
    )


def _nearest_html(answer: Answer) -> str:
    if not answer.nearest:
        return ""
    cards = "".join(card_html(quote, is_answer=False) for quote in answer.nearest[:3])
    return (
        f'<div class="aq-nearest"><h3>{escape(message("chat_nearest"))}</h3>'
        f"<p>{escape(message('chat_nearest_text'))}</p>{cards}</div>"
    )


def error_html(text: str) -> str:
    """Write a trouble as a plain sentence of the conversation."""
    return (
        f'<div class="aq-answer aq-error" role="alert"><p class="aq-lead">'
        f"<strong>{escape(message('chat_error'))}</strong></p>"
        f'<p class="aq-reason">{escape(text)}</p></div>'
    )


def card_html(quote: Quote, is_answer: bool = True) -> str:
    """Write one quote as a card; ``is_answer`` false makes it a reading, never an answer."""
    place = (
        f'data-document="{escape(quote.document)}" data-start="{quote.start}" '
        f'data-end="{quote.end}"'
    )
    if is_answer and quote.span:
        place += f' data-span="{quote.span.start},{quote.span.end}"'
    name = "aq-card" if is_answer else "aq-card aq-reading"
    return (
        f'<article class="{name} {voice_class(quote.voice)}" {place}>'
        f"{_speaker_html(quote)}{_words_html(quote, is_answer)}"
        f'<p class="aq-reference">{_reference_html(quote)}</p>{_buttons_html(quote)}</article>'
    )


def voice_class(voice: Voice) -> str:
    """Give the style class of a voice; an unknown one counts as ``autre``."""
    known = f"chat_voice_{voice.kind}" in FRENCH
    return f"aq-voice-{voice.kind if known else 'autre'}"


def voice_html(voice: Voice) -> str:
    """Write who speaks: the kind of voice as a coloured label, then the name."""
    if voice.kind == "autre" and voice.name:
        return f'<span class="aq-name">{escape(voice.name)}</span>'
    kind = f'<span class="aq-badge">{escape(label("voice", voice.kind, "autre"))}</span>'
    name = f'<span class="aq-name">{escape(voice.name)}</span>' if voice.name else ""
    return kind + name


def _speaker_html(quote: Quote) -> str:
    notes = [stance(quote), reported(quote.voice)]
    stances = "".join(f'<span class="aq-stance">{escape(note)}</span>' for note in notes if note)
    return (
        f'<header class="aq-speaker"><p class="aq-who">{voice_html(quote.voice)}</p>'
        f'<p class="aq-when">{escape(dated(quote.date))}</p>'
        f"{f'<p class=aq-stances>{stances}</p>' if stances else ''}</header>"
    )


def stance(quote: Quote) -> str:
    """Tell a claim made in a question from what the Government answered to it."""
    if not quote.kind.startswith("question_"):
        return ""
    keys = {"question": "chat_claim", "réponse": "chat_official", "données clés": "chat_record"}
    return message(keys[quote.section]) if quote.section in keys else ""


def reported(voice: Voice) -> str:
    """Name the source that the sentence itself gives, as « selon … »."""
    if not voice.reported:
        return ""
    source = voice.reported
    if not source.lower().startswith(_REPORTING):
        source = message("chat_according", source=source)
    return message("chat_reported", source=source)


def _words_html(quote: Quote, is_answer: bool) -> str:
    span = quote.span if is_answer else None
    words = text_html(quote.text, [mark_layer(span.start, span.end)] if span else [])
    before, after = _clip_start(quote.before), _clip_end(quote.after)
    return (
        '<blockquote class="aq-words">'
        f"{f'<span class=aq-neighbour>{text_html(before)}</span> ' if before else ''}"
        f'<span class="aq-quote">{words}</span>'
        f"{f' <span class=aq-neighbour>{text_html(after)}</span>' if after else ''}</blockquote>"
    )


def _clip_start(text: str) -> str:
    if len(text) <= MAX_NEIGHBOUR_CHARS:
        return text
    return "… " + text[-MAX_NEIGHBOUR_CHARS:].partition(" ")[2]


def _clip_end(text: str) -> str:
    if len(text) <= MAX_NEIGHBOUR_CHARS:
        return text
    return text[:MAX_NEIGHBOUR_CHARS].rpartition(" ")[0] + " …"


def _reference_html(quote: Quote) -> str:
    """Write the reference; an address in it shows its host alone, for it may be long."""
    host = web_host(quote.url or "")
    if not quote.url or not host:
        return escape(quote.reference)
    before, found, after = quote.reference.partition(quote.url)
    return escape(before) + (link_html(quote.url, host) if found else "") + escape(after)


def web_host(url: str) -> str | None:
    """Give the host of a web address; nothing for any other scheme (``javascript:``…)."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[": no address at all
        return None
    return parts.hostname if parts.scheme.lower() in ("http", "https") else None


def link_html(url: str, words: str) -> str:
    """Write a link to a web address that ``web_host`` let through."""
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def _buttons_html(quote: Quote) -> str:
    return (
        '<footer class="aq-actions"><button type="button" class="aq-open">'
        f"{escape(message('chat_open'))}</button>"
        f'<button type="button" class="aq-copy" data-copy="{escape(clipboard_text(quote))}">'
        f"{escape(message('chat_copy'))}</button></footer>"
    )
