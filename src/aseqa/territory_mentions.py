"""Where a sentence names what it is about: places said together, and "en France"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from aseqa.flat_text import flat
from aseqa.gazetteer import gazetteer, words_of
from aseqa.places import Mention, mentions

FRANCE = "France"


@dataclass(frozen=True, slots=True)
class Locale:
    """Places said in one breath ("dans le Nord, le Pas-de-Calais et la Somme").

    ``kind`` is ``place``, ``france``, ``seat`` (of a court or a prefecture, which may speak of
    elsewhere) or ``constituency`` (of somebody elected).
    """

    start: int
    end: int
    places: tuple[str, ...]
    kind: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    of = r"(?:du|de la|de l'|des|de|d')\s?(?:le |la |l'|les )?"
    return {
        "constituency": re.compile(
            rf"\b(?:deputee?s?|senat(?:eur|rice)s?|elue?s?|circonscription)\s{of}$"
            r"|\b(?:m|mm|mmes?)\.? [^()]{2,40}\((?:[^()]{0,40}, )?$"
        ),
        "elected": re.compile(r"\b(?:deputee?|senat(?:eur|rice)|elue?|parlementaire)s? $"),
        "state": re.compile(
            r"\b(?:reponse|promesse|silence|annonce|decision|arbitrage|politique|consigne|soutien)s?"
            r" de $|\b(?:demand|reclam|exig|attend)\w* (?:de|a) $"
        ),
        "seat": re.compile(
            r"\b(?:tribunal|tribunaux|parquets?|procureure?s?|cours?|barreau|prefectures?|prefete?s?"
            rf"|chu|chru|hopital|magistrats?|juges?|recteur|rectorat|academie)(?:\s[a-z']+){{0,4}}?\s{of}$"
        ),
        "never": re.compile(
            rf"\b(?:chambre regionale des comptes|universite|boulevard|rue|avenue|place|quai"
            rf"|cours|journal|gazette|courrier)\s{of}$|\buniversite (?:paris )?$"
        ),
        "list": re.compile(
            r"\s?(?:,|et|ou|ainsi que|comme|puis|/|-|, et)?\s?(?:a|au|aux|en|dans|de|du|des|d')?\s?"
            r"(?:departements? |villes? )?(?:de |du |d')?(?:le |la |les |l')?"
            r"(?:departement |metropole )?(?:de |du |des )?(?:la |l')?"
        ),
        "preposition": re.compile(r"\b(?:a|de|d'|dans|sur|en|vers|pour|entre|ville|hors)\s?$"),
        "counts": re.compile(
            r"\s(?:compt|recens|denombr|accueill|affich|enregistr|regroup|concentr|heberg)"
            r"|\s?[(:]|\s\d|\s(?:et|ou)\s"
        ),
    }


@cache
def _france() -> re.Pattern[str]:
    return re.compile(
        r"\ben france\b(?! (?:terre|enfance))|\b(?:toute |de )la france\b(?! insoumise)"
        r"|\bdans la france entiere\b|\bfrance entiere\b"
        r"|\ba(?:u niveau| l'echelle|u plan|u rang) national(?:e)?\b|\ba l'echelle du pays\b"
        r"|\bterritoire (?:national|francais)\b|\bl'ensemble du territoire\b(?! d[eu]\b)"
        r"|\b(?:dans|sur) tout le territoire\b|\b(?:dans|a travers) (?:tout )?le pays\b(?! de)"
        r"|\bl'echelon national\b|\bla france (?:compt|recens|denombr|accueill|affich|consacr)"
        r"|\bl'hexagone\b|\bnationalement\b"
    )


@lru_cache(maxsize=256)
def locales(text: str) -> tuple[Locale, ...]:
    """Find what ``text`` says it is about, in order; foreign countries are left out.

    Examples
    --------
    >>> [(one.kind, one.places) for one in locales("Dans le Lot et le Var, 12 % ; en France, 9 %")]
    [('place', ('Lot', 'Var')), ('france', ('France',))]
    """
    named = [mention for mention in mentions(text) if _is_french(mention.place)]
    found = [*_grouped(text, named), *_nationwide(text), *_unlisted(text)]
    found.sort(key=lambda one: one.start)
    return tuple(
        one
        for place, one in enumerate(found)
        if one.kind != "never"
        and not _holds_next(text, one, found[place + 1 : place + 3])
        and not (place and _is_aside(text, found[place - 1], one))
    )


def _holds_next(text: str, one: Locale, following: Sequence[Locale]) -> bool:
    """Tell whether a place is only said to tell where the next ones are, before any figure."""
    wider = gazetteer().wider
    return any(
        held.kind == "place"
        and all(any(place in wider[name] for name in held.places) for place in one.places)
        and not any(char.isdigit() for char in text[one.end : held.start])
        for held in following
        if held.kind != "france" and one.kind == "place"
    )


def _is_aside(text: str, former: Locale, one: Locale) -> bool:
    """Tell "(Eure)" in "Évreux (Eure)", which only tells where the place is."""
    wider = gazetteer().wider
    if former.places[0] not in wider and text[former.end : one.start].strip() == "(":
        return True
    return text[former.end : one.start].strip() in (
        "(",
        ",",
        ", dans le",
        ", dans l'",
        ", en",
    ) and (
        former.kind == "place"
        and all(
            any(place in wider[name] for name in former.places if name in wider)
            for place in one.places
        )
    )


def _nationwide(text: str) -> Iterator[Locale]:
    level = flat(text)
    for match in _france().finditer(level.form):
        yield Locale(
            level.original(match.start()), level.original(match.end()), (FRANCE,), "france"
        )


@cache
def _small_place() -> re.Pattern[str]:
    capital = r"[A-ZÀÂÇÉÈÊÎÔÛ]\w+"
    joined = rf"(?:[- ](?:{capital}|d['’]|de|du|des|en|sur|sous|lès|les|la|le|aux?))"
    return re.compile(
        rf"\b(?:[Ààa] |de |[Dd]['’])(?P<name>(?:L[ea]s? )?{capital}{joined}{{0,5}})"
        r"\s\((?P<where>\d\d|2[ABab]|97[1-6]|[A-ZÉ][\w'’ -]{2,28})\)"
    )


def _unlisted(text: str) -> Iterator[Locale]:
    """Find towns that only their département tells: "à Graulhet (Tarn)", "à Rioz (70)"."""
    known = gazetteer()
    for match in _small_place().finditer(text):
        name, where = match.group("name"), match.group("where")
        place = known.names.get(words_of(where))
        is_department = place is not None and known.kinds[place.place] == "departement"
        if (is_department or where.upper() in known.codes) and words_of(name) not in known.names:
            yield Locale(match.start("name"), match.end("name"), (name,), "place")


def _is_french(place: str) -> bool:
    return gazetteer().kinds[place] != "country"


def _grouped(text: str, named: Sequence[Mention]) -> Iterator[Locale]:
    """Join the places that are listed, and leave out the wider of two that are nested."""
    level, group = flat(text), list[Mention]()
    kind = ""
    for mention in named:
        here = _kind(text, mention)
        between = (
            level.form[level.levelled(group[-1].end) : level.levelled(mention.start)]
            if group
            else ""
        )
        listed = group and len(between) < 40 and _patterns()["list"].fullmatch(between)
        if group and not (listed and _goes_with(between, here, kind)):
            yield _locale(group, kind)
            group = []
        if not group:
            kind = here
        group.append(mention)
    if group:
        yield _locale(group, kind)


def _goes_with(between: str, here: str, kind: str) -> bool:
    """Tell whether a listed place is one more of its kind: "députés du Tarn et du Lot"."""
    return here == kind or (
        here == "place"
        and kind in ("constituency", "seat")
        and not between.rstrip().endswith((" a", " au", " aux", " en", " dans"))
        and not between.endswith((" dans le ", " dans la ", " dans l'", " dans les "))
    )


def _locale(group: Sequence[Mention], kind: str) -> Locale:
    names = tuple(dict.fromkeys(mention.place for mention in group))
    return Locale(group[0].start, group[-1].end, most_specific(names), kind)


def most_specific(names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out of places those that hold another of them: Albi, not "Albi (Tarn)".

    The Métropole de Lyon lies in the Rhône, but the two have a council each.
    """
    wider, kinds = gazetteer().wider, gazetteer().kinds
    holders = {
        place
        for name in names
        for place in wider.get(name, ())
        if (kinds.get(name), kinds[place]) != ("metropole", "departement")
    }
    return tuple(name for name in names if name not in holders)


def _kind(text: str, mention: Mention) -> str:
    level, patterns = flat(text), _patterns()
    start = level.levelled(mention.start)
    before = level.form[max(0, start - 80) : start]
    if mention.form == "demonym" and patterns["elected"].search(before):
        return "constituency"
    for kind in ("never", "constituency", "seat"):
        if patterns[kind].search(before):
            return kind
    if (
        mention.place == "Paris"
        and mention.form == "name"
        and _is_the_state(level.form, mention, level.levelled(mention.end), before)
    ):
        return "never"
    return "place"


def _is_the_state(form: str, mention: Mention, end: int, before: str) -> bool:
    """Tell "Paris renvoie à son plan" from "à Paris": the town's name for the State's."""
    patterns = _patterns()
    if patterns["state"].search(before):
        return True
    return not (
        len(mention.words) > 1
        or patterns["preposition"].search(before)
        or before.endswith((", ", " et ", "("))
        or patterns["counts"].match(form, end)
        or not form[end:].strip(" .")
    )
