"""Dossiers: their JSON, what is refused in it, and their questions asked again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_quotes import QUOTE

from aseqa.answers import Answer, Reason
from aseqa.dossier import Asked, Dossier, Heading, Note, Pinned, read_dossier
from aseqa.dossier_rerun import asked_of, rerun
from aseqa.errors import ReadError
from aseqa.export import export_dossier
from aseqa.render_dossier import render_comparison
from aseqa.saved_answers import claims_of, parse_answers
from aseqa.seal import VALID, seal, seal_record, seal_state, text_digest
from aseqa.sources import index_sources
from aseqa.verify import verify_answer

GENERATION = "3-0a1b2c3d4e5f"
WORDS = QUOTE.text
QUESTION = "Combien de mineurs sont victimes\u202f?"


def sealed(quote=QUOTE):
    return json.loads(json.dumps({**quote.to_dict(), "seal": seal(quote, GENERATION)}))


def moved(text=WORDS, start=QUOTE.start, **others):
    return replace(QUOTE, text=text, start=start, end=start + len(text), span=None, **others)


def answered(*quotes):
    return Answer(QUESTION, "answered", None, 0.9, quotes, (), GENERATION, {})


def abstained():
    reason = Reason("out_of_corpus", "Le corpus ne traite pas de ce sujet.")
    return Answer(QUESTION, "abstained", reason, 0.1, (), (QUOTE,), GENERATION, {})


DOSSIER = Dossier(
    "L’exploitation",
    (
        Heading("Première partie"),
        Pinned(sealed(), QUESTION, "À relire\nd'ici 2027", "2026-11-22T10:00:00Z"),
        Note("Une note à part"),
    ),
    (Asked(QUESTION, "answered", "2026-11-22", (text_digest(WORDS),)),),
)


def changed(*path, to):
    """Give the dossier's JSON with one value changed."""
    record = json.loads(json.dumps(DOSSIER.to_dict()))
    *above, last = path
    part = record
    for key in above:
        part = part[key]
    part[last] = to
    del record["quotes"]
    return record


def test_a_dossier_comes_back_from_its_json_as_it_was():
    there = json.loads(json.dumps(DOSSIER.to_dict(), ensure_ascii=False))
    assert read_dossier(there) == DOSSIER
    assert [type(item) for item in DOSSIER.items] == [Heading, Pinned, Note]


def test_the_least_dossier_is_empty():
    assert read_dossier({}) == Dossier("")


def test_the_record_of_a_quote_is_kept_whole_so_that_its_seal_holds():
    quote = sealed()
    quote["figures"] = [{"text": "11\u00a0000"}]
    quote["seal"] = None
    [item] = read_dossier({"items": [{"kind": "quote", "quote": quote}]}).items
    assert item.quote == quote
    [_, pinned, _] = read_dossier(DOSSIER.to_dict()).items
    assert seal_state(pinned.quote) == VALID


def test_the_quotes_read_do_not_share_what_was_handed_in():
    record = {"items": [{"kind": "quote", "quote": sealed()}]}
    read = read_dossier(record)
    record["items"][0]["quote"]["voice"]["kind"] = "presse"
    assert read.pinned[0].quote["voice"]["kind"] == "gouvernement"


def test_verify_reads_the_json_of_a_dossier_and_finds_its_quotes():
    [answer] = parse_answers(json.dumps(DOSSIER.to_dict()), "dossier.json")
    [claim] = claims_of(answer)
    assert (claim.text, claim.place, claim.index) == (WORDS, "quotes[1]", None)


