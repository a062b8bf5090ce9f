"""Pronouns that stand for what was named before: "que demande-t-il ?", "cette loi", "son budget".

A pronoun is left alone where the question itself names what it stands for, and
where it stands for nothing ("y a-t-il", "faut-il", "est-il prévu de").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aseqa.antecedents import (
    Sources,
    find,
    idle_words,
    is_participle,
    named_inside,
    opens,
    put,
    standing_for,
)
from aseqa.named_things import Thing, things
from aseqa.pronoun_objects import dative, object_pronoun, possessive, that
from aseqa.respelling import level
from aseqa.verb_forms import INVERTED, Word, has_verb, is_verb

_NO_THING = frozenset(
    "annee an mois jour jours semaine matin soir moment temps fois cas derniers dernieres fin date "
    "dernier derniere que qui sujet point domaine propos".split()
)
_VOICE_NOUNS = frozenset(
    """association syndicat ministre ministere depute deputee avocat journaliste inspection senateur
    personne monsieur dame elu elue homme femme organisme institution auteur autrice""".split()
)
_BACKWARD = re.compile(r"^(?:(?:lui|elle|eux|elles),? (?=\S))")


def replaced_pronouns(text: str, question: str, quoted: Sequence[str]) -> str | None:
    """Put what they stand for in the place of the pronouns of ``text``.

    Parameters
    ----------
    question
        The conversation's last question, where what they stand for is looked for first.
    quoted
        Texts where it is looked for next: who said the last quote, and its words.

    Returns
    -------
    str or None
        None when there is no such pronoun, or nothing that it may stand for.

    Examples
    --------
    >>> replaced_pronouns("que demande-t-il", "Qui est M. Limongi ?", ())
    'que demande M. Limongi'
    >>> replaced_pronouns("combien coûte ce plan", "Que prévoit le plan national ?", ())
    'combien coûte le plan national'
    """
    sources = [things(source) for source in (question.rstrip(" ?"), *quoted)]
    disjoint = _BACKWARD.match(level(text))
    if disjoint and any(pronoun in level(text)[disjoint.end() :].replace("-", " ").split()
                        for pronoun in ("il", "elle", "ils", "elles")):  # fmt: skip
        text = text[disjoint.end() :]
    for rule in (_demonstrative, _after_preposition, _inverted, _subject, object_pronoun, dative,
                 possessive, that):  # fmt: skip
        done = rule(text, sources)
        if done:
            return done
    return None


def _demonstrative(text: str, sources: Sources) -> str | None:
    """Replace "cette loi" by the law that was named."""
    for match in re.finditer(r"\b(ce|cet|cette|ces) ((?!est\b|sont\b)[^\W\d]+)", level(text)):
        noun = match.group(2).rstrip("s")
        if noun in _NO_THING:
            continue
        plural = match.group(1) == "ces"

        def same(thing: Thing, noun: str = noun, plural: bool = plural) -> bool:
            return thing.head.rstrip("s") == noun and thing.is_plural == plural

        found = find(sources, same)
        if found is None and noun in _VOICE_NOUNS:
            found = find(sources, lambda thing: thing.rank >= 2 and not thing.is_plural)
        if found:
            return put(text, match.start(), match.end(), found)
    return None


def _after_preposition(text: str, sources: Sources) -> str | None:
    """Replace "selon lui", "pour elles", "avec eux"."""
    match = re.search(
        r"\b(?:selon|pour|avec|contre|chez|d'apres|par|de|d'|a|sur|sans) ?"
        r"\b(lui|elle|eux|elles)\b(?![ -](?:a|meme))",
        level(text),
    )
    if not match:
        return None
    if things(text[: match.start(1)]) or has_verb(text[: match.start()]):
        return None
    pronoun = {"lui": "il", "eux": "ils"}.get(match.group(1), match.group(1))
    found = find(sources, lambda thing: thing.is_named_by(pronoun))
    return put(text, match.start(1), match.end(1), found) if found else None


def _inverted(text: str, sources: Sources) -> str | None:
    """Replace the pronoun of "que demande-t-il", "combien a-t-elle dépensé"."""
    words, idle = idle_words(text)
    for position, word in enumerate(words):
        match = INVERTED.match(word.form)
        pronoun = match.group(2) if match else "on"
        if not match or pronoun == "on" or position in idle:
            continue
        if not opens(words, position) or named_inside(text, word, pronoun, is_inverted=True):
            return None
        found = standing_for(pronoun, match.group(1), sources)
        return _uninverted(text, words, position, found) if found else None
    return None


def _uninverted(text: str, words: list[Word], position: int, thing: Thing) -> str:
    """Name the subject of an inverted verb: before it, after "que" behind its participle."""
    word = words[position]
    opening = words[0].form
    if opening in ("que", "qu'"):
        verb_end = word.start + len(re.sub(r"-(?:t-)?\w+$", "", word.form))
        follower = words[position + 1] if position + 1 < len(words) else None
        end = verb_end
        if follower and is_participle(follower.form):
            end = follower.end
        verb = text[word.start : verb_end] + text[word.end : max(end, word.end)]
        return f"{text[: word.start]}{verb} {thing.phrase}{text[max(end, word.end) :]}"
    start = word.start
    while position and words[position - 1].form in _CLITICS:
        position -= 1
        start = words[position].start
    before, after = text[:start], text[start:]
    phrase = thing.phrase
    if not before:
        return phrase[0].upper() + phrase[1:] + " " + _agreed(after[0].lower() + after[1:], thing)
    return f"{before}{phrase} {_agreed(after, thing)}"


_CLITICS = frozenset("l' le la les y en ne n' se s' lui leur".split())


def _agreed(text: str, thing: Thing) -> str:
    """Make the first inverted pronoun of ``text`` agree with a thing whose gender is known."""
    if not thing.gender:
        return text
    match = re.search(r"-(?:t-)?(elles|elle|ils|il)\b", level(text))
    return text[: match.start(1)] + thing.inverted() + text[match.end(1) :] if match else text


def _subject(text: str, sources: Sources) -> str | None:
    """Replace the subject of "il est de quel parti", "combien elle touche", "c'est quoi"."""
    words, idle = idle_words(text)
    for position, word in enumerate(words):
        if word.form not in ("il", "elle", "ils", "elles") or position in idle:
            continue
        follows = range(position + 1, min(position + 4, len(words)))
        if not any(is_verb(words, n) for n in follows):
            continue
        if not opens(words, position) or named_inside(text, word, word.form, is_inverted=False):
            return None
        if _named_behind(text, words, position):
            return None
        verb = next(words[n].form for n in follows if is_verb(words, n))
        found = standing_for(word.form, verb, sources)
        if found:
            return put(text, word.start, word.end, found)
    return None


def _named_behind(text: str, words: list[Word], position: int) -> bool:
    """Tell whether the subject comes last: "il a dit quoi le ministre ?"."""
    asked = next(
        (w.end for w in words[position:] if w.form in ("quoi", "ou", "quand", "combien", "qui")),
        None,
    )
    if asked is None:
        return False
    pronoun = words[position].form
    return any(thing.start == asked + 1 and thing.is_named_by(pronoun) for thing in things(text))
