"""Ten answers in full, on a terminal and as JSON, that use each ability.

    python benchmarks/examples.py            # docs/examples.md, docs/examples.jsonl

From the shipped corpus; what depends on the machine (timings) is left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aseqa.ask import Assistant
from aseqa.render import render_answer
from aseqa.render_coverage import render_coverage
from aseqa.render_proof import render_verification
from aseqa.render_thread import render_thread
from aseqa.settings import default_index

DOCS = Path(__file__).resolve().parents[1] / "docs"
DAY = "2026-11-22"
WIDTH = 88
# What it shows, the question, the filters.
QUESTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Chiffres côte à côte", "Combien de mineurs sont victimes de prostitution ?", {}),
    (
        "À la date du",
        "Combien de mineurs sont victimes de prostitution ?",
        {"as_of": "2025-07-01"},
    ),
    (
        "Une voix",
        "Combien de mineurs sont victimes de prostitution ?",
        {"voices": ["gouvernement"]},
    ),
    ("Un propos rapporté", "Que dit l'Igas sur les jeunes majeurs ?", {}),
    ("Un territoire", "Quel budget le Tarn consacre-t-il à l'ASE ?", {}),
    ("Un territoire dont rien n'est dit", "Combien d'enfants sont placés dans l'Ain ?", {}),
    ("Une réponse qui manque", "Qu'a répondu le Gouvernement à M. Limongi ?", {}),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=default_index())
    options = parser.parse_args()
    with Assistant.open(options.index) as assistant:
        shown = list(examples(assistant))
    DOCS.mkdir(exist_ok=True)
    blocks = [
        f"## {name}\n\n```console\n$ {command}\n{text}\n```" for name, command, text, _ in shown
    ]
    title = (
        "# Dix réponses\n\nFaites par `python benchmarks/examples.py` ; en JSON : `examples.jsonl`."
    )
    (DOCS / "examples.md").write_text("\n\n".join([title, *blocks]) + "\n", encoding="utf-8")
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for *_, record in shown]
    (DOCS / "examples.jsonl").write_text("".join(lines), encoding="utf-8")


def examples(assistant: Assistant) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """What it shows, the command, the text, the JSON."""
    for name, question, filters in QUESTIONS:
        answer = assistant.ask(question, **filters)
        record = {**answer.to_dict(), "timings_ms": {}}
        yield name, command("ask", question, filters), render_answer(answer, WIDTH), record
    [thread] = assistant.thread("3269", DAY)
    told = render_thread(thread, WIDTH)
    yield "Une question suivie", f"aseqa thread 3269 --today {DAY}", told, thread.to_dict()
    altered = json.loads(
        json.dumps(assistant.ask(QUESTIONS[2][1], k=1, **QUESTIONS[2][2]).to_dict())
    )
    altered["quotes"][0]["text"] = altered["quotes"][0]["text"].replace("11 000", "17 000")
    checked = assistant.verify(altered)
    told = render_verification(checked, WIDTH)
    yield "Un chiffre changé dans une réponse", "aseqa verify reponse.json", told, checked.to_dict()
    covered = assistant.coverage()
    told = render_coverage(covered, WIDTH)
    yield "Ce que le corpus ne couvre pas", "aseqa status --coverage", told, covered


def command(name: str, question: str, filters: dict[str, Any]) -> str:
    flags = {"as_of": "--as-of", "voices": "--voice"}
    given = (
        f" {flags[key]} {value if isinstance(value, str) else value[0]}"
        for key, value in filters.items()
    )
    return f'aseqa {name} "{question}"{"".join(given)}'


if __name__ == "__main__":
    main()
