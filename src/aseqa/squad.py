"""Question sets in the format of SQuAD: paragraphs as documents, questions, answers at offsets."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aseqa.errors import BadSettings
from aseqa.json_files import is_writable, read_json
from aseqa.messages import message
from aseqa.records import Document
from aseqa.temporary_index import text_document

Item = tuple[str, dict[str, Any]]  # where an object stands in the file, and the object


@dataclass(frozen=True, slots=True)
class SquadAnswer:
    """A right answer: its words, and where its paragraph has them."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question, the article and the paragraph it was asked about, and its answers, if any."""

    id: str
    question: str
    article: str
    paragraph: str
    answers: tuple[SquadAnswer, ...]

    @property
    def answerable(self) -> bool:
        return bool(self.answers)

    def is_right(self, document: str, start: int, end: int) -> bool:
        """Tell whether a stretch of a document holds an answer, or a part of one."""
        return document == self.paragraph and any(
            start < answer.end and answer.start < end for answer in self.answers
        )


@dataclass(frozen=True, slots=True)
class SquadSet:
    """A whole question set.

    ``misplaced`` names the question of each answer that is left out because the
    paragraph does not have its text where ``answer_start`` says; ``skipped``
    names the questions left out because they have no other answer.
    """

    name: str
    articles: int
    paragraphs: tuple[Document, ...]
    questions: tuple[SquadQuestion, ...]
    misplaced: tuple[str, ...]
    skipped: tuple[str, ...]


def is_squad(path: Path) -> bool:
    """Tell whether a path is to be read as a SQuAD file."""
    return path.suffix.lower() == ".json" and not path.is_dir()


def read_squad(path: Path, titles: Collection[str] | None = None) -> SquadSet:
    """Read a file in the format of SQuAD v1 or v2 (Rajpurkar et al., EMNLP 2016, ACL 2018).

    A question marked ``is_impossible``, or that has no answer at all, is one to
    abstain on.

    Parameters
    ----------
    titles
        Keep the articles so called only.

    Raises
    ------
    BadSettings
        When the file is no such file, holds no question, or has no article of one
        of the titles; the message names the file, the place and the fault.
    """
    whole = read_json(path)
    try:
        articles = _chosen(_articles(whole), titles)
        paragraphs = [
            paragraph
            for number, article in enumerate(articles, 1)
            for paragraph in _paragraphs(number, article)
        ]
        read = [one for paragraph in paragraphs for one in _questions(*paragraph)]
        _check_ids(question.id for question, _ in read)
    except ValueError as error:
        raise BadSettings(message("squad_fault", path=path, fault=error)) from error
    if not read:
        raise BadSettings(message("gold_empty", path=path))
    return SquadSet(
        name=path.name,
        articles=len(articles),
        paragraphs=tuple(document for document, _ in paragraphs),
        questions=tuple(question for question, lost in read if question.answers or not lost),
        misplaced=tuple(question.id for question, lost in read for _ in range(lost)),
        skipped=tuple(question.id for question, lost in read if lost and not question.answers),
    )


def _articles(whole: Any) -> list[Item]:
    top = message("squad_top")
    if not isinstance(whole, dict):
        raise ValueError(message("squad_object", place=top))
    articles = list(_items((top, whole), "data"))
    for article in articles:
        _text(article, "title")
    return articles


def _chosen(articles: list[Item], titles: Collection[str] | None) -> list[Item]:
    if titles is None:
        return articles
    unknown = sorted(set(titles) - {article["title"] for _, article in articles})
    if unknown:
        raise ValueError(
            message("squad_title", place=message("squad_top"), count=len(unknown), title=unknown[0])
        )
    return [(place, article) for place, article in articles if article["title"] in titles]


def _paragraphs(number: int, article: Item) -> Iterator[tuple[Document, Item]]:
    """Give each paragraph of an article as a document, with its place in the file."""
    title = _plain(article[1]["title"])
    for rank, item in enumerate(_items(article, "paragraphs"), 1):
        yield text_document(f"{number:05}-{rank:03}", title, _text(item, "context")), item


def _questions(document: Document, paragraph: Item) -> Iterator[tuple[SquadQuestion, int]]:
    """Give the questions on a paragraph, each with the number of its misplaced answers.

    A question without an ``id`` goes by its place in the file.
    """
    for item in _items(paragraph, "qas"):
        impossible = item[1].get("is_impossible") is True
        answers = [] if impossible else [_answer(one) for one in _items(item, "answers")]
        placed = [one for one in answers if _is_placed(one, document.text)]
        question = SquadQuestion(
            id=_words(item, "id") if "id" in item[1] else item[0],
            question=_words(item, "question"),
            article=document.title or document.id.split("-")[0],
            paragraph=document.id,
            answers=tuple(placed),
        )
        yield question, len(answers) - len(placed)


def _answer(item: Item) -> SquadAnswer:
    start = item[1].get("answer_start")
    if not isinstance(start, int) or isinstance(start, bool):
        raise _fault(item, "answer_start", "squad_number")
    return SquadAnswer(start, _text(item, "text"))


def _is_placed(answer: SquadAnswer, context: str) -> bool:
    found = context[answer.start : answer.end] if answer.start >= 0 else ""
    return found == answer.text and bool(found.strip())


def _check_ids(identifiers: Iterable[str]) -> None:
    seen: set[str] = set()
    for identifier in identifiers:
        if identifier in seen:
            raise ValueError(message("gold_twice", id=identifier))
        seen.add(identifier)


def _plain(title: str) -> str:
    """Give a title without the marks that Wikipedia's own may hold."""
    return " ".join(html.unescape(re.sub(r"</?[a-z][^<>]*>", "", title)).split())


def _items(item: Item, key: str) -> Iterator[Item]:
    """Give the objects of a list, each with its place: ``data[0].paragraphs[2]``."""
    place, record = item
    listed = record.get(key)
    if not isinstance(listed, list):
        raise _fault(item, key, "squad_list")
    prefix = "" if place == message("squad_top") else f"{place}."
    for number, one in enumerate(listed):
        where = f"{prefix}{key}[{number}]"
        if not isinstance(one, dict):
            raise ValueError(message("squad_object", place=where))
        yield where, one


def _text(item: Item, key: str) -> str:
    value = item[1].get(key)
    if not isinstance(value, str) or not is_writable(value):
        raise _fault(item, key, "squad_text")
    return value


def _words(item: Item, key: str) -> str:
    value = _text(item, key)
    if not value.strip():
        raise _fault(item, key, "squad_filled")
    return value


def _fault(item: Item, key: str, wanted: str) -> ValueError:
    """Say that a key is missing, or what its value should be."""
    place, record = item
    if key not in record:
        return ValueError(message("squad_missing", place=place, name=key))
    return ValueError(message("squad_kind", place=place, name=key, wanted=message(wanted)))
