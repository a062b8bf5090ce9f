"""Finding one's way in a record of the Assembly's open data, whose shapes vary with its content.

One element alone is no list; what is absent is null, an empty string or ``{"@xsi:nil": "true"}``;
words may stand under ``#text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aseqa.read.dates import iso_date
from aseqa.read.question_html import plain, text_of

Tree = Mapping[str, Any]


def scalar(tree: Any, *path: str) -> str | None:
    """Give the words at the end of ``path``; None where nothing, or no words, stand there."""
    for name in path:
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    if isinstance(tree, Mapping):
        tree = tree.get("#text")
    if isinstance(tree, str | int) and not isinstance(tree, bool):
        return plain(str(tree)) or None
    return None


def many(tree: Any, plural: str, singular: str) -> list[Any]:
    """Give what stands under ``plural``: one element alone is no list there."""
    holder = tree.get(plural) if isinstance(tree, Mapping) else None
    found = holder.get(singular) if isinstance(holder, Mapping) else holder
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if one and not _is_nil(one)]


def trees(tree: Any, plural: str, singular: str) -> list[Tree]:
    """Give what stands under ``plural`` and has parts of its own."""
    return [one for one in many(tree, plural, singular) if isinstance(one, Mapping)]


def _is_nil(one: Any) -> bool:
    return isinstance(one, Mapping) and one.get("@xsi:nil") in ("true", True)


def last_text(record: Tree, plural: str) -> Tree:
    """Give the last publication of a text; a corrected one comes after the first."""
    found = trees(record, plural, plural.replace("textes", "texte", 1))
    return next((one for one in reversed(found) if html_of(one)), {})


def html_of(publication: Any) -> str:
    """Give the HTML of a published text; an empty string where it says nothing."""
    found = publication.get("texte") if isinstance(publication, Mapping) else None
    if isinstance(found, Mapping):
        found = found.get("#text")
    return found if isinstance(found, str) and text_of(found) else ""


def day_of(published_text: Any) -> str | None:
    """Give the day of the Journal officiel, or else the day that stands alone."""
    direct = day_in(scalar(published_text, "infoJO", "dateJO"))
    return direct or day_in(scalar(published_text, "dateDepotSignal"))


def day_in(words: str | None) -> str | None:
    """Give the day that ``words`` name, in ISO 8601."""
    return iso_date(words) if words else None
