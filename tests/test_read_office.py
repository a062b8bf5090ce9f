"""Word documents and OpenDocument texts: real ones, odd ones and hostile ones."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.errors import ReadError
from aseqa.read.docx import read_docx
from aseqa.read.odt import read_odt
from aseqa.read.zip_parts import MAX_PART_BYTES
from aseqa.records import Document, Voice
from aseqa.split import split_document

DATA = Path(__file__).parent / "data" / "office"
READERS = {".docx": read_docx, ".odt": read_odt}
WORDS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}'
BODY = WORDS.format("<w:body>{}</w:body></w:document>")


def read(raw: bytes, name: str) -> Document:
    [document] = READERS[Path(name).suffix](raw, name, "0")
    return document


def told(document: Document) -> list[tuple[str, str]]:
    return [(s.name, document.text[s.start : s.end]) for s in document.sections]


def sentences(document: Document) -> list[str]:
    found, _ = split_document(document)
    assert all(document.text[s.start : s.end] == s.text for s in found)
    return [sentence.text for sentence in found]


def word(body: str, **others: str) -> bytes:
    """Zip the least that makes a Word document."""
    return zipped({"word/document.xml": BODY.format(body).encode()} | {
        name: part.encode() for name, part in others.items()
    })  # fmt: skip


def zipped(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return kept.getvalue()


def changed(name: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Rewrite one part of a real file."""
    with zipfile.ZipFile(DATA / name) as archive:
        parts = {inner: archive.read(inner) for inner in archive.namelist()}
    return zipped(parts | {part: change(parts[part])})


