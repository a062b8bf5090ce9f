from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest

from aseqa.errors import IndexMissing, ReadError
from aseqa.nearest_text import differences, likeness, run_seeds, windows
from aseqa.render_proof import render_verification
from aseqa.saved_answers import claims_of, load_answers, parse_answers
from aseqa.seal import seal_record
from aseqa.sources import file_sources, index_sources
from aseqa.text import squeeze
from aseqa.verify import Verification, verify_answer, verify_answers

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
PDF = Path(__file__).resolve().parent / "data" / "pdf" / "note.pdf"
CLAIMED = ("text", "date", "reference", "start", "end", "page", "sha256", "span")


@pytest.fixture(scope="module")
def sources(seeds_index):
    with index_sources(seeds_index) as opened:
        yield opened


@pytest.fixture(scope="module")
def gold_quotes(sources, assistant):
    """Cite every sentence that the tuning questions have for an answer, once."""
    names = [document.id for document in assistant.documents()]
    found = {}
    for line in (SEEDS / "gold" / "tuning.jsonl").read_text(encoding="utf-8").splitlines():
        for gold in json.loads(line)["gold"]:
            wanted = squeeze(gold["contains"])
            for name in (name for name in names if name.startswith(gold["doc"])):
                for row in sources.sentences(name):
                    if wanted in squeeze(row.sentence.text):
                        found.setdefault((name, row.sentence.start), (row, gold["contains"]))
    return [saved(sources.cite(row), words) for row, words in found.values()]


def saved(quote, words=""):
    """Give a quote as it is read back from a saved answer, some words of it marked."""
    record = json.loads(json.dumps(quote.to_dict(), ensure_ascii=False))
    record.pop("seal", None)
    start = record["text"].find(words)
    if words and start >= 0:
        record["span"] = {"start": start, "end": start + len(words), "text": words}
    return record


def answer_of(*quotes, **more):
    return {"question": "Combien ?", "status": "answered", "quotes": list(quotes), **more}


def sealed(record, index="3-0a1b2c3d4e5f"):
    return {**record, "seal": seal_record(record, index)}


