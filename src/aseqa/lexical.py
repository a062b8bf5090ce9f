"""Lexical search: BM25 by tantivy over the product's own terms.

BM25 is Robertson and Zaragoza's (2009), with tantivy's k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

# Longer words may be misspelt in one place; numbers are never matched approximately.
MIN_FUZZY_CHARS = 5


class LexicalIndex:
    """A BM25 index of sentences, each with a second field for its context."""

    def __init__(self, folder: Path | None) -> None:
        """Open or create the index in ``folder``; None keeps it in memory."""
        import tantivy

        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        for name in ("terms", "context"):
            builder.add_text_field(name, tokenizer_name="terms", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder) if folder else None)
        self._index.register_tokenizer("terms", analyzer)
        self._index.reload()

    def add(self, rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]) -> None:
        """Add (id, terms, context terms) rows and commit them."""
        import tantivy

        writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        for identifier, terms, context in rows:
            document = tantivy.Document()
            document.add_integer("id", identifier)
            document.add_text("terms", " ".join(terms))
            document.add_text("context", " ".join(context))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def frequency(self, term: str) -> int:
        """Count the sentences whose own words or context hold ``term``."""
        searcher = self._index.searcher()
        return max(searcher.doc_freq(name, term) for name in ("terms", "context"))

    def search(
        self,
        weights: Mapping[str, float],
        k: int,
        context_weight: float = 0.0,
        allowed: Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Find the best ``k`` sentences for weighted terms, sorted by (-score, id).

        ``context_weight`` multiplies the score of a term found in the context.
        ``allowed`` restricts the search to these ids before anything is ranked.
        """
        import tantivy

        if not weights or (allowed is not None and not len(allowed)):
            return []
        clauses = list(self._clauses(weights, context_weight))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        if allowed is not None:
            inside = tantivy.Query.term_set_query(self._schema, "id", list(allowed))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(inside, 0.0)),
                ]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=k).hits
        found: list[tuple[int, float]] = []
        for score, address in hits:
            stored: Any = searcher.doc(address).get_first("id")
            found.append((int(stored), float(score)))
        return sorted(((i, s) for i, s in found if s > 0), key=lambda hit: (-hit[1], hit[0]))

    def _clauses(self, weights: Mapping[str, float], context_weight: float) -> Iterable[Any]:
        import tantivy

        for term, weight in weights.items():
            for field, share in (("terms", 1.0), ("context", context_weight)):
                if share > 0:
                    exact = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
                    yield tantivy.Query.boost_query(exact, weight * share)
            if self.frequency(term) == 0 and term.isalpha() and len(term) >= MIN_FUZZY_CHARS:
                near = tantivy.Query.fuzzy_term_query(self._schema, "terms", term, distance=1)
                yield tantivy.Query.boost_query(near, weight)
