"""PDF files: reading order, mended words, tables, notes, boxes, scans, damage."""

import pickle
import shutil
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.errors import ReadError
from aseqa.read.pdf import read_pdf
from aseqa.read.pdf_facts import author_of, created_of, kind_of, title_of
from aseqa.read.pdf_hyphens import count_words, keeps_hyphen
from aseqa.records import Box, Document, Sentence, Voice
from aseqa.split import split_document

DATA = Path(__file__).parent / "data" / "pdf"
# The footnotes that sentences call, by how the sentences end.
CALLS = {"été confiés.": "1", "en familial.": "2"}
CAN_RECOGNISE = shutil.which("tesseract") is not None


def read(name: str) -> Document:
    [document] = read_pdf((DATA / name).read_bytes(), name, "ab")
    return document


def sentences(document: Document) -> list[Sentence]:
    return split_document(document)[0]


def texts(document: Document, section: str) -> list[str]:
    return [s.text for s in sentences(document) if document.sections[s.section].name == section]


def boxes(document: Document, words: str) -> list[tuple[int, ...]]:
    start = document.text.index(words)
    return [rounded(box) for box in boxes_between(document, start, start + len(words))]


def boxes_between(document: Document, start: int, end: int) -> tuple[Box, ...]:
    assert document.layout is not None
    return document.layout.boxes(start, end)


def rounded(box: Box) -> tuple[int, ...]:
    return (box.page, *(round(side) for side in (box.left, box.bottom, box.right, box.top)))


def letters(text: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum()]


def assert_sound(document: Document) -> None:
    text = document.text
    ranges = [(section.start, section.end) for section in document.sections]
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(end <= start for (_, end), (start, _) in pairwise(ranges))
    for sentence in sentences(document):
        assert text[sentence.start : sentence.end] == sentence.text
        for box in boxes_between(document, sentence.start, sentence.end):
            assert box.page >= 1
            assert box.left <= box.right
            assert box.bottom <= box.top


# Columns, hyphens, running lines


def test_columns_are_read_one_after_the_other_without_running_lines() -> None:
    document = read("colonnes.pdf")
    title = "Rapport 2023 sur l’accueil des enfants confiés"
    assert [section.name for section in document.sections] == [
        title,
        "1. Les places d’accueil",
        "2. Les délais",
    ]
    assert texts(document, title) == [
        title,
        "Publié le 14 mars 2024",
        "La protection de l’enfance est une compétence du département depuis 1983.",
        "Chaque enfant confié a un référent, qui tient à jour le projet pour l’enfant et "
        "l’explique aux parents.",
        "L’action socio-éducative se fait au domicile.",
        "Elle est décidée par le juge ou convenue avec la famille.",
        "Une mesure d’action socio-éducative dure six mois et peut être renouvelée par "
        "l’inspectrice.",
        "Les éducateurs suivent en moyenne vingt-huit mesures chacun.",
        "Le Conseil départemental avait promis un plafond de vingt-cinq.",
        "Cette promesse n’est tenue que dans deux territoires sur sept, à Saint-Aubin et à "
        "Val-de-Brenne, où des postes ont été créés.",
        "Ailleurs, l’efficacité du suivi baisse.",
    ]
    assert "Observatoire des Deux-Rives" not in document.text
    assert "Page" not in document.text


def test_a_list_goes_on_over_the_page() -> None:
    document = read("colonnes.pdf")
    assert texts(document, "2. Les délais")[-6:] == [
        "Le délai s’allonge.",
        "Trois causes reviennent dans les réponses :",
        "les postes vacants d’éducateurs spécialisés, nombreux dans le nord du département et "
        "dans les foyers éloignés des villes ;",
        "les arrêts de travail ;",
        "la fermeture du foyer de Brenne.",
        "Aucun territoire ne prévoit d’amélioration avant 2025.",
    ]


def test_a_quote_over_two_columns_has_one_box_a_line() -> None:
    document = read("colonnes.pdf")
    assert boxes(document, "Une mesure d’action socio-éducative dure six mois") == [
        (1, 167, 357, 199, 364),
        (1, 45, 344, 123, 351),
        (1, 217, 451, 312, 460),
    ]
    assert boxes(document, "Aucun territoire") == [(2, 45, 436, 109, 445)]


