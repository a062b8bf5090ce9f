"""Which lines of an e-mail are its sender's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aseqa.read.lines import Line, split_lines

BODY_SECTION = "message"
MAX_OPENER_CHARS = 300
MAX_OPENER_LINES = 4

# "Le 3 mai 2024 à 10:12, Ida Roux <i@r.fr> a écrit :", which mailers wrap anywhere.
_OPENER = re.compile(
    r"(?:le .*\d.* (?:a écrit|écrivait)|on .*\d.* wrote|.*@.* a écrit) ?:", re.IGNORECASE
)
_OPENER_START = re.compile(r"(?:le|on)\s|.*@", re.IGNORECASE)
# Such words may also bring in a quotation; a time of day or an address tells them apart.
_SURE = re.compile(r"@|\d ?[:h] ?\d\d")
_RULE = re.compile(
    r"[-_\s]*(?:message d['’]origine|message transféré|message original|original message"
    r"|forwarded message|début du message (?:réexpédié|transféré))\s?:?[-_\s]*",
    re.IGNORECASE,
)
_RULED = re.compile(r"_{10,}|-{10,}")
_FROM = re.compile(r"\*{0,2}(?:de|from)\s?:\*{0,2}\s?\S", re.IGNORECASE)
_HEADER = re.compile(
    r"\*{0,2}(?:envoyé(?: le)?|sent|date|à|to|objet|subject|cc)\s?:", re.IGNORECASE
)
_MOBILE = re.compile(
    r"(?:envoyé (?:de|depuis|à partir de) (?:mon|ma|un|l['’]|outlook|yahoo|courrier)"
    r"|sent from (?:my|outlook|mail)|télécharge[rz] outlook|get outlook for).*",
    re.IGNORECASE,
)


def own_lines(text: str) -> Iterator[Line]:
    r"""Give the lines before the signature that quote no other mail.

    Examples
    --------
    >>> text = "Oui.\n\nLe 3 mai 2024, Ida a écrit :\n> Venez-vous ?\n\nÀ lundi.\n-- \nZoé"
    >>> [line.text for line in own_lines(text)]
    ['Oui.', 'À lundi.']
    """
    lines = split_lines(text)
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.text == "--" or _opens_mail(lines, place):
            return
        opener = _opener(lines, place)
        marked = any(
            _quoted(after) for after in lines[place + len(opener) : place + len(opener) + 1]
        )
        if opener and marked:
            place += len(opener)
            continue
        if _SURE.search(" ".join(opener)):
            # Without marks, the mail that is answered goes on to the end.
            return
        if not _quoted(line) and not _MOBILE.fullmatch(line.text):
            yield line
        place += 1


def _quoted(line: Line) -> bool:
    return line.text.startswith(">")


def _opener(lines: list[Line], place: int) -> list[str]:
    """Give the lines of a "Le … a écrit :" that begins here; none where none does."""
    if not _OPENER_START.match(lines[place].text):
        return []
    told: list[str] = []
    for line in lines[place : place + MAX_OPENER_LINES]:
        told.append(" ".join(line.text.split()))
        if _quoted(line) or sum(map(len, told)) > MAX_OPENER_CHARS:
            return []
        if _OPENER.fullmatch(" ".join(told)):
            return told
    return []


def _opens_mail(lines: list[Line], place: int) -> bool:
    """Tell whether another mail begins here, with a rule or its own headers."""
    line = lines[place]
    if _RULE.fullmatch(line.text):
        return True
    if _RULED.fullmatch(line.text):
        return place + 1 < len(lines) and _opens_mail_headers(lines, place + 1)
    return _opens_mail_headers(lines, place)


def _opens_mail_headers(lines: list[Line], place: int) -> bool:
    if not _FROM.match(lines[place].text):
        return False
    following = lines[place + 1 : place + 5]
    # Turned from a web page, the headers may stand on one line.
    return sum(_HEADER.match(line.text) is not None for line in following) >= 2 or (
        len(_HEADER.findall(lines[place].text)) >= 2
    )


def unflowed(text: str, form: object) -> str:
    r"""Join the lines that a mailer broke and marked with a space (RFC 3676).

    Examples
    --------
    >>> unflowed("Le foyer \nferme.\n> cité \n-- \nZoé", "flowed")
    'Le foyer ferme.\n> cité \n-- \nZoé'
    """
    if str(form).lower() != "flowed":
        return text
    joined: list[str] = []
    open_line = False
    for line in text.split("\n"):
        plain = line.removeprefix(" ")
        marked = line == "-- " or line.startswith(">")
        if open_line and not marked:
            joined[-1] += plain
        else:
            joined.append(plain)
        open_line = not marked and line.endswith(" ")
    return "\n".join(joined)
