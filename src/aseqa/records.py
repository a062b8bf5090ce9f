"""The records that travel through the chain, from the file to the screen.

One invariant binds them: ``document.text[x.start:x.end] == x.text`` for every
sentence, passage and quote. Offsets count Python characters, half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

VOICE_KINDS = (
    "parlementaire",
    "gouvernement",
    "inspection",
    "justice",
    "collectivite",
    "syndicat",
    "association",
    "presse",
    "loi",
    "statistique",
    "autre",
)

# What the readers of files call a document; its own metadata may call it something else.
DOCUMENT_KINDS = (
    "question_ecrite",
    "question_orale",
    "question_gouvernement",
    "loi",
    "rapport",
    "presse",
    "page_web",
    "texte",
    "pdf",
    "tableau",
    "courriel",
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. ``reported`` is the source that the sentence itself names ("selon …")."""

    kind: str = "autre"
    name: str | None = None
    reported: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        return {"kind": self.kind, "name": self.name, "reported": self.reported}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's lower left corner.

    ``page`` counts from 1.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Layout(Protocol):
    """Where the characters of a document's text stand on its pages."""

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Give one box for each printed line of ``text[start:end]``, in reading order."""
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of quotable text with one voice and one date.

    Sections of a document are disjoint and ordered; what none covers (page
    debris, menus, captions) is neither indexed nor quoted.
    """

    name: str
    start: int
    end: int
    voice: Voice = field(default_factory=Voice)
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file; the documents of one file share its ``text``.

    ``source`` is the file's path relative to the corpus root, with ``/``;
    ``sha256`` is the hash of the file's bytes; ``date`` is ISO 8601; ``layout`` is that of
    a file that has pages.
    """

    id: str
    source: str
    sha256: str
    text: str
    kind: str
    title: str | None
    date: str | None
    author: str | None
    publisher: str | None
    url: str | None
    sections: tuple[Section, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest thing that is indexed and quoted.

    ``role`` is ``prose``, ``heading``, ``item`` (of an enumeration), ``row`` (of a table)
    or ``field`` (a "name : value" line). ``section`` counts the document's sections from 0;
    ``boxes`` are where it stands on its pages, for a file that has pages. ``as_of`` is the
    day, month, year or interval (ISO 8601) that what it says holds for, where the text tells
    it; ``territories`` are the places that it is about.
    """

    start: int
    end: int
    text: str
    section: int
    role: str
    voice: Voice
    boxes: tuple[Box, ...] = ()
    as_of: str | None = None
    territories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one section, short enough to be read at a glance."""

    start: int
    end: int
    text: str
    section: int


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage found, with the score of its best sentence."""

    document: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked to look at only; an empty tuple means everything.

    ``as_of`` is a day: what was published by then, and of the law what was in force.
    """

    kinds: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    @classmethod
    def of(cls, **only: Any) -> Filters:
        """Make filters from lists and dates given by name; one value alone stands for its list.

        Raises
        ------
        TypeError
            When a name is not one of the fields.

        Examples
        --------
        >>> Filters.of(kinds="loi", since="2024-01-01").kinds
        ('loi',)
        """
        given: dict[str, Any] = {}
        for name, value in only.items():
            listed = name not in _DAYS
            given[name] = (value,) if listed and isinstance(value, str) else value
            if listed:
                given[name] = tuple(given[name] or ())
        return cls(**given)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


_DAYS = ("since", "until", "as_of")
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class SourceView:
    """What the source pane shows: one document with its sections and sentence offsets."""

    document: Document
    sentences: tuple[Sentence, ...]
