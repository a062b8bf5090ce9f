"""What the corpus covers and does not: counted over the seeds by hand."""

from __future__ import annotations

from lxml import html as markup

from aseqa.ask import Assistant
from aseqa.render_coverage import render_coverage
from aseqa_ui.coverage_view import coverage_html


def test_kinds_years_and_gaps(assistant: Assistant) -> None:
    found = assistant.coverage()
    assert found["kinds"] == {"question_ecrite": 3, "question_orale": 1, "presse": 3}
    assert "loi" in found["kinds_missing"]
    assert found["years"] == {"2024": 1, "2025": 5, "2026": 1}
    assert (found["years_missing"], found["undated"]) == ([], 0)


def test_voices_and_territories(assistant: Assistant) -> None:
    found = assistant.coverage()
    counted = assistant.status()["n_sentences"]
    assert sum(found["voices"].values()) == counted
    assert "loi" in found["voices_missing"]
    assert found["territories"]["Albi"] >= 1
    # Albi is in the Tarn: something is said of that département, nothing of the Ain.
    assert "Tarn" not in found["territories_missing"]
    assert "Ain" in found["territories_missing"]
    # Where its author was elected is not what a question is about.
    assert "Seine-et-Marne" in found["territories_missing"]


def test_questions_left_without_an_answer(assistant: Assistant) -> None:
    unanswered = assistant.coverage()["unanswered"]
    assert [one["number"] for one in unanswered] == ["11473", "743"]
    assert unanswered[0]["reference"].endswith("sans réponse publiée")


def test_the_terminal_says_both_sides(assistant: Assistant) -> None:
    lines = render_coverage(assistant.coverage()).split("\n")
    assert lines[:2] == [
        "Types de documents :",
        "   Question écrite 3, Question orale 1, Article de presse 3",
    ]
    assert "Aucune phrase de ces voix :" in lines
    assert "Documents sans date : 0" not in lines


def test_the_chat_leads_to_the_unanswered(assistant: Assistant) -> None:
    page = markup.fromstring(coverage_html(assistant.coverage()))
    buttons = page.xpath("//button[@class='aq-thread']")
    assert [button.get("data-document") for button in buttons] == [
        "001_c7d17c62cd39885b",
        "000_7df608eed1d41053",
    ]
