"""Lines of a saved web page that only their neighbours give away as debris."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from aseqa.read import press_lines as kind
from aseqa.read.headings import MAX_HEADING_CHARS, ends_sentence, is_bullet
from aseqa.read.lines import Line
from aseqa.read.publishers import ADDRESS, host_of, is_embedded, path_steps, publisher_of
from aseqa.text import STOP_WORDS, squeeze, tokens

LINES_ABOVE_DATE = 8
LINES_BELOW_DATE = 4
MAX_CARD_CHARS = 250
MAX_CARD_LINES_ABOVE = 3
MAX_OWNER_LINES = 3
TITLE_IN_ADDRESS = 0.6


def classify(lines: Sequence[Line]) -> list[str]:
    """Give the kind of each line, its neighbours considered; ``text`` is what may be quoted."""
    kinds = _dates_settled(lines, kind.kinds_of(lines))
    for find, found_kind in (
        (_late_signatures, kind.SIGNATURE),
        (_alternative_texts, kind.CREDIT),
        (_embed_titles, kind.ADDRESS_LINE),
        (_breadcrumbs, kind.SHARE),
        (_link_cards, kind.SITE),
        (_related_titles, kind.RELATED),
        (_owner_biography, kind.NOISE),
    ):
        for number in list(find(lines, kinds)):
            kinds[number] = found_kind
    return kinds


def _dates_settled(lines: Sequence[Line], kinds: Sequence[str]) -> list[str]:
    """Tell a bare date that dates a page, beside its author or address, from one in the text."""
    settled = list(kinds)
    for number, found in enumerate(kinds):
        if found != kind.DATE_LINE:
            continue
        near = range(max(0, number - 2), min(len(lines), number + 3))
        heads_page = any(
            kinds[place] in (kind.BYLINE, kind.PUBLISHED)
            or (kinds[place] == kind.ADDRESS_LINE and not _leads_elsewhere(lines[place]))
            for place in near
        )
        settled[number] = kind.PUBLISHED if heads_page else kind.TEXT
    return settled


def _leads_elsewhere(line: Line) -> bool:
    match = ADDRESS.search(line.text)
    return match is None or is_embedded(match.group())


def content_words(text: str) -> set[str]:
    """Give the folded words of ``text`` that are not function words."""
    forms = (token.form for token in tokens(text))
    return {form for form in forms if len(form) > 1 and form not in STOP_WORDS}


def title_share(title: str, address: str) -> float:
    """Give the share of a title's content words that an address's last step spells out."""
    words = content_words(title)
    spelt = content_words(" ".join(path_steps(address)[-1:]).replace("-", " ").replace("_", " "))
    return len(words & spelt) / len(words) if words else 0.0


def page_address(lines: Sequence[Line], kinds: Sequence[str], published: int) -> str | None:
    """Find the address of the page that a publication line belongs to.

    It stands in that line, or next to it with no text between, or a little
    further when it spells out the words of a line near by (the title).
    """
    own = ADDRESS.search(lines[published].text)
    if own:
        return own.group()
    near = range(
        max(0, published - LINES_ABOVE_DATE), min(len(lines), published + LINES_BELOW_DATE)
    )
    for number in sorted(near, key=lambda place: abs(place - published)):
        match = ADDRESS.search(lines[number].text)
        if kinds[number] != kind.ADDRESS_LINE or not match or is_embedded(match.group()):
            continue
        between = range(min(number, published) + 1, max(number, published))
        touches = all(kinds[place] != kind.TEXT for place in between)
        texts = (lines[place].text for place in near if kinds[place] == kind.TEXT)
        if touches or any(title_share(text, match.group()) >= TITLE_IN_ADDRESS for text in texts):
            return match.group()
    return None


def _late_signatures(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find dated "Publié par …" lines that close a blog post: its end follows at once."""
    for number, line in enumerate(lines):
        below = kinds[number + 1 : number + 1 + MAX_OWNER_LINES]
        if kinds[number] != kind.PUBLISHED or kind.END not in below:
            continue
        if re.match(r"(?i)publié par\b", line.text):
            yield number


