"""Evidence about a candidate, worked by hand."""

import math

import pytest

from aseqa.features import (
    FEATURES,
    Candidate,
    TermStatistics,
    counted_held,
    name_share,
    observe,
    place_nearness,
    type_held,
    years_met,
)
from aseqa.question import understand
from aseqa.records import Voice
from aseqa.retrieve import Hit

RARE = TermStatistics(lambda term: {"mineur": 50, "budget": 2}.get(term, 0), 100)


def candidate(text: str, around: str = "", section_text: str = "", **facts: str) -> Candidate:
    return Candidate(
        text=text,
        role=facts.get("role", "prose"),
        voice=Voice(facts.get("voice", "autre"), facts.get("speaker")),
        date=facts.get("date"),
        around=around,
        document=facts.get("document", ""),
        section_text=section_text or text,
        section="corps",
        hit=Hit(1, 0.03, 0.85, 2.0),
    )


def feature(question: str, *candidates: Candidate) -> dict[str, float]:
    row = observe(understand(question), candidates, RARE)[0]
    return dict(zip(FEATURES, row.tolist(), strict=True))


def test_weight_is_the_inverse_frequency_of_bm25() -> None:
    assert RARE.weight("budget") == pytest.approx(math.log(1 + 98.5 / 2.5))


def test_coverage_is_weighted_by_rarity() -> None:
    found = feature("Le budget des mineurs ?", candidate("Le budget est voté."))
    budget, minor = RARE.weight("budget"), RARE.weight("mineur")
    assert found["coverage_own"] == pytest.approx(budget / (budget + minor))


def test_a_concept_is_met_by_a_word_that_means_the_same() -> None:
    found = feature("Combien de gosses ?", candidate("On compte 12 mineurs."))
    assert found["concepts_inside"] == 1.0
    assert found["concept_absent"] == 0.0


def test_a_known_concept_that_is_absent_is_seen() -> None:
    assert feature("Le budget des mineurs ?", candidate("Des mineurs."))["concept_absent"] == 1.0


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Combien de mineurs ?", "On compte 12 mineurs.", True),
        ("Combien de mineurs ?", "On compte des mineurs.", False),
        ("Que demande-t-elle ?", "On compte 12 mineurs.", None),
        ("Combien de mineurs ?", "Le 12 avril 2024, tout changea.", False),
    ],
)
def test_expected_type_held(question: str, text: str, expected: bool | None) -> None:
    assert type_held(understand(question), text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Le 119 reçoit 300 appels par jour.", True), ("Il y a 300 enfants.", False)],
)
def test_what_is_counted(text: str, expected: bool) -> None:
    assert counted_held(understand("Combien d'appels par jour ?"), text) is expected


@pytest.mark.parametrize(
    ("text", "around", "section", "expected"),
    [
        ("À Albi, 12 mineures.", "", "", 1.0),
        ("Douze mineures.", "Dans le Tarn.", "", 0.6),
        ("Douze mineures.", "", "Le Tarn agit. Le Tarn paie. En Ariège aussi.", 0.3),
        ("Douze mineures.", "", "L'Ariège agit. L'Ariège paie. Le Tarn aussi.", -1.0),
        ("En Ariège, douze mineures.", "Dans le Tarn.", "", -1.0),
    ],
)
def test_place_nearness(text: str, around: str, section: str, expected: float) -> None:
    question = understand("Combien de mineures dans le Tarn ?")
    assert place_nearness(question, candidate(text, around, section)) == expected


def test_where_an_author_is_elected_is_no_place_of_the_facts() -> None:
    line = candidate("Circonscription : Tarn", role="field")
    assert place_nearness(understand("Combien de foyers dans le Tarn ?"), line) == -1.0
    assert place_nearness(understand("Quel député du Tarn a posé la question ?"), line) == 1.0


def test_years_count_in_the_sentence_around_it_and_as_its_date() -> None:
    question = understand("Combien en 2024 ?")
    assert years_met(question, candidate("En 2024, douze."))
    assert years_met(question, candidate("Douze.", date="2024-05-01"))
    assert not years_met(question, candidate("En 2023, douze.", date="2023-05-01"))


def test_names_are_looked_for_in_the_speaker_too() -> None:
    question = understand("Que dit Fanny Peyronne ?")
    assert name_share(question, candidate("Rien ne va.", speaker="Fanny Peyronne")) == 1.0
    assert name_share(question, candidate("Fanny se tait.")) == 0.0
    assert name_share(question, candidate("Rien ne va.")) == -1.0


def test_the_field_asked_for_and_another_one() -> None:
    group = candidate("Circonscription : Tarn - LFI", role="field")
    author = candidate("Auteur : Mme Erodi", role="field")
    assert feature("De quel parti est Mme Erodi ?", group)["field_asked"] == 1.0
    assert feature("De quel parti est Mme Erodi ?", author)["other_field_asked"] == 1.0


def test_no_candidate_gives_no_row() -> None:
    assert observe(understand("Combien ?"), [], RARE).shape == (0, len(FEATURES))
