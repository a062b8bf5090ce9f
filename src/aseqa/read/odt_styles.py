"""What the styles of an OpenDocument text say of its paragraphs and runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

MAX_PARENTS = 20
BODY_LEVEL = 10

_WEIGHT = "xsl-fo-compatible|font-weight"


@dataclass(frozen=True, slots=True)
class Style:
    """A style's say: None where it says nothing; ``title`` marks the document's title."""

    bold: bool | None = None
    hidden: bool | None = None
    title: bool = False


PLAIN = Style()


def read_styles(roots: Iterable[Element]) -> dict[str, Style]:
    """Read every named style, with what it takes over from its parents."""
    declared = {
        style.get("style|name", ""): style for root in roots for style in root.iter("style|style")
    }
    return {name: _resolved(name, declared) for name in declared}


def _resolved(name: str, declared: Mapping[str, Element]) -> Style:
    style = PLAIN
    for _ in range(MAX_PARENTS):
        element = declared.get(name)
        if element is None:
            break
        style = over(style, _declared(element, name))
        name = element.get("style|parent-style-name", "")
    return style


def _declared(element: Element, name: str) -> Style:
    look = element.find("style|text-properties")
    if look is None:
        return Style(title=name == "Title")
    weight, display = look.get(_WEIGHT), look.get("text|display")
    bold = None if weight is None else weight in ("bold", "600", "700", "800", "900")
    return Style(bold, None if display is None else display == "none", name == "Title")


def over(upper: Style, lower: Style) -> Style:
    """Let ``upper`` speak first and ``lower`` where it says nothing."""
    return Style(
        lower.bold if upper.bold is None else upper.bold,
        lower.hidden if upper.hidden is None else upper.hidden,
        upper.title or lower.title,
    )
