"""One quote as a card: who speaks, when, the words, the reference, and what to do with it.

Whatever comes from a document goes through ``html.escape`` here or in ``verbatim``.
"""

from __future__ import annotations

import json
import re
from datetime import date as day
from html import escape
from urllib.parse import urlsplit

from aseqa.answers import Quote
from aseqa.messages import FRENCH, message
from aseqa.records import Voice
from aseqa.references import permalink
from aseqa.render_words import voice_label
from aseqa.wording import date_words
from aseqa_ui.verbatim import mark_layer, text_html

MAX_NEIGHBOUR_CHARS = 220

_ISO_MONTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_REPORTING = ("selon ", "d'après ", "d’après ")


def dated(date: str | None) -> str:
    """Give a date in French words, or say that there is none."""
    return date_words(date) if date else message("undated")


def label(prefix: str, code: str, fallback: str) -> str:
    """Give the French name of a kind or a voice, or that of ``fallback`` when unknown."""
    key = f"chat_{prefix}_{code}"
    return message(key if key in FRENCH else f"chat_{prefix}_{fallback}")


def counted(key: str, count: int) -> str:
    """Give the sentence ``key`` in its form for one, or for many."""
    return message(f"{key}_one") if count == 1 else message(f"{key}_many", count=count)


def age_words(date: str | None, today: day | None = None) -> str:
    """Say how long ago a date was, in whole months or years; nothing of a date unknown or to come.

    Examples
    --------
    >>> age_words("2023-11-02", day(2026, 11, 22)), age_words("2026-05", day(2026, 11, 22))
    ('il y a 3 ans', 'il y a 6 mois')
    """
    found = _ISO_MONTH.match(date or "")
    if not found:
        return ""
    today = today or day.today()
    months = 12 * (today.year - int(found[1])) + today.month - int(found[2] or today.month)
    if found[3] and int(found[3]) > today.day:
        months -= 1
    if months < 1:
        return ""
    if months == 1:
        return message("chat_age_month")
    if months == 12:
        return message("chat_age_year")
    if months < 24:
        return message("chat_age_months", count=months)
    return message("chat_age_years", count=months // 12)


def clipboard_text(quote: Quote) -> str:
    """Give what the copy button copies: the quote between « », then who speaks and the reference.

    The reference alone would have the Government's words under the name of who asked.
    """
    return f"«\u00a0{quote.text}\u00a0»\n{voice_label(quote.voice)}. {quote.reference}"


def card_html(quote: Quote, is_answer: bool = True, note: str = "") -> str:
    """Write one quote as a card; ``is_answer`` false makes it a reading, never an answer.

    ``note`` is HTML that goes under the reference.
    """
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
        f'<p class="aq-reference" lang="fr">{_reference_html(quote)}</p>{note}'
        f"{_buttons_html(quote)}</article>"
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
    return f"{kind} {name}".strip()


def _speaker_html(quote: Quote) -> str:
    notes = [stance(quote), reported(quote.voice)]
    stances = "".join(f'<span class="aq-stance">{escape(note)}</span>' for note in notes if note)
    return (
        f'<header class="aq-speaker"><p class="aq-who">{voice_html(quote.voice)}</p>'
        f'<p class="aq-when">{escape(dated(quote.date))}{_age_html(quote.date)}</p>'
        f"{f'<p class=aq-stances>{stances}</p>' if stances else ''}</header>"
    )


def _age_html(date: str | None) -> str:
    age = age_words(date)
    return f' <span class="aq-age">{escape(age)}</span>' if age else ""


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
    before = f"{_neighbour_html(_clip_start(quote.before))} " if quote.before else ""
    after = f" {_neighbour_html(_clip_end(quote.after))}" if quote.after else ""
    return (
        '<blockquote class="aq-words" lang="fr">'
        f'{before}<span class="aq-quote">{words}</span>{after}</blockquote>'
    )


def _neighbour_html(text: str) -> str:
    """Write what stands beside the quote; a heading, which no point ends, on its own line."""
    is_heading = text.rstrip()[-1:].isalnum()
    name = "aq-neighbour aq-apart" if is_heading else "aq-neighbour"
    return f'<span class="{name}">{text_html(text)}</span>'


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
        f"{escape(message('chat_copy'))}</button>"
        f'<button type="button" class="aq-link" data-link="{escape(permalink(quote, ""))}">'
        f"{escape(message('chat_link'))}</button>{_keep_html(quote)}</footer>"
    )


def _keep_html(quote: Quote) -> str:
    """Write the button that keeps the quote, whole and sealed, in the reader's dossier."""
    record = json.dumps(quote.to_dict(), ensure_ascii=False)
    words = escape(message("dossier_page_keep"))
    return f'<button type="button" class="aq-keep" data-quote="{escape(record)}">{words}</button>'
