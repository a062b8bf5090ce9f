"""Articles of legal codes: in Markdown, with front matter, and as Légifrance prints them."""

from pathlib import Path

import pytest

from aseqa.cite import reference
from aseqa.read import read_file
from aseqa.read.law import law_metadata, looks_law, read_law
from aseqa.read.markdown import read_markdown
from aseqa.records import Document, Voice
from aseqa.split import split_document

DATA = Path(__file__).parent / "data" / "law"
CASF = "Code de l'action sociale et des familles"
PRINTED = """Code de l'action sociale et des familles

Version en vigueur au 22 novembre 2026

Partie législative (Articles L111-1 à L583-5)
Livre II : Différentes formes d'aide et d'action sociales (Articles L211-1 à L282-3)

Naviguer dans le sommaire du code

Article L221-3

Version en vigueur depuis le 01 janvier 2016

Modifié par LOI n°2015-1776 du 28 décembre 2015 - art. 61
Lorsqu'une famille change de département, le président en informe son homologue.

Les modalités sont définies par décret.

Liens relatifs
"""
NEXT = """
Chapitre III : Droits des familles (Articles L223-1 à L223-8)

Article L. 223-1
Version en vigueur du 16 mars 2016 au 9 février 2022
Toute personne est informée.
"""


def parts(document: Document) -> list[tuple[str, str]]:
    return [(s.name, document.text[s.start : s.end]) for s in document.sections]


# Markdown


@pytest.mark.parametrize(
    ("name", "number", "count"),
    [("article-l221-3.md", "L221-3", 3), ("article-l222-4-2.md", "L222-4-2", 1)],
)
def test_an_article_a_file(name: str, number: str, count: int) -> None:
    [document] = read_file(DATA / name, name)
    assert document.kind == "loi"
    assert document.title == f"Article {number}"
    assert dict(document.metadata) == {"article": number}
    sentences, _ = split_document(document)
    assert sum(sentence.role != "heading" for sentence in sentences) == count
    assert {sentence.voice for sentence in sentences} == {Voice("loi", f"Article {number}")}
    assert reference(document, document.sections[0]) == f"Article {number}"


@pytest.mark.parametrize(
    "stated",
    [
        "version: 2020-09-01",
        "en_vigueur_le: 1er septembre 2020",
        "date: 2020-09-01",
        "En vigueur au: 01/09/2020",
    ],
)
def test_front_matter_gives_code_and_version(stated: str) -> None:
    article = (DATA / "article-l221-3.md").read_text(encoding="utf-8")
    text = f"---\ncode: {CASF}\n{stated}\n---\n{article}"
    [document] = read_markdown(text, "article-l221-3.md", "")
    assert dict(document.metadata) == {
        "article": "L221-3",
        "code": CASF,
        "version_date": "2020-09-01",
    }
    assert document.date == "2020-09-01"
    assert {section.date for section in document.sections} == {"2020-09-01"}
    assert reference(document, document.sections[0]) == (
        f"{CASF}, article L221-3, version en vigueur au 1er septembre 2020"
    )


def test_front_matter_names_the_article() -> None:
    text = "---\ncode: Code civil\narticle: 375-3\nversion: 2022-02-09\n---\nLe juge confie.\n"
    [document] = read_markdown(text, "375-3.md", "")
    assert (document.kind, document.title) == ("loi", "Article 375-3")
    assert parts(document) == [("texte", "Le juge confie.")]
    assert reference(document, document.sections[0]) == (
        "Code civil, article 375-3, version en vigueur au 9 février 2022"
    )


def test_a_code_that_is_named_has_articles_without_letter() -> None:
    [document] = read_markdown("---\ncode: Code civil\n---\n# Article 375\n\nSi.\n", "c.md", "")
    assert (document.kind, document.metadata["article"]) == ("loi", "375")
    [document] = read_markdown("# Article 375\n\nSi.\n", "c.md", "")
    assert (document.kind, dict(document.metadata)) == ("texte", {})


def test_another_kind_of_code_or_version_is_left_alone() -> None:
    text = "---\ncode: 69001\nversion: 2\n---\n# Rapport\n\nDit.\n"
    [document] = read_markdown(text, "r.md", "")
    assert (document.kind, dict(document.metadata)) == ("texte", {"code": "69001", "version": "2"})
    assert law_metadata({"version": "2"}) == {"version": "2"}


# As Légifrance prints them


def test_a_printed_article() -> None:
    assert looks_law(PRINTED)
    [document] = read_law(PRINTED, "codes/l221-3.txt", "")
    assert (document.id, document.kind, document.title) == ("l221-3", "loi", "Article L221-3")
    assert (document.publisher, document.date) == ("Légifrance", "2016-01-01")
    assert dict(document.metadata) == {
        "article": "L221-3",
        "code": CASF,
        "version_date": "2016-01-01",
        "amended": "Modifié par LOI n°2015-1776 du 28 décembre 2015 - art. 61",
    }
    assert parts(document)[-1] == (
        "Article L221-3",
        "Lorsqu'une famille change de département, le président en informe son homologue.\n\n"
        "Les modalités sont définies par décret.",
    )
    assert document.sections[-1].voice == Voice("loi", "Article L221-3")
    head = [words for name, words in parts(document) if name == "en-tête"]
    assert head[1].startswith("Article L221-3\n\nVersion en vigueur depuis le 01 janvier 2016")
    assert "Naviguer" not in "".join(head)
    assert reference(document, document.sections[-1]) == (
        f"{CASF}, article L221-3, version en vigueur au 1er janvier 2016"
    )


def test_several_printed_articles() -> None:
    documents = read_law(PRINTED + NEXT, "codes/titre.txt", "")
    assert [d.id for d in documents] == ["titre#1", "titre#2"]
    assert parts(documents[0])[-1][1].endswith("par décret.")
    second = documents[1]
    assert (second.title, second.metadata["code"]) == ("Article L. 223-1", CASF)
    assert second.metadata["version_end"] == "2022-02-09"
    assert parts(second)[-1] == ("Article L. 223-1", "Toute personne est informée.")
    assert reference(second, second.sections[-1]) == (
        f"{CASF}, article L. 223-1, version en vigueur du 16 mars 2016 au 9 février 2022"
    )


def test_a_repealed_article() -> None:
    text = (
        "Code civil\n\nArticle 375-9-3\n\nVersion abrogée depuis le 08 février 2022\n\n"
        "Abrogé par LOI n°2022-140\n\nRien."
    )
    [document] = read_law(text, "a.txt", "")
    assert document.metadata["version_end"] == "2022-02-08"
    assert "version_date" not in document.metadata
    assert parts(document)[-1] == ("Article 375-9-3", "Rien.")


@pytest.mark.parametrize(
    "text",
    [
        "Le Code civil, article 375, le dit.\n\nVersion en vigueur depuis le 1er mars 2016.",
        "Contrat de location\n\nArticle 3\n\nLe loyer est dû.",
        "# Article L221-9\n\nLe contrôle du service est exercé.",
        "Code civil\n\nUn résumé.",
        "",
    ],
)
def test_what_is_no_printed_article(text: str) -> None:
    assert not looks_law(text)
