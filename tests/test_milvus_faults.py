"""A Milvus that is away, slow, restarted, held by another program, or not installed."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from milvus_server import MilvusProcess, free_port

from aseqa.ask import Assistant
from aseqa.embed import Encoder
from aseqa.engine import StoreUnreachable
from aseqa.engine_stores import address_of, migrate
from aseqa.errors import IndexBusy, IndexMismatch
from aseqa.ingest import index_paths

QUESTION = "Qui finance l'accueil des enfants ?"
TEXT = "Le juge protège les mineurs. Le département finance l'accueil des enfants."
# The deadline of a call, and what a busy machine adds to it.
PATIENCE_S = 12.0

HOLD = """
import sys
from aseqa.engine_address import read_address
from aseqa.milvus_client import MilvusConnection
connection = MilvusConnection(read_address("milvus+file:" + sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
connection.close()
"""

WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
from aseqa.engine_address import read_address
from aseqa.errors import BackendMissing
from aseqa.milvus_client import MilvusConnection
try:
    MilvusConnection(read_address(sys.argv[2]))
except BackendMissing as error:
    print(error)
"""


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    index_paths([tmp_path / "a.txt"], tmp_path / "index", encoder)
    return tmp_path / "index"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusProcess]:
    running = MilvusProcess(tmp_path_factory.mktemp("milvus"))
    running.start()
    yield running
    running.kill()


def check_told_in_time(index: Path, encoder: Encoder, store: str) -> None:
    started = time.monotonic()
    with pytest.raises(StoreUnreachable) as told:
        Assistant.open(index, encoder, searched_in=store)
    assert time.monotonic() - started < PATIENCE_S
    assert store in str(told.value)
    assert "aseqa migrate --to faiss" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_server_that_is_away_is_told(
    index: Path, encoder: Encoder, capfd: pytest.CaptureFixture[str]
) -> None:
    check_told_in_time(index, encoder, f"milvus://127.0.0.1:{free_port()}")
    assert capfd.readouterr() == ("", "")


def test_a_server_that_never_speaks_is_told(index: Path, encoder: Encoder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        check_told_in_time(index, encoder, f"milvus://127.0.0.1:{silent.getsockname()[1]}")


def test_a_server_that_speaks_nonsense_is_told(index: Path, encoder: Encoder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def answer() -> None:
            while True:
                try:
                    caller, _ = odd.accept()
                except OSError:  # the test is over
                    return
                with caller:
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        talker = threading.Thread(target=answer)
        talker.start()
        check_told_in_time(index, encoder, f"milvus://127.0.0.1:{odd.getsockname()[1]}")
        odd.shutdown(socket.SHUT_RDWR)
    talker.join()


def test_a_server_that_hangs_dies_and_returns(
    index: Path, encoder: Encoder, server: MilvusProcess, capfd: pytest.CaptureFixture[str]
) -> None:
    migrate(index, server.store)
    with Assistant.open(index, encoder) as assistant:
        expected = assistant.ask(QUESTION).to_dict() | {"timings_ms": {}}
        assert expected["quotes"][0]["text"] == "Le département finance l'accueil des enfants."
        server.pause()
        check_question_told_in_time(assistant)
        server.resume()
        assert answered(assistant) == expected
        server.kill()
        check_question_told_in_time(assistant)
        server.start()
        assert answered(assistant) == expected
        assert capfd.readouterr() == ("", "")
    # A server that lost all it held.
    server.kill()
    empty = MilvusProcess(server.folder.with_name("empty"))
    empty.port = server.port
    empty.start()
    try:
        with pytest.raises(IndexMismatch, match="0 phrases au lieu de 2"):
            Assistant.open(index, encoder)
        migrate(index, server.store)
        with Assistant.open(index, encoder) as assistant:
            assert assistant.ask(QUESTION).to_dict() | {"timings_ms": {}} == expected
    finally:
        empty.kill()
    left = migrate(index, "faiss")["left"]
    assert left == server.store
    assert address_of(index).kind == "faiss"
    server.start()


def answered(assistant: Assistant) -> dict[str, object]:
    """Ask until the server is up again, as a reader would."""
    end = time.monotonic() + 60
    while True:
        try:
            return assistant.ask(QUESTION).to_dict() | {"timings_ms": {}}
        except StoreUnreachable:
            assert time.monotonic() < end


def check_question_told_in_time(assistant: Assistant) -> None:
    started = time.monotonic()
    with pytest.raises(StoreUnreachable, match="n'a pas répondu en 4 s"):
        assistant.ask(QUESTION)
    assert time.monotonic() - started < PATIENCE_S


def test_a_file_that_another_program_holds_is_told(index: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    program = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy, match="ouvert par un autre programme"):
            migrate(index, f"milvus+file:{place}")
        holder.communicate("")
    assert migrate(index, f"milvus+file:{place}")["sentences"] == 2


@pytest.mark.parametrize(
    ("library", "store"),
    [("pymilvus", "milvus://127.0.0.1:1"), ("milvus_lite.db", "milvus+file:/nowhere/store")],
)
def test_a_library_that_is_missing_is_named(library: str, store: str) -> None:
    program = [sys.executable, "-c", WITHOUT, library, store]
    run = subprocess.run(program, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert library in run.stdout
    assert "pip install 'aseqa[milvus]'" in run.stdout
