"""The pages of PDF files: found by the index alone, drawn as they are, quotes where they stand."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
from lxml import html as markup
from PIL import Image
from starlette.testclient import TestClient

from aseqa.ask import Assistant
from aseqa.errors import ReadError
from aseqa.ingest import index_paths
from aseqa.read.pdf_pictures import MAX_PIXELS, Frame, Original, Sheets, draw, picture, sheets
from aseqa.records import Box
from aseqa_ui.access import Access
from aseqa_ui.page_files import candidates, original_of, original_paths
from aseqa_ui.page_pictures import Pictures
from aseqa_ui.pages_view import MAX_SHOWN, Marks, pages_html, stored_boxes
from aseqa_ui.programs import make_shell

PDF = Path(__file__).parent / "data" / "pdf"
LOCAL = "http://127.0.0.1:7860"
NASTY = "<script>alert('x')</script>\"&"
FIGURE = "Le 1er janvier, 640 jeunes majeurs avaient un contrat."
BROKEN = "Les jeunes les plus isolés ne signent pas de contrat"
NAMES = ("colonnes", "note", "paysage", "tableaux")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A corpus of PDF files, and of one text, whose files tests may change for a while."""
    found = tmp_path_factory.mktemp("pages") / "corpus"
    found.mkdir()
    for name in NAMES:
        shutil.copy(PDF / f"{name}.pdf", found)
    shutil.copy(PDF / "paysage.pdf", found / "suite.pdf")
    (found / "texte.txt").write_text("Une phrase sans page.", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def index(folder, encoder):
    found = folder.parent / "index"
    assert index_paths([folder], found, encoder).failed == ()
    return found


@pytest.fixture(scope="module")
def pdfs(index, encoder):
    with Assistant.open(index, encoder) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(pdfs):
    with TestClient(make_shell(pdfs, Access()), base_url=LOCAL) as opened:
        yield opened


@pytest.fixture
def pictures():
    found = Pictures()
    yield found
    found.close()


def original(path: Path, sha256: str = "") -> Original:
    return Original((path,), path.name, sha256 or hashlib.sha256(path.read_bytes()).hexdigest())


def sentence_of(assistant, name, beginning):
    return next(one for one in assistant.source(name).sentences if one.text.startswith(beginning))


def letters(text: str) -> str:
    """What is left of a text whatever broke its lines: no white space, no hyphen."""
    return re.sub(r"[\s\u00ad\ufffe\x02-]", "", unicodedata.normalize("NFKC", text))


def printed(path: Path, boxes) -> str:
    """Read the words that PDFium itself finds within boxes."""
    words = []
    with pypdfium2.PdfDocument(path) as pdf:
        for box in boxes:
            page = pdf[box.page - 1]
            text_page = page.get_textpage()
            # Half a point more on each side: a box is that of the ink.
            sides = (box.left - 0.5, box.bottom - 0.5, box.right + 0.5, box.top + 0.5)
            words.append(text_page.get_text_bounded(*sides))
            text_page.close()
            page.close()
    return letters(" ".join(words))


def asked(client, assistant, name, one=None, span=(0, 0), **changed):
    document = assistant.source(name).document
    place = {"start": one.start, "end": one.end, "first": span[0], "last": span[1]} if one else {}
    return client.get(
        "/pages", params={"document": name, "sha256": document.sha256, **place, **changed}
    )


def drawn(response):
    return markup.fragment_fromstring(response.json()["html"])


def address(assistant, name, number, width=700):
    sha256 = assistant.source(name).document.sha256
    return f"/pages/{quote(name, safe='')}/{number}.png?sha256={sha256}&width={width}"


# ---- where the file is ----


@pytest.mark.parametrize(
    ("source", "root", "path"),
    [
        ("a.pdf", "/corpus", "/corpus/a.pdf"),  # under the folder that was named
        ("b/a.pdf", "/corpus/b", "/corpus/b/a.pdf"),  # from a corpus root above it
        ("a.pdf", "/corpus/a.pdf", "/corpus/a.pdf"),  # the file itself was named
        ("corpus/a.pdf", "/corpus/a.pdf", "/corpus/a.pdf"),  # named apart from another one
        ("/corpus/a.pdf", "/autre", "/corpus/a.pdf"),
    ],
)
def test_a_file_is_sought_where_indexing_found_it(source, root, path):
    assert Path(path) in candidates(source, root)


def test_an_index_tells_the_places_of_each_document(index, folder):
    assert folder / "note.pdf" in original_paths(index, "note")
    twins = {path for path in original_paths(index, "paysage") if path.is_file()}
    assert twins == {folder / "suite.pdf", folder / "paysage.pdf"}
    assert original_paths(index, "../note") == ()


def test_only_a_pdf_file_has_pages(pdfs, index, folder):
    assert original_of(index, pdfs.source("texte").document) is None
    found = original_of(index, pdfs.source("note").document)
    assert found is not None
    assert folder / "note.pdf" in found.paths
    assert folder not in found.paths


# ---- pictures ----


def test_a_page_is_drawn_as_wide_as_asked_and_in_greys_when_it_has_no_colour():
    note = original(PDF / "note.pdf")
    shown = Image.open(io.BytesIO(draw("picture", note, 2, 700)))
    assert (shown.format, shown.mode, shown.width) == ("PNG", "L", 700)
    wide, high = draw("sheets", note, ()).sizes[1]
    assert shown.height / shown.width == pytest.approx(high / wide, rel=2e-3)


@pytest.mark.parametrize("number", [0, -1, 3])
def test_there_is_no_picture_of_a_page_that_is_not(number):
    assert draw("picture", original(PDF / "note.pdf"), number, 700) == b""


@pytest.mark.parametrize("size", [(0.01, 14_400), (14_400, 0.01), (14_400, 14_400), (3, 3)])
def test_a_page_of_any_shape_has_a_bounded_picture(size):
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(*size).close()
    raw = io.BytesIO()
    pdf.save(raw)
    pdf.close()
    shown = Image.open(io.BytesIO(picture(raw.getvalue(), Original((), "x.pdf", ""), 1, 2000)))
    assert shown.width <= 2000
    # One row or column more than the share of it.
    assert shown.width * shown.height <= MAX_PIXELS + shown.width + shown.height + 1


def test_bytes_that_are_not_those_indexed_are_not_drawn(tmp_path, pictures):
    copy = tmp_path / "note.pdf"
    shutil.copy(PDF / "note.pdf", copy)
    known = original(copy)
    assert pictures.sheets(known, (1,)).sizes[0] == pytest.approx((419.6, 368.5), abs=1)
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert pictures.sheets(known, (1,)) is None
    assert pictures.picture(known, 1, 400) is None
    copy.unlink()
    copy.mkdir()
    assert pictures.picture(known, 1, 400) is None


def test_a_damaged_file_is_an_error_and_the_next_file_is_drawn(tmp_path, pictures):
    damaged = tmp_path / "x.pdf"
    damaged.write_bytes((PDF / "note.pdf").read_bytes()[:300])
    with pytest.raises(ReadError, match=r"x\.pdf"):
        pictures.picture(original(damaged), 1, 400)
    assert pictures.picture(original(PDF / "note.pdf"), 1, 400)[:4] == b"\x89PNG"


def test_the_last_pictures_stay_within_their_bytes(tmp_path):
    copy = tmp_path / "note.pdf"
    shutil.copy(PDF / "note.pdf", copy)
    known = original(copy)
    one, two = (len(draw("picture", known, number, 400)) for number in (1, 2))
    small = Pictures(max_bytes=one + two)
    try:
        first = small.picture(known, 1, 400)
        small.picture(known, 2, 400)
        assert small.held_bytes == one + two
        copy.unlink()
        assert small.picture(known, 1, 400) == first
        copy.write_bytes((PDF / "note.pdf").read_bytes())
        small.picture(known, 1, 700)  # larger than the rest together
        assert small.held_bytes <= one + two
    finally:
        small.close()


# ---- places ----


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20, 40, 300, 320)])
def test_a_box_lies_where_the_page_is_drawn(turn, crop):
    """Oracle: PDFium's own conversion from the page to the picture."""
    with pypdfium2.PdfDocument(PDF / "note.pdf") as pdf:
        page = pdf[0]
        page.set_rotation(turn)
        if crop:
            page.set_cropbox(*crop)
        raw = io.BytesIO()
        page.close()
        pdf.save(raw)
    [frame] = sheets(raw.getvalue(), Original((), "x.pdf", ""), (1,)).frames.values()
    left, top, width, height = frame.share((60, 100, 250, 130))
    with pypdfium2.PdfDocument(raw.getvalue()) as pdf:
        page = pdf[0]
        bitmap = page.render(scale=4)
        convert = bitmap.get_posconv(page)
        corners = [convert.to_bitmap(60, 100), convert.to_bitmap(250, 130)]
        across = sorted(100 * x / bitmap.width for x, _ in corners)
        down = sorted(100 * y / bitmap.height for _, y in corners)
        bitmap.close()
        page.close()
    assert (left, left + width) == pytest.approx(across, abs=0.2)
    assert (top, top + height) == pytest.approx(down, abs=0.2)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_in_the_boxes_are_those_of_the_quote(pdfs, folder, name):
    """Every sentence of prose: what PDFium finds in its boxes is what it says, no more."""
    prose = [one for one in pdfs.source(name).sentences if "|" not in one.text]
    assert prose
    for one in prose:
        found = printed(folder / f"{name}.pdf", one.boxes)
        # A mark raised to a footnote is printed, and not of the sentence.
        assert letters(one.text) in (found, re.sub(r"(?<=[^\d\s])[12](?=\D|$)", "", found),
                                     re.sub(r"(?<=2022)1", "", found))  # fmt: skip


