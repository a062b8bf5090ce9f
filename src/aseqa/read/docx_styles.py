"""What the styles of a Word document say of its paragraphs and runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import hexdigits
from xml.etree.ElementTree import Element

MAX_BASES = 20
BODY_LEVEL = 10

_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|titre) ?([1-9])")
_FIRST_ROW = 0x20
_TITLES = ("title", "titre")
# Tables of contents and indexes repeat words that stand elsewhere.
_DEBRIS = re.compile(r"(?:toc|tm|index|table des mati[eè]res) ?\d|toc heading|table of figures")


@dataclass(frozen=True, slots=True)
class Style:
    """A style's say; None where it says nothing. ``level`` 0 is the title, 10 the body.

    ``heads`` marks a table's style that sets its first row in bold.
    """

    level: int | None = None
    listed: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None
    debris: bool = False
    heads: bool = False


PLAIN = Style()


def read_styles(root: Element | None) -> dict[str, Style]:
    """Read every style, with what it takes over from the styles it is based on."""
    if root is None:
        return {}
    declared = {found.get("w|styleId", ""): found for found in root if found.tag == "w|style"}
    return {name: _resolved(name, declared) for name in declared}


def _resolved(name: str, declared: Mapping[str, Element]) -> Style:
    style = PLAIN
    for _ in range(MAX_BASES):
        element = declared.get(name)
        if element is None:
            break
        style = over(style, _declared(element))
        name = _value(element, "w|basedOn") or ""
    return style


def _declared(element: Element) -> Style:
    title = (_value(element, "w|name") or "").casefold()
    heading = _HEADING.fullmatch(title)
    own = over(
        style_of(element.find("w|pPr"), element.find("w|rPr")),
        Style(debris=_DEBRIS.fullmatch(title) is not None, heads=_heads(element)),
    )
    if heading or title in _TITLES:
        return replace(own, level=int(heading[1]) if heading else 0)
    return own


def style_of(paragraph: Element | None, run: Element | None) -> Style:
    """Read what the properties of a paragraph and of a run say, style names aside."""
    level = _value(paragraph, "w|outlineLvl")
    numbering = paragraph.find("w|numPr") if paragraph is not None else None
    listed = None if numbering is None else _value(numbering, "w|numId") not in ("0", None)
    # A style's numbering may be told by the numbering part alone.
    if numbering is not None and _value(numbering, "w|numId") is None:
        listed = True
    return Style(
        int(level) + 1 if level and level.isdecimal() and len(level) == 1 else None,
        listed,
        switched(run, "w|b"),
        switched(run, "w|vanish"),
    )


def over(upper: Style, lower: Style) -> Style:
    """Let ``upper`` speak first and ``lower`` where it says nothing."""
    return Style(
        lower.level if upper.level is None else upper.level,
        lower.listed if upper.listed is None else upper.listed,
        lower.bold if upper.bold is None else upper.bold,
        lower.hidden if upper.hidden is None else upper.hidden,
        upper.debris or lower.debris,
        upper.heads or lower.heads,
    )


def _heads(element: Element) -> bool:
    rows = (part for part in element.iterfind("w|tblStylePr") if part.get("w|type") == "firstRow")
    return any(switched(row.find("w|rPr"), "w|b") for row in rows)


def names_columns(properties: Element | None, styles: Mapping[str, Style]) -> bool:
    """Tell whether a table's style sets its first row apart, and the table wants it."""
    look = properties.find("w|tblLook") if properties is not None else None
    if look is None or not named_style(properties, "w|tblStyle", styles).heads:
        return False
    told = look.get("w|firstRow")
    bits = look.get("w|val", "0")
    mask = int(bits, 16) if all(bit in hexdigits for bit in bits) and len(bits) < 9 else 0
    return bool(mask & _FIRST_ROW) if told is None else told not in _OFF


def named_style(properties: Element | None, key: str, styles: Mapping[str, Style]) -> Style:
    """Give the style that the properties name under ``key`` ("w|pStyle", "w|rStyle")."""
    return styles.get(_value(properties, key) or "", PLAIN)


def _value(element: Element | None, tag: str) -> str | None:
    found = element.find(tag) if element is not None else None
    return found.get("w|val") if found is not None else None


def switched(properties: Element | None, tag: str) -> bool | None:
    """Read a property that is on unless its value says otherwise; None without it."""
    found = properties.find(tag) if properties is not None else None
    return None if found is None else found.get("w|val", "true") not in _OFF
