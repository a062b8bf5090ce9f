"""Which words of a short French question are verbs: a closed list, read in context."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aseqa.places import places
from aseqa.respelling import level

# Folded stems of verbs in -er whose stem does not change.
_REGULAR = (
    "abandonn abord accompagn accord accueill accus aid aggrav ajout alert allou amelior amen"
    " annonc appliqu apport arriv assist assur attribu augment avanc baiss bloqu cach chang"
    " cherch compt concern condamn confi consacr consult control cout cri critiqu debloqu decid"
    " declar demand demontr denonc depass depens deplor depos devi devoil diminu donn dur echapp"
    " elabor encadr engag entrain envisag epaul estim evalu evit exig exist expliqu explos expos"
    " exploit favoris figur financ fix form frapp gagn garant ger habit heberg impos imput"
    " inclu indiqu inquiet instaur insist interess interrog jou jug lanc limit log manqu mesur"
    " mentionn mobilis montr not nomm observ oblig occup organis oubli pass pay pens pilot plac"
    " port pos precis preconis prepar present prevoi promulg propos proteg protest prouv publi"
    " rappel recommand reclam recrut refus regl regrett rembours renforc rencontr rentr repos"
    " represent reproch respect rest retir reuss risqu sanction semb signal souhait soulign"
    " soupconn suppos taxe tent termin tomb touch tourn travaill trouv utilis vers vis vol vot"
).split()
_ENDINGS = "e ent a ait aient era eront erait eraient erent".split()
_IRREGULAR = (
    "a ont ai avait avaient aura auront aurait auraient est sont etait etaient fut furent sera"
    " seront serait seraient fait font faisait faisaient fera feront dit disent disait disaient"
    " peut peuvent pouvait pouvaient pourra pourront pourrait pourraient doit doivent devait"
    " devaient devra devront devrait devraient veut veulent voulait voudrait va vont allait ira"
    " vient viennent venait devient deviennent tient tiennent obtient contient maintient soutient"
    " prend prennent comprend apprend met mettent mettait permet permettent promet prevoit"
    " prevoient prevoyait recoit recoivent sait savent voit voient repond repondent attend"
    " attendent rend rendent vend vendent depend dependent defend defendent perd perdent suit"
    " suivent vit vivent meurt meurent sort sortent dort dorment sert servent ecrit ecrivent"
    " decrit decrivent produit reduit reduisent connait connaissent nait naissent faut fallait"
    " faudra faudrait vaut agit finit finissent subit subissent garantit choisit remplit souffre"
    " souffrent offre offrent ouvre ouvrent couvre reconnait admet croit croient craint craignent"
    " atteint atteignent rejoint appelle appellent rappelle envoie envoient paie paient emploie"
    " protege protegent gere gerent espere esperent suggere suggerent regle interesse s'eleve"
    " eleve elevent entre entrent compte revient reviennent convient interdit interdisent cree"
    " creent signifie date agissent etablit etablissent definit"
).split()
_FORMS = frozenset(stem + ending for stem in _REGULAR for ending in _ENDINGS) | set(_IRREGULAR)
# After these a form that is both ("la demande", "l'aide") is a noun; "entre" is a preposition
# before a number, and "date" a noun after "quelle".
_BEFORE_NOUN = frozenset(
    """le la l' les un une des du de d' au aux ce cet cette ces son sa ses leur leurs quel quelle
    quels quelles aucun aucune chaque nouvelle premiere en sans par""".split()
)
_BEFORE_CLITIC = frozenset(
    "qui on ne n' il elle ils elles comment pourquoi quand ou que qu'".split()
)
INVERTED = re.compile(r"(.+?)-(?:t-)?(il|elle|ils|elles|on)$")
_BEING = frozenset("est sont etait etaient fut furent sera seront serait seraient".split())
_WORD = re.compile(r"(?:l|d|qu|n|s|c|j|m|t|jusqu|lorsqu)'(?=\w)|[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question with its place; ``form`` is folded, "l'" stands alone."""

    start: int
    end: int
    form: str
    spelling: str


def words_of(text: str) -> list[Word]:
    """Cut a question into words, an inverted verb ("a-t-il") being one."""
    return [
        Word(m.start(), m.end(), m.group(), text[m.start() : m.end()])
        for m in _WORD.finditer(level(text))
    ]


def is_verb(words: list[Word], position: int) -> bool:
    """Tell whether the word at ``position`` is a finite verb.

    Examples
    --------
    >>> [w.form for i, w in enumerate(ws) if is_verb(ws, i)] if (
    ...     ws := words_of("Que demande la demande ?")) else []
    ['demande']
    """
    form = words[position].form
    if INVERTED.match(form):
        return True
    if form not in _FORMS or (form == "a" and _is_preposition(words, position)):
        return False
    if form == "entre" and (not position or (words[position + 1 : position + 2]
                            and words[position + 1].form.isdigit())):  # fmt: skip
        return False
    before = words[position - 1].form if position else ""
    if form in _BEING and before != "l'":
        return True
    if before in ("l'", "la", "le", "les", "leur") and position > 1:
        return words[position - 2].form in _BEFORE_CLITIC
    return before not in _BEFORE_NOUN


def _is_preposition(words: list[Word], position: int) -> bool:
    """Tell "à" from "a", accent or not: "a Albi" stands first, or before a place."""
    following = words[position + 1].spelling if position + 1 < len(words) else ""
    return words[position].spelling in "àÀ" or not position or bool(places(following))


def has_verb(text: str) -> bool:
    """Tell whether a question holds a finite verb.

    Examples
    --------
    >>> has_verb("dans le Tarn"), has_verb("que demande-t-il"), has_verb("l'aide sociale")
    (False, True, False)
    """
    words = words_of(text)
    return any(is_verb(words, position) for position in range(len(words)))
