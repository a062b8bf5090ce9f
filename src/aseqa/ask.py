"""The whole chain on one page: a question in, cited quotes or a reason out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, TypeVar, cast

import numpy as np

from aseqa import decide, extract
from aseqa.cascade import Scored, read_candidates
from aseqa.cite import make_quote
from aseqa.cross_encoder import CrossEncoder
from aseqa.derived import open_indexes
from aseqa.embed import Encoder, load_encoder
from aseqa.errors import IndexMismatch
from aseqa.features import TermStatistics
from aseqa.followup import Turn, resolve
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.question import Question, understand
from aseqa.ranker import load_ranker
from aseqa.reader import load_reader, load_threshold
from aseqa.recall import quote_at, same_quote
from aseqa.records import (
    NO_FILTERS,
    Answer,
    Document,
    Filters,
    PassageHit,
    Quote,
    Reason,
    SourceView,
)
from aseqa.retrieve import DEPTH, Hit, Retriever
from aseqa.scope import asks_whole_reply, reply_sentences
from aseqa.status import index_status
from aseqa.store import Store

Method = TypeVar("Method", bound=Callable[..., Any])

NEAREST = 3
# A further quote is given when its score is at least this share of the first one's.
FURTHER_QUOTE_SHARE = 0.02


def _whole(method: Method) -> Method:
    """Make a method see one generation of the store from beginning to end, the newest."""

    @wraps(method)
    def read(self: Assistant, *args: Any, **kwargs: Any) -> Any:
        with self.reading():
            return method(self, *args, **kwargs)

    return cast("Method", read)


class Assistant:
    """Answers questions over one index; open it once, ask many times."""

    def __init__(self, store: Store, encoder: Encoder, threads: int = 2) -> None:
        self._store = store
        self._encoder = encoder
        self._cross_encoder = CrossEncoder(threads)
        self._lock = RLock()
        with store.reading():
            self._load()

    @classmethod
    def open(
        cls, index: Path | str, encoder: Encoder | str | None = None, threads: int = 2
    ) -> Assistant:
        """Open the index in the folder ``index``, with the encoder that made it.

        Raises
        ------
        IndexMissing
            When there is no index.
        IndexMismatch
            When the index has another format or was made by another encoder.

        Examples
        --------
        >>> with Assistant.open("embeddings/index") as assistant:  # doctest: +SKIP
        ...     assistant.ask("Combien de mineurs ?").status
        """
        store = Store.open(Path(index))
        found = store.fact("encoder")
        if encoder is None or isinstance(encoder, str):
            encoder = load_encoder(encoder or found, threads)
        if encoder.name != found:
            store.close()
            raise IndexMismatch(
                message("index_encoder", folder=index, found=found, wanted=encoder.name)
            )
        return cls(store, encoder, threads)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    def _load(self) -> None:
        self.generation = self._store.generation
        self.lookup = Lookup(self._store)
        dense, lexical = open_indexes(self._store.folder, self.generation, self.lookup)
        self.retriever = Retriever(self._encoder, dense, lexical)
        self.statistics = TermStatistics(lexical.frequency, len(dense))
        self._ranker = load_ranker(self.statistics)
        self._reader = load_reader(self.statistics, self._cross_encoder)
        self._threshold = load_threshold()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the store's newest generation, so that nothing mixes two; one caller at a time."""
        with self._lock:
            if self._store.connection.in_transaction:  # within another reading
                yield
                return
            with self._store.reading():
                if self._store.generation != self.generation:
                    self._load()
                yield

    @_whole
    def ask(
        self,
        question: str,
        k: int = 3,
        filters: Filters = NO_FILTERS,
        previous: Turn | None = None,
        **only: Any,
    ) -> Answer:
        """Answer a question in French with at most ``k`` quotes, or say why not.

        ``filters`` may be given field by field: ``kinds=["question_ecrite"]``;
        ``previous`` is the exchange that the question may go on from.
        """
        if only:
            filters = Filters.of(**only)
        resolved = resolve(question, previous)
        again = same_quote(question, resolved, previous, self.lookup, self.generation)
        if again:
            return again
        started = time.perf_counter()
        asked = understand(resolved.searched)
        hits = self.hits(asked, filters)
        found = time.perf_counter()
        scored = self._read(asked, hits)
        code = self._reason(asked, scored, filters)
        confidence = decide.confidence(scored, code, self._threshold)
        quotes = self._quotes(asked, scored, k if code is None else NEAREST)
        ended = time.perf_counter()
        told = decide.explain(code, asked, scored, self.statistics) if code else ""
        reason = Reason(code, told) if code else None
        return Answer(
            question=question,
            status="abstained" if reason else "answered",
            reason=reason,
            confidence=confidence,
            quotes=() if reason else quotes,
            nearest=quotes if reason else (),
            index=self.generation,
            timings_ms={
                "retrieve": 1000 * (found - started),
                "read": 1000 * (ended - found),
                "total": 1000 * (ended - started),
            },
            understood=resolved.text if resolved.carried else None,
        )

    @_whole
    def quote_at(
        self, document: str, start: int, end: int, span: tuple[int, int] | None = None
    ) -> Quote | None:
        """Cite the sentence at a place again, its voice, date and reference read anew."""
        return quote_at(self.lookup, document, start, end, span)

    @_whole
    def rank(self, question: str, k: int = 10, filters: Filters = NO_FILTERS) -> list[Quote]:
        """Give the best ``k`` sentences in order, before any decision to answer."""
        asked = understand(question)
        hits = self.hits(asked, filters)
        scored = self._read(asked, hits)
        return list(self._quotes(asked, scored, k, floor=0.0))

    @_whole
    def passages(
        self,
        question: str,
        k: int = 20,
        filters: Filters = NO_FILTERS,
    ) -> list[PassageHit]:
        """Give the best ``k`` passages, each scored by its best sentence."""
        hits = self.hits(understand(question), filters, max(k, DEPTH))
        best: dict[int, float] = {}
        rows = {row.id: row for row in self.lookup.sentences([hit.id for hit in hits])}
        for hit in hits:
            best.setdefault(rows[hit.id].passage, hit.score)
        found = self.lookup.passages(list(best)[:k])
        return [
            PassageHit(
                row.document, row.passage.start, row.passage.end, row.passage.text, best[row.id]
            )
            for row in found
        ]

    @_whole
    def source(self, document: str) -> SourceView:
        """Give a document with its sentences.

        Raises
        ------
        KeyError
            When the index holds no document of that name.
        """
        rows = self.lookup.document_sentences(document)
        return SourceView(self.lookup.document(document), tuple(row.sentence for row in rows))

    @_whole
    def documents(self) -> list[Document]:
        """Give all documents in the order of their names."""
        return [self.lookup.document(name) for name in self.lookup.document_names()]

    @_whole
    def status(self) -> dict[str, Any]:
        """Tell what the index holds: counts, encoder, generation, documents."""
        return index_status(self._store, self.lookup)

    def hits(self, question: Question, filters: Filters = NO_FILTERS, k: int = DEPTH) -> list[Hit]:
        """Give what retrieval finds for an analysed question, before it is read.

        Where a published reply is asked for, only its sentences are searched.
        """
        allowed = self.lookup.allowed(filters)
        reply = reply_sentences(question, self.lookup)
        if reply is not None:
            allowed = reply if allowed is None else np.intersect1d(reply, allowed)
        return self.retriever.search(question, k, allowed)

    def _read(self, question: Question, hits: list[Hit]) -> list[Scored]:
        scored = read_candidates(question, hits, self.lookup, self._ranker, self._reader)
        return extract.in_reading_order(scored) if self._is_whole_reply(question) else scored

    def _is_whole_reply(self, question: Question) -> bool:
        return asks_whole_reply(question) and reply_sentences(question, self.lookup) is not None

    def _reason(self, question: Question, scored: list[Scored], filters: Filters) -> str | None:
        code = self._verdict(question, scored)
        if code and filters:
            everywhere = self.hits(question)
            unfiltered = self._read(question, everywhere)
            if not scored or self._verdict(question, unfiltered) is None:
                return "filtered_out"
        return code

    def _verdict(self, question: Question, scored: list[Scored]) -> str | None:
        confident = bool(scored) and scored[0].probability >= self._threshold
        confident = confident or self._is_whole_reply(question)
        return decide.reason_code(question, scored, self.statistics, self.lookup, confident)

    def _quotes(
        self,
        question: Question,
        scored: list[Scored],
        k: int,
        floor: float = FURTHER_QUOTE_SHARE,
    ) -> tuple[Quote, ...]:
        chosen = extract.choose(question, scored, k, floor)
        spans = [extract.answer_span(question, item) for item in chosen]
        return tuple(
            make_quote(item.row, self.lookup, rank, span, item.share)
            for rank, (item, span) in enumerate(zip(chosen, spans, strict=True), 1)
        )
