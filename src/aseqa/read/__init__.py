"""Reading: one module a format, from a file to documents with sections and voices."""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.decoding import decode, decode_page
from aseqa.records import Document

__all__ = ["SUFFIXES", "read_file"]

MAX_BYTES = 128 << 20

Reader = Callable[[bytes, str, str], list[Document]]


def read_file(path: Path, source: str) -> list[Document]:
    """Read a file into one or more documents that share its stored text.

    Parameters
    ----------
    path
        Where the file is.
    source
        What the documents call it: its path relative to the corpus root, with "/".

    Raises
    ------
    ReadError
        When the file is missing, refused, empty, binary, damaged, of an unknown
        format, or without any text to quote.
    """
    reader = SUFFIXES.get(path.suffix.lower())
    mode = _status_of(path).st_mode
    if S_ISDIR(mode):
        raise ReadError(message("read_folder", path=path))
    if reader is None:
        raise ReadError(message("read_unsupported", path=path, known=", ".join(SUFFIXES)))
    if not S_ISREG(mode):
        raise ReadError(message("read_special", path=path))
    raw = _bytes_of(path)
    documents = reader(raw, source, hashlib.sha256(raw).hexdigest())
    if not any(document.sections for document in documents):
        raise ReadError(message("read_nothing", path=source))
    return documents


def _status_of(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except FileNotFoundError:
        raise ReadError(message("read_missing", path=path)) from None
    except OSError as fault:
        raise ReadError(message("read_refused", path=path, fault=fault.strerror)) from fault


def _bytes_of(path: Path) -> bytes:
    size = _status_of(path).st_size
    if size > MAX_BYTES:
        sizes = {"size": f"{size >> 20} Mo", "limit": f"{MAX_BYTES >> 20} Mo"}
        raise ReadError(message("read_too_large", path=path, **sizes))
    try:
        return path.read_bytes()
    except OSError as fault:
        raise ReadError(message("read_refused", path=path, fault=fault.strerror)) from fault


def _read_text(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Choose the reader of a text file by what the text looks like."""
    from aseqa.read.front_matter import has_front_matter
    from aseqa.read.law import looks_law, read_law
    from aseqa.read.markdown import read_markdown
    from aseqa.read.markup import HEADING
    from aseqa.read.parliamentary import looks_parliamentary, read_parliamentary
    from aseqa.read.plain import read_plain
    from aseqa.read.press import looks_press, read_press

    text = decode(raw, source)
    if looks_parliamentary(text):
        return read_parliamentary(text, source, sha256)
    if has_front_matter(text):
        return read_markdown(text, source, sha256)
    if looks_law(text):
        return read_law(text, source, sha256)
    if looks_press(text):
        return read_press(text, source, sha256)
    if source.lower().endswith((".md", ".markdown")) or HEADING.match(text.lstrip()):
        return read_markdown(text, source, sha256)
    return read_plain(text, source, sha256)


def _read_page(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read a web page; a parliamentary question keeps its own form there too."""
    from aseqa.read.html import read_html
    from aseqa.read.parliamentary import looks_parliamentary, read_parliamentary

    [page] = read_html(decode_page(raw, source), source, sha256)
    if looks_parliamentary(page.text):
        questions = read_parliamentary(page.text, source, sha256)
        return [replace(question, url=question.url or page.url) for question in questions]
    return [page]


def _read_data(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read the open data of either house of parliament; another table is a table."""
    from aseqa.read.assembly import looks_assembly, read_assembly
    from aseqa.read.senate import looks_senate, read_senate
    from aseqa.read.table import read_csv

    if looks_assembly(raw):
        return read_assembly(raw, source, sha256)
    if looks_senate(raw):
        return read_senate(raw, source, sha256)
    if source.lower().endswith((".csv", ".tsv")):
        return read_csv(raw, source, sha256)
    raise ReadError(message("read_schema", path=source, fault=message("fault_no_open_data")))


def _late(module: str, function: str) -> Reader:
    """Give a reader whose module is only imported when a file needs it."""

    def read(raw: bytes, source: str, sha256: str) -> list[Document]:
        reader: Reader = getattr(importlib.import_module(f"aseqa.read.{module}"), function)
        return reader(raw, source, sha256)

    return read


SUFFIXES: dict[str, Reader] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_text,
    ".markdown": _read_text,
    ".html": _read_page,
    ".htm": _read_page,
    ".xhtml": _read_page,
    ".pdf": _late("pdf", "read_pdf"),
    ".docx": _late("docx", "read_docx"),
    ".docm": _late("docx", "read_docx"),
    ".odt": _late("odt", "read_odt"),
    ".ott": _late("odt", "read_odt"),
    ".eml": _late("eml", "read_eml"),
    ".xlsx": _late("xlsx", "read_xlsx"),
    ".xlsm": _late("xlsx", "read_xlsx"),
    ".csv": _read_data,
    ".tsv": _read_data,
    ".json": _read_data,
    ".xml": _read_data,
    ".zip": _read_data,
}
