"""What each line of a saved web page is, judged by its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aseqa.read.dates import DATE
from aseqa.read.headings import ends_sentence
from aseqa.read.lines import Line
from aseqa.read.publishers import ADDRESS

TEXT = "text"
RULE = "rule"
PUBLISHED = "published"
DATE_LINE = "date"
BYLINE = "byline"
SIGNATURE = "signature"
ADDRESS_LINE = "address"
RELATED = "related"
CREDIT = "credit"
SHARE = "share"
IMAGE = "image"
SITE = "site"
END = "end"
NOISE = "noise"

MAX_UNBROKEN_CHARS = 90
MAX_PUBLISHED_CHARS = 160
MAX_CAPTION_CHARS = 400
MAX_SHORT_CHARS = 80

_CAPITAL = r"(?:d['’])?[A-ZÀ-Þ@][\w.'’@-]*"
_NAME = rf"{_CAPITAL}(?:[\s,]+(?:(?:de|du|des|et|avec|la|le)\s+)*{_CAPITAL})*"
_WRITTEN_BY = (
    r"(?:[ÉEée]crit|[Rr]édigé|[Rr]eportage|[Pp]ropos\s+recueillis|[Aa]rticle|[Pp]ublié|[Pp]osté)"
    r"\s+par"
)
_AUTHOR = rf"(?:{_WRITTEN_BY}\s*|Par\s+)(?P<author>{_NAME})"
_BYLINE = re.compile(rf"^{_AUTHOR}[\s,]*$")
_ISSUED = r"(?:article\s+)?(?:publié|posté|modifié|paru|mis)e?s?(?:\s+(?:à\s+jour|en\s+ligne))?"
_LABEL = r"(?:(?:billet\s+de\s+blog|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\s*)"
_BEFORE_DATE = re.compile(
    rf"^(?:{_AUTHOR})?[\s,|•·–—-]*(?P<issued>(?i:{_ISSUED}))?[\s,:]*(?i:le)?[\s:]*(?i:{_LABEL})?$"
)
_SECOND_DATE = DATE.pattern.replace("(?P<", "(?P<second_")
# Atomic, each word tried before its own beginning: no line can make it try twice.
_AFTER_DATE = re.compile(
    rf"""^(?>[\s,;|•·()–—-]|{_SECOND_DATE}|\d{{1,2}}\s?[h:]\s?(?:\d{{2}})?|\d+\s?min\w*
    |temps|de\b|lecture|modifiée?|mise?\b|jour|publié|à|le\b
    |(?i:par)\s+(?P<author>{_NAME}|[\w.-]+))*+$""",
    re.VERBOSE,
)
_TIME = re.compile(r"\b(\d{1,2})\s?[h:]\s?(\d{2})\b")

RULE_LINE = re.compile(r"^(?:[_=~]{3,}|[-–—]{3,}|\*(?:\s?\*){2,}|(?:-\s){2,}-)$")
_SITE = re.compile(r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$")
_RELATED = re.compile(
    r"^[>→•*\s-]*(?:(?:(?:[àa]\s+)?(?:lire|voir|écouter|revoir|relire)\s+"
    r"(?:aussi|également|encore|ensuite|la suite)|à\s+(?:lire|voir|écouter|découvrir)\s*:)"
    r"|sur le même (?:sujet|thème)|dans la même rubrique|nos (?:autres )?articles"
    r"|articles? (?:similaires?|liés?|associés?|connexes?)|notre dossier\s*:|vidéo\s*[:.])",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"©|^\(?(?:(?:photo|légende|illustration|image)s?(?:\s+d['’]illustration)?"
    r"|crédits?\s+(?:photo|image)s?|crédit)\s*[:/]"
    r"|[/(]\s*(?:AFP|MAXPPP|REUTERS|SIPA(?: PRESS)?|GETTY IMAGES|DR)\)?$",
    re.IGNORECASE,
)
_IMAGE = re.compile(
    r"^(?:(?:image|photo|vidéo|video|illustration|logo|avatar|infographie)(?:\s*\d*)|.*\(avatar\)"
    r"|!?\[[^\]]*\]\([^)]*\)|\[image[^\]]*\])$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:laisser un commentaire|(?:\d+|aucun|un|ajouter un|poster un|écrire un)?\s*commentaires?"
    r"|leave a (?:reply|comment)|réagir(?: à cet article)?|vos réactions|votre adresse e-?mail .*"
    r"|navigation (?:de l['’]article|des articles)|articles? (?:précédent|suivant).*)\s*:?$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"nouvelle fenêtre\)?$|nouvel onglet\)?$"
    r"|^[•*-]\s.*\bsur (?:facebook|twitter|x|whatsapp|linkedin|instagram|messenger|bluesky)\b"
    r"|^[•*\s-]*(?:partage[rz](?:$|\s(?:sur|par|via|cet|l['’]article))|suivez-nous|j['’]aime ça"
    r"|(?:tweeter|imprimer|enregistrer|copier le lien|se connecter|connexion|publicité|newsletter"
    r"|cookies?|accepter(?: tout| et continuer| les cookies)?|tout accepter)$"
    r"|s['’]abonner|abonnez-vous|abonné·?e|je m['’]abonne|déjà abonné|réservé aux abonné"
    r"|article réservé|offrir cet article|écouter l['’]article|google (?:news|actualités)"
    r"|(?:temps de )?lecture\s*:?\s*\d|\d+\s?min(?:utes)?(?: de lecture)?$"
    r"|avec (?:l['’])?AFP$|\(avec [A-Z])"
    r"|lecture des articles est réservée|^\[?(?:il vous )?reste .* à lire|% reste à lire",
    re.IGNORECASE,
)


def published_parts(text: str) -> tuple[str | None, re.Match[str]] | None:
    """Read a publication line: its author, if named, and the match of its date.

    Examples
    --------
    >>> author, date = published_parts("Par Didier Gesualdi30/04/2025 à 15:00")
    >>> author, date.group()
    ('Didier Gesualdi', '30/04/2025')
    >>> published_parts("Publié le 3 mai 2024, le rapport accuse.") is None
    True
    """
    bare = ADDRESS.sub("", text).strip()
    date = DATE.search(bare) if len(bare) <= MAX_PUBLISHED_CHARS else None
    if not date:
        return None
    before = _BEFORE_DATE.match(bare[: date.start()])
    after = _AFTER_DATE.match(bare[date.end() :])
    if not before or not after:
        return None
    author = before["author"] or after["author"]
    return (author.strip(" ,") if author else None), date


def byline_author(text: str) -> str | None:
    """Give the author that a byline without a date names ("Écrit par …", "Par …")."""
    match = _BYLINE.match(text)
    return " ".join(match["author"].split()) if match else None


def clock_time(text: str) -> str | None:
    """Give the first time of day of a publication line, as hh:mm."""
    match = _TIME.search(DATE.sub(" ", ADDRESS.sub("", text)))
    return f"{int(match[1]):02d}:{match[2]}" if match else None


def kinds_of(lines: Sequence[Line]) -> list[str]:
    """Give the kind of each line, from its own words alone."""
    return [_kind(line.text) for line in lines]


def _kind(text: str) -> str:
    short = len(text) <= MAX_SHORT_CHARS
    if RULE_LINE.match(text):
        return RULE
    dated = published_parts(text)
    if dated:
        issued = dated[0] or re.match(rf"(?i){_ISSUED}|{_LABEL}", text) or ADDRESS.search(text)
        return PUBLISHED if issued else DATE_LINE
    if is_noise(text):
        return ADDRESS_LINE if ADDRESS.search(text) else NOISE
    if short and _SITE.match(text):
        return SITE
    if re.match(r"(?i)publié par\b", text) and short:
        return SIGNATURE
    if short and byline_author(text):
        return BYLINE
    return _kind_of_words(text, short)


def _kind_of_words(text: str, short: bool) -> str:
    if _RELATED.match(text):
        return RELATED
    if short and _IMAGE.match(text):
        return IMAGE
    if _CREDIT.search(text) and len(text) <= MAX_CAPTION_CHARS:
        return CREDIT
    if short and _END.match(text):
        return END
    if short and _SHARE.search(text) and (not ends_sentence(text) or "abonné" in text):
        return SHARE
    return TEXT


def is_noise(text: str) -> bool:
    """Tell whether nothing readable is left beside an address or an unbroken run of code."""
    left = ADDRESS.sub(" ", text)
    words = re.findall(r"[^\W\d_]{2,}", left)
    if left != text and len(words) <= 2:
        return True
    longest = max(map(len, left.split()), default=0)
    return longest > MAX_UNBROKEN_CHARS or "data:image" in text
