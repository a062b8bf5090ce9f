"""What a Milvus is sent, and that it counts and scores as the local engine does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from aseqa.embed import Encoder
from aseqa.engine import SearchEngine
from aseqa.engine_address import LOCAL, Address, read_address
from aseqa.engine_stores import RECORD, Engines, address_of, migrate
from aseqa.errors import AseqaError, BadSettings, IndexBusy, IndexMismatch
from aseqa.ingest import index_paths, remove_sources, roll_back
from aseqa.lexical import LexicalIndex
from aseqa.lookup import Lookup
from aseqa.milvus_book import Book, is_one_slip
from aseqa.milvus_books import LOCK, Shelf
from aseqa.milvus_client import MilvusConnection
from aseqa.milvus_collection import Collection
from aseqa.milvus_engine import open_milvus
from aseqa.milvus_weights import (
    CONTEXT,
    OWN,
    MeanLengths,
    dimension,
    rounded_length,
    sentence_vector,
    terms_of,
    worth,
)
from aseqa.store import Store

TEXTS = {
    "a.txt": "Le juge protège les mineurs. Le département finance l'accueil des enfants.",
    "b.txt": "La prostitution des mineurs recule. Les éducateurs suivent cinq cents jeunes.",
    "c.txt": "Le foyer ferme la nuit. Une équipe mobile reste. Le préfet a donné son accord.",
    "d.txt": "Un rapport parait chaque année. Il compte les enfants placés en famille d'accueil.",
}


def written(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> Path:
    index_paths([written(tmp_path / "corpus", TEXTS)], tmp_path / "index", encoder)
    return tmp_path / "index"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[MilvusConnection]:
    made = MilvusConnection(read_address(f"milvus+file:{tmp_path / 'store'}"))
    yield made
    made.close()


class Opened:
    """One index in one Milvus, opened again and again."""

    def __init__(self, index: Path, connection: MilvusConnection) -> None:
        self.index, self.connection = index, connection

    def engine(self, store: Store) -> SearchEngine:
        return open_milvus(store, Lookup(store), self.connection)

    def check_same_as_local(self, texts: Sequence[str] = ("mineur", "accueil", "foyer")) -> None:
        store = Store.open(self.index)
        with store.reading():
            tested = self.engine(store)
            local = Engines(store, "faiss").open(Lookup(store))
            vectors = Lookup(store).vectors()[1][:3]
            for vector in vectors:
                found, expected = tested.nearest(vector, 50), local.nearest(vector, 50)
                assert [i for i, _ in found] == [i for i, _ in expected]
                assert len(found) == len(local)
            for text in texts:
                found = tested.matching({text: 1.0}, 50, 0.5)
                expected = local.matching({text: 1.0}, 50, 0.5)
                assert [i for i, _ in found] == [i for i, _ in expected]
                # The local mean length still holds what was removed: a little off.
                told = [s for _, s in expected]
                assert [s for _, s in found] == pytest.approx(told, rel=0.05)
                assert tested.frequency(text) == local.frequency(text)
        store.close()

    def collection(self) -> str:
        store = Store.open(self.index)
        with store.reading():
            name = self.engine(store).facts()["collection"]
        store.close()
        return name

    def rows(self) -> dict[int, tuple[int, int]]:
        """Give, by id, the generation that wrote each row and that which hid it."""
        held = Collection(self.connection, self.collection()).held(1000)
        return {row.id: (row.born, row.gone) for row in held}


@pytest.fixture
def opened(index: Path, connection: MilvusConnection) -> Opened:
    return Opened(index, connection)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("faiss", LOCAL),
        (" faiss ", LOCAL),
        ("milvus+file:/data/aseqa", Address("milvus+file", "/data/aseqa")),
        ("milvus+file:/data/L'été 2025", Address("milvus+file", "/data/L'été 2025")),
        ("milvus://localhost:19530", Address("milvus", "localhost:19530")),
        ("milvus://10.0.0.7:9091", Address("milvus", "10.0.0.7:9091")),
        ("milvus://[::1]:19530", Address("milvus", "[::1]:19530")),
    ],
)
def test_an_address_is_read(text: str, address: Address) -> None:
    assert read_address(text) == address
    assert read_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "milvus",
        "milvus:localhost:19530",
        "milvus://",
        "milvus://localhost",
        "milvus://localhost:",
        "milvus://localhost:0",
        "milvus://localhost:65536",
        "milvus://localhost:123456",
        "milvus://localhost:19530/default",
        "milvus://bob:secret@localhost:19530",
        "milvus://a b:19530",
        "milvus://-x:19530",
        "milvus+file:",
        "milvus+file:/",
        "milvus+file:..",
        "milvus+file://host/share",
        "milvus+file:a\0b",
        "faiss:/data",
        "qdrant://localhost:6333",
        "http://localhost:19530",
    ],
)
def test_a_wrong_address_is_refused_in_french(text: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read_address(text)
    assert "milvus://" in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_length_is_rounded_as_tantivy_keeps_it() -> None:
    """Tantivy's own scores tell how it rounds: equal for lengths that it cannot tell apart."""
    lengths = (1, 2, 7, 39, 40, 41, 42, 55, 56, 57, 63, 64, 87, 88, 95, 96, 150, 700)
    index = LexicalIndex(None)
    index.add((n, ["mineur", *["x"] * (n - 1)], ["y"]) for n in lengths)
    scores = dict(index.search({"mineur": 1.0}, 50))
    mean = sum(lengths) / len(lengths)
    idf = worth(len(lengths), len(lengths))
    numbers = {"mineur": 1, "x": 2, "y": 3}
    for n in lengths:
        means = MeanLengths(mean, 1.0)
        vector = sentence_vector(["mineur", *["x"] * (n - 1)], ["y"], numbers, means)
        assert idf * vector[dimension(1, OWN)] == pytest.approx(scores[n], rel=1e-5)
    assert rounded_length(41) == 40
    assert rounded_length(2_013_265_944 + 5) == 2_013_265_944


