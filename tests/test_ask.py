"""The whole chain over the seeds: quotes as cited, the right reasons, the same every time."""

import json
from pathlib import Path

import pytest

from aseqa import Assistant as PublicAssistant
from aseqa.answers import Answer
from aseqa.ask import Assistant
from aseqa.embed import Encoder
from aseqa.errors import IndexMismatch, IndexMissing
from aseqa.records import Filters

SPOKEN = "Combien de mineurs sont victimes d'exploitation sexuelle ?"


def texts(answer: Answer) -> str:
    return "\n".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        (SPOKEN, "002", "plus de 11 000 mineurs"),
        ("nb enfants suivis haute garonne 2021", "003", "7 450 enfants"),
        ("Quel montant les départements ont-ils contractualisé en 2024 ?", "004", "113,5 M€"),
        ("À quel groupe appartient Mme Tabarot ?", "004", "Droite Républicaine"),
        ("Quel ministère a été interrogé par Julien Limongi ?", "001", "Santé, familles"),
        ("Quand la réponse à la question 3269 a-t-elle été publiée ?", "002", "17 juin 2025"),
        ("Que dit la loi Taquet sur les jeunes majeurs ?", "003", "7 février 2022"),
        ("combien a depensé le tarn en 2024 pour lase", "000", "66 millions d'euros"),
    ],
)
def test_a_right_quote_is_among_those_given(
    assistant: Assistant, question: str, document: str, words: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    right = [q for q in answer.quotes if q.document.startswith(document) and words in q.text]
    assert len(right) >= 1


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("À quel groupe appartient Mme Tabarot ?", "Droite Républicaine"),
        ("Quel ministère a été interrogé par Julien Limongi ?", "Santé, familles"),
        ("Qui a posé la question 743 ?", "Karen Erodi"),
    ],
)
def test_a_line_of_the_record_that_answers_stands_alone(
    assistant: Assistant, question: str, line: str
) -> None:
    (quote,) = assistant.ask(question).quotes
    assert line in quote.text


