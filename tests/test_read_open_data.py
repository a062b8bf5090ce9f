"""Open data of the Assembly and of the Senate: the same records as the site's pages give."""

import copy
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.cite import reference
from aseqa.errors import ReadError
from aseqa.read import read_file
from aseqa.read.assembly import looks_assembly, read_assembly
from aseqa.read.assembly_files import read_trees
from aseqa.read.parliamentary import read_parliamentary
from aseqa.read.question_html import text_of
from aseqa.read.senate import looks_senate, read_senate
from aseqa.records import Document, Voice
from aseqa.split import split_document

DATA = Path(__file__).parent / "data" / "open_data"
SEEDS = Path(__file__).parents[1] / "seeds"
ANSWERED, UNANSWERED, ORAL, GOVERNMENT = (
    "QANR5L17QE3269",
    "QANR5L17QE11473",
    "QANR5L17QOSD743",
    "QANR5L17QG1204",
)
SEED_OF = {
    ANSWERED: "002_eaee1d0db6d36db2",
    UNANSWERED: "001_c7d17c62cd39885b",
    ORAL: "000_7df608eed1d41053",
}
SENATE = DATA / "questions-depuis-un-an.csv"


def raw_of(stem: str) -> bytes:
    return (DATA / f"{stem}.json").read_bytes()


def read_one(raw: bytes, name: str = "q.json") -> Document:
    [document] = read_assembly(raw, name, "")
    return document


def changed(stem: str, change: Callable[[dict[str, Any]], object]) -> Document:
    record = json.loads(raw_of(stem))
    change(record["question"])
    return read_one(json.dumps(record).encode())


def parts(document: Document) -> list[tuple[str, str]]:
    return [(s.name, document.text[s.start : s.end]) for s in document.sections]


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


# The Assembly: the same records as the seeds


@pytest.mark.parametrize("stem", SEED_OF)
def test_the_record_is_that_of_the_page(stem: str) -> None:
    document = read_one(raw_of(stem), f"dossier/{stem}.json")
    seed = f"{SEED_OF[stem]}.txt"
    [page] = read_file(SEEDS / seed, seed)
    assert document.id == stem
    for name in ("kind", "title", "date", "author", "publisher"):
        assert getattr(document, name) == getattr(page, name)
    # The open data know no seat, and name their authors by a code.
    expected = dict(page.metadata)
    del expected["department"], expected["constituency"]
    known = dict(document.metadata)
    assert known.pop("author_ref").startswith("PA")
    assert known.pop("rubric").capitalize() == expected.pop("rubric")
    assert known == expected
    assert [(s.name, s.voice, s.date) for s in document.sections] == [
        (s.name, s.voice, s.date) for s in page.sections
    ]


@pytest.mark.parametrize("stem", [UNANSWERED, ORAL])
def test_the_words_are_those_of_the_page(stem: str) -> None:
    seed = f"{SEED_OF[stem]}.txt"
    [page] = read_file(SEEDS / seed, seed)
    assert dict(parts(read_one(raw_of(stem))))["question"] == dict(parts(page))["question"]


@pytest.mark.parametrize("stem", [ANSWERED, UNANSWERED, ORAL])
def test_what_is_printed_reads_as_a_page(stem: str) -> None:
    document = read_one(raw_of(stem), f"{stem}.json")
    [page] = read_parliamentary(document.text, f"{stem}.json", "")
    assert page.sections == document.sections
    known = {key: value for key, value in document.metadata.items() if key != "author_ref"}
    assert dict(page.metadata) == known
    assert (page.kind, page.title, page.author) == (document.kind, document.title, document.author)


