"""What a file beside the documents says of them: ``metadata.csv`` or ``metadata.yaml``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.front_matter import FrontMatter
from aseqa.read.sidecar_rules import Rule, matches, rules_of_csv, rules_of_yaml, steps_of
from aseqa.records import Document, Section, Voice

_READERS = {".csv": rules_of_csv, ".yaml": rules_of_yaml, ".yml": rules_of_yaml}
NAMES = frozenset(f"metadata{suffix}" for suffix in _READERS)


def is_sidecar(name: str) -> bool:
    """Tell whether a file of that name describes others, and so is no document itself.

    Examples
    --------
    >>> is_sidecar("metadata.csv"), is_sidecar("metadata.txt")
    (True, False)
    """
    return name.lower() in NAMES


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is said of the files of one folder, from the least to the most precise rule."""

    rules: tuple[Rule, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> Sidecar:
        """Read the metadata files of ``folder``; without one, the sidecar is empty.

        Raises
        ------
        ReadError
            When a metadata file cannot be read, with the line at fault.
        """
        rules: list[Rule] = []
        for path in sorted(path for path in folder.iterdir() if is_sidecar(path.name)):
            try:
                raw = path.read_bytes()
            except OSError as fault:
                raise ReadError(message("read_refused", path=path, fault=fault.strerror)) from fault
            if raw.strip():
                rules += _READERS[path.suffix.lower()](raw, str(path))
        return cls(tuple(sorted(rules, key=lambda rule: rule.precision)))

    def fields(self, relative: str) -> Mapping[str, str]:
        """Give what is said of the file at ``relative``, a path from the sidecar's folder."""
        steps = steps_of(relative)
        said: dict[str, str] = {}
        for rule in self.rules:
            if matches(steps, rule.pattern):
                said |= rule.said
        return said

    def digest(self, relative: str) -> str:
        """Give a hash of what is said of a file, the same until it changes; "" for nothing."""
        said = self.fields(relative)
        if not said:
            return ""
        written = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()

    def apply(self, document: Document, relative: str) -> Document:
        """Give the document with what is said of it; what is not said stays as it was read.

        Sections follow where the whole document has one date or one voice.
        """
        said = self.fields(relative)
        return _described(document, FrontMatter.of(said)) if said else document


def sidecars_for(
    path: Path, root: Path, load: Callable[[Path], Sidecar] = Sidecar.load
) -> list[tuple[Sidecar, str]]:
    """Give the sidecars that speak of a file, each with the file's path from its folder.

    They stand from ``root`` down to the file's own folder: applied in that order, the
    nearest wins. ``load`` may be one that remembers the folders it has seen.
    """
    steps = path.relative_to(root).parts
    folders = [root.joinpath(*steps[:depth]) for depth in range(len(steps))]
    found = ((load(folder), "/".join(steps[depth:])) for depth, folder in enumerate(folders))
    return [(sidecar, relative) for sidecar, relative in found if sidecar.fields(relative)]


def _described(document: Document, said: FrontMatter) -> Document:
    fields = said.fields
    given = replace(
        document,
        title=fields.get("title", document.title),
        date=said.date or document.date,
        author=fields.get("author", document.author),
        publisher=fields.get("publisher", document.publisher),
        url=fields.get("url", document.url),
        kind=said.kind or document.kind,
        metadata={**document.metadata, **said.metadata},
    )
    dates = {section.date for section in document.sections}
    voices = {section.voice for section in document.sections}
    date = said.date if said.date and len(dates) == 1 else None
    voice = _voice(document, next(iter(voices)), said) if len(voices) == 1 else None
    return replace(given, sections=tuple(_follow(s, date, voice) for s in document.sections))


def _follow(section: Section, date: str | None, voice: Voice | None) -> Section:
    return replace(section, date=date or section.date, voice=voice or section.voice)


def _voice(document: Document, voice: Voice, said: FrontMatter) -> Voice:
    """Give the voice of a document: named after its new publisher, or else its new author."""
    by_kind = said.kind if said.kind in ("loi", "presse") and voice.kind == "autre" else None
    name = voice.name
    if name in (None, document.publisher, document.author):
        of_author = name in (None, document.author)
        name = said.fields.get("publisher") or (of_author and said.fields.get("author")) or name
    return Voice(said.voice or by_kind or voice.kind, name, voice.reported)
