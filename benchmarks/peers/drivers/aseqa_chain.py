"""aseqa itself, under the same protocol."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peer_protocol import DEPTH, QUOTES, WARM_UP, Found, PeerDocument, Reply, peak_rss_mb, write

from aseqa.ask import Assistant
from aseqa.embed import Encoder, load_encoder
from aseqa.ingest import index_documents, index_paths
from aseqa.temporary_index import text_document


def main() -> None:
    """Index, ask, and give what was ranked, what was decided and the passages."""
    given, target = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
    documents = [PeerDocument(**one) for one in given["documents"]]
    encoder = load_encoder(threads=given["threads"])
    encoder.encode_passages(["Une phrase pour s'échauffer."])
    with TemporaryDirectory() as folder:
        files, index = Path(folder) / "files", Path(folder) / "index"
        files.mkdir()
        started = time.perf_counter()
        index_all(documents, files, index, encoder)
        seconds = time.perf_counter() - started
        with Assistant.open(index, encoder, given["threads"]) as assistant:
            for one in given["questions"][:WARM_UP]:
                assistant.ask(one["q"])
            replies = [asked(assistant, one) for one in given["questions"]]
            peak = peak_rss_mb()
            passages = {
                one["id"]: [asdict(found(hit)) for hit in assistant.passages(one["q"], k=DEPTH)]
                for one in given["questions"]
            }
    runs = {"own": {"replies": replies, "peak_rss_mb": peak}}
    write(target, "aseqa", ("aseqa",), documents, seconds, passages, runs)


def index_all(
    documents: Sequence[PeerDocument], files: Path, index: Path, encoder: Encoder
) -> None:
    """Index files as files, and the titled paragraphs of a question set as such."""
    if any(one.title is None for one in documents):
        for one in documents:
            (files / f"{one.id}.txt").write_text(one.text, encoding="utf-8", newline="")
        index_paths([files], index, encoder)
    else:
        made = [text_document(one.id, one.title or "", one.text) for one in documents]
        index_documents(made, index, encoder)


def asked(assistant: Assistant, one: dict[str, str]) -> dict[str, Any]:
    """Ask one question, timed; then rank its sentences before any decision."""
    started = time.perf_counter()
    answer = assistant.ask(one["q"], k=QUOTES)
    spent = 1000 * (time.perf_counter() - started)
    ranked = tuple(found(quote) for quote in assistant.rank(one["q"], k=QUOTES))
    shown = tuple(found(quote) for quote in answer.quotes)
    return asdict(Reply(one["id"], spent, answer.confidence, ranked, shown))


def found(item: Any) -> Found:
    """Give a quote or a passage; the documents of one file share its text and its offsets."""
    document = item.document.partition("#")[0]
    return Found(document, item.start, item.end, item.text, float(item.score))


if __name__ == "__main__":
    main()
