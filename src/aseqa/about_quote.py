"""Questions about the last quote itself: who says it, of when it is, where it comes from."""

from __future__ import annotations

import re

from aseqa.answer_type import expected_types
from aseqa.messages import message
from aseqa.respelling import Typed

# All forms are folded.
_THING = (
    r"(?:ca|cela|ceci|ces? (?:chiffres?|nombres?|propos|constat|pourcentage|montant)"
    r"|cette (?:phrase|citation|information|info|donnee|statistique|affirmation|reponse"
    r"|estimation|source)|l'info|l'information|le chiffre|cet? (?:extrait|article|argument|avis))"
)
_SAY = (
    r"(?:dit|affirme|ecrit|avance|pretend|declare|explique|annonce|indique|estime|raconte|donne"
    r"|constate|soutient|rapporte)"
)
_SAYS_IT = rf"(?:l'a(?:vait)? {_SAY}|(?:a |a bien pu )?{_SAY} {_THING}|le {_SAY})"
_REFERENCE = r"(?:sources?|references?)"
_DOCUMENT = r"(?:document|texte|article|rapport|journal)"
_COMES = r"(?:vient|viennent|sort|sortent|provient|proviennent|tu sors|vous sortez)"
_ABOUT = {
    "who": (
        rf"(?:qui|c'est qui qui|qui est-ce qui|qui est-ce qui a|qui est ce qui) {_SAYS_IT}",
        rf"qui (?:parle|parle ici|a parle|est-ce|a publie {_THING})",
        rf"qui est l'auteur(?: de {_THING})?",
        rf"(?:c'est|ca vient) de qui|de qui (?:est|vient|sont) {_THING}|de qui est-ce",
        rf"(?:selon|d'apres) qui|par qui (?:est-ce|c'est) {_SAY}|c'est {_SAY} par qui",
        r"quel est l'auteur|quel est son auteur|c'est qui l'auteur",
    ),
    "when": (
        rf"de quand (?:date|datent|est|vient|sont) {_THING}|(?:de quand ca|ca) date(?: de quand)?",
        rf"(?:quand|a quelle date|en quelle annee) {_THING} a(?:-t-(?:il|elle))? ete"
        r" (?:dit|publie|ecrit|annonce|donne|avance)e?s?",
        rf"{_THING} (?:date|datent|est|sont) de quand|(?:(?:c'est|c'etait) )?de quand",
        r"quand (?:l'a-t-il|l'a-t-elle|l'a-t-on|l'ont-ils) (?:dit|ecrit|affirme)",
        rf"quelle est la date(?: de {_THING})?|de quelle (?:annee|date) (?:date|est) {_THING}",
    ),
    "where": (
        rf"(?:quel(?:le)?s? (?:est|sont) )?(?:(?:la|les|ta|vos|votre|tes) )?{_REFERENCE}"
        rf"(?: de {_THING})?",
        rf"c'est quoi (?:la|ta|votre) {_REFERENCE}|d'ou {_COMES} {_THING}",
        rf"d'ou {_THING} {_COMES}|{_THING} {_COMES} d'ou|tu sors ca d'ou|sur quoi ca se base",
        rf"ou (?:est-ce|c'est) (?:dit|ecrit)|ou (?:as-tu|avez-vous|tu as|vous avez)"
        rf" (?:vu|lu|trouve) {_THING}",
        rf"(?:c'est |ca vient |ca sort )?(?:dans|de) quel {_DOCUMENT}(?: est-ce| c'est)?",
    ),
}
_DATED = r"(?:a|de) quelle date|quand (?:ca|c'est|c'etait)|a quel moment"
_COUNTS = frozenset({"number", "share", "money", "age"})


def about_quote(typed: Typed, question: str) -> str | None:
    """Give a question about the quote that answers ``question``, in words that stand alone.

    None when something else is asked. A mere "à quelle date ?" is about the
    quote where that gives a figure, and about the facts elsewhere.

    Examples
    --------
    >>> about_quote(Typed("qui l'a dit", False), "Combien ?")
    "Qui est l'auteur de la citation qui répond à « Combien ? » ?"
    """
    for kind, patterns in _ABOUT.items():
        if any(re.fullmatch(pattern, typed.form) for pattern in patterns):
            return message(f"followup_{kind}", question=question)
    if re.fullmatch(_DATED, typed.form) and _asks_figure(question):
        return message("followup_when", question=question)
    return None


def _asks_figure(question: str) -> bool:
    """Tell whether a question asks for a figure, and names nobody who did something."""
    inverted = re.search(r"-t-(?:il|elle)|-(?:ils|elles)\b", question)
    return not inverted and not _COUNTS.isdisjoint(expected_types(question))