def test_answering_words_have_boxes_of_their_own(pdfs, index, folder, pictures):
    view = pdfs.source("note")
    one = sentence_of(pdfs, "note", "Le 1er janvier, 640")
    first = one.text.index("640 jeunes")
    stretch = (one.start + first, one.start + first + len("640 jeunes"))
    found = pictures.places(
        original_of(index, view.document), view.document.text, [(one.start, one.end), stretch]
    )
    assert found[0] == one.boxes
    assert printed(folder / "note.pdf", found[1]) == "640jeunes"


def test_words_of_a_text_that_is_no_longer_read_so_have_none(pdfs, index, pictures):
    view = pdfs.source("note")
    found = original_of(index, view.document)
    assert pictures.places(found, view.document.text + " ", [(0, 5)]) == ()


def test_stored_boxes_are_those_of_whole_sentences(pdfs):
    rows = pdfs.source("note").sentences
    one, two = rows[3], rows[4]
    assert stored_boxes(rows, one.start, one.end) == one.boxes
    assert stored_boxes(rows, one.start, two.end) == (*one.boxes, *two.boxes)
    assert stored_boxes(rows, one.start + 1, one.end) == ()
    assert stored_boxes(rows, one.start, two.end - 1) == ()
    assert stored_boxes(rows, 0, 0) == ()


