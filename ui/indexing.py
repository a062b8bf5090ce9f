"""The process that changes the index for the page: a command a line in, what comes of it out.

A process of its own, of low priority, so that questions go on being answered meanwhile; it
may be killed at any time, for every command is one transaction of the store. Run as
``python -m aseqa_ui.indexing``; it ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aseqa.corpus_files import distinct_sources, list_files
from aseqa.embed import Encoder, load_encoder
from aseqa.errors import AseqaError, IndexBusy
from aseqa.generations import Place
from aseqa.ingest import IndexReport, index_paths, remove_sources, roll_back
from aseqa.messages import speaking
from aseqa.store import Store

TOLD_EACH_S = 0.2
# Behind the questions, yet not starved where other programs keep the machine busy.
NICENESS = 5
Tell = Callable[[dict[str, Any]], None]


def add(command: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Index files; tell what became of each, by its place among those given."""
    index, paths = Path(command["index"]), [Path(path) for path in command["files"]]
    before = _places(index)
    roots = {source: place.root for source, place in before.items()}
    listed = [file for path in paths for file in list_files(path, None)]
    sources = [file.source for file in distinct_sources(listed, roots)]
    report = _indexed(command, paths, tell)
    after, failed = _places(index), dict(report.failed)
    results = []
    for path, source in zip(paths, sources, strict=True):
        fault = failed.get(source, "").replace(str(path), path.name)
        results.append([outcome(source, before, after, failed), fault])
    return {"results": results}


def renew(command: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Index folders again; tell of each source that changed or could not be read."""
    index = Path(command["index"])
    before = _places(index)
    report = _indexed(command, [Path(path) for path in command["roots"]], tell)
    after, failed = _places(index), dict(report.failed)
    found = {source: outcome(source, before, after, failed) for source in {*before, *after}}
    found |= dict.fromkeys(failed, "failed")
    changed = {source: told for source, told in found.items() if told != "unchanged"}
    results = [[source, told, failed.get(source, "")] for source, told in sorted(changed.items())]
    return {"sources": results, "unchanged": len(found) - len(changed)}


def remove(command: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Drop sources from the index."""
    return {"removed": remove_sources(Path(command["index"]), command["sources"])}


def go_back(command: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Return to the generation before, where the present one is still that which is named."""
    index = Path(command["index"])
    if _generation(index) != command["generation"]:
        return {"stale": True}
    roll_back(index)
    return {}


_ACTS: dict[str, Callable[[Mapping[str, Any], Tell], dict[str, Any]]] = {
    "add": add,
    "renew": renew,
    "remove": remove,
    "go_back": go_back,
}


def outcome(
    source: str, before: Mapping[str, Place], after: Mapping[str, Place], failed: Mapping[str, str]
) -> str:
    """Tell what a run did of a source, from what the index held before and holds after."""
    if source in failed:
        return "failed"
    if source not in after:
        return "removed"
    file = after[source].file
    if source in before:
        return "unchanged" if before[source].file == file else "updated"
    homes = [place.file for other, place in after.items() if other != source]
    return "twin" if file in homes else "added"


def run(command: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Do one command; give what came of it, or its trouble in the reader's words."""
    try:
        with speaking(command["language"]):
            done = _ACTS[command["act"]](command, tell)
    except AseqaError as error:
        return {"fault": str(error), "busy": isinstance(error, IndexBusy)}
    return {"done": {**done, "generation": _generation(Path(command["index"]))}}


def _indexed(command: Mapping[str, Any], paths: list[Path], tell: Tell) -> IndexReport:
    index, last = Path(command["index"]), 0.0

    def progress(done: float, total: int, source: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= TOLD_EACH_S:
            last = now
            tell({"progress": [round(done, 2), total, source]})

    encoder = _encoder(_fact(index, "encoder"), command["threads"])
    return index_paths(paths, index, encoder, None, command.get("rebuild", False), progress)


@cache
def _encoder(name: str, threads: int) -> Encoder:
    return load_encoder(name, threads)


def _places(index: Path) -> dict[str, Place]:
    store = Store.open(index)
    try:
        return store.places()
    finally:
        store.close()


def _fact(index: Path, key: str) -> str:
    store = Store.open(index)
    try:
        return store.fact(key)
    finally:
        store.close()


def _generation(index: Path) -> str:
    return _fact(index, "generation")


def main() -> None:
    """Answer commands until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    # What a library may print goes elsewhere than the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(record: dict[str, Any]) -> None:
        answers.write(json.dumps(record) + "\n")
        answers.flush()

    for line in sys.stdin:
        tell(run(json.loads(line), tell))


if __name__ == "__main__":
    main()
