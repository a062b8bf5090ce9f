"""Functions run in a child process: what they give, and every way in which they fail."""

from __future__ import annotations

import builtins
import errno
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from aseqa.errors import IndexBusy, ReadError
from aseqa.isolation import Isolated

MIB = 1024**2
SMALL = 192 * MIB
CRASHED = (
    "La lecture du fichier a.pdf s'est arrêtée net : il est sans doute abîmé. "
    "Enregistrez-le de nouveau avec son logiciel, ou retirez-le du corpus."
)
MEMORY = (
    "Le fichier a.pdf demande trop de mémoire pour être lu. Découpez-le ou retirez-le du corpus."
)
LATE = "Le fichier a.pdf n'a pas pu être lu en 0,5 s. Découpez-le ou retirez-le du corpus."

posix = pytest.mark.skipif(sys.platform == "win32", reason="no process groups, no signals")
linux = pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds memory")

_kept: list[bytes] = []


# What the child runs


def do(what: str, *args: Any) -> Any:
    found = globals().get(what) or getattr(builtins, what, None) or getattr(os, what, None)
    return (found or getattr(time, what))(*args)


def process_id() -> int:
    return os.getpid()


def letters(count: int) -> str:
    return "é" * count


def modules() -> set[str]:
    return {name.partition(".")[0] for name in sys.modules}


def allocate(count: int, keep: bool = False) -> int:
    blocks = [bytes(MIB) for _ in range(count)]
    if keep:
        _kept.extend(blocks)
    return len(blocks)


def fail_reading(said: str) -> None:
    raise ReadError(said)


def fail_writing(said: str) -> None:
    raise IndexBusy(said)


def has_bug() -> None:
    raise LookupError("un défaut du lecteur")


def nest(depth: int) -> int:
    return nest(depth + 1) + 1


def interrupt() -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "sourd"


def limits() -> dict[str, tuple[int, int]]:
    import resource

    names = ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_DATA")
    return {name: resource.getrlimit(getattr(resource, name)) for name in names}


def write(size: int) -> int:
    with tempfile.TemporaryFile() as stream:
        try:
            stream.truncate(size)
        except OSError as fault:
            return fault.errno or 0
    return 0


def never_match() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


def hang_with_program(pipe: str) -> None:
    with Path(pipe).open("wb") as stream:
        subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"], stdout=stream)


@pytest.fixture(scope="module")
def child() -> Iterator[Isolated[Any]]:
    with Isolated(do, seconds=300, memory=512 * MIB) as opened:
        yield opened


def assert_next_call_works(child: Isolated[Any]) -> None:
    assert child.call("letters", 3, name="b.pdf") == "ééé"


# What it gives


def test_one_child_serves_all_calls(child: Isolated[Any]) -> None:
    first = child.call("process_id", name="a.pdf")
    assert first == child.call("process_id", name="b.pdf") != os.getpid()


def test_twenty_megabytes_come_back(child: Isolated[Any]) -> None:
    assert child.call("letters", 10 * MIB, name="a.pdf") == "é" * 10 * MIB


def test_arguments_may_be_large_and_hold_any_name(child: Isolated[Any]) -> None:
    assert child.call("len", "é" * 10 * MIB, name="a.pdf") == 10 * MIB
    assert child.call("str", "caf\udce9\n", name="a.pdf") == "caf\udce9\n"


def test_the_child_starts_light(child: Isolated[Any]) -> None:
    heavy = {"torch", "numpy", "onnxruntime", "faiss", "click", "lxml", "yaml", "transformers"}
    assert child.call("modules", name="a.pdf") & heavy == set()


# What it says


def test_our_errors_come_back_as_they_were(child: Isolated[Any]) -> None:
    before = child.call("process_id", name="a.pdf")
    with pytest.raises(ReadError) as fault:
        child.call("fail_reading", "Le fichier « é » est vide.", name="a.pdf")
    assert (type(fault.value), str(fault.value)) == (ReadError, "Le fichier « é » est vide.")
    with pytest.raises(IndexBusy, match=r"^occupé$"):
        child.call("fail_writing", "occupé", name="a.pdf")
    assert child.call("process_id", name="a.pdf") == before


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("abort",), CRASHED),
        (("_exit", 0), CRASHED),
        (("has_bug",), CRASHED),
        (("nest", 0), CRASHED),
        pytest.param(("allocate", 10**9), MEMORY, marks=linux),
        # The pickled result alone is more than its share.
        (("bytes", SMALL // 4), MEMORY),
    ],
    ids=["abort", "exit", "bug", "recursion", "memory", "result"],
)
def test_what_ends_the_child_says_so_and_the_next_call_works(
    call: tuple[Any, ...], said: str
) -> None:
    with Isolated(do, seconds=300, memory=SMALL) as child:
        with pytest.raises(ReadError) as fault:
            child.call(*call, name="a.pdf")
        assert str(fault.value) == said
        assert_next_call_works(child)


def test_a_bug_in_a_reader_is_shown(capfd: pytest.CaptureFixture[str]) -> None:
    with Isolated(has_bug) as child, pytest.raises(ReadError):
        child.call(name="a.pdf")
    assert "LookupError: un défaut du lecteur" in capfd.readouterr().err