# ---- the pages as HTML ----


def test_a_quote_over_two_pages_is_drawn_line_by_line(pdfs, client):
    one = sentence_of(pdfs, "note", BROKEN)
    tree = drawn(asked(client, pdfs, "note", one))
    assert [len(page.xpath(".//mark[@class='aq-box']")) for page in tree.xpath("//figure")] == [
        2,
        3,
    ]
    assert {box.page for box in one.boxes} == {1, 2}
    [label] = tree.xpath("//mark[@tabindex='-1']")
    assert label.text_content() == f"Citation\u00a0: «\u00a0{one.text}\u00a0»"
    assert tree.xpath("//img/@alt") == [
        "Page 1 sur 2 de «\u00a0La prise en charge des jeunes majeurs\u00a0»",
        "Page 2 sur 2 de «\u00a0La prise en charge des jeunes majeurs\u00a0»",
    ]


def test_the_answering_words_are_drawn_too(pdfs, client):
    one = sentence_of(pdfs, "note", FIGURE)
    first = one.text.index("640")
    tree = drawn(asked(client, pdfs, "note", one, (first, first + 3)))
    [box] = tree.xpath("//mark[@class='aq-box aq-box-span']/@style")
    [whole] = tree.xpath("//mark[@class='aq-box']/@style")
    inner, outer = (
        [float(number) for number in re.findall(r"[\d.]+(?=%)", style)] for style in (box, whole)
    )
    assert outer[0] < inner[0] and inner[0] + inner[2] < outer[0] + outer[2]
    assert inner[2] < outer[2] / 10


def test_part_of_a_sentence_is_marked_exactly(pdfs, client, folder):
    one = sentence_of(pdfs, "note", FIGURE)
    part = replace(one, start=one.start + 16, end=one.start + 26)
    response = asked(client, pdfs, "note", part)
    assert len(drawn(response).xpath("//mark")) == 1
    assert "640 jeunes" in drawn(response).text_content()


