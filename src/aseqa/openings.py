"""How a question opens ("combien de mineurs", "qui"), and the same question opened otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable

from aseqa.agreement import contracted, starts_with_vowel
from aseqa.named_things import things
from aseqa.respelling import level
from aseqa.verb_forms import INVERTED, Word, is_verb, words_of

_PREPOSITIONS = (
    r"(?:(?:depuis|jusqu'a|jusqu'en|pendant|pour|avant|apres|en|dans|de|d'|a|par|sous|sur|avec"
    r"|contre|chez|selon|d'apres|vers|au bout de|a partir de) ?)?"
)
_NOUN = r"(?!que\b|qui\b|est\b|sont\b|a\b|ont\b)[^\W\d]+"
# Interrogative phrases that may be a whole question by themselves.
ASKED = (
    rf"(?:{_PREPOSITIONS}(?:combien de temps|quand|qui|quoi|ou(?! )|lesquel(?:le)?s|laquelle"
    rf"|lequel)"
    rf"|pourquoi|comment|ou|combien|pour quelles? raisons?|a cause de quoi|grace a quoi"
    rf"|{_PREPOSITIONS}quel(?:le)?s? {_NOUN}(?: {_NOUN})?)"
)
_ADVERBIAL = (
    rf"(?:{_PREPOSITIONS}(?:combien de temps|quand)|pourquoi|comment|ou"
    rf"|(?:depuis|pendant|en|dans|de|a|par|sous|sur|avec|contre|vers|pour|selon) quel(?:le)?s?"
    rf" {_NOUN})"
)


def reopened(asked: str, question: str) -> str:
    """Ask ``asked`` ("Pourquoi", "À quelle date") of what ``question`` is about.

    Examples
    --------
    >>> reopened("Pourquoi", "Qui dépose un recours contre le Tarn ?")
    'Pourquoi dépose-t-on un recours contre le Tarn ?'
    >>> reopened("Où", "Combien de mineurs sont placés ?")
    'Où des mineurs sont placés ?'
    """
    text = question.rstrip(" ?!.")
    voice = re.match(r"(?:selon|d'apres|pour|dans|en) [^,]{2,60}, ", level(text))
    prefix = text[: voice.end()] if voice else ""
    body = text[len(prefix) :]
    forms = (
        _FORMS
        if not re.match(r"(?:.* )?l(?:e|a|es)quel|combien d[e'](?! temps)", level(asked))
        else ()
    )
    for form in forms:
        rest = form(asked, body)
        if rest:
            return f"{prefix}{_lowered(rest) if prefix else rest} ?"
    return f"{asked}, à propos de « {question} »"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _subject_kept(asked: str, body: str) -> str | None:
    """Take the clause behind "pourquoi", "quand", "à quelle date", "est-ce que"."""
    form = level(body)
    wondering = re.search(r"\best-ce qu(?:e |')", form)
    if wondering:
        return f"{asked} {_lowered(body[wondering.start() :])}"
    opening = re.match(rf"{_ADVERBIAL} (?=\w)", form)
    if opening:
        return f"{asked} {body[opening.end() :]}"
    opening = re.match(r"combien (?!de |d')", form)
    return f"{asked} {body[opening.end() :]}" if opening else None


def _counted(asked: str, body: str) -> str | None:
    """Take the clause behind "combien de mineurs", "quelles mesures"."""
    match = re.match(r"(?:combien (?:de |d')|(quel(?:le)?s?) )(?=\w)", level(body))
    if not match:
        return None
    words = words_of(body)
    verb = next((n for n in range(2, len(words)) if is_verb(words, n)), None)
    first = next(n for n, word in enumerate(words) if word.start >= match.end())
    if verb is None or verb <= first:
        return None
    noun_end, subject = _subject_before(body, words, first, verb)
    noun = body[words[first].start : noun_end]
    object_phrase = _demonstrative(match.group(1), words[first].form) + noun
    if match.group(1) is None and level(asked) == "combien":
        return None
    if subject:
        return f"{asked} {_with_object(subject + body[words[verb].start :], object_phrase)}"
    if _is_object(words, first, verb):
        rest = body[words[verb].end :].strip()
        return f"{asked} {rest} {body[words[verb].start : words[verb].end]} {object_phrase}"
    return f"{asked} {object_phrase} {body[words[verb].start :]}"


def _subject_before(body: str, words: list[Word], first: int, verb: int) -> tuple[int, str]:
    """Tell where the counted noun ends and the subject that follows it: "la Haute-Garonne "."""
    if not INVERTED.match(words[verb].form):
        return words[verb - 1].end, ""
    subjects = [
        thing for thing in things(body)
        if words[first].end <= thing.start and thing.end == words[verb - 1].end
    ]  # fmt: skip
    if not subjects:
        return words[first].end, body[words[first].end : words[verb].start].lstrip()
    start = subjects[0].start
    return len(body[:start].rstrip()), body[start : words[verb].start]


def _is_object(words: list[Word], first: int, verb: int) -> bool:
    """Tell "places" in "combien de places compte la pouponnière" from a subject."""
    follows = verb + 1 < len(words) and words[verb + 1].form in ("le", "la", "l'", "les", "un")
    return follows and words[first].form.endswith("s") != words[verb].form.endswith("nt")


def _demonstrative(asked: str | None, noun: str) -> str:
    if asked is None or asked.endswith("s"):
        return "des " if asked is None else "ces "
    if asked == "quelle":
        return "cette "
    return "cet " if starts_with_vowel(noun) else "ce "


def _with_object(clause: str, phrase: str) -> str:
    """Put an object into a clause: before its time or place, else at its end."""
    rest = re.search(r" (?:en|depuis|dans|pour|avant|apres|a|chez) (?=\S+)", level(clause)[8:])
    charge = re.search(r" en (?:charge|o?ouvre|oeuvre|place|compte)\b", level(clause))
    cut = charge.end() if charge else rest.start() + 8 if rest else len(clause)
    return f"{clause[:cut]} {phrase}{clause[cut:]}"


def _by_whom(asked: str, body: str) -> str | None:
    """Take the clause behind "qui": "qui dépose un recours" gives "dépose-t-on un recours"."""
    match = re.match(r"qui (?=\w)", level(body))
    if not match:
        return None
    words = words_of(body)
    pronouns = ("se", "s'", "l'", "le", "la", "les", "lui", "leur", "en", "y", "ne", "n'")
    position = next((n for n in range(1, len(words)) if words[n].form not in pronouns), None)
    if position is None or words[position].form in ("est", "sont", "etait", "sera"):
        return None
    word = words[position]
    link = "-t-on" if word.form.endswith(("a", "e")) else "-on"
    return f"{asked} {body[words[1].start : word.end]}{link}{body[word.end :]}"


def _of_thing(asked: str, body: str) -> str | None:
    """Take what "quel est", "qui est", "de quand date" or "c'est quoi" asks about."""
    opening = re.match(
        r"(?:quel(?:le)?s? |qui |que |qu')(?:est|sont|etait|etaient|sera|seront|serait)"
        r"(?:-ce que?)? "
        r"|de quand (?:date|datent) |c'est quoi |qu'est-ce que (?:c'est que )?|c'est qui ",
        level(body),
    )
    found = [thing for thing in things(body) if opening and thing.start >= opening.end() - 1]
    if not opening or not found:
        return None
    if level(asked) == "combien":
        return f"Combien coûte {found[0].phrase}"
    rest = body[found[0].end :]
    return f"{asked}, à propos {contracted('de', found[0].phrase)}{rest}"


def _demanded(asked: str, body: str) -> str | None:
    """Take the clause behind "que": "que demande Mme Erodi" gives "Mme Erodi demande cela"."""
    opening = re.match(r"(?:que |qu')(?=\w)", level(body))
    found = things(body) if opening else []
    if not opening or not found or found[0].start <= opening.end():
        return None
    subject = found[0]
    verb, rest = body[opening.end() : subject.start].strip(), body[subject.end :]
    if not verb or re.search(r"-(?:t-)?(?:il|elle|ils|elles|on)$", level(verb)):
        return None
    auxiliary, _, participle = verb.partition(" ")
    link = "-t-" if level(auxiliary).endswith(("a", "e")) else "-"
    inverted = f"{auxiliary}{link}{subject.inverted()}" if subject.gender else auxiliary
    done = f" {participle}" if participle else ""
    return f"{asked} {subject.phrase} {inverted}{done} cela{rest}"


def _whole(asked: str, body: str) -> str | None:
    """Take a whole clause that asks for yes or no: "le Gouvernement a-t-il répondu"."""
    words = words_of(body)
    opens = level(body).split(" ")[0]
    if opens in ("qui", "que", "quel", "quelle", "quels", "quelles", "combien"):
        return None
    if any(INVERTED.match(word.form) for word in words):
        return f"{asked} {_lowered_opening(body)}"
    if (
        words
        and words[0].form in ("le", "la", "l'", "les", "un", "une", "il")
        and any(is_verb(words, n) for n in range(1, len(words)))
    ):
        return f"{asked} {_lowered_opening(body)}"
    return None


def _lowered_opening(body: str) -> str:
    """Lower the first letter unless it begins a name."""
    first = level(body).split(" ")[0].split("'")[0]
    common = first in ("le", "la", "l", "les", "un", "une", "il", "y", "ce", "cette", "des", "on")
    inverted = INVERTED.match(level(body).split(" ")[0])
    return _lowered(body) if common or inverted else body


_FORMS: tuple[Callable[[str, str], str | None], ...] = (
    _subject_kept, _of_thing, _counted, _by_whom, _demanded, _whole,
)  # fmt: skip


def recounted(asked: str, question: str) -> str | None:
    """Put another noun in the place of the one counted: "combien d'enfants" of "…de places".

    Examples
    --------
    >>> recounted("Combien d'enfants", "Combien de places compte la pouponnière ?")
    "Combien d'enfants compte la pouponnière ?"
    """
    form = level(question)
    opening = re.match(r"combien (?:de |d')[^\W\d]+", form)
    if opening and re.match(r"combien d[e']", level(asked)):
        return asked + question[opening.end() :]
    return None


def counted_noun(question: str) -> str | None:
    """Give what a question counts, with its "de": "d'enfants"."""
    match = re.match(r"combien ((?:de |d')[^\W\d]+)", level(question))
    return question[match.start(1) : match.end(1)] if match else None
