"""CSV and XLSX: a row is one sentence that names its columns."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
import python_calamine as calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.errors import ReadError
from aseqa.read.number_formats import show_number
from aseqa.read.table import read_csv
from aseqa.read.xlsx import read_xlsx
from aseqa.records import Document
from aseqa.split import split_document

DATA = Path(__file__).parent / "data" / "tables"
CSV = (DATA / "mesures.csv").read_bytes()
XLSX = (DATA / "mesures.xlsx").read_bytes()


def told(document: Document) -> list[tuple[str, str]]:
    """Give the sections and their words; white space that keeps together is made plain."""
    words = document.text.replace("\u202f", " ").replace("\u00a0", " ")
    return [(s.name, words[s.start : s.end]) for s in document.sections]


def rows(text: str | bytes, name: str = "t.csv") -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    [document] = read_csv(raw, name, "")
    assert_sound(document)
    return [words for _, words in told(document)]


def assert_sound(document: Document) -> None:
    sentences, passages = split_document(document)
    assert all(document.text[s.start : s.end] == s.text for s in [*sentences, *passages])
    spans = [(s.start, s.end) for s in document.sections]
    assert all(0 <= start < end <= len(document.text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


# Real files


def test_xlsx_of_libreoffice() -> None:
    [document] = read_xlsx(XLSX, "chiffres/mesures.xlsx", "abc")
    assert (document.id, document.kind, document.sha256) == ("mesures", "tableau", "abc")
    assert (document.title, document.date, document.author) == ("mesures", None, None)
    assert told(document) == [
        ("Mesures, ligne 1", "Mesures de placement au 31 décembre 2023 (données fictives)"),
        (
            "Mesures, ligne 5",
            "Région : Occitanie ; Département : Tarn ; Enfants placés, 2022 : 1 180 ; "
            "Enfants placés, 2023 : 1 239 ; Évolution : 5 % ; Coût par jour : 1 187,50 € ; "
            "Date : 2024-05-03.",
        ),
        (
            "Mesures, ligne 6",
            "Région : Occitanie ; Département : Lot (partiel) ; Enfants placés, 2022 : 410 ; "
            "Enfants placés, 2023 : 412,5 ; Évolution : 0,6 % ; Date : 2024-06-01.",
        ),
        (
            "Mesures, ligne 8",
            "Région : Bretagne ; Département : Finistère ; Enfants placés, 2023 : 20 000 ; "
            "Coût par jour : vrai.",
        ),
        ("Mesures, ligne 10", "Source : enquête fictive, 2024."),
        ("Codes, ligne 2", "Commune : Bourg-en-Bresse ; Code : 01000."),
    ]
    assert [s.date for s in document.sections] == [
        None,
        "2024-05-03",
        "2024-06-01",
        None,
        None,
        None,
    ]


def test_csv_of_french_excel() -> None:
    [document] = read_csv(CSV, "mesures.csv", "")
    assert document.title == "Mesures de placement au 31 décembre 2023 (données fictives)"
    assert told(document)[:3] == [
        ("ligne 1", "Mesures de placement au 31 décembre 2023 (données fictives)"),
        (
            "ligne 5",
            "Région : Occitanie ; Département : Tarn ; Enfants placés, 2022 : 1180 ; "
            "Enfants placés, 2023 : 1239 ; Évolution : 5% ; Coût par jour : 1187,5 ; "
            "Note interne : à vérifier ; Date : 03/05/2024.",
        ),
        (
            "ligne 6",
            "Département : Lot (partiel) ; Enfants placés, 2022 : 410 ; Enfants placés, 2023 : "
            "412,5 ; Évolution : 0,609756% ; Date : 01/06/2024.",
        ),
    ]
    assert document.sections[1].date == "2024-05-03"


@pytest.mark.parametrize(
    "read", [lambda: read_csv(CSV, "m.csv", ""), lambda: read_xlsx(XLSX, "m.xlsx", "")]
)
def test_a_row_is_one_sentence_and_one_passage(read) -> None:
    [document] = read()
    sentences, passages = split_document(document)
    assert [s.section for s in sentences] == list(range(len(document.sections)))
    assert [s.section for s in passages] == list(range(len(document.sections)))
    assert [(s.start, s.end) for s in sentences] == [(s.start, s.end) for s in document.sections]
    assert {s.role for s in sentences[1:]} == {"prose"}
    assert_sound(document)


# Delimiters, headers, shapes

CHILDREN = [("Tarn", 41), ("Lot", 97)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    written = io.StringIO()
    table = [["Département", "Taux"], ["Tarn, Sud", "12,5"], ["Lot; Nord", "3\n4"]]
    csv.writer(written, delimiter=delimiter).writerows(table)
    assert rows(written.getvalue()) == [
        "Département : Tarn, Sud ; Taux : 12,5.",
        "Département : Lot; Nord ; Taux : 3 4.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,5;2,5\n", ["colonne 1 : 1,5 ; colonne 2 : 2,5."]),
        ("1,5;2,5\n3,5;4,5\n", [f"colonne 1 : {n},5 ; colonne 2 : {n + 1},5." for n in (1, 3)]),
        ("sep=;\nNom;Âge\nLéa;9\n", ["Nom : Léa ; Âge : 9."]),
        ("Dép.;2021;2022\n81;3;4\n", ["Dép. : 81 ; 2021 : 3 ; 2022 : 4."]),
        (";2021;2022\nTarn;3;4\n", ["colonne 1 : Tarn ; 2021 : 3 ; 2022 : 4."]),
        ("Tarn;412\n", ["colonne 1 : Tarn ; colonne 2 : 412."]),
        ("Tarn;41\nLot;97\n", [f"colonne 1 : {c} ; colonne 2 : {n}." for c, n in CHILDREN]),
        ("Nom;Âge\nLéa\n", ["Léa"]),
        ("Nom;Âge\nLéa;9;Albi;81\n", ["Nom : Léa ; Âge : 9 ; colonne 3 : Albi ; colonne 4 : 81."]),
        ("Nom;Âge;Lieu\nLéa;;Albi\n;12;\n", ["Nom : Léa ; Lieu : Albi.", "Âge : 12."]),
        ("Nom;Avis;Âge\nLéa;-;9\nTom;#N/A;…\n", ["Nom : Léa ; Âge : 9.", "Tom"]),
        ("Dit\nOn m'a déplacé.\nRien\n", ["Dit : On m'a déplacé.", "Dit : Rien."]),
        ("a;b\n", ["colonne 1 : a ; colonne 2 : b."]),
        ("- Nom :;#;Âge\nLéa;9;8\n", ["Nom : Léa ; colonne 2 : 9 ; Âge : 8."]),
        ('Nom;Avis\nLéa;"dit ""non"""\n', ['Nom : Léa ; Avis : dit "non".']),
        ("Nom;Site\nLéa;https://a.fr/b\n", ["Nom : Léa ; Site : https://a.fr/b"]),
    ],
)  # fmt: skip
def test_shapes(text: str, expected: list[str]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    text = "Département;Évolution\r\nHérault;« élevée »\r\n"
    assert rows(text.encode(encoding)) == ["Département : Hérault ; Évolution : « élevée »."]


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    [document] = read_csv(b'Nom;Note\n\n"A\nB";1\nC;2\n', "t.csv", "")
    assert [name for name, _ in told(document)] == ["ligne 3", "ligne 4"]


@pytest.mark.parametrize(
    "cell",
    [
        "Le foyer a fermé. Il rouvrira en mai.",
        "Fermé ! Rouvert ?",
        "« C’est fini. » Il part.",
        "deux motifs : - le feu ; - l’eau",
        "1) le feu ; 2) l’eau",
        "le feu • l’eau",
        "On part… Non.",
        "M. Petit",
        "(voir p. 3)",
        "- le feu",
    ],
)
def test_cells_of_several_sentences_are_not_cut(cell: str) -> None:
    [document] = read_csv(f"Nom;Avis;Lieu\nLéa;{cell};Albi\n".replace(" ;", ",").encode(), "t", "")
    [sentence] = split_document(document)[0]
    [section] = document.sections
    assert (sentence.start, sentence.end) == (section.start, section.end)


def test_a_long_cell_keeps_its_own_sentences() -> None:
    prose = "Le foyer de la rue des Lilas a fermé ses portes en mai. " * 6
    [document] = read_csv(f"Lieu;Avis;Âge\nAlbi;{prose};9\n".encode(), "t.csv", "")
    sentences, passages = split_document(document)
    assert sentences[0].text == "Lieu : Albi ; Âge : 9."
    assert sentences[1].text == "Avis : Le foyer de la rue des Lilas a fermé ses portes en mai."
    assert len(sentences) == 7
    assert {s.section for s in [*sentences, *passages]} == {0}


# Bad CSV files


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "t.csv est vide"),
        (b"a;b\x00\n1;2\n", "t.csv n'est pas du texte"),
        (b'a;b\n1;2\n"3;4\n5;6\n', "t.csv est illisible, ligne 3 (guillemet non fermé)"),
        (b"a;b\n1;" + b"x" * 200_000, "t.csv est illisible, ligne 2 (cellule trop longue)"),
        (b";;;\n-;-\n", "t.csv ne contient aucun texte"),
        (b"a;;;;\n" * 200_001, "t.csv est trop gros pour être lu (plus d'un million de cellules"),
    ],
)
def test_bad_csv(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError) as fault:
        read_csv(raw, "t.csv", "")
    assert said in str(fault.value)


