"""Questions of the Assemblée nationale as its open data publish them: JSON, XML or their ZIP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.assembly_fields import read_question, sort_key
from aseqa.read.assembly_files import holds_questions, read_trees
from aseqa.read.assembly_tree import Tree
from aseqa.read.question_text import compose
from aseqa.records import Document


def looks_assembly(raw: bytes) -> bool:
    """Tell by its first bytes whether a file holds questions of the Assembly's open data."""
    return holds_questions(raw)


def read_assembly(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read every question of a file; its stored text prints them as the Assembly's site does.

    An archive's questions are ordered by type and number: the order of its files may
    change from one day to the next.

    Raises
    ------
    ReadError
        When the file is damaged, unsafe, or of another form than was published.
    """
    records = [record for tree in read_trees(raw, source) for record in _records(tree)]
    if not records:
        fault = "aucune question de l'Assemblée nationale"
        raise ReadError(message("read_schema", path=source, fault=fault))
    records.sort(key=sort_key)
    return compose([read_question(record, source) for record in records], source, sha256)


def _records(tree: Any, depth: int = 0) -> Iterator[Tree]:
    """Find the records: one alone, a list, or either of them in a wrapper or two."""
    if depth > len(("export", "questions", "list", "question")):
        return
    if isinstance(tree, Mapping) and "uid" in tree and "identifiant" in tree:
        yield tree
    elif isinstance(tree, Mapping | list):
        for inner in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _records(inner, depth + 1)
