"""Measures who is said to speak, against documents marked by hand.

    python benchmarks/voices.py                      the seeds' marks and tests/data/marked/dev
    python benchmarks/voices.py FOLDER … --no-seeds  the marked documents of other folders
    python benchmarks/voices.py --as-files           the same through a file with front matter

Prints the confusion table of the kinds of voice, precision, recall and F1 of each, and
how often the name and the source (`reported`) are right; `--faults` lists the sentences
that are not. A name counts with or without its determiner and office. Of the seeds only
the sentences marked in tests/data/voices/seeds.json count. `--as-files` writes each
marked document as Markdown, says of it only what a file says (title, date, author,
publisher, kind), and leaves out parliamentary questions, which have forms of their own.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aseqa.read import read_file
from aseqa.records import VOICE_KINDS, Document, Section, Sentence, Voice
from aseqa.split import split_document
from aseqa.text import squeeze
from aseqa.voices import assign_voices

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SEED_MARKS = ROOT / "tests" / "data" / "voices" / "seeds.json"
DEV = ROOT / "tests" / "data" / "marked" / "dev"

_ARTICLE = re.compile(r"^(?:mme |m\. )?(?:l'|(?:le|la|les|un|une|des|du|votre|son|sa) )?")
_BRACKETS = re.compile(r"\s\([^()]*\)\Z")


@dataclass(frozen=True, slots=True)
class Case:
    """One marked sentence: where it stands, its voice by hand and by rule."""

    document: str
    text: str
    section: Voice
    marked: Voice
    found: Voice

    @property
    def faults(self) -> tuple[str, ...]:
        """The parts of the voice that are not as marked."""
        right = {
            "kind": self.marked.kind == self.found.kind,
            "name": same_name(self.marked.name, self.found.name),
            "reported": same_name(self.marked.reported, self.found.reported),
        }
        return tuple(part for part, held in right.items() if not held)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures who is said to speak.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of marked documents")
    parser.add_argument("--no-seeds", action="store_true", help="leave out the seeds' marks")
    parser.add_argument("--as-files", action="store_true", help="read them back from Markdown")
    parser.add_argument("--faults", action="store_true", help="list the sentences at fault")
    given = parser.parse_args()
    folders = given.folders or [DEV]
    cases = [] if given.no_seeds or given.as_files else list(seed_cases())
    for folder in folders:
        cases += folder_cases(folder, as_files=given.as_files)
    print_scores(cases)
    for case in cases if given.faults else ():
        if case.faults:
            print(f"\n{case.document} ({', '.join(case.faults)}): {case.text}")
            print(f"  marked {tuple(case.marked.to_dict().values())}")
            print(f"  found  {tuple(case.found.to_dict().values())}")


def folder_cases(folder: Path, as_files: bool = False) -> Iterator[Case]:
    """Give the marked sentences of a folder of marked documents, with the voices found."""
    for path in sorted(folder.glob("*.json")):
        marked = json.loads(path.read_text(encoding="utf-8"))
        if not as_files:
            yield from document_cases(marked, marked_document(marked))
        elif not marked["kind"].startswith("question"):
            yield from document_cases(marked, document_of_file(marked))


def document_cases(marked: dict[str, Any], document: Document) -> Iterator[Case]:
    """Set each marked sentence beside the sentence found that begins with it or holds it."""
    found = voiced(document)
    place = 0
    for section in marked["sections"]:
        for sentence in section["sentences"]:
            start = document.text.index(sentence["text"], place)
            place = start + len(sentence["text"])
            best = max(found, key=lambda one: _shared(one, start, place))
            own = Voice(section["voice"]["kind"], section["voice"]["name"])
            yield Case(
                marked["name"], sentence["text"], own, Voice(**sentence["voice"]), best.voice
            )


def seed_cases() -> Iterator[Case]:
    """Give the marked sentences of the seeds; a mark tells how its sentence begins."""
    marks = json.loads(SEED_MARKS.read_text(encoding="utf-8"))
    for name, rows in marks.items():
        source = f"{name.split('#')[0]}.txt"
        document = next(d for d in read_file(SEEDS / source, source) if d.id == name)
        found = voiced(document)
        for opening, *voice in rows:
            best = next(one for one in found if " ".join(one.text.split()).startswith(opening))
            own = document.sections[best.section].voice
            yield Case(name, best.text, own, Voice(*voice), best.voice)


def voiced(document: Document) -> list[Sentence]:
    """Cut a document as an index does, and say of each sentence who speaks."""
    sentences, _ = split_document(document)
    return assign_voices(document, sentences)


def marked_document(marked: dict[str, Any]) -> Document:
    """Build the document that a marked file describes, its sections with their voices."""
    text = ""
    sections = []
    for section in marked["sections"]:
        words = " ".join(sentence["text"] for sentence in section["sentences"])
        text += "\n\n" if text else ""
        voice = Voice(section["voice"]["kind"], section["voice"]["name"])
        end = len(text) + len(words)
        sections.append(Section(section["name"], len(text), end, voice, section.get("date")))
        text += words
    return Document(
        id=marked["name"],
        source=f"{marked['name']}.md",
        sha256="",
        text=text,
        kind=marked["kind"],
        title=marked["title"],
        date=marked["date"],
        author=marked["author"],
        publisher=marked["publisher"],
        url=None,
        sections=tuple(sections),
    )


def document_of_file(marked: dict[str, Any], suffix: str = ".md") -> Document:
    """Write a marked document as text with front matter, and read it as a file."""
    keys = ("title", "date", "author", "publisher", "kind")
    front = "".join(f"{key}: {json.dumps(marked[key])}\n" for key in keys if marked.get(key))
    text = f"---\n{front}---\n\n{marked_document(marked).text}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{marked['name']}{suffix}")
        path.write_text(text, encoding="utf-8")
        (document,) = read_file(path, path.name)
    return document


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names are one, case, accents, spaces and a first determiner aside.

    "Nadia Ferrand" is "Nadia Ferrand, directrice", and a report stands for its author:
    "un rapport de l'Igas" is "Igas". Brackets that say whom the words stand for are an
    addition: "le rapport (Igas)" is "le rapport".
    """
    one, other = _bare(one), _bare(other)
    if one == other or not one or not other:
        return one == other
    return one.split(",")[0] == other.split(",")[0] or _of(one, other) or _of(other, one)


