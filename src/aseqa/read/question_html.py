"""The HTML of a parliamentary question's texts, turned into lines: nothing but its words."""

from __future__ import annotations

import html
import re
from functools import lru_cache

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"</t[dh]>\s*<t[dh]\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>(?:\s*<p\b[^<>]*>)?", re.IGNORECASE)
_LINE = re.compile(r"<(?:br|tr)\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|ul|ol|table|tbody|thead|tfoot|h[1-6]|blockquote|center|hr|pre|section|caption)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|big|cite|code|del|em|font|i|img|ins|li|mark|o:p|q|s|small|span|strike"
    r"|strong|sub|sup|t[dhr]|tt|u|wbr|col|colgroup|html|body)\b[^<>]*>",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# A no-break space is a letter of French typography and stays; single spaces need no work.
_BLANKS = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")


def html_lines(source: str) -> list[str]:
    """Cut HTML at its breaks, the tags inside a line left in; an empty line ends a paragraph.

    A text without any break keeps the ends of line that it has.

    Examples
    --------
    >>> html_lines("</p><p>Un <b>mot</b><br>deux</p><p>trois")
    ['Un <b>mot</b>', 'deux', '', 'trois']
    """
    source = _UNSEEN.sub("", _COMMENT.sub("", source))
    if any(tag.search(source) for tag in (_LINE, _BLOCK, _ITEM)):
        source = _BLANKS.sub(" ", source)
    source = _CELL.sub(" | ", _ITEM.sub("\n- ", source))
    broken = _BLOCK.sub("\n\n", _LINE.sub("\n", source))
    found: list[str] = []
    for line in (line.strip() for line in broken.split("\n")):
        if plain(line) not in ("", "-") or (found and found[-1]):
            found.append(line if plain(line) not in ("", "-") else "")
    return found[:-1] if found and not found[-1] else found


def plain(line: str) -> str:
    r"""Drop the tags of a line, read its entities, squeeze its blanks; "<" may be a mere sign.

    Examples
    --------
    >>> plain("<b>Moins</b> de 3&nbsp;% si x < 5 &lt; 6")
    'Moins de 3\xa0% si x < 5 < 6'
    """
    words = html.unescape(_INLINE.sub("", line))
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", words)).strip()


@lru_cache(maxsize=16)
def text_of(source: str) -> str:
    r"""Give the words of HTML, paragraphs parted by an empty line.

    Examples
    --------
    >>> text_of("<p>Un&nbsp;: <i>deux</i> ;<br/>trois.</p><p>Fin.</p>")
    'Un\xa0: deux ;\ntrois.\n\nFin.'
    """
    return "\n".join(map(plain, html_lines(source))).strip()
