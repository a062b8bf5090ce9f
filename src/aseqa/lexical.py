"""Lexical search: BM25 by tantivy over the product's own terms.

BM25 is Robertson and Zaragoza's (2009), with tantivy's k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

import json
import math
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Longer words may be misspelt in one place; numbers are never matched approximately.
MIN_FUZZY_CHARS = 5
FIELDS = ("terms", "context")
# Where more than this share is allowed, ranking first is cheaper than looking each id up.
SCANNED_SHARE = 0.02
LOCKS = "*.lock"
REMOVALS, REMOVAL_PAUSE_S = 20, 0.05
# Read and replaced, never written over; tantivy makes them for their owner alone.
STATE = ("meta.json", ".managed.json")

Ids = NDArray[np.int64]
Rows = Iterable[tuple[int, Sequence[str], Sequence[str]]]


class LexicalIndex:
    """A BM25 index of sentences, each with a second field for its context.

    A removed sentence stays counted in tantivy's statistics until its segment is
    written again. What is counted here leaves it out: ``frequency``, and by the
    weight of each term the inverse document frequency. Only the mean length of a
    field still holds it.
    """

    def __init__(self, folder: Path | None) -> None:
        """Open or create the index in ``folder``; None keeps it in memory.

        Raises
        ------
        ValueError
            When its files are damaged.
        """
        import tantivy

        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", indexed=True, fast=True)
        for name in FIELDS:
            builder.add_text_field(name, tokenizer_name="terms", index_option="freq")
        self._schema = builder.build()
        self._folder = folder
        with _writable(folder) as place:
            self._index = tantivy.Index(self._schema, path=str(place) if place else None)
            self._index.register_tokenizer("terms", analyzer)
            self._reload()

    def _reload(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        self._counted, self.removed = _counts(self._folder) if self._folder else (len(self), 0)
        self._live = lru_cache(maxsize=65_536)(self._count)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def add(self, rows: Rows) -> None:
        """Add (id, terms, context terms) rows and commit them."""
        self.update(rows, ())

    def update(self, rows: Rows, removed: Iterable[int]) -> None:
        """Remove ids, add rows, and commit both at once."""
        import tantivy

        writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        for identifier in removed:
            writer.delete_documents_by_term("id", identifier)
        for identifier, terms, context in rows:
            document = tantivy.Document()
            document.add_integer("id", identifier)
            document.add_text("terms", " ".join(terms))
            document.add_text("context", " ".join(context))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        if self._folder:
            mode = self._folder.stat().st_mode & 0o666
            for name in STATE:
                (self._folder / name).chmod(mode)
        self._reload()

    def frequency(self, term: str) -> int:
        """Count the sentences whose own words or context hold ``term``."""
        return max(self._live(name, term) for name in FIELDS)

    def _count(self, field: str, term: str) -> int:
        if not self.removed:
            return int(self._searcher.doc_freq(field, term))
        found: Any = self._searcher.search(self._exact(field, term), limit=1, count=True)
        return int(found.count)

    def search(
        self,
        weights: Mapping[str, float],
        k: int,
        context_weight: float = 0.0,
        allowed: Ids | Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Find the best ``k`` sentences for weighted terms, sorted by (-score, id).

        ``context_weight`` multiplies the score of a term found in the context.
        ``allowed`` restricts the search to these ids before anything is ranked.
        """
        import tantivy

        clauses = list(self._clauses(weights, context_weight))
        if k <= 0 or not clauses or (allowed is not None and not len(allowed)):
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        if allowed is None:
            found = self._best(query, k)
        elif len(allowed) > SCANNED_SHARE * len(self):
            found = self._best_among(query, k, np.unique(np.asarray(allowed, np.int64)))
        else:
            found = self._best(self._only(query, allowed), k)
        return sorted(((i, s) for i, s in found if s > 0), key=lambda hit: (-hit[1], hit[0]))[:k]

    def _only(self, query: Any, allowed: Ids | Sequence[int]) -> Any:
        import tantivy

        listed = np.asarray(allowed, np.int64).tolist()
        inside = tantivy.Query.term_set_query(self._schema, "id", listed)
        both = (query, tantivy.Query.const_score_query(inside, 0.0))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in both])

    def _best(self, query: Any, k: int) -> list[tuple[int, float]]:
        """Give the best ``k`` and all that tie with the last of them, whatever their segment."""
        wanted = k + 1
        while True:
            ids, scores = self._first(query, wanted)
            if len(ids) < wanted or scores[k - 1] > scores[-1]:
                return [hit for hit in zip(ids, scores, strict=True) if hit[1] >= scores[:k][-1]]
            wanted *= 2

    def _best_among(self, query: Any, k: int, allowed: Ids) -> list[tuple[int, float]]:
        """Give the best of many allowed ids: rank without a filter as far as it takes.

        The scores of BM25 are the same with a filter and without.
        """
        wanted = 2 * k * len(self) // len(allowed) + 1
        while True:
            ids, scores = self._first(query, wanted)
            whole = len(ids) < wanted
            inside = np.isin(np.array(ids, np.int64), allowed)
            found = [
                (i, score)
                for i, score, kept in zip(ids, scores, inside, strict=True)
                if kept and (whole or score > scores[-1])  # of a tie at the end some are missing
            ]
            if whole or len(found) >= k:
                return found
            wanted *= 4

    def _first(self, query: Any, count: int) -> tuple[list[int], list[float]]:
        """Give the ids and scores of the first hits, the best first."""
        hits: list[Any] = self._searcher.search(query, limit=count, count=False).hits
        ids = self._searcher.fast_field_values("id", [place for _, place in hits])
        return [int(i or 0) for i in ids], [float(score) for score, _ in hits]

    def _clauses(self, weights: Mapping[str, float], context_weight: float) -> Iterator[Any]:
        import tantivy

        for term, weight in weights.items():
            for field, share in zip(FIELDS, (1.0, context_weight), strict=True):
                if share > 0 and self._live(field, term):
                    boost = weight * share * self._correction(field, term)
                    yield tantivy.Query.boost_query(self._exact(field, term), boost)
            if self.frequency(term) == 0 and term.isalpha() and len(term) >= MIN_FUZZY_CHARS:
                near = tantivy.Query.fuzzy_term_query(self._schema, "terms", term, distance=1)
                yield tantivy.Query.boost_query(near, weight)

    def _exact(self, field: str, term: str) -> Any:
        import tantivy

        return tantivy.Query.term_query(self._schema, field, term, index_option="freq")

    def _correction(self, field: str, term: str) -> float:
        """Give what makes tantivy's inverse document frequency that of the sentences held."""
        if not self.removed:
            return 1.0
        told = _inverse_frequency(self._searcher.doc_freq(field, term), self._counted)
        return _inverse_frequency(self._live(field, term), len(self)) / told