# Number formats


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.75, "0%", "75 %"),
        (0.125, "0.0%", "12,5 %"),
        (0.0725, "0.0%", "7,3 %"),
        (-0.5, "0%", "-50 %"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0,3"),
        (1e6, "General", "1000000"),
        (1234567.891, "#,##0.00", "1 234 567,89"),
        (1187.5, "#,##0.00\\ [$€-40C]", "1 187,50 €"),
        (12.0, '0" ans"', "12 ans"),
        (12.5, "0.###", "12,5"),
        (12.0, "0.###", "12"),
        (1000.0, "00000", "01000"),
        (1500000.0, '#,##0.0,," M€"', "1,5 M€"),
        (-3.0, "#,##0;[Red]-#,##0", "-3"),
        (0.004, "0.00;-0.00", "0,00"),
        (-0.004, "0.00", "0,00"),
        (0.5, "# ?/?", "0,5"),
        (1e300, "#,##0", "1e+300"),
        (45415.0, "dd/mm/yyyy", "2024-05-03"),
        (45415.0, 'd" mai "yyyy', "2024-05-03"),
        (45415.0, "mmm\\-yy", "2024-05"),
        (45415.0, "yyyy", "2024"),
        (45415.604166667, "dd/mm/yyyy hh:mm", "2024-05-03 14:30"),
        (0.604166667, "hh:mm", "14:30"),
        (1.5625, "[h]:mm", "37:30"),
        (1.0, "dd/mm/yyyy", "1900-01-01"),
        (60000000.0, "dd/mm/yyyy", "60000000"),
        (12.0, "[Red]0", "12"),
    ],
)
def test_number_formats(value: float, code: str, shown: str) -> None:
    words = show_number(value, code)
    assert words.replace("\u202f", " ").replace("\u00a0", " ") == shown


