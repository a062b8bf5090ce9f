"""Dossiers as files: each is read back, and its words are those of the quotes."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import docx
import odfdo
import pytest
from docx.oxml.ns import qn
from sample_quotes import QUOTE as SAMPLE

from aseqa.answers import Span
from aseqa.dossier import Dossier, Heading, Note, Pinned, read_dossier
from aseqa.errors import BadSettings
from aseqa.export import FORMATS, export_dossier, file_name
from aseqa.export.content import content_of, marked, shown
from aseqa.export.markdown import escaped, strong
from aseqa.export.table import COLUMNS, neutral
from aseqa.messages import speaking
from aseqa.records import Voice
from aseqa.saved_answers import claims_of, parse_answers
from aseqa.seal import VALID, seal, seal_state, text_digest

TODAY = date(2026, 12, 1)
WORDS = (
    "En 2024, plus de 11\u00a0000 mineurs sont victimes  d’exploitation\u202f; l'« 1er » n° 743."
)
QUOTE = replace(
    SAMPLE,
    text=WORDS,
    end=SAMPLE.start + len(WORDS),
    page=None,
    after="",
    voice=replace(SAMPLE.voice, reported="l'Igas"),
    date="2025-06-01",
    reference="Question écrite n° 3269 de M. X, https://exemple.fr/a_b?x=1&y=2",
    url="https://exemple.fr/a_b?x=1&y=2",
    score=0.97,
)
ATTACKS = (
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    "]]>&lt;&#60;&amp; <w:p/> <text:p/>",
    "[lien](javascript:alert(1)) ![i](http://mal.fr/i.png) `a` **b** [^1]: c",
    "# titre | a | b | ~~c~~ $x$ <http://mal.fr> www.mal.fr https://mal.fr @toi",
    '=HYPERLINK("http://mal.fr";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "rouge \x1b[31m \x00 \x07 \x9b31m \u202e retourné \u2066",
    "non-caractères \ufffe \uffff",
    "ligne\r\nsuivante\u2028encore\x85fin",
    "é décomposé e\u0301 ; 113,5 M€ ; L. 221-1 ; 👩‍👩‍👧",
    "'=1+1",
)


def pinned(text=WORDS, question="Combien ?", note="", **others):
    quote = replace(QUOTE, text=text, end=QUOTE.start + len(text), **others)
    return Pinned({**quote.to_dict(), "seal": seal(quote, "3-0a1b")}, question, note)


def attacked(words):
    """Give a dossier with ``words`` in every place where they can stand."""
    item = pinned(
        words,
        question=words,
        note=words,
        span=Span(0, len(words), words),
        reference=words,
        source=words,
        document=words,
        voice=Voice("presse", words, words),
        date=words,
        url=words,
        sha256=words,
    )
    return Dossier(words, (Heading(words), item, Note(words)))


DOSSIER = Dossier(
    "L’exploitation : 11 000 mineurs",
    (
        Heading("Première partie"),
        pinned(note="À relire\n\nd'ici 2027"),
        pinned("Une autre phrase.", span=None, page=3),
        Note("Une note à part"),
        pinned("La loi le dit.", question="Et la loi ?", span=None, voice=Voice("loi")),
    ),
)
TEXTS = [item.quote["text"] for item in DOSSIER.pinned]


def plain(text):
    return f"«\u00a0{shown(text)}\u00a0»"


# Readers, one a format


def docx_footnotes(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return docx.oxml.parse_xml(archive.read("word/footnotes.xml"))


def docx_quotes(raw):
    document = docx.Document(io.BytesIO(raw))
    return [p for p in document.paragraphs if p.style.name == "Dossier citation"]


def odt_quotes(raw):
    """Give the quotes without their footnotes, and the footnotes."""
    body = odfdo.Document(io.BytesIO(raw)).body
    notes = [(note.note_id, note.citation, odt_text(note.note_body)) for note in body.get_notes()]
    for note in body.get_notes():
        note.delete(keep_tail=True)
    found = [p for p in body.get_paragraphs() if p.style == "Dossier_quote"]
    return [odt_text(paragraph) for paragraph in found], notes


def odt_text(element):
    return element if isinstance(element, str) else element.inner_text


class Page(HTMLParser):
    """Notes the tags with their attributes, and the text of each blockquote."""

    def __init__(self, raw):
        super().__init__()
        self.tags, self.texts, self.stack = [], [], []
        self.feed(raw.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.texts.append([tag, ""])
        self.stack.append(self.texts[-1])

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if "sup" not in [tag for tag, _ in self.stack]:
            for held in self.stack:
                held[1] += data

    def of(self, tag):
        return [text for kind, text in self.texts if kind == tag]

    def attributes(self, tag, name):
        return [held[name] for kind, held in self.tags if kind == tag and name in held]


def rows(raw):
    told = raw.decode("utf-8-sig")
    head, *found = csv.reader(io.StringIO(told, newline=""), delimiter=";", strict=True)
    assert len(head) == len(COLUMNS)
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


# Word


def test_word_has_the_quotes_to_the_letter_and_the_answering_words_in_bold():
    raw = export_dossier(DOSSIER, "docx", TODAY)
    quotes = docx_quotes(raw)
    assert [paragraph.text for paragraph in quotes] == [plain(text) for text in TEXTS]
    bold = [[run.text for run in p.runs if run.style.font.bold] for p in quotes]
    assert bold == [["plus de 11\u00a0000 mineurs"], [], []]


def test_word_has_footnotes_of_its_own_called_at_the_end_of_each_quote():
    raw = export_dossier(DOSSIER, "docx", TODAY)
    called = [
        [call.get(qn("w:id")) for call in p._p.iter(qn("w:footnoteReference"))]
        for p in docx_quotes(raw)
    ]
    assert called == [["1"], ["2"], ["3"]]
    assert [p.runs[-1]._r[-1].tag for p in docx_quotes(raw)] == [qn("w:footnoteReference")] * 3
    notes = {note.get(qn("w:id")): note for note in docx_footnotes(raw)}
    assert list(notes) == ["-1", "0", "1", "2", "3"]
    told = "".join(text.text for text in notes["1"].iter(qn("w:t")))
    digest = DOSSIER.pinned[0].quote["seal"]["digest"][:12]
    end = QUOTE.end
    assert told == (
        f" {QUOTE.reference} · Gouvernement — Ministère n° 1, selon l'Igas · 1er juin 2025 · "
        f"2025/002_eaee.txt, caractères 1618 à {end} · sceau {digest}"
    )
    assert "p. 3 du fichier" in "".join(text.text for text in notes["2"].iter(qn("w:t")))


def test_the_package_of_word_declares_the_footnotes():
    raw = export_dossier(DOSSIER, "docx")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
        settings = docx.oxml.parse_xml(archive.read("word/settings.xml"))
        styles = archive.read("word/styles.xml").decode()
    assert types.count('PartName="/word/footnotes.xml"') == 1
    assert "wordprocessingml.footnotes+xml" in types
    assert relations.count('Target="footnotes.xml"') == 1
    order = [child.tag for child in settings]
    assert order.index(qn("w:footnotePr")) == order.index(qn("w:compat")) - 1
    assert 'w:val="fr-FR"' in styles
    used = {
        style.get(qn("w:val")) for style in docx_footnotes(raw).iter(qn("w:pStyle"), qn("w:rStyle"))
    }
    assert used <= set(re.findall(r'w:styleId="([^"]+)"', styles))


def test_word_sets_notes_apart_and_ends_with_the_seals_on_a_page_of_their_own():
    document = docx.Document(io.BytesIO(export_dossier(DOSSIER, "docx", TODAY)))
    told = [(p.style.name, p.text) for p in document.paragraphs]
    assert told[:5] == [
        ("Title", "L’exploitation : 11 000 mineurs"),
        ("Normal", "Citations vérifiables réunies avec aseqa. Exporté le 1er décembre 2026."),
        ("Normal", "Citations : 3."),
        ("Normal", "En gras : les mots qui répondent à la question."),
        ("Heading 1", "Première partie"),
    ]
    assert [text for style, text in told if style == "Dossier note"] == [
        "Note : À relire\n\nd'ici 2027",
        "Note : Une note à part",
    ]
    assert [text for style, text in told if style == "Dossier question"] == [
        "Question : Combien ?",
        "Question : Et la loi ?",
    ]
    [seals] = [p for p in document.paragraphs if p.text == "Sceaux"]
    assert seals.paragraph_format.page_break_before is True
    facts = [text for style, text in told if style == "Dossier sceau"]
    assert len(facts) == 3
    assert (
        f"Empreinte du texte cité : {text_digest(WORDS)}\nMots qui répondent : 9 à 31" in facts[0]
    )
    assert "Empreinte du fichier : " + "ab12" * 16 in facts[0]
    assert facts[0].endswith("État du sceau : intact")
    assert document.core_properties.author == ""


# OpenDocument


def test_opendocument_has_the_quotes_to_the_letter_and_real_footnotes():
    raw = export_dossier(DOSSIER, "odt", TODAY)
    quotes, notes = odt_quotes(raw)
    assert quotes == [plain(text) for text in TEXTS]
    assert [(name, number) for name, number, _ in notes] == [
        ("note1", "1"), ("note2", "2"), ("note3", "3"),
    ]  # fmt: skip
    expected = content_of(DOSSIER).quotations[0].note
    assert notes[0][2] == " " + " · ".join(expected)
    body = odfdo.Document(io.BytesIO(raw)).body
    spans = [s.inner_text for s in body.get_spans() if s.style == "Dossier_answer"]
    assert spans[0] == "plus de 11\u00a0000 mineurs"


def test_every_style_that_the_text_uses_is_there():
    document = odfdo.Document(io.BytesIO(export_dossier(DOSSIER, "odt")))
    used = set(re.findall(r'text:style-name="([^"]+)"', document.body.serialize()))
    assert used <= {style.name for style in document.get_styles()}
    assert document.get_style("paragraph", "Dossier_seals") is not None
    assert 'fo:break-before="page"' in document.get_style("paragraph", "Dossier_seals").serialize()


# Web page


def test_the_page_has_the_quotes_to_the_letter_and_links_to_notes_and_back():
    raw = export_dossier(DOSSIER, "html", TODAY)
    page = Page(raw)
    assert page.of("blockquote") == [plain(text) for text in TEXTS]
    assert page.of("strong") == ["plus de 11\u00a0000 mineurs"]
    links, ids = page.attributes("a", "href"), [
        held["id"] for _, held in page.tags if "id" in held
    ]  # fmt: skip
    assert len(ids) == len(set(ids))
    inside = [link[1:] for link in links if link.startswith("#")]
    assert sorted(inside) == sorted(f"{kind}-{n}" for n in (1, 2, 3) for kind in ("appel", "note"))
    assert set(inside) <= set(ids)
    assert page.tags[0] == ("html", {"lang": "fr"})
    assert b"@media print" in raw


def test_an_english_export_says_so_and_its_quotes_stay_french():
    with speaking("en"):
        page = Page(export_dossier(DOSSIER, "html", TODAY))
        word = docx.Document(io.BytesIO(export_dossier(DOSSIER, "docx", TODAY)))
        odt = zipfile.ZipFile(io.BytesIO(export_dossier(DOSSIER, "odt", TODAY)))
    assert page.tags[0] == ("html", {"lang": "en"})
    assert page.attributes("blockquote", "lang") == ["fr"] * 3
    assert word.core_properties.language == "en-GB"
    spoken = {
        style.name: style.element.xpath("string(./w:rPr/w:lang/@w:val)") for style in word.styles
    }
    assert spoken["Dossier quotation"] == "fr-FR"
    assert spoken["Dossier note"] == ""  # that of the whole document
    defaults = word.styles.element.xpath("string(./w:docDefaults//w:lang/@w:val)")
    assert defaults == "en-GB"
    assert b"<dc:language>en-GB</dc:language>" in odt.read("meta.xml")
    assert b'fo:language="fr" fo:country="FR"' in odt.read("styles.xml")


def test_the_page_asks_for_nothing_from_outside():
    page = Page(export_dossier(DOSSIER, "html"))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "base"}
    assert not [name for _, held in page.tags for name in held if name in ("src", "style")]
    outside = [link for link in page.attributes("a", "href") if not link.startswith("#")]
    assert outside == ["https://exemple.fr/a_b?x=1&y=2"] * 3
    assert "default-src 'none'" in page.attributes("meta", "content")[0]


# Markdown


def test_markdown_has_the_quotes_and_one_footnote_each():
    told = export_dossier(DOSSIER, "markdown", TODAY).decode()
    assert (
        "> «\u00a0En 2024, **plus de 11\u00a0000 mineurs** sont victimes  d’exploitation\u202f; "
        "l'« 1er » n° 743.\u00a0»[^1]\n>\n> — Gouvernement — Ministère n° 1, selon l'Igas · "
        "1er juin 2025\n\nNote : À relire\\\nd'ici 2027" in told
    )
    assert re.findall(r"^\[\^(\d)\]: ", told, re.MULTILINE) == ["1", "2", "3"]
    assert re.findall(r"»\[\^(\d)\]$", told, re.MULTILINE) == ["1", "2", "3"]
    assert "<https://exemple.fr/a_b?x=1&y=2> · Gouvernement" in told


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a ", "b", " c"), "a **b** c"),
        (("", "b", ""), "**b**"),
        (("l'", "b", "."), "l'**b**."),
        (("l'", "« b »", "x"), "l'<strong>« b »</strong>x"),
        (("a", "« b »", "c"), "a<strong>« b »</strong>c"),
        (("a", " b", "c"), "a<strong> b</strong>c"),
        (("a*", "_b_", ""), r"a\***\_b\_**"),
        (("a_", "", "b"), r"a\_b"),
    ],
)
def test_bold_is_written_so_that_it_shows(parts, expected):
    assert strong(*parts) == expected


@pytest.mark.parametrize("words", ATTACKS)
def test_no_sign_of_markdown_is_left_bare(words):
    told = escaped(shown(words))
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]<>`*_|#!~$@&]", told)
    assert not re.search(r"https?://|javascript:\w|www\.", told)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", told) == shown(words)


# Table


def test_the_table_has_one_quote_a_row_to_the_letter():
    raw = export_dossier(DOSSIER, "csv", TODAY)
    assert raw.startswith(b"\xef\xbb\xbf")
    found = rows(raw)
    assert [row["text"] for row in found] == [plain(text) for text in TEXTS]
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4
    first = found[0]
    assert (first["number"], first["heading"]) == ("1", "Première partie")
    assert first["span"] == "«\u00a0plus de 11\u00a0000 mineurs\u00a0»"
    assert (first["start"], first["end"]) == ("1618", str(QUOTE.end))
    assert first["voice"] == "Gouvernement — Ministère n° 1, selon l'Igas"
    assert first["text_sha256"] == text_digest(WORDS)
    assert first["seal"] == DOSSIER.pinned[0].quote["seal"]["digest"]
    assert found[1]["page"] == "3"


@pytest.mark.parametrize("words", ATTACKS)
def test_no_cell_of_the_table_begins_a_formula(words):
    [row] = rows(export_dossier(attacked(words), "csv"))
    assert not [cell for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert not [cell for cell in row.values() if re.search(r"[\x00-\x1f\x7f-\x9f]", cell)]
    assert row["text"] == plain(words)
    assert row["note"] in (shown(words), f"'{shown(words)}")


def test_only_what_could_begin_a_formula_is_put_after_an_apostrophe():
    assert [neutral(text) for text in ("1er", "l'été", "", "=1", " +1", "－1", "'a")] == [
        "1er", "l'été", "", "'=1", "' +1", "'－1", "''a",
    ]  # fmt: skip


# JSON


def test_the_json_is_whole_and_its_seals_hold():
    raw = export_dossier(DOSSIER, "json", TODAY)
    record = json.loads(raw)
    assert read_dossier(record) == DOSSIER
    assert record["exported"] == "2026-12-01"
    [answer] = parse_answers(raw.decode(), "dossier.json")
    claims = claims_of(answer)
    assert [claim.text for claim in claims] == TEXTS
    assert [seal_state(claim.record) for claim in claims] == [VALID] * 3


# All of them


@pytest.mark.parametrize("words", ATTACKS)
def test_no_text_gets_out_of_its_place(words):
    dossier = attacked(words)
    assert [p.text for p in docx_quotes(export_dossier(dossier, "docx"))] == [plain(words)]
    assert odt_quotes(export_dossier(dossier, "odt"))[0] == [plain(words)]
    page = Page(export_dossier(dossier, "html"))
    assert page.of("blockquote") == [plain(words)]
    assert page.of("h1") == [shown(words).strip()]
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "figure",
        "blockquote", "strong", "sup", "a", "figcaption", "div", "section", "ol", "li", "dl", "dt",
        "dd",
    }  # fmt: skip
    assert all(link.startswith("#") for link in page.attributes("a", "href"))
    assert read_dossier(json.loads(export_dossier(dossier, "json"))) == dossier


@pytest.mark.parametrize("style", FORMATS)
def test_no_control_character_is_written(style):
    raw = export_dossier(attacked(ATTACKS[10]), style)
    if style in ("docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = ("word/document.xml", "word/footnotes.xml", "content.xml")
            raw = b"".join(archive.read(n) for n in archive.namelist() if n in names)
    told = raw.decode("utf-8-sig")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e\u2066]", told)


@pytest.mark.parametrize("style", ["docx", "odt", "markdown", "html"])
def test_a_quote_that_was_changed_says_so(style):
    quote = {**DOSSIER.pinned[1].quote, "text": "Une autre phrasE."}
    [block] = content_of(Dossier("", (Pinned(quote),))).quotations
    assert block.note[-1] == "sceau rompu : la citation a été modifiée depuis"
    raw = export_dossier(Dossier("", (Pinned(quote), Pinned({**quote, "seal": None}))), style)
    if style in ("docx", "odt"):
        name = "word/footnotes.xml" if style == "docx" else "content.xml"
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = archive.read(name)
    assert raw.decode().count("sceau rompu") == 1
    assert raw.decode().count("sans sceau") == 1


def test_words_that_do_not_match_are_not_marked():
    quote = DOSSIER.pinned[0].quote
    for span in ({"start": 9, "end": 31, "text": "x"}, {"start": -5, "end": -1}, {}, None):
        assert marked({**quote, "span": span}) == (WORDS, "", "")


@pytest.mark.parametrize("style", FORMATS)
def test_an_empty_dossier_has_an_export_too(style):
    raw = export_dossier(Dossier(""), style)
    assert len(raw) > 40
    if style in ("markdown", "html"):
        assert "Dossier sans titre" in raw.decode()
        assert "Ce dossier ne contient aucune citation." in raw.decode()


@pytest.mark.parametrize("style", ["markdown", "html", "csv", "json"])
def test_the_same_dossier_gives_the_same_bytes(style):
    assert export_dossier(DOSSIER, style) == export_dossier(DOSSIER, style)


def test_a_format_that_is_not_there_is_refused_in_french():
    with pytest.raises(BadSettings, match="« pdf » n'est pas un format d'export ; au choix : docx"):
        export_dossier(DOSSIER, "pdf")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("L'été : 11\u00a0000 mineurs", "dossier-l-ete-11-000-mineurs.odt"),
        ("../../etc/passwd\x00", "dossier-etc-passwd.odt"),
        ("CON", "dossier-con.odt"),
        ("日本", "dossier.odt"),
        ("x" * 200, f"dossier-{'x' * 60}.odt"),
        ('a"; rm -rf /\r\nX: y', "dossier-a-rm-rf-x-y.odt"),
    ],
)
def test_the_name_of_the_file_is_safe(title, name):
    assert file_name(Dossier(title), "odt") == name


def test_the_libraries_wait_until_their_format_is_asked_for():
    program = (
        "import sys, aseqa.export, aseqa.export.docx, aseqa.export.odt, aseqa.export.html\n"
        "print({'docx', 'odfdo', 'lxml'} & set(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "set()"
