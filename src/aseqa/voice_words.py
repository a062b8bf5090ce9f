"""The words by which French texts say who speaks: verbs of speech, offices, institutions."""

from __future__ import annotations

import re

# Verbs in -er whose stem does not change, for "affirme-t-elle" and "l'Igas affirme que".
_REGULAR = (
    "accus affirm ajout alert argument assur clam comment confess confi"
    " conseill constat critiqu déclar dénonc déplor détaill estim évalu évoqu expliqu"
    " exprim fustig indiqu insist justifi lâch mentionn murmur narr not nuanc observ"
    " parl pens plaid point précis préconis racont raill rapport récapitul récus recommand"
    " redout regrett relat remarqu résum rétorqu soulign stigmatis tacl témoign tempêt tonn"
).split()
# The same, but what is said must follow: "a annoncé que", not "a annoncé un plan".
_ASKING = "analys annonc condamn confirm contest demand exig expos propos réclam".split()
_IRREGULAR = (
    "admet admettent avertit avertissent conclut concluent concède concèdent convient craint"
    " craignent décrit décrivent dit disent disait écrit écrivent espère espèrent garantit"
    " interpelle interpellent maintient martèle martèlent prévient préviennent promet promettent"
    " rappelle rappellent reconnaît reconnaissent relève relèvent répète répètent répond"
    " répondent révèle révèlent soutient soutiennent suggère suggèrent considère considèrent"
    " s'alarme s'alarment s'inquiète s'inquiètent s'indigne s'indignent s'insurge s'insurgent"
    " s'étonne s'agace s'exclame s'interroge s'émeut s'offusque s'emporte se-désole se-réjouit"
    " se-souvient se-félicite met-en-garde mettent-en-garde tire-la-sonnette-d'alarme"
    " pointe-du-doigt met-en-évidence fait-valoir fait-savoir fait-remarquer"
).split()
_PARTICIPLES = (
    "admis averti concédé conclu convenu décrit dit écrit garanti interpellé martelé prévenu"
    " promis rappelé reconnu relevé répété répondu révélé soutenu suggéré considéré fait-savoir"
    " fait-valoir mis-en-garde tiré-la-sonnette-d'alarme alarmé inquiété indigné insurgé étonné"
    " exclamé interrogé ému désolé réjoui"
).split()
# Verbs that report speech only when they follow it: "« Oui », sourit-il".
_INSERTED = (
    "juge jugent avance complète continue embraye enchaîne glisse grince ironise lance poursuit"
    " reprend renchérit sourit soupire souffle s'amuse tempère tranche traduit hésite interroge"
    " ajoute réagit"
).split()
_INSERTED_PARTICIPLES = "jugé avancé complété lancé poursuivi repris renchéri glissé réagi".split()
_REACTIONS = "réagit réagissent réagi répond répondent répondu s'exprime exprimé".split()