def test_the_answered_question() -> None:
    document = read_one(raw_of(ANSWERED), f"{ANSWERED}.json")
    said = dict(parts(document))
    assert document.url == "https://questions.assemblee-nationale.fr/q17/17-3269QE.htm"
    assert "des «\u00a0grooming gangs\u00a0» (gangs" in said["question"]
    assert "mises en œuvre :\n- l'ouverture d'une plateforme" in said["réponse"]
    assert said["données clés"].split("\n\n") == [
        "Auteur : Mme Virginie Duby-Muller",
        "Groupe : Droite Républicaine",
        "Type de question : Question écrite",
        "Numéro de la question : 3269",
        "Rubrique : enfants",
        "Ministère interrogé : Travail, santé, solidarités et familles",
        "Ministère attributaire : Travail, santé, solidarités et familles",
        "Question publiée au JO le : 21 janvier 2025, page 232",
        "Réponse publiée au JO le : 17 juin 2025, page 5318",
    ]
    assert reference(document, document.sections[1]) == (
        "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine), JO du "
        "21 janvier 2025, p. 232 ; réponse publiée au JO le 17 juin 2025, p. 5318"
    )


def test_xml_gives_the_same_document() -> None:
    raw = (DATA / f"{ANSWERED}.xml").read_bytes()
    assert looks_assembly(raw)
    assert read_one(raw, f"{ANSWERED}.json") == read_one(raw_of(ANSWERED), f"{ANSWERED}.json")


def test_every_sentence_of_the_fields_is_one_field() -> None:
    document = read_one(raw_of(ANSWERED))
    sentences, _ = split_document(document)
    last = len(document.sections) - 1
    fields = [s.text for s in sentences if s.section == last]
    assert fields == parts(document)[-1][1].split("\n\n")


# The Assembly: debates


def test_a_government_question_keeps_its_turns() -> None:
    document = read_one(raw_of(GOVERNMENT))
    minister = (
        "M. Paul Aubert, ministre de la santé, des familles, de l'autonomie et des personnes "
        "handicapées"
    )
    chair, author = Voice("autre", "Mme la présidente"), Voice("parlementaire", "Mme Ida Roux")
    turns = [(s.name, s.voice, document.text[s.start : s.end]) for s in document.sections]
    assert turns[1:-1] == [
        ("débat", Voice("autre"), "MOYENS DE L'AIDE SOCIALE À L'ENFANCE"),
        ("débat", chair, "La parole est à Mme Ida Roux."),
        (
            "question",
            author,
            "Monsieur le ministre, 12 foyers ont fermé cette année. (Murmures.)\n\nCombien en "
            "rouvrirez-vous\u00a0? (Applaudissements sur quelques bancs.)",
        ),
        ("débat", chair, "La parole est à M. le ministre de la santé."),
        ("réponse", Voice("gouvernement", minister), "Nous en rouvrirons 8 avant l'été,…"),
        ("débat", Voice("parlementaire", "M. Marc Petit"), "C'est faux !"),
        ("réponse", Voice("gouvernement", minister), "…et 4 à l'automne."),
        ("débat", Voice("parlementaire", "Plusieurs députés du groupe DR"), "Très bien !"),
    ]
    assert {s.date for s in document.sections} == {"2025-11-19"}
    assert (document.kind, document.author) == ("question_gouvernement", "Mme Ida Roux")
    assert document.metadata["answered"] == "true"
    assert document.metadata["answer_page"] == "8123"
    assert "\n\nM. Paul Aubert, ministre . …et 4" in document.text


def test_an_oral_question_answered_in_the_chamber() -> None:
    def answer(record: dict[str, Any]) -> None:
        words = (
            "<b>Mme Karen Erodi.</b> Que ferez-vous ?<br><b>M. Paul Aubert, ministre délégué.</b> "
            "Je réponds.<br><b>M. le rapporteur.</b> Bien.<br>"
        )
        info = {"typeJO": "JO_DEBAT", "dateJO": "2026-05-07", "pageJO": "3111"}
        record["textesReponse"] = {"texteReponse": {"infoJO": info, "texte": words}}

    document = changed(ORAL, answer)
    told = [(s.name, s.voice.kind, s.voice.name, s.date) for s in document.sections]
    assert told[1:-1] == [
        ("question", "parlementaire", "Mme Karen Erodi", "2026-05-05"),
        ("question", "parlementaire", "Mme Karen Erodi", "2026-05-07"),
        ("réponse", "gouvernement", "M. Paul Aubert, ministre délégué", "2026-05-07"),
        ("débat", "autre", "M. le rapporteur", "2026-05-07"),
    ]
    assert [words for _, words in parts(document)][2:-1] == [
        "Que ferez-vous ?",
        "Je réponds.",
        "Bien.",
    ]


