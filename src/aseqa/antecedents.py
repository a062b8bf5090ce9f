"""Where a question leaves a pronoun open, and what that pronoun may stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aseqa.agreement import contracted
from aseqa.named_things import MEASURE, NAMED, Thing, best, things
from aseqa.respelling import level
from aseqa.verb_forms import Word, is_verb, words_of

# What is named in each text where an antecedent is looked for, the nearest text first.
Sources = Sequence[Sequence[Thing]]

_STATES = (
    r"(?:prevu|possible|interdit|obligatoire|permis|vrai|normal|autorise|necessaire|envisage"
    r"|question|utile|certain|exact|legal|illegal|temps|juste|arrive|impossible|rare|frequent)"
)
_IMPERSONAL = re.compile(
    r"\bil (?:n')?y (?:en )?(?:a|avait|aura|aurait)\b|\by (?:a|avait|aura|aurait)(?:-t)?-il\b"
    r"|\b(?:existe|reste)-t-il(?= \w)|\bil existe(?= \w)"
    r"|\b(?:faut|fallait|faudrait|faudra-t|s'agit|se passe-t|arrive-t|manque-t"
    r"|convient|suffit|vaut|semble-t|parait|faudrait|s'agissait|vaudrait)-il\b"
    r"|\bil (?:ne )?(?:faut|fallait|faudrait|faudra|s'agit|se passe|manque|vaut mieux|semble"
    r"|parait|convient|suffit)\b|\bil reste (?=des|un|une|du|encore)"
    r"|\b(?:il )?y en (?:a|avait|aura)(?:-t)?(?:-il)?\b"
    r"|\bs'est-il (?=passe|produit)|\bil s'est passe"
    r"|\bquel temps (?:fait|fera-t|faisait)-il\b|\bquelle heure est-il\b"
    r"|\best-il (?:critique|reproche|recommande|conseille|demande|propose|dit) (?=de|d'|que|qu')"
    r"|\b(?:peut|doit|va-t|pourrait)-il y avoir\b"
    rf"|\best-il (?:deja )?{_STATES} (?=que|qu'|de|d'|un|une|des|du|a )"
    rf"|\bil est (?:deja )?{_STATES} (?=que|qu'|de|d'|un|une|des|du|a )"
)


def find(sources: Sources, fits: Callable[[Thing], bool]) -> Thing | None:
    """Give the best thing that fits in the nearest text that has one."""
    for source in sources:
        found = best([thing for thing in source if fits(thing)])
        if found:
            return found
    return None


def put(text: str, start: int, end: int, thing: Thing) -> str:
    """Put a phrase in the place of ``text[start:end]``, joined to the word before it."""
    before, phrase = text[:start], thing.phrase
    link = re.search(r"(?:\b(de|a)|(à)) $|\bd'$|\b(qu)'$|\b(que) $", level(before))
    if link:
        word = link.group().strip()
        base = "de" if word[0] == "d" else "que" if word[0] == "q" else "à"
        capital = before[link.start()].isupper()
        before, phrase = before[: link.start()], contracted(base, phrase)
        phrase = phrase[0].upper() + phrase[1:] if capital else phrase
    elif not start:
        phrase = phrase[0].upper() + phrase[1:]
    return before + phrase + text[end:]


_OPENING = frozenset(
    """qui que qu' quoi ou quand comment pourquoi combien de d' depuis a en dans par pour sur contre
    avec chez est-ce si donc alors temps pendant jusqu' jusqu'ou jusque le la l' les ne n' se s' y
    lui leur et mais est-ce-que selon vers sous entre ce c' on pas""".split()
)


def opens(words: list[Word], position: int) -> bool:
    """Tell whether only words that open a question stand before one: no subject can be there.

    "Quel" and "combien de" take a noun and an adjective along.
    """
    asked = 0
    for before, word in zip(("", *(w.form for w in words)), words[:position], strict=False):
        if re.fullmatch(r"quel(?:le)?s?", word.form) or (
            word.form in ("de", "d'") and before == "combien"
        ):
            asked = 2
        elif word.form.isdigit() or word.form in _OPENING:
            continue
        elif asked:
            asked -= 1
        else:
            return False
    return True


def named_inside(text: str, word: Word, pronoun: str, is_inverted: bool) -> bool:
    """Tell whether the question itself names what a pronoun stands for."""
    form = level(text)
    for thing in [thing for thing in things(text) if thing.end <= word.start]:
        asked = re.search(r"quel(?:le)?s? $", form[: thing.start])
        if thing.is_named_by(pronoun) and not (asked and is_inverted):
            return True
    after = re.search(r",\s*", form[word.end :])
    if after is None:
        return False
    later = [t for t in things(text) if t.start >= word.end + after.end()]
    return any(thing.is_named_by(pronoun) for thing in later)


def idle_words(text: str) -> tuple[list[Word], set[int]]:
    """Give the words, and which of them stand in a turn where "il" stands for nothing."""
    words = words_of(text)
    empty = [match.span() for match in _IMPERSONAL.finditer(level(text))]
    idle = {
        n for n, word in enumerate(words)
        if any(start < word.end and word.start < end for start, end in empty)
    }  # fmt: skip
    return words, idle


_NO_PARTICIPLE = frozenset(
    """le les des de du au aux une que ne ce ces ses se comme plus pas entre contre quelle quelles
    depuis apres vers ici aussi ensuite me te meme elle elles ils y""".split()
)


def is_participle(form: str) -> bool:
    """Tell whether a folded word may be a past participle."""
    if form in _NO_PARTICIPLE:
        return False
    return re.search(r"(?:e|es|ees?|i|is|ite?|us?|ue|ert|mis|pris|fait)$", form) is not None


_SPEAKING = re.compile(
    r"(?:demand|propos|dit|affirm|repond|recommand|souhait|veu[tl]|denonc|reclam|pens|reproch|expliqu"
    r"|estim|jug|alert|critiqu|accus|exig|preconis|promet|interrog)"
)


# Verbs whose subject is a plan or a law rather than who made it.
_OF_THINGS = re.compile(
    r"(?:cout|prevo|contien|dur(?:e|ait)|date|exist|appliqu|comport|entr|fonctionn|finance)"
)


def standing_for(pronoun: str, verb: str, sources: Sources) -> Thing | None:
    """Find what a subject stands for: with a verb of speech, someone or something that speaks."""
    lowest = NAMED if _SPEAKING.match(verb) else MEASURE
    if _OF_THINGS.match(verb):
        found = find(sources[:1], lambda thing: thing.is_named_by(pronoun) and not thing.speaks)
        if found:
            return found
    return find(sources, lambda thing: thing.is_named_by(pronoun) and thing.rank >= lowest)


def has_no_owner(text: str, end: int) -> bool:
    """Tell whether only "quel est", "que prévoit" and the like stand before a possessive."""
    words = words_of(text)
    own = [n for n, word in enumerate(words) if word.end <= end and not is_verb(words, n)]
    return all(words[n].form in _OPENING or words[n].form.startswith("quel") for n in own)
