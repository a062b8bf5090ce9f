"""SQuAD files: what is read, what is refused, and the figures, worked by hand."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from aseqa.answers import Answer, Quote, Reason, Span
from aseqa.cli import main
from aseqa.embed import Vectors, check_vectors
from aseqa.errors import BadSettings
from aseqa.evaluate_squad import evaluate_squad, summarise_squad
from aseqa.records import Filters, Voice
from aseqa.squad import SquadAnswer, SquadQuestion, read_squad
from aseqa.squad_judge import JudgedSquad, judge_squad
from aseqa.titles import read_titles

KING = "Louis XV est mort à Versailles le 10 mai 1774. Son petit-fils Louis XVI lui succède."
TOWER = "La tour Eiffel a été inaugurée le 31 mars 1889. Gustave Eiffel dirige le chantier."
PAINT = "La peinture est refaite tous les sept ans. 60 tonnes de peinture couvrent la tour."


class HashEncoder:
    """A quick encoder for tests of the plumbing: a vector that depends on the text alone."""

    name, dim = "essai", 16

    def __init__(self) -> None:
        self.queries: list[str] = []
        self.batches: list[int] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.queries += texts
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(len(texts))
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        rows = [np.random.default_rng(list(text.encode())).normal(size=16) for text in texts]
        return check_vectors(np.array(rows), len(texts), 16)


def asked(name: str, question: str, context: str, *answers: str, **more: Any) -> dict[str, Any]:
    placed = [{"text": text, "answer_start": context.index(text)} for text in answers]
    return {"id": name, "question": question, "answers": placed, **more}


def king(*more: dict[str, Any]) -> dict[str, Any]:
    question = asked("roi", "Quand Louis XV est-il mort ?", KING, "le 10 mai 1774", "1774")
    return {"title": "Louis XV", "paragraphs": [{"context": KING, "qas": [question, *more]}]}


def tower() -> dict[str, Any]:
    return {
        "title": "<i>Tour <b>Eiffel</b></i> &amp; peinture",
        "paragraphs": [
            {
                "context": TOWER,
                # The answer given is wrong on purpose: the right sentence cannot be first.
                "qas": [
                    asked(
                        "piège",
                        "Quand la tour Eiffel a-t-elle été inaugurée ?",
                        TOWER,
                        "Gustave Eiffel",
                    )
                ],
            },
            {
                "context": PAINT,
                "qas": [
                    asked(
                        "peinture",
                        "Combien de tonnes de peinture couvrent la tour ?",
                        PAINT,
                        "60 tonnes de peinture",
                    )
                ],
            },
        ],
    }


IMPOSSIBLE = asked(
    "train",
    "Combien coûte un billet de train pour Marseille ?",
    KING,
    is_impossible=True,
    plausible_answers=[{"text": "1774", "answer_start": 41}],
)


def squad_file(folder: Path, *articles: Any, name: str = "squad.json") -> Path:
    path = folder / name
    whole = {"version": "1.1", "data": list(articles)}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def aseqa(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="aseqa")


# Reading


def test_a_paragraph_is_a_document_whose_text_is_its_context(tmp_path: Path) -> None:
    squad = read_squad(squad_file(tmp_path, king(), tower()))
    assert [(one.id, one.source, one.title) for one in squad.paragraphs] == [
        ("00001-001", "00001-001", "Louis XV"),
        ("00002-001", "00002-001", "Tour Eiffel & peinture"),
        ("00002-002", "00002-002", "Tour Eiffel & peinture"),
    ]
    assert [one.text for one in squad.paragraphs] == [KING, TOWER, PAINT]
    assert [(s.start, s.end) for s in squad.paragraphs[0].sections] == [(0, len(KING))]
    assert (squad.name, squad.articles, squad.misplaced, squad.skipped) == (
        "squad.json",
        2,
        (),
        (),
    )
    first = squad.questions[0]
    assert (first.id, first.article, first.paragraph) == ("roi", "Louis XV", "00001-001")
    assert first.answers == (SquadAnswer(31, "le 10 mai 1774"), SquadAnswer(41, "1774"))
    for question in squad.questions:
        text = next(one.text for one in squad.paragraphs if one.id == question.paragraph)
        assert all(text[answer.start : answer.end] == answer.text for answer in question.answers)


def test_questions_without_answer(tmp_path: Path) -> None:
    """Marked impossible, whatever else is said, or with an empty list."""
    marked = asked("x", "Qui ?", KING, "Louis XV", is_impossible=True)
    empty = asked("y", "Quoi ?", KING)
    squad = read_squad(squad_file(tmp_path, king(IMPOSSIBLE, marked, empty)))
    assert [(one.id, one.answerable) for one in squad.questions] == [
        ("roi", True),
        ("train", False),
        ("x", False),
        ("y", False),
    ]
    assert squad.skipped == ()


def test_a_question_without_id_goes_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(in_question("id")), encoding="utf-8")
    assert [question.id for question in read_squad(path).questions] == [QUESTION]


def test_misplaced_answers_are_left_out_and_counted(tmp_path: Path) -> None:
    lost = asked("perdue", "Qui lui succède ?", KING)
    lost["answers"] = [{"text": "Louis XVI", "answer_start": 0}]
    kept = asked("gardée", "Qui lui succède ?", KING, "Louis XVI")
    kept["answers"] += [
        {"text": "Louis XVI", "answer_start": start} for start in (-22, 63, len(KING))
    ] + [{"text": "", "answer_start": 0}]
    squad = read_squad(squad_file(tmp_path, king(lost, kept)))
    assert squad.misplaced == ("perdue", *["gardée"] * 4)
    assert squad.skipped == ("perdue",)
    assert [one.id for one in squad.questions] == ["roi", "gardée"]
    assert squad.questions[1].answers == (SquadAnswer(62, "Louis XVI"),)


def test_titles_keep_the_articles_named(tmp_path: Path) -> None:
    path = squad_file(tmp_path, king(), tower())
    squad = read_squad(path, [tower()["title"]])
    assert [one.text for one in squad.paragraphs] == [TOWER, PAINT]
    assert [one.id for one in squad.questions] == ["piège", "peinture"]
    with pytest.raises(BadSettings) as caught:
        read_squad(path, ["Louis XV", "Zola", "Hugo"])
    assert str(caught.value) == (
        f"{path}, au premier niveau : aucun article n'a pour titre « Hugo » (2 titre(s) de "
        "--titles dans ce cas)."
    )


def without(record: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != key}


def in_paragraph(**changes: Any) -> dict[str, Any]:
    return {"data": [{"title": "T", "paragraphs": [{"context": "Un.", "qas": [], **changes}]}]}


def in_question(*dropped: str, **changes: Any) -> dict[str, Any]:
    question = {"id": "a", "question": "Qui ?", "answers": [], **changes}
    return in_paragraph(qas=[{k: v for k, v in question.items() if k not in dropped}])


QUESTION = "data[0].paragraphs[0].qas[0]"


@pytest.mark.parametrize(
    ("whole", "fault"),
    [
        ([], "au premier niveau : un objet JSON est attendu (format SQuAD)"),
        ({}, "au premier niveau : il manque « data » (format SQuAD)"),
        ({"data": {}}, "au premier niveau : « data » doit être une liste d'objets"),
        ({"data": [3]}, "data[0] : un objet JSON est attendu (format SQuAD)"),
        ({"data": [{}]}, "data[0] : il manque « title » (format SQuAD)"),
        ({"data": [{"title": "T"}]}, "data[0] : il manque « paragraphs » (format SQuAD)"),
        (
            {"data": [{"title": "T", "paragraphs": [{"qas": []}]}]},
            "data[0].paragraphs[0] : il manque « context » (format SQuAD)",
        ),
        (in_paragraph(context=3), "data[0].paragraphs[0] : « context » doit être un texte"),
        (in_paragraph(context="\ud800"), "data[0].paragraphs[0] : « context » doit être un texte"),
        (in_question(question=" "), f"{QUESTION} : « question » doit être un texte non vide"),
        (in_question("answers"), f"{QUESTION} : il manque « answers » (format SQuAD)"),
        (
            in_question(answers=[{"text": "Un"}]),
            f"{QUESTION}.answers[0] : il manque « answer_start » (format SQuAD)",
        ),
        (
            in_question(answers=[{"text": "Un", "answer_start": "0"}]),
            f"{QUESTION}.answers[0] : « answer_start » doit être un nombre entier",
        ),
        (
            in_paragraph(qas=[{"id": "a", "question": "Qui ?", "answers": []}] * 2),
            "l'identifiant « a » sert déjà",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(tmp_path: Path, whole: Any, fault: str) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    result = aseqa("eval", path)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{path}, {fault}.\n")


def test_files_that_hold_no_question_set(tmp_path: Path) -> None:
    broken, empty, latin = (tmp_path / name for name in ("b.json", "e.json", "l.json"))
    broken.write_text('{"data":\n [}', encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    latin.write_bytes(b'{"data": "\xe9"}')
    for path, line in (
        (broken, f"{broken}, ligne 2 : JSON illisible (colonne 3)."),
        (empty, f"{empty}, ligne 1 : JSON illisible (colonne 1)."),
        (latin, f"{latin} : le fichier de questions n'est pas en UTF-8."),
        (tmp_path / "none.json", f"{tmp_path}/none.json : fichier de questions introuvable."),
        (
            squad_file(tmp_path, {"title": "T", "paragraphs": []}),
            f"{tmp_path}/squad.json : aucune question dans ce fichier.",
        ),
    ):
        result = aseqa("eval", path)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{line}\n")


def test_titles_from_a_list_or_from_one_list_of_several(tmp_path: Path) -> None:
    alone, several = tmp_path / "a:b.json", tmp_path / "split.json"
    alone.write_text('["Un", "Deux"]', encoding="utf-8")
    several.write_text('{"seed": 3, "train": ["Un"], "test": ["Deux"], "dev": []}', "utf-8")
    assert read_titles(str(alone)) == ("Un", "Deux")
    assert read_titles(f"{several}:test") == ("Deux",)
    for given, line in (
        (
            f"{several}",
            f"{several} : indiquez l'une des listes de ce fichier, sous la forme {several}:NOM ; "
            "au choix : train, test, dev.",
        ),
        (
            f"{several}:seed",
            f"{several} : indiquez l'une des listes de ce fichier, sous la forme {several}:NOM ; "
            "au choix : train, test, dev.",
        ),
        (
            f"{alone}:test",
            f"{alone} : ce fichier n'est qu'une liste ; indiquez-le sans « :test ».",
        ),
        (f"{several}:dev", f"{several} : une liste JSON de titres est attendue, non vide."),
        (f"{tmp_path}/none:x", f"{tmp_path}/none : fichier de titres introuvable."),
    ):
        with pytest.raises(BadSettings) as caught:
            read_titles(given)
        assert str(caught.value) == line


def test_titles_are_for_squad_files_only(tmp_path: Path) -> None:
    for gold in ("gold.jsonl", tmp_path):
        result = aseqa("eval", gold, "--titles", "t.json")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(
            "aseqa eval : --titles ne vaut que pour un fichier SQuAD (.json)."
        )


# Judging


def quote(context: str, text: str, document: str = "p1", span: str | None = None) -> Quote:
    start = context.index(text)
    found = Span(text.index(span), text.index(span) + len(span), span) if span else None
    place = (start, start + len(text))
    return Quote(
        1, text, found, document, document, "", *place, None, "texte", "", "", Voice(), None,
        None, "texte", "", None, 1.0,
    )  # fmt: skip


def question(name: str, article: str, paragraph: str, *answers: SquadAnswer) -> SquadQuestion:
    return SquadQuestion(name, f"{name} ?", article, paragraph, answers)


def test_a_sentence_is_right_when_it_holds_a_part_of_an_answer() -> None:
    # "1774. Son" runs over two sentences: either will do.
    one = question("q", "T", "p1", SquadAnswer(KING.index("1774"), "1774. Son"))
    first, second = KING.split(". ")
    assert JudgedSquad(one, inside=quote(KING, f"{first}.")).inside_right
    assert JudgedSquad(one, inside=quote(KING, second)).inside_right
    assert not JudgedSquad(one, inside=quote(KING, f"{first}.", document="p2")).inside_right
    assert not JudgedSquad(one).inside_right
    # What touches and does not overlap is wrong.
    end = question("q", "T", "p1", SquadAnswer(0, "Louis XV est mort à Versailles le 10 mai 1774."))
    assert not JudgedSquad(end, inside=quote(KING, f" {second}")).inside_right
    start = question("q", "T", "p1", SquadAnswer(len(first) + 2, second))
    assert not JudgedSquad(start, inside=quote(KING, f"{first}. ")).inside_right


def test_the_answer_given_is_the_span_else_the_sentence() -> None:
    sentence = "Louis XV est mort à Versailles le 10 mai 1774."
    one = question("q", "T", "p1", SquadAnswer(31, "le 10 mai 1774"), SquadAnswer(41, "1774"))
    with_span = JudgedSquad(one, inside=quote(KING, sentence, span="mai 1774"))
    assert (with_span.predicted, with_span.exact_match) == ("mai 1774", 0.0)
    # Over "10 mai 1774": 2 of 2 words, 2 of 3; over "1774": 1 of 2, 1 of 1.
    assert with_span.f1 == pytest.approx(0.8)
    without_span = JudgedSquad(one, inside=quote(KING, sentence))
    assert without_span.predicted == sentence
    # louis xv est mort à versailles 10 mai 1774: 3 of 9 words, 3 of 3.
    assert without_span.f1 == pytest.approx(0.5)
    assert (JudgedSquad(one).predicted, JudgedSquad(one).f1) == ("", 0.0)


class Found:
    text = ""

    def __init__(self, document: str) -> None:
        self.document = document


class Rehearsed:
    """Stands in for the assistant, and notes what it was asked."""

    generation = "1-cafe"

    def __init__(self) -> None:
        self.heard: list[tuple[str, int, tuple[str, ...]]] = []

    def ask(self, question: str, /, k: int = 3, filters: Filters = Filters()) -> Answer:  # noqa: B008
        self.heard.append(("ask", k, filters.sources))
        return answer("answered", 0.5)

    def rank(self, question: str, /, k: int = 10, filters: Filters = Filters()) -> list[Quote]:  # noqa: B008
        self.heard.append(("rank", k, filters.sources))
        return [quote(KING, "Son petit-fils", "p1" if filters else "p2")]

    def passages(self, question: str, /, k: int = 20) -> list[Found]:
        self.heard.append(("passages", k, ()))
        return [Found(name) for name in ("p2", "p2", "p1", "p3", "p1")]


def answer(status: str, confidence: float) -> Answer:
    reason = None if status == "answered" else Reason("no_answer_sentence", "Rien.")
    return Answer("q", status, reason, confidence, (), (), "1-cafe", {"total": 1.0})


def test_one_question_is_put_to_its_paragraph_and_to_all() -> None:
    assistant = Rehearsed()
    one = judge_squad(assistant, question("q", "T", "p1", SquadAnswer(0, "Louis")), decide=False)
    assert assistant.heard == [("rank", 1, ("p1",)), ("rank", 1, ()), ("passages", 100, ())]
    assert one.inside is not None
    assert one.anywhere is not None
    assert (one.inside.document, one.anywhere.document, one.answer) == ("p1", "p2", None)
    assert one.ranking == ("p2", "p1", "p3")
    assert one.relevance == (False, True, False)


def test_a_question_without_answer_is_only_asked_for_the_decision() -> None:
    assistant = Rehearsed()
    one = judge_squad(assistant, question("q", "T", "p1"), decide=True)
    assert assistant.heard == [("ask", 1, ("p1",))]
    assert one.answer is not None
    assert (one.inside, one.ranking) == (None, ())


def judged_set() -> list[JudgedSquad]:
    """Two articles: in the first, one question answered right and one without answer; in the
    second, one wrong sentence and one question that found nothing."""
    year, eiffel = SquadAnswer(41, "1774"), SquadAnswer(48, "Gustave Eiffel")
    first, second = TOWER.split(". ")
    others = tuple(f"x{number}" for number in range(6))
    return [
        JudgedSquad(
            question("a", "Louis XV", "p1", year),
            inside=quote(KING, "Louis XV est mort à Versailles le 10 mai 1774.", span="1774"),
            anywhere=quote(KING, "Louis XV est mort à Versailles le 10 mai 1774."),
            ranking=("p1", *others),
            answer=answer("answered", 0.9),
        ),
        JudgedSquad(question("b", "Louis XV", "p1"), answer=answer("answered", 0.4)),
        JudgedSquad(
            question("c", "Tour Eiffel", "p2", eiffel),
            inside=quote(TOWER, second, "p2"),
            anywhere=quote(TOWER, f"{first}.", "p2"),
            ranking=(*others, "p2"),
            answer=answer("abstained", 0.3),
        ),
        JudgedSquad(
            question("d", "Tour Eiffel", "p2", eiffel),
            ranking=(*others[:4], "p2"),
            answer=answer("answered", 0.6),
        ),
        JudgedSquad(question("e", "Tour Eiffel", "p2"), answer=answer("abstained", 0.1)),
    ]


def test_figures_by_hand() -> None:
    summary = summarise_squad(judged_set())
    intervals = summary.pop("intervals")
    assert summary == {
        "questions": 5,
        "answerable": 3,
        "unanswerable": 2,
        "drawn_by": "article",
        "sentence_hit@1": 0.6667,  # a and c
        "open_sentence_hit@1": 0.3333,  # a
        "open_paragraph_recall@1": 0.3333,  # a
        "open_paragraph_recall@5": 0.6667,  # and d, fifth
        "open_paragraph_recall@10": 1.0,  # and c, seventh
        "exact_match": 0.3333,
        # c: "Gustave Eiffel dirige le chantier." has 2 of 4 words, 2 of 2: 2/3.
        "f1": 0.5556,
        "answered_rate": 0.6,
        "false_answer_rate": 0.5,
        "false_refusal_rate": 0.3333,
        # 0.9, 0.3, 0.6 over 0.4, 0.1: 2 + 1 + 2 of 6 pairs.
        "abstention_auroc": 0.8333,
        # Right are 0.9 and 0.3, wrong 0.6, 0.4 and 0.1: (0.1 + 0.7 + 0.6 + 0.4 + 0.1) / 5.
        "ece": 0.38,
        "brier": 0.206,  # (0.01 + 0.49 + 0.36 + 0.16 + 0.01) / 5
        "precision_at_0.8": 1.0,
        "risk_coverage_area": 0.4533,  # (0 + 1/2 + 2/3 + 2/4 + 3/5) / 5
        "false_answer_rate_at_refusal_0.08": 0.5,  # b, above 0.3
        "precision_at_0.8_n": 1,
        "threshold_at_refusal_0.08": 0.3,
    }
    assert list(intervals) == list(summary)[4:-2]
    # Drawn by article: the first alone is 1 of 1, the second alone 1 of 2.
    assert intervals["sentence_hit@1"] == [0.5, 1.0]
    assert intervals["open_sentence_hit@1"] == [0.0, 1.0]
    assert intervals["open_paragraph_recall@10"] == [1.0, 1.0]
    assert intervals["false_answer_rate"] == [0.0, 1.0]
    # The first alone 0.9 over 0.4; the second alone 0.3 and 0.6 over 0.1; both 5 of 6.
    assert intervals["abstention_auroc"] == [0.8333, 1.0]


def test_intervals_are_drawn_by_the_widest_thing_of_which_there_are_several() -> None:
    def drawn_by(*places: tuple[str, str]) -> str:
        judged = [
            JudgedSquad(question(str(number), article, paragraph, SquadAnswer(0, "L")))
            for number, (article, paragraph) in enumerate(places)
        ]
        return str(summarise_squad(judged)["drawn_by"])

    assert drawn_by(("A", "p1"), ("A", "p2"), ("B", "p3")) == "article"
    assert drawn_by(("A", "p1"), ("A", "p2")) == "paragraph"
    assert drawn_by(("A", "p1"), ("A", "p1")) == "question"


def test_without_questions_to_abstain_on_there_are_no_figures_of_abstention() -> None:
    judged = [one for one in judged_set() if one.asked.answerable]
    plain = [JudgedSquad(one.asked, one.inside, one.anywhere, one.ranking, None) for one in judged]
    assert list(summarise_squad(plain)["intervals"]) == [
        "sentence_hit@1",
        "open_sentence_hit@1",
        "open_paragraph_recall@1",
        "open_paragraph_recall@5",
        "open_paragraph_recall@10",
        "exact_match",
        "f1",
    ]


# The temporary index


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_index_is_made_in_one_batch_and_goes_away(tmp_path: Path, temporary: Path) -> None:
    encoder = HashEncoder()
    told: list[tuple[int, int, str]] = []
    seen: list[int] = []

    def progress(done: int, total: int, label: str) -> None:
        told.append((done, total, label))
        seen.append(len(list(temporary.glob("aseqa-*/aseqa.sqlite"))))

    squad = read_squad(squad_file(tmp_path, king(IMPOSSIBLE), tower()))
    summary = evaluate_squad(squad, encoder, progress=progress)
    assert encoder.batches == [6]
    assert told[0][:2] == (6, 6)
    assert told[1:] == [(1, 4, "roi"), (2, 4, "train"), (3, 4, "piège"), (4, 4, "peinture")]
    assert seen == [1] * 5
    assert list(temporary.iterdir()) == []
    # Asked three or four times over, a question is encoded once.
    assert encoder.queries == [one.question for one in squad.questions]
    assert evaluate_squad(squad, HashEncoder()) == summary


@pytest.mark.parametrize("stop", [1, 2])
def test_an_interruption_leaves_nothing_behind(tmp_path: Path, temporary: Path, stop: int) -> None:
    """Stopped while sentences are encoded, and while questions are asked."""
    calls: list[int] = []

    def progress(done: int, total: int, label: str) -> None:
        calls.append(done)
        assert len(list(temporary.iterdir())) == 1
        if len(calls) == stop:
            raise KeyboardInterrupt

    squad = read_squad(squad_file(tmp_path, king(), tower()))
    with pytest.raises(KeyboardInterrupt):
        evaluate_squad(squad, HashEncoder(), report=tmp_path / "out", progress=progress)
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "out").exists()


# The command line, with the encoder that is shipped


def test_eval_of_a_squad_file(tmp_path: Path, temporary: Path) -> None:
    lost = asked("perdue", "Qui lui succède ?", KING)
    lost["answers"] = [{"text": "Louis XVI", "answer_start": 0}]
    path = squad_file(tmp_path, king(IMPOSSIBLE, lost), tower())
    report = tmp_path / "out"
    result = aseqa("eval", path, "--json", "--report", report, "--index", tmp_path / "none")
    assert (result.exit_code, result.stderr) == (0, "")
    summary = json.loads(result.stdout)
    assert (summary["gold"], summary["format"]) == ("squad.json", "squad")
    assert (summary["articles"], summary["paragraphs"]) == (2, 3)
    assert (summary["questions"], summary["answerable"], summary["unanswerable"]) == (4, 3, 1)
    assert (summary["misplaced_answers"], summary["skipped_questions"]) == (1, 1)
    # "roi" and "peinture"; "piège" has its date in the other sentence.
    assert summary["sentence_hit@1"] == 0.6667
    assert summary["open_sentence_hit@1"] == 0.6667
    assert summary["open_paragraph_recall@5"] == 1.0
    # "10 mai 1774" is right but for its article; "60 tonnes" has 2 of the 3 words of "60 tonnes de
    # peinture" that count, hence 0.8; "31 mars 1889" has nothing of "Gustave Eiffel".
    assert (summary["exact_match"], summary["f1"]) == (0.3333, 0.6)
    assert summary["intervals"]["sentence_hit@1"] == [0.5, 1.0]
    results = [json.loads(line) for line in (report / "results.jsonl").read_text().splitlines()]
    statuses = {one["id"]: one["status"] for one in results}
    assert list(statuses) == ["roi", "train", "piège", "peinture"]
    assert summary["false_answer_rate"] == float(statuses["train"] == "answered")
    assert results[3]["predicted"] == "60 tonnes"
    assert results[3]["sentence"] == {
        "document": "00002-002",
        "start": 43,
        "end": 82,
        "text": "60 tonnes de peinture couvrent la tour.",
        "right": True,
    }
    assert json.loads((report / "summary.json").read_text(encoding="utf-8")) == summary
    data = json.loads((report / "calibration.json").read_text(encoding="utf-8"))
    assert (data["questions"], data["brier"]) == (4, summary["brier"])
    assert (report / "risk-coverage.svg").is_file()
    assert (report / "reliability.svg").is_file()
    assert (report / "qrels.trec").read_text(encoding="utf-8").splitlines() == [
        "roi 0 00001-001 1",
        "piège 0 00002-001 1",
        "peinture 0 00002-002 1",
    ]
    page = (report / "summary.md").read_text(encoding="utf-8")
    assert "# Évaluation sur squad.json\n" in page
    assert "## Réponses mal placées, par question (1)\n\n- perdue\n" in page
    assert "(attendu : Gustave Eiffel)" in page
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "none").exists()


def test_eval_of_some_articles_on_the_terminal(tmp_path: Path) -> None:
    path = squad_file(tmp_path, king(), tower())
    split = tmp_path / "split.json"
    split.write_text('{"test": ["Louis XV"]}', encoding="utf-8")
    result = aseqa("eval", path, "--titles", f"{split}:test")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "1 questions : 1 avec réponse, 0 sans ; 1 paragraphes, 1 articles.",
        "Intervalles : tirage par question.",
        "",
        "mesure                    valeur  intervalle à 95 %",
        *(
            f"{name:<24}   1,000  [1,000 ; 1,000]"
            for name in (
                "sentence_hit@1",
                "open_sentence_hit@1",
                "open_paragraph_recall@1",
                "open_paragraph_recall@5",
                "open_paragraph_recall@10",
                "exact_match",
                "f1",
            )
        ),
    ]


def test_a_report_that_cannot_be_written_is_said_first(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    result = aseqa("eval", squad_file(tmp_path, king()), "--report", taken)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{taken} : un fichier de ce nom existe déjà.\n",
    )
