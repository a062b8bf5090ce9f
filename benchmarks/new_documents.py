"""Questions on documents of the field that nothing of retrieval or reading was fitted on.

    python benchmarks/new_documents.py [--report FOLDER]

The documents are those of ``tests/data/marked/dev``, the questions those of
``tests/data/marked/questions.jsonl`` and, on the parliamentary ones of these documents, of
``questions-parliamentary.jsonl``; a quarter of both have no answer in any. What comes out are
the figures of ``aseqa eval``, for each file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from voices import DEV, marked_document

from aseqa.embed import load_encoder
from aseqa.evaluate import evaluate_gold
from aseqa.scorecard import render_summary
from aseqa.temporary_index import temporary_assistant

QUESTIONS = ("questions", "questions-parliamentary")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, help="a folder for the detail")
    options = parser.parse_args()
    marked = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DEV.glob("*.json"))]
    with temporary_assistant(list(map(marked_document, marked)), load_encoder()) as assistant:
        for name in QUESTIONS:
            report = options.report / name if options.report else None
            gold = DEV.parent / f"{name}.jsonl"
            print(name, render_summary(evaluate_gold(assistant, gold, report)), sep="\n")


if __name__ == "__main__":
    main()
