"""A dossier as Markdown, with footnotes (`[^1]`); no sign of a text has an effect in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

from aseqa.dossier import Dossier
from aseqa.export.blocks import Content, Proof, Quotation, Title, Words
from aseqa.export.content import content_of, parted
from aseqa.messages import message


def write(dossier: Dossier, today: date | None = None) -> bytes:
    """Give the dossier as Markdown, in UTF-8."""
    content = content_of(dossier, today)
    return ("\n\n".join(_paragraphs(content)) + "\n").encode()


def escaped(text: str) -> str:
    r"""Put a backslash before each sign that CommonMark or its extensions give a meaning.

    Examples
    --------
    >>> escaped("[a](b) 12* <i>")
    '\\[a\\](b) 12\\* \\<i\\>'
    """
    signs = _sign().sub(lambda found: f"\\{found[0]}", text)
    return _list_number().sub(r"\1\\\2", signs)


def strong(before: str, words: str, after: str) -> str:
    """Give ``words`` in bold, between texts; all three are escaped here.

    Two stars open or close only where the characters beside them allow it (CommonMark 0.31,
    6.2); elsewhere the HTML element is written, which every reader of Markdown knows.
    """
    if not words:
        return escaped(before + after)
    # "« " and " »" stand around the whole.
    opens = _flanks(before[-1:] or " ", words[0])
    closes = _flanks(after[:1] or " ", words[-1])
    first, last = ("**", "**") if opens and closes else ("<strong>", "</strong>")
    return f"{escaped(before)}{first}{_inner(words)}{last}{_inner(after)}"


def _paragraphs(content: Content) -> Iterator[str]:
    yield f"# {escaped(content.title)}"
    yield from (f"*{escaped(line)}*" for line in content.lead)
    for block in content.body:
        if isinstance(block, Title):
            yield f"## {escaped(block.text)}"
        elif isinstance(block, Words):
            yield _note(block)
        elif isinstance(block, Quotation):
            yield _quotation(block)
        else:
            yield f"### {escaped(message('dossier_question', colon=_colon(), question=block.text))}"
    yield from _seals(content)
    yield from (_footnote(quotation) for quotation in content.quotations)


def _note(block: Words) -> str:
    """Write the reader's words line by line; a backslash at an end breaks the line."""
    return "\\\n".join(escaped(line) for line in block.lines if line.strip())


def _quotation(block: Quotation) -> str:
    words = message("quoted", text=strong(block.before, block.answer, block.after))
    return f"> {words}[^{block.number}]\n>\n> — {escaped(block.voice)}"


def _footnote(block: Quotation) -> str:
    before, address, after = parted(block)
    link = f"<{address}>" if address else ""
    facts = (f"{escaped(before)}{link}{_inner(after)}", *map(_inner, block.note[1:]))
    return f"[^{block.number}]: {message('fact_separator').join(facts)}"


def _seals(content: Content) -> Iterator[str]:
    yield "---"
    yield f"## {escaped(message('dossier_seals'))}"
    if not content.proofs:
        yield escaped(message("dossier_seals_none"))
        return
    yield escaped(message("dossier_seals_intro"))
    yield escaped(message("dossier_seals_check"))
    for proof in content.proofs:
        yield f"### {escaped(message('dossier_seal_heading', number=proof.number))}"
        yield _facts(proof)


def _facts(proof: Proof) -> str:
    return "\n".join(f"- {label}{_colon()} {_inner(value)}" for label, value in proof.facts)


def _colon() -> str:
    return message("colon")


def _flanks(outside: str, inside: str) -> bool:
    """Tell whether stars between these two characters face the one inside."""
    if _is_space(inside):
        return False
    return not _is_punctuation(inside) or _is_space(outside) or _is_punctuation(outside)


def _is_space(char: str) -> bool:
    return unicodedata.category(char) == "Zs"


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _inner(text: str) -> str:
    """Escape a text that begins no line."""
    return _sign().sub(lambda found: f"\\{found[0]}", text)


@cache
def _sign() -> re.Pattern[str]:
    # Anywhere in a line, then at its beginning only. "@" would call people on some sites,
    # ":" begin an emoji's name; "." is escaped only where an address would become a link.
    return re.compile(
        r"[\\`*_{}\[\]<>#|~&!$@^]|:(?=[\w/])|(?<=www)\.|^[-+=]", re.MULTILINE | re.IGNORECASE
    )


@cache
def _list_number() -> re.Pattern[str]:
    return re.compile(r"^(\s{0,3}\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
