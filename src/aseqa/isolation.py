"""A function run in a process of its own, so that no file can crash, hang or exhaust this one.

It guards against accidents, not attacks: the child may do all that its user may.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, Self, TypeVar, cast

from aseqa.errors import AseqaError, ReadError
from aseqa.messages import message
from aseqa.wording import decimal_words

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

START_S = 120.0
# A call whose parent has died is ended by the system, this long after its time.
GRACE_S = 5.0
MAX_WRITTEN_BYTES = 512 * 1024**2  # OCR works through temporary files.
# A result must fit in the parent too: it may have this part of the child's memory.
RESULT_SHARE = 4


class Isolated(Generic[Result]):
    """Runs a module's function in one child process, which lives until the context ends.

    A call may take ``seconds``, beside the start of the child, and hold ``memory`` bytes;
    only Linux keeps it to these. Arguments and results are pickled. Not for several threads.
    """

    def __init__(
        self, function: Callable[..., Result], seconds: float = 120.0, memory: int = 2 * 1024**3
    ) -> None:
        self._function, self._seconds, self._memory = function, seconds, memory
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def call(self, *args: object, name: str) -> Result:
        """Run the function in the child; ``name`` is what messages call the file.

        A crash or want of memory may come from what earlier calls left in the child,
        so it counts only once it has happened in a new one.

        Raises
        ------
        AseqaError
            What the function raised: same class, same message.
        ReadError
            When the call takes too long or too much memory, or the child dies of it.
        ChildProcessError
            When no child can be started; no file is at fault.
        """
        used = self._pipe is not None
        outcome, value = self._run(args)
        if used and outcome in ("read_memory", "read_crashed"):
            outcome, value = self._run(args)
        if outcome == "result":
            return cast(Result, value)
        if outcome == "error":
            raise value
        seconds = decimal_words(f"{self._seconds:g}")
        raise ReadError(message(outcome, path=name, seconds=seconds))

    def _run(self, args: tuple[object, ...]) -> tuple[str, Any]:
        """Tell how a call ended. A child that did not answer, whatever the reason, is ended."""
        outcome, value = "", None
        try:
            outcome, value = _exchange(self._pipe or self._start(), args, self._seconds)
        finally:
            if outcome not in ("result", "error"):
                self._end()
        return outcome, value

    def _start(self) -> Connection:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, self._seconds, self._memory)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        with theirs, _undisturbed():
            self._process.start()
        outcome, _ = _exchange(self._pipe, self._function, START_S)
        if outcome != "ready":
            raise ChildProcessError(f"no child process for {self._function}: {outcome}")
        return self._pipe

    def _end(self) -> None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is None or process.pid is None:
            return
        if sys.platform != "win32":
            # What the child has started goes with it. Until it is ready it leads no group.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join()
        process.close()


def _exchange(pipe: Connection, value: object, seconds: float) -> tuple[str, Any]:
    """Send a value to the child and give its answer, or what kept it from answering."""
    try:
        pipe.send(value)
        answer = pipe.recv() if pipe.poll(seconds) else ("read_timeout", None)
    except (EOFError, OSError):
        answer = "read_crashed", None
    return cast(tuple[str, Any], answer)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a child start without running the parent's script again, deaf to Ctrl-C."""
    main, mask = sys.modules["__main__"], None
    if sys.platform != "win32":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # Its start lifts the mask.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        sys.modules["__main__"] = ModuleType("__main__")
        yield
    finally:
        sys.modules["__main__"] = main
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _serve(pipe: Connection, seconds: float, memory: int) -> None:
    """Answer calls until the parent closes the pipe: all that the child does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _settle(memory)
    with suppress(EOFError, ConnectionError):
        function = pipe.recv()
        pipe.send(("ready", None))
        while True:
            args = pipe.recv()
            _end_after(seconds + GRACE_S)
            answer = _answer(function, args, memory // RESULT_SHARE)
            _end_after(0)
            pipe.send_bytes(answer)


def _answer(function: Callable[..., object], args: tuple[object, ...], max_bytes: int) -> bytes:
    """Run the function and pickle what comes of it; a bug in it ends the child, in full view."""
    try:
        answer = pickle.dumps(("result", function(*args)))
    except AseqaError as fault:
        return pickle.dumps(("error", fault))
    except RecursionError:
        return pickle.dumps(("read_crashed", None))
    except MemoryError:
        answer = b""
    return answer if 0 < len(answer) <= max_bytes else pickle.dumps(("read_memory", None))


def _end_after(seconds: float) -> None:
    """Have the system end this process later, however busy it is then; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _settle(memory: int) -> None:
    """Lead a group of processes, each within bounds of memory and of bytes written to a file."""
    if sys.platform != "win32":
        import resource

        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.setsid()
        # Libraries of numbers set memory aside for each thread.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: MAX_WRITTEN_BYTES}
        if sys.platform == "linux":
            # Address space is also what is set aside and never used: it may be larger.
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            limits[resource.RLIMIT_DATA] = memory
            limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + 2 * memory
        for kind, bytes_ in limits.items():
            with suppress(ValueError):  # The machine's own limit is lower.
                resource.setrlimit(kind, (bytes_, bytes_))
