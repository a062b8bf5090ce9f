"""The few elements of WordprocessingML that an export is made of, each put together at once.

python-docx makes them too, but looks each style up in the whole list of styles and each
paragraph's place in the whole body: minutes for a dossier of some hundred quotes.
"""

from __future__ import annotations

from typing import Any

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """Make an element of the ``w`` namespace, its attributes being of that namespace too."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(content: Any, style: str | None = None) -> Any:
    """Make a run of a text, or of one other element; ``style`` is the id of its style."""
    if isinstance(content, str):
        text = element("t")
        text.text = content
        text.set(_SPACE, "preserve")
        content = text
    properties = [element("rPr", element("rStyle", val=style))] if style else []
    return element("r", *properties, content)


def line_break() -> Any:
    """Make a run that begins a new line of the same paragraph."""
    return run(element("br"))


def paragraph(style: str, *runs: Any, on_new_page: bool = False) -> Any:
    """Make a paragraph of runs; ``style`` is the id of its style."""
    properties = element("pPr", element("pStyle", val=style))
    if on_new_page:
        properties.append(element("pageBreakBefore"))
    return element("p", properties, *runs)
