"""Retrieval collections in the format of BEIR: a corpus, queries, and judgements (qrels)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from aseqa.errors import BadSettings
from aseqa.json_files import fault_at, is_writable, json_lines, read_text, words
from aseqa.messages import message
from aseqa.records import Document
from aseqa.temporary_index import text_document

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels"
TEST = "test.tsv"
COLUMNS = 3

Qrels = dict[str, dict[str, int]]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A whole collection; ``qrels`` gives the grade of each document judged, by query.

    ``queries`` holds those that have a relevant document; ``unjudged`` counts the
    others that the judgements name, which measure nothing.
    """

    name: str
    split: str
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    unjudged: int


def read_beir(folder: Path) -> BeirSet:
    """Read a folder in the format of BEIR (Thakur et al., NeurIPS 2021).

    Of several files of judgements ``test.tsv`` is read, and all of them where
    there is none of that name. A document without text is indexed by its title.

    Raises
    ------
    BadSettings
        When something is missing or wrong; the message names the file and the line.
    """
    files = _qrels_files(folder)
    documents = dict(_records(folder / CORPUS, _document))
    texts = dict(_records(folder / QUERIES, lambda name, record: words(record, "text")))
    if not any(document.text.strip() for document in documents.values()):
        raise BadSettings(message("beir_no_text", path=folder / CORPUS))
    judged: Qrels = {}
    for file in files:
        _judge(file, documents.keys(), texts.keys(), judged)
    qrels = {query: grades for query, grades in judged.items() if max(grades.values()) > 0}
    if not qrels:
        raise BadSettings(message("beir_unjudged", path=folder / QRELS))
    return BeirSet(
        name=folder.resolve().name,
        split=", ".join(file.name for file in files),
        documents=tuple(one for one in documents.values() if one.text.strip()),
        queries={query: texts[query] for query in qrels},
        qrels=qrels,
        unjudged=len(judged) - len(qrels),
    )


def _qrels_files(folder: Path) -> list[Path]:
    """List the files of judgements to read; also check that nothing else is missing."""
    found = sorted((folder / QRELS).glob("*.tsv"))
    missing = [name for name in (CORPUS, QUERIES) if not (folder / name).is_file()]
    if not found:
        missing.append(f"{QRELS}/*.tsv")
    if missing:
        raise BadSettings(message("beir_missing", path=folder, names=", ".join(missing)))
    return [file for file in found if file.name == TEST] or found


def _records(
    path: Path, read: Callable[[str, dict[str, Any]], Value]
) -> Iterator[tuple[str, Value]]:
    """Give what ``read`` makes of each line's identifier and object, by identifier."""
    seen: set[str] = set()
    for number, record in json_lines(read_text(path), path):
        try:
            name = words(record, "_id")
            if name in seen:
                raise ValueError(message("gold_twice", id=name))
            value = read(name, record)
        except ValueError as error:
            raise fault_at(path, number, str(error)) from error
        seen.add(name)
        yield name, value
    if not seen:
        raise BadSettings(message("beir_empty", path=path))


def _document(name: str, record: dict[str, Any]) -> Document:
    title, text = _string(record, "title", ""), _string(record, "text")
    return text_document(name, title, text if text.strip() else title)


def _string(record: dict[str, Any], key: str, absent: str | None = None) -> str:
    value = record.get(key, absent)
    if not isinstance(value, str) or not is_writable(value):
        raise ValueError(message("beir_text", name=key))
    return value


def _judge(path: Path, documents: Container[str], queries: Container[str], judged: Qrels) -> None:
    """Add the judgements of a file; its first line may name the columns."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        named = number == 1 and len(cells) == COLUMNS and not _is_grade(cells[2])
        if named or not any(cells):
            continue
        if len(cells) != COLUMNS or not _is_grade(cells[2]):
            raise fault_at(path, number, message("beir_columns"))
        query, document, grade = cells
        for name, known, file in ((query, queries, QUERIES), (document, documents, CORPUS)):
            if name not in known:
                raise fault_at(path, number, message("beir_unknown", id=name, file=file))
        judged.setdefault(query, {})[document] = int(grade)


def _is_grade(cell: str) -> bool:
    return cell.removeprefix("-").isdecimal()
