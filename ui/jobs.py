"""What is being done to the index, and what was: one job at a time, the others in line.

A job of files goes on by slices, each a transaction: what is done stays whole when it is
stopped. The work itself is done by another process (see ``indexing``).
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from aseqa_ui.job_records import (
    DONE,
    FAILED,
    RUNNING,
    STOPPED,
    WAITING,
    Entry,
    Job,
    Refusal,
)  # fmt: skip
from aseqa_ui.library import Library
from aseqa_ui.worker import Died, Killed, Worker

MAX_KEPT = 20
SLICE_FILES, SLICE_BYTES = 8, 4 * 1024 * 1024
BUSY_TRIES, BUSY_WAIT_S = 60, 1.0

_log = logging.getLogger(__name__)


class Jobs:
    """The line of jobs of one server; its thread and its process live while there is work."""

    def __init__(self, library: Library, threads: int = 1) -> None:
        self.library, self.threads = library, threads
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._worker = Worker()
        self._is_closed = threading.Event()
        self._count = 0

    def all(self) -> list[Job]:
        """Give the jobs known, the latest first."""
        with self._changed:
            return list(reversed(self._held.values()))

    def get(self, name: str) -> Job | None:
        with self._changed:
            return self._held.get(name)

    def start(self, kind: str, act: Callable[[Job], None], batch: str = "", title: str = "") -> Job:
        """Put a job at the end of the line."""
        with self._changed:
            return self._put(kind, act, batch, title)

    def join(self, batch: str, act: Callable[[Job], None], entry: Entry) -> Job:
        """Add a file to the job of its batch, which goes on, or begins."""
        with self._changed:
            found = [job for job in self._held.values() if job.batch == batch]
            job = found[0] if found else self._put("add", act, batch, "")
            if job.is_stopping:
                self._drop(entry, job)
                return job
            job.entries.append(entry)
            job.total = len(job.entries)
            if job.is_over:
                job.state = WAITING
                self._held.move_to_end(job.id)
                self._wake()
            return job

    def sizes(self, batch: str) -> tuple[int, int]:
        """Give how many files of a batch came, and how many bytes wait in all."""
        with self._changed:
            count = sum(len(job.entries) for job in self._held.values() if job.batch == batch)
            drafts = [e.draft for job in self._held.values() for e in job.entries if e.draft]
            return count, sum(draft.size for draft in drafts)

    def stop(self, job: Job) -> None:
        """Stop a job: at once where its work leaves the index as it was or can be taken back."""
        with self._changed:
            if job.is_over:
                return
            job.is_stopping = True
            if job.state == RUNNING:
                self._worker.kill()
                return
            job.state = STOPPED
            for entry in job.entries:
                self._drop(entry, job)

    def close(self) -> None:
        """End at once; the index is left at its last whole state."""
        self._is_closed.set()
        self._worker.kill()
        if self._thread:
            self._thread.join(timeout=10.0)
        self.library.tidy()

    def _put(self, kind: str, act: Callable[[Job], None], batch: str, title: str) -> Job:
        self._count += 1
        job = Job(str(self._count), kind, act, batch, title)
        self._held[job.id] = job
        for old in [one for one in self._held.values() if one.is_over][: -MAX_KEPT or None]:
            del self._held[old.id]
        self._wake()
        return job

    def _drop(self, entry: Entry, job: Job) -> None:
        if entry.draft:
            entry.draft.path.unlink(missing_ok=True)
            entry.draft = None
        if entry.state in (WAITING, RUNNING):
            entry.state = STOPPED

    def _wake(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()

    def _next(self) -> Job | None:
        with self._changed:
            for job in self._held.values():
                if job.state == WAITING:
                    job.state = RUNNING
                    return job
            self._thread = None  # the next job starts another one
            return None

    def _work(self) -> None:
        """Do the jobs in line until there are no more."""
        try:
            while not self._is_closed.is_set() and (job := self._next()):
                self._do(job)
        finally:
            self._worker.end()

    def _do(self, job: Job) -> None:
        ended = FAILED
        try:
            job.act(job)
            ended = STOPPED if job.is_stopping else DONE
        except Killed:
            ended = STOPPED
        except Died:
            job.code = "crashed"
        except Refusal as refusal:
            job.fault, job.code = refusal.fault, refusal.code
        except OSError:
            _log.exception("job %s", job.kind)
            job.code = "disk"
        finally:
            self._end(job, ended)

    def _end(self, job: Job, ended: str) -> None:
        with self._changed:
            waits = any(entry.state == WAITING for entry in job.entries)
            job.state = WAITING if waits and ended == DONE else ended
            job.current = ""
            if job.is_over:
                for entry in job.entries:
                    self._drop(entry, job)

    def take(self, job: Job) -> list[Entry]:
        """Give the next slice of a job's files; none when there is no more, or it is stopped."""
        with self._changed:
            taken: list[Entry] = []
            size = 0
            for entry in job.entries:
                if job.is_stopping or len(taken) == SLICE_FILES or size > SLICE_BYTES:
                    break
                if entry.state == WAITING and entry.draft:
                    taken.append(entry)
                    size += entry.draft.size
            for entry in taken:
                entry.state = RUNNING
            return taken

    def call(self, job: Job, act: str, before: int = 0, **rest: Any) -> dict[str, Any]:
        """Have the process do one thing for a job; ``before`` files of it are done already.

        Raises
        ------
        Refusal
            When it cannot be done, in the reader's words.
        Killed, Died
            When the process ends first.
        """

        def told(progress: list[Any]) -> None:
            done, total, job.current = progress
            job.done, job.total = before + done, max(job.total, before + total)
            if job.is_stopping:  # since before the process was there to be killed
                self._worker.kill()

        command = {"act": act, "index": str(self.library.index), "threads": self.threads}
        command |= {"language": job.language, **rest}
        for _ in range(BUSY_TRIES):
            if job.is_stopping:
                raise Killed
            reply = self._worker.call(command, told)
            # Another program writes the index: it will have done.
            if not reply.get("busy") or self._is_closed.wait(BUSY_WAIT_S):
                break
        if "fault" in reply:
            raise Refusal(reply["fault"])
        done: dict[str, Any] = reply["done"]
        return done