def _alternative_texts(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find a picture's alternative text: its caption, just below, says the same and the credit."""
    for number, (line, caption) in enumerate(pairwise(lines)):
        pictured = kinds[number] == kind.TEXT and kinds[number + 1] == kind.CREDIT
        if pictured and squeeze(line.text) in squeeze(caption.text):
            yield number


def _embed_titles(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find the title of a map or a post: its words are in the address just below."""
    for number in range(len(lines) - 1):
        address = ADDRESS.search(lines[number + 1].text)
        if kinds[number] != kind.TEXT or not address or not is_embedded(address.group()):
            continue
        text = lines[number].text
        spelt = squeeze(unquote(address.group()))
        words = content_words(text)
        if len(text) <= MAX_HEADING_CHARS and words and all(word in spelt for word in words):
            yield number


def _breadcrumbs(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find lines near a date that only repeat the page's site or the steps of its path."""
    for published in [n for n, found in enumerate(kinds) if found == kind.PUBLISHED]:
        address = page_address(lines, kinds, published)
        known = {"accueil"}
        if address:
            known |= {squeeze(step).replace("-", " ") for step in path_steps(address)[:-1]}
            known |= {host_of(address), squeeze(publisher_of(address) or "")}
        first = max(0, published - LINES_ABOVE_DATE)
        for number in range(first, min(len(lines), published + LINES_BELOW_DATE + 1)):
            steps = re.split(r"\s*[>›»/|·•]\s*", squeeze(lines[number].text).strip(" >›»/|·•"))
            if kinds[number] == kind.TEXT and all(
                re.sub(r"\W+", " ", step).strip() in known or step in known for step in steps
            ):
                yield number


def _link_cards(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find the words of a link preview around the bare name of its site.

    Below stand the linked page's title and description, above the post that
    shares it, known by the words that it has in common with the card.
    """
    for site in [n for n, found in enumerate(kinds) if found == kind.SITE]:
        if kind.PUBLISHED in kinds[site + 1 : site + 1 + LINES_ABOVE_DATE // 2]:
            continue
        below = _card_below(lines, kinds, site)
        yield from below
        card = set().union(*(content_words(lines[number].text) for number in below))
        yield from _post_above(lines, kinds, site, card)


def _card_below(lines: Sequence[Line], kinds: Sequence[str], site: int) -> list[int]:
    found: list[int] = []
    for number in range(site + 1, min(len(lines), site + 3)):
        text = lines[number].text
        if kinds[number] != kind.TEXT or ends_sentence(text) or len(text) > MAX_CARD_CHARS:
            break
        # A short second line may be an intertitle of the article that goes on.
        shared = found and content_words(text) & content_words(lines[found[0]].text)
        if found and not shared and len(text) <= MAX_HEADING_CHARS:
            break
        found.append(number)
    return found


def _post_above(
    lines: Sequence[Line], kinds: Sequence[str], site: int, card: set[str]
) -> Iterator[int]:
    opening: int | None = None
    for number in range(site - 1, max(-1, site - 1 - MAX_CARD_LINES_ABOVE), -1):
        text = lines[number].text
        if kinds[number] != kind.TEXT or len(text) > MAX_CARD_CHARS:
            break
        words = content_words(text)
        if not ends_sentence(text) and words and 2 * len(words & card) >= len(words):
            opening = number
    if opening is not None:
        yield from range(opening, site)


def _related_titles(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find the titles under a bare "À lire aussi": list items, or one line without a full stop."""
    for number, line in enumerate(lines):
        if kinds[number] != kind.RELATED or not re.search(r"(?::|sujet|aussi|liés)$", line.text):
            continue
        below = number + 1
        while below < len(lines) and kinds[below] == kind.TEXT and is_bullet(lines[below].text):
            yield below
            below += 1
        lone = below == number + 1 and below < len(lines) and kinds[below] == kind.TEXT
        if lone and not ends_sentence(lines[below].text):
            yield below


def _owner_biography(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[int]:
    """Find the few lines between a closing "Publié par …" and the end of the page."""
    for signed in [n for n, found in enumerate(kinds) if found == kind.SIGNATURE]:
        after: list[int] = []
        for number in range(signed + 1, len(lines)):
            if kinds[number] in (kind.END, kind.PUBLISHED, kind.SIGNATURE):
                break
            if kinds[number] == kind.TEXT:
                after.append(number)
        else:
            number = len(lines)
        closed = number == len(lines) or kinds[number] == kind.END
        if closed and len(after) <= MAX_OWNER_LINES:
            yield from after
