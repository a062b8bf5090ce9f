"""Plain text, Markdown, HTML and law."""

from pathlib import Path

import pytest

from aseqa.read import read_file
from aseqa.read.headings import is_marked_heading
from aseqa.read.lines import Line
from aseqa.read.markdown import read_markdown
from aseqa.read.plain import read_plain
from aseqa.records import Document, Voice

DATA = Path(__file__).parent / "data" / "read"


def told(document: Document) -> list[tuple[str, str]]:
    return [(s.name, document.text[s.start : s.end]) for s in document.sections]


def read_bytes(raw: bytes, name: str, folder: Path) -> list[Document]:
    path = folder / name
    path.write_bytes(raw)
    return read_file(path, name)


# Markdown


def test_markdown_with_front_matter() -> None:
    [document] = read_file(DATA / "note.md", "notes/note.md")
    assert document.id == "note"
    assert document.source == "notes/note.md"
    assert document.kind == "rapport"
    assert document.title == "Note sur le 119"
    assert document.date == "2024-05-03"
    assert document.author == "Claire Vidal, Omar Saïdi"
    assert document.publisher == "Observatoire de l'enfance"
    assert document.url == "https://www.observatoire.example/note-119"
    assert dict(document.metadata) == {"thèmes": "écoute, repérage", "pages": "12"}
    assert {s.voice for s in document.sections} == {
        Voice("association", "Observatoire de l'enfance")
    }
    assert {s.date for s in document.sections} == {"2024-05-03"}


def test_markdown_sections() -> None:
    [document] = read_file(DATA / "note.md", "note.md")
    assert told(document) == [
        ("texte", "Ce document est une note de travail."),
        ("Le 119", "Le 119\n\nLe 119 reçoit **des appels** chaque nuit."),
        ("Les suites", "Les suites\n\nUn appel sur deux est transmis."),
        ("Les suites", "# pas un titre"),
        ("Bilan", "Bilan"),
        ("Bilan", "Le bilan paraît en juin."),
    ]


def test_front_matter_in_a_text_file(tmp_path: Path) -> None:
    raw = "---\ntitle: Décision\ndate: 3 mai 2024\ntype: avis\n---\nLe foyer ferme.\n".encode()
    [document] = read_bytes(raw, "avis.txt", tmp_path)
    assert (document.title, document.date, document.kind) == ("Décision", "2024-05-03", "avis")
    assert told(document) == [("texte", "Le foyer ferme.")]


def test_a_rule_is_no_front_matter() -> None:
    [document] = read_markdown("---\n\nAvant : rien.\n\n---\n\n# Après\n\nTout.\n", "r.md", "")
    assert told(document) == [("texte", "Avant : rien."), ("Après", "Après\n\nTout.")]
    assert document.title == "Après"


def test_articles_of_law(tmp_path: Path) -> None:
    law = (
        "# Article L223-3-1\n\nSi l'enfant est confié au service, le juge fixe :\n\n"
        "1° La fréquence des droits de visite ;\n\n2° Leur durée.\n"
    )
    [document] = read_bytes(law.encode(), "article-l223-3-1.md", tmp_path)
    assert document.id == "article-l223-3-1"
    assert document.kind == "loi"
    assert document.title == "Article L223-3-1"
    assert dict(document.metadata) == {"article": "L223-3-1"}
    assert told(document) == [("Article L223-3-1", law.strip("# \n"))]
    assert document.sections[0].voice == Voice("loi", "Article L223-3-1")


# Plain text


def test_plain_text_with_headings() -> None:
    text = (
        "Note de service\n\nLe foyer ouvre lundi.\n\nLES HORAIRES\n\nDe 8 h à 20 h.\n\n"
        "II. – Les repas\n\n- midi ;\n- soir.\n\n=====\n\nRappel important\n\nFermez les portes.\n"
        "\nLa direction\n"
    )
    [document] = read_plain(text, "note.txt", "")
    assert document.kind == "texte"
    assert document.title == "Note de service"
    assert document.date is None
    assert told(document) == [
        ("Note de service", "Note de service\n\nLe foyer ouvre lundi."),
        ("LES HORAIRES", "LES HORAIRES\n\nDe 8 h à 20 h."),
        ("II. – Les repas", "II. – Les repas\n\n- midi ;\n- soir."),
        ("Rappel important", "Rappel important\n\nFermez les portes.\n\nLa direction"),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("II. – Le repérage", True),
        ("A) Le cadre légal", True),
        ("1.2 Les suites", True),
        ("3. Les suites", True),
        ("Chapitre 2", True),
        ("LE CADRE LÉGAL", True),
        ("A-t-il répondu", False),
        ("M. Petit", False),
        ("ASE", False),
        ("7 450 enfants", False),
        ("LE CADRE EST POSÉ.", False),
    ],
)
def test_marked_headings(line: str, heading: bool) -> None:
    assert is_marked_heading(Line(0, len(line), line, 0, True)) is heading