def test_prose_follows_the_line_where_it_is_asked_for_too(assistant: Assistant) -> None:
    quotes = assistant.ask("Qui a posé la question 743 et que demande-t-elle ?").quotes
    assert "Karen Erodi" in quotes[0].text
    assert len(quotes) > 1


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Qu'a répondu la ministre à la question n° 743 ?", "no_answer_published"),
        ("La question de M. Limongi a-t-elle reçu une réponse ?", "no_answer_published"),
        ("Combien de mineurs sont exploités en Belgique ?", "missing_entity"),
        ("Combien de mineurs sont pris en charge dans le Cantal ?", "missing_entity"),
        ("Combien d'enfants suivis en Haute-Garonne en 1998 ?", "missing_entity"),
        ("Que propose Zinédine Zidane pour les foyers ?", "missing_entity"),
        ("Quelle est la circonscription de Jean Castex ?", "missing_entity"),
        ("Quand la question de Mme Tabarot a-t-elle été publiée en 1998 ?", "missing_entity"),
    ],
)
def test_abstains_for_the_right_reason(assistant: Assistant, question: str, code: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "abstained"
    assert answer.reason is not None
    assert answer.reason.code == code
    assert answer.quotes == ()


@pytest.mark.parametrize(
    "question", ["Quelle est la recette de la tarte aux pommes ?", "qui a gagné le tour de france"]
)
def test_off_topic_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "abstained"
    assert answer.reason is not None
    assert answer.reason.code in ("out_of_corpus", "no_answer_sentence", "missing_entity")


def test_what_is_read_instead_is_prose_unless_a_field_was_asked_for(assistant: Assistant) -> None:
    nearest = assistant.ask("Quelle est la recette de la tarte aux pommes ?").nearest
    texts = {quote.text for quote in nearest}
    assert len(nearest) == 3
    assert texts & {"ASSEMBLÉE NATIONALE", "Numéro de la question : 2270"} == set()
    told = [assistant.source(quote.document).sentences for quote in nearest]
    pairs = zip(told, nearest, strict=True)
    roles = [one.role for held, quote in pairs for one in held if one.start == quote.start]
    assert set(roles) <= {"prose", "item"}


def test_the_missing_place_is_named(assistant: Assistant) -> None:
    reason = assistant.ask("Combien de mineurs sont exploités en Belgique ?").reason
    assert reason is not None
    assert "Belgique" in reason.text


def test_a_missing_name_is_written_as_it_was_asked(assistant: Assistant) -> None:
    reason = assistant.ask("Que propose Zinédine Zidane pour les foyers ?").reason
    assert reason is not None
    assert reason.text == "Le corpus ne dit rien à ce propos sur : Zinédine Zidane."


def test_every_quote_is_the_slice_that_it_cites(assistant: Assistant) -> None:
    for question in (SPOKEN, "Quelles mesures ?", "Qui porte plainte ?", "Recette de tarte ?"):
        answer = assistant.ask(question)
        for quote in (*answer.quotes, *answer.nearest):
            text = assistant.source(quote.document).document.text
            assert text[quote.start : quote.end] == quote.text
            if quote.span:
                assert quote.text[quote.span.start : quote.span.end] == quote.span.text


def test_quotes_are_distinct_and_in_the_order_of_the_contract(assistant: Assistant) -> None:
    answer = assistant.ask(SPOKEN)
    keys = [(-quote.score, quote.document, quote.start) for quote in answer.quotes]
    assert keys == sorted(keys)
    assert [quote.rank for quote in answer.quotes] == list(range(1, len(keys) + 1))
    assert len({quote.text for quote in answer.quotes}) == len(keys) <= 3


def test_the_quote_of_a_reply_is_cited_as_the_ministry_s(assistant: Assistant) -> None:
    quotes = assistant.ask(SPOKEN, k=5).quotes
    (reply,) = [quote for quote in quotes if "plus de 11 000 mineurs" in quote.text]
    assert reply.span is not None
    assert reply.span.text == "plus de 11 000 mineurs"
    assert (reply.start, reply.end) == (1794, 1866)
    assert reply.section == "réponse"
    assert reply.voice.kind == "gouvernement"
    assert reply.voice.name == "Ministère du travail, de la santé, des solidarités et des familles"
    assert reply.date == "2025-06-17"
    assert reply.reference == (
        "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, Haute-Savoie), "
        "JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le 17 juin 2025, p. 5318"
    )


def test_two_runs_give_the_same_answer_timings_aside(seeds_index: Path, encoder: Encoder) -> None:
    def once() -> str:
        with Assistant.open(seeds_index, encoder) as opened:
            records = [opened.ask(q).to_dict() for q in (SPOKEN, "Recette de tarte ?")]
        for record in records:
            del record["timings_ms"]
        return json.dumps(records, ensure_ascii=False)

    assert once() == once()


def test_filters_come_before_ranking(assistant: Assistant) -> None:
    answer = assistant.ask(SPOKEN, voices=["gouvernement"])
    assert {quote.voice.kind for quote in answer.quotes} == {"gouvernement"}
    assert "plus de 11 000 mineurs" in texts(answer)


def test_a_filter_that_hides_the_answer_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Combien a dépensé le Tarn en 2024 ?", sources=["004*"])
    assert answer.reason is not None
    assert answer.reason.code == "filtered_out"
    nothing = assistant.ask(SPOKEN, filters=Filters(since="2040-01-01"))
    assert nothing.reason is not None
    assert nothing.reason.code == "filtered_out"
    assert nothing.confidence == 0.0


def test_answers_have_the_keys_of_the_contract(assistant: Assistant) -> None:
    record = assistant.ask(SPOKEN).to_dict()
    assert list(record) == [
        "question",
        "understood",
        "status",
        "reason",
        "confidence",
        "quotes",
        "figures",
        "index",
        "timings_ms",
    ]
    assert set(record["quotes"][0]) == {
        "rank", "text", "span", "document", "source", "sha256", "start", "end", "page", "section",
        "before", "after", "voice", "date", "title", "kind", "reference", "url", "score", "boxes",
        "as_of", "territories", "seal",
    }  # fmt: skip
    assert set(record["timings_ms"]) == {"retrieve", "read", "compare", "total"}
    abstained = assistant.ask("Recette de tarte ?").to_dict()
    assert abstained["quotes"] == []
    assert len(abstained["nearest"]) <= 3


def test_passages_hold_the_sentence_that_answers(assistant: Assistant) -> None:
    found = assistant.passages(SPOKEN, k=20)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert any("plus de 11 000 mineurs" in hit.text for hit in found[:5])
    for hit in found:
        assert assistant.source(hit.document).document.text[hit.start : hit.end] == hit.text


def test_an_item_of_a_list_comes_with_the_words_that_open_it(assistant: Assistant) -> None:
    ranked = assistant.rank("Une plateforme d'écoute est-elle dédiée à l'exploitation ?", k=5)
    (item,) = [quote for quote in ranked if "plateforme d'écoute" in quote.text]
    assert item.before == "Parmi les mesures déjà mises en œuvre :"


def test_status_counts_what_is_held(assistant: Assistant) -> None:
    status = assistant.status()
    assert status["n_documents"] == len(status["documents"]) == 7
    assert status["encoder"] == "e5-small-fr"
    (question,) = [d for d in status["documents"] if d["source"].startswith("002")]
    assert question["metadata"]["number"] == "3269"


def test_a_place_without_index_and_another_encoder(seeds_index: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="aseqa index"):
        Assistant.open(tmp_path)

    class Other:
        name, dim = "autre", 384

    with pytest.raises(IndexMismatch, match="autre"):
        Assistant.open(seeds_index, Other())  # type: ignore[arg-type]


def test_the_package_gives_the_assistant_of_the_contract() -> None:
    assert PublicAssistant is Assistant


@pytest.mark.parametrize("question", ["x y", "?", "et de la ?"])
def test_what_asks_nothing_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "abstained"
    assert answer.reason is not None
    assert answer.reason.code == "out_of_corpus"