def digit_changes(value):
    """Give ``value`` with each of its digits changed, one at a time."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from ({**value, key: other} for other in digit_changes(held))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        written = str(value)
        for place, char in enumerate(written):
            if char.isdecimal():
                other = str((int(char) + 1) % 10)
                yield type(value)(written[:place] + other + written[place + 1 :])


def spelt(pairs, signs):
    return "".join(words for sign, words in pairs if sign in signs)


def test_the_gold_quotes_are_many(gold_quotes) -> None:
    assert len(gold_quotes) > 80
    assert sum(quote["span"] is not None for quote in gold_quotes) > 80


def test_every_gold_quote_is_found_as_cited(gold_quotes, sources) -> None:
    checked = verify_answer(answer_of(*gold_quotes), sources)
    assert [quote for quote in checked.quotes if not quote.ok] == []
    assert {(quote.status, quote.seal, quote.changed) for quote in checked.quotes} == {
        ("found", "absent", False)
    }
    assert checked.ok


def test_every_sealed_gold_quote_is_found_as_cited(gold_quotes, sources) -> None:
    answer = answer_of(*map(sealed, gold_quotes), index="3-0a1b2c3d4e5f")
    checked = verify_answer(json.loads(json.dumps(answer)), sources)
    assert checked.ok
    assert {quote.seal for quote in checked.quotes} == {"valid"}


def test_no_changed_digit_passes(gold_quotes, sources) -> None:
    changed = [
        {**quote, name: value}
        for quote in gold_quotes
        for name in CLAIMED
        for value in digit_changes(quote[name])
    ]
    assert len(changed) > 5000
    checked = verify_answer(answer_of(*changed), sources)
    assert [quote for quote in checked.quotes if quote.ok] == []


def test_no_changed_digit_passes_under_a_seal(gold_quotes, sources) -> None:
    changed = [
        {**sealed(quote), name: value}
        for quote in gold_quotes
        for name in (*CLAIMED, "score", "rank", "document", "source", "before", "after", "title")
        for value in list(digit_changes(quote[name]))[:1]
    ]
    checked = verify_answer(answer_of(*changed), sources)
    assert {quote.seal for quote in checked.quotes} == {"broken"}
    assert [quote for quote in checked.quotes if quote.ok] == []


def test_a_changed_digit_of_the_text_is_shown(gold_quotes, sources) -> None:
    changed = [
        (quote, {**quote, "text": text})
        for quote in gold_quotes
        for text in digit_changes(quote["text"])
    ]
    assert len(changed) > 60
    checked = verify_answer(answer_of(*(record for _, record in changed)), sources)
    for (quote, record), found in zip(changed, checked.quotes, strict=True):
        assert found.status == "altered"
        assert (found.found.start, found.found.end) == (quote["start"], quote["end"])
        assert found.found.document == quote["document"]
        assert found.found.text == quote["text"]
        assert spelt(found.differences, "=-") == record["text"]
        assert spelt(found.differences, "=+") == quote["text"]
        assert [sign for sign, _ in found.differences if sign != "="] == ["-", "+"]


def test_a_page_of_a_pdf_is_checked() -> None:
    with file_sources([PDF]) as sources:
        (name,) = sources.homes(PDF.stem, "", "")
        quotes = [saved(sources.cite(row)) for row in sources.sentences(name)]
        assert verify_answer(answer_of(*quotes), sources).ok
        assert {quote["page"] for quote in quotes} >= {1}
        turned = [{**quote, "page": quote["page"] + 1} for quote in quotes]
        checked = verify_answer(answer_of(*turned), sources)
    assert [
        [(m.field, m.cited, m.actual) for m in quote.mismatches] for quote in checked.quotes
    ] == [[("page", quote["page"] + 1, quote["page"])] for quote in quotes]


def test_a_digit_changed_in_the_source_is_told(gold_quotes, tmp_path) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")}
    everything = "".join(texts.values())
    numbered = [
        quote
        for quote in gold_quotes
        if any(map(str.isdecimal, quote["text"])) and everything.count(quote["text"]) == 1
    ]
    assert len(numbered) > 40
    now = {}
    for quote in numbered:
        text = texts[quote["source"]]
        now[quote["source"], quote["start"]] = next(digit_changes(quote["text"]))
        assert text[quote["start"] : quote["end"]] == quote["text"]
    for (source, start), words in now.items():
        text = texts[source]
        texts[source] = text[:start] + words + text[start + len(words) :]
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    with file_sources([tmp_path]) as sources:
        checked = verify_answer(answer_of(*numbered), sources)
    for quote, found in zip(numbered, checked.quotes, strict=True):
        assert found.status == "altered"
        assert found.changed is True
        assert spelt(found.differences, "=-") == quote["text"]
        assert spelt(found.differences, "=+") == now[quote["source"], quote["start"]]


def test_a_paragraph_put_before_moves_the_quotes(gold_quotes, tmp_path) -> None:
    added = "Ce paragraphe vient avant tout le reste.\n\n"
    for path in SEEDS.glob("*.txt"):
        text = added + path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text, encoding="utf-8", newline="")
    with file_sources([tmp_path]) as sources:
        checked = verify_answer(answer_of(*gold_quotes), sources)
    assert {quote.status for quote in checked.quotes} == {"moved"}
    assert [quote.found.start - quote.start for quote in checked.quotes] == [len(added)] * len(
        gold_quotes
    )
    assert [quote.found.text for quote in checked.quotes] == [q["text"] for q in gold_quotes]


def test_the_shipped_files_do_without_an_index(gold_quotes) -> None:
    with file_sources([SEEDS]) as sources:
        assert verify_answer(answer_of(*gold_quotes), sources).ok


def test_a_file_changed_elsewhere_keeps_a_sealed_quote(gold_quotes, tmp_path) -> None:
    quote = gold_quotes[0]
    text = (SEEDS / quote["source"]).read_text(encoding="utf-8")
    path = tmp_path / quote["source"]
    path.write_text(text + "\n", encoding="utf-8", newline="")
    with file_sources([path]) as sources:
        bare, kept = verify_answer(answer_of(quote, sealed(quote)), sources).quotes
    assert (kept.ok, kept.status, kept.changed, kept.seal) == (True, "found", True, "valid")
    # Without a seal, a changed file cannot be told from a changed answer.
    assert (bare.ok, bare.status, [m.field for m in bare.mismatches]) == (
        False,
        "found",
        ["sha256"],
    )


def test_a_file_of_another_name_is_known_by_its_hash(gold_quotes, tmp_path) -> None:
    quote = gold_quotes[0]
    (tmp_path / "autre.txt").write_bytes((SEEDS / quote["source"]).read_bytes())
    with file_sources([tmp_path]) as sources:
        (found,) = verify_answer(answer_of(quote), sources).quotes
    assert (found.status, found.found.document, found.ok) == ("found", "autre", False)
    assert [m.field for m in found.mismatches] == ["document", "source"]


def test_words_that_are_nowhere_are_missing(gold_quotes, sources) -> None:
    quote = {**gold_quotes[0], "text": "Le chat dort sur la table de la cuisine bleue."}
    checked = verify_answer(answer_of(quote), sources)
    assert [(q.status, q.found, q.differences) for q in checked.quotes] == [("missing", None, ())]


def test_words_of_another_document_are_moved(gold_quotes, sources) -> None:
    first = gold_quotes[0]
    other = next(q for q in gold_quotes if q["source"] != first["source"])
    lying = {**other, "document": first["document"], "source": first["source"]}
    (found,) = verify_answer(answer_of({**lying, "sha256": first["sha256"]}), sources).quotes
    assert (found.status, found.found.document) == ("moved", other["document"])
    assert found.found.start == other["start"]


def test_a_sentence_cut_short_is_not_as_cited(sources) -> None:
    row = next(
        row
        for row in sources.sentences("000_7df608eed1d41053")
        if "75 % issus" in row.sentence.text
    )
    quote = saved(sources.cite(row))
    cut = quote["text"].index(", dont 75")
    short = {**quote, "text": quote["text"][:cut], "end": quote["start"] + cut}
    (found,) = verify_answer(answer_of(short), sources).quotes
    assert (found.status, found.ok) == ("found", False)
    assert [(m.field, m.actual) for m in found.mismatches] == [("sentence", quote["text"])]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("voice", {"kind": "gouvernement", "name": "Mme X", "reported": None}),
        ("title", "Un autre titre"),
        ("kind", "rapport"),
        ("section", "réponse"),
        ("before", "Non."),
        ("after", ""),
        ("url", "https://exemple.fr"),
    ],
)
def test_each_fact_is_compared(name, value, gold_quotes, sources) -> None:
    quote = gold_quotes[0]
    (found,) = verify_answer(answer_of({**quote, name: value}), sources).quotes
    assert [(m.field, m.cited, m.actual) for m in found.mismatches] == [(name, value, quote[name])]
    assert not found.ok


def test_figures_of_a_quote_are_words_of_it(gold_quotes, sources) -> None:
    quote = gold_quotes[0]
    right = {"start": 0, "end": 4, "text": quote["text"][:4]}
    wrong = {"start": 0, "end": 4, "text": "1234"}
    (found,) = verify_answer(answer_of({**quote, "figures": [right, wrong]}), sources).quotes
    assert [(m.field, m.cited, m.actual) for m in found.mismatches] == [
        ("figure", wrong, quote["text"][:4])
    ]


def test_readings_and_figures_are_checked_too(gold_quotes, sources) -> None:
    one, two, three = gold_quotes[:3]
    answer = answer_of(
        nearest=[one], figures=[{"text": "3", "quote": two}, {"text": "4"}, {"quotes": [three]}]
    )
    places = [quote.place for quote in verify_answer(answer, sources).quotes]
    assert places == ["nearest[1]", "figures[1]", "figures[3]"]
    lying = deepcopy(answer)
    lying["figures"][0]["quote"]["date"] = "1999-01-01"
    assert [quote.ok for quote in verify_answer(lying, sources).quotes] == [True, False, True]


def test_the_generation_of_the_answer_is_that_of_the_seals(gold_quotes, sources) -> None:
    answer = answer_of(sealed(gold_quotes[0], "3-0a"), index="4-0a")
    (found,) = verify_answer(answer, sources).quotes
    assert [(m.field, m.cited, m.actual) for m in found.mismatches] == [("index", "4-0a", "3-0a")]


def test_a_verification_as_json(gold_quotes, sources) -> None:
    changed = {**gold_quotes[0], "date": "1999-01-01"}
    told = json.loads(json.dumps(verify_answer(answer_of(changed), sources).to_dict()))
    assert told["ok"] is False
    assert told["unread"] == []
    (quote,) = told["quotes"]
    assert quote["mismatches"] == [
        {"field": "date", "cited": "1999-01-01", "actual": gold_quotes[0]["date"]}
    ]
    assert quote["found"]["text"] == gold_quotes[0]["text"]


def test_a_verification_as_text(sources) -> None:
    row = next(
        row
        for row in sources.sentences("000_7df608eed1d41053")
        if "dès 11 ans" in row.sentence.text
    )
    quote = saved(sources.cite(row))
    lying = {**quote, "text": quote["text"].replace("dès 11 ans", "dès 12 ans")}
    place = f"000_7df608eed1d41053, caractères {quote['start']} à {quote['end']}"
    assert render_verification(verify_answer(answer_of(lying, quote), sources), 100) == (
        "Réponse 1, citation 1 : les mots ne sont pas ceux de la source\n"
        "   « L'âge moyen d'entrée dans ces réseaux est établi à 13 ans, les situations les plus"
        " précoces\n   étant constatées dès 12 ans. »\n"
        f"   Cité : {place}\n"
        f"   Source : {place}\n"
        "   Différence ([-cité-] {+source+}) : L'âge moyen d'entrée dans ces  […] précoces étant"
        " constatées\n   dès [-12-]{+11+} ans.\n\n"
        "Réponse 1, citation 2 : retrouvée à l'identique\n"
        "   « L'âge moyen d'entrée dans ces réseaux est établi à 13 ans, les situations les plus"
        " précoces\n   étant constatées dès 11 ans. »\n"
        f"   Cité : {place}\n\n"
        "2 citation(s) vérifiée(s), dont 1 à revoir."
    )


def test_nothing_to_verify(sources) -> None:
    checked = verify_answers([answer_of(), {"question": "", "error": "vide"}], sources)
    assert checked == Verification((), ())
    assert checked.ok
    assert render_verification(checked) == "Aucune citation à vérifier."


@pytest.mark.parametrize(
    ("cited", "actual", "told"),
    [
        ("dès 12 ans", "dès 11 ans", [("=", "dès "), ("-", "12"), ("+", "11"), ("=", " ans")]),
        ("75 %", "75\u00a0%", [("=", "75"), ("-", " "), ("+", "\u00a0"), ("=", "%")]),
        ("11 000", "12 500", [("-", "11 000"), ("+", "12 500")]),
        ("ne pas placer", "ne placer", [("=", "ne "), ("-", "pas "), ("=", "placer")]),
        ("a", "", [("-", "a")]),
        ("", "", []),
        ("l’enfant", "l'enfant", [("-", "l’enfant"), ("+", "l'enfant")]),
    ],
)
def test_differences(cited, actual, told) -> None:
    assert list(differences(cited, actual)) == told


def test_differences_of_hostile_texts_are_bounded() -> None:
    cited, actual = "a b " * 100_000 + "c", "b a " * 100_000 + "d"
    told = differences(cited, actual)
    assert spelt(told, "=-") == cited
    assert spelt(told, "=+") == actual


def test_accents_in_two_pieces_are_the_same_words() -> None:
    assert likeness("l’été protégé", "l'e\u0301te\u0301 prote\u0301ge\u0301") == 1.0
    text = "avant " * 50 + "les mineurs prote\u0301ge\u0301s par la loi du de\u0301partement"
    (best, *_) = windows(run_seeds("mineurs protégés par la loi"), 27, text)
    assert best.start <= text.index("mineurs") < best.end


def test_hostile_files_are_searched_in_linear_time(tmp_path, gold_quotes) -> None:
    (tmp_path / "hostile.txt").write_text("mineurs " * 50_000, encoding="utf-8")
    (tmp_path / "long.txt").write_text(f"Un mot : {'a' * 400_000}.", encoding="utf-8")
    words = ("mineurs " * 20_000 + "x", "a" * 300_000 + "b")
    quotes = [{**gold_quotes[0], "text": text} for text in words]
    with file_sources([tmp_path]) as sources:
        checked = verify_answer(answer_of(*quotes), sources)
    assert [quote.status for quote in checked.quotes] == ["missing", "missing"]


QUOTE = {"text": "a", "document": "b", "start": 0, "end": 1}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (json.dumps(answer_of(QUOTE)), [1]),
        (json.dumps(answer_of(QUOTE), indent=1), [1]),
        (json.dumps([answer_of(QUOTE), answer_of(QUOTE, QUOTE)]), [1, 2, 2]),
        ("\n".join([json.dumps(answer_of(QUOTE)), "", json.dumps(answer_of(QUOTE))]), [1, 2]),
        ("\n".join([json.dumps({"question": "", "error": "x"}), json.dumps(answer_of())]), []),
    ],
)
def test_answers_as_they_are_saved(text, numbers, tmp_path) -> None:
    path = tmp_path / "réponse.json"
    path.write_text(text, encoding="utf-8-sig")
    answers = load_answers(path)
    found = [claim.answer for n, one in enumerate(answers, 1) for claim in claims_of(one, n)]
    assert found == numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x.json ne contient aucune réponse."),
        ("[]", "x.json ne contient aucune réponse."),
        ("{", "x.json, ligne 1, colonne 2 : ce n'est pas du JSON."),
        ('{"quotes": []}\n{"quotes": [}', "x.json, ligne 2, colonne 13 : ce n'est pas du JSON."),
        ("3", "Réponse 1, la réponse elle-même : ce n'est pas un objet JSON."),
        ('{"a": 1, "a": 2}', "la clé « a » est donnée deux fois"),
        ('{"quotes": [], "score": NaN}', "« NaN » n'est pas un nombre"),
        ('{"quotes": [], "score": ' + "9" * 5000 + "}", "un nombre trop long"),
        ("[" * 200_000, "trop de niveaux imbriqués"),
    ],
)
def test_files_that_hold_no_answer(text, told) -> None:
    with pytest.raises(ReadError) as fault:
        parse_answers(text, "x.json")
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "« quotes » manque ou n'est pas une liste"),
        ({"quotes": "a"}, "« quotes » manque ou n'est pas une liste"),
        ({"quotes": [], "nearest": {}}, "« nearest » n'est pas une liste"),
        ({"quotes": [3]}, "Réponse 4, quotes[1] : ce n'est pas un objet JSON."),
        ({"quotes": [{**QUOTE, "text": ""}]}, "« text » manque ou n'est pas un texte"),
        ({"quotes": [{**QUOTE, "document": None}]}, "« document » manque ou n'est pas un texte"),
        ({"quotes": [{**QUOTE, "start": -1}]}, "« start » manque ou n'est pas un nombre entier"),
        ({"quotes": [{**QUOTE, "end": True}]}, "« end » manque ou n'est pas un nombre entier"),
        ({"quotes": [{**QUOTE, "end": 1.5}]}, "« end » manque ou n'est pas un nombre entier"),
        ({"quotes": [{**QUOTE, "text": "\ud800"}]}, "un texte n'est pas de l'UTF-8"),
        ({"quotes": json.loads("[" * 50 + "]" * 50)}, "trop de niveaux imbriqués"),
    ],
)
def test_answers_of_the_wrong_shape(answer, told) -> None:
    with pytest.raises(ReadError) as fault:
        claims_of(answer, 4)
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("span", 3), ("span", {"start": "0", "end": 1, "text": "a"}), ("voice", [1]),
        ("sha256", 3), ("source", None), ("boxes", {"a": 1}), ("page", True), ("seal", []),
        ("figures", [None, 3]), ("end", 10**4000),
    ],
)  # fmt: skip
def test_facts_of_any_type_are_checked(name, value, gold_quotes, sources) -> None:
    answer = answer_of({**gold_quotes[0], name: value})
    checked = verify_answer(answer, sources)
    assert not checked.ok
    assert render_verification(checked).endswith("dont 1 à revoir.")


def test_a_file_that_is_not_there_or_not_text(tmp_path) -> None:
    with pytest.raises(ReadError, match="n'existe pas"):
        load_answers(tmp_path / "rien.json")
    with pytest.raises(ReadError, match="ne peut pas être ouvert"):
        load_answers(tmp_path)
    path = tmp_path / "latin.json"
    path.write_bytes('{"quotes": ["é"]}'.encode("latin-1"))
    with pytest.raises(ReadError, match="n'est pas en UTF-8"):
        load_answers(path)
    with path.open("wb") as stream:
        stream.truncate((64 << 20) + 1)
    with pytest.raises(ReadError, match="trop gros pour un fichier de réponses"):
        load_answers(path)


def test_sources_that_are_not_there(tmp_path) -> None:
    with pytest.raises(IndexMissing), index_sources(tmp_path):
        pass
    with pytest.raises(ReadError, match="n'existe pas"), file_sources([tmp_path / "rien"]):
        pass


def test_a_source_that_cannot_be_read_is_told(tmp_path) -> None:
    (tmp_path / "vide.txt").write_bytes(b"")
    with file_sources([tmp_path]) as sources:
        checked = verify_answer(answer_of(), sources)
    assert [source for source, _ in checked.unread] == ["vide.txt"]
    assert "Non lu : vide.txt : " in render_verification(checked)
