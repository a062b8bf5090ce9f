"""Reads speakers without a name or a known office: "plusieurs associations", "la gérante"."""

from __future__ import annotations

import re

from aseqa.noun_phrases import phrase_end, plain_article
from aseqa.speaker_names import Mention, office_holder
from aseqa.speakers import Cast, Speaker, kind_of
from aseqa.text import fold
from aseqa.voice_words import DOCUMENTS, PLURALS, TIMES

_GROUP = re.compile(
    r"(?:(?:les|des|ces|ses|leurs|nos|aux)\s(?:(?:deux|trois|quatre|cinq|principa(?:ux|les)"
    r"|grande?s|différente?s)\s)?|plusieurs\s|certaine?s\s|(?:de\s)?nombreu(?:x|ses)\s"
    r"|(?:deux|trois|quatre|cinq|six)\s)"
    rf"(?P<noun>{PLURALS})(?![\w-])(?:\s[a-zé]{{2,14}}(?:és|ées|us|ues|ntes)(?!\w))?",
    re.IGNORECASE,
)
# What stands between the group and the next comma belongs to it: "les juges rencontrés".
_TO_COMMA = re.compile(r"(?:\s[^\s,;:.«»()]+){1,4}(?=[,.;]|\Z)")
_ANYONE = re.compile(
    r"(?P<det>l'|le\s|la\s|une?\s|ce\s|cet\s|cette\s|mon\s|ma\s|son\s|sa\s|leur\s|notre\s"
    r"|de\sla\s|de\sl'|du\s)"
    rf"(?P<noun>(?!(?:{TIMES}|{DOCUMENTS})(?!\w))[a-zß-öø-ÿœ-]{{3,30}})(?![\w-])",
    re.IGNORECASE,
)


def read_group(sentence: str, place: int, to_comma: bool = False) -> tuple[Speaker, int] | None:
    """Read those who speak together; ``to_comma`` takes all that stands before a comma."""
    found = _GROUP.match(sentence, place)
    if not found:
        return None
    rest = _TO_COMMA.match(sentence, found.end()) if to_comma else None
    end = rest.end() if rest else phrase_end(sentence, found.end(), office=True)[0]
    label = plain_article(sentence[place:end], contracted=False)
    return Speaker(label, kind_of(label), head=fold(found["noun"]), label=label), end


def read_anyone(sentence: str, place: int, cast: Cast) -> tuple[Speaker, int] | None:
    """Read any noun as a person, where nothing else can stand: "confie la principale"."""
    found = _ANYONE.match(sentence, place)
    if not found:
        return None
    end, _ = phrase_end(sentence, found.end(), office=True)
    det = " ".join(found["det"].lower().split())
    phrase = sentence[found.start("noun") : end]
    label = plain_article(sentence[place:end])
    return office_holder(sentence, Mention(phrase, det, fold(found["noun"]), end, label), cast)