# The Assembly: shapes that vary


def test_a_question_that_went_from_one_ministry_to_another() -> None:
    def move(record: dict[str, Any]) -> None:
        first = record["minAttribs"]["minAttrib"]
        second = copy.deepcopy(first)
        second["infoJO"]["dateJO"] = "2025-03-04T00:00:00.000+01:00"
        second["denomination"] = {"abrege": "Justice", "developpe": "Ministère de la justice"}
        record["minAttribs"]["minAttrib"] = [second, first]
        record["signalement"] = {"dateDepotSignal": "2025-04-08", "infoJO": None}
        record["renouvellements"] = {"renouvellement": [{"infoJO": {"dateJO": "2025-05-06"}}]}

    document = changed(ANSWERED, move)
    assert document.metadata["ministry_asked"] == "Travail, santé, solidarités et familles"
    assert document.metadata["ministry_attributed"] == "Justice"
    assert document.metadata["reattributed_date"] == "2025-03-04"
    assert document.metadata["flagged_date"] == "2025-04-08"
    assert document.metadata["renewed_date"] == "2025-05-06"
    assert document.sections[2].voice == Voice("gouvernement", "Ministère de la justice")
    assert "Date de changement d'attribution : 4 mars 2025\n" in document.text


def test_a_withdrawn_question() -> None:
    closed = {"codeCloture": "FIN_MANDAT", "libelleCloture": "Fin de mandat"}

    def withdraw(record: dict[str, Any]) -> None:
        record["cloture"] = closed | {"dateCloture": "2026-01-01", "infoJO": None}

    document = changed(UNANSWERED, withdraw)
    assert document.metadata["withdrawn_date"] == "2026-01-01"
    assert document.metadata["answered"] == "false"
    assert document.text.endswith("Question retirée le : 1er janvier 2026 (Fin de mandat)")


def test_what_is_absent_is_left_out() -> None:
    def strip(record: dict[str, Any]) -> None:
        record["indexationAN"] = {"rubrique": None, "analyses": {"analyse": None}}
        record["auteur"] = None
        record["minInts"] = {"minInt": [record.pop("minInt")]}
        record["textesQuestion"]["texteQuestion"] = [
            {"texte": "Ancien.", "infoJO": {"dateJO": "2025-01-14"}},
            {"texte": "M. Li demande de l'aide.", "infoJO": {"dateJO": "2025-12-09"}},
            {"texte": {"@xsi:nil": "true"}, "infoJO": {"@xsi:nil": "true"}},
        ]

    document = changed(UNANSWERED, strip)
    assert document.title is None
    assert document.author is None
    assert dict(parts(document))["question"] == "M. Li demande de l'aide."
    assert dict(document.metadata) == {
        "number": "11473",
        "legislature": "17",
        "ministry_asked": "Santé, familles, autonomie et personnes handicapées",
        "ministry_attributed": "Santé, familles, autonomie et personnes handicapées",
        "question_date": "2025-12-09",
        "answered": "false",
    }


def test_words_that_look_like_the_form_do_not_cut_it() -> None:
    def trap(record: dict[str, Any]) -> None:
        words = "<p>Texte de la réponse</p><p>Auteur : moi</p><p>Assemblée nationale</p>"
        record["textesQuestion"]["texteQuestion"][0]["texte"] = words

    document = changed(UNANSWERED, trap)
    assert [name for name, _ in parts(document)] == ["en-tête", "question", "données clés"]
    assert document.metadata["answered"] == "false"


