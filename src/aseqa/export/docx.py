"""A dossier as a Word document, with footnotes of Word's own (python-docx)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from aseqa.dossier import Dossier
from aseqa.export.blocks import Asking, Content, Quotation, Title, Words
from aseqa.export.content import content_of
from aseqa.export.docx_footnotes import Footnotes
from aseqa.export.docx_xml import line_break, paragraph, run
from aseqa.messages import message

QUOTED_LANGUAGE = "fr-FR"
_A4_MM = (210, 297)
_MARGIN_MM = 25


def write(dossier: Dossier, today: date | None = None) -> bytes:
    """Give the document; without a day, its properties bear the first of January 1980.

    Raises
    ------
    ModuleNotFoundError
        When python-docx is not installed.
    """
    from docx import Document

    content = content_of(dossier, today)
    document = Document()
    _set_properties(document, content, today or date(1980, 1, 1))
    _set_page(document)
    ids = _add_styles(document)
    footnotes = Footnotes(document)
    body = document.element.body
    # Its last element is the page's shape, and stays the last.
    body[0:0] = [*_body(content, ids, footnotes), *_seals(content, ids)]
    footnotes.finish()
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_properties(document: Any, content: Content, day: date) -> None:
    known = document.core_properties
    known.title = content.title
    known.author = known.last_modified_by = known.comments = ""
    known.language = message("dossier_locale")
    known.created = known.modified = datetime.combine(day, time(), UTC).replace(tzinfo=None)


def _set_page(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _A4_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)


def _add_styles(document: Any) -> dict[str, str]:
    """Add one style for each kind of paragraph; give their ids."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), message("dossier_locale"))
    ids: dict[str, str] = {}
    shapes: dict[str, tuple[float, float, bool, RGBColor | None]] = {
        "question": (12, 0, True, None),
        "quote": (11, 8, False, None),
        "voice": (10, 8, False, RGBColor(0x40, 0x40, 0x40)),
        "note": (10.5, 14, True, RGBColor(0x1F, 0x3A, 0x5F)),
        "fact": (9, 0, False, None),
    }
    for name, (points, indent, italic, color) in shapes.items():
        style = document.styles.add_style(message(f"dossier_style_{name}"), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.italic = Pt(points), italic
        style.paragraph_format.left_indent = Mm(indent)
        style.paragraph_format.space_after = Pt(0 if name in ("quote", "fact") else 8)
        style.paragraph_format.keep_with_next = name in ("question", "quote")
        if color is not None:
            style.font.color.rgb = color
        ids[name] = style.style_id
    _speak(document.styles[message("dossier_style_quote")], QUOTED_LANGUAGE)
    answer = document.styles.add_style(message("dossier_style_answer"), WD_STYLE_TYPE.CHARACTER)
    answer.font.bold = True
    return {**ids, "answer": answer.style_id}


def _speak(style: Any, language: str) -> None:
    """Tell those who check spelling, or read aloud, what language a style is in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(spoken)


def _body(content: Content, ids: Mapping[str, str], footnotes: Footnotes) -> Iterator[Any]:
    yield paragraph("Title", run(content.title))
    yield from (paragraph("Normal", run(line)) for line in content.lead)
    for block in content.body:
        if isinstance(block, Title):
            yield paragraph("Heading1", run(block.text))
        elif isinstance(block, Words):
            yield paragraph(ids["note"], *_lines([[run(line)] for line in block.lines]))
        elif isinstance(block, Asking):
            asked = message("dossier_question", colon=message("colon"), question=block.text)
            yield paragraph(ids["question"], run(asked))
        else:
            yield paragraph(ids["quote"], *_quoted(block, ids), footnotes.add(block))
            yield paragraph(ids["voice"], run(f"— {block.voice}"))


def _quoted(block: Quotation, ids: Mapping[str, str]) -> Iterator[Any]:
    opening, closing = message("quoted", text="\0").split("\0")
    yield run(opening + block.before)
    if block.answer:
        yield run(block.answer, ids["answer"])
    yield run(block.after + closing)


def _seals(content: Content, ids: Mapping[str, str]) -> Iterator[Any]:
    yield paragraph("Heading1", run(message("dossier_seals")), on_new_page=True)
    if not content.proofs:
        yield paragraph("Normal", run(message("dossier_seals_none")))
        return
    yield paragraph("Normal", run(message("dossier_seals_intro")))
    yield paragraph("Normal", run(message("dossier_seals_check")))
    for proof in content.proofs:
        yield paragraph("Heading2", run(message("dossier_seal_heading", number=proof.number)))
        facts = [
            [run(f"{label}{message('colon')} ", ids["answer"]), run(value)]
            for label, value in proof.facts
        ]
        yield paragraph(ids["fact"], *_lines(facts))


def _lines(lines: Iterable[Iterable[Any]]) -> Iterator[Any]:
    """Put a break between lines of runs."""
    for number, runs in enumerate(lines):
        if number:
            yield line_break()
        yield from runs
