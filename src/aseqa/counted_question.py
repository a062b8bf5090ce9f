"""What a question asks the figure of: its unit, and the label of what it wants counted."""

from __future__ import annotations

import re
from functools import cache

from aseqa.answer_type import expected_types
from aseqa.counted_labels import measured_label, share_label, things_label
from aseqa.counted_words import read_plainly
from aseqa.not_figures import excluded

_UNITS = {"money": "euros", "share": "%", "age": "ans", "duration": "durée"}
_ASKED = (
    r"\b(?:combien (?:y a-t-il )?(?:de |d')|combien |(?:le |les |l')?"
    r"(?:nombres?|nb|effectifs?) (?:total )?(?:de |d'|des ))"
)
_SHARE = r"\b(?:part|proportion|pourcentage|taux) (?:de |des |d')"
_FILLERS = (
    r"\b(?:y a-t-il|a-t-on|compte-t-on|compte-t-il|denombre-t-on|recense-t-on|est-ce qu(?:e |')"
    r"|quels? (?:est|sont|etait|etaient)|quelles? (?:est|sont|etait|etaient)?|combien de temps"
    r"|combien|a combien|a quel|s'eleve\w*|etait-il|sont-ils|cout\w+"
    r"|duree|age|moyen(?:ne)?)\b|-t-(?:on|ils?|elles?)\b|\?"
)


def asked_figure(question: str) -> tuple[str, str | None]:
    """Give the unit that a question asks for and the label of what is to be counted.

    Dates are no part of the label; places must have been taken out.

    Examples
    --------
    >>> asked_figure("Combien de mineurs sont victimes d'exploitation sexuelle ?")
    ('personnes', 'mineurs victimes de prostitution')
    """
    text = read_plainly(question).text
    for start, end in excluded(text):
        text = text[:start] + " " * (end - start) + text[end:]
    kinds = expected_types(question)
    unit = next((_UNITS[kind] for kind in kinds if kind in _UNITS), "")
    if unit == "%":
        subject = _compiled(_SHARE).search(text)
        return unit, share_label(
            _compiled(_FILLERS).sub(" ", text[subject.end() :] if subject else "")
        )
    text = _compiled(r"\bentre(?:nt)?-t-\w{2,5}\b").sub("entree", text)
    text = _compiled(r"\bplace(?:nt)?(?=-t-)").sub("confie", text)
    if unit:
        return unit, measured_label(unit, _compiled(_FILLERS).sub(" ", text))
    asked = _compiled(_ASKED).search(text)
    if not asked:
        return "", None
    label, unit = things_label(_compiled(_FILLERS).sub(" ", text[asked.end() :]))
    return unit, label


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
