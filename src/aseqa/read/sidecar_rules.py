"""The rules of a metadata file: for which files, and what is said of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.csv_rows import read_rows
from aseqa.read.decoding import decode
from aseqa.read.front_matter import FrontMatter, compose_yaml
from aseqa.records import VOICE_KINDS
from aseqa.text import squeeze

# The columns or keys that may name the file; where two stand, the first one of these does.
FILE_NAMES = ("file", "fichier", "filename", "nom du fichier", "nom", "source")
LIST_NAMES = ("files", "fichiers", "documents")

_WILD = re.compile(r"[*?\[]")
_NULL = "tag:yaml.org,2002:null"

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said (by field or by other name) of the files whose path meets a pattern."""

    pattern: tuple[str, ...]
    said: Said

    @property
    def precision(self) -> tuple[bool, int]:
        """A path in full is the most precise, then the pattern with the most letters."""
        written = "/".join(self.pattern)
        return not _WILD.search(written), len(_WILD.sub("", written))


def rules_of_csv(raw: bytes, source: str) -> list[Rule]:
    """Read the rules of a table with a column "fichier" and one for each thing said.

    Raises
    ------
    ReadError
        When the table is unreadable, names no file, or holds a date or a voice that is none.
    """
    rows = [
        (line, [cell.strip() for cell in cells])
        for line, cells in read_rows(decode(raw, source), source, "read_metadata")
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        return []
    (first, names), body = rows[0], rows[1:]
    column = _file_name(names)
    if column is None:
        raise _fault(source, first, "aucune colonne « fichier »")
    rules = []
    for line, cells in body:
        # A row that is too short says nothing in its last columns.
        said = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        rules.append(_rule(said.pop(column, ""), said, source, line))
    return rules


def rules_of_yaml(raw: bytes, source: str) -> list[Rule]:
    """Read the rules of a YAML file.

    It holds a list of files, each with a key "fichier"; or, under the name of each file,
    what is said of it; or what is said of every file of the folder and below it.

    Raises
    ------
    ReadError
        When it is unreadable, names no file, or holds a date or a voice that is none.
    """
    node = compose_yaml(decode(raw, source), source, "read_metadata")
    if node is None:
        return []
    if node.id == "mapping":
        listed = [value for key, value in node.value if squeeze(_printed(key)) in LIST_NAMES]
        if len(node.value) == 1 and listed:
            [node] = listed
    return list(_rules(node, source))


def _rules(node: Any, source: str) -> Iterator[Rule]:
    if node.id == "sequence":
        for one in node.value:
            yield _rule_of_node(one, None, source)
    elif node.id == "mapping" and any(value.id == "mapping" for _, value in node.value):
        for key, value in node.value:
            yield _rule_of_node(value, _printed(key), source)
    else:
        named = node.id == "mapping" and _file_name([_printed(key) for key, _ in node.value])
        yield _rule_of_node(node, None if named else "**", source)


def _rule_of_node(node: Any, file: str | None, source: str) -> Rule:
    """Make a rule of a YAML mapping; ``file`` is None where the mapping itself names it."""
    line = node.start_mark.line + 1
    if node.id != "mapping":
        raise _fault(source, line, "« nom : valeur » attendu")
    printed = {_printed(key): _printed(value) for key, value in node.value}
    said = {name: words for name, words in printed.items() if name and words}
    column = _file_name(list(printed)) if file is None else None
    return _rule(file or (said.pop(column, "") if column else ""), said, source, line)


def _printed(node: Any) -> str:
    """Print a scalar or a list of scalars; what is nested deeper says nothing."""
    if node.id == "sequence":
        return ", ".join(filter(None, (_printed(n) for n in node.value if n.id == "scalar")))
    return " ".join(node.value.split()) if node.id == "scalar" and node.tag != _NULL else ""


def _file_name(names: Sequence[str]) -> str | None:
    by_name = {squeeze(name.replace("_", " ")): name for name in names}
    return next((by_name[name] for name in FILE_NAMES if name in by_name), None)


def _rule(file: str, said: Said, source: str, line: int) -> Rule:
    if not file:
        raise _fault(source, line, "nom de fichier absent")
    stated = FrontMatter.of(said)
    for field, understood in (("date", stated.date), ("voice", stated.voice)):
        words = stated.fields.get(field)
        if words and not understood:
            known = f" ; voix connues : {', '.join(VOICE_KINDS)}" if field == "voice" else ""
            raise _fault(source, line, f"« {words} » n'est pas compris{known}")
    return Rule(steps_of(file), said)


def _fault(source: str, line: int, fault: str) -> ReadError:
    return ReadError(message("read_metadata", path=source, line=line, fault=fault))


def steps_of(path: str) -> tuple[str, ...]:
    r"""Give the steps of a path written with "/" or "\", its letters in composed form."""
    written = unicodedata.normalize("NFC", path).replace("\\", "/")
    return tuple(step for step in written.split("/") if step not in ("", "."))


def matches(steps: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a path meets a pattern: "*" stays in one folder, "**" goes through any.

    Examples
    --------
    >>> matches(("2024", "a.pdf"), ("2024", "*.pdf")), matches(("2024", "a.pdf"), ("*.pdf",))
    (True, False)
    >>> matches(("2024", "mai", "a.pdf"), ("**", "*.pdf"))
    True
    """
    return _reached(steps, pattern, {0})


def _reached(steps: Sequence[str], pattern: Sequence[str], places: Iterable[int]) -> bool:
    """Follow the pattern step by step; ``places`` are where in the path it may have come to."""
    for step in pattern:
        if step == "**":
            places = range(min(places, default=len(steps) + 1), len(steps) + 1)
        else:
            places = {at + 1 for at in places if at < len(steps) and fnmatchcase(steps[at], step)}
    return len(steps) in places
