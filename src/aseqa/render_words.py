"""Words for a terminal: made harmless, wrapped without a break inside a number, painted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from aseqa.messages import label_of, message
from aseqa.records import Voice

RESET = "\x1b[0m"

_SPACES = (*range(0x09, 0x0E), 0x85, 0x2028, 0x2029)
REFUSED = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    *range(0xD800, 0xE000),
)
# One character for one, so that the span's offsets still hold.
_VISIBLE = dict.fromkeys(REFUSED, "\ufffd") | dict.fromkeys(_SPACES, " ")


def visible(text: str) -> str:
    r"""Give ``text`` on one line, with a sign in the place of each control character.

    As many characters come out as go in.

    Examples
    --------
    >>> visible("a\x1b[31mb\n")
    'a�[31mb '
    """
    return text.translate(_VISIBLE)


def voice_label(voice: Voice) -> str:
    """Say who speaks: "Gouvernement — Ministère de la santé", and whom they report.

    Examples
    --------
    >>> voice_label(Voice("presse", "France 3", "l'Igas"))
    "Presse — France 3, selon l'Igas"
    """
    label = label_of(f"chat_voice_{voice.kind}", voice.kind)
    if voice.name and voice.kind == "autre":
        label = voice.name
    elif voice.name:
        label = message("voice_named", kind=label, name=voice.name)
    if voice.reported:
        label = message("voice_reported", label=label, source=voice.reported)
    return label


def place(text: str, offset: int) -> int:
    """Give where ``text[offset]`` stands once white space is collapsed."""
    return min(len(collapsed(text[:offset]).lstrip(" ")), len(one_line(text)))


def painted(text: str, code: str) -> str:
    """Switch a code on for ``text``, off at line ends so that the indent stays plain."""
    return "\n".join(f"{code}{line}{RESET}" if line and code else line for line in text.split("\n"))


def wrapped(text: str, width: int, indent: str, code: str = "", hanging: str = "") -> Iterator[str]:
    """Wrap ``text`` in lines of ``width`` characters; ``hanging`` goes before all but the first."""
    for number, line in enumerate(lines(text, width - len(indent) - len(hanging))):
        yield f"{indent}{hanging if number else ''}{painted(line, code)}"


def lines(text: str, width: int) -> list[str]:
    """Break at plain spaces only: a no-break space holds its words together.

    Each break takes the place of one space, so joining the lines keeps all offsets.
    """
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def one_line(text: str) -> str:
    """Give ``text`` on one line, harmless, without runs of spaces."""
    return collapsed(text).strip(" ")


def collapsed(text: str) -> str:
    """Make one space of each run of plain white space; no-break spaces stay."""
    runs = visible(text)
    while "  " in runs:
        runs = runs.replace("  ", " ")
    return runs
