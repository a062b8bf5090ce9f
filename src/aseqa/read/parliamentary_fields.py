"""The fields of a parliamentary question: number, seat, ministries, dates and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aseqa.read.dates import iso_date
from aseqa.read.lines import Line
from aseqa.read.markup import bare
from aseqa.text import squeeze

ASSEMBLY = "Assemblée nationale"

_NUMBER = re.compile(
    r"^question\s+(?P<type>ecrite|orale|au gouvernement)\b[^\d]{0,40}?"
    r"\bn\s?[°ºo]\.?\s*(?P<number>\d[\d\s]*\d|\d)$"
)
_KINDS = {
    "ecrite": "question_ecrite",
    "orale": "question_orale",
    "au gouvernement": "question_gouvernement",
}
_LEGISLATURE = re.compile(r"^(?P<number>\d{1,2}|[ivxl]+)(?:\s?(?:eme|e|re|ere|er))?\s+legislature$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_SEAT = re.compile(
    r"^(?P<department>[^()]+?)\s*\((?P<constituency>[^()]*circonscription[^()]*)\)"
    r"(?:\s*[-–—]\s*(?P<group>.+))?$"
)
_FIELD = re.compile(r"^(?P<name>[^:]{3,60}?)\s*:\s*(?P<value>.+)$")
_PAGE = re.compile(r"\bp(?:age|\.)\s*:?\s*(\d+)", re.IGNORECASE)

_FIELD_KEYS = {
    "ministere interroge": "ministry_asked",
    "ministere attributaire": "ministry_attributed",
    "rubrique": "rubric",
    "groupe": "group",
}
_DATE_KEYS = {
    "question publiee au jo le": "question",
    "reponse publiee au jo le": "answer",
    "question retiree le": "withdrawn",
    "date de changement d'attribution": "reattributed",
    "date de signalement": "flagged",
    "date de renouvellement": "renewed",
}


def numbered(line: Line) -> re.Match[str] | None:
    """Match "Question écrite n° 3269"; groups ``type`` and ``number``, folded."""
    return _NUMBER.match(squeeze(bare(line.text)))


def names_assembly(line: Line) -> bool:
    """Tell whether the line is the Assembly's name, alone."""
    return squeeze(bare(line.text)) == squeeze(ASSEMBLY)


def read_fields(lines: Sequence[Line]) -> dict[str, str]:
    """Give the "name : value" lines, names folded."""
    matches = (_FIELD.match(bare(line.text)) for line in lines)
    return {squeeze(match["name"]): match["value"].strip() for match in matches if match}


def read_title(lines: Sequence[Line]) -> str | None:
    """Give the words between the Assembly's lines and the numbered line."""
    titles: list[str] = []
    for line in lines:
        if numbered(line):
            break
        if names_assembly(line):
            titles.clear()
        elif not _LEGISLATURE.match(squeeze(bare(line.text))):
            titles.append(bare(line.text))
    return " ".join(titles) or None


def read_kind(head: Sequence[Line], fields: Mapping[str, str]) -> str:
    """Give the document kind, from the numbered line or else from its own field."""
    found = next(filter(None, map(numbered, head)), None)
    if found:
        return _KINDS[found["type"]]
    asked = squeeze(fields.get("type de question", "")).removeprefix("question ")
    return _KINDS.get(asked.removesuffix(" sans debat"), "question_ecrite")


def read_metadata(
    head: Sequence[Line], data: Sequence[Line], fields: Mapping[str, str]
) -> dict[str, str]:
    """Give every known field under its metadata key; what is not printed is absent."""
    found: dict[str, str | None] = dict(_head_metadata(head, fields))
    found |= _seat(fields.get("circonscription", ""))
    found |= {key: fields[name] for name, key in _FIELD_KEYS.items() if name in fields}
    for name, key in _DATE_KEYS.items():
        value = fields.get(name, "")
        page = _PAGE.search(value)
        found[f"{key}_date"] = iso_date(value)
        found[f"{key}_page"] = page.group(1) if page else None
    if not found["question_date"]:
        # An oral question may only be dated by the sitting that it was put in.
        sitting = (line.text for line in data if "journal officiel" in squeeze(line.text))
        found["question_date"] = iso_date(" ".join(sitting))
    return {key: value for key, value in found.items() if value}


def _head_metadata(head: Sequence[Line], fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    number = fields.get("numero de la question", "")
    for line in head:
        legislature = _LEGISLATURE.match(squeeze(bare(line.text)))
        if legislature:
            yield "legislature", _arabic(legislature["number"])
        found = numbered(line)
        number = found["number"] if found else number
    yield "number", "".join(number.split())


def _arabic(number: str) -> str:
    if number.isdigit():
        return number
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    total = sum(-v if v < after else v for v, after in zip(values, following, strict=True))
    return str(total)


def _seat(seat: str) -> dict[str, str]:
    """Read "Tarn (2e circonscription) - La France insoumise - Nouveau Front Populaire"."""
    match = _SEAT.match(seat)
    if match:
        return {key: value.strip() for key, value in match.groupdict().items() if value}
    department, _, group = seat.partition(" - ")
    return {"department": department.strip(), "group": group.strip()}