@pytest.mark.parametrize("call", [("sleep", 600), ("never_match",)], ids=["sleep", "regex"])
def test_a_call_without_end_is_ended(call: tuple[Any, ...]) -> None:
    with Isolated(do, seconds=0.5) as child:
        started = time.monotonic()
        with pytest.raises(ReadError) as fault:
            child.call(*call, name="a.pdf")
        assert str(fault.value) == LATE
        assert 0.5 <= time.monotonic() - started < 60


@posix
def test_programs_that_the_child_started_end_with_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with Isolated(hang_with_program, seconds=3) as child, pytest.raises(ReadError):
            child.call(str(pipe), name="a.pdf")
        # The end of the stream: nobody holds the other side any more.
        assert select.select([reading], [], [], 60)[0] == [reading]
        assert os.read(reading, 1) == b""
    finally:
        os.close(reading)


@linux
def test_what_earlier_files_left_does_not_count() -> None:
    with Isolated(do, seconds=300, memory=SMALL) as child:
        first = child.call("process_id", name="a.pdf")
        assert child.call("allocate", 100, True, name="a.pdf") == 100
        assert child.call("allocate", 120, name="b.pdf") == 120
        assert child.call("process_id", name="b.pdf") != first


@posix
def test_a_child_killed_between_two_calls_is_replaced(child: Isolated[Any]) -> None:
    before = child.call("process_id", name="a.pdf")
    os.kill(before, signal.SIGKILL)
    assert child.call("process_id", name="b.pdf") != before


@posix
def test_the_child_is_deaf_to_ctrl_c(child: Isolated[Any]) -> None:
    assert child.call("interrupt", name="a.pdf") == "sourd"


def test_a_function_that_no_child_can_load() -> None:
    module = ModuleType("nowhere_to_be_found")
    function = FunctionType(letters.__code__, {"__name__": module.__name__}, "letters")
    module.__dict__["letters"] = function
    sys.modules[module.__name__] = module
    try:
        with Isolated(function) as child, pytest.raises(ChildProcessError, match="read_crashed"):
            child.call(3, name="a.pdf")
    finally:
        del sys.modules[module.__name__]


@linux
def test_limits(child: Isolated[Any]) -> None:
    assert child.call("limits", name="a.pdf") == {
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_FSIZE": (512 * MIB, 512 * MIB),
        "RLIMIT_DATA": (512 * MIB, 512 * MIB),
    }
    assert child.call("write", 512 * MIB, name="a.pdf") == 0
    assert child.call("write", 512 * MIB + 1, name="a.pdf") == errno.EFBIG


@linux
def test_the_parent_stays_small() -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Isolated(do, seconds=300, memory=1024 * MIB) as child:
        for count in (10**9, 900):
            with pytest.raises(ReadError):
                child.call("allocate" if count > 900 else "letters", count * MIB, name="a.pdf")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20 * 1024


# Whoever the parent is: scripts without `if __name__ == "__main__"`, run in two ways

SCRIPT = """
import os, sys, time
import click
from aseqa.errors import ReadError
from aseqa.isolation import Isolated
sys.path.append({tests!r})
from test_isolation import do

print("début")

@click.command()
def main():
    with Isolated(do, seconds={seconds}) as child:
        print(child.call("letters", 3, name="a.pdf"), flush=True)
        {then}

main()
"""


def run_script(folder: Path, then: str, module: bool = False, seconds: float = 100) -> Any:
    """Run a script; what it started has its output too, so it must end before this returns."""
    tests = str(Path(__file__).parent)
    (folder / "program.py").write_text(
        SCRIPT.format(tests=tests, then=then, seconds=seconds), "utf-8"
    )
    program = ["-m", "program"] if module else ["program.py"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *program],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        timeout=400,
        check=False,
        start_new_session=True,
    )


@pytest.mark.parametrize("module", [False, True], ids=["script", "module"])
def test_the_script_of_the_parent_runs_once(module: bool, tmp_path: Path) -> None:
    run = run_script(tmp_path, "print('fin')", module)
    assert (run.returncode, run.stdout, run.stderr) == (0, "début\nééé\nfin\n", "")


@posix
def test_ctrl_c_ends_the_child_and_goes_on(tmp_path: Path) -> None:
    send = "import signal, threading; signal.signal(signal.SIGINT, signal.default_int_handler); "
    send += "group = os.getpgrp(); "
    send += "threading.Timer(1, os.killpg, (group, signal.SIGINT)).start(); "
    run = run_script(tmp_path, send + "child.call('sleep', 600, name='a.pdf')")
    # This is how click ends after Ctrl-C.
    assert (run.returncode, run.stdout) == (1, "début\nééé\n")
    assert run.stderr.strip() == "Aborted!"


@posix
@pytest.mark.parametrize("call", ["", "child.call('never_match', name='a.pdf')"])
def test_the_child_does_not_outlive_its_parent(call: str, tmp_path: Path) -> None:
    kill = "os.kill(os.getpid(), 9)"
    if call:
        kill = f"import threading; threading.Timer(0.5, os.kill, (os.getpid(), 9)).start(); {call}"
    run = run_script(tmp_path, kill, seconds=2)
    assert (run.returncode, run.stdout) == (-signal.SIGKILL, "début\nééé\n")
