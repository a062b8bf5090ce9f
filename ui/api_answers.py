"""What programs get: the JSON of the contract, described for OpenAPI and MCP.

Every record may hold more than is described here: keys are added, never renamed or dropped.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Given(BaseModel):
    """A record of the contract."""

    model_config = ConfigDict(extra="allow")


class SpanModel(Given):
    """The words that carry the answer; offsets are relative to the quote."""

    start: int
    end: int
    text: str


class VoiceModel(Given):
    """Who speaks, and whom the sentence itself names as its source."""

    kind: str
    name: str | None
    reported: str | None


class BoxModel(Given):
    """A rectangle on a page, in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class QuoteModel(Given):
    """A sentence of the corpus: ``text`` stands at ``start``:``end`` of its document's text."""

    rank: int
    text: str
    span: SpanModel | None
    document: str
    source: str
    sha256: str
    start: int
    end: int
    page: int | None
    section: str
    before: str
    after: str
    voice: VoiceModel
    date: str | None
    title: str | None
    kind: str
    reference: str
    url: str | None
    score: float
    boxes: list[BoxModel]
    as_of: str | None
    territories: list[str]
    seal: dict[str, Any]


class FigureModel(Given):
    """A figure that answers, or one of the same thing; ``newer`` is the newest if it is newer."""

    text: str
    low: float | None
    high: float | None
    hedge: str
    unit: str
    counted: str | None
    territories: list[str]
    as_of: str | None
    start: int
    end: int
    newer: dict[str, Any] | None
    quote: QuoteModel


class ReasonModel(Given):
    """Why there is no answer."""

    code: Literal[
        "out_of_corpus", "no_answer_sentence", "missing_entity", "no_answer_published",
        "filtered_out",
    ]  # fmt: skip
    text: str


class AnswerModel(Given):
    """Quotes, or a reason why there are none."""

    question: str
    understood: str | None
    status: Literal["answered", "abstained"]
    reason: ReasonModel | None
    confidence: float
    quotes: list[QuoteModel]
    nearest: list[QuoteModel] = []
    figures: list[FigureModel]
    index: str
    timings_ms: dict[str, float]


class SearchModel(Given):
    """Sentences found, the nearest first."""

    question: str
    quotes: list[QuoteModel]
    index: str


class VerificationModel(Given):
    """What became of each quote; ``ok`` when every one stands as it is cited."""

    ok: bool
    quotes: list[dict[str, Any]]
    unread: list[dict[str, str]]


class ThreadsModel(Given):
    """The threads found."""

    wanted: str
    threads: list[dict[str, Any]]
    index: str


class DocumentModel(Given):
    """What is known of a document."""

    document: str
    source: str
    sha256: str
    kind: str
    title: str | None
    date: str | None
    author: str | None
    publisher: str | None
    url: str | None
    metadata: dict[str, Any]
    reference: str


class DocumentsModel(Given):
    """A page of documents; ``next`` is the address of the page after, if there is one."""

    total: int
    offset: int
    limit: int
    next: str | None
    documents: list[DocumentModel]
    index: str


class SentenceModel(Given):
    """A sentence of a document."""

    start: int
    end: int
    text: str
    section: int
    role: str
    voice: VoiceModel
    as_of: str | None
    territories: list[str]


class SectionModel(Given):
    """A stretch of a document with one voice and one date."""

    name: str
    start: int
    end: int
    voice: VoiceModel
    date: str | None


class ExcerptModel(DocumentModel):
    """A document with its sections and some of its sentences; ``next_start`` is where to go on."""

    sections: list[SectionModel]
    sentences: list[SentenceModel]
    next_start: int | None
    index: str


class SourceModel(DocumentModel):
    """A whole document; offsets count the characters of ``text``."""

    text: str
    sections: list[SectionModel]
    sentences: list[SentenceModel]
    index: str


class StatusModel(Given):
    """What the index holds."""

    index: str
    encoder: str
    n_documents: int
    n_passages: int
    n_sentences: int


class ProblemModel(BaseModel):
    """A problem (RFC 9457): ``type`` names it for ever, ``detail`` says what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] = []
