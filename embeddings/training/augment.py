"""Questions as people type them: the noise that training adds to well-formed French questions.

Figures and capitalised names keep their letters; only their accents may fall.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from random import Random

_WORD = re.compile(r"[\w'’-]+", re.UNICODE)
_ELISION = re.compile(r"\b([ldjmtsncLDJMTSNC]|qu|Qu)['’](?=\w)")
_INVERTED = re.compile(r"-t-(il|elle|on)\b|-(il|elle|ils|elles|on|ce)\b", re.IGNORECASE)
_EMPTY = frozenset(
    "le la les l un une des du de d au aux est sont a ont été être que qu qui quel quelle quels"
    " quelles ce cette ces se s il elle ils elles on y en et par pour dans sur avec son sa ses leur"
    " leurs combien comment pourquoi".split()
)
_KEYS = {
    "a": "qz", "e": "rz", "i": "uo", "o": "ip", "u": "yi", "s": "dq", "t": "ry", "n": "b",
    "r": "et", "l": "km", "m": "l", "p": "o", "c": "vx", "d": "sf",
}  # fmt: skip
_SPOKEN = (
    (re.compile(r"^Qui (?=\w)"), ("c'est qui qui ", "c'est qui le gars qui ", "qui c'est qui ")),
    (
        re.compile(r"^Combien (de |d')"),
        ("y a combien de ", "ça fait combien de ", "combien y a de "),
    ),
    (re.compile(r"^Où (?=\w)"), ("c'est où que ", "où c'est que ")),
    (re.compile(r"^Quand (?=\w)"), ("c'est quand que ", "à quel moment ")),
    (re.compile(r"^Pourquoi (?=\w)"), ("pourquoi est-ce que ", "comment ça se fait que ")),
    (re.compile(r"^Que signifie "), ("ça veut dire quoi ",)),
    (re.compile(r"^Qu'est-ce que "), ("c'est quoi ", "ça veut dire quoi ")),
    (re.compile(r"^Quel(le)?s? (est|était|sont|étaient|fut) "), ("c'est quoi ", "c'était quoi ")),
    (re.compile(r"^Comment (?=\w)"), ("de quelle façon ", "comment ça se fait que ")),
)
_OPENERS = (
    "dis-moi ",
    "je voudrais savoir ",
    "du coup ",
    "est-ce que tu sais ",
    "svp ",
    "en fait ",
)


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def with_typing_errors(text: str, rng: Random, errors: int) -> str:
    """Swap, drop, double or mistake a letter in ``errors`` of the longer plain words."""
    words = [m for m in _WORD.finditer(text) if len(m[0]) >= 5 and m[0].islower()]
    for match in sorted(rng.sample(words, min(errors, len(words))), key=lambda m: -m.start()):
        word, at = match[0], rng.randrange(1, len(match[0]) - 1)
        kind = rng.randrange(4)
        if kind == 0:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif kind == 1:
            word = word[:at] + word[at + 1 :]
        elif kind == 2:
            word = word[:at] + word[at] + word[at:]
        else:
            word = word[:at] + rng.choice(_KEYS.get(word[at], "e")) + word[at + 1 :]
        text = text[: match.start()] + word + text[match.end() :]
    return text


def as_keywords(text: str, rng: Random) -> str:
    """Keep the words that carry the question; question words stay half of the time."""
    words = [w for part in _WORD.findall(_ELISION.sub(r"\1 ", text)) for w in [part]]
    asking = frozenset("combien comment pourquoi qui quand où".split())
    kept = [
        w for w in words if w.lower() not in _EMPTY or (w.lower() in asking and rng.random() < 0.5)
    ]
    if len(kept) < 2:
        return text
    if rng.random() < 0.2:
        kept = kept[1:] + kept[:1]
    return " ".join(kept)


def as_spoken(text: str, rng: Random) -> str:
    """Turn the opening into its spoken form, and undo the inversion."""
    for pattern, forms in _SPOKEN:
        if pattern.search(text):
            text = pattern.sub(rng.choice(forms), text, count=1)
            break
    else:
        text = rng.choice(_OPENERS) + text[:1].lower() + text[1:]
    return _INVERTED.sub("", text)


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Words with those of their group in the product's thesaurus."""
    table: dict[str, tuple[str, ...]] = {}
    for line in files("aseqa").joinpath("thesaurus.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, arrow, right = line.partition(">")
            words = [w.strip() for w in left.split(",")]
            meant = [w.strip() for w in right.split(",")] if arrow else words
            for word in words:
                others = tuple(w for w in meant if w != word)
                table[word] = table.get(word, ()) + others
    return table


def with_synonyms(text: str, rng: Random) -> str:
    """Put a word of the same meaning (the thesaurus's groups) for some of the words."""
    for match in sorted(_WORD.finditer(text), key=lambda m: -m.start()):
        others = _synonyms().get(match[0])
        if others and rng.random() < 0.7:
            text = text[: match.start()] + rng.choice(others) + text[match.end() :]
    return text


def as_typed(question: str, rng: Random, share: float = 0.4) -> str:
    """Give the question as somebody might type it; unchanged in ``1 - share`` of the cases."""
    if rng.random() >= share:
        return question
    text = question
    style = rng.random()
    if style < 0.3:
        text = as_spoken(text, rng)
    elif style < 0.6:
        text = as_keywords(text, rng)
    elif style < 0.75:
        text = with_synonyms(text, rng)
    if rng.random() < 0.5:
        text = without_accents(text)
    # Before capitals go: they tell the names, which keep their letters.
    if rng.random() < 0.4:
        text = with_typing_errors(text, rng, rng.choice((1, 1, 2)))
    if rng.random() < 0.3:
        text = _ELISION.sub(lambda m: rng.choice((m[1], m[1] + " ", "")), text)
    if rng.random() < 0.5:
        text = text.lower()
    if rng.random() < 0.6:
        text = text.rstrip(" ?.!")
    return text


_YEAR = re.compile(r"\b(1[5-9]\d\d|20[0-2]\d)\b")
_NAME = re.compile(r"(?<=[a-zéèà,'’] )[A-ZÉÈ][\w-]+(?: [A-ZÉÈ][\w-]+)*|(?<=['’])[A-ZÉÈ][\w-]+")


def about_another(question: str, names: list[str], rng: Random) -> str | None:
    """Change the year or a name of the question, so that its text no longer answers it.

    None when it names neither.
    """
    year = _YEAR.search(question)
    if year:
        other = str(int(year[0]) + rng.choice((-23, -12, -7, -4, -3, -2, 2, 3, 4, 6, 11)))
        return question[: year.start()] + other + question[year.end() :]
    found = list(_NAME.finditer(question))
    if not found:
        return None
    match = rng.choice(found)
    other = rng.choice(names)
    if other.lower() in question.lower():
        return None
    return question[: match.start()] + other + question[match.end() :]
