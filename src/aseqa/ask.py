"""The whole chain on one page: a question in, cited quotes or a reason out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aseqa.alignment import Aligner
from aseqa.answers import Answer, Quote
from aseqa.chain import Chain
from aseqa.coverage import coverage
from aseqa.cross_encoder import CrossEncoder
from aseqa.embed import Encoder, load_encoder
from aseqa.engine_stores import Engines
from aseqa.errors import IndexMismatch
from aseqa.filter_counts import FilterCounts, filter_counts
from aseqa.followup import Turn, resolve
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.recall import quote_at, same_quote
from aseqa.records import NO_FILTERS, Document, Filters, PassageHit, SourceView
from aseqa.references import bibliography
from aseqa.status import index_status
from aseqa.store import Store
from aseqa.thread import Thread, make_thread, questions_named

if TYPE_CHECKING:
    from aseqa.verify import Verification

Method = TypeVar("Method", bound=Callable[..., Any])


def _whole(method: Method) -> Method:
    """Make a method see one generation of the store from beginning to end, the newest."""

    @wraps(method)
    def read(self: Assistant, *args: Any, **kwargs: Any) -> Any:
        with self.reading():
            return method(self, *args, **kwargs)

    return cast("Method", read)


class Assistant:
    """Answers questions over one index; open it once, ask many times."""

    def __init__(
        self, store: Store, encoder: Encoder, threads: int = 2, searched_in: str | None = None
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._cross_encoder = CrossEncoder(threads)
        self._lock = RLock()
        self._engines = Engines(store, searched_in)
        try:
            with store.reading():
                self.chain = self._new_chain()
        except BaseException:
            self._engines.close()
            raise

    @classmethod
    def open(
        cls,
        index: Path | str,
        encoder: Encoder | str | None = None,
        threads: int = 2,
        searched_in: str | None = None,
    ) -> Assistant:
        """Open the index in the folder ``index``, with the encoder that made it.

        ``searched_in`` names the store that is searched (``faiss``, ``milvus+file:PATH`` or
        ``milvus://host:port``); by default the one that the index was last moved to.

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
        try:
            return cls(store, encoder, threads, searched_in)
        except BaseException:
            store.close()
            raise

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
        self._engines.close()
        self._store.close()

    def _new_chain(self) -> Chain:
        return Chain(self._store, self._encoder, self._cross_encoder, self._engines.open)

    @property
    def generation(self) -> str:
        return self.chain.generation

    @property
    def lookup(self) -> Lookup:
        return self.chain.lookup

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the store's newest generation, so that nothing mixes two; one caller at a time."""
        with self._lock:
            if self._store.connection.in_transaction:  # within another reading
                yield
                return
            with self._store.reading():
                if self._store.generation != self.generation:
                    self.chain = self._new_chain()
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
            return replace(again, quotes=tuple(map(self.chain.sealed, again.quotes)))
        started = time.perf_counter()
        asked = self.chain.understand(resolved.searched)
        hits = self.chain.hits(asked, filters)
        retrieved = time.perf_counter()
        found = self.chain.find(asked, hits, k, filters)
        read = time.perf_counter()
        figures = () if found.reason else self.chain.figures(asked, found.quotes, hits)
        ended = time.perf_counter()
        return Answer(
            question=question,
            status="abstained" if found.reason else "answered",
            reason=found.reason,
            confidence=found.confidence,
            quotes=() if found.reason else found.quotes,
            nearest=found.quotes if found.reason else (),
            index=self.generation,
            timings_ms={
                "retrieve": 1000 * (retrieved - started),
                "read": 1000 * (read - retrieved),
                "compare": 1000 * (ended - read),
                "total": 1000 * (ended - started),
            },
            figures=figures,
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
        return list(self.chain.rank(self.chain.understand(question), k, filters))

    @_whole
    def passages(
        self,
        question: str,
        k: int = 20,
        filters: Filters = NO_FILTERS,
    ) -> list[PassageHit]:
        """Give the best ``k`` passages, each scored by its best sentence."""
        return self.chain.passages(self.chain.understand(question), k, filters)

    @_whole
    def cite(self, quotes: Sequence[Quote], style: str) -> str:
        """Write quotes with their references, ready to paste.

        ``style`` is ``plain``, ``markdown``, ``html``, ``bibtex`` or ``csl-json``.

        Raises
        ------
        BadSettings
            When there is no such style.
        """
        return bibliography([(one, self.lookup.document(one.document)) for one in quotes], style)

    @_whole
    def verify(self, answer: Mapping[str, Any]) -> Verification:
        """Check every quote of a saved answer against the documents as they are now.

        Raises
        ------
        ReadError
            When it is no answer.
        """
        # They read files anew: who only asks needs none of it.
        from aseqa.sources import Sources
        from aseqa.verify import verify_answer

        return verify_answer(answer, Sources(self._store))

    @_whole
    def thread(self, wanted: str, today: str) -> list[Thread]:
        """Follow the parliamentary questions of a number, or of a document's name, through.

        ``today``, an ISO date, tells whether a question without an answer is late.
        """
        chain = self.chain
        aligner = Aligner(self._encoder.encode_queries, self._cross_encoder.read, chain.statistics)
        return [
            make_thread(name, self.lookup, aligner, today)
            for name in questions_named(wanted, self.lookup)
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

    @property
    def folder(self) -> Path:
        """The folder of the index."""
        return self._store.folder

    @_whole
    def status(self) -> dict[str, Any]:
        """Tell what the index holds: counts, encoder, generation, documents."""
        return index_status(self._store, self.lookup) | self.chain.engine.facts()

    @_whole
    def filter_counts(self) -> FilterCounts:
        """Count the sentences that each choice of a filter lets through."""
        return filter_counts(self._store.connection)

    @_whole
    def coverage(self) -> dict[str, Any]:
        """Tell what the corpus covers and does not: kinds, years, voices, territories."""
        return coverage(self._store, self.lookup)