def _spaced(forms: list[str]) -> str:
    """Give one alternation, longest first; a hyphen in a form stands for a space."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form.replace("-", " ")) for form in ordered)


def _forms(stems: list[str]) -> list[str]:
    return [stem + ending for stem in stems for ending in ("e", "ent", "ait", "aient")]


def _done(stems: list[str]) -> list[str]:
    return [stem + "é" for stem in stems]


PRESENT = _spaced(_forms(_REGULAR) + _forms(_ASKING) + _IRREGULAR)
PAST = _spaced(_done(_REGULAR) + _done(_ASKING) + _PARTICIPLES)
INSERTED = _spaced(_forms(_REGULAR) + _forms(_ASKING) + _IRREGULAR + _INSERTED)
INSERTED_PAST = _spaced(_done(_REGULAR) + _done(_ASKING) + _PARTICIPLES + _INSERTED_PARTICIPLES)
ASKING = _spaced(_forms(_ASKING) + _done(_ASKING) + "décrit décrivent écrit écrivent dit".split())
REACTING = _spaced(_REACTIONS)
PASSIVE = (
    "(?:point|dénonc|soulign|relev|constat|signal|critiqu|rapport|rappel|recommand|préconis"
    "|révél|estim|décri|avanc|cit)(?:é|t)(?:e|s|es)?"
)
ADVERB = (
    "(?:[^\\W\\d_]+ment|aussi|même|d'ailleurs|toujours|encore|déjà|ainsi|donc|enfin|par ailleurs"
    "|de son côté|à nouveau)"
)

# Papers whose article is part of the name.
PAPERS = (
    "le monde|le figaro|libération|mediapart|médiapart|la dépêche|le parisien|la croix|le point"
    "|les échos|l'humanité|l'obs|l'express|ouest-france|sud ouest|la provence|la voix du nord"
    "|nice-matin|marsactu|france info|franceinfo"
)
# Who someone is, by the words of the office; the first match in a phrase decides.
KINDS = {
    "syndicat": (
        "syndicats?|syndica(?:l|le|ux|liste)|cgt|cfdt|fo|sud|unsa|fsu|cftc|cfe-cgc|solidaires"
        "|intersyndicale|(?:représentante?|déléguée?)s? du personnel"
    ),
    "justice": (
        "avocate?s?|magistrate?s?|juges?|procureure?|vice-procureure?|bâtonni(?:er|ère)"
        "|parquet|tribunal|cour (?:d'appel|de cassation|d'assises|européenne)|barreau"
        "|conseil d'état|conseil constitutionnel|cedh"
    ),
    "gouvernement": (
        "gouvernement|ministres?|ministère|matignon|élysée|préfet|préfète|préfecture"
        "|secrétaire d'état|chancellerie|garde des sceaux|président de la république|état"
        "|haut-commissaire|rect(?:eur|rice)|agence régionale de santé|ars"
    ),
    "parlementaire": (
        "députée?s?|sénat(?:eur|rice)s?|sénat|assemblée nationale|rapporteure?"
        "|commission (?:d'enquête|parlementaire)|parlementaires?"
    ),
    "inspection": (
        "inspection|igas|igj|igesr|cour des comptes|chambres? régionales? des comptes"
        "|mission(?! locale)|organisme de contrôle|inspect(?:eur|rice)s?"
        "|contrôleure? générale?|cglpl"
    ),
    "collectivite": (
        "départements?|conseils? (?:départementa(?:l|ux)|régiona(?:l|ux)|général|municipal)"
        "|conseill(?:er|ère)s? (?:départementa(?:l|le|ux)|régiona(?:l|le|ux)|municipa(?:l|le|ux))"
        "|régions?|mairie|maires?|municipalité|métropole|collectivités?|communes?|ville|élue?s?"
    ),
    "association": (
        "associations?|fondation|collectif|ong|unicef|croix-rouge|fédération|ligue|secours"
        "|uniopss|cnape|bénévoles?|amnesty|comité de vigilance"
    ),
    "statistique": "insee|drees|ined|onpe|observatoire|statisticien(?:ne)?",
    "presse": (f"afp|agence france-presse|quotidien|hebdomadaire|journal|journaliste|{PAPERS}"),
    "loi": "loi|code|décret|article|convention|constitution|règlement",
}
KIND_PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in KINDS.items()) + r")\b"
)

# Nouns for a person, which may stand before or after a name.
OFFICES = (
    "adjointe?|administrat(?:eur|rice)|agente?|ancien(?:ne)?|anthropologue|assistante?|avocate?"
    "|bâtonni(?:er|ère)|bénévole|cadre|cheffe?|cherch(?:eur|euse)|chercheure|coordinat(?:eur|rice)"
    "|cofondat(?:eur|rice)|fondat(?:eur|rice)|commissaire|conseill(?:er|ère)|contrôleure?"
    "|déléguée?|députée?|direct(?:eur|rice)|défenseure?|démographe|éducat(?:eur|rice)|élue?"
    "|économiste|enseignante?|haut-commissaire|infirmi(?:er|ère)|inspect(?:eur|rice)|juge"
    "|journaliste|magistrate?|maire|mère|médecin|membre|militante?|ministre|père|pédiatre"
    "|pédopsychiatre|porte-parole|préfet|préfète|présidente?|procureure?|professeure?|psychiatre"
    "|psychologue|rapporteure?|rect(?:eur|rice)|référente?|représentante?|responsable|salariée?"
    "|secrétaire|sénat(?:eur|rice)|politologue|philosophe|sociologue|syndicaliste|analyste|poète|écrivaine?|travaill(?:eur|euse)"
    "|vice-présidente?|vice-procureure?|victime|historien(?:ne)?|linguiste|statisticien(?:ne)?"
)
# Nouns for a body; "mission" and the like only stand for one named before.
BODIES = (
    "académie|agence|assemblée|association|barreau|chambre|chancellerie|collectif|collectivité"
    "|comité|commission|confédération|conseil|conseils|cour|département|direction|fédération"
    "|fondation|gouvernement|inspection|intersyndicale|journal|ligue|mairie|métropole|ministère"
    "|municipalité|observatoire|ong|ordre|organisation|parquet|parti|préfecture|région|sénat"
    "|secours|service|société|syndicat|tribunal|union|ville|état|haut conseil|haute autorité"
)
STAND_INS = "mission|organisme|institution|instance"
DOCUMENTS = (
    "avis|baromètre|bilan|bulletin|calculs|chiffres|communiqué|données|dossier|enquêtes?|études?"
    "|estimations?|informations?|note|rapports?|recensement|sondage|sources?|statistiques|travaux"
)
