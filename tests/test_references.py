from __future__ import annotations

import html as html_module
import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from aseqa.answers import Quote
from aseqa.bibtex import bibtex, escape_tex
from aseqa.citation_facts import author_name, citation_key, date_parts
from aseqa.cite import reference
from aseqa.csl import TYPES, csl_item
from aseqa.errors import BadSettings
from aseqa.records import Document, Section, Voice
from aseqa.references import STYLES, bibliography, formatted, permalink

# What csl-data.json of CSL 1.0.2 admits; ``additionalProperties`` is false there.
CSL_TYPES = set(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty
    webpage""".split()
)
CSL_FIELDS = {
    "id": str, "type": str, "title": str, "author": list, "issued": dict, "genre": str,
    "number": str, "authority": str, "container-title": str, "page": str, "section": str,
    "version": str, "publisher": str, "URL": str, "language": str, "note": str,
}  # fmt: skip

TEXT = "Plus de 11\u202f000 « mineurs » sont victimes : 75\u00a0% d’entre eux, *dès* 11 & {x}_y."
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


def made(kind="question_ecrite", section="réponse", **fields):
    known = {
        "id": "002_eaee1d0db6d36db2",
        "source": "002_eaee1d0db6d36db2.txt",
        "sha256": "ab" * 32,
        "text": TEXT,
        "title": "Lutte contre la prostitution des mineurs",
        "date": "2025-01-21",
        "author": "Mme Virginie Duby-Muller",
        "publisher": "Assemblée nationale",
        "url": None,
        "metadata": ASKED if kind.startswith("question") else {},
    }
    page = fields.pop("page", None)
    dated = fields.pop("dated", "2025-06-17")
    part = Section(section, 0, len(TEXT), Voice("gouvernement"), dated)
    if not kind.startswith("question"):
        known["date"] = dated
    document = Document(**(known | {"kind": kind, "sections": (part,)} | fields))
    quote = Quote(
        rank=1, text=TEXT, span=None, document=document.id, source=document.source,
        sha256=document.sha256, start=0, end=len(TEXT), page=page, section=section, before="",
        after="", voice=part.voice, date=dated, title=document.title, kind=kind,
        reference=reference(document, part), url=document.url, score=1.0,
    )  # fmt: skip
    return quote, document


LAW = {
    "kind": "loi",
    "section": "Article L. 221-1",
    "title": "Article L. 221-1",
    "author": None,
    "publisher": "Légifrance",
    "dated": "2022-02-09",
    "metadata": {
        "code": "Code de l'action sociale et des familles",
        "article": "L. 221-1",
        "version_date": "2022-02-09",
    },
}
PRESS = {
    "kind": "presse",
    "section": "corps",
    "title": "Les jeunes « oubliés » de l’ASE",
    "author": "Benoît Roux et AFP",
    "publisher": "France 3 Occitanie",
    "url": "https://exemple.fr/a_b?c=1&d={2}",
    "dated": "2025-09-05",
}
REPORT = {
    "kind": "rapport",
    "section": "corps",
    "title": "Rapport n° 12",
    "author": None,
    "publisher": "Igas",
    "dated": "2024-05",
    "page": 12,
}
ALL = [
    {},
    {"kind": "question_orale"},
    {"kind": "question_gouvernement", "publisher": "Sénat"},
    LAW,
    PRESS,
    REPORT,
    {**REPORT, "kind": "statistique"},
    {**REPORT, "kind": "tableau", "dated": None},
    {**PRESS, "kind": "page_web"},
    {"kind": "note", "author": None, "publisher": None, "title": None, "dated": "hier"},
]


def test_plain_gives_the_words_then_the_reference() -> None:
    assert formatted(*made(), "plain") == (
        f"«\u00a0{TEXT}\u00a0»\n"
        "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, "
        "Haute-Savoie), JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le "
        "17 juin 2025, p. 5318"
    )


def test_a_page_of_the_file_is_no_page_of_the_journal() -> None:
    assert formatted(*made(page=3), "plain").endswith(", p. 5318 (page 3 du fichier)")
    assert formatted(*made(**REPORT), "plain").endswith("« Rapport n° 12 », Igas, mai 2024, p. 12")


def test_markdown_is_a_quotation_without_effects() -> None:
    quote, document = made(**PRESS)
    quote = replace(quote, text=f"1. {TEXT}\n- <b>non</b>")
    assert formatted(quote, document, "markdown").split("\n") == [
        "> «\u00a01. Plus de 11\u202f000 « mineurs » sont victimes : 75\u00a0% d’entre eux, "
        "\\*dès\\* 11 \\& \\{x\\}\\_y.",
        "> \\- \\<b\\>non\\</b\\>\u00a0»",
        ">",
        "> — Benoît Roux et AFP, « Les jeunes “oubliés” de l’ASE », France 3 Occitanie, "
        "5 septembre 2025, <https://exemple.fr/a_b?c=1&d={2}>",
    ]


@pytest.mark.parametrize("fields", ALL)
def test_markdown_keeps_the_words(fields) -> None:
    written = formatted(*made(**fields), "markdown").split("\n")[0]
    assert re.sub(r"\\(.)", r"\1", written) == f"> «\u00a0{TEXT}\u00a0»"


def test_html_is_escaped_and_links_the_web_only() -> None:
    written = formatted(*made(**PRESS), "html")
    assert written.startswith(
        '<figure lang="fr"><blockquote cite="https://exemple.fr/a_b?c=1&amp;d={2}"><p>«\u00a0Plus'
    )
    assert '<a href="https://exemple.fr/a_b?c=1&amp;d={2}">' in written
    assert "11 &amp; {x}_y." in written
    bad = made(**{**PRESS, "url": "javascript:alert(1)", "title": '<img src=x onerror="a">'})
    written = formatted(*bad, "html")
    assert "<img" not in written
    assert "<a " not in written
    assert "cite=" not in written


@pytest.mark.parametrize("fields", ALL)
def test_html_keeps_the_words(fields) -> None:
    written = formatted(*made(**fields), "html")
    words = re.search(r"<p>(.*)</p>", written)[1]
    assert html_module.unescape(words) == f"«\u00a0{TEXT}\u00a0»"
    assert re.findall(r"</?([a-z]+)", written)[-2:] == ["figcaption", "figure"]


def unescaped(written):
    """Read TeX back."""
    named = {"textbraceleft": "{", "textbraceright": "}"}
    return re.sub(
        r"\\(?:([a-z]+)\{\}|(.))",
        lambda found: named[found[1]] if found[1] else {",": "\u202f"}.get(found[2], found[2]),
        written,
    )


def fields_of(entry):
    """Read an entry as BibTeX does: by counting braces, whatever stands before one."""
    head, *lines = entry.split("\n  ")
    kind, key = re.fullmatch(r"@([a-z]+)\{([^,{}]+),", head).groups()
    lines[-1] = lines[-1].removesuffix("\n}")
    pairs = [re.fullmatch(r"([a-z]+) = (.*),", line, re.DOTALL).groups() for line in lines]
    for _, value in pairs:
        depth = 0
        for char in value:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0
    return kind, key, dict(pairs)


@pytest.mark.parametrize("fields", ALL)
def test_bibtex_is_balanced_and_keeps_the_words(fields) -> None:
    quote, document = made(**fields)
    _, key, told = fields_of(bibtex(quote, document))
    assert re.fullmatch(r"[a-z0-9-]+", key)
    page = f" (p. {quote.page})" if quote.page else ""
    assert unescaped(told["note"][1:-1]) == (f"«\u00a0{TEXT}\u00a0»{page}")


def test_bibtex_of_a_question() -> None:
    kind, key, told = fields_of(bibtex(*made()))
    assert (kind, key) == ("misc", f"002-eaee1d0db6d36db2-0-{len(TEXT)}")
    del told["note"]
    assert told == {
        "author": "{Duby-Muller, Virginie}",
        "title": "{{Lutte contre la prostitution des mineurs}}",
        "howpublished": "{Question écrite n° 3269, Journal officiel (Assemblée nationale)}",
        "pages": "{5318}",
        "year": "{2025}",
        "month": "jun",
        "language": "{french}",
    }


def test_bibtex_of_the_press_and_of_a_report() -> None:
    kind, _, told = fields_of(bibtex(*made(**PRESS)))
    assert (kind, told["journal"], told["author"], told["url"]) == (
        "article",
        "{France 3 Occitanie}",
        "{{Benoît Roux et AFP}}",
        "{https://exemple.fr/a_b?c=1&d=%7B2%7D}",
    )
    kind, _, told = fields_of(bibtex(*made(**REPORT)))
    assert (kind, told["institution"], told["year"], told["month"]) == (
        "techreport",
        "{Igas}",
        "{2024}",
        "may",
    )
    kind, _, told = fields_of(bibtex(*made(**LAW)))
    assert (kind, told["howpublished"]) == (
        "misc",
        "{Code de l'action sociale et des familles, version en vigueur au 9 février 2022, "
        "Légifrance}",
    )


def test_tex_signs_have_no_effect() -> None:
    assert escape_tex("a\\b{c} 5 % & #1 $2 ~^_\u202f€") == (
        "a\\textbackslash{}b\\textbraceleft{}c\\textbraceright{} 5 \\% \\& \\#1 \\$2 "
        "\\textasciitilde{}\\textasciicircum{}\\_\\,€"
    )


@pytest.mark.parametrize("fields", ALL)
def test_csl_has_the_fields_of_the_schema_and_the_words(fields) -> None:
    quote, document = made(**fields)
    (item,) = json.loads(formatted(quote, document, "csl-json"))
    assert item["type"] in CSL_TYPES
    assert {name: type(value) for name, value in item.items()} == {
        name: CSL_FIELDS[name] for name in item
    }
    assert {"id", "type", "title", "language", "note"} <= set(item)
    assert item["note"].startswith(f"«\u00a0{TEXT}\u00a0»")
    for name in item.get("author", []):
        assert set(name) in ({"family", "given"}, {"literal"})
    assert set(item.get("issued", {})) <= {"date-parts", "literal"}


def test_csl_types_are_those_of_the_specification() -> None:
    assert set(TYPES.values()) <= CSL_TYPES
    assert [csl_item(*made(**fields))["type"] for fields in ALL] == [
        "document",
        "hearing",
        "hearing",
        "legislation",
        "article-newspaper",
        "report",
        "report",
        "dataset",
        "webpage",
        "document",
    ]


def test_csl_of_a_question_and_of_its_answer() -> None:
    item = csl_item(*made())
    del item["note"]
    assert item == {
        "id": f"002-eaee1d0db6d36db2-0-{len(TEXT)}",
        "type": "document",
        "title": "Lutte contre la prostitution des mineurs",
        "author": [{"family": "Duby-Muller", "given": "Virginie"}],
        "issued": {"date-parts": [[2025, 6, 17]]},
        "genre": "Question écrite",
        "number": "3269",
        "authority": "Assemblée nationale",
        "container-title": "Journal officiel (Assemblée nationale)",
        "page": "5318",
        "language": "fr-FR",
    }
    asked = csl_item(*made(section="question", dated="2025-01-21"))
    assert (asked["page"], asked["issued"]) == ("232", {"date-parts": [[2025, 1, 21]]})
    senate = csl_item(*made(kind="question_gouvernement", publisher="Sénat"))
    assert (senate["container-title"], senate["authority"]) == ("Journal officiel (Sénat)", "Sénat")


def test_csl_of_the_law() -> None:
    item = csl_item(*made(**LAW))
    del item["note"], item["id"]
    assert item == {
        "type": "legislation",
        "title": "Article L. 221-1",
        "issued": {"date-parts": [[2022, 2, 9]]},
        "container-title": "Code de l'action sociale et des familles",
        "section": "L. 221-1",
        "version": "version en vigueur au 9 février 2022",
        "publisher": "Légifrance",
        "language": "fr-FR",
    }


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Mme Virginie Duby-Muller", ("Duby-Muller", "Virginie")),
        ("M. Charles de Courson", ("de Courson", "Charles")),
        ("M.\u00a0Éric Martin", ("Martin", "Éric")),
        ("Mme Anne Le Roux et M. Jean Roux", ("Mme Anne Le Roux et M. Jean Roux", None)),
        ("M. Martin", ("M. Martin", None)),
        ("Défenseur des droits", ("Défenseur des droits", None)),
        ("Marie Martin", ("Marie Martin", None)),
    ],
)
def test_only_a_civility_tells_a_person(author, names) -> None:
    name = author_name(made(author=author)[1])
    assert (name.family, name.given) == names


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2025-06-17", [2025, 6, 17]),
        ("2025-06-17T10:00", [2025, 6, 17]),
        ("2025-06", [2025, 6]),
        ("2025", [2025]),
        ("2025-13-01", [2025]),
        ("hier", []),
        (None, []),
    ],
)
def test_date_parts(date, parts) -> None:
    assert date_parts(date) == parts


def test_keys_are_stable_and_apart() -> None:
    quote, _ = made()
    names = ["002_a", "002 a", "a/é", "a/e", "note#1", "note#2", "日本"]
    keys = [citation_key(replace(quote, document=name)) for name in names]
    assert keys == [citation_key(replace(quote, document=name)) for name in names]
    assert len(set(keys)) == len(names)
    assert keys[0] == f"002-a-0-{len(TEXT)}"
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key) for key in keys)


def test_an_unknown_style_is_told() -> None:
    with pytest.raises(BadSettings) as fault:
        formatted(*made(), "ris")
    assert str(fault.value) == (
        "« ris » n'est pas une forme de référence ; au choix : "
        "plain, markdown, html, bibtex, csl-json."
    )
    assert list(STYLES) == ["plain", "markdown", "html", "bibtex", "csl-json"]


@pytest.mark.parametrize(
    ("base", "start"),
    [
        ("http://127.0.0.1:7860", "http://127.0.0.1:7860/?document="),
        ("http://127.0.0.1:7860/", "http://127.0.0.1:7860/?document="),
        ("https://exemple.fr/chat/?t=1#x", "https://exemple.fr/chat/?t=1&document="),
    ],
)
def test_a_permalink_names_the_place(base, start) -> None:
    quote = replace(made()[0], document="dossier/été & hiver#2", start=1618, end=1690)
    link = permalink(quote, base)
    assert link.startswith(f"{start}dossier%2F%C3%A9t%C3%A9%20%26%20hiver%232&start=1618&end=1690&")
    told = dict(parse_qsl(urlsplit(link).query))
    told.pop("t", None)
    assert told == {
        "document": "dossier/été & hiver#2",
        "start": "1618",
        "end": "1690",
        "sha256": "ab" * 32,
    }


def test_several_quotes_are_one_bibliography() -> None:
    cited = [made(), made(section="question", dated="2025-01-21")]
    items = json.loads(bibliography(cited, "csl-json"))
    assert items == [csl_item(*one) for one in cited]
    assert bibliography(cited, "plain") == "\n\n".join(formatted(*one, "plain") for one in cited)
    with pytest.raises(BadSettings, match="apa"):
        bibliography(cited, "apa")
