"""Where the words of one asking sentence are cut into demands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aseqa.demand_words import (
    asked_noun,
    before_infinitive,
    generic_need,
    interrogative,
    inverted,
    is_infinitive,
    last_of_series,
    separators,
    told_again,
)

MAX_CHARS = 4000  # of a sentence that is cut; what follows belongs to its last demand
_MIN_WORDS = 3
_MODAL = re.compile(
    r"\b(?:compte|entend|souhaite|veut|peut|pourra|pourrait|va|doit|devra|devrait|faut|permet"
    r"|envisage|prevoit|propose|projette|accepte|prevu|refuse)[a-z]{0,5}(?:-(?:t-)?[a-z]+)?"
    r"(?: enfin| egalement| ainsi| donc)? (?=(?P<of>de |d')?)"
)
_STRONG = re.compile(r"[;?]|\bet\b|ainsi qu|d'autre part|mais|de meme|second lieu|\bpuis\b")
_LISTED = re.compile(r";|ainsi qu|d'autre part|de meme|second lieu")
_HEAD = re.compile(r"(?P<noun>(?:la |le |les |l')[a-z-]{4,} (?:contre|de|des|du|d'|a|aux|pour))")


@dataclass(frozen=True, slots=True)
class Piece:
    """One demand of a sentence, in folded characters; ``lead`` is the first one's opening.

    ``lead`` is (0, 0) for a demand that can be read alone.
    """

    start: int
    end: int
    lead: tuple[int, int] = (0, 0)


def cut_demands(words: str, start: int, end: int, on: bool = False) -> list[Piece]:
    """Cut ``words[start:end]``, what an asking verb governs, into demands.

    ``on`` tells that it stands after "sur", which may come back before the next one.
    """
    pieces: list[Piece] = []
    head, first = start, start  # where the piece begins, and the one that leads it
    lead = (0, 0)
    for run in separators().finditer(words, start, min(end, start + MAX_CHARS)):
        following = run.end() + (words[run.end() : run.end() + 1] == " ")
        if following >= end or _is_short(words[head : run.start()]):
            continue
        way = _way_on(words, first, head, run, following, on)
        if way is None:
            continue
        pieces.append(Piece(head, run.start(), lead))
        head = _head(words, following, end, on)
        lead = (first, way) if way else (0, 0)
        first = first if way else head
    pieces.append(Piece(head, end, lead))
    return pieces


def _head(words: str, following: int, end: int, on: bool) -> int:
    """Go past the "sur" or the "de préciser" that brings in one more demand."""
    if on and words.startswith("sur ", following):
        return following + len("sur ")
    again = told_again().match(words, following, end)
    return again.end() if again and again.end() < end else following


def _is_short(words: str) -> bool:
    return words.count(" ") + words.count("'") + 1 < _MIN_WORDS


def _way_on(
    words: str, first: int, head: int, run: re.Match[str], following: int, on: bool
) -> int | None:
    """Tell how a demand opens after ``run``: its lead's end, 0 without one, or None."""
    between = run.group()
    strong = bool(_STRONG.search(between))
    if re.search(r"[?°)]", between) or _opens_anew(words, head, following, between, strong):
        return 0
    if on and words.startswith("sur ", following):
        return 0
    if strong and told_again().match(words, following):
        return 0
    if _is_noun_demand(words, head, run, following):
        return 0
    if words.startswith(("que ", "qu'"), following) and words.startswith(("que ", "qu'"), first):
        return 0
    return _same_form(words, first, head, run, following)


def _opens_anew(words: str, head: int, following: int, between: str, strong: bool) -> bool:
    """Tell whether a question of its own stands at ``following``."""
    opened = interrogative().match(words, following)
    if opened:
        timid = opened.group() in ("si", "quand") or opened.group().startswith(("s'", "ce "))
        return strong or not timid or _in_series(words, head, following)
    return strong and "et" in between and bool(inverted().match(words, following))


def _in_series(words: str, head: int, following: int) -> bool:
    """Tell "combien A, si B et quand C" from a condition: "combien A, si B"."""
    asked = interrogative().match(words, head)
    return bool(asked and last_of_series().search(words, following, following + MAX_CHARS))


def _is_noun_demand(words: str, head: int, run: re.Match[str], following: int) -> bool:
    """Tell whether "le nombre" or "les moyens" opens a demand and is not a detail of one."""
    if not asked_noun().match(words, following):
        return False
    if _LISTED.search(run.group()):
        return True
    return bool(asked_noun().match(words, head)) and not _has_infinitive(words[head : run.start()])


def _has_infinitive(words: str) -> bool:
    return any(is_infinitive(word) for word in re.findall(r"[a-z]+re?\b", words))


def _same_form(words: str, first: int, head: int, run: re.Match[str], following: int) -> int | None:
    """Give the end of the lead that the infinitive at ``following`` shares, None without one."""
    form, at, verb = _form(words, first, run.start())
    if form and _ended(words[max(head, verb) : run.start()]):
        for opened in _continued(form):
            found = before_infinitive(opened).match(words, following)
            if found and is_infinitive(found["verb"]):
                return at if opened != "bare" else verb
    return _repeated_head(words, head, run, following)


def _continued(form: str) -> tuple[str, ...]:
    """Give the forms in which a series goes on that was opened in ``form``."""
    others = {
        "pour": ("pour", "bare"),
        "afin": ("afin", "de", "pour", "bare"),
        "de": ("de", "bare"),
    }
    return others.get(form, (form,))


def _ended(words: str) -> bool:
    """Tell whether the words since the last infinitive are its object: "accueillir et" has none."""
    last = None
    for found in re.finditer(r"\b[a-z]+re?\b", words):
        if is_infinitive(found.group()):
            last = found.end()
    return len(words[last:].replace("'", " ").split()) > 1


def _form(words: str, first: int, end: int) -> tuple[str, int, int]:
    """Tell which infinitive carries a demand: its form, and where the form and the verb begin."""
    for form in ("pour", "de", "afin", "bare"):
        found = before_infinitive(form).match(words, first, end)
        if found and is_infinitive(found["verb"]):
            return form, first, found.start("verb")
    purpose = next(_infinitives(words, first, end, ("pour", "afin")), None)
    modal = next(_after_modal(words, first, end), None)
    if purpose and (not modal or generic_need().search(words, first, purpose[1])):
        return purpose
    return modal or ("", 0, 0)


def _infinitives(
    words: str, first: int, end: int, forms: tuple[str, ...]
) -> Iterator[tuple[str, int, int]]:
    for opened in re.finditer(r"\b(?:pour|afin) ", words[first:end]):
        at = first + opened.start()
        for form in forms:
            found = before_infinitive(form).match(words, at, end)
            if found and is_infinitive(found["verb"]):
                yield form, at, found.start("verb")


def _after_modal(words: str, first: int, end: int) -> Iterator[tuple[str, int, int]]:
    for modal in _MODAL.finditer(words, first, end):
        form = "de" if modal["of"] else "bare"
        found = before_infinitive(form).match(words, modal.end(), end)
        if found and is_infinitive(found["verb"]):
            yield form, modal.end(), found.start("verb")


def _repeated_head(words: str, head: int, run: re.Match[str], following: int) -> int | None:
    """Tell "(renforcer) la lutte contre A et la lutte contre B": the same object, said again."""
    again = _HEAD.match(words, following)
    if not again or not re.search(r"\bet\b|ainsi qu", run.group()):
        return None
    earlier = words.find(f" {again['noun']} ", head, run.start())
    return earlier if earlier > 0 else None
