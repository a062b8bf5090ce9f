"""The footnotes part of a Word document, which python-docx (1.2) does not write itself.

The part and its two separators follow ECMA-376, 5th edition, part 1, 11.3.7 and 17.11.
"""

from __future__ import annotations

from typing import Any

from aseqa.export.blocks import Quotation
from aseqa.export.docx_xml import element, paragraph, run
from aseqa.messages import message

PART_NAME = "/word/footnotes.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# Word's own names, which it shows in the language of its reader.
TEXT_STYLE, CALL_STYLE = "footnote text", "footnote reference"
_POINTS = 9

# Word keeps the numbers up to 0 for the lines above the notes.
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class Footnotes:
    """The footnotes of one document of python-docx: added one by one, then put into it."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._text, self._call = _add_styles(document)
        separators = (
            element("footnote", element("p", run(element(kind))), type=kind, id=number)
            for number, kind in _SEPARATORS.items()
        )
        self._root = element("footnotes", *separators)

    def add(self, block: Quotation) -> Any:
        """Write the footnote of a quote; give the run that calls it."""
        words = paragraph(
            self._text,
            run(element("footnoteRef"), self._call),
            run(f" {message('fact_separator').join(block.note)}"),
        )
        self._root.append(element("footnote", words, id=block.number))
        return run(element("footnoteReference", id=block.number), self._call)

    def finish(self) -> None:
        """Put the part into the package, and name its separators in the settings."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml.ns import qn

        part = self._document.part
        footnotes = XmlPart(PackURI(PART_NAME), CONTENT_TYPE, self._root, part.package)
        part.relate_to(footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
        named = element("footnotePr", *(element("footnote", id=number) for number in _SEPARATORS))
        # The schema wants it right before this one.
        self._document.settings.element.find(qn("w:compat")).addprevious(named)


def _add_styles(document: Any) -> tuple[str, str]:
    """Add the styles of notes and of their calls; give their ids."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = document.styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(_POINTS)
    text.paragraph_format.space_after = Pt(0)
    call = document.styles.add_style(CALL_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    call.font.superscript = True
    return text.style_id, call.style_id
