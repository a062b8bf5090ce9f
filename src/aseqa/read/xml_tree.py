"""XML read without its dangers, and turned into the dictionaries that its JSON twin would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aseqa.errors import ReadError
from aseqa.messages import message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = 60
# Elements that hold HTML, whose tags stay words of their text.
_HTML_HOLDERS = frozenset(["texte", "erratum"])
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"


def parse_xml(raw: bytes, source: str) -> Element:
    """Parse XML; a document type or an entity of its own is refused.

    Raises
    ------
    ReadError
        When the XML is unsafe, damaged or in an unknown encoding.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        fault = "il déclare un type de document ou des entités"
        raise ReadError(message("read_unsafe", path=source, fault=fault)) from None
    except SyntaxError as fault:
        line = getattr(fault, "position", (1, 0))[0]
        told = f"XML mal formé, ligne {line}"
        raise ReadError(message("read_damaged", path=source, fault=told)) from None
    except (LookupError, ValueError):
        told = "XML d'un codage inconnu"
        raise ReadError(message("read_damaged", path=source, fault=told)) from None
    return root


def read_tree(raw: bytes, source: str) -> dict[str, Any]:
    """Parse XML into dictionaries: a repeated element is a list, a nil or an empty one is None.

    Examples
    --------
    >>> read_tree(b'<q xmlns="urn:x"><uid>1</uid><a>x</a><a/></q>', "q.xml")
    {'q': {'uid': '1', 'a': ['x', None]}}
    """
    root = parse_xml(raw, source)
    return {_name(root.tag): _value(root, source, 1)}


def _value(element: Element, source: str, depth: int) -> Any:
    if depth > MAX_DEPTH:
        fault = "trop d'éléments emboîtés"
        raise ReadError(message("read_schema", path=source, fault=fault))
    if element.get(f"{_SCHEMA}nil") in ("true", "1"):
        return None
    if _name(element.tag) in _HTML_HOLDERS:
        return _markup(element) or None
    if not len(element):
        return (element.text or "").strip() or None
    kind = element.get(f"{_SCHEMA}type")
    found: dict[str, Any] = {"@xsi:type": kind} if kind else {}
    for child in element:
        name, value = _name(child.tag), _value(child, source, depth + 1)
        if name in found:
            earlier = found[name]
            found[name] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
        else:
            found[name] = value
    return found


def _markup(element: Element, depth: int = 0) -> str:
    """Give what an element holds, the tags inside it written out as far as they may nest."""
    if depth > MAX_DEPTH:
        return "".join(element.itertext())
    words = [element.text or ""]
    for child in element:
        name = _name(child.tag)
        words.append(f"<{name}>{_markup(child, depth + 1)}</{name}>{child.tail or ''}")
    return "".join(words)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]