def _of(document: str, owner: str) -> bool:
    return re.search(rf"\b(?:de la|de l'|du|des|de|d') ?{re.escape(owner)}$", document) is not None


def _bare(name: str | None) -> str:
    return _ARTICLE.sub("", _BRACKETS.sub("", squeeze(name or "")))


def _shared(sentence: Sentence, start: int, end: int) -> int:
    return min(sentence.end, end) - max(sentence.start, start)


def scores(cases: Sequence[Case]) -> dict[str, tuple[float, float, float, int]]:
    """Give precision, recall, F1 and the number of marked sentences of each kind that occurs."""
    table = Counter((case.marked.kind, case.found.kind) for case in cases)
    rows = {}
    for kind in VOICE_KINDS:
        marked = sum(count for (row, _), count in table.items() if row == kind)
        found = sum(count for (_, column), count in table.items() if column == kind)
        right = table[kind, kind]
        if marked or found:
            precision, recall = right / (found or 1), right / (marked or 1)
            f1 = 2 * right / (marked + found)
            rows[kind] = (precision, recall, f1, marked)
    return rows


def print_scores(cases: Sequence[Case]) -> None:
    print(f"{len(cases)} sentences of {len({case.document for case in cases})} documents\n")
    if not cases:
        return
    measured = scores(cases)
    table = Counter((case.marked.kind, case.found.kind) for case in cases)
    print(f"{'marked / found':14}" + "".join(f"{kind[:6]:>8}" for kind in measured))
    for kind in measured:
        counts = "".join(f"{table[kind, other] or '·':>8}" for other in measured)
        print(f"{kind:14}{counts}")
    print(f"\n{'kind':14}{'precision':>10}{'recall':>8}{'F1':>7}{'marked':>8}")
    for kind, (precision, recall, f1, marked) in measured.items():
        print(f"{kind:14}{precision:10.3f}{recall:8.3f}{f1:7.3f}{marked:8d}")
    print(f"\nkind     {share(cases, 'kind')}\nname     {share(cases, 'name')}")
    print(f"reported {share(cases, 'reported')}")
    sourced = [case for case in cases if case.marked.reported or case.found.reported]
    print(f"  where one is marked or found: {share(sourced, 'reported')}")
    quoted = [case for case in cases if case.marked.name != case.section.name]
    print(f"name of the quoted: {share(quoted, 'name')}")


def share(cases: Sequence[Case], part: str) -> str:
    right = sum(part not in case.faults for case in cases)
    return f"{right} of {len(cases)} ({right / len(cases):.3f})" if cases else "none"


if __name__ == "__main__":
    main()
