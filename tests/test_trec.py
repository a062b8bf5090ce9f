"""Runs and judgements for trec_eval and its like: the format, and the same figures as ours."""

from __future__ import annotations

import itertools
import json
import struct
from pathlib import Path
from urllib.parse import unquote

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG
from test_beir import beir_folder

from aseqa.ask import Assistant
from aseqa.cli_measuring import measure
from aseqa.evaluate import evaluate_rankings
from aseqa.evaluate_ranking import JudgedRanking, ranking_estimates, rankings_and_qrels
from aseqa.settings import Settings
from aseqa.trec import qrels_text, run_text, sentence_name, trec_field, write_trec

ORACLES = {nDCG @ 10: "sentence_ndcg@10", R @ 10: "sentence_recall@10", RR @ 10: "mrr@10"}
QUESTIONS = [
    {
        "id": "deux mots",
        "q": "Combien de mineurs sont victimes d'exploitation sexuelle ?",
        "gold": [{"doc": "002", "contains": "plus de 11 000 mineurs"}],
    },
    {
        "id": "b",
        "q": "À quel âge entre-t-on en moyenne dans la prostitution ?",
        "gold": [
            {"doc": "001", "contains": "entre 11 et 14 ans"},
            {"doc": "000", "contains": "établi à 13 ans"},
        ],
    },
    {
        "id": "c",
        "q": "Combien de mineurs sont victimes de prostitution ?",
        "gold": [{"doc": "002", "contains": "que nulle phrase ne dit"}],
    },
    {"id": "d", "q": "Quelle est la recette de la tarte aux pommes ?", "gold": []},
]


def figures_of(run: Path, qrels: Path) -> dict[str, float]:
    """What ir_measures makes of two files, by our names."""
    judged = list(ir_measures.read_trec_qrels(str(qrels)))
    ranked = list(ir_measures.read_trec_run(str(run)))
    found = ir_measures.calc_aggregate(list(ORACLES), judged, ranked)
    return {ORACLES[measure]: value for measure, value in found.items()}


def test_the_lines_of_a_run_and_of_judgements() -> None:
    assert run_text({"q 1": ["002_ab:5-9", "x"], "q2": []}, tag="mon essai") == (
        "q%201 Q0 002_ab:5-9 1 1.000000 mon%20essai\nq%201 Q0 x 2 0.500000 mon%20essai\n"
    )
    assert qrels_text({"q 1": {"x": 1, "y": 0}, "q2": {}}) == "q%201 0 x 1\nq%201 0 y 0\n"


def test_what_is_found_twice_is_ranked_once() -> None:
    lines = run_text({"q": ["a", "b", "a", "c"]}).splitlines()
    assert [line.split()[2:4] for line in lines] == [["a", "1"], ["b", "2"], ["c", "3"]]


def test_scores_fall_even_in_single_precision() -> None:
    """As trec_eval reads them: ties there would be broken by name."""
    text = run_text({"q": [f"d{n}" for n in range(1000)]})
    scores = [float(line.split()[4]) for line in text.splitlines()]
    single = [struct.unpack("f", struct.pack("f", score))[0] for score in scores]
    assert all(after < before for before, after in itertools.pairwise(single))


@given(st.text(min_size=1))
def test_a_field_is_one_word_that_tells_its_text(text: str) -> None:
    field = trec_field(text)
    assert field.split() == [field]
    assert unquote(field) == text


def test_figures_of_rankings_are_those_of_ir_measures(tmp_path: Path) -> None:
    rankings = [
        JudgedRanking("first", ("a", "b", "c"), ("a",)),
        JudgedRanking("third", ("a", "b", "c"), ("c", "z")),
        JudgedRanking("nowhere", ("a", "b"), ()),
        JudgedRanking("nothing", (), ("a", "b")),
        JudgedRanking("deep", tuple(f"d{n}" for n in range(12)), ("d0", "d9", "d10")),
    ]
    files = tmp_path / "new" / "run", tmp_path / "new" / "qrels"
    write_trec(*rankings_and_qrels(rankings), *files)
    estimates = ranking_estimates(rankings)
    found = figures_of(*files)
    for name in ("sentence_ndcg@10", "sentence_recall@10"):
        assert found[name] == pytest.approx(estimates[name][0], abs=5e-5)
    # 1 of 1, 1 of 2, none twice, 2 of 3.
    assert estimates["sentence_recall@10"][0] == round((1 + 1 / 2 + 2 / 3) / 5, 4)
    assert "nowhere 0 - 0\n" in files[1].read_text(encoding="utf-8")


