"""Follow-up questions: "Et en 2024 ?", "Qui l'a dit ?", resolved by rules alone.

What changes is put into the conversation's last question; what a pronoun stands
for is looked for there, then in the last first quote. A question that stands
alone is never touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aseqa.about_quote import about_quote
from aseqa.agreement import contracted
from aseqa.answers import Answer, Quote
from aseqa.fragments import changed
from aseqa.named_things import best, things
from aseqa.openings import ASKED, counted_noun, recounted, reopened
from aseqa.pronouns import replaced_pronouns
from aseqa.respelling import Typed, level, spelt_out
from aseqa.verb_forms import has_verb

ALONE, CHANGED, REOPENED, PRONOUN, ABOUT_QUOTE = (
    "alone", "changed", "reopened", "pronoun", "about_quote",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation's last exchange: the question as understood, and its quotes.

    ``index`` is the generation of the index that gave the quotes.
    """

    question: str
    quotes: tuple[Quote, ...] = ()
    index: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a question comes to.

    ``text`` is the question as understood, to be shown; ``searched`` is what is
    looked for, which differs for a question about the last quote only.
    """

    text: str
    searched: str
    carried: bool
    kind: str


def resolve(question: str, previous: Turn | None) -> Resolved:
    """Make a question stand alone with what the last exchange was about.

    Examples
    --------
    >>> resolve("Et en 2024 ?", Turn("Combien de mineurs sont placés ?")).text
    'Combien de mineurs sont placés en 2024 ?'
    >>> resolve("Que demande la députée ?", Turn("Combien de mineurs ?")).carried
    False
    """
    alone = Resolved(question, question, False, ALONE)
    if previous is None:
        return alone
    typed = spelt_out(question)
    if not typed.text:
        return alone
    asked = about_quote(typed, previous.question) if previous.quotes else None
    if asked:
        return Resolved(asked, previous.question, True, ABOUT_QUOTE)
    for kind, found in (
        (REOPENED, _reopened(typed, previous.question)),
        (CHANGED, _changed(typed, previous.question)),
        (PRONOUN, _pronoun(typed, previous)),
    ):
        if found:
            text = _sentence(found)
            return Resolved(text, text, True, kind)
    return alone


def next_turn(previous: Turn | None, answer: Answer) -> Turn:
    """Give the exchange that the next question may go on from.

    A question about a quote leaves the subject as it was.
    """
    resolved = resolve(answer.question, previous)
    if resolved.kind == ABOUT_QUOTE and answer.understood is not None:
        return Turn(resolved.searched, answer.quotes, answer.index)
    return Turn(answer.understood or answer.question, answer.quotes, answer.index)


_ELLIPTIC = re.compile(
    rf"(?:c'est |c'etait |et ca )?(?P<asked>{ASKED})(?: (?:ca|cela|c'est|c'etait|est-ce|exactement"
    r"|precisement|au juste))?(?: (?:exactement|precisement|au juste))?"
)


def _reopened(typed: Typed, question: str) -> str | None:
    """Resolve interrogative words alone: "Pourquoi ?", "Et combien d'enfants ?"."""
    form = level(typed.text)
    among = re.fullmatch(r"(?:combien )?(?:il )?y en a(?:-t-il)?(?: combien)?(?P<rest> .*)?", form)
    if among and "combien" in form:
        return _counted_again(typed.text[among.start("rest") :] if among["rest"] else "", question)
    counted = re.fullmatch(r"combien (?:de |d')[^\W\d]+", form)
    if counted and not has_verb(typed.text):
        found = recounted(_capital(typed.text), question)
        return found or (reopened(_capital(typed.text), question) if typed.is_further else None)
    which = re.match(r"(lequel|laquelle|lesquels|lesquelles) (?=\w)", form)
    if which:
        return _which(which.group(1), typed.text[which.end() :], question)
    if re.match(r"combien (?!de |d')", form) and has_verb(typed.text):
        noun = counted_noun(question) or _plural_named(question)
        first = form.split(" ")[1]
        if noun and re.fullmatch(r"(?:sont|ont|etaient|seront|avaient|[a-z]+ent)", first):
            return f"Combien {noun}{typed.text[7:]}"
        return None
    match = _ELLIPTIC.fullmatch(form)
    if not match:
        return None
    asked = typed.text[match.start("asked") : match.end("asked")]
    if has_verb(asked):
        return None
    return reopened(_capital(_accented(asked)), question)


def _which(pronoun: str, rest: str, question: str) -> str | None:
    """Resolve "Lesquelles sont prioritaires ?"."""
    stands = {"lequel": "il", "laquelle": "elle", "lesquels": "ils", "lesquelles": "elles"}
    found = best([thing for thing in things(question) if thing.is_named_by(stands[pronoun])])
    if found is None:
        return None
    noun = found.phrase.partition(" ")[2] or found.phrase[2:]
    return f"{pronoun.removeprefix('les').removeprefix('la').removeprefix('le')} {noun} {rest}"


def _plural_named(question: str) -> str | None:
    """Give the things that a question names, with "de": "de clients"."""
    plural = best([thing for thing in things(question) if thing.is_plural])
    return contracted("de", plural.phrase.removeprefix("les ")) if plural else None


def _counted_again(rest: str, question: str) -> str | None:
    """Resolve "Combien y en a-t-il dans le Tarn ?"."""
    noun = counted_noun(question)
    if noun and rest:
        return changed(Typed(rest.strip(), True), question)
    named = _plural_named(question)
    return f"Combien {named} y a-t-il{rest}" if named and not noun else None


def _accented(asked: str) -> str:
    """Give "où" and "à" their accents, where they were not typed."""
    form = level(asked)
    if form == "ou" or form.endswith(" ou") or form == "d'ou":
        return asked[:-1] + "ù"
    return f"à{asked[1:]}" if form.startswith("a ") else asked


def _changed(typed: Typed, question: str) -> str | None:
    """Resolve a fragment without a verb: "Et en 2024 ?", "dans le Tarn ?"."""
    if has_verb(typed.text) or re.search(rf"^(?:{ASKED})\b", level(typed.text)):
        return None
    owned = re.match(r"(?:son|sa|ses|leurs?) (?=[^\W\d])", level(typed.text))
    if owned:
        asked = {"sa ": "quelle est", "ses ": "quels sont", "leurs ": "quels sont"}
        opening = asked.get(owned.group(), "quel est")
        return replaced_pronouns(f"{opening} {typed.text}", question, ())
    return changed(typed, question)


def _pronoun(typed: Typed, previous: Turn) -> str | None:
    quote = previous.quotes[0] if previous.quotes else None
    voice = quote.voice.name if quote else None
    quoted = (voice or "", quote.text) if quote else ()
    return replaced_pronouns(typed.text, previous.question, quoted)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    """Give a question its capital and its mark, unless it was typed without."""
    text = text.rstrip(" ?")
    return f"{_capital(text)} ?"