REFUSED = [
    ([], "dossier : un objet JSON est attendu"),
    ({"items": {}}, "« items » doit être une liste"),
    ({"items": [{"kind": "note"}] * 501}, "« items » compte 501 entrées, pour 500 au plus"),
    ({"items": ["<script>"]}, "élément 1 : un objet JSON est attendu"),
    ({"items": [{"kind": "scene"}]}, "élément 1 : « kind » doit être quote, note ou heading"),
    ({"title": "t" * 201}, "« title » compte 201 caractères, pour 200 au plus"),
    ({"title": 3}, "« title » doit être un texte"),
    ({"title": "\ud800"}, "ne peut pas être écrit en UTF-8"),
    ({"format": 2}, "le format 2 est plus récent que celui que cette version lit (1)"),
    ({"format": 10**5000}, "le format > 999 est plus récent"),
    ({"format": True}, "« format » doit être un nombre entier"),
    ({"items": [{"kind": "note", "text": "n" * 20_001}]}, "élément 1 : « text » compte 20001"),
    ({"items": [{"kind": "heading", "text": "n" * 201}]}, "élément 1 : « text » compte 201"),
    ({"items": [{"kind": "note", "text": "\udfff"}]}, "élément 1 : un caractère ne peut pas"),
    (changed("items", 1, "question", to="q" * 1001), "élément 2 : « question » compte 1001"),
    (changed("items", 1, "pinned", to="hier"), "élément 2 : « pinned » n'est pas une date"),
    (changed("items", 1, "quote", to=None), "élément 2, citation : un objet JSON est attendu"),
    (changed("items", 1, "quote", "text", to=""), "élément 2, citation : « text » est vide"),
    (changed("items", 1, "quote", "text", to=WORDS + "!"), "ses positions en disent 70"),
    (changed("items", 1, "quote", "start", to=-1), "« start » doit être un nombre entier"),
    (changed("items", 1, "quote", "end", to=True), "« end » doit être un nombre entier"),
    (changed("items", 1, "quote", "page", to="3"), "« page » doit être un nombre entier"),
    (changed("items", 1, "quote", "voice", to="loi"), "citation : un objet JSON est attendu"),
    (changed("items", 1, "quote", "voice", "name", to=[]), "« name » doit être un texte"),
    (changed("items", 1, "quote", "seal", to="x"), "citation : un objet JSON est attendu"),
    (changed("items", 1, "quote", "url", to={}), "« url » doit être un texte"),
    (changed("items", 1, "quote", "score", to=float("nan")), "élément 2 : un nombre"),
    (changed("items", 1, "quote", "score", to=10**400), "élément 2 : un nombre"),
    (changed("items", 1, "quote", "boxes", to=[0] * 20_001), "trop de valeurs ou de texte"),
    (changed("items", 1, "quote", "after", to="a" * 200_001), "trop de valeurs ou de texte"),
    (changed("items", 1, "quote", "boxes", to=object()), "n'est pas de celles que JSON connaît"),
    (changed("items", 1, "quote", "seal", to={1: 2}), "n'est pas de celles que JSON connaît"),
    (changed("questions", 0, "status", to="perhaps"), "question 1 : « status » doit être"),
    (changed("questions", 0, "question", to=" "), "question 1 : « question » est vide"),
    (changed("questions", 0, "seen", to=[3]), "question 1 : « seen » doit être un texte"),
]