def test_the_archive_is_one_text_with_a_document_a_question() -> None:
    stems = [GOVERNMENT, UNANSWERED, ORAL, ANSWERED]
    raw = zipped({"LISEZMOI.txt": b"x"} | {f"json/{s}.json": raw_of(s) for s in stems})
    assert looks_assembly(raw)
    documents = read_assembly(raw, "lots/Questions.json.zip", "f" * 64)
    assert [d.id for d in documents] == [f"Questions.json#{n}" for n in range(1, 5)]
    assert [d.metadata["number"] for d in documents] == ["3269", "11473", "1204", "743"]
    assert len({id(d.text) for d in documents}) == 1
    alone = read_one(raw_of(ORAL))
    assert parts(documents[3]) == parts(alone)
    assert documents[2].sections[-1].end < documents[3].sections[0].start


def test_older_archives_hold_all_questions_in_one_file() -> None:
    records = [json.loads(raw_of(stem))["question"] for stem in (UNANSWERED, ANSWERED)]
    raw = json.dumps({"questionsEcrites": {"question": records}}).encode("utf-8-sig")
    documents = read_assembly(raw, "Questions_XIV.json", "")
    assert looks_assembly(raw)
    assert [d.metadata["number"] for d in documents] == ["3269", "11473"]


def test_html_may_stand_as_elements_in_xml() -> None:
    raw = (DATA / f"{ANSWERED}.xml").read_bytes()
    start, end = raw.rindex(b"<texte>"), raw.rindex(b"</texte>")
    told = b"<texte><p>Un :<ul><li>deux <b>mots</b> ;</li><li>trois.</li></ul></p>"
    document = read_one(raw[:start] + told + raw[end:])
    assert dict(parts(document))["réponse"] == "Un :\n\n- deux mots ;\n- trois."


@pytest.mark.parametrize("odd", [None, "", 3, [], [None], [[]], ["x"], {}, {"@xsi:nil": "true"}])
@pytest.mark.parametrize(
    "name", ["auteur", "minInt", "minAttribs", "indexationAN", "cloture", "renouvellements"]
)
def test_odd_shapes_are_as_good_as_absent(name: str, odd: Any) -> None:
    document = changed(ANSWERED, lambda record: record.update({name: odd}))
    assert document.metadata["number"] == "3269"
    assert document.metadata["answer_date"] == "2025-06-17"
    assert "None" not in document.text


# The Assembly: files that are refused


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"question": {"uid": "x", ', "abîmé ou incomplet .JSON mal formé, ligne 1"),
        (b"[" * 100_000, "niveaux emboîtés"),
        (b"<question><indexationAN></question>", "XML mal formé, ligne 1"),
        (b'<!DOCTYPE q [<!ENTITY a "b">]><q><indexationAN>&a;</indexationAN></q>', "par prudence"),
        (b'<!DOCTYPE q SYSTEM "http://x/q.dtd"><q><indexationAN/></q>', "par prudence"),
        (b'{"indexationAN": 1}', "aucune question"),
        (b'{"question": {"uid": "x", "identifiant": {"numero": "1"}}}', "sans type ou sans numéro"),
    ],
)
def test_files_that_are_refused(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read_assembly(raw, "q.json", "")


def test_a_damaged_member_is_named() -> None:
    raw = zipped({"json/a.json": raw_of(ORAL), "json/b.json": b"{"})
    with pytest.raises(ReadError, match=r"q\.zip \(json/b\.json\) est abîmé"):
        read_assembly(raw, "q.zip", "")


def test_an_archive_that_swells_is_refused() -> None:
    raw = zipped({"a.json": raw_of(ORAL), "b.json": b"[" + b" " * 200_000 + b"]"})
    with pytest.raises(ReadError, match="par prudence"):
        list(read_trees(raw, "q.zip", max_bytes=100_000))
    assert len(list(read_trees(raw, "q.zip", max_bytes=300_000))) == 2
    # A size that lies is found out while the member is read.
    lying = raw.replace((200_002).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    with pytest.raises(ReadError, match=r"par prudence|abîmé"):
        list(read_trees(lying, "q.zip", max_bytes=100_000))


def test_an_archive_of_too_many_files_is_refused() -> None:
    raw = zipped({"a.json": raw_of(ORAL), "b.json": raw_of(ORAL)})
    with pytest.raises(ReadError, match="par prudence"):
        list(read_trees(raw, "q.zip", max_members=1))


def test_an_archive_with_a_password_is_refused() -> None:
    raw = bytearray(zipped({"a.json": raw_of(ORAL)}))
    place = raw.index(b"PK\x01\x02") + 8
    raw[place] |= 1
    with pytest.raises(ReadError, match="mot de passe"):
        read_assembly(bytes(raw), "q.zip", "")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK\x03\x04",
        b'{"dossier": {"uid": "DLR5L17N1"}}',
        b"<html><p>indexation</p></html>",
        b"indexationAN;1",
        zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
        SENATE.read_bytes(),
    ],
)
def test_what_is_not_the_assembly(raw: bytes) -> None:
    assert not looks_assembly(raw)


