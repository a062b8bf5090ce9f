"""A question understood: its terms, what it expects, and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aseqa.answer_type import expected_types
from aseqa.fields import asked_fields
from aseqa.lexicon import EXPANSION_WEIGHT, concepts, query_terms
from aseqa.places import place_words, places
from aseqa.text import STOP_WORDS, squeeze, term, terms, tokens

# Capitalised words that name nobody in particular.
_COMMON_NAMES = frozenset(
    """france francais francaise etat gouvernement ase aide ministere ministre parlement assemblee
    nationale depute deputee senat departement departements region mme mr monsieur madame maitre
    me dr republique jo journal officiel mineurs mineur enfants enfance enfant loi europe""".split()
)

_GOVERNMENT = r"(?:gouvernement|ministre|ministere|etat|secretaire d'etat)"

_INTENTS = {
    "reply": rf"\b(?:repon[ds]\w*|replique\w*|retorqu\w+|repondu)\b"
    rf"|\b(?:selon|d'apres|pour) (?:le |la |l')?{_GOVERNMENT}\b",
    "government": rf"\b{_GOVERNMENT}\b",
    "government_did": rf"\b{_GOVERNMENT}(?: \w+)? (?:a|s'est|l'a|lui a)(?:-t)?\b",
    "demand": r"\b(?:demand\w+|reclam\w+|interrog\w+|souhait\w+|exig\w+|veut|veulent|voudrai\w+"
    r"|attend|attendent|question posee|interpell\w+|veu)\b",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What the chain knows of a question.

    ``weights`` maps index terms to weights (1 for the question's own terms);
    ``concepts`` maps each of its own terms to those that mean the same;
    ``counted`` is the term of the thing whose number is asked for;
    ``names`` holds folded capitalised words, ``places`` names as in the
    gazetteer, ``years`` and ``numbers`` strings of digits.
    """

    text: str
    weights: dict[str, float]
    concepts: dict[str, tuple[str, ...]]
    expects: tuple[str, ...]
    counted: str | None
    intents: frozenset[str]
    fields: frozenset[str]
    places: frozenset[str]
    years: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]

    @property
    def own_terms(self) -> frozenset[str]:
        return frozenset(word for word, weight in self.weights.items() if weight == 1.0)


def understand(text: str) -> Question:
    """Analyse a question; nothing in it is corrected or rewritten.

    Examples
    --------
    >>> sorted(understand("Combien d'enfants suivis dans le Tarn en 2024 ?").places)
    ['Tarn']
    """
    folded = squeeze(text)
    fields = asked_fields(text)
    found = tokens(text)
    digits = [token.form for token in found if token.kind == "number"]
    years = frozenset(form for form in digits if re.fullmatch(r"(?:19|20)\d\d", form))
    return Question(
        text=text,
        weights=_label_weights(fields) | query_terms(text),
        concepts=concepts(text),
        expects=expected_types(text),
        counted=_counted(text),
        intents=frozenset(name for name, form in _INTENTS.items() if re.search(form, folded)),
        fields=fields,
        places=places(text) - {"France"},
        years=years,
        numbers=frozenset(form for form in digits if form not in years and len(form) > 2)
        | frozenset(token.form for token in found if token.kind == "article"),
        names=_names(text),
    )


_COUNTED = re.compile(
    r"\b(?:combien|cb|nombres?|nb|nbre|effectifs?) (?:y a-t-il |de |d'|des |du )*(?=\w)"
)


def _counted(text: str) -> str | None:
    """Give the term of the thing that a question counts: "appel" in "combien d'appels"."""
    folded = squeeze(text)
    match = _COUNTED.search(folded)
    if not match:
        return None
    following = [token for token in tokens(folded[match.end() :]) if token.kind == "word"][:1]
    words = [term(token) for token in following if token.form not in STOP_WORDS]
    return words[0] if words else None


def _label_weights(fields: frozenset[str]) -> dict[str, float]:
    """Search for the labels of the fields asked for as well, as added terms."""
    return dict.fromkeys(terms(" ".join(sorted(fields))), EXPANSION_WEIGHT)


def _names(text: str) -> frozenset[str]:
    """Give the folded words with a capital that may name a person, a body or a thing.

    The first word of the question is left out, and so is everything when the
    question is written in capitals.
    """
    if text.isupper():
        return frozenset()
    inside = place_words(text)
    found = [token for token in tokens(text) if token.kind == "word"]
    return frozenset(
        token.form
        for position, token in enumerate(found)
        if position
        and text[token.start].isupper()
        and len(token.form) > 2
        and token.form not in _COMMON_NAMES | STOP_WORDS | inside
    )