def _inverse_frequency(held: int, count: int) -> float:
    return math.log(1 + (count - held + 0.5) / (held + 0.5))


def removed_share(folder: Path, more: int) -> float:
    """Give the share of an index's rows that are removed, or will be with ``more``."""
    counted, removed = _counts(folder)
    return (removed + more) / max(counted, 1)


def _counts(folder: Path) -> tuple[int, int]:
    """Count the rows of all segments, and those of them that are removed."""
    path = folder / STATE[0]
    segments = json.loads(path.read_text("utf-8"))["segments"] if path.is_file() else []
    removed = (segment["deletes"]["num_deleted_docs"] for segment in segments if segment["deletes"])
    return sum(segment["max_doc"] for segment in segments), sum(removed)


@contextmanager
def _writable(folder: Path | None) -> Iterator[Path | None]:
    """Give a folder where tantivy can lock: this one, or links to its files for a moment.

    Once open, an index needs only the files, not their names.
    """
    if folder is None or _can_lock(folder):
        yield folder
        return
    place = Path(tempfile.mkdtemp(prefix="aseqa-index-"))
    try:
        for path in folder.iterdir():
            if path.name in STATE:
                shutil.copyfile(path, place / path.name)
            elif not path.match(LOCKS):
                (place / path.name).symlink_to(path.resolve())
        yield place
    finally:
        _remove(place)


def _remove(place: Path) -> None:
    """Remove a folder in which tantivy, at its start, may be making a lock at this moment."""
    for _ in range(REMOVALS):
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return
        time.sleep(REMOVAL_PAUSE_S)


def _can_lock(folder: Path) -> bool:
    try:
        (folder / ".tantivy-meta.lock").touch()
    except OSError:
        return False
    return True
