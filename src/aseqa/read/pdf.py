"""PDF files: the text as it reads, with the place of every character on its page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from aseqa.errors import ReadError
from aseqa.messages import message
from aseqa.read.lines import sections_of
from aseqa.read.pdf_blocks import blocks_of
from aseqa.read.pdf_columns import columns_of
from aseqa.read.pdf_facts import author_of, created_of, kind_of, stated_date, title_of
from aseqa.read.pdf_flow import flow
from aseqa.read.pdf_glyphs import Page
from aseqa.read.pdf_hyphens import count_words
from aseqa.read.pdf_lines import Line
from aseqa.read.pdf_ocr import DPI, can_recognise, recognise
from aseqa.read.pdf_pages import facts_of, open_pdf, picture_of, read_page
from aseqa.read.pdf_paragraphs import habits_of
from aseqa.read.pdf_running import without_running
from aseqa.read.pdf_text import write
from aseqa.read.pdf_words import Word, words_of
from aseqa.records import Document, Voice


def read_pdf(raw: bytes, source: str, sha256: str) -> list[Document]:
    """Read a PDF file; the stored text is its text as it reads, without the pages' frames.

    Words broken at line ends are mended, paragraphs go on across columns and pages.
    Pages that are pictures are recognised where Tesseract is installed with French.

    Raises
    ------
    ReadError
        When the file is damaged, asks for a password, or holds pictures of text only
        and they cannot be recognised.
    """
    with open_pdf(raw, source) as pdf:
        facts = facts_of(pdf)
        pages, words, silent = _read_pages(pdf)
    if not any(words):
        raise ReadError(message("read_scanned" if silent else "read_nothing", path=source))
    columns = [
        column
        for page, here in zip(pages, without_running(pages, words), strict=True)
        for column in columns_of(page, here)
    ]
    lines = [[item for item in column if isinstance(item, Line)] for column in columns]
    habits = habits_of(lines)
    blocks = flow(blocks_of(column, habits) for column in columns)
    written = write(blocks, count_words(line.text for column in lines for line in column))
    opening = [block for block in blocks if block.lines and block.lines[0].page == 1]
    title, author = title_of(facts, opening), author_of(facts)
    stated, created = stated_date(opening), created_of(facts)
    metadata = {
        "created": created or "",
        "date_source": "pdf" if created and not stated else "",
        "ocr": "true" if any(page.recognised for page in pages) else "",
        "pages_without_text": ", ".join(map(str, silent)),
    }
    date, voice = stated or created, Voice("autre", author)
    return [
        Document(
            id=PurePosixPath(source).stem,
            source=source,
            sha256=sha256,
            text=written.text,
            kind=kind_of(title, opening),
            title=title,
            date=date,
            author=author,
            publisher=None,
            url=None,
            sections=sections_of(written.text, written.kept, voice=voice, date=date),
            metadata={name: value for name, value in metadata.items() if value},
            layout=written.layout,
        )
    ]


def _read_pages(pdf: Any) -> tuple[list[Page], list[list[Word]], list[int]]:
    """Read every page; give the words of each, and the pages that are pictures only.

    A page without any character is recognised where that is possible.
    """
    pages, words, silent = [], [], []
    for number in range(1, len(pdf) + 1):
        page = read_page(pdf, number)
        if not page.glyphs:
            picture = picture_of(pdf, number, DPI)
            if picture and can_recognise():
                page = recognise(picture, number, page.bounds)
            if picture and not page.glyphs:
                silent.append(number)
        pages.append(replace(page, glyphs=()))
        words.append(words_of(page.glyphs))
    return pages, words, silent