# The Senate


def test_the_senates_rows() -> None:
    raw = SENATE.read_bytes()
    assert looks_senate(raw)
    documents = read_senate(raw, "senat/questions.csv", "")
    assert [d.id for d in documents] == ["questions#1", "questions#2", "questions#3"]
    assert [d.kind for d in documents] == [
        "question_ecrite",
        "question_orale",
        "question_gouvernement",
    ]
    first = documents[0]
    assert (first.title, first.author) == ("Foyers de l'enfance ; fermetures", "Mme Ida Roux")
    assert (first.publisher, first.date) == ("Sénat", "2025-01-21")
    assert first.url == "https://www.senat.fr/questions/base/2025/qSEQ250101234.html"
    assert dict(first.metadata) == {
        "number": "01234",
        "reference": "SEQ25010234",
        "group": "UC",
        "department": "Rhône",
        "ministry_asked": "Santé et accès aux soins",
        "ministry_attributed": "Travail, santé, solidarités et familles",
        "rubric": "Famille, Questions sociales et santé",
        "status": "Réponse publiée",
        "question_date": "2025-01-21",
        "answer_date": "2025-06-19",
        "reattributed_date": "2025-02-04",
        "answered": "true",
    }
    assert parts(first)[0] == (
        "en-tête",
        "Sénat\n\nFoyers de l'enfance ; fermetures\n\nQuestion écrite n° 01234",
    )
    assert parts(first)[1][1].split("\n\n")[1] == "Circonscription : Rhône - UC"


def test_the_senates_references() -> None:
    documents = read_senate(SENATE.read_bytes(), "questions.csv", "")
    assert [reference(d, d.sections[0]) for d in documents] == [
        "Question écrite n° 01234 de Mme Ida Roux (UC, Rhône), JO Sénat du 21 janvier 2025 ; "
        "réponse publiée au JO Sénat le 19 juin 2025",
        "Question orale n° 0457S de M. Marc Petit (SER, Ain), JO Sénat du 10 avril 2025 ; "
        "réponse non reproduite",
        "Question au Gouvernement n° 0610G de Mme Anne Noël (Les Indépendants, Corse-du-Sud), "
        "JO Sénat du 22 mai 2025 ; réponse publiée au JO Sénat le 22 mai 2025",
    ]


