"""Many at once: what twenty people asking together wait, and what the server's memory does.

    python benchmarks/load.py [--clients 20] [--questions 2000] [--json FILE]

Starts ``aseqa chat`` on the shipped seeds, asks each tuning question alone (the single user),
then all again by ``--clients`` clients at once, half of them over ``/api/ask``, half through
the chat's own queue, until ``--questions`` have been asked; every answer is compared with the
one that the single user got. Memory is the server's resident set; times are whole round trips.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aseqa.gold import read_gold
from aseqa.settings import shipped_seeds

TIMEOUT_S = 300
MEMORY_EVERY = 100


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer that came back: who asked, what, what came, how long it took."""

    client: int
    question: str
    answer: dict[str, Any]
    seconds: float


def ask_api(address: str, question: str) -> dict[str, Any]:
    """Ask over the HTTP interface."""
    found: dict[str, Any] = json.loads(_post(f"{address}/api/ask", {"question": question}))
    return found


def ask_queue(address: str, question: str) -> dict[str, Any]:
    """Ask through the queue that the chat's page uses."""
    place = f"{address}/gradio_api/call/ask"
    event = json.loads(_post(place, {"data": [question, 3]}))["event_id"]
    with urllib.request.urlopen(f"{place}/{event}", timeout=TIMEOUT_S) as response:
        # Heartbeats come first where the wait is long.
        name, data = response.read().decode().strip().split("\n")[-2:]
    if name != "event: complete":
        raise RuntimeError(f"{question}: {name} {data}")
    found: dict[str, Any] = json.loads(data.removeprefix("data: "))[0]
    return found


def _post(address: str, data: object) -> bytes:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps(data).encode(), headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        body: bytes = response.read()
    return body


def ask_together(
    address: str, lists: Sequence[Sequence[str]], after: Callable[[], None] = lambda: None
) -> list[Reply]:
    """Let one client a list ask its questions in a row, all clients at once.

    Parameters
    ----------
    after
        Called after each answer, by the client that got it.

    Raises
    ------
    OSError, RuntimeError
        When a request failed; the first trouble of all.
    """
    replies: list[Reply] = []
    troubles: list[OSError | RuntimeError] = []
    start = threading.Barrier(len(lists))

    def run(client: int) -> None:
        ask = ask_queue if client % 2 else ask_api
        start.wait()
        try:
            for question in lists[client]:
                began = time.perf_counter()
                answer = ask(address, question)
                replies.append(Reply(client, question, answer, time.perf_counter() - began))
                after()
        except (OSError, RuntimeError) as error:
            troubles.append(error)

    threads = [threading.Thread(target=run, args=(client,)) for client in range(len(lists))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    return replies


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    """Give an answer without what differs from run to run."""
    return {**answer, "timings_ms": None}


def resident_mb(process: int) -> float:
    """Give the resident memory of a process, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    [kilobytes] = re.findall(r"VmRSS:\s+(\d+) kB", status)
    return int(kilobytes) / 1024


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """Run the chat on the seeds; give its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "aseqa", "chat", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().split()[-1], server.pid
    finally:
        server.terminate()
        server.wait(60)


def measure(clients: int, questions: int) -> dict[str, Any]:
    """Run the whole measurement."""
    asked = [gold.question for gold in read_gold(shipped_seeds() / "gold" / "tuning.jsonl")]
    with serving() as (address, process):
        ask_together(address, [asked[:10]])  # to warm up
        alone = ask_together(address, [asked])
        expected = {reply.question: without_times(reply.answer) for reply in alone}
        memory = [(0, resident_mb(process))]
        count = 0
        lock = threading.Lock()

        def note() -> None:
            nonlocal count
            with lock:
                count += 1
                if count % MEMORY_EVERY == 0:
                    memory.append((count, resident_mb(process)))

        began = time.perf_counter()
        together = ask_together(address, shares(asked, clients, questions), note)
        seconds = time.perf_counter() - began
    wrong = [r for r in together if without_times(r.answer) != expected[r.question]]
    return {
        "clients": clients,
        "questions": len(together),
        "wrong": len(wrong),
        "alone_ms": _spread(alone),
        "together_ms": _spread(together),
        "answers_per_s": len(together) / seconds,
        "memory_mb": memory,
    }


def shares(asked: Sequence[str], clients: int, questions: int) -> list[list[str]]:
    """Deal questions out: no two clients ask the same one at the same time.

    Examples
    --------
    >>> shares(["a", "b", "c"], 2, 4)
    [['a', 'c'], ['b', 'a']]
    """
    dealt: list[list[str]] = [[] for _ in range(clients)]
    for number in range(questions):
        dealt[number % clients].append(asked[number % len(asked)])
    return dealt


def _spread(replies: Sequence[Reply]) -> dict[str, float]:
    found = np.percentile([1000 * reply.seconds for reply in replies], (50, 95))
    return {"p50": round(float(found[0]), 1), "p95": round(float(found[1]), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = measure(options.clients, options.questions)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    first, last = found["memory_mb"][0][1], found["memory_mb"][-1][1]
    print(f"{found['questions']} questions, {found['wrong']} wrong answers")
    print(f"alone: {found['alone_ms']}; {found['clients']} at once: {found['together_ms']}")
    print(f"{found['answers_per_s']:.1f} answers a second")
    print(f"memory: {first:.0f} MB before, {last:.0f} MB after")


if __name__ == "__main__":
    main()