@pytest.mark.parametrize(("record", "told"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_wrong_is_said_in_french_and_where(record, told):
    with pytest.raises(ReadError) as refused:
        read_dossier(record)
    assert told in str(refused.value)
    assert str(refused.value).startswith("Le dossier ne peut pas être lu : ")


def test_values_nested_too_deep_are_refused_even_in_a_ring():
    ring = []
    ring.append(ring)
    with pytest.raises(ReadError, match="trop de niveaux imbriqués"):
        read_dossier(changed("items", 1, "quote", "boxes", to=ring))


def test_a_dossier_too_large_as_a_whole_is_refused():
    item = {"kind": "note", "text": "n" * 20_000}
    with pytest.raises(ReadError, match="trop de valeurs ou de texte"):
        read_dossier({"items": [item] * 401})
    assert len(read_dossier({"items": [item] * 300}).items) == 300


def test_two_sets_of_quotes_that_differ_are_refused():
    record = json.loads(json.dumps(DOSSIER.to_dict()))
    record["quotes"][0]["text"] = WORDS.replace("11", "12")
    with pytest.raises(ReadError, match="ne redit pas les citations"):
        read_dossier(record)


def test_the_same_answer_is_no_change():
    comparison = rerun(DOSSIER, lambda question: answered(QUOTE), "2027-01-01")
    [change] = comparison.questions
    assert comparison.is_same
    assert (change.kept, change.new, change.changed, change.gone) == (1, (), (), ())
    assert change.asked == Asked(
        " ".join(QUESTION.split()), "answered", "2027-01-01", (text_digest(WORDS),)
    )
    assert "Rien n'a changé ; citations toujours données : 1." in render_comparison(comparison)


def test_each_question_is_asked_once_whatever_its_spaces():
    asked = []

    def ask(question):
        asked.append(question)
        return answered(QUOTE)

    items = (Pinned(sealed(), "Qui ?"), Pinned(sealed(), " Qui\u00a0? "), Pinned(sealed(), ""))
    [change] = rerun(Dossier("", items), ask).questions
    assert asked == ["Qui ?"]
    assert change.kept == 2


def test_a_file_that_goes_by_another_name_is_no_change():
    [change] = rerun(
        DOSSIER, lambda question: answered(moved(document="999", source="999.txt"))
    ).questions
    assert change.is_same


def test_the_same_words_in_a_changed_file_are_told():
    [change] = rerun(
        DOSSIER, lambda question: answered(moved(start=2000, sha256="cd" * 32))
    ).questions
    [one] = change.changed
    assert (one.what, one.before["start"], one.after.start) == ("file", 1618, 2000)
    assert (change.new, change.gone, change.kept) == ((), (), 0)


def test_other_words_in_the_same_place_are_told():
    words = WORDS.replace("11\u00a0000", "14\u00a0000")
    [change] = rerun(
        DOSSIER, lambda question: answered(moved(words, 1700, sha256="cd" * 32))
    ).questions
    [one] = change.changed
    assert (one.what, one.before["text"], one.after.text) == ("both", WORDS, words)


def test_a_sentence_cut_otherwise_in_the_same_file_is_told():
    [change] = rerun(DOSSIER, lambda question: answered(moved(WORDS[9:], 1627))).questions
    assert [one.what for one in change.changed] == ["words"]


def test_another_sentence_where_the_pinned_one_stood_is_new_and_not_a_change():
    other = moved("Les départements financent l'accueil.", sha256="cd" * 32)
    [change] = rerun(DOSSIER, lambda question: answered(other)).questions
    assert (change.new, change.changed) == ((other,), ())
    assert [quote["text"] for quote in change.gone] == [WORDS]


def test_a_quote_seen_before_and_not_pinned_is_not_new():
    other = moved("Le Gouvernement l'a annoncé.", 3000)
    noted = replace(DOSSIER, questions=(asked_of(QUESTION, answered(QUOTE, other)),))
    [change] = rerun(noted, lambda question: answered(QUOTE, other)).questions
    assert change.is_same
    [change] = rerun(DOSSIER, lambda question: answered(QUOTE, other)).questions
    assert change.new == (other,)


def test_an_answer_that_is_no_more_and_one_that_is_now():
    [change] = rerun(DOSSIER, lambda question: abstained()).questions
    assert (change.before, change.after) == ("answered", "abstained")
    assert change.reason == "Le corpus ne traite pas de ce sujet."
    assert len(change.gone) == 1
    waiting = Dossier("", (), (Asked(QUESTION, "abstained"),))
    [change] = rerun(waiting, lambda question: answered(QUOTE)).questions
    assert (change.before, change.after, change.new) == ("abstained", "answered", (QUOTE,))
    comparison = rerun(waiting, lambda question: abstained())
    assert comparison.is_same
    assert "Toujours sans réponse : Le corpus ne traite pas" in render_comparison(comparison)


def figures(before, after, **others):
    dossier = Dossier("", (Pinned(sealed(moved(before)), QUESTION),))
    [change] = rerun(dossier, lambda question: answered(moved(after, 5000, **others))).questions
    return [(one.before, one.before_date, one.after, one.after_date) for one in change.figures]


def test_a_newer_figure_of_the_same_thing_is_told():
    told = figures(
        "En 2022, 3\u202f200 enfants étaient placés.", "En 2024, 3\u202f900 enfants étaient placés."
    )
    [(before, before_date, after, after_date)] = told
    assert (before_date, after_date) == ("2022", "2024")
    assert "3\u202f200" in before
    assert "3\u202f900" in after


@pytest.mark.parametrize(
    "after",
    [
        "En 2020, 3\u202f900 enfants étaient placés.",
        "En 2022, 3\u202f900 enfants étaient placés.",
        "En 2024, 3\u202f900 places étaient ouvertes.",
        "En 2024, 12 % des enfants étaient placés.",
    ],
)
def test_an_older_figure_or_one_of_another_thing_is_not(after):
    assert figures("En 2022, 3\u202f200 enfants étaient placés.", after) == []


def test_figures_that_the_words_do_not_date_go_by_when_they_were_published():
    told = figures("On compte 3 200 enfants placés.", "On compte 3 900 enfants placés.")
    assert told == []
    [one] = figures(
        "On compte 3 200 enfants placés.", "On compte 3 900 enfants placés.", date="2026-02-01"
    )
    assert (one[1], one[3]) == ("2025-06-17", "2026-02-01")


def test_a_comparison_is_told_in_french_without_control_characters():
    words = WORDS.replace("11\u00a0000", "14\u00a0000\x1b[2J")
    other = moved("Le Gouvernement l'a annoncé.", 4000)
    comparison = rerun(
        DOSSIER, lambda question: answered(moved(words, 1700, sha256="cd" * 32), other)
    )
    told = render_comparison(comparison, 400)
    assert told.split("\n") == [
        "Questions reposées : 1. Avec du changement : 1.",
        "",
        "Question : Combien de mineurs sont victimes ?",
        f"   Nouvelle : «\u00a0Le Gouvernement l'a annoncé.\u00a0» — {QUOTE.reference}",
        "   Modifiée : d'autres mots, le fichier a changé :",
        f"   avant : «\u00a0{WORDS}\u00a0» — {QUOTE.reference}",
        "   maintenant : «\u00a0"
        + words.replace("\x1b", "\ufffd")
        + f"\u00a0» — {QUOTE.reference}",
    ]
    assert json.loads(json.dumps(comparison.to_dict()))["same"] is False
    assert render_comparison(rerun(Dossier(""), lambda question: abstained())) == (
        "Ce dossier ne contient aucune question à reposer."
    )


def test_verify_finds_the_quotes_of_a_dossier_in_the_seeds(assistant, seeds_index):
    answer = assistant.ask("Combien de mineurs sont victimes d'exploitation sexuelle ?")
    records = [quote.to_dict() for quote in answer.quotes]
    items = tuple(Pinned({**one, "seal": seal_record(one, answer.index)}) for one in records)
    saved = json.loads(export_dossier(Dossier("", items), "json"))
    with index_sources(seeds_index) as sources:
        verification = verify_answer(saved, sources)
    assert [one.status for one in verification.quotes] == ["found"] * len(items)
    assert verification.ok


def test_a_dossier_of_the_seeds_asked_again_has_no_change(assistant):
    question = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
    answer = assistant.ask(question)
    items = [
        {"kind": "quote", "quote": quote.to_dict(), "question": question} for quote in answer.quotes
    ]
    dossier = read_dossier({"items": items, "questions": [asked_of(question, answer).to_dict()]})
    [change] = rerun(dossier, assistant.ask).questions
    assert change.is_same
    assert change.kept == len(answer.quotes) > 0
