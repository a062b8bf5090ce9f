"""The verbs by which French texts say that someone speaks, in the forms they take."""

from __future__ import annotations

import re

# Verbs in -er whose stem does not change, for "affirme-t-elle" and "l'Igas affirme que".
_REGULAR = (
    "accus affirm ajout alert argument argu assén assur avou blâm chiffr clam"
    " comment comptabilis confess confi conseill constat critiqu déclar dénombr dénonc déplor"
    " détaill estim évalu"
    " évoqu expliqu exprim fustig indiqu insist invoqu ironis justifi lâch martel"
    " mentionn murmur narr not nuanc object observ opin pens plaid point précis"
    " préconis racont raill rapport récapitul recens récus recommand redout regrett relat"
    " relativis remarqu répliqu résum rétorqu salu signal soulign spécifi stigmatis tacl"
    " témoign tempêt tonn certifi chapitr corrobor dévoil diagnostiqu"
    " document énonc exhort imput proclam protest pronostiqu prôn prophétis"
    " prétext réaffirm redout répercut résum soupçonn souhait tabl"
    " tranch vant"
).split()
# The same, but what is said must follow: "a annoncé que", not "a annoncé un plan".
_ASKING = (
    "avanc analys annonc attest défend démontr calcul condamn"
    " confirm contest demand exig expos illustr jug montr propos"
    " réclam"
).split()
_IRREGULAR = (
    "admet admettent avertit avertissent conclut concluent concède concèdent convient craint"
    " admettait avertissait concluait craignait décrivait écrivait garantissait promettait"
    " promettaient maintenait prévenait rappelait rappelaient reconnaissait relevait répétait"
    " répétaient répondait révélait soutenait suggérait considérait s'inquiétait s'indignait"
    " faisait-savoir faisait-valoir met-en-lumière mettent-en-lumière"
    " fait-état font-état fait-le-constat dresse-le-constat"
    " craignent décrit décrivent dit disent disait disaient écrit écrivent espère espèrent garantit"
    " interpelle interpellent maintient martèle martèlent prévient préviennent promet promettent"
    " rappelle rappellent reconnaît reconnaissent relève relèvent répète répètent répond"
    " répondent révèle révèlent soutient soutiennent suggère suggèrent considère considèrent"
    " s'alarme s'alarment s'inquiète s'inquiètent s'indigne s'indignent s'insurge s'insurgent"
    " s'étonne s'agace s'exclame s'interroge s'émeut s'offusque s'emporte se-désole se-réjouit"
    " se-souvient se-félicite met-en-garde mettent-en-garde tire-la-sonnette-d'alarme"
    " admettra avertira conclura conviendra craindra dira diront écrira écriront maintiendra"
    " prétend prétendent prétendait prétendaient établit établissent dément démentent rejette"
    " contredit contredisent redit redisent voit-dans voient-dans y-voit y-voient y-voyait"
    " fait-observer font-observer fait-apparaître font-apparaître laisse-entendre laissent-entendre"
    " font-valoir font-savoir font-remarquer faisait-état faisaient-état faisait-observer"
    " faisait-remarquer fait-part font-part met-en-avant mettent-en-avant mettait-en-avant"
    " mettait-en-garde met-en-cause mettent-en-cause tient-pour tiennent-pour parle-de parlent-de"
    " s'en-inquiète s'en-alarme s'en-indigne s'en-prend juge-que porte-à table-sur"
    " sous-entend soulève énumère fixe-à ramène-à place-à situe-à donne-pour se-dit se-disent"
    " pointent-du-doigt tirent-la-sonnette-d'alarme enjoint voyait-dans révélera montrera"
    " font-le-constat dressent-le-constat dresse-un-constat fait-ressortir font-ressortir"
    " pointe-du-doigt met-en-évidence fait-valoir fait-savoir fait-remarquer"
).split()
_PARTICIPLES = (
    "admis averti concédé conclu convenu décrit dit écrit garanti interpellé martelé prévenu"
    " redit prétendu établi démenti rejeté contredit laissé-entendre fait-part mis-en-avant"
    " mis-en-cause parlé-de fait-observer fait-apparaître fait-ressortir soulevé vu-là"
    " promis rappelé reconnu relevé répété répondu révélé soutenu suggéré considéré fait-savoir"
    " mis-en-évidence mis-en-lumière pointé-du-doigt fait-état fait-remarquer"
    " fait-valoir mis-en-garde tiré-la-sonnette-d'alarme alarmé inquiété indigné insurgé étonné"
    " exclamé interrogé ému désolé réjoui"
).split()
# Verbs that report speech only when they follow it: "« Oui », sourit-il".
_INSERTED = (
    "avance complète continue embraye enchaîne glisse grince lance lançait poursuit poursuivait"
    " reprend renchérit sourit soupire souffle s'amuse tempère tranche traduit hésite interroge"
    " abonde acquiesce appuie conteste corrige coupe insiste riposte réagit réagissait se-défend"
    " se-désespère se-plaint s'agaçait s'énerve s'enthousiasme s'inquiètent sanglote demande"
    " demandait exige implore supplie titre résume"
).split()
_INSERTED_PARTICIPLES = (
    "avancé complété contesté défendu glissé lancé poursuivi réagi renchéri repris soufflé tranché"
).split()
_INFINITIVES = (
    "admettre conclure craindre dire écrire se-désoler faire-valoir faire-savoir faire-remarquer"
    " prévenir rappeler reconnaître relever répéter répondre renchérir s'inquiéter s'interroger"
    " s'indigner se-réjouir soutenir suggérer espérer révéler avertir mettre-en-garde compléter"
    " poursuivre conclure"
).split()
_REACTIONS = "réagit réagissent réagi répond répondent répondu s'exprime exprimé".split()


