"""Pronouns that stand for an object or an owner: "qui la finance ?", "son budget", "ça coûte"."""

from __future__ import annotations

import re
from functools import partial

from aseqa.agreement import contracted, starts_with_vowel
from aseqa.antecedents import Sources, find, has_no_owner, is_participle, opens, put
from aseqa.named_things import MEASURE, PERSON, SUBJECT, Thing, things
from aseqa.respelling import level
from aseqa.verb_forms import INVERTED, Word, is_verb, words_of

_OPENS_OBJECT = ("qui", "comment", "pourquoi", "quand", "on", "ou", "combien")


def object_pronoun(text: str, sources: Sources) -> str | None:
    """Replace the object of "qui la finance", "qui l'a votée"."""
    words = words_of(text)
    for position in range(1, min(3, len(words) - 1)):
        clitic = words[position].form
        if clitic not in ("le", "la", "les", "l'") or words[position - 1].form not in _OPENS_OBJECT:
            continue
        opening, verb = words[position - 1].form, words[position + 1]
        inverted = INVERTED.match(verb.form)
        if opening not in ("qui", "on") and not inverted:
            continue
        if not is_verb(words, position + 1) or not opens(words, position):
            continue
        found = find(sources, partial(_is_object, clitic))
        if found:
            return _with_object(text, words, position, found)
    return None


def _is_object(clitic: str, thing: Thing) -> bool:
    if clitic == "l'":
        return not thing.is_plural
    return thing.is_named_by({"le": "il", "la": "elle", "les": "ils"}[clitic]) or (
        clitic == "les" and thing.is_plural
    )


def _with_object(text: str, words: list[Word], position: int, thing: Thing) -> str:
    """Take the clitic away and put the thing after the verb and its participle."""
    verb = words[position + 1]
    end = verb.end
    follower = words[position + 2] if position + 2 < len(words) else None
    is_auxiliary = re.match(r"(?:a|ont|avait|avaient|aura|a-t-\w+|ont-\w+)$", verb.form)
    tail = text[verb.start : verb.end]
    if follower and is_auxiliary and is_participle(follower.form):
        end = follower.end
        participle = re.sub(r"(?<=[éiust])(?:e|es|s)$", "", text[follower.start : follower.end])
        tail += text[verb.end : follower.start] + participle
    before = text[: words[position].start]
    return f"{before}{tail} {thing.phrase}{text[end:]}"


def dative(text: str, sources: Sources) -> str | None:
    """Replace the pronoun of "que lui reproche-t-on", "qui leur a répondu"."""
    words = words_of(text)
    for position in range(1, len(words) - 1):
        form, before = words[position].form, words[position - 1].form
        if form not in ("lui", "leur") or before not in ("que", "qui", "on", "comment", "pourquoi"):
            continue
        if not is_verb(words, position + 1):
            continue
        found = find(sources, partial(_is_as_many, form == "leur"))
        if found is None:
            return None
        end = words[position + 1].end
        if position + 2 < len(words) and is_participle(words[position + 2].form):
            end = words[position + 2].end
        verb, target = text[words[position + 1].start : end], contracted("à", found.phrase)
        opening = text[: words[position].start]
        if before == "que":
            elided = starts_with_vowel(verb)
            opening = f"{opening[:-2]}'" if elided else opening
            return f"{opening}{verb}{text[end:]} {target}"
        return f"{opening}{verb} {target}{text[end:]}"
    return None


def possessive(text: str, sources: Sources) -> str | None:
    """Replace "son budget" by "le budget du CDEF" where nothing before it may own it."""
    match = re.search(r"\b(son|sa|ses|leurs?) (?=[^\W\d])", level(text))
    if not match or not has_no_owner(text, match.start()):
        return None
    plural_owner = match.group(1).startswith("leur")
    owner = find(
        sources,
        lambda thing: (
            thing.is_plural == plural_owner and thing.rank not in (MEASURE, MEASURE + SUBJECT)
        ),
    ) or find(sources, partial(_is_as_many, plural_owner))
    if owner is None:
        return None
    noun = things(f"la {text[match.end() :]}")
    if not noun or noun[0].start:
        return None
    length = noun[0].end - 3
    article = _article(text, match, noun[0].head)
    owned = f"{article}{text[match.end() : match.end() + length]}"
    owned = f"{owned} {contracted('de', owner.phrase)}"
    if not match.start():
        owned = owned[0].upper() + owned[1:]
    before = text[: match.start()]
    return before + owned + text[match.end() + length :]


def _is_as_many(is_plural: bool, thing: Thing) -> bool:
    return thing.is_plural == is_plural


def _article(text: str, match: re.Match[str], head: str) -> str:
    if match.group(1) in ("ses", "leurs"):
        return "les "
    if re.match(r"[aeiouyh]", head):
        return "l'"
    feminine = match.group(1) == "sa" or re.search(r"\bquelle\b", level(text[: match.start()]))
    return "la " if feminine else "le "


_AFTER_VERB = frozenset(
    """quoi combien comment quand ou qui pourquoi depuis par an mois annee chaque vraiment
    exactement bien a de en tout total environ encore""".split()
)


def that(text: str, sources: Sources) -> str | None:
    """Replace "ça" in "combien ça coûte", "à quoi ça sert"."""
    words = words_of(text)
    for position in range(len(words) - 1):
        if words[position].form not in ("ca", "cela", "ceci") or not is_verb(words, position + 1):
            continue
        verb = words[position + 1]
        # "combien ça coûte un placement", "ça veut dire quoi APJM"
        if not opens(words, position) or any(
            w.form not in _AFTER_VERB for w in words[position + 2 :]
        ):
            return None
        found = find(sources, lambda thing: thing.rank not in (PERSON, PERSON + SUBJECT))
        if found is None:
            return None
        said = text[verb.start : verb.end]
        if found.is_plural and said.endswith("e"):
            said += "nt"
        before, after = text[: words[position].start], text[verb.end :]
        if not before.strip():
            return f"{found.phrase[0].upper()}{found.phrase[1:]} {said}{after}"
        if re.search(r"\bqu(?:e |')$", level(before)):  # "est-ce que ça augmente"
            return put(text, words[position].start, words[position].end, found)
        return f"{before}{said} {found.phrase}{after}"
    return None
