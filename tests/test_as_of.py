"""Looking at the record as it stood on a day, and at one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from aseqa.ask import Assistant
from aseqa.embed import Encoder
from aseqa.ingest import index_paths
from aseqa.records import Filters

QUESTION = "Combien de mineurs sont victimes de prostitution ?"
ARTICLE = """---
kind: loi
title: Article L. 999-1
code: Code de l'action sociale et des familles
article: L. 999-1
version_date: {start}
version_end: {end}
---

L'accueil provisoire d'un mineur à l'hôtel est limité à {months} mois.
"""


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        ("2025-01-20", []),
        ("2025-02-01", ["environ 10 000 jeunes"]),
        ("2025-07-01", ["plus de 11 000 mineurs", "environ 10 000 jeunes"]),
    ],
)
def test_what_was_not_published_yet_is_not_seen(
    assistant: Assistant, day: str, figures: list[str]
) -> None:
    answer = assistant.ask(QUESTION, as_of=day)
    assert all((quote.date or "9") <= day for quote in (*answer.quotes, *answer.nearest))
    assert [one.figure.text for one in answer.figures] == figures


def test_of_the_law_only_what_was_in_force(tmp_path: Path, encoder: Encoder) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for name, start, end, months in (
        ("avant", "2010-01-01", "2020-01-01", "six"),
        ("apres", "2020-01-01", "2999-01-01", "deux"),
    ):
        text = ARTICLE.format(start=start, end=end, months=months)
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
    assert index_paths([corpus], index, encoder).failed == ()
    with Assistant.open(index, encoder) as assistant:
        for day, months in (("2015-06-01", "six"), ("2024-06-01", "deux")):
            [quote] = assistant.rank(
                "Combien de temps un mineur peut-il être accueilli à l'hôtel ?",
                filters=Filters(as_of=day),
            )[:1]
            assert f"limité à {months} mois" in quote.text
            allowed = assistant.lookup.allowed(Filters(as_of=day))
            assert allowed is not None
            assert {row.document for row in assistant.lookup.sentences(allowed.tolist())} == {
                quote.document
            }


def test_a_territory_is_what_is_spoken_of_not_where_the_author_sits(assistant: Assistant) -> None:
    tarn = assistant.lookup.allowed(Filters(territories=("Tarn",)))
    assert tarn is not None
    texts = [row.sentence.text for row in assistant.lookup.sentences(tarn.tolist())]
    assert any("foyer de l'enfance d'Albi" in text for text in texts)
    seat = assistant.lookup.allowed(Filters(territories=("Seine-et-Marne",)))
    assert seat is not None
    assert seat.size == 0
