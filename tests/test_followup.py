"""Follow-up questions: what is carried over, word for word, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aseqa.answers import Answer, Quote
from aseqa.followup import ABOUT_QUOTE, Turn, next_turn, resolve
from aseqa.judge import same_question
from aseqa.records import Voice

GOLD = Path(__file__).resolve().parents[1] / "seeds" / "gold"
TEXT = "Il souhaite savoir quelles mesures le ministère compte engager pour les établissements."
QUOTE = Quote(
    rank=1, text=TEXT, span=None, document="001_x", source="001_x.txt", sha256="", start=0,
    end=len(TEXT), page=None, section="question", before="", after="",
    voice=Voice("parlementaire", "M. Julien Limongi"), date="2025-12-09", title="Sécuriser l'ASE",
    kind="question_ecrite", reference="Question écrite n° 11473", url=None, score=0.9,
)  # fmt: skip
MINORS = "Combien de mineurs sont victimes de prostitution ?"
LAW = "Que prévoit la loi Taquet ?"
PLAN = "Quel est le plan national de lutte ?"
DEMAND = "Que demande Mme Erodi ?"
FUNDS = "Quel montant les départements ont-ils contractualisé en 2024 ?"
REPORT = "Que dit le rapport de l'Igas ?"
PLACED = "Combien d'enfants la Haute-Garonne a-t-elle pris en charge en 2021 ?"


def understood(question: str, before: str) -> str | None:
    resolved = resolve(question, Turn(before, (QUOTE,), "1"))
    return resolved.text if resolved.carried else None


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        # A year takes the place of the year, or is joined.
        (MINORS, "Et en 2024 ?", "Combien de mineurs sont victimes de prostitution en 2024 ?"),
        (FUNDS, "et en 2025 ?", "Quel montant les départements ont-ils contractualisé en 2025 ?"),
        ("Combien en 2021 ?", "2019 ?", "Combien en 2019 ?"),
        ("Que prévoit le plan de 2021 ?", "et en mai 2024", "Que prévoit le plan de mai 2024 ?"),
        ("De quand date le plan de 2021 ?", "et celui de 2024", "De quand date le plan de 2024 ?"),
        ("Combien de places en 2021 ?", "et depuis 2022 ?", "Combien de places depuis 2022 ?"),
        # A place takes the place of the place, with the right preposition and pronoun.
        (
            MINORS,
            "Et dans le Tarn ?",
            "Combien de mineurs sont victimes de prostitution dans le Tarn ?",
        ),
        (PLACED, "et le Tarn ?", "Combien d'enfants le Tarn a-t-il pris en charge en 2021 ?"),
        (PLACED, "et dans le lot", "Combien d'enfants le Lot a-t-il pris en charge en 2021 ?"),
        (
            PLACED,
            "et dans l'Ain en 2023",
            "Combien d'enfants l'Ain a-t-il pris en charge en 2023 ?",
        ),
        ("Combien de mineurs en France ?", "et au japon", "Combien de mineurs au Japon ?"),
        ("Combien de foyers à Albi ?", "et à Castres", "Combien de foyers à Castres ?"),
        ("nb enfants suivis haute garonne 2021", "et pr le tarn", "Nb enfants suivis Tarn 2021 ?"),
        # A population takes the place of its like.
        (MINORS, "et pour les garçons ?", "Combien de garçons sont victimes de prostitution ?"),
        (MINORS, "et pr les garcons", "Combien de garçons sont victimes de prostitution ?"),
        (
            "Combien de filles sont placées ?",
            "pareil pour les enfants",
            "Combien d'enfants sont placées ?",
        ),
        (
            "Combien d'enfants sont placés ?",
            "Et les mineurs isolés ?",
            "Combien de mineurs isolés sont placés ?",
        ),
        # A voice takes the place of the voice; a speaker that of the speaker.
        (
            MINORS,
            "et selon le Gouvernement ?",
            "Combien de mineurs sont victimes de prostitution selon le Gouvernement ?",
        ),
        (
            "Selon l'Igas, quel est le bilan ?",
            "et selon le syndicat",
            "Selon le syndicat, quel est le bilan ?",
        ),
        (DEMAND, "Et M. Limongi ?", "Que demande M. Limongi ?"),
        ("Que demande la députée ?", "et la ministre", "Que demande la ministre ?"),
        (REPORT, "et la Cour des comptes ?", "Que dit la Cour des comptes ?"),
        (
            "Le Gouvernement a-t-il répondu à Mme Erodi ?",
            "et à M. Limongi ?",
            "Le Gouvernement a-t-il répondu à M. Limongi ?",
        ),
        # The same noun, the same preposition, the thing counted.
        (
            "Quand a-t-on répondu à la question 3269 ?",
            "et la question 743",
            "Quand a-t-on répondu à la question 743 ?",
        ),
        ("Que prévoit la loi de 2022 ?", "et la loi de 2016 ?", "Que prévoit la loi de 2016 ?"),
        (
            "Que propose le plan pour les familles ?",
            "Et pour la formation ?",
            "Que propose le plan pour la formation ?",
        ),
        ("Combien d'accidents en 2024 ?", "et d'agressions ?", "Combien d'agressions en 2024 ?"),
        (
            "Combien de places compte la crèche ?",
            "et cb d'enfants ?",
            "Combien d'enfants compte la crèche ?",
        ),
        (
            "Quelle est la position de M. Limongi ?",
            "et celle de Mme Erodi ?",
            "Quelle est la position de Mme Erodi ?",
        ),
        (
            "Combien de foyers en 2023 ?",
            "et entre 2015 et 2020 ?",
            "Combien de foyers entre 2015 et 2020 ?",
        ),
        (PLAN, "et son budget ?", "Quel est le budget du plan national de lutte ?"),
        # Interrogative words alone take the subject of the last question.
        (
            "Qui dépose un recours contre le Tarn ?",
            "Pourquoi ?",
            "Pourquoi dépose-t-on un recours contre le Tarn ?",
        ),
        ("Qui a présenté le plan ?", "kan ?", "Quand a-t-on présenté le plan ?"),
        ("Qui porte plainte ?", "ou ca ?", "Où porte-t-on plainte ?"),
        ("Le plan a-t-il été évalué ?", "Comment ?", "Comment le plan a-t-il été évalué ?"),
        (MINORS, "pk", "Pourquoi des mineurs sont victimes de prostitution ?"),
        (LAW, "depuis quand ?", "Depuis quand la loi Taquet prévoit-elle cela ?"),
        (DEMAND, "Pourquoi ?", "Pourquoi Mme Erodi demande-t-elle cela ?"),
        (
            FUNDS,
            "pourquoi ?",
            "Pourquoi les départements ont-ils contractualisé ce montant en 2024 ?",
        ),
        (
            PLACED,
            "Comment ?",
            "Comment la Haute-Garonne a-t-elle pris en charge des enfants en 2021 ?",
        ),
        ("Qui a présenté le plan ?", "à quelle date ?", "À quelle date a-t-on présenté le plan ?"),
        ("Est-ce que le 119 existe ?", "depuis quand", "Depuis quand est-ce que le 119 existe ?"),
        (PLAN, "combien ?", "Combien coûte le plan national de lutte ?"),
        # Pronouns and demonstratives stand for what was named.
        (LAW, "combien ça coûte ?", "Combien coûte la loi Taquet ?"),
        (LAW, "qui l'a votée ?", "Qui a voté la loi Taquet ?"),
        (LAW, "Qu'a-t-elle changé ?", "Qu'a changé la loi Taquet ?"),
        (LAW, "Est-elle appliquée ?", "La loi Taquet est-elle appliquée ?"),
        (LAW, "cette loi est appliquée ?", "La loi Taquet est appliquée ?"),
        (PLAN, "Quels sont ses axes ?", "Quels sont les axes du plan national de lutte ?"),
        (PLAN, "qui le pilote ?", "Qui pilote le plan national de lutte ?"),
        (PLAN, "quel est le bilan de ce plan ?", "Quel est le bilan du plan national de lutte ?"),
        (DEMAND, "de quel parti est-elle ?", "De quel parti Mme Erodi est-elle ?"),
        (DEMAND, "que lui a répondu le ministère ?", "Qu'a répondu le ministère à Mme Erodi ?"),
        (DEMAND, "elle a eu une réponse ?", "Mme Erodi a eu une réponse ?"),
        (
            "Que disent les éducateurs ?",
            "que leur reproche-t-on ?",
            "Que reproche-t-on aux éducateurs ?",
        ),
        ("Que disent les éducateurs ?", "combien sont-ils ?", "Combien les éducateurs sont-ils ?"),
        (REPORT, "Que recommande-t-il ?", "Que recommande le rapport de l'Igas ?"),
        (REPORT, "selon elle, que faut-il faire ?", "Selon l'Igas, que faut-il faire ?"),
        (
            "Quel est le budget du CDEF ?",
            "combien d'enfants il accueille ?",
            "Combien d'enfants le CDEF accueille ?",
        ),
        (LAW, "que dit-elle des jeunes majeurs ?", "Que dit la loi Taquet des jeunes majeurs ?"),
        ("Le Gouvernement a-t-il un plan ?", "que prévoit-il ?", "Que prévoit le plan ?"),
        (
            "Le Gouvernement a-t-il un plan ?",
            "depuis quand existe-t-il ?",
            "Depuis quand le plan existe-t-il ?",
        ),
        (
            "Quelles propositions fait l'Igas ?",
            "lesquelles sont appliquées ?",
            "Quelles propositions sont appliquées ?",
        ),
        (
            "Que risquent les clients ?",
            "combien ont été condamnés ?",
            "Combien de clients ont été condamnés ?",
        ),
        ("Quel est le prix ?", "est-ce que ça augmente ?", "Est-ce que le prix augmente ?"),
        # Failing that, in the last first quote.
        (MINORS, "et lui, que demande-t-il ?", "Que demande M. Julien Limongi ?"),
        ("Quel est l'âge d'entrée ?", "que demande-t-il ?", "Que demande M. Julien Limongi ?"),
    ],
)
def test_a_follow_up_is_carried_over(before: str, question: str, expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("qui l'a dit ?", "who"), ("Qui dit ça ?", "who"), ("c'est de qui ?", "who"),
        ("ki a di sa", "who"), ("selon qui ?", "who"), ("Qui affirme cela ?", "who"),
        ("de quand date ce chiffre ?", "when"), ("ça date de quand", "when"),
        ("à quelle date ?", "when"), ("et de quand ?", "when"),
        ("quelle est la source ?", "where"), ("c koi la source", "where"), ("Source ?", "where"),
        ("d'où vient ce chiffre ?", "where"), ("dans quel document ?", "where"),
    ],
)  # fmt: skip
def test_a_question_about_the_last_quote_needs_no_other(question: str, kind: str) -> None:
    resolved = resolve(question, Turn(MINORS, (QUOTE,), "1"))
    opening = {"who": "Qui est l'auteur de", "when": "De quand date", "where": "D'où vient"}[kind]
    assert resolved.kind == ABOUT_QUOTE
    assert resolved.text == f"{opening} la citation qui répond à « {MINORS} » ?"
    assert resolved.searched == MINORS
    assert resolve(question, Turn(MINORS)).kind != ABOUT_QUOTE


@pytest.mark.parametrize(
    "question",
    [
        "Que demande la députée ?",
        "Le Gouvernement compte-t-il faire un bilan ?",
        "Y a-t-il des foyers dans le Tarn ?",
        "Il y a combien de foyers à Albi ?",
        "Faut-il plus de moyens pour les foyers ?",
        "Est-il prévu un suivi médical ?",
        "Est-il interdit de retenir un mineur ?",
        "Existe-t-il un numéro d'appel ?",
        "Quel temps fera-t-il demain à Toulouse ?",
        "Qu'a répondu le ministère à Mme Erodi ?",
        "Combien le Tarn a-t-il dépensé pour ses enfants en 2024 ?",
        "les jeunes sans médecin traitant ils sont combien ?",
        "Et que dit la loi de 2022 sur les jeunes majeurs ?",
        "combien ça coûte un placement ?",
        "ça veut dire quoi APJM ?",
        "Qui dépose un recours contre les départements ?",
        "Qui la loi Taquet protège-t-elle ?",
        "nb de gosses placés en 2024",
        "réseau pédocriminel albi",
        "et M. Limongi, que demande-t-il ?",
        "Que demande-t-il, M. Limongi ?",
        "Où un éducateur peut-il se documenter près de chez lui ?",
        "Que fait la cellule de facilitation de parcours ?",
        "Les foyers peuvent-ils retenir les mineurs qu'ils hébergent ?",
        "Pourquoi est-il critiqué de laisser l'enfance aux départements ?",
        "c qui la deputee qui a parlé du foyer d'Albi ?",
        "Comment déclarer ses revenus ?",
        "Karen Erodi",
        "Que s'est-il passé au foyer d'Albi ?",
        "bonjour",
        "?",
        "",
    ],
)
def test_a_question_that_stands_alone_is_left_as_typed(question: str) -> None:
    for before in (MINORS, PLACED, DEMAND, PLAN):
        resolved = resolve(question, Turn(before, (QUOTE,), "1"))
        assert (resolved.text, resolved.searched, resolved.carried) == (question, question, False)


@pytest.mark.parametrize("half", ["tuning", "reporting"])
def test_the_gold_questions_stand_alone_after_any_other(half: str) -> None:
    lines = (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["q"] for line in lines]
    carried = [q for q in questions for before in (DEMAND, PLACED) if understood(q, before)]
    assert len(carried) <= len(questions) * 2 / 100


@pytest.mark.parametrize(
    "question", ["Et en 2024 ?", "Pourquoi ?", "qui l'a dit ?", "Que veut-il ?"]
)
def test_without_an_exchange_a_question_stays_as_typed(question: str) -> None:
    assert resolve(question, None).text == question
    assert resolve(question, None).carried is False


def test_nothing_to_stand_for_a_pronoun_leaves_the_question_as_typed() -> None:
    assert resolve("Que demande-t-elle ?", Turn("nb de gosses")).text == "Que demande-t-elle ?"


def answer(question: str, understood: str | None, *quotes: Quote) -> Answer:
    status = "answered" if quotes else "abstained"
    return Answer(question, status, None, 0.5, quotes, (), "7", {}, understood=understood)


def test_a_follow_up_of_a_follow_up_goes_on_from_the_question_understood() -> None:
    first = next_turn(None, answer(PLACED, None, QUOTE))
    assert first == Turn(PLACED, (QUOTE,), "7")
    second_text = "Combien d'enfants le Tarn a-t-il pris en charge en 2021 ?"
    second = next_turn(first, answer("et le Tarn ?", second_text))
    assert second == Turn(second_text, (), "7")
    assert resolve("et en 2023", second).text == second_text.replace("2021", "2023")


def test_a_question_about_a_quote_leaves_the_subject_as_it_was() -> None:
    first = Turn(MINORS, (QUOTE,), "7")
    text = resolve("qui l'a dit ?", first).text
    assert next_turn(first, answer("qui l'a dit ?", text, QUOTE)) == first


def conversations() -> list[list[dict[str, str | None]]]:
    lines = (GOLD / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["turns"] for line in lines]


# In the order of the file: the rules were tuned on the first half, and measured on the second.
@pytest.mark.parametrize(("half", "least"), [("tuning", 1.0), ("reporting", 0.9)])
def test_resolution_on_the_gold_conversations(half: str, least: float) -> None:
    found = conversations()
    middle = len(found) // 2
    right: list[bool] = []
    for turns in found[:middle] if half == "tuning" else found[middle:]:
        previous: Turn | None = None
        for turn in turns:
            asked = str(turn["q"])
            resolved = resolve(asked, previous)
            got = resolved.text if resolved.carried else None
            if previous:
                right.append(same_question(turn["understood"], got))
            quotes = (QUOTE,) if turn["gold"] else ()
            previous = next_turn(previous, answer(asked, got, *quotes))
    assert sum(right) / len(right) >= least
