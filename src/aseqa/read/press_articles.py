"""Where each article of a saved compilation begins, and which lines are its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aseqa.read import press_lines as kind
from aseqa.read.headings import ends_sentence
from aseqa.read.lines import Line
from aseqa.read.press_debris import TITLE_IN_ADDRESS, page_address, title_share

MAX_HEAD_LINES = 4
MAX_TITLE_CHARS = 250
MAX_LABEL_CHARS = 40

_CLOSED = (kind.END, kind.SIGNATURE)
_PARTING = (kind.RULE, kind.ADDRESS_LINE, kind.RELATED, kind.NOISE, kind.SITE)


@dataclass(frozen=True, slots=True)
class Article:
    """The head of an article, by line numbers: ``first`` to ``last`` publication line.

    ``resumes`` is the rule after which the article around an inserted one goes on,
    ``host`` the number of that article.
    """

    first: int
    title: int | None
    published: int
    last: int
    address: str | None
    resumes: int | None = None
    host: int | None = None


def find_articles(lines: Sequence[Line], kinds: Sequence[str]) -> list[Article]:
    """Find one article for each publication line (or run of them)."""
    heads: list[Article] = []
    for published, last in _datings(kinds):
        floor = heads[-1].last + 1 if heads else 0
        heads.append(_head(lines, kinds, floor, (published, last)))
    articles: list[Article] = []
    for number, head in enumerate(heads):
        ceiling = heads[number + 1].first if number + 1 < len(heads) else len(kinds)
        articles.append(_inserted(head, articles, kinds, ceiling))
    return articles


def _datings(kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Give runs of publication lines ("Publié le …", "Mis à jour le …") with no text between."""
    runs: list[tuple[int, int]] = []
    for number, found in enumerate(kinds):
        if found != kind.PUBLISHED:
            continue
        between = kinds[runs[-1][1] : number] if runs else [kind.TEXT]
        if any(other in (kind.TEXT, kind.RULE, *_CLOSED) for other in between):
            runs.append((number, number))
        else:
            runs[-1] = (runs[-1][0], number)
    return runs


def _head(
    lines: Sequence[Line], kinds: Sequence[str], floor: int, dating: tuple[int, int]
) -> Article:
    """Walk up from the publication line to the title, and past it where the page begins."""
    published, last = dating
    texts: list[int] = []
    number = published - 1
    while number >= floor and len(texts) < MAX_HEAD_LINES:
        found = kinds[number]
        if found in _CLOSED or (texts and found in _PARTING):
            break
        if found == kind.TEXT:
            texts.append(number)
        number -= 1
    begins_file = number < 0
    address = page_address(lines, kinds, published)
    below = _title_below(lines, kinds, last)
    spelt = _spelt_title(lines, texts if below is None else [*texts, below], address)
    title = spelt if spelt is not None else _title_above(lines, texts, begins_file)
    if title is None or title == below:
        return Article(published, below, published, last, address)
    return Article(texts[-1] if begins_file else title, title, published, last, address)


def _spelt_title(lines: Sequence[Line], texts: Sequence[int], address: str | None) -> int | None:
    """Choose the line that the page's address spells out."""
    if not address or not texts:
        return None
    best = max(texts, key=lambda number: title_share(lines[number].text, address))
    return best if title_share(lines[best].text, address) >= TITLE_IN_ADDRESS else None


def _title_above(lines: Sequence[Line], texts: Sequence[int], begins_file: bool) -> int | None:
    """Choose the title among the lines above the date, nearest first."""
    likely = [number for number in texts if len(lines[number].text) <= MAX_TITLE_CHARS]
    asking = [number for number in likely if lines[number].text.endswith(("?", "!"))]
    plain = [number for number in likely if not ends_sentence(lines[number].text)]
    first_of_file = likely[-1:] if begins_file else []
    return next(iter([*plain, *asking, *first_of_file]), None)


def _title_below(lines: Sequence[Line], kinds: Sequence[str], last: int) -> int | None:
    for number in range(last + 1, len(lines)):
        if kinds[number] == kind.TEXT:
            text = lines[number].text
            return None if ends_sentence(text) or len(text) > MAX_TITLE_CHARS else number
    return None


def _inserted(
    head: Article, before: Sequence[Article], kinds: Sequence[str], ceiling: int
) -> Article:
    """Find out whether an article stands inside the one before it.

    It does when it has no address of its own, unlike the one before, when a rule
    stands in its head or just above, and text goes on below the next rule.
    """
    host = len(before) - 1
    while host > 0 and before[host].host is not None:
        host -= 1
    if head.address or host < 0 or not before[host].address:
        return head
    opened = kind.RULE in kinds[max(0, head.first - 1) : head.published]
    closing = next((n for n in range(head.last, ceiling) if kinds[n] == kind.RULE), None)
    if not opened or closing is None or kind.TEXT not in kinds[closing:ceiling]:
        return head
    return replace(head, resumes=closing, host=host)


def owners(
    lines: Sequence[Line], kinds: Sequence[str], articles: Sequence[Article]
) -> list[int | None]:
    """Give the article that each line belongs to; None after the end of a page."""
    starts = {article.first: number for number, article in enumerate(articles)}
    resumed = {article.resumes: article.host for article in articles if article.host is not None}
    found: list[int | None] = []
    current: int | None = None
    for number, line in enumerate(lines):
        current = resumed.get(number, starts.get(number, current))
        if kinds[number] == kind.END:
            current = None
        # What stands above the first head is kept when it is prose, not a menu.
        before_all = bool(articles) and number < articles[0].first and ends_sentence(line.text)
        found.append(0 if before_all else current)
    return found


def is_label(line: Line) -> bool:
    """Tell whether a line of a head is only a label ("Société"), not a lead."""
    return len(line.text) <= MAX_LABEL_CHARS and not ends_sentence(line.text)
