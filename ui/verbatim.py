"""Verbatim text to HTML: every character kept, Markdown marks wrapped to be hidden.

The text content of what comes out equals the text that went in, character for
character; only the style sheet hides the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

# Pairs only, on one line, not inside a word: a lone asterisk is a footnote's,
# and "2*3*4" is a product.
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^\n]*?[^\s*])\1(?![\w*])")
_LINK = re.compile(r"(\[)([^\]\n]+)(\]\([^()\s]*\))")
_TAG = re.compile(r"</?(?:sup|sub|strong|em|[biu]|br)\s*/?>", re.IGNORECASE)
_HASHES = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_BLANK_LINES = re.compile(r"[ \t]*\n\s*\n[ \t]*")
# Shown raised, for "10<sup>6</sup>" without its tags would read 106.
_RAISED = re.compile(r"(?<=<sup>)[^<\n]+(?=</sup>)|(?<=\d\^)(?:ère|ème|er|re|nde?|e)\b")
_CARET = re.compile(r"(?<=\d)\^(?=(?:ère|ème|er|re|nde?|e)\b)")

_PLAIN, _HIDDEN, _UP = "{}", '<span class="mk">{}</span>', "<sup>{}</sup>"
_PARAGRAPH = '<span class="mk">{}</span><span class="paragraph"></span>'


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of the text that gets an element of its own; layers nest, never cross."""

    start: int
    end: int
    opening: str
    closing: str


def mark_layer(start: int, end: int, attributes: str = "") -> Layer:
    """Make the layer that highlights ``text[start:end]``."""
    return Layer(start, end, f"<mark{' ' + attributes if attributes else ''}>", "</mark>")


def text_html(text: str, layers: Sequence[Layer] = ()) -> str:
    """Write ``text`` as HTML with its layers, hiding Markdown marks.

    Parameters
    ----------
    text
        What the source says.
    layers
        Stretches to highlight, the outer ones first; empty ones are ignored.

    Examples
    --------
    >>> text_html("**Auteur** : A & B", [mark_layer(13, 14)])
    '<span class="mk">**</span>Auteur<span class="mk">**</span> : <mark>A</mark> &amp; B'
    """
    kept = [layer for layer in layers if 0 <= layer.start < layer.end <= len(text)]
    opened = {layer.start for layer in kept}
    closed = {layer.end for layer in kept}
    pieces: list[str] = []
    for start, end, template in _pieces(text, opened | closed):
        if start in opened:
            pieces += [layer.opening for layer in kept if layer.start == start]
        pieces.append(template.format(escape(text[start:end])))
        if end in closed:
            pieces += [layer.closing for layer in reversed(kept) if layer.end == end]
    return "".join(pieces)


def _pieces(text: str, cuts: set[int]) -> Iterator[tuple[int, int, str]]:
    """Cut ``text`` where its looks change and at ``cuts``; give each piece's template."""
    place = 0
    for start, end, template in sorted(_styled(text)):
        if start < place or start == end:
            continue  # inside a mark that is already taken
        yield from _cut(place, start, _PLAIN, cuts)
        yield from _cut(start, end, template, cuts)
        place = end
    yield from _cut(place, len(text), _PLAIN, cuts)


def _cut(start: int, end: int, template: str, cuts: set[int]) -> Iterator[tuple[int, int, str]]:
    places = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    for left, right in pairwise(places):
        if left < right:
            yield left, right, template


def _styled(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the bounds of all that is not shown as plain text."""
    for match in _EMPHASIS.finditer(text):
        yield (*match.span(1), _HIDDEN)
        yield (match.end(2), match.end(), _HIDDEN)
    for match in _LINK.finditer(text):
        yield (*match.span(1), _HIDDEN)
        yield (*match.span(3), _HIDDEN)
    for pattern in (_TAG, _CARET, _HASHES):
        for match in pattern.finditer(text):
            yield (*match.span(), _HIDDEN)
    for match in _RAISED.finditer(text):
        yield (*match.span(), _UP)
    for match in _BLANK_LINES.finditer(text):
        yield (*match.span(), _PARAGRAPH)