@pytest.mark.parametrize(
    ("before", "after", "lines", "kept"),
    [
        ("la protec", "tion de l’enfance", [], False),
        ("l’action socio", "éducative", [], True),
        ("l’action socio", "éducative", ["un suivi socioéducatif", "socioéducative"], False),
        ("le porte", "parole du foyer", ["un porte-parole"], True),
        ("le porte", "parole du foyer", [], False),
        ("à Saint", "Denis", [], True),
        ("en 2023", "2024", [], True),
        ("c’est-à", "dire", [], True),
        ("les sous-préfec", "tures", [], False),
        ("elle-même, lui", "même", [], True),
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, lines: list[str], kept: bool) -> None:
    assert keeps_hyphen(before, after, count_words(lines)) is kept


# Tables


def test_each_row_of_a_table_is_a_sentence_with_its_header() -> None:
    document = read("colonnes.pdf")
    assert texts(document, "1. Les places d’accueil")[2:5] == [
        "| Territoire : Saint-Aubin | Enfants confiés : 412 | Places : 398 |",
        "| Territoire : Val-de-Brenne | Enfants confiés : 1 205 | Places : 1 120 |",
        "| Territoire : Les Deux-Rives et leur arrière-pays | Enfants confiés : 87 | Places : 91 |",
    ]
    assert texts(document, "2. Les délais")[1:4] == [
        "| Année : 2021 | Mesures en attente : 64 | Délai moyen : 31 jours |",
        "| Année : 2022 | Mesures en attente : 90 | Délai moyen : 45 jours |",
        "| Année : 2023 | Mesures en attente : 131 | Délai moyen : 58 jours |",
    ]
    row = "| Année : 2022 | Mesures en attente : 90 | Délai moyen : 45 jours |"
    assert boxes(document, row) == [(1, 45, 113, 233, 122), (1, 45, 84, 214, 92)]


def test_spanning_cells_and_a_table_over_two_pages() -> None:
    document = read("tableaux.pdf")
    assert [s.text for s in sentences(document)] == [
        "Les foyers de l’enfance en 2023",
        "Chaque foyer a déclaré ses places et ses éducateurs.",
        "| Département : Ardèche | Foyer : Les Tilleuls | Places : 24 |",
        "| Département : Ardèche | Foyer : La Source | Places : 18 |",
        "| Département : Drôme | Foyer : Le Grand-Pré, ouvert en 2019 pour les fratries séparées "
        "| Places : 32 |",
        "Le tableau suivant donne les motifs d’admission.",
        "| Négligences | Garçons : 112 | Filles : 97 |",
        "| Violences | Garçons : 80 | Filles : 76 |",
        "| Mineurs isolés | Garçons : 61 | Filles : 9 |",
        "| dont moins de 15 ans | Garçons : 8 | Filles : 2 |",
        "| Autres motifs | Garçons : 33 | Filles : 41 |",
        "Les violences reculent.",
    ]
    assert {box[0] for box in boxes(document, "| Autres motifs | Garçons : 33")} == {1, 2}


# Footnotes, exponents, sentences over pages


def test_a_sentence_over_two_pages_and_the_notes_after_it() -> None:
    document = read("note.pdf")
    assert texts(document, "Le cadre légal") == [
        "Le cadre légal",
        "La loi du 7 février 2022 oblige le département à prendre en charge jusqu’à 21 ans les "
        "jeunes qui lui ont été confiés.",
        "Elle vaut aussi pour ceux qui n’ont pas de soutien familial.",
        "Une chambre de 9 m² est le minimum.",
        "Le 1er janvier, 640 jeunes majeurs avaient un contrat.",
        "Un an plus tôt, ils étaient 580.",
        "Le contrat dit les besoins du jeune, les aides que le service lui apporte, les "
        "rendez-vous qu’il s’engage à tenir et la personne qui l’accompagne dans ses démarches de "
        "logement, de santé et d’emploi.",
        "Les jeunes les plus isolés ne signent pas de contrat, parce qu’ils ne savent pas qu’ils "
        "y ont droit ou parce que leur référent a changé plusieurs fois pendant l’année, ce que "
        "le rapport de l’inspection avait déjà relevé en 2021 sans que rien ne change depuis dans "
        "les quatre territoires visités.",
    ]
    assert texts(document, "notes") == [
        "Loi n° 2022-140 relative à la protection des enfants.",
        "350 jeunes sont dans ce cas, selon l’enquête menée auprès de tous les foyers du "
        "département en 2023.",
    ]
    assert [section.name for section in document.sections][-1] == "Les suites"
    pages = [
        box[0]
        for box in boxes(
            document,
            "Les jeunes les plus isolés ne signent pas de contrat, "
            "parce qu’ils ne savent pas qu’ils y ont droit ou parce que leur référent a changé "
            "plusieurs fois",
        )
    ]
    assert pages == [1, 1, 2]
    assert "note interne" not in document.text


def test_text_that_runs_upwards() -> None:
    document = read("paysage.pdf")
    assert [s.text for s in sentences(document)] == [
        "Les effectifs",
        "Le service compte douze agents, dont trois à temps partiel, et deux postes restent "
        "vacants depuis le mois de janvier malgré les annonces publiées.",
        "Un recrutement est prévu.",
    ]
    assert boxes(document, "Un recrutement est prévu.") == [(1, 103, 305, 113, 418)]


# Boxes


@pytest.mark.parametrize("name", ["colonnes.pdf", "tableaux.pdf", "note.pdf", "paysage.pdf"])
def test_boxes_hold_the_letters_of_their_sentence(name: str) -> None:
    document = read(name)
    assert_sound(document)
    with pypdfium2.PdfDocument(DATA / name) as pdf:
        pages = [page.get_textpage() for page in pdf]
        for sentence in sentences(document):
            printed = "".join(
                pages[box.page - 1].get_text_bounded(box.left, box.bottom, box.right, box.top)
                for box in boxes_between(document, sentence.start, sentence.end)
            )
            said, seen = letters(sentence.text), letters(printed)
            call = CALLS.get(sentence.text[-12:], "") if name == "note.pdf" else ""
            if call or sentence.text.startswith("|"):
                # A call is printed and not in the text; a row's cells follow their names.
                assert Counter(seen) - Counter(said) == Counter(call)
                assert not Counter(said) - Counter(seen)
            else:
                assert said == seen


def test_layout_is_pickled_and_gives_no_box_for_nothing() -> None:
    layout = read("note.pdf").layout
    assert layout is not None
    again = pickle.loads(pickle.dumps(layout))
    assert again.boxes(100, 300) == layout.boxes(100, 300) != ()
    assert layout.boxes(5, 5) == ()


# Title, author, date, kind


def test_facts_of_a_report() -> None:
    document = read("colonnes.pdf")
    assert (document.id, document.source, document.sha256) == ("colonnes", "colonnes.pdf", "ab")
    assert document.kind == "rapport"
    assert document.title == "Rapport 2023 sur l’accueil des enfants confiés"
    assert (document.date, document.author) == ("2024-03-14", None)
    created = document.metadata["created"]
    assert dict(document.metadata) == {"created": created}


def test_facts_that_say_nothing_are_not_believed() -> None:
    note, tables = read("note.pdf"), read("tableaux.pdf")
    assert note.title == "La prise en charge des jeunes majeurs"
    assert (note.kind, note.author, note.date) == ("pdf", "Claire Vidal", "2024-05-03")
    assert {section.voice for section in note.sections} == {Voice("autre", "Claire Vidal")}
    assert tables.title == "Les foyers de l’enfance en 2023"
    assert tables.date == tables.metadata["created"]
    assert tables.metadata["date_source"] == "pdf"


@pytest.mark.parametrize(
    ("facts", "title", "author", "created"),
    [
        (
            {"Title": "Avis sur les foyers", "Author": "Anne Roux"},
            "Avis sur les foyers",
            "Anne Roux",
            None,
        ),
        ({"Title": "Microsoft Word - avis.doc", "Author": "Utilisateur"}, None, None, None),
        ({"Title": "rapport_v2.pdf", "Author": "Microsoft Office User"}, None, None, None),
        ({"Title": "Sans titre", "CreationDate": "D:20240229"}, None, None, "2024-02-29"),
        ({"CreationDate": "D:20230229101500Z"}, None, None, None),
        ({"CreationDate": "hier"}, None, None, None),
    ],
)
def test_stated_facts(
    facts: dict[str, str], title: str | None, author: str | None, created: str | None
) -> None:
    assert (title_of(facts, []), author_of(facts), created_of(facts)) == (title, author, created)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rapport annuel", "rapport"),
        ("Le rapport de l’inspection", "rapport"),
        ("Les mesures par rapport à 2022", "pdf"),
        ("Le rapport au père", "pdf"),
        (None, "pdf"),
    ],
)
def test_reports_are_named_so(title: str | None, kind: str) -> None:
    assert kind_of(title, []) == kind


