"""What a filter lets through, held against the same filter applied document by document."""

from collections.abc import Iterator
from contextlib import closing
from itertools import combinations

import numpy as np
import pytest

from aseqa.filtering import allowed_ids
from aseqa.lookup import Lookup
from aseqa.records import Document, Filters, Passage, Section, Sentence, Voice
from aseqa.status import index_status
from aseqa.store import Store, Unit

KINDS = ("presse", "loi", "rapport")
VOICES = ("presse", "loi")
DAYS = ("2019-05-01", "2023-01-31", None)
PLACES = ("Tarn", "Nord", "")
TEXT = "Une phrase. Une autre."


def put(store: Store, number: int) -> None:
    """Write a document of two sentences, of a kind, day, voice and place told by its number."""
    kind, day = KINDS[number % 3], DAYS[number // 3 % 3]
    place, voice = PLACES[number // 9 % 3], Voice(VOICES[number % 2])
    section = Section("texte", 0, len(TEXT), voice, day)
    ended = {"version_end": "2022-01-01"} if number % 4 == 0 else {}
    author = f"Mme Élise N{number % 5}"
    name = f"d{number:02}"
    document = Document(
        name, f"{name}.txt", name, TEXT, kind, f"Titre {number}", day, author, None, None,
        (section,), ended,
    )  # fmt: skip
    vector, around = np.ones(4, np.float32) / 2, frozenset({place.lower()} - {""})
    units = [
        Unit(Sentence(a, b, TEXT[a:b], 0, "prose", voice), b"x", vector, places=around)
        for a, b in ((0, 11), (12, 22))
    ]
    file = store.add_file(document.source, "", name, TEXT)
    store.add_document(file, document, units, [Passage(0, len(TEXT), TEXT, 0)])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(Store.create(tmp_path_factory.mktemp("index"), "essai", 4)) as made:
        with made.writing():
            for number in range(54):
                put(made, number)
        yield made


def expected(**only: object) -> list[int]:
    """Give the ids by the rules themselves; document n holds sentences 2n + 1 and 2n + 2."""
    kept = []
    for number in range(54):
        day = DAYS[number // 3 % 3]
        rules = {
            "kinds": KINDS[number % 3] == "loi",
            "voices": VOICES[number % 2] == "presse",
            "territories": PLACES[number // 9 % 3] == "Nord",
            "authors": number % 5 == 3,
            "sources": number < 30,
            "since": day is not None and day >= "2020-01-01",
            "until": day is not None and day <= "2020-01-01",
            "as_of": day is not None and day <= "2023-06-01" and number % 4 != 0,
        }
        if all(rules[name] for name in only):
            kept += [2 * number + 1, 2 * number + 2]
    return kept


ONLY = {
    "kinds": ["loi"],
    "voices": ["presse"],
    "territories": ["NORD"],
    "authors": ["elise n3"],
    "sources": ["d[012]*.txt"],
    "since": "2020-01-01",
    "until": "2020-01-01",
    "as_of": "2023-06-01",
}


@pytest.mark.parametrize("names", [*combinations(ONLY, 1), *combinations(ONLY, 2)])
def test_filters_let_through_what_their_rules_say(store: Store, names: tuple[str, ...]) -> None:
    only = {name: ONLY[name] for name in names}
    found = allowed_ids(store.connection, Filters.of(**only))
    assert found.tolist() == expected(**only)


def test_several_values_of_one_filter_widen_it(store: Store) -> None:
    both = allowed_ids(store.connection, Filters.of(kinds=["loi", "presse"]))
    assert len(both) == 2 * len(expected(kinds=["loi"])) == 72


def test_no_filter_is_no_list_of_ids(store: Store) -> None:
    lookup = Lookup(store)
    assert lookup.allowed(Filters()) is None
    assert lookup.allowed(Filters.of(kinds="loi")) is lookup.allowed(Filters.of(kinds="loi"))


def test_what_filters_read_of_sentences_is_in_an_index(store: Store) -> None:
    """The rows, each with its vector, are left alone."""
    for test in ("s.voice = 'loi'", "instr(s.places, '|nord|')"):
        query = f"EXPLAIN QUERY PLAN SELECT s.id FROM sentences s WHERE {test}"
        (plan,) = store.connection.execute(query).fetchall()
        assert "COVERING INDEX sentences_of_section" in plan[3]


def test_status_lists_the_documents_without_reading_their_text(store: Store) -> None:
    lookup = Lookup(store)
    status = index_status(store, lookup)
    assert [one["document"] for one in status["documents"]] == lookup.document_names()
    assert "Titre 7" in status["documents"][7]["reference"]
    assert lookup.document.cache_info().misses == 0
    assert (status["dense"], status["n_sentences"]) == ("faiss-flat-fp16", 108)
    for heading in lookup.headings():
        whole = lookup.document(heading.id)
        assert heading.sections[0].name == whole.sections[0].name
        assert (heading.metadata, heading.date, heading.source) == (
            whole.metadata,
            whole.date,
            whole.source,
        )