def test_a_vector_tells_its_terms() -> None:
    numbers = {"mineur": 4, "an": 9, "foyer": 11}
    vector = sentence_vector(["mineur", "an", "an"], ["foyer"], numbers, MeanLengths(3.0, 1.0))
    assert terms_of(vector) == ([4, 9], [11])
    assert terms_of({}) == ([], [])
    assert vector[dimension(9, OWN)] > vector[dimension(4, OWN)]
    assert dimension(11, CONTEXT) in vector
    assert sentence_vector([], [], {}, MeanLengths(0.0, 0.0)) == {0: 1.0}


def test_near_words_are_those_that_tantivy_finds(tmp_path: Path) -> None:
    words = sorted({"".join(letters) for n in (4, 5, 6) for letters in product("ab", repeat=n)})
    words += ["été00", "aébab", "ababé"]
    index = LexicalIndex(None)
    index.add((number, [word], []) for number, word in enumerate(words))
    book = Book.draft(tmp_path / "book")
    numbers = book.number(words)
    with_own = {numbers[word]: 1 for word in words}
    book.count(Counter(with_own), Counter())
    for word in ("cbaba", "abcba", "babac", "abbca", "éabab", "aébbc", "baabc"):
        found = {words[i] for i, _ in index.search({word: 1.0}, 500)}
        assert set(book.near(word)) == found
        assert found == {one for one in words if is_one_slip(word, one)}
    book.close()


def test_an_update_sends_only_what_changed(
    opened: Opened, index: Path, encoder: Encoder, tmp_path: Path
) -> None:
    opened.check_same_as_local()
    first, before = opened.collection(), opened.rows()
    assert {born for born, _ in before.values()} == {1}
    changed = {"b.txt": TEXTS["b.txt"].replace("recule", "augmente")}
    index_paths([written(tmp_path / "corpus", changed)], index, encoder)
    opened.check_same_as_local(("mineur", "accueil", "augment", "educ"))
    after = opened.rows()
    assert opened.collection() == first
    new = after.keys() - before.keys()
    assert {after[i][0] for i in new} == {2}
    assert {after[i][0] for i in after.keys() & before.keys()} == {1}
    assert sum(gone == 2 for _, gone in after.values()) == 2


def test_a_return_and_what_follows_it_find_what_is_held(
    opened: Opened, index: Path, encoder: Encoder, tmp_path: Path
) -> None:
    opened.check_same_as_local()
    remove_sources(index, ["a.txt"])
    opened.check_same_as_local()
    roll_back(index)
    opened.check_same_as_local()
    index_paths([written(tmp_path / "corpus", {"e.txt": "Un mineur fugue."})], index, encoder)
    opened.check_same_as_local(("mineur", "accueil", "fugu"))
    remove_sources(index, ["e.txt"])
    opened.check_same_as_local(("mineur", "accueil", "fugu"))
    roll_back(index)
    opened.check_same_as_local(("mineur", "accueil", "fugu"))


def test_much_change_begins_a_collection_anew_and_drops_the_old_one(
    opened: Opened, index: Path, encoder: Encoder, tmp_path: Path, connection: MilvusConnection
) -> None:
    first = opened.collection()
    texts = {name: text.replace("Le ", "Tout ") + " Voilà." for name, text in TEXTS.items()}
    index_paths([written(tmp_path / "corpus", texts)], index, encoder)
    opened.check_same_as_local()
    assert opened.collection() != first
    assert connection.call("list_collections") == [opened.collection()]


