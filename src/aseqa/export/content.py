"""What an export shows of a dossier, whatever its format: blocks of text that is safe to show.

Each writer gives these blocks the form of its format; none looks at the dossier itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from aseqa.dossier import Dossier, Heading, Note, Pinned
from aseqa.export.blocks import Asking, Content, Proof, Quotation, Title, Words
from aseqa.messages import message
from aseqa.records import Voice
from aseqa.render_words import visible, voice_label
from aseqa.seal import ABSENT, UNKNOWN, VALID, seal_state, text_digest
from aseqa.wording import date_words

SHORT_DIGEST_CHARS = 12

# Not allowed in XML; the other characters that are not, `visible` has replaced already.
_NOT_XML = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")


def content_of(dossier: Dossier, today: date | None = None) -> Content:
    """Give what an export of a dossier shows; ``today`` is the day that it bears, if any."""
    day = date_words(today.isoformat()) if today else None
    count = len(dossier.pinned)
    lead = [
        message("dossier_export_line", date=day) if day else message("dossier_export_undated"),
        message("dossier_count", count=count),
    ]
    body = tuple(_blocks(dossier))
    if any(isinstance(block, Quotation) and block.answer for block in body):
        lead.append(message("dossier_bold"))
    return Content(
        title=shown(dossier.title).strip() or message("dossier_untitled"),
        lead=tuple(lead),
        body=body,
        proofs=tuple(_proof(item, number) for number, item in enumerate(dossier.pinned, 1)),
    )


def shown(text: str) -> str:
    r"""Make a text harmless, as many characters as it has: no control, no line end is left.

    Examples
    --------
    >>> shown("a\x1b[1m\nb")
    'a�[1m b'
    """
    return visible(text).translate(_NOT_XML)


def marked(quote: Mapping[str, Any]) -> tuple[str, str, str]:
    """Part the words of a quote at those that answer; where they do not match, mark nothing."""
    text, span = str(quote["text"]), quote.get("span")
    start, end, words = (
        (span.get(name) for name in ("start", "end", "text"))
        if isinstance(span, Mapping)
        else (None, None, None)
    )
    placed = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    if not placed or text[start:end] != words:
        return shown(text), "", ""
    return shown(text[:start]), shown(text[start:end]), shown(text[end:])


def parted(block: Quotation) -> tuple[str, str, str]:
    """Part the reference of a quote at its web address, if it has one to link to."""
    reference = block.note[0]
    if not block.address:
        return reference, "", ""
    before, _, after = reference.partition(block.address)
    return before, block.address, after


def voice_of(quote: Mapping[str, Any]) -> Voice:
    """Give the voice of a quote's record."""
    voice = quote["voice"]
    return Voice(voice["kind"], voice.get("name") or None, voice.get("reported") or None)


def dated(quote: Mapping[str, Any]) -> str:
    """Give the date of a quote's record as French writes it."""
    return shown(date_words(quote["date"])) if quote.get("date") else message("undated")


def seal_fact(quote: Mapping[str, Any], name: str) -> str:
    """Give a text of a quote's seal, or nothing."""
    held = quote.get("seal")
    value = held.get(name) if isinstance(held, Mapping) else None
    return shown(value) if isinstance(value, str) else ""


def _blocks(dossier: Dossier) -> Iterator[Title | Words | Asking | Quotation]:
    number, asked = 0, ""
    for item in dossier.items:
        if isinstance(item, Heading):
            asked = ""
            yield Title(shown(item.text))
        elif isinstance(item, Note):
            yield Words(_lines(item.text))
        else:
            number += 1
            if item.question.strip() and item.question != asked:
                yield Asking(shown(item.question))
            asked = item.question
            yield _quotation(item, number)
            if item.note.strip():
                yield Words(_lines(item.note))


def _lines(text: str) -> tuple[str, ...]:
    """Give the reader's words line by line, said to be a note: a style alone may get lost."""
    told = message("dossier_note", colon=message("colon"), text=text.strip())
    return tuple(shown(line) for line in told.splitlines())


def _quotation(item: Pinned, number: int) -> Quotation:
    quote = item.quote
    before, answer, after = marked(quote)
    voice = shown(voice_label(voice_of(quote)))
    page = quote.get("page")
    note = (
        shown(quote["reference"]),
        message("dossier_file_page", page=page) if page else "",
        voice,
        dated(quote),
        message(
            "dossier_where", source=shown(quote["source"]), start=quote["start"], end=quote["end"]
        ),
        _seal_in_short(quote),
    )
    return Quotation(
        number=number,
        before=before,
        answer=answer,
        after=after,
        voice=message("fact_separator").join((voice, dated(quote))),
        note=tuple(fact for fact in note if fact),
        address=_address(quote),
    )


def _address(quote: Mapping[str, Any]) -> str:
    """Give the web address that the reference ends with; any other scheme stays words."""
    address = quote.get("url") or ""
    web = address.lower().startswith(("https://", "http://"))
    plain = address.isascii() and address.isprintable() and not set(address) & set(" <>\"'\\`")
    return address if web and plain and address in quote["reference"] else ""


def _seal_in_short(quote: Mapping[str, Any]) -> str:
    state = seal_state(quote)
    if state == VALID:
        digest = seal_fact(quote, "digest")[:SHORT_DIGEST_CHARS]
        return message("dossier_seal_short", digest=digest)
    if state == ABSENT:
        return message("dossier_seal_none")
    return message(
        "dossier_seal_unknown_short" if state == UNKNOWN else "dossier_seal_broken_short"
    )


def _proof(item: Pinned, number: int) -> Proof:
    quote = item.quote
    span = quote.get("span")
    answer = marked(quote)[1] and isinstance(span, Mapping) and span
    facts = {
        "document": shown(quote["document"]),
        "source": shown(quote["source"]),
        "sha256": shown(quote["sha256"]),
        "offsets": message("dossier_offsets", start=quote["start"], end=quote["end"]),
        "text": text_digest(quote["text"]),
        "span": message("dossier_offsets", start=answer["start"], end=answer["end"])
        if answer
        else "",
        "index": seal_fact(quote, "index"),
        "digest": seal_fact(quote, "digest"),
        "state": message(f"dossier_state_{seal_state(quote)}"),
        "pinned": date_words(item.pinned) if item.pinned else "",
    }
    told = ((message(f"dossier_proof_{name}"), value) for name, value in facts.items() if value)
    return Proof(number, tuple(told))
