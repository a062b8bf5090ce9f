"""References in French, ready to paste: who, what, where it was published and when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from aseqa.answers import Quote, Span
from aseqa.cascade import neighbours
from aseqa.lookup import Lookup, StoredSentence
from aseqa.messages import message
from aseqa.records import Document, Section
from aseqa.wording import written_date

QUESTION_KINDS = ("question_ecrite", "question_orale", "question_gouvernement")

_SENATE = "Sénat"
_ARTICLE = re.compile(r"art(?:icle)?\b", re.IGNORECASE)


def reference(document: Document, section: Section) -> str:
    """Give the reference of a quote taken from ``section`` of ``document``.

    A parliamentary document is always cited whole, question and answer, whichever
    of the two is quoted.

    Examples
    --------
    >>> reference(document, section)  # doctest: +SKIP
    'Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine,
    Haute-Savoie), JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le
    17 juin 2025, p. 5318'
    """
    if document.kind in QUESTION_KINDS:
        return _question(document)
    if document.kind == "loi":
        return _law(document, section)
    return _publication(document)


def make_quote(
    row: StoredSentence, lookup: Lookup, rank: int, span: Span | None, score: float
) -> Quote:
    """Cite a stored sentence: its words, its neighbours, who speaks, when and where."""
    sentence = row.sentence
    document = lookup.document(row.document)
    section = document.sections[sentence.section]
    before, after = neighbours(row, lookup)
    return Quote(
        rank=rank,
        text=sentence.text,
        span=span,
        document=document.id,
        source=document.source,
        sha256=document.sha256,
        start=sentence.start,
        end=sentence.end,
        page=sentence.boxes[0].page if sentence.boxes else None,
        section=section.name,
        before=before,
        after=after,
        voice=sentence.voice,
        date=section.date or document.date,
        title=document.title,
        kind=document.kind,
        reference=reference(document, section),
        url=document.url,
        score=score,
        boxes=sentence.boxes,
        as_of=sentence.as_of,
        territories=sentence.territories,
    )


def french_date(date: str) -> str:
    """Write an ISO date, a month or a year as references do: in French, whatever is spoken.

    What is no date is given back unchanged: a source may date itself in words.

    Examples
    --------
    >>> french_date("2025-01-01"), french_date("2024-05")
    ('1er janvier 2025', 'mai 2024')
    """
    return written_date(date, message("months"), "1er")


def _question(document: Document) -> str:
    known = document.metadata
    parts = [
        _asked(document),
        _published("cite_question", document.date or known.get("question_date"), document),
        _page(known.get("question_page")),
    ]
    return _joined((_joined(parts, ", "), _answer(document)), " ; ")


def _asked(document: Document) -> str:
    """Give "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, …)"."""
    known = document.metadata
    words = [message(f"cite_{document.kind}")]
    if known.get("number"):
        words.append(message("cite_number", number=known["number"]))
    if document.author:
        words.append(_of(_plain(document.author)))
        if seat := _joined((known.get("group"), known.get("department")), ", "):
            words.append(f"({seat})")
    return " ".join(words)


def _answer(document: Document) -> str:
    """Give the half of the reference that tells whether and where it was answered."""
    known = document.metadata
    if known.get("answered") == "false":
        written = document.kind == "question_ecrite"
        return message("cite_unanswered" if written else "cite_answer_elsewhere")
    if known.get("answer_date"):
        published = _published("cite_answer", known["answer_date"], document)
        return _joined((published, _page(known.get("answer_page"))), ", ")
    return message("cite_answered") if known.get("answered") == "true" else ""


def _law(document: Document, section: Section) -> str:
    """Give article, code and version; a file may hold several articles, one a section."""
    known = document.metadata
    if "code" in known and "version_date" in known and _is_article(document.title):
        return _article_in_force(document, section)
    named = next((n for n in (section.name, document.title) if n and _ARTICLE.match(n)), None)
    article = named or known.get("article")
    code = known.get("code") or (document.title if document.title != named else None)
    version = known.get("version_date") or section.date or document.date
    dated = message("cite_version", date=french_date(version)) if version else None
    parts = (article and _article(article), code, document.publisher, dated, document.url)
    return _joined(parts, ", ") or PurePosixPath(document.source).name


def _article_in_force(document: Document, section: Section) -> str:
    """Give code, article and version of a file that is an article and says which version."""
    known = document.metadata
    named = section.name if _is_article(section.name) else document.title or ""
    start, end = known["version_date"], known.get("version_end")
    dated = message("cite_version_in_force", date=french_date(start))
    if end and end > start:
        days = {"start": french_date(start), "end": french_date(end)}
        dated = message("cite_version_between", **days)
    parts = (known["code"], f"{named[:1].lower()}{named[1:]}", dated, document.url)
    return _joined(parts, ", ")


def _is_article(name: str | None) -> bool:
    return bool(name and _ARTICLE.match(name))


def _article(name: str) -> str:
    """Give "article L. 221-1" where the metadata hold the number alone."""
    return name if _ARTICLE.match(name) else message("cite_article", number=name)


def _publication(document: Document) -> str:
    title = message("cite_title", title=_nested(document.title)) if document.title else None
    author, publisher = document.author, document.publisher
    parts = [
        author,
        title or PurePosixPath(document.source).name,
        None if publisher == author else publisher,
        french_date(document.date) if document.date else None,
        document.url,
    ]
    return _joined(parts, ", ")


def _nested(title: str) -> str:
    """Turn guillemets inside a title into the English ones that French puts inside its own."""
    return re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", _plain(title)))


def _of(name: str) -> str:
    """Put "de" before a name, elided before a vowel."""
    elided = name[:1].lower() in tuple("aeiouàâäéèêëîïôöùûü")
    return f"d'{name}" if elided else f"de {name}"


def _published(key: str, date: str | None, document: Document) -> str:
    """Name the day of the Journal officiel; the Senate's questions have one of their own."""
    if not date:
        return ""
    if document.publisher == _SENATE:
        key = f"{key}_senate"
    return message(key, date=french_date(date))


def _page(page: str | None) -> str:
    return message("cite_page", page=page) if page else ""


def _plain(text: str) -> str:
    """Give ``text`` on one line."""
    return " ".join(text.split())


def _joined(parts: Iterable[str | None], separator: str) -> str:
    return separator.join(_plain(part) for part in parts if part)