def test_dates_from_1904() -> None:
    assert show_number(0.0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"


# XLSX made by hand: what other software writes


def workbook(sheet: str, book: str = "", **parts: str) -> bytes:
    """Make a workbook around the XML of one sheet."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument" Target="/book/livre.xml"/></Relationships>',
        "book/livre.xml": f'<workbook {main} xmlns:r="{kinds}">{book}<sheets>'
        '<sheet name="Feuil1" sheetId="1" r:id="s1"/>'
        '<sheet name="Caché" sheetId="2" state="veryHidden" r:id="s1"/>'
        '<sheet name="Graphe" sheetId="3" r:id="g1"/></sheets></workbook>',
        "book/_rels/livre.xml.rels": f"<Relationships {relations}>"
        f'<Relationship Id="s1" Type="{kinds}/worksheet" Target="un.xml"/>'
        f'<Relationship Id="g1" Type="{kinds}/chartsheet" Target="g.xml"/>'
        f'<Relationship Id="w1" Type="{kinds}/sharedStrings" Target="/book/mots.xml"/>'
        f'<Relationship Id="t1" Type="{kinds}/styles" Target="../styles.xml"/></Relationships>',
        "book/un.xml": f"<worksheet {main}>{sheet}</worksheet>",
    }
    files |= {f"book/{name}.xml": xml.replace("MAIN", main) for name, xml in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, xml)
    return written.getvalue()


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f"<row>{inline('Nom')}{inline('Âge')}</row>"


def xlsx_rows(raw: bytes) -> list[str]:
    [document] = read_xlsx(raw, "t.xlsx", "")
    assert_sound(document)
    return [words for _, words in told(document)]


def test_cells_without_references_and_shared_words() -> None:
    raw = workbook(
        f"<sheetData>{HEAD}<row><c t='s'><v>1</v></c><c><v>9</v></c></row>"
        "<row><c t='s'><v>0</v></c><c t='str'><f>A1</f><v>dix</v></c></row>"
        "<row><c t='s'><v>99</v></c><c t='b'><v>0</v></c></row>"
        "<row><c t='e'><v>#REF!</v></c><c t='d'><v>2024-05-03T00:00:00</v></c></row></sheetData>",
        mots="<sst MAIN><si><t>Léa</t><rPh><t>lea</t></rPh></si>"
        "<si><r><t>Tom </t></r><r><rPr/><t>Petit</t></r></si></sst>",
    )
    assert xlsx_rows(raw) == [
        "Nom : Tom Petit ; Âge : 9.",
        "Nom : Léa ; Âge : dix.",
        "Âge : faux.",
        "Âge : 2024-05-03.",
    ]


def test_hidden_rows_columns_and_sheets() -> None:
    raw = workbook(
        "<cols><col min='1' max='1'/><col min='3' max='16384' hidden='1'/></cols>"
        f"<sheetData>{HEAD}<row r='5' hidden='1'>{inline('Léa')}<c><v>9</v></c></row>"
        f"<row r='7'><c r='B7'><v>10</v></c><c r='C7'><v>1</v></c></row></sheetData>"
    )
    [document] = read_xlsx(raw, "une_note.xlsx", "")
    assert told(document) == [("Feuil1, ligne 7", "Âge : 10.")]
    assert document.title == "une note"


def test_cells_far_apart_cost_nothing() -> None:
    far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    merges = "<mergeCells><mergeCell ref='A2:XFD1048576'/></mergeCells>" * 1000
    beyond = "<row r='9999999'><c r='A9999999'><v>1</v></c></row>"
    raw = workbook(f"<sheetData>{HEAD}{far}{beyond}</sheetData>{merges}")
    assert xlsx_rows(raw) == ["colonne 16384 : 1."]


ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "t.xlsx est vide"),
        (XLSX[:2000], "t.xlsx est abîmé"),
        (b"PK\x03\x04" + XLSX[4:-100], "t.xlsx est abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "t.xlsx est protégé par un mot"),
        (workbook("<sheetData><row>"), "t.xlsx est abîmé ou incomplet (book/un.xml : XML mal"),
        (workbook("<sheetData/>"), "t.xlsx ne contient aucun texte"),
        (
            workbook(f"<sheetData>{HEAD * 2}</sheetData>", mots=ENTITY),
            "t.xlsx n'est pas lu, par prudence (il déclare un type de document ou des entités)",
        ),
        (workbook(" " * 40_000_000), "t.xlsx n'est pas lu, par prudence"),
    ],
)  # fmt: skip
def test_bad_xlsx(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError) as fault:
        read_xlsx(raw, "t.xlsx", "")
    assert said in str(fault.value)


def test_one_long_text_shared_by_many_cells() -> None:
    shared = f"<sst MAIN><si><t>{' '.join(map(str, range(100_000)))}</t></si></sst>"
    cells = "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>" * 500
    with pytest.raises(ReadError, match=r"t\.xlsx est trop gros pour être lu \(plus d'un million"):
        read_xlsx(workbook(f"<sheetData>{HEAD}{cells}</sheetData>", mots=shared), "t.xlsx", "")


# Other readers as oracles


def test_a_workbook_of_openpyxl(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Jour", "Heure", "Part", "Nombre", "Vrai", "Texte", "Vide"])
    values = [date(2023, 12, 31), time(8, 5), 0.255, 1234.5, True, "Été &amp; <b>", None]
    sheet.append(values)
    sheet.append([datetime(2024, 2, 29, 23, 59), None, 1, -7, False, "1er", None])
    for row in (2, 3):
        sheet.cell(row, 3).number_format = "0.0%"
        sheet.cell(row, 4).number_format = "#,##0.00"
    book.save(tmp_path / "t.xlsx")
    assert xlsx_rows((tmp_path / "t.xlsx").read_bytes()) == [
        "Jour : 2023-12-31 ; Heure : 08:05 ; Part : 25,5 % ; Nombre : 1 234,50 ; Vrai : vrai ; "
        "Texte : Été &amp; <b>.",
        "Jour : 2024-02-29 23:59 ; Part : 100,0 % ; Nombre : -7,00 ; Vrai : faux ; Texte : 1er.",
    ]


def test_every_visible_text_that_calamine_finds_is_told() -> None:
    book = calamine.load_workbook(io.BytesIO(XLSX))
    [document] = read_xlsx(XLSX, "t.xlsx", "")
    hidden = {"Note interne", "à vérifier", "Morbihan, ligne masquée", "-", "#DIV/0!"}
    for meta in book.sheets_metadata:
        cells = {c for row in book.get_sheet_by_name(meta.name).to_python() for c in row}
        texts = {" ".join(cell.split()) for cell in cells if isinstance(cell, str)} - {""} - hidden
        shown = meta.visible == calamine.SheetVisibleEnum.Visible
        assert texts
        assert {text in document.text for text in texts} == {shown}


# Any bytes at all


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([CSV, XLSX]),
    st.lists(st.tuples(st.integers(0, 8000), st.binary(max_size=4)), max_size=6),
    st.integers(0, 8000),
)
def test_damaged_bytes_give_an_error_or_sound_sections(
    raw: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    for place, new in changes:
        place %= len(raw)
        raw = raw[:place] + new + raw[place + len(new) :]
    raw = raw if cut % 2 else raw[: cut % len(raw)]
    for read in (read_csv, read_xlsx):
        try:
            [document] = read(raw, "t", "")
        except ReadError:
            continue
        assert_sound(document)


XML_PIECES = st.sampled_from(
    """<row> </row> <c> </c> <v>1</v> <v/> <c><v>1e9</v></c> <is><t>a</t></is> <c/> <x>
    <row~r='2'/> <c~s='9'><v>3</v></c> <c~t='s'><v>-1</v></c> <c~r='ZZZ0'><v>x</v></c>
    <mergeCell~ref='A1:B9'/> <mergeCell~ref='B2'/> <col~min='x'~hidden='1'/> <c~t='b'/>
    <c~r='A1'><v>nan</v></c> <c~t='inlineStr'/> <c~r='B1'~t='d'/>""".split()
)


@settings(max_examples=40, deadline=None)
@given(st.lists(XML_PIECES, max_size=12).map("".join))
def test_any_sheet_gives_an_error_or_sound_sections(xml: str) -> None:
    xml = f"<sheetData>{HEAD}{xml.replace('~', ' ')}</sheetData>"
    try:
        [document] = read_xlsx(workbook(xml), "t.xlsx", "")
    except ReadError:
        return
    assert_sound(document)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_table_gives_sound_sections(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(table)
    try:
        [document] = read_csv(written.getvalue().encode("utf-8", "replace"), "t.csv", "")
    except ReadError:
        return
    assert_sound(document)
