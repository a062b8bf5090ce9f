"""Which sentences of a published answer are the Government's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from aseqa.lookup import StoredSentence
from aseqa.records import Document
from aseqa.text import squeeze

REPLY_SECTION = "réponse"
MAX_LABEL_CHARS = 320
_OFFICE = re.compile(r"\bministre\b|\bsecretaire d'etat\b|\bgarde des sceaux\b|\bhaut.commiss")


@cache
def _label() -> re.Pattern[str]:
    """Give the line that announces a speaker: "M. X, ministre délégué.", "Mme Y."."""
    return re.compile(
        r"(?:M\.|Mme|Mlle)\s(?P<name>l[ea]\sprésidente?|(?:[A-ZÀ-Ý][\w'’-]*|d[eu]|des|l[ea])"
        r"(?:\s(?:[A-ZÀ-Ý][\w'’-]*|d[eu]|des|l[ea]|d['’]\w+)){0,6})(?:,\s(?P<office>[^.;:?]{3,240}))?\."
    )


def government_sentences(
    document: Document, rows: Sequence[StoredSentence]
) -> list[StoredSentence]:
    """Keep what the Government says in answer; an oral question's answer is a dialogue.

    Where two speakers or more are announced, each on a line of their own words ("M. le
    président."), only the turns of a member of the Government are kept.
    """
    reply = [
        row
        for row in rows
        if document.sections[row.sentence.section].name == REPLY_SECTION
        and row.sentence.voice.kind == "gouvernement"
        and row.sentence.role != "heading"
    ]
    labels = [_speaker(row.sentence.text) for row in reply]
    if len({name for name, _ in filter(None, labels)}) < 2:
        return [row for row, label in zip(reply, labels, strict=True) if not label]
    return _by_government(reply, labels)


def _speaker(text: str) -> tuple[str, str] | None:
    """Give the name and the office, folded, that a line announces; None for any other line."""
    if len(text) > MAX_LABEL_CHARS:
        return None
    found = _label().fullmatch(unicodedata.normalize("NFC", text).strip())
    return (squeeze(found["name"]), squeeze(found["office"] or "")) if found else None


def _by_government(
    reply: Sequence[StoredSentence], labels: Sequence[tuple[str, str] | None]
) -> list[StoredSentence]:
    members = {name for name, office in filter(None, labels) if _OFFICE.search(office)}
    kept, speaks = [], True
    for row, label in zip(reply, labels, strict=True):
        if label:
            speaks = label[0] in members
        elif speaks:
            kept.append(row)
    return kept
