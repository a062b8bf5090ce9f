"""The sentences of a folder of French texts: text, Markdown, pages, man pages, SQuAD files."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aseqa.sentences import split_sentences

CHARS = range(40, 400)
# Words that French sentences hold and those of other languages hardly ever do.
FRENCH = re.compile(r"\b(?:les|des|est|une|dans|pour|vous|cette|qui|être|sont|du|avec|aux)\b")
FOREIGN = re.compile(r"\b(?:the|and|with|this|of|der|und|los|gli|para)\b")
BLOCKS = re.compile(r"</?(?:p|li|d[dtl]|t[drh]|h[1-6]|title|div|section|item|br|table|ul)\b[^<>]*>")
SILENT = re.compile(r"<(script|style|pre|code|screen|svg|math|nav)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """The sentences of one file, in their order."""

    name: str
    sentences: tuple[str, ...]


def read_texts(folders: Sequence[Path]) -> list[Text]:
    """Read the French sentences of folders, each sentence once, SQuAD files first."""
    seen: set[str] = set()
    found = []
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda one: one.suffix != ".json"):
        for name, text in _read(path):
            kept = [one for one in _sentences(text) if one not in seen]
            kept = list(dict.fromkeys(kept))
            seen.update(kept)
            if kept:
                found.append(Text(name, tuple(kept)))
    return found


def _read(path: Path) -> Iterator[tuple[str, str]]:
    kind = path.suffix.lower()
    if kind == ".json" and '"context"' in path.read_text("utf-8"):
        yield from _squad(path)
    elif kind in (".html", ".htm", ".page"):
        yield path.name, _page(path.read_text("utf-8", "ignore"))
    elif kind in (".txt", ".md"):
        yield path.name, path.read_text("utf-8", "ignore")
    elif re.search(r"\.\d\w*\.gz$", path.name):
        yield path.name, _man(gzip.decompress(path.read_bytes()).decode("utf-8", "ignore"))


def _squad(path: Path) -> Iterator[tuple[str, str]]:
    for number, article in enumerate(json.loads(path.read_text("utf-8")).get("data", ())):
        contexts = [one["context"] for one in article["paragraphs"]]
        yield f"{path.stem}-{number}", "\n\n".join(contexts)


def _page(text: str) -> str:
    """Give the words of a page, a blank line between blocks; code and such left out."""
    text = re.sub(r"\s+", " ", SILENT.sub(" ", text))
    text = re.sub(r"<[^<>]*>", "", BLOCKS.sub("\n\n", text))
    return re.sub(r"\n[\s\n]*\n", "\n\n", text)


def _man(text: str) -> str:
    """Give the prose of a man page: lines without macros, fonts and escapes."""
    text = re.sub(r"(?m)^[.'](?:PP|P|SH|SS|TP|IP|LP).*$", "\n", text)
    text = re.sub(r"(?m)^[.'](?:B|I|BR|IR|RB|BI|IB|RI) ", "", text)
    text = re.sub(r"(?m)^[.'].*$", "", text)
    text = re.sub(r"\\f\[?\w\]?|\\&|\\\(\w\w|\\\[\w+\]", "", text).replace("\\-", "-")
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _sentences(text: str) -> Iterator[str]:
    for bounds in split_sentences(text, 0, len(text)):
        sentence = " ".join(html.unescape(text[bounds.start : bounds.end]).split())
        if len(sentence) in CHARS and FRENCH.search(sentence) and not FOREIGN.search(sentence):
            yield sentence
