"""Questions as people type them on a phone, spelt out so that their forms can be matched."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from aseqa.text import fold

# Typed forms, folded, and what they stand for; in the order in which they are tried.
_SPELT: tuple[tuple[str, str], ...] = (
    (r"\b([^\W\d_]+)[ -]t[ '-](il|elle|ils|elles|on)\b", r"\1-t-\2"),
    (r"\b(est|ont|sont|dit|peut|doit|veut|faut|fait|prevoit|doivent) (il|elle|ils|elles)\b(?= )",
     r"\1-\2"),
    (r"\by a t-il\b|\by at il\b|\bya t-il\b|\bya til\b|\by a til\b|\bya-t-il\b", "y a-t-il"),
    (r"\bpr\b", "pour"),
    (r"\bds\b", "dans"),
    (r"\b(?:kelle?s?|kel)\b", "quel"),
    (r"\b(?:koi|kwa|quoa)\b", "quoi"),
    (r"\bki\b", "qui"),
    (r"\b(?:kan|qan|qd|kand)\b", "quand"),
    (r"\b(?:pk|pq|pkoi|pourkoi|prkoi|pourqoi)\b", "pourquoi"),
    (r"\b(?:cb|cbn|conbien|combient)\b", "combien"),
    (r"\b(?:coman|coment|cmt)\b", "comment"),
    (r"\b(?:selon|d'apres) ki\b", "selon qui"),
    (r"\bdapres\b", "d'après"),
    (r"\bc (?=quoi|qui|quand|ou|combien|pour|de|dans|en|le|la)", "c'est "),
    (r"\bcest\b|\bc est\b", "c'est"),
    (r"\bla dit\b", "l'a dit"),
    (r"\b(a|as|ont) (?:di|dis)\b", r"\1 dit"),
    (r"\b(dit|dis|di|ecrit|affirme) sa\b", r"\1 ça"),
    (r"\bqui (?:di|dis)\b", "qui dit"),
    (r"^((?:et )?(?:ou|quand|combien|comment)) sa\b", r"\1 ça"),
    (r"\bsa (coute|date|dure|marche|sert|vient|sort|change|finance)\b", r"ça \1"),
    (r"\bsource d'info\b", "source"),
    (r"\b(?:stp|svp|merci|please)\b", ""),
)  # fmt: skip
_LEADS = re.compile(
    r"^(?:(?:et|mais|puis|ok|oui|non|alors|donc|ah|euh|bon|sinon|d'accord|dac|super|merci"
    r"|pareil|idem|meme chose|meme question)\b[ ,!.…:]*)+"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A question spelt out; ``is_further`` when it opens with "et", "mais", "sinon" and such."""

    text: str
    is_further: bool

    @property
    def form(self) -> str:
        return level(self.text)


def level(text: str) -> str:
    """Fold ``text`` character by character: offsets in it are offsets in ``text``.

    Examples
    --------
    >>> level("À l’Été")
    "a l'ete"
    """
    return "".join((fold(char) or char)[0] for char in text)


def spelt_out(question: str) -> Typed:
    """Spell a question out and take off the words by which it goes on from the last one.

    Examples
    --------
    >>> spelt_out("et pr les garcons ?")
    Typed(text='pour les garcons', is_further=True)
    >>> spelt_out("ki a di sa").text
    'qui a dit ça'
    """
    text = " ".join(unicodedata.normalize("NFC", question).translate(_PLAIN).split())
    text = re.sub(r"[ ,]+(?:alors|donc|du coup)$", "", text.rstrip(" ?!.…"))
    for pattern, replacement in _SPELT:
        text = _replaced(pattern, replacement, text)
    text = " ".join(text.split())
    lead = _LEADS.match(level(text))
    if not lead:
        return Typed(text, False)
    # "ok", "oui", "merci" alone are mere politeness.
    further = re.search(r"\b(?:et|mais|sinon|pareil|idem|meme)\b", lead.group()) is not None
    return Typed(text[lead.end() :].strip(), further)


_PLAIN = {ord(mark): "'" for mark in "’ʼ‘´`"} | {0xA0: " ", 0x202F: " "}


def _replaced(pattern: str, replacement: str, text: str) -> str:
    """Replace in ``text`` what the pattern finds in its folded form, groups as they stand."""
    parts, last = [], 0
    for match in re.finditer(pattern, level(text)):
        spans = [match.span(group) for group in range(1, (match.lastindex or 0) + 1)]
        words = replacement
        for number, (start, end) in enumerate(spans, 1):
            words = words.replace(f"\\{number}", text[start:end])
        parts += [text[last : match.start()], words]
        last = match.end()
    return "".join((*parts, text[last:]))
