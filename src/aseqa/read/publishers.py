"""Web addresses: cleaned of tracking, and the publisher that a host stands for."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

ADDRESS = re.compile(r"https?://[^\s<>\"«»]+")

# By registered domain; a host of its own (a programme, a region) comes first.
PUBLISHERS = {
    "france3-regions.franceinfo.fr": "France 3 Régions",
    "france3-regions.francetvinfo.fr": "France 3 Régions",
    "20minutes.fr": "20 Minutes",
    "actu.fr": "Actu.fr",
    "assemblee-nationale.fr": "Assemblée nationale",
    "ash.tm.fr": "Actualités sociales hebdomadaires",
    "bfmtv.com": "BFM TV",
    "francebleu.fr": "France Bleu",
    "franceinfo.fr": "Franceinfo",
    "francetvinfo.fr": "Franceinfo",
    "gazette-sante-social.fr": "La Gazette Santé-Social",
    "humanite.fr": "L’Humanité",
    "ici.fr": "ICI",
    "igas.gouv.fr": "Inspection générale des affaires sociales",
    "la-croix.com": "La Croix",
    "ladepeche.fr": "La Dépêche du Midi",
    "lagazettedescommunes.com": "La Gazette des communes",
    "lamontagne.fr": "La Montagne",
    "laprovence.com": "La Provence",
    "lavoixdunord.fr": "La Voix du Nord",
    "lcp.fr": "LCP",
    "lefigaro.fr": "Le Figaro",
    "lemediasocial.fr": "Le Media social",
    "lemonde.fr": "Le Monde",
    "leparisien.fr": "Le Parisien",
    "leprogres.fr": "Le Progrès",
    "lesechos.fr": "Les Échos",
    "liberation.fr": "Libération",
    "mediapart.fr": "Mediapart",
    "midilibre.fr": "Midi libre",
    "nicematin.com": "Nice-Matin",
    "nouvelobs.com": "Le Nouvel Obs",
    "ouest-france.fr": "Ouest-France",
    "publicsenat.fr": "Public Sénat",
    "radiofrance.fr": "Radio France",
    "rtl.fr": "RTL",
    "senat.fr": "Sénat",
    "streetpress.com": "StreetPress",
    "sudouest.fr": "Sud Ouest",
    "tf1info.fr": "TF1 Info",
    "vie-publique.fr": "Vie publique",
}
# The names of France 3's stations are the first step of the path.
_REGIONS = {
    "auvergne-rhone-alpes": "Auvergne-Rhône-Alpes",
    "bourgogne-franche-comte": "Bourgogne-Franche-Comté",
    "bretagne": "Bretagne",
    "centre-val-de-loire": "Centre-Val de Loire",
    "corse": "Corse ViaStella",
    "grand-est": "Grand Est",
    "hauts-de-france": "Hauts-de-France",
    "normandie": "Normandie",
    "nouvelle-aquitaine": "Nouvelle-Aquitaine",
    "occitanie": "Occitanie",
    "paris-ile-de-france": "Paris Île-de-France",
    "pays-de-la-loire": "Pays de la Loire",
    "provence-alpes-cote-d-azur": "Provence-Alpes-Côte d’Azur",
}
_EMBEDDED = re.compile(
    r"(?:^|\.)(?:twitter|x|t|facebook|instagram|tiktok|youtube|youtu|youtube-nocookie|dailymotion"
    r"|vimeo|soundcloud|spotify|google|flourish|datawrapper|genially|linkedin|bsky)"
    r"\.(?:com|be|co|fr|studio|de|app)$"
)
_TRACKING = re.compile(r"^(?:utm_|at_|mtm_|pk_|xtor|fbclid|gclid|xtref|ref$|ref_)")


def clean_address(url: str) -> str:
    """Drop the tracking parameters of an address, in its query and in its fragment.

    Examples
    --------
    >>> clean_address("https://www.lemonde.fr/a.html?utm_source=x&page=2#at_medium=5")
    'https://www.lemonde.fr/a.html?page=2'
    """
    parts = _split(url)
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])]
    fragment = "" if _TRACKING.match(parts.fragment) else parts.fragment
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), fragment))


def host_of(url: str) -> str:
    """Give the host of an address without its "www."."""
    return (_split(url).netloc.rpartition("@")[2].partition(":")[0]).lower().removeprefix("www.")


def path_steps(url: str) -> list[str]:
    """Give the steps of an address's path, as they are written."""
    return [step for step in _split(url).path.split("/") if step]


def is_embedded(url: str) -> bool:
    """Tell whether an address is that of a map, a video or a social network."""
    return _EMBEDDED.search(host_of(url)) is not None


def publisher_of(url: str) -> str | None:
    """Name who publishes at an address: a known name, else the host.

    Examples
    --------
    >>> publisher_of("https://france3-regions.franceinfo.fr/occitanie/tarn/albi/un-foyer-1.html")
    'France 3 Occitanie'
    >>> publisher_of("https://www.echo-des-rives.example/a")
    'echo-des-rives.example'
    """
    host = host_of(url)
    if host.startswith("france3-regions."):
        region = _REGIONS.get(next(iter(path_steps(url)), ""))
        return f"France 3 {region}" if region else "France 3 Régions"
    labels = host.split(".")
    for first in range(len(labels) - 1):
        known = PUBLISHERS.get(".".join(labels[first:]))
        if known:
            return known
    return host or None


def _split(url: str) -> SplitResult:
    """Split an address; a broken one (an unclosed bracket) has neither host nor path."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
