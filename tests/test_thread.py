"""A question followed through: demands, alignment, delay, siblings, rendering."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from aseqa.alignment import Aligner, best_demand_only
from aseqa.answer_signs import acts, can_answer, describes
from aseqa.cross_encoder import CrossEncoder
from aseqa.demand_words import folded, is_infinitive
from aseqa.demands import demands_of
from aseqa.derived import open_indexes
from aseqa.features import TermStatistics
from aseqa.ingest import index_paths
from aseqa.lookup import Lookup
from aseqa.records import Document, Section, Sentence, Voice
from aseqa.render_thread import render_thread
from aseqa.sentences import split_sentences
from aseqa.store import Store
from aseqa.thread import days_between, is_overdue, make_thread, months_after, questions_named
from aseqa.thread_siblings import resemblance, word_runs

SEEDS = Path(__file__).parents[1] / "seeds"
DATA = Path(__file__).parent / "data" / "threads"
MARKS = json.loads((DATA / "alignment.json").read_text(encoding="utf-8"))
TODAY = "2026-06-01"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def opened(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("threads") / "index"
    files = [*SEEDS.glob("*.txt"), *DATA.glob("*.txt"), *DATA.glob("*.csv")]
    assert index_paths(sorted(files), folder, encoder).failed == ()
    store = Store.open(folder)
    lookup = Lookup(store)
    dense, lexical = open_indexes(store.folder, store.generation, lookup)
    statistics = TermStatistics(lexical.frequency, len(dense))
    yield lookup, Aligner(encoder.encode_queries, CrossEncoder(2).read, statistics)
    store.close()


@pytest.fixture(scope="module")
def threads(opened):
    lookup, aligner = opened
    return {m["document"]: make_thread(m["document"], lookup, aligner, TODAY) for m in MARKS}


def question(text):
    """Give a document that is a question alone, with its sentences."""
    section = Section("question", 0, len(text))
    document = Document(
        "q", "q.txt", "", text, "question_ecrite", None, None, None, None, None, (section,)
    )
    sentences = [
        Sentence(b.start, b.end, text[b.start : b.end], 0, b.role, Voice("parlementaire"))
        for b in split_sentences(text, 0, len(text))
    ]
    return document, sentences


def asked(text):
    found = demands_of(*question(text))
    assert all(text[one.start : one.end] == one.text for one in found)
    return [one.text for one in found]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark["document"])
def test_the_marked_demands_are_found_with_their_very_words(mark, opened, threads):
    text = opened[0].document(mark["document"]).text
    found = threads[mark["document"]].demands
    assert [demand.text for demand in found] == [demand["text"] for demand in mark["demands"]]
    assert all(text[demand.start : demand.end] == demand.text for demand in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Il demande donc à Mme la ministre si elle entend accueillir et accompagner les jeunes "
            "isolés.",
            ["si elle entend accueillir et accompagner les jeunes isolés"],
        ),
        (
            "Elle l’interroge sur les moyens alloués aux départements et sur le calendrier prévu.",
            ["les moyens alloués aux départements", "le calendrier prévu"],
        ),
        (
            "Il voudrait savoir comment il compte agir, si les départements refusent.",
            ["comment il compte agir, si les départements refusent"],
        ),
        (
            "Elle lui demande combien de juges manquent, si des postes seront créés et quand.",
            ["combien de juges manquent", "si des postes seront créés", "quand"],
        ),
        (
            "Il la prie de bien vouloir lui faire connaître 1° le nombre de juges ; 2° leur "
            "charge moyenne.",
            ["le nombre de juges", "leur charge moyenne"],
        ),
        (
            "Il souhaite que le suivi soit garanti et que les départements soient contrôlés.",
            ["que le suivi soit garanti", "que les départements soient contrôlés"],
        ),
        (
            "M. le ministre, allez-vous enfin agir, et quand comptez-vous recruter\u00a0?",
            ["allez-vous enfin agir", "quand comptez-vous recruter\u00a0?"],
        ),
        (
            "Elle souhaite connaître les mesures prévues pour un suivi médical et régulier.",
            ["les mesures prévues pour un suivi médical et régulier"],
        ),
        (
            "Mme X attire l'attention de Mme la ministre sur la pénurie de places.",
            ["la pénurie de places"],
        ),
        ("Les foyers sont pleins.", []),
    ],
)
def test_demands_of_a_sentence(text, expected):
    assert asked(text) == expected


def test_a_series_keeps_the_words_that_lead_it():
    text = "Il lui demande les mesures prises pour créer des places et former des éducateurs."
    first, second = demands_of(*question(text))
    assert (first.lead, second.lead) == ("", "les mesures prises pour")
    assert second.question == "les mesures prises pour former des éducateurs"


def test_folding_keeps_places_of_decomposed_letters_and_ligatures():
    text = "Le cœur\u202fe\u0301mu"
    words = folded(text)
    assert words.words == "le coeur emu"
    assert text[slice(*words.back(9, 12))] == "e\u0301mu"


@pytest.mark.parametrize("text", ["si a, " * 50_000, "pour voir les gens et " * 20_000])
def test_a_huge_sentence_gives_at_most_a_hundred_demands(text):
    words = f"Il souhaite savoir {text}."
    document, _ = question(words)
    sentence = Sentence(0, len(words), words, 0, "prose", Voice())
    assert 1 <= len(demands_of(document, [sentence])) <= 100


def test_infinitives():
    words = "doter réduire financier foyer étudier septembre identifier régulier recruter"
    found = [word for word in folded(words).words.split() if is_infinitive(word)]
    assert found == ["doter", "reduire", "etudier", "identifier", "recruter"]


def test_signs_of_an_answer():
    assert can_answer("combien de fugues", "Aucune donnée n'est disponible.")
    assert not can_answer("combien de fugues", "Les fugues inquiètent.")
    assert not can_answer("quand paraîtra le décret", "Le décret suit un rapport de 2023.")
    assert can_answer("quand paraîtra le décret", "Il paraîtra en juin 2026.")
    assert not can_answer("les mesures", "L'honorable parlementaire s'inquiète des mesures.")
    assert acts("Le décret sera publié.")
    assert describes("Le contrôle relève du département.")


def test_alignment_is_right_nine_times_in_ten(threads):
    right = given = met = answered = 0
    for mark in MARKS:
        marked = {demand["text"]: tuple(demand["met_by"]) for demand in mark["demands"]}
        for demand in threads[mark["document"]].demands:
            openings = marked[demand.text]
            good = [met.text.startswith(openings) for met in demand.met_by] if openings else []
            right += sum(good)
            given += len(demand.met_by)
            answered += bool(openings)
            met += any(good)
    assert right / given >= 0.9
    assert met / answered >= 0.5


def test_what_meets_a_demand_is_the_government_s_own_words(opened, threads):
    text = opened[0].document("question-812").text
    met = [met for demand in threads["question-812"].demands for met in demand.met_by]
    assert [one.text[:8] for one in met] == ["Six des ", "J'ai dem"]
    assert all(text[one.start : one.end] == one.text for one in met)


def test_a_demand_passed_over_is_null_in_json(threads):
    record = threads["question-3308"].to_dict()
    assert [demand["met_by"] for demand in record["demands"]] == [None, None]
    assert json.loads(json.dumps(record)) == {**record, "siblings": []}


def test_a_sentence_goes_to_one_demand():
    likely = np.array([[0.8, 0.1], [0.6, 0.3]])
    assert best_demand_only(likely).tolist() == [[0.8, 0.0], [0.0, 0.3]]


@pytest.mark.parametrize(
    ("name", "status", "days", "due_on", "overdue"),
    [
        ("000_7df608eed1d41053", "elsewhere", None, None, False),
        ("001_c7d17c62cd39885b", "unanswered", None, "2026-02-09", True),
        ("002_eaee1d0db6d36db2", "answered", 147, "2025-03-21", True),
        ("question-4101", "answered", 56, "2025-04-11", False),
        ("question-9044", "unanswered", None, "2025-02-28", True),
        ("question-812", "answered", 15, None, False),
        ("senat-05112", "answered", 84, "2025-07-15", True),
    ],
)
def test_delay(threads, name, status, days, due_on, overdue):
    thread = threads[name]
    assert (thread.status, thread.days, thread.due_on) == (status, days, due_on)
    assert thread.overdue is overdue


def test_two_months_end_on_a_day_of_the_calendar():
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(2024, 11, 30), 2) == date(2025, 1, 30)
    assert days_between("2024-02-28", "2024-03-01") == 2
    assert days_between("2024-02", "2024-03-01") is None


def test_the_last_day_is_in_time():
    assert not is_overdue("2025-02-28", None, "unanswered", "2025-02-28")
    assert is_overdue("2025-02-28", None, "unanswered", "2025-03-01")
    assert not is_overdue("2025-02-28", "2025-02-28", "answered", TODAY)
    assert not is_overdue("2025-02-28", None, "withdrawn", TODAY)
    with pytest.raises(ValueError, match="demain"):
        is_overdue("2025-02-28", None, "unanswered", "demain")


def test_siblings_share_an_answer_the_same_or_nearly(threads):
    found = threads["question-7001"].siblings
    assert [(one.number, one.author, one.asked_on) for one in found] == [
        ("7002", "M. Hervé Courtois", "2025-05-13"),
        ("7003", "Mme Irène Vasseur", "2025-05-20"),
    ]
    assert found[0].likeness == 1.0
    assert 0.6 <= found[1].likeness < 1.0
    assert threads["002_eaee1d0db6d36db2"].siblings == ()


def test_resemblance_sets_spelling_aside():
    first, second = word_runs("L’État  agit, dès demain"), word_runs("L'etat agit dès demain.")
    assert resemblance(first, second) == 1.0
    assert resemblance(word_runs("un deux trois quatre"), word_runs("un deux trois cinq")) == 1 / 3
    assert resemblance(word_runs(""), word_runs("")) == 0.0


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("3269", ["002_eaee1d0db6d36db2"]),
        ("n°\u00a03\u202f269", ["002_eaee1d0db6d36db2"]),
        ("question écrite n° 1550", ["question-1550"]),
        ("5112", ["senat-05112"]),
        ("question-4101", ["question-4101"]),
        ("003_c398178bc0b70256#1", []),
        ("999999", []),
        ("", []),
    ],
)
def test_a_question_by_its_number_or_its_document(opened, named, expected):
    assert questions_named(named, opened[0]) == expected


def test_a_document_that_is_no_question_has_no_thread(opened):
    lookup, aligner = opened
    with pytest.raises(KeyError):
        make_thread("003_c398178bc0b70256#1", lookup, aligner, TODAY)


def test_rendering_quotes_what_is_asked_and_answered(threads):
    shown = render_thread(threads["question-5230"], 88, color=False)
    assert "Posée le 4 mars 2025 · réponse le 22 juillet 2025 · 140\u00a0jours après" in shown
    assert "la réponse était attendue au plus tard le 4 mai 2025." in shown
    assert "pour […] interdire l'accueil des mineurs à\n   l'hôtel\u00a0»" in shown
    assert "Aucune phrase de la réponse n'a été reconnue comme y répondant." in shown
    assert max(map(len, shown.split("\n"))) <= 88


def test_rendering_an_unanswered_question_says_no_more(threads):
    shown = render_thread(threads["question-9044"], 88, color=False)
    assert "sans réponse publiée" in shown
    assert "attendue au plus tard le 28 février 2025." in " ".join(shown.split())
    assert "Réponse" not in shown


def test_color_changes_no_word_and_nothing_hostile_is_shown(threads):
    thread = replace(threads["question-7001"], title="Titre\x1b[31m hostile")
    plain = render_thread(thread, 70, color=False)
    assert ANSI.sub("", render_thread(thread, 70, color=True)) == plain
    assert "\x1b" not in plain
    assert "n°\u00a07003, Mme Irène Vasseur, 20 mai 2025 (réponse presque" in plain