# Scans


def test_a_scan_is_recognised_or_refused() -> None:
    if not CAN_RECOGNISE:
        with pytest.raises(ReadError, match=r"numerise\.pdf est numérisé, sans texte"):
            read("numerise.pdf")
        return
    document = read("numerise.pdf")
    assert document.metadata["ocr"] == "true"
    assert document.title == "La prise en charge des jeunes majeurs"
    assert document.date == "2024-05-03"
    found = [s.text for s in sentences(document)]
    assert "Un an plus tôt, ils étaient 580." in found
    long = next(text for text in found if text.startswith("Le contrat dit"))
    assert long.endswith("dans ses démarches de logement, de santé et d’emploi.")
    assert_sound(document)
    words = "Le contrat dit les besoins du jeune"
    [scanned], [printed] = boxes(document, words), boxes(read("note.pdf"), words)
    assert all(abs(ours - theirs) <= 4 for ours, theirs in zip(scanned, printed, strict=True))


def test_a_scan_without_tesseract_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError) as fault:
        read("numerise.pdf")
    assert str(fault.value).startswith("Le fichier numerise.pdf est numérisé, sans texte.")
    assert "tesseract-ocr-fra" in str(fault.value)


def test_a_scanned_page_among_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = merged(tmp_path, "note.pdf", "numerise.pdf")
    [document] = read_pdf(mixed, "mixte.pdf", "")
    if CAN_RECOGNISE:
        assert document.metadata["ocr"] == "true"
        assert "pages_without_text" not in document.metadata
        assert {s.text for s in sentences(document) if pages_of(document, s) == {3}} >= {
            "Un an plus tôt, ils étaient 580."
        }
    monkeypatch.setenv("PATH", str(tmp_path))
    [document] = read_pdf(mixed, "mixte.pdf", "")
    assert document.metadata["pages_without_text"] == "3"
    assert "ocr" not in document.metadata
    assert document.title == "La prise en charge des jeunes majeurs"


