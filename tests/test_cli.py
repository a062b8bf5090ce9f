from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aseqa.answers import Answer
from aseqa.batch import answer_lines, check_question
from aseqa.cli import main
from aseqa.errors import BadSettings, IndexBusy
from aseqa.records import Filters
from aseqa.store import Store

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden"
COMMANDS = (
    *("index", "ask", "chat", "eval", "status", "remove"),
    *("rollback", "verify", "thread"),
)
QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
QUOTE = "En France, plus de 11 000 mineurs sont victimes d'exploitation sexuelle."
TIMEOUT_S = 600


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with no variable of ours set."""
    for name in [name for name in os.environ if name.startswith("ASEQA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own_index(seeds_index: Path, tmp_path: Path) -> Path:
    """Give a copy of the index, to be changed."""
    return shutil.copytree(seeds_index, tmp_path / "own index")


def aseqa(*words: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given, prog_name="aseqa")


def run_aseqa(*words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "aseqa", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, **options
    )


def environment(**variables: str) -> dict[str, str]:
    return {**os.environ, **variables}


# Help and wrong usage


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_pages_are_those_kept(command: str) -> None:
    """``UPDATE_GOLDEN=1`` writes them anew, to be read in the diff."""
    words = [command] if command else []
    result = CliRunner().invoke(main, [*words, "--help"], prog_name="aseqa", terminal_width=88)
    assert (result.exit_code, result.stderr) == (0, "")
    path = GOLDEN / f"help{'_' if command else ''}{command}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == path.read_text(encoding="utf-8")


def test_version() -> None:
    result = aseqa("--version")
    assert (result.exit_code, result.stdout) == (0, "aseqa 0.1.0\n")


def test_no_command_shows_the_help_as_wrong_usage() -> None:
    result = aseqa()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Utilisation : aseqa COMMANDE [ARGUMENTS]...\n")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["ask"], "aseqa ask : donnez soit une question, soit --batch FICHIER."),
        (["ask", "x", "--batch", "f"], "aseqa ask : donnez soit une question, soit --batch"),
        (["ask", "x", "--kk"], "aseqa ask : option inconnue : --kk (plutôt --k, --kind ?)."),
        (["ask", "x", "--k", "0"], "aseqa ask : --k : « 0 » n'est pas un nombre entier de 1 à 50."),
        (["ask", "x", "--k", "un"], "aseqa ask : --k : « un » n'est pas un nombre entier"),
        (["ask", "x", "--k"], "aseqa : option --k : valeur absente ou en trop."),
        (
            ["ask", "x", "--since", "2025-02-30"],
            "aseqa ask : --since : « 2025-02-30 » n'est pas une date de la forme AAAA-MM-JJ.",
        ),
        (["ask", "x", "--until", "20250230"], "aseqa ask : --until : « 20250230 » n'est pas"),
        (
            ["ask", "x", "--since", "2025-02-02", "--until", "2025-02-01"],
            "aseqa ask : --since (2025-02-02) vient après --until (2025-02-01).",
        ),
        (
            ["ask", "x", "--voice", "ministre"],
            "aseqa ask : --voice : « ministre » n'est pas admis ; au choix : parlementaire, "
            "gouvernement, inspection, justice, collectivite, syndicat, association, presse, loi, "
            "statistique, autre.",
        ),
        (["chat", "--port", "99999"], "aseqa chat : --port : « 99999 » n'est pas un nombre"),
        (["eval"], "aseqa eval : il manque GOLD."),
        (["remove"], "aseqa remove : il manque SOURCE..."),
        (["status", "de", "trop"], "aseqa status : argument en trop : de trop."),
        (["sttus"], "aseqa : commande inconnue : sttus (plutôt status ?)."),
    ],
)
def test_wrong_usage_is_one_french_line_and_code_2(words: list[str], fault: str) -> None:
    result = aseqa(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(fault)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["ask", ""], "La question est vide."),
        (["ask", " \u00a0 "], "La question est vide."),
        (
            ["ask", "o" * 1001],
            "La question compte 1001 caractères ; la limite est de 1000. Raccourcissez-la, puis "
            "envoyez-la de nouveau.",
        ),
        (["ask", "--batch", "absent.txt"], "absent.txt : fichier ou dossier introuvable."),
        (["ask", "--batch", "."], ". : c'est un dossier, pas un fichier."),
        (
            ["eval", "squad.json"],
            "squad.json : fichier de questions introuvable.",
        ),
        (["chat", "--auth", "absent"], "Fichier de mots de passe introuvable : absent"),
        (["eval", "absent.jsonl"], "absent.jsonl : fichier de questions introuvable."),
    ],
)
def test_a_users_mistake_is_one_french_line_and_code_1(words: list[str], line: str) -> None:
    result = aseqa(*words)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{line}\n")


@pytest.mark.parametrize("words", [["status"], ["remove", "a.txt"]])
def test_without_an_index_there_is_nothing_to_show(words: list[str], place: Path) -> None:
    result = aseqa(*words, "--index", place / "none")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(place / "none") in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (place / "none").exists()


def test_wrong_settings_are_said(place: Path) -> None:
    (place / "aseqa.toml").write_text("quotes = 'trois'\n", encoding="utf-8")
    result = aseqa("status")
    assert (result.exit_code, result.stderr) == (
        1,
        "aseqa.toml : « quotes » vaut 'trois' ; attendu : un nombre entier de 1 à 50.\n",
    )


def test_escape_sequences_in_arguments_are_not_sent_back() -> None:
    for words in (["status", "\x1b[31m"], ["eval", "\x1b[31m.jsonl"]):
        result = aseqa(*words)
        assert result.exit_code in (1, 2)
        assert "\x1b" not in result.stderr
        assert "�[31m" in result.stderr


# Batches, with an assistant played by the test


class Echo:
    """Stands in for the assistant: repeats the question, fails when asked to."""

    def ask(self, question: str, /, k: int = 3, filters: Filters = Filters()) -> Answer:  # noqa: B008
        if question == "occupé ?":
            raise IndexBusy("L'index est occupé.")
        return Answer(question, "answered", None, float(k), (), (), "1", {"total": 1.0})


def records(lines: Iterable[bytes]) -> list[dict[str, Any]]:
    return list(answer_lines(Echo(), lines, 2, Filters()))


def test_batch_gives_a_record_a_line_in_order() -> None:
    lines = b"\xef\xbb\xbfQui ?\r\n\n  O\xc3\xb9 ?  \n\xe9t\xe9\nocc\xc3\xadp\noccup\xc3\xa9 ?\nFin"
    found = records(lines.splitlines(keepends=True))
    assert [record["question"] for record in found] == [
        "Qui ?",
        "",
        "Où ?",
        "�t�",
        "occíp",
        "occupé ?",
        "Fin",
    ]
    assert {n: record["error"] for n, record in enumerate(found) if "error" in record} == {
        1: "La question est vide.",
        3: "La ligne n'est pas en UTF-8.",
        5: "L'index est occupé.",
    }
    assert found[0]["confidence"] == 2.0


def test_batch_refuses_long_questions_and_goes_on() -> None:
    first, second, third = records([b"a" * 1000, b"b" * 1001, b"c"])
    assert "error" not in first
    assert second["error"].startswith("La question compte 1001 caractères ;")
    assert third["question"] == "c"


def test_batch_answers_as_lines_come() -> None:
    def endless() -> Iterable[bytes]:
        while True:
            yield b"Qui ?\n"

    answers = answer_lines(Echo(), endless(), 2, Filters())
    assert [next(answers)["question"] for _ in range(3)] == ["Qui ?"] * 3


def test_questions_are_checked() -> None:
    assert check_question("\tQui\u00a0?\n") == "Qui\u00a0?"
    # What Python makes of an argument that is no UTF-8.
    assert check_question("\udce9t\udce9 ?") == "?t? ?"
    for wrong in ("", " \n", "x" * 1001):
        with pytest.raises(BadSettings):
            check_question(wrong)


# The whole chain, on the index of the seeds


def test_ask_prints_the_cited_answer(seeds_index: Path) -> None:
    result = aseqa("ask", QUESTION, "--index", seeds_index)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "1. Gouvernement — Ministère du travail, de la santé, des solidarités et des familles"
    )
    assert f"«\u00a0{QUOTE}\u00a0»" in result.stdout
    assert "réponse publiée au JO le 17 juin" in result.stdout
    assert "\x1b" not in result.stdout


def test_ask_takes_the_words_without_quotation_marks(seeds_index: Path) -> None:
    result = aseqa("ask", *QUESTION.split(), "--index", seeds_index, "--json")
    assert json.loads(result.stdout)["question"] == QUESTION


def test_ask_gives_the_json_of_the_contract(seeds_index: Path) -> None:
    result = aseqa("ask", QUESTION, "--json", "--k", "1", "--index", seeds_index)
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["status"], answer["reason"]) == (0, "answered", None)
    [quote] = answer["quotes"]
    source = (ROOT / "seeds" / quote["source"]).read_text(encoding="utf-8")
    assert source[quote["start"] : quote["end"]] == quote["text"] == QUOTE
    assert quote["reference"] == (
        "Question écrite n° 3269 de Mme Virginie Duby-Muller (Droite Républicaine, Haute-Savoie), "
        "JO du 21 janvier 2025, p. 232 ; réponse publiée au JO le 17 juin 2025, p. 5318"
    )
    span = quote["span"]
    assert quote["text"][span["start"] : span["end"]] == span["text"]


def test_two_runs_give_the_same_answer(seeds_index: Path) -> None:
    first, second = (
        json.loads(aseqa("ask", QUESTION, "--json", "--index", seeds_index).stdout)
        for _ in range(2)
    )
    assert first.pop("timings_ms").keys() == second.pop("timings_ms").keys()
    assert first == second


def test_quotes_come_in_the_order_of_the_contract(seeds_index: Path) -> None:
    quotes = json.loads(aseqa("ask", QUESTION, "--json", "--index", seeds_index).stdout)["quotes"]
    keys = [(-quote["score"], quote["document"], quote["start"]) for quote in quotes]
    assert keys == sorted(keys)
    assert [quote["rank"] for quote in quotes] == list(range(1, len(quotes) + 1))


def test_an_abstention_is_a_success(seeds_index: Path) -> None:
    result = aseqa("ask", "Quelle est la recette du cassoulet ?", "--json", "--index", seeds_index)
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["status"], answer["quotes"]) == (0, "abstained", [])
    assert answer["reason"]["text"]
    plain = aseqa("ask", "Quelle est la recette du cassoulet ?", "--index", seeds_index)
    assert plain.stdout.startswith(answer["reason"]["text"].split()[0])
    assert (plain.exit_code, plain.stderr) == (0, "")


def test_a_filter_that_is_no_text_is_said(seeds_index: Path) -> None:
    command = ("ask", QUESTION, "--index", str(seeds_index), "--author", os.fsdecode(b"Caf\xe9"))
    run = run_aseqa(*command, env=environment())
    assert (run.returncode, run.stdout) == (2, "")
    assert "Caf? » contient des octets qui ne sont pas du texte" in " ".join(run.stderr.split())


def test_filters_choose_where_to_look(seeds_index: Path) -> None:
    result = aseqa(
        *("ask", QUESTION, "--json", "--index", seeds_index),
        *("--voice", "parlementaire", "--kind", "question_ecrite", "--kind", "question_orale"),
        *("--since", "2024-01-01", "--until", "2026-12-31", "--source", "00*.txt"),
    )
    answer = json.loads(result.stdout)
    found = answer["quotes"] + answer.get("nearest", [])
    assert result.exit_code == 0
    assert {quote["voice"]["kind"] for quote in found} == {"parlementaire"}
    assert {quote["kind"] for quote in found} <= {"question_ecrite", "question_orale"}


def test_an_unknown_kind_is_wrong_usage(seeds_index: Path) -> None:
    result = aseqa("ask", QUESTION, "--kind", "roman", "--index", seeds_index)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        "aseqa ask : --kind : « roman » n'est pas admis ; au choix : question_ecrite, "
    )


def test_a_batch_from_a_file(seeds_index: Path, place: Path) -> None:
    content = f"{QUESTION}\n\nQuelle est la recette du cassoulet ?\n"
    (place / "questions.txt").write_text(content, encoding="utf-8")
    result = aseqa("ask", "--batch", "questions.txt", "--index", seeds_index)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert [answer.get("status") for answer in answers] == ["answered", None, "abstained"]
    assert answers[1] == {"question": "", "error": "La question est vide."}


def test_a_batch_from_standard_input_with_a_fault(seeds_index: Path) -> None:
    given = f"{'x' * 1001}\n{QUESTION}\n"
    result = aseqa("ask", "--batch", "-", "--json", "--index", seeds_index, given=given)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["question"], second["status"]) == ("x" * 1001, "answered")
    assert (result.exit_code, result.stderr) == (
        1,
        "1 ligne(s) en erreur : voir « error » dans les réponses.\n",
    )


def test_status(seeds_index: Path) -> None:
    status = json.loads(aseqa("status", "--json", "--index", seeds_index).stdout)
    assert {document["source"] for document in status["documents"]} == {
        path.name for path in (ROOT / "seeds").glob("*.txt")
    }
    shown = aseqa("status", "--index", seeds_index)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert f"Génération : {status['index']}\n" in shown.stdout
    assert "   002_eaee1d0db6d36db2 · Question écrite n° 3269 de Mme" in shown.stdout


def test_remove_then_ask(own_index: Path) -> None:
    source = "002_eaee1d0db6d36db2.txt"
    removed = aseqa("remove", source, "--json", "--index", own_index)
    assert (removed.exit_code, json.loads(removed.stdout)) == (0, {"removed": 1})
    again = aseqa("remove", source, "--index", own_index)
    assert (again.exit_code, again.stdout) == (1, "")
    assert source in again.stderr
    answer = json.loads(aseqa("ask", QUESTION, "--json", "--index", own_index).stdout)
    assert source not in {q["source"] for q in answer["quotes"] + answer.get("nearest", [])}


def test_index_adds_replaces_and_reports(own_index: Path, place: Path) -> None:
    corpus = place / "corpus"
    corpus.mkdir()
    (corpus / "note.txt").write_text("Le foyer de Brive compte 42 places.\n", encoding="utf-8")
    (corpus / "vide.txt").write_text("", encoding="utf-8")
    result = aseqa("index", corpus, "--json", "--index", own_index)
    report = json.loads(result.stdout)
    assert (report["added"], report["updated"], report["unchanged"]) == (1, 0, 0)
    [failed] = report["failed"]
    assert failed["source"] == "vide.txt"
    assert result.exit_code == 0
    assert aseqa("index", corpus, "--strict", "--index", own_index).exit_code == 1
    assert result.stderr == f"Non lu : vide.txt : {failed['error']}\n"
    (corpus / "vide.txt").unlink()
    (corpus / "note.txt").write_text("Le foyer de Brive compte 43 places.\n", encoding="utf-8")
    result = aseqa("index", corpus, "--index", own_index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{own_index} : ")
    assert "1 mis à jour, 0 retirés, 0 déplacés, 0 en double, 0 inchangés" in result.stdout
    assert result.stdout.count("\n") == 1


def test_index_of_a_missing_path(place: Path) -> None:
    result = aseqa("index", place / "absent", "--index", place / "i")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(place / "absent") in result.stderr
    assert result.stderr.count("\n") == 1


def test_eval_prints_figures_and_writes_a_report(seeds_index: Path, place: Path) -> None:
    gold = [
        {"id": "1", "q": QUESTION, "gold": [{"doc": "002", "contains": "plus de 11 000 mineurs"}]},
        {"id": "2", "q": "Quelle est la recette du cassoulet ?", "gold": []},
    ]
    (place / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    result = aseqa("eval", "gold.jsonl", "--json", "--report", "out", "--index", seeds_index)
    summary = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (summary["quote_hit@1"], summary["quote_integrity"]) == (1.0, 1.0)
    assert json.loads((place / "out" / "summary.json").read_text(encoding="utf-8")) == summary
    shown = aseqa("eval", "gold.jsonl", "--index", seeds_index)
    assert re.search(r"^quote_hit@1 +1,000  \[1,000 ; 1,000\]$", shown.stdout, re.MULTILINE)


def test_an_emptied_index_is_not_built_again(own_index: Path, place: Path) -> None:
    """A first build that was cut short is: its generation says that nothing was written."""
    sources = [path.name for path in (ROOT / "seeds").glob("*.txt")]
    removed = aseqa("remove", *sources, "--index", own_index)
    assert (removed.exit_code, removed.stdout) == (0, "Documents retirés : 7.\n")
    result = aseqa("ask", QUESTION, "--json", "--index", own_index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["status"] == "abstained"
    Store.create(place / "cut", "e5-small-fr", 384).close()
    assert json.loads(aseqa("status", "--json", "--index", place / "cut").stdout)["index"] == "0"


@pytest.mark.slow
def test_without_an_index_ask_builds_that_of_the_seeds(place: Path) -> None:
    run = run_aseqa("ask", QUESTION, "--json", "--index", "new", env=environment())
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["quotes"][0]["text"] == QUOTE
    assert run.stderr == (
        f"Pas encore d'index dans new : construction à partir de {ROOT / 'seeds'}…\n"
    )
    again = run_aseqa("ask", QUESTION, "--json", "--index", "new", env=environment())
    assert (again.returncode, again.stderr) == (0, "")


# The command as a process


def test_the_module_runs_as_the_command() -> None:
    run = run_aseqa("--version", env=environment())
    assert (run.returncode, run.stdout, run.stderr) == (0, "aseqa 0.1.0\n", "")


def test_help_is_instant() -> None:
    program = "import sys, aseqa.cli; print('numpy' in sys.modules, 'click' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False True\n"


def test_output_in_a_narrow_encoding_stays_readable(seeds_index: Path) -> None:
    ascii_only = environment(PYTHONIOENCODING="ascii")
    run = run_aseqa("ask", QUESTION, "--json", "--index", seeds_index, env=ascii_only)
    assert run.returncode == 0, run.stderr
    assert run.stdout.isascii()
    assert json.loads(run.stdout)["quotes"][0]["section"] == "réponse"
    run = run_aseqa("status", "--index", "absent", env=ascii_only)
    assert (run.returncode, "Traceback" in run.stderr) == (1, False)


def test_a_reader_who_leaves_early_is_no_error(seeds_index: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "aseqa", "ask", "--batch", "-", "--index", str(seeds_index)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{QUESTION}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["status"] == "answered"
        process.stdout.close()
        process.stdin.write(f"{QUESTION}\n".encode())
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(TIMEOUT_S) == 1


def test_ctrl_c_ends_with_a_word_and_code_130(seeds_index: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "aseqa", "ask", "--batch", "-", "--index", str(seeds_index)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{QUESTION}\n")
        process.stdin.flush()
        process.stdout.readline()  # it now waits for the next line
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 130
    assert said.split() == ["Interrompu."]


def test_a_terminal_gets_color_and_a_bar(own_index: Path, place: Path) -> None:
    note = " ".join(f"Le foyer {n} de Brive compte {n + 12} places." for n in range(100))
    (place / "note.txt").write_text(note, encoding="utf-8")
    seen = on_terminal("index", "note.txt", "--index", str(own_index))
    assert "░" in seen or "█" in seen
    seen = on_terminal("ask", QUESTION, "--index", str(own_index))
    assert "\x1b[1;4m" in seen
    plain = on_terminal("ask", QUESTION, "--index", str(own_index), NO_COLOR="1")
    assert "\x1b" not in plain


def on_terminal(*words: str, **variables: str) -> str:
    """Run the command on a terminal of its own; give all that it showed."""
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "aseqa", *words],
        env=environment(TERM="xterm", COLUMNS="88", LINES="40", **variables),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        seen = b""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                part = os.read(controller, 65536)
            except OSError:  # Linux says so when the last writer has closed
                break
            if not part:
                break
            seen += part
    os.close(controller)
    assert process.returncode == 0, seen.decode("utf-8", "replace")
    return seen.decode("utf-8", "replace")
