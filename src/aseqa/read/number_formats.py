"""Numbers and dates of a spreadsheet, as French text in the way that their cells show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

THIN_SPACE = "\u202f"
HARD_SPACE = "\u00a0"
GENERAL_DIGITS = 11
MAX_DIGITS = 15
MAX_DECIMALS = 10
LAST_SERIAL = 2_958_465  # 31 December 9999

# The formats that a file names by number only (ECMA-376, part 1, 18.8.30).
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15), "yyyy-mm-dd"),
    16: "mm-dd",
    17: "yyyy-mm",
    **dict.fromkeys((18, 19, 20, 21), "hh:mm"),
    22: "yyyy-mm-dd hh:mm",
    **dict.fromkeys((37, 38), "#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}

# What a format code holds besides its letters: "texte", \\x, the padding _x and *x, [conditions].
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_PLACES = re.compile(
    r"^(?P<before>[^#0?]*)(?P<whole>[#0?][#0?,]*)(?:\.(?P<part>[0#?]*)(?P<scale>,*))?"
    r"(?P<after>[^#0?]*)$"
)
_CURRENCY = re.compile(r"\[\$(?P<sign>[^\]-]*)[^\]]*\]")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a format code asks for.

    ``letters`` are those of a date; ``whole`` and ``part`` the places before and after
    the decimal mark; ``shift`` moves that mark (percentages, thousands).
    """

    kind: str
    letters: str = ""
    before: str = ""
    whole: str = ""
    part: str = ""
    after: str = ""
    shift: int = 0


def show_number(value: float, code: str, from_1904: bool = False) -> str:
    r"""Write the number of a cell as its format shows it, with French marks.

    Examples
    --------
    >>> show_number(0.75, "0%"), show_number(12.5, "General"), show_number(1000.0, "00000")
    ('75\xa0%', '12,5', '01000')
    >>> show_number(45415.0, "dd/mm/yyyy")
    '2024-05-03'
    """
    shape = _shape(code)
    if shape.kind == "elapsed":
        return _elapsed(value)
    if shape.kind == "moment" and 0 <= value <= LAST_SERIAL:
        return _moment(value, shape.letters, from_1904)
    return _digits(value, shape) if shape.kind == "digits" else _general(value)


@lru_cache
def _shape(code: str) -> _Shape:
    code = _first_section(code)
    letters = _LITERAL.sub("", code).lower()
    if letters == "general":
        return _Shape("general")
    if _ELAPSED.search(code):
        return _Shape("elapsed")
    if re.search("[dmyhs]", letters):
        return _Shape("moment", letters)
    written = _unquoted(code)
    found = _PLACES.match(written)
    if not found or "/" in written or re.search(r"e[+-]", written, re.IGNORECASE):
        return _Shape("general")
    before, whole, after = found["before"], found["whole"], found["after"]
    thousands = len(whole) - len(whole.rstrip(",")) + len(found["scale"] or "")
    percent = 2 if "%" in before + after else 0
    part = found["part"] or ""
    shift = percent - 3 * thousands
    return _Shape("digits", "", before, whole.rstrip(","), part[:MAX_DECIMALS], after, shift)


def _first_section(code: str) -> str:
    """Give the format of positive numbers: the one before the first bare semicolon."""
    places = re.finditer(r"(?:" + _LITERAL.pattern + r")|(?P<end>;)", code, re.DOTALL)
    return next((code[: found.start()] for found in places if found["end"]), code)


def _elapsed(value: float) -> str:
    minutes = round(value * 24 * 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def _moment(value: float, letters: str, from_1904: bool) -> str:
    """Give the date, the hour or both as ISO, as far as the format shows them."""
    origin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    # The calendar of spreadsheets holds a 29 February 1900 that never was.
    shift = 1 if not from_1904 and 1 <= value < 60 else 0
    try:
        moment = origin + timedelta(days=value + shift) + timedelta(milliseconds=500)
    except OverflowError:
        return _general(value)
    hour = moment.strftime("%H:%M") if re.search("[hs]", letters) else ""
    parts = (
        ("%Y-%m-%d" if "d" in letters else "%Y-%m" if "m" in letters else "%Y")
        if "y" in letters
        else ("%m-%d" if "d" in letters else "")
    )
    if not parts and not hour:
        parts = "%Y-%m-%d"
    day = moment.strftime(parts) if parts else ""
    return day if day and hour == "00:00" else f"{day} {hour}".strip()


def _digits(value: float, shape: _Shape) -> str:
    number = Decimal(repr(value))
    if not number.is_finite() or number.adjusted() + shape.shift > MAX_DIGITS:
        return _general(value)
    number = number.scaleb(shape.shift)
    units, _, decimals = _rounded(abs(number), shape.part).partition(".")
    sign = "-" if number < 0 and (units + decimals).strip("0") else ""
    units = units.zfill(shape.whole.count("0"))
    if "," in shape.whole:
        units = f"{int(units):,}".replace(",", THIN_SPACE)
    figure = f"{sign}{units},{decimals}" if decimals else f"{sign}{units}"
    return f"{_beside(shape.before)}{figure}{_behind(shape.after)}"


def _unquoted(code: str) -> str:
    """Give a format without its conditions, colours and padding; its own words stay."""
    code = _CURRENCY.sub(lambda found: found["sign"], code)
    code = re.sub(r"\[[^\]]*\]|[_*].", "", code, flags=re.DOTALL)
    # Digits of a quoted text would be taken for places.
    code = re.sub(r'"([^"]*)"?', lambda found: re.sub("[#0?,.]", "", found[1]), code)
    return re.sub(r"\\(.)", r"\1", code, flags=re.DOTALL)


def _general(value: float) -> str:
    if value.is_integer() and abs(value) < 10**MAX_DIGITS:
        return str(int(value))
    number = Decimal(f"{value:.{GENERAL_DIGITS}g}")
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        return str(value).replace(".", ",")
    return f"{number.normalize():f}".replace(".", ",")


def _rounded(number: Decimal, part: str) -> str:
    """Round as spreadsheets do, half upwards; zeros end the decimals only where "0" stands."""
    shown = f"{number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP):f}"
    places = len(part)
    while places > part.count("0") and shown.endswith("0"):
        shown, places = shown[:-1], places - 1
    return shown.rstrip(".") if "." in shown else shown


def _beside(words: str) -> str:
    return words.strip() + (HARD_SPACE if words.strip() and words.endswith(" ") else "")


def _behind(words: str) -> str:
    """Give the unit behind a number: French puts a space before "%" and "€"."""
    unit = words.strip()
    apart = words[:1].isspace() or unit[:1] in ("%", "€")
    return f"{HARD_SPACE if apart and unit else ''}{unit}"
