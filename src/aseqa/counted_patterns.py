"""The cues around a number that tell what it counts, as patterns over folded text."""

from __future__ import annotations

import re
from functools import cache

_PATTERNS = {
    "right": r"[;:!?»«()\n]|\.(?!\w)|,|\bdont\b|\bcontre\b|\bmais\b|\btandis\b|\balors\b|\bsoit\b"
    r"|\bselon\b|\bd'apres\b|\bd'ici\b|\bcependant\b|\bce qui\b|\bpour un\b|[–—]| - ",
    "left": r"[;:!?«»()\n]|\.(?!\w)|,|\bdont\b|\bet\b|\bmais\b|\bque\b|[–—]| - ",
    "opening": r"\s{0,3}(?:parmi|chez|pour|dans|au sein|sur|en|a la|a l'|au|aux|dans une?) ?",
    "count_of": r"\b(?:nombre|effectifs?|total|chiffre|population|somme) "
    r"(?:total |totale |moyen |annuel )?d(?:e |es |')(?!\Z)",
    "share_of": r"\b(?:part|proportions?|taux|pourcentage) (?:d(?:e |es |u |')|(?=\w))",
    "of": r" ?(?:des |de |du |d'|de l')",
    "anaphor": r" ?(?:d'entre |de |parmi )?(?:eux|elles|ceux-ci|celles-ci|ces derni\w+)\b",
    "duration": r"\b(?:delais?|durees?|dur(?:e|ent|ait|aient)|temps|moyenne|attentes?|attend\w*"
    r"|avant|rest(?:e|ent|ait|aient)|execut\w+|ecoul\w+|met(?:tent|tait)?)\b",
    "delay": r"\b(?:delais?|attentes?|attend\w*|avant (?:que|qu'|d'etre)"
    r"|avant (?:un |le |leur )?placement"
    r"|met(?:tent|tait)? |ecoul\w+|execut\w+)",
    "legal": r"\b(?:lega\w+|doi(?:t|vent)|dev(?:ait|ra)|maxim\w+|limite|fixe\w*|au plus tard)\b",
    "entry": r"\b(?:entr(?:ee|ees|er|ent|aient)|premier\w*|debut\w*|commenc\w+|tomb\w+)\b",
    "number_of": r"(?: en (?:19|20)\d\d)?(?: au moins| au plus| environ)?(?: en \d{4})? "
    r"(?:le nombre|les? effectifs?|le total|la population) (?:total )?(?:d'|des |de )",
    "aside": r",(?: fin| debut| mi-| en| au| a| courant| des)? +,",
    "since": r" en (?:19|20)\d\d a ",
    "dated": r".{0,60}?\b(?:19|20)\d\d\b",
    "only_place": r"\W*(?:(?:en|a|au|aux|dans|sur|l'|le|la|les|departement|region|metropole|fin)\b"
    r"\W*)*",
    "evolves": r"[\s,]*(?:en\s+)?a\s+",
    "of_those": r"\b(?:celles|celui|celle) (?:d|qu)"
    r"|\by (?:ont |a |avai\w+ )?(?:\w+ )?(?:consacr|depens|affect|allou)"
    r"|\b(?:ce|cette|ces) (?:budget|depenses?|enveloppe|somme|montant)",
    "denied": r"\bn(?:e |')(?:\w+ ){1,2}(?:plus|jamais|guere|pas)\b(?! que)",
    "only": r"\bn(?:e |')(?:[\w']{1,20} ){1,4}que \Z",
    "he": r"\bils (?:n'|ne )?(?:sont|etaient|seraient|auraient ete|ont ete) \Z",
    "again": r"\b(?:dont|soit|contre|en \w{3,14}) \Z",
    "estimated": r"\b(?:estim|evalu|chiffr)\w* (?:donc |ainsi )?a \Z",
    "guess": r"\b(?:chiffre|estimation|fourchette|hypothese) de \Z",
    "between": r"\b(?:entre [^,;:.]{1,60}?) et ",
    "before_care": r"\bavant (?:d'etre|que|leur|son|un|le) (?:enfin )?(?:confi|accueilli|pris en)",
    "share_of_them": r" (?:d(?:e|es|e ces|e nos) )?",
    "among": r"\bparmi (?:les|des|l'ensemble des|tous les) ",
    "same_case": r"\bdans (?:ce(?:tte)? |la meme |le meme |un )?(?:cas|situation)\b",
    "elsewhere": r"(?:\bdont|\bet(?: a| de)?|,(?: a| de)?) \Z",
    "gap": r"(?:,|\bet|\bpuis) +(?:(?:l'|le|la|les|en|a|au|aux|dans|celui|de|d') *)* {3,}\Z",
    "they": r"\b(?:ils|elles) (?:ne )?(?:sont|etaient|seraient|restent)"
    r"(?: plus que| que| encore)? \Z",
    "in_it": r"\ben (?:a |ont |avait |avaient )?\w+ (?:deja |encore )?\Z",
    "share_by": r"\b(?:represent|form|constitu|compos)(?:ent|aient|e|ait) \Z",
    "verb": r"\b(?:sont|etaient|seraient|ont|avaient|auraient|est|etait|serait|avait"
    r"|a(?! l'| la | les? | un| des? |u| d')|vivent|ne"
    r"|vivaient|presentent|declarent|sort(?:ent)?|beneficient?|rest(?:e|ent)|attend(?:ent)?|quitt(?:e|ent)|disent|se|vit"
    r"|dispos(?:e|ent)|souffr(?:e|ent)|dorm(?:ent|aient)|dort)\b",
    "touch": r"\b(?:touch|concern|affect|frapp)(?:e|ent|ant|ait|aient|erait|eraient) \Z",
    "these": r"\bce(?:s|tte|t)? (?:memes? )?(?:reseaux?|phenomenes?|fleaux?|exploitation|faits?)\b",
    "out_of": r"\bsur (?:les )?(?:\d{1,4}|[a-z]{2,7})\b",
    "age": r"\bages?\b",
    "rising": r"\b(?:haus\w+|augment\w*|progress\w*|croissance|bond\w*|accr\w*|supplementaires?)\b",
    "falling": r"\b(?:baiss\w*|diminu\w*|recul\w*|chut\w*|inferieur\w*|economies?)\b",
    "plural": r"\W*(?:les|des|nos|ces) ",
    "kind": r"\b(?:moyen(?:ne)?|median(?:e)?|minim\w+|maxim\w+|precoces?)\b",
}  # fmt: skip


@cache
def cue(name: str) -> re.Pattern[str]:
    """Give a pattern by its name."""
    return re.compile(_PATTERNS[name])
