"""A debate in the chamber cut into its turns: who speaks, for the Government or the Parliament."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aseqa.read.question_html import html_lines, plain
from aseqa.read.question_text import DEBATE, QUESTION, REPLY, Said
from aseqa.records import Voice
from aseqa.text import squeeze

MIN_TURNS = 2

_SPEAKER = re.compile(
    r"<(?P<bold>strong|b)\b[^<>]*>(?P<name>.*?)(?P<bold_end></(?P=bold)\s*>)"
    r"(?P<office>\s*<(?P<slanted>i|em)\b[^<>]*>.*?</(?P=slanted)\s*>)?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:MM?\.|Mmes?|Mlle|Plusieurs|Une?|De nombreux)\s\S.*$")
_CLOSING = re.compile(r"\s*[.,](?![.])")
_CHAIR = re.compile(r"(?:m\.|mme) l[ea] presidente?\b")
_GOVERNMENT = re.compile(r"\bministre\b|\bsecretaire d'etat\b|\bgarde des sceaux\b|\bhaut.commiss")
_MEMBER = re.compile(r"(?:m\.|mme|mlle) (?!l[ea] )|.*\bdeputee?s?\b|.*\bsenat(?:eur|rice)s?\b")
_CALLED = re.compile(
    r"[Ll]a parole est à ((?:M\.|Mme)\s(?!l[ea]\s)[^.,;(]{3,60}?)(?:[.,]|\spour\b)"
)


@dataclass(slots=True)
class _Turn:
    """One speaker's words; ``label`` is how the record announces the speaker."""

    label: str = ""
    name: str = ""
    office: str = ""
    lines: list[str] = field(default_factory=list)


def read_debate(html: str, author: str | None, date: str | None) -> tuple[str | None, list[Said]]:
    """Cut a debate into turns; no turns for a text that is none.

    Gives the author (who is called first, where ``author`` is not known) and what
    was said: the author asks, members of the Government reply, all else is debate.
    """
    turns = _turns(html)
    if sum(bool(turn.label) for turn in turns) < MIN_TURNS:
        return author, []
    author = author or _first_called(turns)
    offices = _offices(turns)
    said = []
    for turn in turns:
        name, voice = _voice(turn, author, offices)
        said.append(Said(name, "\n".join(turn.lines).strip(), voice, date, turn.label))
    return author, [one for one in said if one.text or one.label]


def _turns(html: str) -> list[_Turn]:
    turns = [_Turn()]
    for line in html_lines(html):
        words = plain(line)
        speaker = _SPEAKER.match(line)
        opened = _opened(speaker, words) if speaker else None
        if opened:
            turns.append(opened)
        else:
            turns[-1].lines.append(words)
    return turns


def _opened(speaker: re.Match[str], words: str) -> _Turn | None:
    """Give the turn that a line in bold opens; a comma announces the speaker's office."""
    name, office = plain(speaker["name"]), ""
    end = speaker.end("bold_end")
    if name.endswith(",") and speaker["office"]:
        office, end = plain(speaker["office"]), speaker.end()
    label = plain(speaker.string[:end])
    if not words.startswith(label):
        return None
    closing = _CLOSING.match(words, len(label))
    if not _NAMED.match(name) or not (closing or name.endswith((".", ","))):
        return None
    name, _, stated = name.partition(",")
    spoken = words[closing.end() if closing else len(label) :].lstrip()
    return _Turn(label, name.strip(" ."), (office or stated).strip(" ."), [spoken])


def _first_called(turns: Sequence[_Turn]) -> str | None:
    for turn in turns:
        called = _CALLED.search(" ".join(turn.lines))
        if called and _CHAIR.match(squeeze(turn.name)):
            return called.group(1)
    return None


def _offices(turns: Sequence[_Turn]) -> dict[str, str]:
    """Give each speaker's office in its longest form: later turns shorten it to "ministre"."""
    found: dict[str, str] = {}
    for turn in turns:
        if len(turn.office) > len(found.get(turn.name, "")):
            found[turn.name] = turn.office
    return found


def _voice(turn: _Turn, author: str | None, offices: dict[str, str]) -> tuple[str, Voice]:
    office, folded = offices.get(turn.name, ""), squeeze(turn.name)
    if _GOVERNMENT.search(squeeze(office)):
        return REPLY, Voice("gouvernement", f"{turn.name}, {office}")
    if author and folded == squeeze(author):
        return QUESTION, Voice("parlementaire", author)
    if office or not _MEMBER.match(folded):
        return DEBATE, Voice("autre", turn.name or None)
    return DEBATE, Voice("parlementaire", turn.name)