def _spaced(forms: list[str]) -> str:
    """Give one alternation, longest first; a hyphen in a form stands for a space."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form.replace("-", " ")) for form in ordered)


def _forms(stems: list[str]) -> str:
    """Give the forms of regular verbs; those in -cer and -ger change before an "a"."""
    ends = "(?:e(?:nt|ra|ront|rait|raient)?|ait|aient|a|èrent|ant)"
    soft = [stem[:-1] + "ç" for stem in stems if stem.endswith("c")]
    soft += [stem + "e" for stem in stems if stem.endswith("g")]
    return f"(?:{_spaced(stems + soft)}){ends}"


def _done(stems: list[str]) -> str:
    return f"(?:{_spaced(stems)})é"


_SAYING = _REGULAR + _ASKING
SAID_OF = _forms(_REGULAR)
# "parle de": of what is said; "la magistrate parle au présent" attributes nothing.
_SPEAKS = r"parl(?:e|ent|ait|aient)(?=,?\s(?:(?:lui|elle|[\w]{3,12}),?\s)?(?:de\s|d'|du\s|des\s|«))"
PRESENT = f"{_forms(_SAYING)}|{_spaced(_IRREGULAR)}|{_SPEAKS}"
PAST = f"{_done(_SAYING)}|{_spaced(_PARTICIPLES)}"
INSERTED = f"{_forms(_SAYING)}|{_spaced(_IRREGULAR + _INSERTED)}"
INSERTED_PAST = f"{_done(_SAYING)}|{_spaced(_PARTICIPLES + _INSERTED_PARTICIPLES)}"
INFINITIVE = f"(?:{_spaced(_SAYING)})er|{_spaced(_INFINITIVES)}"
ASKING = f"{_forms(_ASKING)}|{_done(_ASKING)}|écrit|écrivent|dit|écrire"
COUNTING = _forms("chiffr comptabilis dénombr recens enregistr".split())
REACTING = _spaced(_REACTIONS)
PASSIVE = (
    "(?:(?:point|dénonc|soulign|relev|constat|signal|critiqu|rapport|rappel|recommand|préconis"
    "|révél|estim|avanc|cit|évalu|chiffr|calcul|observ|not|recens|dénombr|déplor|regrett"
    "|confirm|contest)ée?s?|(?:décrite?|mise? en (?:avant|lumière"
    "|évidence|cause))s?)"
)
ADVERB = (
    "(?:[^\\W\\d_]+ment|aussi|même|d'ailleurs|pourtant|toujours|encore|déjà|ainsi|donc|enfin"
    "|par ailleurs|de son côté|à nouveau|pour sa part|de leur côté)"
)

HAS = r"(?:a|ont|avait|avaient|aurait|auraient|s'est|se sont|s'était)"
TO = r"(?:(?:nous|vous|lui|leur|le|la|les|y|en)\s|[ml]'){0,2}"
LEAD = r"[\s,.!?…]*"
VERB_AFTER = re.compile(
    rf"{LEAD}{TO}(?:(?:{INSERTED})|{HAS}\s+(?:{ADVERB}\s+)?(?:{INSERTED_PAST}))(?:\s+{ADVERB})?"
    r"\s+(?=\S)"
)
