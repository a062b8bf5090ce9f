"""One index of one size, measured in a process of its own: what `scale.py` starts for each.

What is not asked through the product's own calls is timed by standing in front of the
parts that a question goes through; they themselves are untouched.
"""

from __future__ import annotations

import json
import resource
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from _large_corpus import Corpus, fillers
from _large_store import make_index

from aseqa.ask import Assistant
from aseqa.embed import load_encoder
from aseqa.gold import read_gold
from aseqa.ingest import index_paths
from aseqa.settings import shipped_seeds

WARM_UP = 10
PARTS = ("filtre", "vecteur", "dense", "lexical", "fusion", "lecture", "citation", "reste")
# Each lets another share of the sentences through, about: two fifths, a tenth, few.
FILTERS: dict[str, dict[str, Any]] = {
    "sans filtre": {},
    "deux cinquièmes": {"kinds": ["presse"]},
    "un dixième": {"kinds": ["question_ecrite"]},
    "peu": {"authors": ["Auteur 7"]},
}


class Clock:
    """Adds up the milliseconds that each part of a question computes, less those of parts within.

    Computing time, of all threads: on a machine with other work, only that can be compared.
    """

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within = [0.0]

    def timed(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            self._within.append(0.0)
            started = time.process_time()
            try:
                return call(*args, **named)
            finally:
                whole = 1000 * (time.process_time() - started)
                self.spent[part] += whole - self._within.pop()
                self._within[-1] += whole

        return run


def watch(assistant: Assistant, clock: Clock) -> None:
    """Time the parts of every question that is asked from now on."""
    chain: Any = assistant.chain
    watched: list[tuple[Any, str, str]] = [
        (chain.retriever.encoder, "encode_queries", "vecteur"),
        (chain.engine, "nearest", "dense"),
        (chain.engine, "matching", "lexical"),
        (chain.lookup, "allowed", "filtre"),
        (chain, "hits", "fusion"),
        (chain, "_read", "lecture"),
        (chain, "_quotes", "citation"),
    ]
    for owner, method, part in watched:
        setattr(owner, method, clock.timed(part, getattr(owner, method)))


def asked(
    assistant: Assistant, questions: Sequence[str], only: dict[str, Any]
) -> tuple[list[dict[str, float]], list[str]]:
    """Ask each question once; give the times of its parts and, as JSON, what it answers."""
    rows, answers = [], []
    clock = Clock()
    watch(assistant, clock)
    for number, question in enumerate([*questions[:WARM_UP], *questions]):
        clock.spent.clear()
        started, began = time.process_time(), time.perf_counter()
        answer = assistant.ask(question, **only)
        whole = 1000 * (time.process_time() - started)
        waited = 1000 * (time.perf_counter() - began)
        if number >= WARM_UP:
            rows.append(_parts(clock.spent, whole) | {"attente": waited})
            told = answer.to_dict()
            answers.append(json.dumps([told["status"], [q["text"] for q in told["quotes"]]]))
    return rows, answers


def _parts(spent: dict[str, float], whole: float) -> dict[str, float]:
    row = {part: spent.get(part, 0.0) for part in PARTS}
    return row | {"reste": whole - sum(row.values()), "total": whole}


def measure(size: int, corpus: Corpus, home: Path, seed: int) -> dict[str, Any]:
    """Make an index of ``size`` sentences under ``home``, where there is none, and measure it."""
    encoder, told = load_encoder(), {"size": size}
    if not (home / "aseqa.sqlite").exists():
        with lap(told, "fill_s"):
            make_index(home, encoder, fillers(corpus, size, seed))
    shutil.rmtree(next(iter(home.glob("derived-*")), home / "none"), ignore_errors=True)
    with lap(told, "derive_s"), Assistant.open(home):
        pass
    told["peak_building_mb"] = peak()
    return told


def measure_questions(home: Path, count: int, repeat: int) -> dict[str, Any]:
    """Measure opening, memory, questions with and without filters."""
    told: dict[str, Any] = {}
    before = memory()
    with lap(told, "open_s"):
        assistant = Assistant.open(home)
    told["size"] = len(assistant.chain.engine)
    told["at_rest_mb"] = {name: memory()[name] - before[name] for name in before}
    told["kinds"] = [str(kind) for kind in assistant.chain.engine.dense.kinds]
    questions = tuning_questions(count)
    with assistant:
        for name, only in FILTERS.items():
            rows = [row for _ in range(repeat) for row in asked(assistant, questions, only)[0]]
            told[name] = summary(rows)
        told["answers"] = asked(assistant, questions, {})[1]
    told["peak_mb"] = peak()
    told["after_mb"] = memory()
    told["disk"] = disk(home, told["size"])
    return told


def measure_update(home: Path, scratch: Path, count: int) -> dict[str, Any]:
    """Add one document of six sentences and take it away again."""
    told: dict[str, Any] = {}
    scratch.mkdir(parents=True, exist_ok=True)
    path = scratch / f"note-{time.time_ns()}.txt"
    path.write_text("Note\n\n" + "Le foyer accueille douze enfants. " * 6 + "\n", "utf-8")
    encoder = load_encoder()
    with lap(told, "update_s"):
        index_paths([path], home, encoder)
    questions = tuning_questions(count)
    with Assistant.open(home, encoder) as assistant:
        told["après un ajout"] = summary(asked(assistant, questions, {})[0])
    path.unlink()
    with lap(told, "remove_s"):
        index_paths([scratch], home, encoder)
    with Assistant.open(home, encoder) as assistant:
        told["après un retrait"] = summary(asked(assistant, questions, {})[0])
    return told


def tuning_questions(count: int) -> list[str]:
    """Give ``count`` questions of the tuning half, spread over all of it."""
    gold = read_gold(shipped_seeds() / "gold" / "tuning.jsonl")
    return [one.question for one in gold[:: max(1, len(gold) // count)]][:count]


def summary(rows: Sequence[dict[str, float]]) -> dict[str, list[float]]:
    """Give quartiles and the 95th percentile of each part."""
    return {
        part: np.percentile([row.get(part, 0.0) for row in rows], (25, 50, 75, 95)).tolist()
        for part in (*PARTS, "total", "attente")
    }


def disk(home: Path, size: int) -> dict[str, float]:
    """Give the bytes of a sentence in each kind of file."""
    found: dict[str, float] = defaultdict(float)
    for path in home.rglob("*"):
        if path.is_file():
            inside = path.relative_to(home).parts
            kind = inside[0].split("-")[0] if len(inside) == 1 else inside[1].split("-")[0]
            found[kind] += path.stat().st_size / size
    return dict(found)


def memory() -> dict[str, float]:
    """Give this process's own memory and what it maps of files, in MB."""
    fields = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(fields[key].split()[0]) / 1000 for name, key in _MEMORY.items()}


_MEMORY = {"own": "RssAnon", "mapped": "RssFile"}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


@contextmanager
def lap(told: dict[str, Any], name: str) -> Iterator[None]:
    """Note the computing time, of all threads, that something takes."""
    started = time.process_time()
    yield
    told[name] = time.process_time() - started
