"""What the reader learns from: questions, the texts that answer them, and texts that do not.

PIAF 1.1 (MIT; Keraron et al., LREC 2020, arXiv 2007.00968), training articles only, and
``questions.jsonl``: questions written for this project over paragraphs of those articles
and over articles of the Code de l'action sociale et des familles, many of them in other
words than the text, and a fourth of them answered by nothing in it. ``domain-questions.jsonl``
are such questions over ``domain-texts.jsonl``, documents written for this project in the form
of those of the field: press, parliamentary questions, reports, statistics, law.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aseqa.gold import GoldAnswer, GoldQuestion
from aseqa.read import read_file
from aseqa.records import Document
from aseqa.sentences import split_sentences

HERE = Path(__file__).resolve().parent
SPLIT = HERE / "piaf-split.json"
QUESTIONS = HERE / "questions.jsonl"
DOMAIN_TEXTS = HERE / "domain-texts.jsonl"
DOMAIN_QUESTIONS = HERE / "domain-questions.jsonl"
# Documents of the field that the reader is not trained on.
DOMAIN_HELD_OUT = re.compile(r"[a-z]+-4|[a-z]+b-5")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, an article of law or a document, with its sentences, as (start, end).

    ``domain`` tells the documents of ``domain-texts.jsonl``.
    """

    id: str
    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    domain: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its text, and its answers as (start, end); no answer when it has none.

    ``written`` tells the questions written for this project from those of PIAF.
    """

    question: str
    text: int
    answers: tuple[tuple[int, int], ...]
    written: bool


def make_text(identifier: str, title: str, text: str, domain: bool = False) -> Text:
    bounds = split_sentences(text, 0, len(text))
    return Text(identifier, title, text, tuple((b.start, b.end) for b in bounds), domain)


def read_piaf(path: Path, part: str) -> tuple[list[Text], list[Example]]:
    """The paragraphs and questions of one part (train, dev, test) of PIAF."""
    titles = set(json.loads(SPLIT.read_text(encoding="utf-8"))[part])
    texts, examples = [], []
    for i, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        if article["title"] not in titles:
            continue
        for j, paragraph in enumerate(article["paragraphs"]):
            context = paragraph["context"]
            texts.append(make_text(f"piaf-{i}-{j}", article["title"].replace("_", " "), context))
            for asked in paragraph["qas"]:
                spans = tuple(
                    (a["answer_start"], a["answer_start"] + len(a["text"]))
                    for a in asked["answers"]
                    if context.startswith(a["text"], a["answer_start"])
                )
                if spans:
                    examples.append(Example(asked["question"], len(texts) - 1, spans, False))
    return texts, examples


def read_casf(folder: Path) -> list[Text]:
    """The articles of the code, one a text."""
    texts = []
    for path in sorted(folder.glob("article-*.md")):
        whole = path.read_text(encoding="utf-8")
        title, _, body = whole.removeprefix("# ").partition("\n")
        made = make_text("casf-" + path.stem.removeprefix("article-"), title.strip(), body.strip())
        texts.append(made)
    return texts


def read_domain() -> list[Text]:
    """The documents written in the form of those of the field."""
    rows = map(json.loads, DOMAIN_TEXTS.read_text(encoding="utf-8").splitlines())
    return [make_text(row["id"], row["title"], row["text"], domain=True) for row in rows]


def held_out_documents() -> list[Document]:
    """The documents of the field that the reader is not trained on, read as files are."""
    found = []
    with TemporaryDirectory() as folder:
        for row in map(json.loads, DOMAIN_TEXTS.read_text(encoding="utf-8").splitlines()):
            if DOMAIN_HELD_OUT.fullmatch(row["id"]):
                told = {"title": row["title"], "publisher": row["from"]}
                told |= {key: row[key] for key in ("date", "kind")}
                front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in told.items())
                path = Path(folder, f"{row['id']}.md")
                path.write_text(f"---\n{front}---\n\n{row['text']}\n", encoding="utf-8")
                found += read_file(path, path.name)
    return found


def held_out_questions() -> list[GoldQuestion]:
    """The questions on ``held_out_documents``."""
    found = []
    for row in map(json.loads, DOMAIN_QUESTIONS.read_text(encoding="utf-8").splitlines()):
        if DOMAIN_HELD_OUT.fullmatch(row["doc"]):
            answers = (GoldAnswer(row["doc"], row["answer"]),) if row["answer"] else ()
            found.append(GoldQuestion(f"d{len(found)}", row["q"], answers, row["style"]))
    return found


def read_written(path: Path, texts: list[Text]) -> list[Example]:
    """The questions written for this project over ``texts``."""
    number = {text.id: i for i, text in enumerate(texts)}
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        at = number[row["doc"]]
        answers: tuple[tuple[int, int], ...] = ()
        if row["answer"]:
            text = texts[at].text
            around = row.get("within") or row["answer"]
            start = text.index(around) + around.index(row["answer"])
            answers = ((start, start + len(row["answer"])),)
        examples.append(Example(row["q"], at, answers, True))
    return examples


def gold_sentences(text: Text, answers: tuple[tuple[int, int], ...]) -> set[int]:
    """Numbers of the sentences in which an answer begins."""
    return {
        i for i, (start, end) in enumerate(text.sentences) for a, _ in answers if start <= a < end
    }
