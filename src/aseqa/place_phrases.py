"""Places of a question, put in the place of one another with the words before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aseqa.agreement import agreeing, contracted, starts_with_vowel
from aseqa.places import placed, places, widened
from aseqa.respelling import level
from aseqa.verb_forms import has_verb

_BEFORE = re.compile(
    r"(?:(?P<within>dans (?:le departement )?|pour |chez )"
    r"(?P<in_article>le |la |l'|les |du |des |de )?"
    r"|(?P<en>en )|(?P<at>a (?:la |l')?|au |aux )|(?P<of>du |des |de (?:la |l')|de |d')"
    r"|(?P<article>le |la |l'|les ))$"
)
_AT = {"a ": "", "a la ": "la", "a l'": "l'", "au ": "le", "aux ": "les"}
_OF = {"du ": "le", "des ": "les", "de la ": "la", "de l'": "l'", "de ": "", "d'": ""}
# Every question is about France, hence the gazetteer leaves it out.
_FRANCE = re.compile(r"\b(?:en|dans la|hors de) (france)\b")
# Ambiguous names ("le lot") are places once they are announced as such.
_ANNOUNCED = "département "


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a place with what leads to it: ``link`` is "dans", "en", "à", "de" or ""."""

    start: int
    end: int
    said: str
    name: str
    link: str
    article: str

    @property
    def phrase(self) -> str:
        space = "" if self.article in ("", "l'") else " "
        return f"{self.article}{space}{self.name}"

    @property
    def is_where(self) -> bool:
        return self.link in ("dans", "en", "à")

    @property
    def inverted(self) -> str:
        """The pronoun that takes it up after its verb, "" where its gender is not known."""
        feminine = self.article == "la" or (self.article == "l'" and self.name[-1] == "e")
        gender = "f" if feminine else "m" if self.article in ("le", "l'") else ""
        if self.article == "les":
            return "ils"
        return {"f": "elle", "m": "il"}.get(gender, "")


def place_replaced(fragment: str, body: str) -> tuple[str, str] | None:
    """Put the place of a fragment into a question; give what is left, and the question.

    Examples
    --------
    >>> place_replaced("dans le Tarn", "Combien la Haute-Garonne a-t-elle dépensé")
    ('', 'Combien le Tarn a-t-il dépensé')
    >>> place_replaced("en Belgique", "Combien de mineurs")
    ('', 'Combien de mineurs en Belgique')
    """
    announced = _places(_ANNOUNCED + fragment, len(_ANNOUNCED))
    found = announced or _unlisted(fragment)
    if not found:
        return None
    new = found[-1]
    if not new.link and not new.article and new.said != fragment:
        return None
    rest = " ".join(f"{fragment[: new.start]} {fragment[new.end :]}".split())
    former = _places(body)
    if not former:
        return rest, f"{body} {_where(new)}"
    last = former[-1]
    after = body[last.end :]
    return rest, body[: last.start] + _in_place_of(last, new, body) + (
        after if last.link else agreeing(after, new.inverted)
    )


def _in_place_of(former: Place, new: Place, body: str) -> str:
    """Give the words by which ``new`` stands where ``former`` stood."""
    if former.is_where or (former.link == "de" and new.is_where):
        if new.is_where or not (former.is_where and not new.article):
            return _where(new, former.link) if not new.is_where else new.said
        return former.said[: len(former.said) - len(former.name)] + new.name
    if former.link == "de":
        return contracted("de", new.phrase)
    if not former.article and not has_verb(body):
        return new.name
    phrase = new.phrase
    return phrase[0].upper() + phrase[1:] if not former.start else phrase


def _where(place: Place, link: str = "") -> str:
    """Say in which place: "en Belgique", "dans le Tarn", "au Japon", "à Albi"."""
    if place.is_where:
        return place.said
    if place.article in ("la", "l'") and (place.article == "la" or link == "en"):
        return f"en {place.name}"
    if place.article in ("le", "les") and _is_country(place.name):
        return contracted("à", place.phrase)
    return f"dans {place.phrase}" if place.article else f"à {place.name}"


def _is_country(name: str) -> bool:
    known = places(f"en {name}")
    return bool(known) and widened(known) == known


def _places(text: str, skipped: int = 0) -> list[Place]:
    """Give the places named in ``text``, adjectives ("anglaises") aside."""
    found = []
    form = level(text)
    country = [match.span(1) for match in _FRANCE.finditer(form)]
    for first, last in sorted([*placed(text), *country]):
        name = text[first:last]
        known = places(f"{_ANNOUNCED}{name}") or {"France"}
        plain = {level(place).replace("-", " ") for place in known}
        if level(name).replace("-", " ") in plain and first >= skipped:
            before = _BEFORE.search(form[skipped:first])
            start = skipped + before.start() if before else first
            link, article = _read(before, name)
            name = next(iter(known)) if name.islower() else name
            said = text[start:first] + name
            found.append(Place(start - skipped, last - skipped, said, name, link, article))
    return found


def _read(before: re.Match[str] | None, name: str) -> tuple[str, str]:
    """Tell the link and the article in the words before a place."""
    if before is None:
        return "", ""
    if before.group("en"):
        return "en", "l'" if starts_with_vowel(name) else "la"
    if before.group("at"):
        return "à", _AT[before.group("at")]
    if before.group("of"):
        return "de", _OF[before.group("of")]
    if before.group("within"):
        article = {"du": "le", "des": "les", "de": ""}
        said = (before.group("in_article") or "").strip()
        link = before.group("within").split(" ")[0]
        return ("dans" if link == "dans" else ""), article.get(said, said)
    return "", before.group("article").strip()


def _unlisted(fragment: str) -> list[Place]:
    """Take a name with a capital behind "à" for a place: "et à Castres ?"."""
    match = re.fullmatch(r"(?:à|a|À|A) ([A-ZÉÈ][\w'-]+(?:[ -][\w'-]+){0,3})", fragment)
    if not match:
        return []
    return [Place(0, len(fragment), f"à {match.group(1)}", match.group(1), "à", "")]