def merged(folder: Path, *names: str) -> bytes:
    with pypdfium2.PdfDocument.new() as target:
        for name in names:
            with pypdfium2.PdfDocument(DATA / name) as part:
                target.import_pages(part)
        target.save(folder / "mixte.pdf")
    return (folder / "mixte.pdf").read_bytes()


def pages_of(document: Document, sentence: Sentence) -> set[int]:
    return {box.page for box in boxes_between(document, sentence.start, sentence.end)}


# Files that cannot be read


def test_passwords() -> None:
    with pytest.raises(ReadError, match=r"protege\.pdf est protégé par un mot de passe"):
        read("protege.pdf")
    assert read("restreint.pdf").text == read("note.pdf").text


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7\n", b"du texte", b"\x00" * 2000])
def test_what_is_no_pdf_is_damaged(raw: bytes) -> None:
    with pytest.raises(ReadError, match=r"x\.pdf est abîmé ou incomplet"):
        read_pdf(raw, "x.pdf", "")


def test_a_truncated_file_is_damaged() -> None:
    raw = (DATA / "note.pdf").read_bytes()
    with pytest.raises(ReadError, match=r"note\.pdf est abîmé ou incomplet"):
        read_pdf(raw[: len(raw) // 3], "note.pdf", "")


def test_a_blank_file_has_nothing_to_read(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument.new() as pdf:
        pdf.new_page(300, 400)
        pdf.save(tmp_path / "blanc.pdf")
    with pytest.raises(ReadError, match=r"blanc\.pdf ne contient aucun texte à lire"):
        read_pdf((tmp_path / "blanc.pdf").read_bytes(), "blanc.pdf", "")


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_damage_gives_a_sound_document_or_a_message(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["note.pdf", "tableaux.pdf", "paysage.pdf", "numerise.pdf"]))
    raw = bytearray((DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    with pytest.MonkeyPatch.context() as patch:
        # Without Tesseract, which would take seconds for each scan.
        patch.setenv("PATH", "")
        try:
            [document] = read_pdf(bytes(raw), name, "")
        except ReadError as fault:
            assert name in str(fault)
            return
    assert_sound(document)
