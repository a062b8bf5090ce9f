"""The choices of the filters: each count is what the filter lets through."""

from __future__ import annotations

import sqlite3

from aseqa.ask import Assistant
from aseqa.filter_counts import Choice, FilterCounts, filter_counts
from aseqa.records import Filters
from aseqa.schema import schema
from aseqa_ui.filter_panel import counts_now

FILTER_NAMES = ("kinds", "voices", "territories", "authors", "sources")


def documents_through(assistant: Assistant, filters: Filters) -> int:
    ids = assistant.lookup.allowed(filters)
    return len(assistant.lookup.documents_of(ids)) if ids is not None else 0


def store(*documents: tuple[str, str | None, str, str]) -> sqlite3.Connection:
    """Make a store of documents of one sentence: source, author, voice, places spoken of."""
    rows = sqlite3.connect(":memory:")
    rows.executescript(schema())
    for number, (source, author, voice, about) in enumerate(documents, 1):
        name = f"d{number}"
        file = rows.execute("SELECT id FROM files WHERE source = ?", (source,)).fetchone()
        if file is None:
            rows.execute("INSERT INTO files VALUES (NULL, ?, '', '', '')", (source,))
            file = rows.execute("SELECT last_insert_rowid()").fetchone()
        rows.execute(
            "INSERT INTO documents VALUES (NULL, ?, 'loi', ?, NULL, ?, NULL, NULL, '{}', ?, ?)",
            (name, f"Titre {number}", author, (author or "").lower(), file[0]),
        )
        rows.execute(
            "INSERT INTO sections VALUES (NULL, ?, 0, 'corps', 0, 1, ?, NULL, ?)",
            (number, voice, f"202{number}-01-01"),
        )
        rows.execute("INSERT INTO passages VALUES (NULL, ?, 0, 1)", (number,))
        rows.execute(
            "INSERT INTO sentences VALUES"
            " (NULL, ?, ?, 0, 1, 'prose', ?, NULL, NULL, NULL, ?, '', '[]', x'', x'')",
            (number, number, voice, about),
        )
    return rows


def test_an_empty_index_offers_nothing() -> None:
    assert filter_counts(store()) == FilterCounts(0, (), (), (), (), (), ())


def test_choices_are_counted_the_largest_first() -> None:
    counts = filter_counts(
        store(
            ("a.txt", "Mme Zoé", "presse", ""),
            ("b.txt", "M. Éloi", "loi", ""),
            ("c.txt", None, "presse", ""),
        )
    )
    assert counts.documents == 3
    assert counts.kinds == (Choice("loi", "loi", 3),)
    assert counts.voices == (Choice("presse", "presse", 2), Choice("loi", "loi", 1))
    assert [one.value for one in counts.authors] == ["M. Éloi", "Mme Zoé"]
    assert [one.value for one in counts.years] == ["2021", "2022", "2023"]


def test_a_place_counts_what_lies_in_it_once() -> None:
    counts = filter_counts(
        store(("a.txt", None, "loi", "Albi|Tarn"), ("b.txt", None, "loi", "Tarn"))
    )
    found = {one.value: one.count for one in counts.territories}
    assert (found["Tarn"], found["Albi"], found["Occitanie"]) == (2, 1, 2)


def test_a_file_of_several_documents_is_named_after_one_of_them() -> None:
    names = ("one.txt", "two.txt", "two.txt", "three.txt", "three.txt", "three.txt")
    counts = filter_counts(store(*((name, None, "loi", "") for name in names)))
    assert counts.sources == (
        Choice("three.txt", "Titre 4 (et 2 autres documents)", 3),
        Choice("two.txt", "Titre 2 (et 1 autre document)", 2),
        Choice("one.txt", "Titre 1", 1),
    )


def test_each_count_of_the_seeds_is_what_the_filter_lets_through(assistant: Assistant) -> None:
    counts = counts_now(assistant)
    assert counts.documents == len(assistant.documents())
    for name in ("kinds", "voices", "territories", "authors"):
        for one in getattr(counts, name):
            filters = Filters.of(**{name: one.value})
            assert (name, one.value, documents_through(assistant, filters)) == (
                name,
                one.value,
                one.count,
            )
    for one in counts.sources:
        ids = assistant.lookup.allowed(Filters.of(sources=one.value))
        assert ids is not None
        assert (one.value, len(ids)) == (one.value, one.count)
    for one in counts.years:
        year = Filters.of(since=f"{one.value}-01-01", until=f"{one.value}-12-31")
        assert (one.value, documents_through(assistant, year)) == (one.value, one.count)
