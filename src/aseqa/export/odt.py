"""A dossier as an OpenDocument text, with footnotes (odfdo)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from html import escape
from typing import Any

from aseqa.dossier import Dossier
from aseqa.export.blocks import Asking, Content, Quotation, Title, Words
from aseqa.export.content import content_of
from aseqa.messages import message

_STYLE = (
    '<style:style style:name="{name}" style:display-name="{shown}" style:family="{family}"{parent}>'
    "{properties}</style:style>"
)
# OpenDocument 1.3, part 3, 16 and 20: what each kind of paragraph looks like.
_PARAGRAPH = '<style:paragraph-properties {}/><style:text-properties fo:font-size="{}"{}/>'
_SHAPES = {
    "question": _PARAGRAPH.format(
        'fo:margin-top="3mm" fo:margin-bottom="2mm" fo:keep-with-next="always"',
        "12pt",
        ' fo:font-style="italic"',
    ),
    "quote": _PARAGRAPH.format(
        'fo:margin-left="8mm" fo:keep-with-next="always"',
        "11pt",
        ' fo:language="fr" fo:country="FR"',
    ),
    "voice": _PARAGRAPH.format(
        'fo:margin-left="8mm" fo:margin-bottom="3mm"', "10pt", ' fo:color="#404040"'
    ),
    "note": _PARAGRAPH.format(
        'fo:margin-left="14mm" fo:margin-bottom="3mm"',
        "10.5pt",
        ' fo:font-style="italic" fo:color="#1f3a5f"',
    ),
    "fact": _PARAGRAPH.format('fo:margin-left="0mm"', "9pt", ""),
    "footnote": _PARAGRAPH.format('fo:margin-left="0mm"', "9pt", ""),
    "seals": '<style:paragraph-properties fo:break-before="page"/>',
    "answer": '<style:text-properties fo:font-weight="bold"/>',
}
_PARENTS = {"seals": "Heading_20_1"}
_BREAK = "<text:line-break/>"


def write(dossier: Dossier, today: date | None = None) -> bytes:
    """Give the document; without a day, its properties bear the first of January 1980.

    Raises
    ------
    ModuleNotFoundError
        When odfdo is not installed.
    """
    from odfdo import Document, Element

    content = content_of(dossier, today)
    document: Any = Document("text")
    document.body.clear()
    _set_properties(document, content, today or date(1980, 1, 1))
    for name in _SHAPES:
        document.insert_style(_style_xml(name))
    for block in (*_body(content), *_seals(content)):
        document.body.append(Element.from_tag(block))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_properties(document: Any, content: Content, day: date) -> None:
    known = document.meta
    known.title, known.generator = content.title, "aseqa"
    known.language = message("dossier_locale")
    known.creation_date = known.date = datetime.combine(day, time())


def _style_xml(name: str) -> str:
    family = "text" if name == "answer" else "paragraph"
    parent = _PARENTS.get(name, "Standard")
    return _STYLE.format(
        name=_style(name),
        shown=message(f"dossier_style_{name}"),
        family=family,
        parent=f' style:parent-style-name="{parent}"' if family == "paragraph" else "",
        properties=_SHAPES[name],
    )


def _body(content: Content) -> Iterator[str]:
    yield _heading(1, content.title)
    yield from (_paragraph("Text_20_body", _text(line)) for line in content.lead)
    for block in content.body:
        if isinstance(block, Title):
            yield _heading(2, block.text)
        elif isinstance(block, Words):
            yield _paragraph(_style("note"), _BREAK.join(map(_text, block.lines)))
        elif isinstance(block, Asking):
            asked = message("dossier_question", colon=message("colon"), question=block.text)
            yield _paragraph(_style("question"), _text(asked))
        else:
            yield _paragraph(_style("quote"), _quoted(block) + _footnote(block))
            yield _paragraph(_style("voice"), _text(f"— {block.voice}"))


def _quoted(block: Quotation) -> str:
    opening, closing = message("quoted", text="\0").split("\0")
    answer = _bold(block.answer) if block.answer else ""
    return f"{_text(opening + block.before)}{answer}{_text(block.after + closing)}"


def _footnote(block: Quotation) -> str:
    # The space keeps the words off the number that stands before them.
    facts = _text(f" {message('fact_separator').join(block.note)}")
    words = _paragraph(_style("footnote"), facts)
    return (
        f'<text:note text:id="note{block.number}" text:note-class="footnote"><text:note-citation>'
        f"{block.number}</text:note-citation><text:note-body>{words}</text:note-body></text:note>"
    )


def _seals(content: Content) -> Iterator[str]:
    yield _heading(1, message("dossier_seals"), _style("seals"))
    if not content.proofs:
        yield _paragraph("Text_20_body", _text(message("dossier_seals_none")))
        return
    yield _paragraph("Text_20_body", _text(message("dossier_seals_intro")))
    yield _paragraph("Text_20_body", _text(message("dossier_seals_check")))
    for proof in content.proofs:
        yield _heading(2, message("dossier_seal_heading", number=proof.number))
        facts = (_bold(f"{label}{message('colon')} ") + _text(told) for label, told in proof.facts)
        yield _paragraph(_style("fact"), _BREAK.join(facts))


def _heading(level: int, text: str, style: str | None = None) -> str:
    """Write a heading; as a "list header" it does without the number that odfdo's model gives."""
    name = style or f"Heading_20_{level}"
    return (
        f'<text:h text:style-name="{name}" text:outline-level="{level}" '
        f'text:is-list-header="true">{_text(text)}</text:h>'
    )


def _paragraph(style: str, content: str) -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _bold(text: str) -> str:
    return f'<text:span text:style-name="{_style("answer")}">{_text(text)}</text:span>'


def _text(text: str) -> str:
    """Escape a text; a space at an end or after another counts only as an element of its own."""
    return _space().sub("<text:s/>", escape(text))


@cache
def _space() -> re.Pattern[str]:
    return re.compile(r"^ | $|(?<= ) ")


def _style(name: str) -> str:
    return f"Dossier_{name}"
