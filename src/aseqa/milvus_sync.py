"""Brings a Milvus collection to a generation of the store: whole before it is published.

Rows carry the generation from which they are seen and that from which they are gone, so
that an update sends what changed only, while those who still read the generation before
see nothing of it. A collection is begun anew where too much changed, where it is not what
the book says, and where the mean length has drifted from that by which terms were weighed.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aseqa.engine_address import Address
from aseqa.errors import IndexMismatch
from aseqa.lookup import Lookup
from aseqa.messages import message
from aseqa.milvus_book import FORMAT, Book
from aseqa.milvus_books import Shelf, number_of
from aseqa.milvus_client import CollectionGoneError, MilvusConnection
from aseqa.milvus_collection import Collection, Held, Row, has_sparse
from aseqa.milvus_rows import RowWriter, Tally, Terms, add, id_array, marks, mean_lengths
from aseqa.milvus_rows import sentence_terms as terms_in
from aseqa.milvus_weights import MeanLengths
from aseqa.store import Store

# Above this share of changes, all is sent to a new collection.
CHANGED_SHARE = 0.5
# A mean length so far from the one used would change scores by less than that.
DRIFT = 0.01

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changes:
    """What makes of the rows that one generation sees those of the next."""

    sent: frozenset[int]  # written from the store
    counted: frozenset[int]  # of these, the ones that the generation before did not see
    hidden: Sequence[Row]  # seen by the generation before only
    deleted: Sequence[int]  # left by a run that was cut short, or seen by nobody any more
    born: dict[int, int]  # of those written again


class NotAFoundationError(Exception):
    """A collection cannot be built upon; the message says why."""


@dataclass(frozen=True, slots=True)
class Sync:
    """One generation on its way into a Milvus."""

    store: Store
    lookup: Lookup
    connection: MilvusConnection
    shelf: Shelf

    @property
    def number(self) -> int:
        return number_of(self.store.generation)

    def run(self, is_fresh: bool = False) -> None:
        """Publish the store's generation: from an earlier one where that serves, else anew.

        Raises
        ------
        IndexMismatch
            When the collection does not hold what was sent.
        StoreUnreachable
            When the server stays away; nothing is published then.
        """
        older = None if is_fresh else self.shelf.older(self.store.generation)
        if older is not None:
            try:
                self._build_upon(older)
                return
            except (NotAFoundationError, CollectionGoneError) as fault:
                _log.info("collection %s is not built upon: %s", older["collection"], fault)
        self._build()

    def _build(self) -> None:
        version = self.connection.version()
        with_terms = has_sparse(version)
        ids = self.lookup.sentence_ids()
        means = mean_lengths(self.lookup, ids) if with_terms else MeanLengths(0.0, 0.0)
        name = f"{self.shelf.prefix}{self.number}_{secrets.token_hex(3)}"
        collection = Collection(self.connection, name)
        book = self.shelf.draft()
        try:
            tally = Tally()
            collection.create(int(self.store.fact("dim")), with_terms)
            writer = self._writer(book if with_terms else None, means)
            collection.write(writer.make(ids, frozenset(ids.tolist()), tally))
            facts = {"format": FORMAT, "collection": name, "milvus": version}
            facts |= {"lexical": "milvus-sparse" if with_terms else "tantivy"}
            facts |= {"mean_own": repr(means.own), "mean_context": repr(means.context)}
            self._publish(book, collection, facts, tally, Tally(), None)
        finally:
            book.close()

    def _build_upon(self, older: dict[str, str]) -> None:
        collection = Collection(self.connection, older["collection"])
        with_terms = older["lexical"] != "tantivy"
        changes = self._changes(collection, older)
        means = MeanLengths(float(older["mean_own"]), float(older["mean_context"]))
        before = Tally(
            own_length=int(older["own_length"]), context_length=int(older["context_length"])
        )
        if with_terms:
            self._check_means(means, before, changes)
        book = self.shelf.draft(older["generation"])
        try:
            tally = Tally()
            writer = self._writer(book if with_terms else None, means)
            rows = writer.make(id_array(set(changes.sent)), changes.counted, tally)
            collection.write(
                row | {"born": changes.born.get(row["id"], self.number)} for row in rows
            )
            if with_terms:
                for row in changes.hidden:
                    add(tally, row, -1)
            collection.write(row | {"gone": self.number} for row in changes.hidden)
            collection.delete(changes.deleted)
            self._publish(book, collection, {}, tally, before, older["generation"])
        finally:
            book.close()

    def _writer(self, book: Book | None, means: MeanLengths) -> RowWriter:
        return RowWriter(self.lookup, self.store.connection, self.number, book, means)

    def _changes(self, collection: Collection, older: dict[str, str]) -> Changes:
        """Compare the rows held with the store's sentences.

        Raises
        ------
        NotAFoundationError
            When they are not those of the older generation, or differ too much.
        """
        wanted, before = marks(self.store.connection), number_of(older["generation"])
        held = {row.id: row for row in collection.held(max(wanted, default=0))}
        base = {i: row for i, row in held.items() if row.is_seen(before)}
        if len(base) != int(older["sentences"]):
            raise NotAFoundationError(f"{len(base)} rows instead of {older['sentences']}")
        if any(row.mark != wanted.get(i, row.mark) for i, row in base.items()):
            raise NotAFoundationError("its sentences are others")
        new, gone = wanted.keys() - base.keys(), base.keys() - wanted.keys()
        if len(new) + len(gone) > CHANGED_SHARE * max(len(wanted), 1):
            raise NotAFoundationError("too much changed")
        again = {i for i in wanted.keys() & base.keys() if not held[i].is_seen(self.number)}
        hidden = list(collection.rows_of(sorted(gone)))
        if len(hidden) != len(gone):
            raise NotAFoundationError("rows are missing")
        return Changes(
            sent=frozenset(new | again),
            counted=frozenset(new),
            hidden=hidden,
            deleted=self._unseen(held, base.keys() | wanted.keys(), before),
            born={i: held[i].born for i in again},
        )

    def _unseen(self, held: dict[int, Held], seen: set[int], before: int) -> list[int]:
        return [i for i, row in held.items() if i not in seen or row.gone <= before]

    def _check_means(self, means: MeanLengths, before: Tally, changes: Changes) -> None:
        """Begin anew once the terms would be weighed by lengths that are no longer true."""
        new = [t for _, t in terms_in(self.lookup, id_array(set(changes.counted)))]
        count = max(len(self.lookup.sentence_ids()), 1)
        for part, mean in (("own", means.own), ("context", means.context)):
            gone = sum(int(row[f"{part}_length"]) for row in changes.hidden)
            total = getattr(before, f"{part}_length") + _length(new, part) - gone
            if abs(total / count - mean) > DRIFT * mean:
                raise NotAFoundationError(f"the mean length of {part} terms has drifted")

    def _publish(
        self,
        book: Book,
        collection: Collection,
        facts: dict[str, str],
        tally: Tally,
        before: Tally,
        older: str | None,
    ) -> None:
        """Name the book once the collection is seen to be complete; drop what is older."""
        collection.settle()
        sentences = len(self.lookup.sentence_ids())
        held = collection.count(self.number, is_strict=True)
        if held != sentences:
            raise damaged(collection, held, sentences, self.store)
        book.count(tally.own, tally.context)
        book.write_facts(
            facts
            | {
                "generation": self.store.generation,
                "sentences": sentences,
                "own_length": before.own_length + tally.own_length,
                "context_length": before.context_length + tally.context_length,
            }
        )
        self.shelf.publish(book, self.store.generation, older)
        drop_collections(self.connection, self.shelf)


def _length(found: Sequence[Terms], part: str) -> int:
    return sum(len(getattr(one, part)) for one in found)


def damaged(collection: Collection, held: int, wanted: int, store: Store) -> IndexMismatch:
    """Say that a collection has not the rows of the store, and what mends it."""
    where = {"store": collection.connection.address, "folder": store.folder}
    told = message("milvus_damaged", name=collection.name, held=held, wanted=wanted, **where)
    return IndexMismatch(told)


def drop_collections(connection: MilvusConnection, shelf: Shelf) -> list[str]:
    """Drop the collections of an index that none of its books names."""
    named = {facts["collection"] for facts in shelf.facts(connection.address)}
    found = [n for n in connection.call("list_collections") if n.startswith(shelf.prefix)]
    stray = sorted(set(found) - named)
    for name in stray:
        Collection(connection, name).drop()
    return stray


def other_place(shelf: Shelf, address: Address) -> Shelf:
    """Give the shelf of the same index for another Milvus."""
    return replace(shelf, address=address)