def test_a_numbered_list_is_no_run_of_headings() -> None:
    [document] = read_plain("Il faut apporter :\n1. Pain\n2. Lait\n", "liste.txt", "")
    assert [name for name, _ in told(document)] == ["texte"]


def test_wrapped_prose_has_neither_title_nor_headings() -> None:
    text = (
        "Le foyer accueille des enfants que le juge a confiés au département,\n"
        "Parfois pour des années. Les éducateurs changent souvent\n"
        "et les enfants restent.\n"
    )
    [document] = read_plain(text, "prose.txt", "")
    assert document.title is None
    assert told(document) == [("texte", text.strip())]


# HTML


def test_html_page() -> None:
    [document] = read_file(DATA / "page.html", "page.html")
    assert document.id == "page"
    assert document.kind == "page_web"
    assert document.title == "Le 119 en chiffres"
    assert document.date == "2024-03-05"
    assert document.author == "Anne Lefèvre"
    assert document.publisher == "Observatoire de l'enfance"
    assert document.url == "https://www.observatoire.example/119"
    assert dict(document.metadata) == {}
    assert document.sections[0].voice == Voice("autre", "Observatoire de l'enfance")
    assert told(document) == [
        (
            "Le 119 en chiffres",
            "Le 119 en chiffres\n\nLe service national d'accueil téléphonique a reçu 38 000 appels "
            "pendant l'année 2023, d'après son rapport annuel. C'est plus qu'en 2022.",
        ),
        (
            "Qui appelle ?",
            "Qui appelle ?\n\nLes mères appellent le plus souvent, puis les voisins et les enfants "
            "eux-mêmes.\nUn appel sur dix vient d'un enfant.\n\n- mères : 28 %\n- enfants : 12 %"
            "\n\n« Chaque appel compte », dit la directrice.",
        ),
        (
            "Les suites",
            "Les suites\n\nPlus de 20 000 informations préoccupantes ont été transmises aux "
            "départements.\n\nAnnée | Appels\n2022 | 36 000",
        ),
    ]


def test_html_short_fragment_without_a_stated_date(tmp_path: Path) -> None:
    raw = "<p>Un foyer ferme à Albi le 3 mai 2019.</p>".encode()
    [document] = read_bytes(raw, "bref.htm", tmp_path)
    assert told(document) == [("texte", "Un foyer ferme à Albi le 3 mai 2019.")]
    assert (document.title, document.date, document.publisher) == (None, None, None)


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "inconnu"])
def test_html_charset(declared: str, tmp_path: Path) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>Été à l\'hôtel.</p></body>'
    [document] = read_bytes(page.encode("iso-8859-1"), "page.html", tmp_path)
    assert document.text == "Été à l'hôtel."


def test_html_of_a_parliamentary_question(tmp_path: Path) -> None:
    page = (
        '<html><head><link rel="canonical" href="https://questions.example/q17-12"></head><body>'
        "<article><h2>Les foyers</h2><p>Question écrite n° 12</p><h3>Texte de la question</h3>"
        "<p>Mme Ida Roux demande à M. le ministre combien de foyers ferment chaque année.</p>"
        "<h3>Données clés</h3><p>Auteur : Mme Ida Roux</p></article></body></html>"
    )
    [document] = read_bytes(page.encode(), "q.html", tmp_path)
    assert document.kind == "question_ecrite"
    assert document.author == "Mme Ida Roux"
    assert document.url == "https://questions.example/q17-12"
    assert [section.name for section in document.sections] == [
        "en-tête",
        "question",
        "données clés",
    ]
