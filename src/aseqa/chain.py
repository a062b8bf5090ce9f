"""The chain over one generation of an index: retrieve, read, decide, quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aseqa import decide, extract
from aseqa.answers import Quote, QuotedFigure, Reason
from aseqa.cascade import RANKED, Scored, read_candidates
from aseqa.cite import make_quote
from aseqa.cross_encoder import CrossEncoder
from aseqa.embed import Encoder
from aseqa.engine import Scope, SearchEngine
from aseqa.features import TermStatistics
from aseqa.lookup import Lookup
from aseqa.neutrality import anonymous, neutral
from aseqa.question import Question, understand
from aseqa.ranker import load_ranker
from aseqa.reader import load_reader, load_threshold
from aseqa.records import NO_FILTERS, Filters, PassageHit
from aseqa.retrieve import DEPTH, Hit, Retriever, header
from aseqa.scope import asks_whole_reply, reply_sentences
from aseqa.seal import seal
from aseqa.side_by_side import figures_side_by_side
from aseqa.store import Store
from aseqa.text import terms, tokens

NEAREST = 3
# How many sentences are looked through for a name.
KNOWN_DEPTH = 20
# A further quote is given when its score is at least this share of the first one's.
FURTHER_QUOTE_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Finding:
    """What the chain makes of a question: quotes, or why they are only the nearest reading."""

    quotes: tuple[Quote, ...]
    reason: Reason | None
    confidence: float


class Chain:
    """One generation of an index with all that answers from it; opened anew for the next."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        cross_encoder: CrossEncoder,
        open_engine: Callable[[Lookup], SearchEngine],
    ) -> None:
        self.generation = store.generation
        self.lookup = Lookup(store)
        self.engine = open_engine(self.lookup)
        self.retriever = Retriever(encoder, self.engine)
        self.statistics = TermStatistics(self.engine.frequency, len(self.engine))
        self._ranker = load_ranker(self.statistics)
        self._reader = load_reader(self.statistics, cross_encoder)
        self._threshold = load_threshold()

    def understand(self, text: str) -> Question:
        """Analyse a question, whoever asks it; a person unknown to the corpus is nobody."""
        plain = neutral(text, self._is_known)
        return replace(understand(plain), text=anonymous(plain, self._is_known))

    def _is_known(self, word: str) -> bool:
        """Tell whether the corpus holds a word as such, accents and case aside."""
        weights = dict.fromkeys(terms(word), 1.0)
        found = self.engine.matching(weights, KNOWN_DEPTH, 1.0)
        wanted = {token.form for token in tokens(word)}
        for row in self.lookup.sentences([number for number, _ in found]):
            about = header(self.lookup.document(row.document), row.sentence.section)
            if wanted <= {token.form for token in tokens(f"{about} {row.sentence.text}")}:
                return True
        return False

    def hits(self, question: Question, filters: Filters = NO_FILTERS, k: int = DEPTH) -> list[Hit]:
        """Give what retrieval finds for an analysed question, before it is read.

        Where a published reply is asked for, only its sentences are searched.
        """
        scope = Scope(filters, reply_sentences(question, self.lookup))
        return self.retriever.search(question, k, scope)

    def find(self, question: Question, hits: list[Hit], k: int, filters: Filters) -> Finding:
        """Read what retrieval found, decide whether it answers, and quote."""
        scored = self._read(question, hits)
        code = self._reason(question, scored, filters)
        confidence = decide.confidence(scored, code, self._threshold)
        if code:
            quotes = self._quotes(question, extract.readings(question, scored), NEAREST)
        else:
            quotes = self._quotes(question, decide.of_record(question, scored), k)
        told = decide.explain(code, question, scored, self.statistics) if code else ""
        return Finding(quotes, Reason(code, told) if code else None, confidence)

    def rank(self, question: Question, k: int, filters: Filters) -> tuple[Quote, ...]:
        """Give the best ``k`` sentences in order, before any decision to answer."""
        scored = self._read(question, self.hits(question, filters))
        return self._quotes(question, scored, k, floor=0.0)

    def figures(
        self, question: Question, quotes: Sequence[Quote], hits: Sequence[Hit]
    ) -> tuple[QuotedFigure, ...]:
        """Set the figures that answer beside those of the same thing that retrieval found."""
        rows = self.lookup.sentences([hit.id for hit in hits[:RANKED]])
        return figures_side_by_side(question.text, quotes, rows, self.lookup, self.sealed)

    def passages(self, question: Question, k: int, filters: Filters) -> list[PassageHit]:
        """Give the best ``k`` passages, each scored by its best sentence."""
        hits = self.hits(question, filters, max(k, DEPTH))
        best: dict[int, float] = {}
        rows = {row.id: row for row in self.lookup.sentences([hit.id for hit in hits])}
        for hit in hits:
            best.setdefault(rows[hit.id].passage, hit.score)
        return [
            PassageHit(
                row.document, row.passage.start, row.passage.end, row.passage.text, best[row.id]
            )
            for row in self.lookup.passages(list(best)[:k])
        ]

    def sealed(self, quote: Quote) -> Quote:
        """Seal a quote once all else is known of it."""
        return replace(quote, seal=seal(quote, self.generation))

    def _read(self, question: Question, hits: list[Hit]) -> list[Scored]:
        scored = read_candidates(question, hits, self.lookup, self._ranker, self._reader)
        # The record's own line on who or what is named needs no estimate.
        scored.sort(key=lambda one: not decide.is_field_of_named(question, one.candidate))
        return extract.in_reading_order(scored) if self._is_whole_reply(question) else scored

    def _is_whole_reply(self, question: Question) -> bool:
        return asks_whole_reply(question) and reply_sentences(question, self.lookup) is not None

    def _reason(self, question: Question, scored: list[Scored], filters: Filters) -> str | None:
        code = self._verdict(question, scored)
        if code and filters:
            unfiltered = self._read(question, self.hits(question))
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
            self.sealed(make_quote(item.row, self.lookup, rank, span, item.share))
            for rank, (item, span) in enumerate(zip(chosen, spans, strict=True), 1)
        )
