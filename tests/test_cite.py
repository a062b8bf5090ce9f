from __future__ import annotations

from typing import Any

import pytest

from aseqa.cite import french_date, reference
from aseqa.records import Document, Section

ASKED = {
    "number": "3269",
    "group": "Droite Républicaine",
    "department": "Haute-Savoie",
    "question_date": "2025-01-21",
    "question_page": "232",
    "answer_date": "2025-06-17",
    "answer_page": "5318",
    "answered": "true",
}
QUESTION = Section("question", 0, 4)


def document(**fields: Any) -> Document:
    known: dict[str, Any] = {
        "id": "002",
        "source": "questions/002.txt",
        "sha256": "0" * 64,
        "text": "text",
        "kind": "question_ecrite",
        "title": "Lutte contre la prostitution des mineurs",
        "date": "2025-01-21",
        "author": "Mme Virginie Duby-Muller",
        "publisher": "Assemblée nationale",
        "url": None,
        "sections": (QUESTION,),
        "metadata": ASKED,
    }
    return Document(**(known | fields))


def without(*keys: str, **changed: str) -> dict[str, str]:
    return {key: value for key, value in (ASKED | changed).items() if key not in keys}


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2025-01-21", "21 janvier 2025"),
        ("2024-02-01", "1er février 2024"),
        ("2024-12-09", "9 décembre 2024"),
        ("2024-08", "août 2024"),
        ("1995", "1995"),
        ("2025-09-05T12:11", "5 septembre 2025"),
        ("2025-13-01", "2025-13-01"),
        ("hier", "hier"),
    ],
)
def test_dates_are_written_as_french_prose(date: str, written: str) -> None:
    assert french_date(date) == written


def test_a_written_question_is_cited_whole() -> None:
    expected = (
        "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, "
        "Haute-Savoie), JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le "
        "17 juin 2025, p. 5318"
    )
    sections = [QUESTION, Section("réponse", 4, 4), Section("données clés", 4, 4)]
    assert [reference(document(), section) for section in sections] == [expected] * 3


def test_a_question_without_answer_says_so() -> None:
    asked = document(metadata=without("answer_date", "answer_page", answered="false"))
    assert reference(asked, QUESTION) == (
        "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, "
        "Haute-Savoie), JO du 21 janvier 2025, p. 232 ; sans réponse publiée"
    )


def test_an_oral_question_is_answered_elsewhere() -> None:
    asked = document(
        kind="question_orale",
        author="Mme Karen Erodi",
        date="2026-05-05",
        metadata={
            "number": "743",
            "group": "La France insoumise - Nouveau Front Populaire",
            "department": "Tarn",
            "answered": "false",
        },
    )
    assert reference(asked, QUESTION) == (
        "Question orale n° 743 de Mme Karen Erodi (La France insoumise - Nouveau Front "
        "Populaire, Tarn), JO du 5 mai 2026 ; réponse non reproduite"
    )


@pytest.mark.parametrize(
    ("metadata", "ending"),
    [
        (
            without("question_page", "answer_page"),
            ", JO du 21 janvier 2025 ; réponse publiée au JO le 17 juin 2025",
        ),
        (
            without("answer_date", "answer_page"),
            ", JO du 21 janvier 2025, p. 232 ; réponse publiée",
        ),
        (without("answer_date", "answer_page", "answered"), ", JO du 21 janvier 2025, p. 232"),
    ],
)
def test_what_is_not_known_is_left_out(metadata: dict[str, str], ending: str) -> None:
    head = "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, Haute-Savoie)"
    assert reference(document(metadata=metadata), QUESTION) == head + ending


def test_a_question_of_which_little_is_known() -> None:
    bare = document(kind="question_gouvernement", author=None, date=None, metadata={})
    assert reference(bare, QUESTION) == "Question au Gouvernement"


def test_de_is_elided_before_a_vowel() -> None:
    asked = document(author="Élodie Martin", metadata={"number": "7", "department": "Ain"})
    assert reference(asked, QUESTION) == (
        "Question écrite n° 7 d'Élodie Martin (Ain), JO du 21 janvier 2025"
    )


def test_a_press_article_has_author_title_publisher_date_and_address() -> None:
    article = document(
        kind="presse",
        author="Benoît Roux et AFP",
        title="« Tout le monde s’en fout »\u00a0: violences",
        publisher="France 3 Occitanie",
        date="2025-05-01",
        url="https://example.org/a.html",
        metadata={},
    )
    assert reference(article, Section("corps", 0, 4)) == (
        "Benoît Roux et AFP, « “Tout le monde s’en fout” : violences », France 3 Occitanie, "
        "1er mai 2025, https://example.org/a.html"
    )


def test_a_publisher_who_is_the_author_is_named_once() -> None:
    page = document(kind="page_web", author="Cnil", publisher="Cnil", date=None, title="Les droits")
    assert reference(page, Section("corps", 0, 4)) == "Cnil, « Les droits »"


def test_a_text_of_which_nothing_is_known_goes_by_its_file() -> None:
    note = document(kind="texte", author=None, publisher=None, date=None, title=None, metadata={})
    assert reference(note, Section("texte", 0, 4)) == "002.txt"


@pytest.mark.parametrize(
    ("title", "section", "metadata", "expected"),
    [
        (
            "Code de l'action sociale et des familles",
            "Article L. 221-1",
            {"article": "L. 221-1, L. 221-2", "version_date": "2022-02-09"},
            "Article L. 221-1, Code de l'action sociale et des familles, version du 9 février 2022",
        ),
        (
            "Article L221-9",
            "Article L221-9",
            {"code": "Code pénal", "article": "L221-9"},
            "Article L221-9, Code pénal, version du 21 janvier 2025",
        ),
        (
            None,
            "corps",
            {"article": "375", "code": "Code civil", "version_date": "2024-01-01"},
            "article 375, Code civil, version du 1er janvier 2024",
        ),
    ],
)
def test_a_law_has_article_code_and_version(
    title: str | None, section: str, metadata: dict[str, str], expected: str
) -> None:
    law = document(kind="loi", title=title, publisher=None, author=None, metadata=metadata)
    assert reference(law, Section(section, 0, 4)) == expected


def test_a_law_without_date_shows_none() -> None:
    law = document(kind="loi", title="Article 1er", publisher="Légifrance", date=None, metadata={})
    assert reference(law, Section("corps", 0, 4)) == "Article 1er, Légifrance"
