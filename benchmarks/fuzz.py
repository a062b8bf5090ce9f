"""Spoilt files of every format, read one after the other: what goes wrong is kept.

    python benchmarks/fuzz.py --minutes 10 [--seed 1] [--only .docx .pdf] [--out build/fuzz]

A spoilt file must be read, at offsets that hold, or be refused with ``ReadError``; anything
else, more than 10 s of processor time or more than 500 MB is a fault. Each kind leaves one file.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import multiprocessing
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from _mutations import mutated
from _samples import Sample, load_samples

from aseqa.errors import ReadError
from aseqa.prepare import prepare
from aseqa.read import read_file
from aseqa.records import Document
from aseqa.split import split_document

TIMEOUT_S = 30
SLOW_S = 10.0
MAX_MB = 500
# Some files cost seconds by nature: character recognition.
SLOW_NAMES = ("numerise.pdf",)


class TimeLimit(BaseException):
    """A file took longer than it may."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], metavar="SUFFIX")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + 60 * options.minutes
    first, tried, faults = 0, Counter[str](), Counter[str]()
    while time.monotonic() < ends:
        first = _run_worker(options, first, ends, tried, faults)
    record = {"seed": options.seed, "files": tried.total(), "tried": tried, "faults": faults}
    told = json.dumps(record, indent=1, ensure_ascii=False)
    (options.out / f"report-{options.seed}.json").write_text(told, encoding="utf-8")
    print("| | fichiers essayés |\n|---|---|")
    for suffix, count in sorted(tried.items()):
        print(f"| {suffix} | {count} |")
    print(f"| tous | {tried.total()} |\n")
    for fault, count in faults.most_common():
        print(f"{count} × {fault}")
    sys.exit(1 if faults else 0)


