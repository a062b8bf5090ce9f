"""What the documents say is what the product does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from aseqa.ask import Assistant
from aseqa.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_opens_with_the_two_commands() -> None:
    first = README.split("```sh\n", 1)[1].split("```", 1)[0].splitlines()
    assert [line.split("#")[0].strip() for line in first] == ["make chat", "make test"]


def test_the_answer_shown_is_the_answer_given(seeds_index: Path) -> None:
    block = README.split("```console\n$ aseqa ask ", 1)[1].split("```", 1)[0]
    question, shown = block.split("\n", 1)
    result = CliRunner().invoke(main, ["ask", question.strip('"'), "--index", str(seeds_index)])
    assert result.exit_code == 0
    assert result.stdout == shown


def test_the_python_shown_runs(
    seeds_index: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    code = README.split("```python\n", 1)[1].split("```", 1)[0]
    exec(code.replace("embeddings/index", str(seeds_index)), {})
    answer = assistant.ask("Combien de mineurs sont victimes d'exploitation sexuelle ?")
    assert capsys.readouterr().out == f"answered {answer.quotes[0].text}\n"


def test_every_command_named_exists() -> None:
    named = set(re.findall(r"`aseqa ([a-z]+)", README))
    assert named >= {"index", "ask", "chat", "eval", "status", "remove"}
    assert named <= set(main.commands)


def test_every_file_named_exists() -> None:
    for document in (ROOT / "README.md", ROOT / "embeddings" / "README.md"):
        text = document.read_text(encoding="utf-8")
        for path in re.findall(
            r"(?:python |`)((?:src|seeds|benchmarks|embeddings)/[\w./-]+)", text
        ):
            assert (ROOT / path).exists() or path.startswith("embeddings/index"), path