def saved(document: docx.document.Document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


# Real files

NOTE_SENTENCES = [
    "L’accueil d’urgence des mineurs",
    "Le constat",
    "En 2023, le département a confié 1\u00a0204\u00a0enfants à des familles d’accueil.",
    "Quarante-deux d’entre eux avaient moins de trois ans.",
    "Le juge des enfants a été saisi chaque fois.",
    "Le foyer de l’enfance est joignable jour et nuit\n"
    "au 05\u00a061\u00a000\u00a000\u00a000 ; l’accueil y est inconditionnel.",
    "Voir le site du 119 pour les signalements.",
    "Les délais",
    "Une ordonnance de placement provisoire est exécutée sous huit jours, sauf :",
    "si aucune place n’est libre ;",
    "si la fratrie compte plus de trois enfants ;",
    "les jumeaux comptent alors pour un.",
    "Les moyens",
    "Structure : Foyer des Tilleuls | Places autorisées : 24 | Enfants accueillis : 31",
    "Structure : Foyer des Tilleuls | Places autorisées : dont 4 de nuit | Enfants accueillis : 6",
    "Structure : Pouponnière | Places autorisées : fermée depuis le 1er juin 2023",
    "Le budget de l’année 2024 s’élève à 113,5\u00a0M€.",
    "Le numéro 119 est gratuit.",
    "Source : service de l’aide sociale à l’enfance, bilan de l’année 2023.",
]


@pytest.mark.parametrize("name", ["note.docx", "note.odt"])
def test_a_report(name: str) -> None:
    document = read((DATA / name).read_bytes(), f"rapports/{name}")
    assert document.id == "note"
    assert document.source == f"rapports/{name}"
    assert document.kind == "rapport"
    assert document.title == "Rapport sur l’accueil d’urgence des mineurs"
    assert document.author == "Claire Vidal"
    assert document.date == "2024-03-12"
    assert document.metadata["date_source"] == "fichier"
    assert document.metadata["created"].startswith("2024-03-12T09:30:00")
    assert document.metadata["modified"].startswith("2024-04-02T16:05:00")
    assert sentences(document) == NOTE_SENTENCES
    assert [name for name, _ in told(document)] == [
        "L’accueil d’urgence des mineurs",
        "Le constat",
        "Les délais",
        "Les moyens",
        "notes",
    ]
    assert {s.voice for s in document.sections} == {Voice("autre", "Claire Vidal")}
    assert {s.date for s in document.sections} == {"2024-03-12"}


@pytest.mark.parametrize("name", ["note.docx", "note.odt"])
def test_what_is_not_text(name: str) -> None:
    text = read((DATA / name).read_bytes(), name).text
    for left_out in ("davantage", "À vérifier", "masqué", "ne pas diffuser", "Page", "\u00ad"):
        assert left_out not in text
    assert text.count("Le constat") == 1  # not in the table of contents


@pytest.mark.parametrize("name", ["courrier.docx", "courrier.odt"])
def test_a_letter_made_from_a_web_page(name: str) -> None:
    document = read((DATA / name).read_bytes(), name)
    assert (document.kind, document.date, document.author) == ("texte", None, None)
    assert document.title == "Compte rendu de la réunion du 5 juin"
    assert told(document) == [
        (
            "Compte rendu de la réunion du 5 juin",
            "Compte rendu de la réunion du 5 juin\n\nMme Vidal rappelle que le contrôle des lieux "
            "d’accueil est annuel.",
        ),
        (
            "Décisions",
            "Décisions\n\n- Le foyer des Tilleuls sera visité en septembre.\n"
            "- Deux éducateurs seront recrutés.\n\nAnnée : 2022 | Visites : 12\n\n"
            "Année : 2023 | Visites : 17\n\nLa prochaine réunion aura lieu le 4\u00a0septembre.",
        ),
    ]


def test_the_paragraphs_are_those_that_python_docx_finds() -> None:
    text = read((DATA / "courrier.docx").read_bytes(), "courrier.docx").text
    paragraphs = [p.text for p in docx.Document(str(DATA / "courrier.docx")).paragraphs if p.text]
    assert len(paragraphs) == 6
    at = [text.index(paragraph) for paragraph in paragraphs]
    assert at == sorted(at)


# Documents made by python-docx


def test_a_document_of_python_docx() -> None:
    made = docx.Document()
    made.core_properties.created = datetime(2023, 11, 6, 8, 0, tzinfo=UTC)
    made.core_properties.author = "Paul Arnaud"
    made.core_properties.title = "Document1"
    made.add_heading("Note au président", 0)
    made.add_heading("L’accueil", 1)
    made.add_paragraph("Le foyer est plein.\tIl le restera.")
    made.add_paragraph("une place de nuit ;", style="List Bullet")
    made.add_paragraph("deux places de jour.", style="List Number")
    table = made.add_table(3, 2, style="Light Grid Accent 1")
    for row, cells in enumerate([("Canton", "Enfants suivis :"), ("Albi", "57"), ("Gaillac", "")]):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document = read(saved(made), "note.docx")
    assert document.title == "Note au président"
    assert (document.author, document.date) == ("Paul Arnaud", "2023-11-06")
    assert told(document) == [
        ("Note au président", "Note au président"),
        (
            "L’accueil",
            "L’accueil\n\nLe foyer est plein. Il le restera.\n\n- une place de nuit ;\n"
            "- deux places de jour.\n\nCanton : Albi | Enfants suivis : 57\n\nCanton : Gaillac",
        ),
    ]


def test_the_template_of_python_docx_says_nothing() -> None:
    made = docx.Document()
    made.add_paragraph("Le foyer est plein.")
    document = read(saved(made), "note.docx")
    assert (document.title, document.author, document.date) == (None, None, None)
    assert "created" not in document.metadata


def test_a_custom_heading_style_and_a_header_in_bold() -> None:
    made = docx.Document()
    style = made.styles.add_style("Rubrique", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Heading 2"]
    made.add_paragraph("Les effectifs", style="Rubrique")
    table = made.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, ["", "2021", "2022"], strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for cell, words in zip(table.rows[1].cells, ["Gers", "412", "430"], strict=True):
        cell.text = words
    document = read(saved(made), "note.docx")
    assert told(document) == [("Les effectifs", "Les effectifs\n\nGers | 2021 : 412 | 2022 : 430")]


def test_bold_lines_head_a_document_without_styles() -> None:
    made = docx.Document()
    made.add_paragraph().add_run("Le cadre légal").bold = True
    made.add_paragraph("Le juge décide.")
    made.add_paragraph().add_run("Les suites").bold = True
    made.add_paragraph("Le service exécute.")
    made.add_paragraph().add_run("La directrice").bold = True
    document = read(saved(made), "note.docx")
    assert told(document) == [
        ("Le cadre légal", "Le cadre légal\n\nLe juge décide."),
        ("Les suites", "Les suites\n\nLe service exécute.\n\nLa directrice"),
    ]


def test_a_parliamentary_question_keeps_its_form() -> None:
    made = docx.Document()
    for line in [
        "Les foyers",
        "Question écrite n° 12",
        "Texte de la question",
        "Mme Ida Roux demande à M. le ministre combien de foyers ferment chaque année.",
    ]:
        made.add_paragraph(line)
    document = read(saved(made), "q.docx")
    assert document.kind == "question_ecrite"
    assert document.author == "Mme Ida Roux"
    assert [section.name for section in document.sections] == ["en-tête", "question"]


def test_a_page_laid_out_with_a_table_is_read_as_prose() -> None:
    made = docx.Document()
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "Le foyer accueille."
    table.cell(0, 0).add_paragraph("Le juge décide.")
    table.cell(0, 1).text = "Le service exécute."
    document = read(saved(made), "note.docx")
    assert document.text == "Le foyer accueille.\n\nLe juge décide.\n\nLe service exécute."


# Tracked changes and other marks of a Word document


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"{run('Le foyer ')}<w:ins>{run('rouvre.')}</w:ins>", "Le foyer rouvre."),
        (f"{run('Le foyer.')}<w:del><w:r><w:delText>Non.</w:delText></w:r></w:del>", "Le foyer."),
        (f"<w:moveFrom>{run('Non.')}</w:moveFrom><w:moveTo>{run('Oui.')}</w:moveTo>", "Oui."),
        (f"{run('Vu.')}{run(' Caché.', '<w:vanish/>')}", "Vu."),
        (run("Vu.", '<w:vanish w:val="0"/>'), "Vu."),
        (f"<w:hyperlink><w:ins>{run('Le site')}</w:ins></w:hyperlink>", "Le site"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b\nc"),
        ("<w:r><w:t>porte</w:t><w:noBreakHyphen/><w:t>clés</w:t></w:r>", "porte-clés"),
        ("<w:r><w:t>en</w:t><w:softHyphen/><w:t>fant</w:t></w:r>", "enfant"),
        ('<w:r><w:sym w:char="F0FC"/><w:t>oui</w:t><w:sym w:char="20AC"/></w:r>', "oui€"),
        ('<w:r><w:sym w:char="D800"/><w:sym w:char="x"/><w:t>oui</w:t></w:r>', "oui"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('champ')}</w:sdtContent></w:sdt>", "champ"),
        ('<w:r><w:instrText> DATE \\@ "d" </w:instrText></w:r>' + run("3 mai"), "3 mai"),
        ("<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>" + run("un lit"), "- un lit"),
        ("<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>" + run("un lit"), "un lit"),
    ],
)
def test_marks_in_a_paragraph(inner: str, text: str) -> None:
    assert read(word(f"<w:p>{inner}</w:p>"), "a.docx").text == text


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{mark}{run('Le juge ')}</w:p><w:p>{run('décide.')}</w:p><w:p>{run('Fin.')}</w:p>"
    assert read(word(body), "a.docx").text == "Le juge décide.\n\nFin."