def test_no_ranking_has_no_figure() -> None:
    assert ranking_estimates([]) == {}


@pytest.fixture(scope="module")
def measured(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("trec")
    lines = "\n".join(json.dumps(question) for question in QUESTIONS)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    files = folder / "run.trec", folder / "qrels.trec"
    return folder, evaluate_rankings(assistant, folder / "gold.jsonl", *files)


def test_the_report_of_a_gold_file_is_that_of_ir_measures(measured: tuple[Path, dict]) -> None:
    folder, summary = measured
    found = figures_of(folder / "run.trec", folder / "qrels.trec")
    for name in ORACLES.values():
        assert found[name] == pytest.approx(summary[name], abs=5e-5), name
        low, high = summary["intervals"][name]
        assert 0 <= low <= summary[name] <= high <= 1
    assert (summary["questions"], summary["answerable"]) == (4, 3)
    assert summary["mrr@10"] > 0.3


def test_sentences_are_named_by_their_places(
    measured: tuple[Path, dict], assistant: Assistant
) -> None:
    folder, _ = measured
    judged = [line.split() for line in (folder / "qrels.trec").read_text("utf-8").splitlines()]
    assert [(line[0], line[3]) for line in judged] == [
        *(("deux%20mots", "1"), ("b", "1"), ("b", "1"), ("c", "0")),
    ]
    for name, words in zip(
        [line[2] for line in judged[:3]],
        ["plus de 11 000 mineurs", "établi à 13 ans", "entre 11 et 14 ans"],
        strict=True,
    ):
        document, _, place = name.rpartition(":")
        start, end = map(int, place.split("-"))
        source = assistant.source(document)
        assert words.replace("\u00a0", " ") in source.document.text[start:end].replace(
            "\u00a0", " "
        )
        assert (start, end) in [(one.start, one.end) for one in source.sentences]


def test_the_run_is_the_ranking_and_leaves_out_what_has_no_answer(
    measured: tuple[Path, dict], assistant: Assistant
) -> None:
    folder, _ = measured
    lines = [line.split() for line in (folder / "run.trec").read_text("utf-8").splitlines()]
    assert list(dict.fromkeys(line[0] for line in lines)) == ["deux%20mots", "b", "c"]
    ranked = assistant.rank(QUESTIONS[0]["q"], k=100)
    expected = [sentence_name(one.document, one.start, one.end) for one in ranked]
    assert [line[2] for line in lines if line[0] == "deux%20mots"] == expected
    assert len(expected) > 1


def test_a_benchmark_gives_its_files_with_and_without_a_report(tmp_path: Path) -> None:
    home, settings = beir_folder(tmp_path), Settings(index=tmp_path / "none")
    run, qrels = tmp_path / "out" / "mine.run", tmp_path / "out" / "mine.qrels"
    summary = measure(settings, home, None, None, run, qrels)
    oracle = ir_measures.calc_aggregate(
        [nDCG @ 10, RR @ 10],
        list(ir_measures.read_trec_qrels(str(qrels))),
        list(ir_measures.read_trec_run(str(run))),
    )
    assert summary["ndcg@10"] == pytest.approx(oracle[nDCG @ 10], abs=5e-5)
    assert summary["mrr@10"] == pytest.approx(oracle[RR @ 10], abs=5e-5)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["mine.qrels", "mine.run"]
    report = tmp_path / "report"
    measure(settings, home, None, report, None, report / "qrels.trec")
    assert (report / "qrels.trec").read_text(encoding="utf-8") == qrels.read_text(encoding="utf-8")
    assert (report / "run.trec").read_text(encoding="utf-8") == run.read_text(encoding="utf-8")
