"""What a file says of itself: the YAML block at its top."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.dates import iso_date
from aseqa.records import VOICE_KINDS
from aseqa.text import squeeze

_BLOCK = re.compile(
    r"\A\s*---[ \t]*\n(?P<yaml>(?=[ \t]*[\w#\"'])(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_FIRST_KEY = re.compile(r"\A(?:[ \t]*(?:#.*)?\n)*[\w\"'][^\n:]{0,60}:(?:\s|$)")
_PARTIAL_DATE = re.compile(r"^\d{4}(?:-\d{2})?$")

# Every name under which a field may stand, folded.
_NAMES = {
    "title": "title titre",
    "author": "author authors auteur auteurs auteurice",
    "date": "date published publie date_publication",
    "publisher": "publisher site sitename editeur media source",
    "url": "url link lien adresse canonical",
    "kind": "kind type genre",
    "voice": "voice voix",
}
_KEYS = {name: key for key, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of the block, where it ends in the text, and whatever else it holds."""

    end: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def date(self) -> str | None:
        printed = self.fields.get("date", "")
        return printed if _PARTIAL_DATE.match(printed) else iso_date(printed)

    @property
    def kind(self) -> str | None:
        return squeeze(self.fields.get("kind", "")).replace(" ", "_") or None

    @property
    def voice(self) -> str | None:
        kind = squeeze(self.fields.get("voice", ""))
        return kind if kind in VOICE_KINDS else None


def has_front_matter(text: str) -> bool:
    """Tell whether ``text`` opens with a YAML block of named fields."""
    block = _BLOCK.match(text)
    return block is not None and _FIRST_KEY.match(block["yaml"]) is not None


def read_front_matter(text: str, source: str) -> FrontMatter:
    """Read the YAML block at the top of ``text``; without one, everything is empty.

    Raises
    ------
    ReadError
        When the block is not valid YAML.
    """
    block = _BLOCK.match(text)
    if not block or not has_front_matter(text):
        return FrontMatter()
    loaded = _load(block["yaml"], source)
    if not isinstance(loaded, dict):
        return FrontMatter()
    printed = {str(key): _printed(value) for key, value in loaded.items()}
    fields = {_KEYS[squeeze(key)]: v for key, v in printed.items() if v and squeeze(key) in _KEYS}
    rest = {key: v for key, v in printed.items() if v and squeeze(key) not in _KEYS}
    return FrontMatter(block.end(), fields, rest)


def _load(yaml_text: str, source: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(yaml_text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        # The block's first line is the second of the file.
        line = mark.line + 2 if mark else 1
        problem = fault.problem or ""
        raise ReadError(
            message("read_front_matter", path=source, line=line, fault=problem)
        ) from None
    except (yaml.YAMLError, ValueError) as fault:
        raise ReadError(
            message("read_front_matter", path=source, line=1, fault=str(fault).splitlines()[0])
        ) from None


def _printed(value: Any) -> str:
    """Print a scalar or a list of scalars; a nested mapping says nothing to a reader."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(filter(None, map(_printed, value)))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