def test_a_strict_document_is_read() -> None:
    strict = BODY.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ).format("<w:p><w:r><w:t>Le foyer ouvre.</w:t></w:r></w:p>")
    assert read(zipped({"word/document.xml": strict.encode()}), "a.docx").text == "Le foyer ouvre."


def test_merged_cells_deleted_rows_and_spans() -> None:
    made = docx.Document()
    table = made.add_table(4, 3)
    rows = [("Année", "Filles", ""), ("2022", "12", "15"), ("", "9", "11"), ("2024", "1", "1")]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:id"), "1")
    table.rows[3]._tr.get_or_add_trPr().append(deleted)
    assert sentences(read(saved(made), "a.docx")) == [
        "Année : 2022 | Filles : 12 | Filles : 15",
        "Année : 2022 | Filles : 9 | Filles : 11",
    ]


def test_a_table_of_contents_without_its_styles() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    line = f"<w:p>{run('Le constat 1')}</w:p>"
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{line}</w:sdtContent></w:sdt>"
    body = f"{contents}<w:p>{run('Le foyer ouvre.')}</w:p>"
    assert read(word(body), "a.docx").text == "Le foyer ouvre."


# Marks of an OpenDocument text


def open_text(body: str) -> bytes:
    """Zip the least that makes an OpenDocument text."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for prefix, space in [("o", "office"), ("t", "text"), ("tb", "table"), ("d", "drawing"),
                              ("s", "style"), ("fo", "xsl-fo-compatible"), ("v", "svg-compatible")]
    )  # fmt: skip
    styles = (
        '<s:style s:name="H"><s:text-properties t:display="none"/></s:style>'
        '<s:style s:name="B"><s:text-properties fo:font-weight="bold"/></s:style>'
        '<s:style s:name="P1" s:parent-style-name="Title"/><s:style s:name="Title"/>'
    )
    content = (
        f"<o:document-content {names}><o:automatic-styles>{styles}</o:automatic-styles>"
        f"<o:body><o:text>{body}</o:text></o:body></o:document-content>"
    )
    return zipped({"content.xml": content.encode()})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<t:p>deux <t:s t:c='9'/>mots\n   de<t:tab/>plus</t:p>", "deux mots de plus"),
        ("<t:p>un<t:line-break/>deux</t:p>", "un\ndeux"),
        ("<t:p>vu<t:span t:style-name='H'> caché<t:s/>là</t:span>.</t:p>", "vu ."),
        ("<t:p>vu</t:p><t:p><t:hidden-paragraph t:is-hidden='true'/>caché</t:p>", "vu"),
        ("<t:p>vu</t:p><t:section t:display='none'><t:p>caché</t:p></t:section>", "vu"),
        ("<t:section><t:p>vu</t:p></t:section>", "vu"),
        ("<t:list><t:list-item><t:p>un</t:p><t:p>suite</t:p></t:list-item></t:list>",
         "- un\n\nsuite"),
        ("<t:list><t:list-header><t:p>tête</t:p></t:list-header></t:list>", "tête"),
        ("<t:p>a<d:frame><v:desc>dessin</v:desc><d:image/></d:frame>b</t:p>", "ab"),
        ("<t:p>a<d:custom-shape><t:p>forme</t:p></d:custom-shape></t:p>", "a\n\nforme"),
        ("<t:p>mot<t:ruby><t:ruby-base>s</t:ruby-base><t:ruby-text>x</t:ruby-text></t:ruby></t:p>",
         "mots"),
    ],
)  # fmt: skip
def test_marks_in_an_open_text(body: str, text: str) -> None:
    assert read(open_text(body), "a.odt").text == text


def test_titles_and_levels_of_an_open_text() -> None:
    body = (
        "<t:h t:outline-level='1'>Le cadre</t:h><t:p>Le juge décide.</t:p>"
        "<t:p t:style-name='P1'>Le guide</t:p><t:h t:outline-level='x'>Les suites</t:h>"
    )
    document = read(open_text(body), "a.odt")
    assert document.title == "Le guide"
    assert [section.name for section in document.sections] == ["Le cadre", "Le guide", "Les suites"]


def test_repeated_cells_of_an_open_text() -> None:
    def cell(words: str, **told: str) -> str:
        marks = "".join(f" tb:number-columns-{key}='{value}'" for key, value in told.items())
        return (
            f"<tb:table-cell{marks}><t:p t:style-name='{words[:1]}'>{words}</t:p></tb:table-cell>"
        )

    header = f"<tb:table-row>{cell('Bois')}{cell('Bien', spanned='2')}<tb:covered-table-cell/>"
    rows = (
        f"{header}</tb:table-row><tb:table-row>{cell('un')}{cell('2')}{cell('3')}</tb:table-row>"
        f"<tb:table-row>{cell('4', repeated='999999999')}{cell('5')}</tb:table-row>"
    )
    document = read(open_text(f"<tb:table>{rows}</tb:table>"), "a.odt")
    assert document.text == "Bois : un | Bien : 2 | Bien : 3\n\nBois : 4 | 5"


# Files that cannot be read


def refused(raw: bytes, name: str) -> str:
    started = time.process_time()
    with pytest.raises(ReadError) as fault:
        read(raw, name)
    assert time.process_time() - started < 10
    assert name in str(fault.value)
    return str(fault.value)


@pytest.mark.parametrize("name", ["protege.docx", "protege.odt"])
def test_a_password(name: str) -> None:
    assert refused((DATA / name).read_bytes(), name).startswith(
        f"Le fichier {name} est protégé par un mot de passe."
    )


def test_an_old_word_document() -> None:
    said = refused((DATA / "ancien.docx").read_bytes(), "ancien.docx")
    assert "n'est pas pris en charge. Convertissez-le" in said
    assert said.endswith("dans l'un de ceux-ci : .docx, .xlsx, .odt.")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "est vide"),
        (b"Bonjour", "ce n'est pas une archive ZIP lisible"),
        (zipped({}), "manque"),
        (zipped({"lisez.txt": b"rien"}), "manque"),
        (zipped({"word/document.xml": b"", "content.xml": b""}), "XML mal formé"),
        (zipped({"word/document.xml": b"<a/>", "content.xml": b"<a/>"}), "traitement de texte"),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_files_that_are_no_documents(raw: bytes, said: str, name: str) -> None:
    assert said in refused(raw, name)


@pytest.mark.parametrize("name", ["note.docx", "note.odt"])
def test_a_truncated_file(name: str) -> None:
    raw = (DATA / name).read_bytes()
    for length in (4, 100, len(raw) // 2, len(raw) - 30):
        assert "est abîmé ou incomplet" in refused(raw[:length], name)


def test_a_document_without_words() -> None:
    assert "aucun texte à lire" in refused(word("<w:p/>"), "a.docx")


PARTS = [("note.docx", "word/document.xml"), ("note.odt", "content.xml")]


@pytest.mark.parametrize(("name", "part"), PARTS)
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd">',
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_refused(name: str, part: str, doctype: str) -> None:
    def hostile(xml: bytes) -> bytes:
        declaration, found, rest = xml.partition(b"?>")
        assert found
        return declaration + found + doctype.encode() + rest.replace(b"Le constat", b"&e;")

    said = refused(changed(name, part, hostile), name)
    assert "n'est pas lu, par prudence (" in said
    assert "entités" in said


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_a_zip_bomb(name: str, part: str) -> None:
    bomb = changed(name, part, lambda xml: xml + b" " * (MAX_PART_BYTES + 1))
    assert len(bomb) < 100_000
    assert "une fois décompressée). Enregistrez-le de nouveau" in refused(bomb, name)


def test_a_part_larger_than_it_says() -> None:
    raw = bytearray(word("<w:p/>" * 5000))
    told_size = len(BODY.format("<w:p/>" * 5000)).to_bytes(4, "little")
    assert raw.count(told_size) == 2
    lied = bytes(raw).replace(told_size, (60).to_bytes(4, "little"))
    assert "est illisible" in refused(lied, "a.docx")


def test_too_many_parts() -> None:
    parts = {f"{number}": b"" for number in range(10_001)}
    assert "plus de 10000 parties" in refused(zipped(parts), "a.odt")


@pytest.mark.parametrize("tag", ["w:p", "w:r", "w:tbl", "w:sdt", "w:x"])
def test_ten_thousand_nested_tags(tag: str) -> None:
    body = f"<{tag}>" * 10_000 + f"</{tag}>" * 10_000
    assert "emboîte plus de 200 balises" in refused(word(body), "a.docx")


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_another_encoding(name: str, part: str) -> None:
    def recoded(xml: bytes) -> bytes:
        return xml.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")

    assert sentences(read(changed(name, part, recoded), name)) == NOTE_SENTENCES


def test_huge_spans_cost_nothing() -> None:
    cell = (
        "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
    )
    rows = "".join(f"<w:tr>{cell.format(span)}{cell.format(1)}</w:tr>" for span in (10**9, -1, "x"))
    assert read(word(f"<w:tbl>{rows}</w:tbl>"), "a.docx").text == "a | a\n\na | a\n\na | a"


# Any bytes at all


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["note.docx", "note.odt", "courrier.docx", "courrier.odt"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), min_size=1),
    st.floats(0.02, 1),
)
def test_damaged_bytes(name: str, changes: list[tuple[float, bytes]], kept: float) -> None:
    raw = bytearray((DATA / name).read_bytes())
    for place, other in changes:
        at = int(place * len(raw))
        raw[at : at + len(other)] = other
    sound(bytes(raw[: int(len(raw) * kept)]) if kept < 0.5 else bytes(raw), name)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(PARTS),
    st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.sampled_from([b'"0"', b'"-1"', b'"99999999999999999999"', b'"x"', b'""']),
        ),
        min_size=1,
    ),
)
def test_values_that_make_no_sense(part: tuple[str, str], changes: list[tuple[int, bytes]]) -> None:
    def spoiled(xml: bytes) -> bytes:
        pieces = xml.split(b'"')
        for at, value in changes:
            place = 2 * (at % (len(pieces) // 2)) + 1
            if b":" not in pieces[place]:
                pieces[place] = value.strip(b'"')
        return b'"'.join(pieces)

    sound(changed(*part, spoiled), part[0])


def sound(raw: bytes, name: str) -> None:
    try:
        documents = READERS[Path(name).suffix](raw, name, "0")
    except ReadError:
        return
    for document in documents:
        ends = [0]
        for section in document.sections:
            assert ends[-1] <= section.start < section.end <= len(document.text)
            words = document.text[section.start : section.end]
            assert words == words.strip()
            ends.append(section.end)
        sentences(document)
