"""The rows of the Senate's open data: a CSV of many questions, or JSON or XML with its fields."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.assembly_files import is_archive, read_json
from aseqa.read.decoding import decode
from aseqa.read.question_html import plain
from aseqa.read.xml_tree import MAX_DEPTH, read_tree
from aseqa.text import squeeze

HEAD_BYTES = 16_384

# Under which names a column stands: first the CSV's, then those of the SQL base it is drawn from.
_COLUMNS = {
    "status": "sort|etat|etat/sort|sorquelib",
    "nature": "nature|natquecod",
    "number": "numero",
    "reference": "reference",
    "title": "titre",
    "surname": "nom",
    "first_name": "prenom",
    "civility": "civilite",
    "department": "circonscription",
    "group": "groupe",
    "question_date": "date de publication jo|datejodepot",
    "question_page": "page de publication jo|pagejodepot",
    "ministry_asked": "ministere de depot|mindepotlib",
    "moved_date": "date de transmission|datejotran1",
    "ministry_moved": "ministere de transmission|mintranlib1",
    "ministry_replied": "ministere de reponse|minreplib1",
    "answer_date": "date de reponse jo|datejorep1",
    "answer_page": "page de reponse jo|pagejorep1",
    "recalled": "reference de la question rappelee",
    "themes": "theme(s)|themes|theme",
    "url": "url question",
    "question": "texte de la question|texte|txtque",
    "reply": "texte de la reponse|txtrep",
}
_KEYS = {name: key for key, names in _COLUMNS.items() for name in names.split("|")}
_TEXTS = frozenset(["question", "reply"])

_PUBLISHED = re.compile(rb"date[ _]de[ _]publication[ _]jo|datejodepot", re.IGNORECASE)
_TITLE = re.compile(rb"\btitre\b", re.IGNORECASE)
_MINISTRY = re.compile(rb"minist|mindepot", re.IGNORECASE)

Row = Mapping[str, str]


def holds_questions(raw: bytes) -> bool:
    """Tell by its first bytes whether a file has the columns of the Senate's questions."""
    head = raw[:HEAD_BYTES]
    return not is_archive(raw) and all(
        pattern.search(head) for pattern in (_PUBLISHED, _TITLE, _MINISTRY)
    )


def read_rows(raw: bytes, source: str) -> Iterator[Row]:
    """Give each question's known fields.

    Raises
    ------
    ReadError
        When the file is damaged.
    """
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        yield from _found(read_json(raw, source))
    elif start == b"<":
        yield from _found(read_tree(raw, source))
    else:
        yield from _table(decode(raw, source), source)


def _table(text: str, source: str) -> Iterator[Row]:
    """Read the CSV; what stands before the line of its columns says what it is."""
    lines = text.split("\n")
    top = next((n for n, line in enumerate(lines) if _PUBLISHED.search(line.encode())), None)
    if top is None:
        return
    delimiter = max(";|\t,", key=lines[top].count)
    table = csv.reader(io.StringIO("\n".join(lines[top:])), delimiter=delimiter)
    try:
        columns = next(table)
        for cells in table:
            yield _row(dict(zip(columns, cells, strict=False)))
    except csv.Error:
        line, fault = top + table.line_num, "guillemets ou longueur d'un champ"
        raise ReadError(message("read_columns", path=source, line=line, fault=fault)) from None


def _found(tree: Any, depth: int = 0) -> Iterator[Row]:
    """Find the rows wherever they stand in a tree."""
    if isinstance(tree, Mapping):
        row = _row(tree)
        if "number" in row and "question_date" in row:
            yield row
            return
    if depth < MAX_DEPTH and isinstance(tree, Mapping | list):
        for inner in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _found(inner, depth + 1)


def _row(cells: Mapping[str, Any]) -> Row:
    known: dict[str, str] = {}
    for name, value in cells.items():
        key = _KEYS.get(squeeze(str(name).replace("_", " ").strip("\ufeff")))
        if key and isinstance(value, str | int):
            words = str(value) if key in _TEXTS else plain(str(value))
            known |= {key: words} if words.strip() and key not in known else {}
    return known
