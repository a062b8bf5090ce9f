"""The blocks that an export is made of: text that is safe to show, and what it is there for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of the reader."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A note of the reader, by itself or on the quote above it; one text a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The question that the quotes below answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote: its words before, in and after those that answer; ``number`` is its footnote's.

    ``note`` are the facts of the footnote, of which ``note[0]`` is the reference; ``address``
    is the web address in it, or empty.
    """

    number: int
    before: str
    answer: str
    after: str
    voice: str
    note: tuple[str, ...]
    address: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.answer}{self.after}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What lets a reader check a quote: labels and values."""

    number: int
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A dossier as it is shown: its head, its body, and its last page."""

    title: str
    lead: tuple[str, ...]
    body: tuple[Title | Words | Asking | Quotation, ...]
    proofs: tuple[Proof, ...]

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        return tuple(block for block in self.body if isinstance(block, Quotation))
