"""The words with which a member of Parliament asks, and those that open one more demand.

All patterns are matched against folded words with single spaces (`Folded.words`), and each
of them takes a time that grows with the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from aseqa.text import fold

# Words in -er, -ir and -re that are no infinitives, where one might stand.
_NOT_INFINITIVES = frozenset(
    """hier avenir loisir plaisir soupir hiver amer fier cher enfer super leader laser cancer mer
    fer ver contre entre outre autre notre votre nombre ordre cadre centre titre semestre
    trimestre registre ministre membre rencontre theatre lettre montre chiffre offre litre metre
    maire paire faire-part libre propre sobre pauvre rare claire pire sincere premiere guere
    derriere arriere hors loir terroir espoir soir noir couloir devoir pouvoir savoir
    septembre octobre novembre decembre janvier fevrier maniere matiere filiere carriere
    encore alentour desir souvenir foyer loyer danger etranger leger berger""".split()
)
# Verbs in -ier, -re and -ire; other words with these endings are adjectives and nouns.
_VERBS = frozenset(
    """etudier publier confier associer allier concilier beneficier remedier apprecier lier relier
    dedier multiplier negocier verifier pallier envier oublier licencier initier copier
    mettre remettre permettre admettre transmettre promettre soumettre compromettre prendre
    apprendre comprendre reprendre entreprendre surprendre rendre repondre etendre entendre attendre
    defendre suspendre poursuivre suivre vivre naitre connaitre reconnaitre accroitre joindre
    rejoindre atteindre contraindre restreindre etre resoudre conclure inclure exclure rompre
    interrompre combattre abattre battre convaincre vaincre descendre vendre perdre
    faire satisfaire defaire refaire extraire soustraire produire reduire conduire reconduire
    construire reconstruire instruire introduire traduire detruire dire interdire redire predire
    ecrire inscrire prescrire souscrire lire elire relire suffire nuire parfaire taire plaire
    paraitre apparaitre disparaitre""".split()
)

_PERSON = r"(?:il|elle|ils|elles|je|j'|nous|on)"
_OBJECT = r"(?:lui |leur |vous |l'|le |la |les )"
_WISHED = r"(?:souhaite|voudrai|aimerai|desire|tien(?:t|drait) a)[a-z]{0,5}"
_ASKED = (
    r"(?:demande|interroge|questionne|interpelle|sollicite|prie|invite|saisit|appelle)[a-z]{0,5}"
)
_TITLED = r"(?:m\.|mme|mlle) [^.,;:?]{2,60}?"

_SKIPPED = (
    r"donc|ainsi|enfin|egalement|aussi|par ailleurs|en outre|de plus|en consequence"
    r"|par consequent|a ce titre|a cet egard|a ce sujet|plus precisement|desormais|alors|des lors"
    r"|d'une part|d'autre part|en premier lieu|en second lieu|en particulier|notamment"
    r"|premierement|deuxiemement|tout d'abord|d'abord|plus generalement|plus largement"
    r"|dans ce contexte|de maniere generale|tres precisement|precisement|en effet"
    r"|en tout premier lieu|finalement|s'il vous plait|a terme|avec insistance|solennellement"
)
_RECIPIENT = (
    r"(?:au|aux|a l'|a la|a) ?(?:gouvernement|pouvoirs publics|etat|ministere|ministre"
    r"|(?:m\.|mme|monsieur|madame) (?:le |la |l')?[^,;:?]{2,90}?(?=,| (?:de|d'|si|s'|quel|comment"
    r"|ce qu|que|qu'|combien|quand|pourquoi)))"
)
_TOLD = (
    r"savoir|connaitre|obtenir|comprendre|indiquer|preciser|dire|communiquer|exposer|detailler"
    r"|presenter|expliquer|transmettre|fournir|donner|avoir|recueillir|disposer"
    r"|faire savoir|faire connaitre|faire part|informer|eclairer|rappeler"
    r"|etre informee?s?|interroger|l'interroger|le questionner|la questionner"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded, white space single; ``places[i]`` is where ``words[i]`` stands in it."""

    words: str
    places: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Give the characters of the text that ``words[start:end]`` stand for."""
        following = self.places[end] if end < len(self.words) else self.places[-1]
        return self.places[start], following


def folded(text: str) -> Folded:
    r"""Fold a text, and remember where each of its characters comes from.

    Examples
    --------
    >>> folded("Cœur\u00a0: où ?").words
    'coeur : ou ?'
    """
    words: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = " " if char.isspace() else fold(char)
        if plain == " " and (not words or words[-1] == " "):
            continue
        words.extend(plain)
        places.extend([place] * len(plain))
    return Folded("".join(words), (*places, len(text)))


@cache
def asking() -> re.Pattern[str]:
    """Give the words with which an author asks: "il souhaite", "elle lui demande"."""
    return re.compile(
        rf"\b{_PERSON} ?{_OBJECT}?(?:{_WISHED}|{_ASKED})\b"
        rf"|\b(?:{_WISHED}|{_ASKED})-(?:t-)?{_PERSON}\b"
        rf"|(?:\bet|,|\bainsi|\baussi|\bdonc|\benfin) {_OBJECT}(?:{_WISHED}|{_ASKED})\b"
        rf"|\b{_TITLED} (?:{_WISHED}|demande[a-z]{{0,5}})\b"
    )


@cache
def opening_line() -> re.Pattern[str]:
    """Give the first words of a question, whose subject follows them: "attire … sur"."""
    return re.compile(
        r"\b(?:attire|appelle|alerte|interroge|interpelle|questionne|sensibilise|saisit|interroger)"
        r"[a-z]{0,3}\b[^;?]{0,400}? (?:sur|au sujet de|a propos de|quant a|concernant) "
    )


@cache
def introduction() -> re.Pattern[str]:
    """Give what may stand between the asking verb and what is asked, one piece at a time."""
    return re.compile(
        rf" ?(?:[,:]|\d{{1,2}}[°)]|(?:{_SKIPPED})\b|{_RECIPIENT}"
        r"|(?:de |d')?(?:bien )?vouloir(?: bien)?"
        rf"|(?:de |d')?(?:lui |leur |nous |me |l'|en )?(?:{_TOLD})\b"
        r"(?: (?:de|d'|sur|quant a)(?=[ l]))?"
        r"|(?:des |plus de |quelques |toutes )?(?:precisions|informations|eclaircissements"
        r"|explications)(?: (?:sur|quant a|concernant))"
        r"|sur(?= )|quant a(?= )|concernant(?= ))"
    )


@cache
def told_again() -> re.Pattern[str]:
    """Give a second "de préciser", "d'indiquer" after one asking verb."""
    return re.compile(
        rf"(?:de |d')(?:bien vouloir )?(?:lui |leur |nous |l')?(?:{_TOLD})\b"
        r"(?: (?:de|d'|sur|quant a)(?=[ l]))? ?"
    )


@cache
def separators() -> re.Pattern[str]:
    """Give a run of what may stand between two demands."""
    return re.compile(
        r"(?: ?[,;?]| \d{1,2}[°)]"
        r"| (?:et|puis|ainsi que|ainsi qu'|mais aussi|mais egalement|de meme que)(?=[ ,]|$)"
        rf"| (?:{_SKIPPED})(?=[ ,]))+"
    )


@cache
def interrogative() -> re.Pattern[str]:
    """Give the words that open an indirect or direct question."""
    return re.compile(
        r"(?:(?:a|de|d'|dans|par|pour|sous|sur|selon|avec|en|vers) ?)?quel(?:le)?s?\b"
        r"(?! que| qu'| soit)"
        r"|(?:(?:a|de|en|depuis|jusqu'a|pour|des) )?(?:combien|quand)\b|a partir de quand\b"
        r"|comment\b|pourquoi\b|ou en\b|jusqu'ou\b|d'ou\b"
        r"|si\b|s'ils?\b|ce qu(?:i|e)\b|ce qu'|est-ce qu"
    )


@cache
def last_of_series() -> re.Pattern[str]:
    """Give the "et" that brings in the last of several indirect questions."""
    return re.compile(rf"(?: et|;) (?:enfin )?(?:{interrogative().pattern})")


@cache
def inverted() -> re.Pattern[str]:
    """Give a verb before its pronoun, a few words after the opening of a question."""
    return re.compile(
        r"(?:[^ ,;?]+ ){0,8}(?!rendez-)[a-z]{2,}-(?:t-)?(?:il|elle|ils|elles|on|vous)\b"
    )


_CLITICS = r"(?:(?:ne|pas|y|en|le|la|les|lui|leur|se|mieux|davantage|enfin|aussi) |s'|l'|n'){0,3}"
_PREPOSITIONS = {
    "pour": rf"pour {_CLITICS}",
    "afin": rf"afin (?:de |d'){_CLITICS}",
    "de": rf"(?:de |d'){_CLITICS}",
    "bare": _CLITICS,
}


@cache
def before_infinitive(form: str) -> re.Pattern[str]:
    """Give ``form`` (pour, afin, de or bare) before a word that may be an infinitive."""
    return re.compile(
        rf"{_PREPOSITIONS[form]}(?P<verb>[a-z]{{3,}}r|[a-z]{{2,}}re)\b(?= (?!et |ou ))"
    )


def is_infinitive(word: str) -> bool:
    """Tell whether a folded word in -r or -re is the infinitive of a verb.

    Examples
    --------
    >>> [word for word in ("doter", "financier", "reduire", "sanitaire") if is_infinitive(word)]
    ['doter', 'reduire']
    """
    if word in _VERBS:
        return True
    if word in _NOT_INFINITIVES or word.endswith(("eur", "our", "aire")):
        return False
    if word.endswith("ier"):
        return word.endswith("fier")
    return word.endswith(("er", "ir"))


# What members ask for, as the head of a noun phrase.
_ASKED_NOUNS = (
    "mesures? moyens? dispositions? calendriers? nombres? montants? bilans? position intentions?"
    " suites? raisons? modalites? dates? delais? etat part conditions? evaluation repartition"
    " criteres? actions? garanties? avis orientations? resultats? couts? budgets? perspectives?"
    " leviers? initiatives? solutions? pistes? echeances? echeancier consequences? causes? motifs?"
    " taux proportion liste effectifs? credits? objectifs? reponses? strategie"
    " sanctions? recommandations? conclusions? engagements? dispositifs? procedures? statistiques?"
    " donnees chiffres travaux analyse role ampleur duree frequence financements?"
).split()


@cache
def asked_noun() -> re.Pattern[str]:
    """Give a noun phrase that a demand may be: "le nombre", "les moyens"."""
    return re.compile(
        rf"(?:sur )?(?:le |la |les |l'|leur |leurs |sa |son |ses )(?:{'|'.join(_ASKED_NOUNS)})\b"
    )


@cache
def generic_need() -> re.Pattern[str]:
    """Give the empty half of a demand, before what it is for: "les mesures que … pour"."""
    return re.compile(
        r"\b(?:mesures?|moyens?|dispositions?|actions?|solutions?|reponses?|initiatives?|pistes?"
        r"|leviers?|suites?|prendre|engager|adopter|mettre en \w+|mener|deployer|apporter)\b"
    )