@pytest.mark.parametrize("form", ["csv", "json", "xml"])
def test_a_senate_question_with_its_texts(form: str) -> None:
    row = {
        "Numéro": "01234",
        "Titre": "Foyers",
        "Nom": "Roux",
        "Prénom": "Ida",
        "Civilité": "Mme",
        "Circonscription": "Rhône",
        "Groupe": "UC",
        "Date de publication JO": "21/01/2025",
        "Page de publication JO": "12",
        "Ministère de réponse": "Ministère de la justice",
        "Date de réponse JO": "19/06/2025",
        "Page de réponse JO": "3456",
        "Texte de la question": "Mme Ida Roux demande.<br/>Combien ?",
        "Texte de la réponse": "<p>Trois.</p>",
    }
    if form == "csv":
        raw = (",".join(row) + "\n" + ",".join(row.values()) + "\n").encode()
    elif form == "json":
        raw = json.dumps({"questions": [row]}, ensure_ascii=False).encode()
    else:
        cells = "".join(
            f"<{name.replace(' ', '_')}>{value.replace('<', '&lt;')}</{name.replace(' ', '_')}>"
            for name, value in row.items()
        )
        raw = f"<questions><question>{cells}</question></questions>".encode()
    assert looks_senate(raw)
    [document] = read_senate(raw, f"q.{form}", "")
    assert document.kind == "question_ecrite"
    assert parts(document)[1:3] == [
        ("question", "Mme Ida Roux demande.\nCombien ?"),
        ("réponse", "Trois."),
    ]
    assert document.sections[2].voice == Voice("gouvernement", "Ministère de la justice")
    assert document.sections[2].date == "2025-06-19"
    assert reference(document, document.sections[0]) == (
        "Question écrite n° 01234 de Mme Ida Roux (UC, Rhône), JO Sénat du 21 janvier 2025, "
        "p. 12 ; réponse publiée au JO Sénat le 19 juin 2025, p. 3456"
    )


def test_a_senate_file_without_question_is_refused() -> None:
    header = SENATE.read_bytes().partition(b"\r\n")[0]
    with pytest.raises(ReadError, match="aucune question du Sénat"):
        read_senate(header, "vide.csv", "")


@pytest.mark.parametrize("raw", [b"", b"Nom;Date\nRoux;2025\n", raw_of(ANSWERED)])
def test_what_is_not_the_senate(raw: bytes) -> None:
    assert not looks_senate(raw)


# HTML, and any bytes at all


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Deux lignes\nsans balise", "Deux lignes\nsans balise"),
        ("Un\n mot<br>deux", "Un mot\ndeux"),
        ("<ul><li>un ;</li> <li><p>deux.</p></li></ul>Fin.", "- un ;\n- deux.\n\nFin."),
        ("<table><tr><td>2023</td><td>12</td></tr><tr><td>a", "2023 | 12\na"),
        ("moins de <5 ans &lt;b&gt; & a<b", "moins de <5 ans <b> & a<b"),
        ("x<!-- y --><script>z()</script><o:p></o:p>&nbsp;%", "x\u00a0%"),
        ("\x00\ud800a&#0;", "a\ufffd"),
        ("</p><p> <br> <p>", ""),
    ],
)
def test_html(html: str, words: str) -> None:
    assert text_of(html) == words


MUTABLE = [
    (read_assembly, raw_of(GOVERNMENT)),
    (read_assembly, (DATA / f"{ANSWERED}.xml").read_bytes()),
    (read_assembly, zipped({"json/a.json": raw_of(ORAL), "json/b.json": raw_of(GOVERNMENT)})),
    (read_senate, SENATE.read_bytes()),
]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(MUTABLE),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=3)), min_size=1, max_size=6),
)
def test_damaged_bytes_give_an_error_or_true_offsets(
    case: tuple[Callable[[bytes, str, str], list[Document]], bytes], damages: list[Any]
) -> None:
    read, raw = case
    for place, new in damages:
        at = place % len(raw)
        raw = raw[:at] + new + raw[at + len(new) :] if new else raw[:at] + raw[at + 40 :]
    looks_assembly(raw), looks_senate(raw)
    try:
        documents = read(raw, "q.zip", "")
    except ReadError:
        return
    for document in documents:
        document.text.encode("utf-8")
        ends = [0, *(s.end for s in document.sections)]
        assert all(end <= s.start for end, s in zip(ends, document.sections, strict=False))
        sentences, _ = split_document(document)
        assert all(document.text[s.start : s.end] == s.text for s in sentences)
