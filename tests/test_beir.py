"""BEIR folders: what is read, what is refused, and the figures, worked by hand."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from click.testing import CliRunner, Result
from ir_measures import RR, R, nDCG

from aseqa.beir import read_beir
from aseqa.cli import main
from aseqa.errors import BadSettings
from aseqa.evaluate_beir import JudgedQuery, summarise_beir

HEADER = "query-id\tcorpus-id\tscore\n"
CORPUS = [
    {"_id": "MED-1", "title": "Le foyer d'Albi", "text": "Le foyer d'Albi accueille 12 enfants."},
    {"_id": "MED-2", "title": "", "text": "La récolte des abricots commence en juin."},
    {"_id": "MED-3", "title": "La fonte des glaciers alpins", "text": " "},
    {"_id": "MED-4", "text": "Le budget du ministère augmente de 3 %."},
]
QUERIES = [
    {"_id": "q1", "text": "Combien d'enfants le foyer d'Albi accueille-t-il ?"},
    {"_id": "q2", "text": "Quand commence la récolte des abricots ?"},
    {"_id": "q3", "text": "la fonte des glaciers"},
    {"_id": "q4", "text": "Qui ne sert pas ?"},
    {"_id": "q5", "text": "Où rien n'est-il pertinent ?"},
]
QRELS = f"{HEADER}q1\tMED-1\t1\nq2\tMED-1\t2\nq2\tMED-2\t1\nq3\tMED-3\t1\nq5\tMED-4\t0\n"


def beir_folder(
    folder: Path,
    corpus: list[dict[str, Any]] | str = CORPUS,
    queries: list[dict[str, Any]] | str = QUERIES,
    qrels: Mapping[str, str] = {"test.tsv": QRELS},
) -> Path:
    home = folder / "petit"
    (home / "qrels").mkdir(parents=True)
    for name, given in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        lines = given if isinstance(given, str) else "\n".join(map(json.dumps, given))
        (home / name).write_text(lines, encoding="utf-8")
    for name, text in qrels.items():
        (home / "qrels" / name).write_text(text, encoding="utf-8")
    return home


def aseqa(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="aseqa")


# Reading


def test_read(tmp_path: Path) -> None:
    beir = read_beir(beir_folder(tmp_path))
    assert (beir.name, beir.split, beir.unjudged) == ("petit", "test.tsv", 1)
    assert [(one.id, one.source, one.title, one.text) for one in beir.documents] == [
        ("MED-1", "MED-1", "Le foyer d'Albi", "Le foyer d'Albi accueille 12 enfants."),
        ("MED-2", "MED-2", None, "La récolte des abricots commence en juin."),
        # A document without text is indexed by its title.
        ("MED-3", "MED-3", "La fonte des glaciers alpins", "La fonte des glaciers alpins"),
        ("MED-4", "MED-4", None, "Le budget du ministère augmente de 3 %."),
    ]
    assert list(beir.queries) == ["q1", "q2", "q3"]
    assert beir.qrels == {"q1": {"MED-1": 1}, "q2": {"MED-1": 2, "MED-2": 1}, "q3": {"MED-3": 1}}


def test_the_test_judgements_are_read_else_all_of_them(tmp_path: Path) -> None:
    train, dev = (f"{HEADER}{line}\n" for line in ("q1\tMED-1\t1", "q2\tMED-2\t1"))
    several = {"train.tsv": train, "dev.tsv": dev}
    home = beir_folder(tmp_path, qrels=several)
    beir = read_beir(home)
    assert (beir.split, list(beir.qrels)) == ("dev.tsv, train.tsv", ["q2", "q1"])
    (home / "qrels" / "test.tsv").write_text(f"{HEADER}q3\tMED-3\t1\r\n", encoding="utf-8")
    beir = read_beir(home)
    assert (beir.split, beir.qrels) == ("test.tsv", {"q3": {"MED-3": 1}})


def test_a_file_of_judgements_without_header(tmp_path: Path) -> None:
    home = beir_folder(tmp_path, qrels={"a.tsv": "q1\tMED-1\t1\n\nq1\tMED-2\t-1"})
    assert read_beir(home).qrels == {"q1": {"MED-1": 1, "MED-2": -1}}


COLUMNS = (
    "trois colonnes séparées par des tabulations sont attendues : query-id, corpus-id et score, "
    "un nombre entier"
)


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"corpus": '{"_id": "a"'}, "/corpus.jsonl, ligne 1 : JSON illisible (colonne 12)."),
        ({"corpus": "[3]"}, "/corpus.jsonl, ligne 1 : un objet JSON est attendu."),
        (
            {"corpus": [{"text": "a"}]},
            "/corpus.jsonl, ligne 1 : « _id » doit être un texte non vide.",
        ),
        ({"corpus": [{"_id": "a"}]}, "/corpus.jsonl, ligne 1 : « text » doit être un texte."),
        (
            {"corpus": [{"_id": "a", "text": "b", "title": 3}]},
            "/corpus.jsonl, ligne 1 : « title » doit être un texte.",
        ),
        ({"corpus": CORPUS[:1] * 2}, "/corpus.jsonl, ligne 2 : l'identifiant « MED-1 » sert déjà."),
        ({"corpus": "\n"}, "/corpus.jsonl : ce fichier est vide."),
        ({"corpus": [{"_id": "a", "text": " "}]}, "/corpus.jsonl : aucun texte à indexer."),
        (
            {"queries": [*QUERIES, {"_id": "z", "text": ""}]},
            "/queries.jsonl, ligne 6 : « text » doit être un texte non vide.",
        ),
        ({"queries": ""}, "/queries.jsonl : ce fichier est vide."),
        (
            {"qrels": {"test.tsv": f"{HEADER}q9\tMED-1\t1"}},
            "/qrels/test.tsv, ligne 2 : « q9 » n'est pas dans queries.jsonl.",
        ),
        (
            {"qrels": {"test.tsv": f"{HEADER}q1\tMED-1\t1\nq1\tMED-9\t1"}},
            "/qrels/test.tsv, ligne 3 : « MED-9 » n'est pas dans corpus.jsonl.",
        ),
        ({"qrels": {"a.tsv": f"{HEADER}q1 0 MED-1 1"}}, f"/qrels/a.tsv, ligne 2 : {COLUMNS}."),
        ({"qrels": {"a.tsv": f"{HEADER}q1\tMED-1\toui"}}, f"/qrels/a.tsv, ligne 2 : {COLUMNS}."),
        (
            {"qrels": {"test.tsv": HEADER}},
            "/qrels : aucun document n'y est jugé pertinent (score supérieur à 0).",
        ),
        ({"qrels": {}}, " : ce dossier n'est pas au format BEIR, il y manque qrels/*.tsv."),
    ],
)
def test_a_wrong_folder_is_refused_with_the_place(
    tmp_path: Path, changed: dict[str, Any], line: str
) -> None:
    home = beir_folder(tmp_path, **changed)
    result = aseqa("eval", home)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{home}{line}\n")


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        read_beir(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} : ce dossier n'est pas au format BEIR, il y manque corpus.jsonl, "
        "queries.jsonl, qrels/*.tsv."
    )


# Figures


def test_figures_by_hand() -> None:
    others = tuple(f"x{number}" for number in range(120))
    judged = [
        # Third: 1 / log2(4), 1/3.
        JudgedQuery("a", "A ?", ("x", "y", "d1"), {"d1": 1, "x": 0}),
        # Of two, one second: (1 / log2(3)) / (2 + 1 / log2(3)); the other is not found.
        JudgedQuery("b", "B ?", ("x", "d2"), {"d1": 2, "d2": 1}),
        # Eleventh and hundredth: outside the first ten, inside the first hundred; 101st: outside.
        JudgedQuery(
            "c",
            "C ?",
            (*others[:10], "d1", *others[10:98], "d2", "d3"),
            {"d1": 1, "d2": 1, "d3": 1},
        ),
        JudgedQuery("d", "D ?", (), {"d1": 1}),
    ]
    summary = summarise_beir(judged)
    intervals = summary.pop("intervals")
    assert summary == {
        "questions": 4,
        "judgements": 8,
        "ndcg@10": 0.185,  # (0.5 + 0.63093 / 2.63093 + 0 + 0) / 4
        "mrr@10": 0.2083,  # (1/3 + 1/2 + 0 + 0) / 4
        "recall@5": 0.375,  # (1 + 1/2 + 0 + 0) / 4
        "recall@10": 0.375,
        "recall@100": 0.5417,  # (1 + 1/2 + 2/3 + 0) / 4
    }
    assert list(intervals) == list(summary)[2:]
    assert all(low <= summary[name] <= high for name, (low, high) in intervals.items())


def test_eval_of_a_beir_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary, report = tmp_path / "temporary", tmp_path / "out"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    result = aseqa("eval", beir_folder(tmp_path), "--json", "--report", report)
    assert (result.exit_code, result.stderr) == (0, "")
    summary = json.loads(result.stdout)
    intervals = summary.pop("intervals")
    assert summary.pop("index").startswith("1-")
    rankings: dict[str, list[str]] = {}
    for line in (report / "run.trec").read_text(encoding="utf-8").splitlines():
        rankings.setdefault(line.split()[0], []).append(line.split()[2])
    assert {query: ranking[0] for query, ranking in rankings.items()} == {
        "q1": "MED-1",
        "q2": "MED-2",
        "q3": "MED-3",
    }
    # All four documents are found; of q2 the grades are 1, then 2 at the rank of MED-1.
    rank = rankings["q2"].index("MED-1") + 1
    ndcg = {2: 0.85972, 3: 0.76019, 4: 0.70749}[rank]
    assert summary == {
        "gold": "petit",
        "format": "beir",
        "qrels": "test.tsv",
        "documents": 4,
        "unjudged_queries": 1,
        "questions": 3,
        "judgements": 4,
        "ndcg@10": pytest.approx((2 + ndcg) / 3, abs=1e-4),
        "mrr@10": 1.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "recall@100": 1.0,
    }
    assert intervals["mrr@10"] == [1.0, 1.0]
    qrels = list(ir_measures.read_trec_qrels(str(report / "qrels.trec")))
    run = list(ir_measures.read_trec_run(str(report / "run.trec")))
    oracle = ir_measures.calc_aggregate([nDCG @ 10, RR @ 10, R @ 5, R @ 100], qrels, run)
    ours = {nDCG @ 10: "ndcg@10", RR @ 10: "mrr@10", R @ 5: "recall@5", R @ 100: "recall@100"}
    for measure, name in ours.items():
        assert summary[name] == pytest.approx(oracle[measure], abs=1e-4)
    first = json.loads((report / "results.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (first["id"], first["mrr@10"], first["right_rank"], first["found"]) == ("q1", 1, 1, 4)
    assert first["documents"][0] == {"document": "MED-1", "grade": 1}
    page = (report / "summary.md").read_text(encoding="utf-8")
    assert "3 requêtes, 4 documents, 4 jugements (test.tsv)." in page
    assert "Requêtes écartées, sans document pertinent : 1." in page
    assert "| mrr@10 | 1,000 | [1,000 ; 1,000] |" in page
    assert list(temporary.iterdir()) == []
