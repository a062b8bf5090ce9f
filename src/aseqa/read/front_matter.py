"""What a file says of itself: the YAML block at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    "date": "date published publie date_publication date_de_publication",
    "publisher": "publisher site sitename editeur media source",
    "url": "url link lien adresse canonical",
    "kind": "kind type genre",
    "voice": "voice voix",
}
_KEYS = {name: key for key, names in _NAMES.items() for name in names.split()}


def field_of(name: str) -> str | None:
    """Give the field that a key or a column names, or None.

    Examples
    --------
    >>> field_of("Éditeur"), field_of("Date de publication"), field_of("Département")
    ('publisher', 'date', None)
    """
    return _KEYS.get(squeeze(name).replace(" ", "_"))


def stated_date(printed: str) -> str | None:
    """Give a date as ISO 8601: a day, or a month or a year that is written as ISO."""
    return printed if _PARTIAL_DATE.match(printed) else iso_date(printed)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of the block, where it ends in the text, and whatever else it holds."""

    end: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, printed: Mapping[str, str], end: int = 0) -> FrontMatter:
        """Part what is said into the fields that are known by a name, and the rest."""
        said = {name: words for name, words in printed.items() if words}
        fields = {field: words for name, words in said.items() if (field := field_of(name))}
        rest = {name: words for name, words in said.items() if not field_of(name)}
        return cls(end, fields, rest)

    @property
    def date(self) -> str | None:
        return stated_date(self.fields.get("date", ""))

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
    return FrontMatter.of(printed, block.end())


def _load(yaml_text: str, source: str) -> Any:
    import yaml

    # The block's first line is the second of the file.
    with _faults_of_yaml("read_front_matter", source, first_line=2):
        return yaml.safe_load(yaml_text)


def compose_yaml(yaml_text: str, source: str, key: str) -> Any:
    """Give the tree of nodes of a YAML file, each with its line; None for an empty file.

    Raises
    ------
    ReadError
        With the message ``key`` when the text is not valid YAML.
    """
    import yaml

    with _faults_of_yaml(key, source, first_line=1):
        return yaml.compose(yaml_text, Loader=yaml.SafeLoader)


@contextmanager
def _faults_of_yaml(key: str, source: str, first_line: int) -> Iterator[None]:
    """Turn what the YAML library raises into a ``ReadError`` with the line of the file."""
    import yaml

    try:
        yield
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = mark.line + first_line if mark else 1
        problem = fault.problem or ""
        raise ReadError(message(key, path=source, line=line, fault=problem)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        problem = str(fault).partition("\n")[0]
        raise ReadError(message(key, path=source, line=1, fault=problem)) from None


def _printed(value: Any) -> str:
    """Print a scalar or a list of scalars; a nested mapping says nothing to a reader."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        # A list inside a list is left out: a few aliases can make it endless.
        return ", ".join(filter(None, (_printed(v) for v in value if not isinstance(v, list))))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