def test_what_is_left_of_a_run_cut_short_does_no_harm(
    opened: Opened, index: Path, encoder: Encoder, tmp_path: Path, connection: MilvusConnection
) -> None:
    collection = Collection(connection, opened.collection())
    [row] = collection.rows_of([1])
    # As a run would have left them that ended before its book had a name.
    collection.write([row | {"id": 10, "born": 2}, row | {"id": 900, "born": 2}])
    opened.check_same_as_local()
    texts = {"e.txt": "Un mineur fugue. Le juge le cherche."}
    index_paths([written(tmp_path / "corpus", texts)], index, encoder)
    opened.check_same_as_local(("mineur", "accueil", "fugu", "cherch"))
    assert 900 not in opened.rows()


def test_an_empty_index_finds_nothing(
    tmp_path: Path, encoder: Encoder, connection: MilvusConnection
) -> None:
    empty = Store.create(tmp_path / "index", encoder.name, encoder.dim)
    with empty.reading():
        engine = open_milvus(empty, Lookup(empty), connection)
        vector = encoder.encode_queries(["mineurs"])[0]
        assert engine.nearest(vector, 5) == []
        assert engine.matching({"mineur": 1.0}, 5, 0.5) == []
        assert len(engine) == 0
        engine.check()
    empty.close()


def test_rows_that_are_missing_are_told_and_nothing_is_answered(
    opened: Opened, index: Path, connection: MilvusConnection
) -> None:
    collection = Collection(connection, opened.collection())
    store = Store.open(index)
    with store.reading():
        engine = opened.engine(store)
        collection.delete([1, 2])
        with pytest.raises(IndexMismatch, match="aseqa migrate --to milvus") as told:
            engine.check()
        assert "7 phrases au lieu de 9" in str(told.value)
        with pytest.raises(IndexMismatch, match="7 phrases au lieu de 9"):
            opened.engine(store)
    store.close()


def test_a_lost_collection_is_told_and_made_again(
    opened: Opened, index: Path, connection: MilvusConnection
) -> None:
    Collection(connection, opened.collection()).drop()
    store = Store.open(index)
    with store.reading(), pytest.raises(IndexMismatch, match="0 phrases au lieu de 9"):
        opened.engine(store)
    store.close()
    migrate(index, str(connection.address))
    opened.check_same_as_local()


def test_other_vectors_than_the_stores_are_told(
    opened: Opened, index: Path, connection: MilvusConnection
) -> None:
    collection = Collection(connection, opened.collection())
    first, second = sorted(collection.rows_of([1, 5]), key=lambda row: int(row["id"]))
    collection.write([first | {"vector": second["vector"]}])
    store = Store.open(index)
    with store.reading():
        engine = opened.engine(store)
        vector = Lookup(store).vectors()[1][0]
        with pytest.raises(IndexMismatch, match="d'autres phrases que l'index"):
            engine.nearest(vector, 20)
    store.close()


def test_an_index_moves_there_and_back(
    index: Path, tmp_path: Path, connection: MilvusConnection
) -> None:
    store = str(connection.address)
    done = migrate(index, store)
    assert (done["store"], done["sentences"], done["left"]) == (store, 9, None)
    assert address_of(index) == connection.address
    assert connection.call("list_collections") == [done["collection"]]
    again = migrate(index, store)
    assert again["collection"] != done["collection"]
    assert connection.call("list_collections") == [again["collection"]]
    back = migrate(index, "faiss")
    assert back["store"] == "faiss"
    assert address_of(index) == LOCAL
    assert connection.call("list_collections") == []
    assert list(index.glob("milvus-*")) == []


def test_a_move_that_fails_leaves_the_index_where_it_was(index: Path, tmp_path: Path) -> None:
    taken = written(tmp_path / "documents", {"a.txt": "rien"})
    for store in (f"milvus+file:{taken}", f"milvus+file:{taken / 'a.txt'}"):
        with pytest.raises(BadSettings, match="autre chose qu'un magasin Milvus"):
            migrate(index, store)
    assert address_of(index) == LOCAL
    assert [path.name for path in taken.iterdir()] == ["a.txt"]


def test_one_at_a_time_brings_an_index_to_its_milvus(
    opened: Opened, index: Path, connection: MilvusConnection
) -> None:
    store = Store.open(index)
    with (
        Shelf.of(store, connection.address).writing(),
        store.reading(),
        pytest.raises(IndexBusy, match="en cours d'écriture"),
    ):
        opened.engine(store)
    store.close()
    assert (index / LOCK).is_file()
    opened.check_same_as_local()


def test_a_damaged_note_or_book_is_told_or_made_again(
    opened: Opened, index: Path, connection: MilvusConnection
) -> None:
    first = opened.collection()
    [book] = index.glob("milvus-*.sqlite")
    book.write_bytes(b"\0" * 5000)
    opened.check_same_as_local()
    assert opened.collection() != first
    for noted in ("{", "[]", '{"store": "nowhere"}'):
        (index / RECORD).write_text(noted, "utf-8")
        with pytest.raises(AseqaError):
            address_of(index)


def test_nothing_is_said_on_standard_error(
    opened: Opened, capfd: pytest.CaptureFixture[str]
) -> None:
    opened.check_same_as_local()
    assert capfd.readouterr() == ("", "")
