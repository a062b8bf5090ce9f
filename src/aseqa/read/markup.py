"""Markdown marks, taken off for reading a line's words."""

from __future__ import annotations

import re

HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?=\S)")


def bare(line: str) -> str:
    """Drop Markdown: heading marks, bold, links, superscripts; squeeze white space.

    Examples
    --------
    >>> bare("**Circonscription** : [Tarn](#) (2^e circonscription)")
    'Circonscription : Tarn (2e circonscription)'
    >>> bare("## Le cadre ##")
    'Le cadre'
    """
    if HEADING.match(line):
        line = re.sub(r"\s+#+$", "", HEADING.sub("", line))
    line = line.replace("**", "")
    line = re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", line)
    line = re.sub(r"</?sup>", "", line)
    return " ".join(re.sub(r"(?<=\d)\^(?=\w)", "", line).split())