@pytest.mark.parametrize(("start", "end"), [("0", "99999"), ("7", "3"), ("x", "²"), ("-1", "5")])
def test_what_is_no_quote_is_not_marked(pdfs, client, start, end):
    response = asked(client, pdfs, "note", start=start, end=end)
    assert response.status_code == 200
    assert drawn(response).xpath("//mark") == []


def test_pages_are_shown_around_the_quote_and_nothing_becomes_html(pdfs):
    document = replace(pdfs.source("note").document, id=f"{NASTY}/../#2", title=NASTY)
    frames = {900: Frame((0, 0, 100, 100), 0)}
    book = Sheets(((100.0, 200.0),) * 1000, frames)
    marks = Marks(NASTY, (Box(900, 10, 10, 20, 20),))
    tree = markup.fragment_fromstring(pages_html(document, book, marks))
    numbers = [int(number) for number in tree.xpath("//figure/@data-page")]
    assert numbers == list(range(501, 1001))
    assert len(numbers) == MAX_SHOWN
    assert tree.xpath("//p")[0].text_content() == "Pages 501 à 1000 sur 1000"
    assert tree.xpath("//script") == []
    assert tree.xpath("//mark")[0].text_content() == f"Citation\u00a0: «\u00a0{NASTY}\u00a0»"
    assert tree.xpath("//mark/@style") == ["left:10.000%;top:80.000%;width:10.000%;height:10.000%"]
    assert {source.split("/")[1:3][1] for source in tree.xpath("//img/@src")} == {
        quote(document.id, safe="")
    }


# ---- the routes ----


def test_a_picture_is_kept_for_ever_under_its_hash(pdfs, client):
    place = address(pdfs, "note", 1)
    response = client.get(place)
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
    assert response.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(response.content)).width == 700
    again = client.get(place, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    larger = client.get(address(pdfs, "note", 1, 701))
    assert Image.open(io.BytesIO(larger.content)).width == 1000
    assert larger.headers["etag"] != response.headers["etag"]


@pytest.mark.parametrize(
    ("name", "number", "width", "status"),
    [
        ("note", "3", "700", 404),
        ("note", "0", "700", 404),
        ("note", "1e9", "700", 404),
        ("note", "9" * 5000, "700", 404),
        ("note", "1", "x", 422),
        ("note", "1", "-700", 422),
        ("texte", "1", "700", 404),
    ],
)
def test_what_is_no_page_is_told_in_french(pdfs, client, name, number, width, status):
    response = client.get(address(pdfs, name, number, width))
    assert response.status_code == status
    assert response.headers["content-type"].startswith("application/problem+json")
    assert response.json()["title"] in ("Pas de page", "Demande mal formée")


@pytest.mark.parametrize(
    "name", ["../note", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "note.pdf", "a%00b", "%ff"]
)
def test_a_client_names_no_path(client, name):
    assert client.get(f"/pages/{name}/1.png").status_code == 404
    assert client.get("/pages", params={"document": "/etc/passwd"}).status_code == 404


def test_another_hash_than_the_indexed_one_is_gone(pdfs, client):
    for place in ("/pages/note/1.png?sha256=" + "0" * 64, "/pages?document=note&sha256=x"):
        response = client.get(place)
        assert response.status_code == 410
        assert response.json()["title"] == "Fichier changé ou disparu"


def test_a_file_that_changed_or_moved_is_gone_unless_it_lies_elsewhere(pdfs, client, folder):
    moved = folder.parent / "ailleurs.pdf"
    (folder / "tableaux.pdf").rename(moved)
    try:
        assert asked(client, pdfs, "tableaux").status_code == 410
        shutil.copy(PDF / "note.pdf", folder / "tableaux.pdf")
        response = client.get(address(pdfs, "tableaux", 1))
        assert response.status_code == 410
        assert "a changé ou a disparu" in response.json()["detail"]
    finally:
        moved.replace(folder / "tableaux.pdf")
    assert client.get(address(pdfs, "tableaux", 1)).status_code == 200
    (folder / "suite.pdf").rename(moved)  # the same bytes remain under another name
    try:
        assert client.get(address(pdfs, "paysage", 1, 1400)).status_code == 200
    finally:
        moved.rename(folder / "suite.pdf")


def test_a_document_of_the_index_only_has_the_pages_of_its_own_file(pdfs, index):
    document = pdfs.source("note").document
    assert original_of(index, replace(document, id="absent")) == Original(
        (), document.source, document.sha256
    )