def _run_worker(
    options: argparse.Namespace, first: int, ends: float, tried: Counter[str], faults: Counter[str]
) -> int:
    """Read spoilt files in a child process until it dies or time is up; give the next number."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    arguments = (theirs, options.seed, first, tuple(options.only), ends)
    child = context.Process(target=_work, args=arguments, daemon=True)
    child.start()
    theirs.close()
    number, sample = first, Sample("?", b"")
    try:
        while ours.poll(10 * TIMEOUT_S):
            said = ours.recv()
            if isinstance(said, Sample):
                number, sample = number + 1, said
                tried[sample.suffix] += 1
            else:
                _keep(options.out, said, sample, faults)
        _keep(options.out, "hung", sample, faults)
    except EOFError:
        if time.monotonic() < ends:
            child.join(5)
            _keep(options.out, f"died {child.exitcode}", sample, faults)
    child.kill()
    child.join()
    return number


def _keep(out: Path, fault: str, sample: Sample, faults: Counter[str]) -> None:
    """Keep the shortest file that shows a fault."""
    kind = fault.splitlines()[0]
    faults[kind] += 1
    folder = out / "".join(char if char.isalnum() else "-" for char in kind)[:120]
    folder.mkdir(exist_ok=True)
    kept = list(folder.glob("case*"))
    if not kept or min(path.stat().st_size for path in kept) > len(sample.raw):
        for path in kept:
            path.unlink()
        (folder / f"case-{sample.name}").write_bytes(sample.raw)
        (folder / "fault.txt").write_text(fault, encoding="utf-8", errors="replace")


# In the child


def _work(pipe: Connection, seed: int, first: int, only: Sequence[str], ends: float) -> None:
    warnings.simplefilter("error")
    pool = [sample for sample in load_samples() if not only or sample.suffix in only]
    by_suffix = sorted({sample.suffix for sample in pool})
    with tempfile.TemporaryDirectory(prefix="aseqa-fuzz-") as folder:
        number = first
        while time.monotonic() < ends:
            random = Random(f"{seed}-{number}")
            suffix = random.choice(by_suffix)
            sample = random.choice([one for one in pool if one.suffix == suffix])
            if sample.name in SLOW_NAMES and random.random() < 0.95:
                sample = random.choice(pool)
            spoilt = mutated(sample, random, pool)
            pipe.send(spoilt)
            for fault in faults_of(spoilt, Path(folder)):
                pipe.send(fault)
            number += 1
    pipe.close()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise TimeLimit


def faults_of(sample: Sample, folder: Path) -> list[str]:
    """Read one file, and tell all that is wrong with how it went."""
    path = folder / f"essai{sample.suffix}"
    path.write_bytes(sample.raw)
    found: list[str] = []
    seconds = 0.0  # of reading alone; the time limit is for reading and cutting together
    _reset_peak()
    before, started = _memory_mb("VmRSS"), time.process_time()
    try:
        with _time_limit():
            documents = read_file(path, path.name)
            seconds = time.process_time() - started
            found += [fault for document in documents for fault in document_faults(document)]
    except ReadError as fault:
        if sample.suffix not in str(fault):
            found.append(f"the message does not name the file: {fault}")
    except TimeLimit:
        found.append(_told("timeout", sys.exc_info()[1]))
    except Exception as fault:  # noqa: BLE001 - all that is not ReadError is what is sought
        found.append(_told(type(fault).__name__, fault))
    grown = _memory_mb("VmHWM") - before
    if seconds > SLOW_S:
        found.append(f"slow {sample.suffix}\n{seconds:.1f} s")
    if grown > MAX_MB:
        found.append(f"memory {sample.suffix}\n{grown:.0f} MB")
    return found


@contextlib.contextmanager
def _time_limit() -> Iterator[None]:
    """Break off what takes too long, in the time of this process alone."""
    if sys.platform == "win32":
        yield
        return
    earlier = signal.signal(signal.SIGPROF, _interrupt)
    signal.setitimer(signal.ITIMER_PROF, TIMEOUT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, earlier)


def _told(kind: str, fault: BaseException | None) -> str:
    """Name a fault by the innermost line of aseqa that it went through."""
    frames = traceback.extract_tb(fault.__traceback__ if fault else None)
    ours = [frame for frame in frames if "/aseqa/" in frame.filename] or list(frames)
    place = f"{Path(ours[-1].filename).name}:{ours[-1].name}:{ours[-1].lineno}"
    return f"{kind} {place}\n{''.join(traceback.format_exception(fault))}"


def document_faults(document: Document) -> Iterator[str]:
    """Tell what is wrong with a document that was read: its sections, sentences, boxes, words."""
    text, spans = document.text, [(s.start, s.end) for s in document.sections]
    if not all(0 <= start < end <= len(text) for start, end in spans):
        yield f"section out of range {_suffix(document)}\n{spans}"
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        yield f"sections overlap {_suffix(document)}\n{spans}"
    sentences, passages = split_document(document)
    for piece in (*sentences, *passages):
        if text[piece.start : piece.end] != piece.text or not piece.text.strip():
            yield f"offsets {_suffix(document)}\n{piece}"
        if not all(start <= piece.start for start, _ in [spans[piece.section]]):
            yield f"outside its section {_suffix(document)}\n{piece}"
    if document.layout:
        boxes = [box for s in sentences for box in document.layout.boxes(s.start, s.end)]
        sides = [side for b in boxes for side in (b.left, b.bottom, b.right, b.top)]
        if not all(map(math.isfinite, sides)) or any(box.page < 1 for box in boxes):
            yield f"boxes {_suffix(document)}\n{boxes}"
    words: list[Any] = [text, document.title, document.date, document.author, document.publisher]
    words += [document.url, *document.metadata.values(), *document.metadata]
    words += [word for s in document.sections for word in (s.name, s.date, s.voice.name)]
    if not all(word is None or isinstance(word, str) for word in words):
        yield f"not a text {_suffix(document)}\n{words[1:]}"
    elif any(not _storable(word or "") for word in words):
        yield f"half a character {_suffix(document)}"
    prepare(document)


def _storable(word: str) -> bool:
    return word == word.encode("utf-8", "ignore").decode("utf-8")


def _suffix(document: Document) -> str:
    return Path(document.source).suffix


def _reset_peak() -> None:
    with contextlib.suppress(OSError):  # other systems than Linux
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def _memory_mb(name: str) -> float:
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    found = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return float(found[0]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
