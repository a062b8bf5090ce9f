"""What an import costs: each heavy library waits until something needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import aseqa

EVERY_HEAVY_LIBRARY = {
    "click",
    "faiss",
    "gradio",
    "langchain_text_splitters",
    "matplotlib",
    "numpy",
    "onnxruntime",
    "sentence_transformers",
    "sklearn",
    "tantivy",
    "tokenizers",
    "torch",
    "transformers",
}

HELP = """
import sys
from aseqa.cli import main
sys.argv = ["aseqa", "--help"]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""

ASK = """
from aseqa import Assistant
with Assistant.open({index!r}) as assistant:
    answer = assistant.ask("Combien de mineurs sont victimes d'exploitation sexuelle ?")
assert any("plus de 11 000 mineurs" in quote.text for quote in answer.quotes), answer
"""


def modules_after(program: str) -> set[str]:
    """Give the top-level modules that a fresh Python holds once it has run ``program``."""
    last_line = (
        "\nimport json, sys\nprint(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program + last_line], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_importing_the_package_imports_no_library() -> None:
    modules = modules_after("import aseqa; assert aseqa.__version__ == '0.1.0'")
    assert "aseqa" in modules
    assert modules & EVERY_HEAVY_LIBRARY == set()


def test_records_and_errors_import_no_library() -> None:
    modules = modules_after("from aseqa import Filters, IndexMissing; Filters(); IndexMissing()")
    assert modules & EVERY_HEAVY_LIBRARY == set()


def test_help_imports_click_alone() -> None:
    modules = modules_after(HELP)
    assert modules & EVERY_HEAVY_LIBRARY == {"click"}


def test_embedded_default_answers_without_torch(seeds_index: Path) -> None:
    modules = modules_after(ASK.format(index=str(seeds_index)))
    assert "faiss" in modules
    assert (
        modules & {"gradio", "sentence_transformers", "sklearn", "torch", "transformers"} == set()
    )


@pytest.mark.parametrize("name", [name for name in aseqa.__all__ if name != "__version__"])
def test_exported_names_are_things_of_the_package(name: str) -> None:
    exported = getattr(aseqa, name)
    assert isinstance(exported, type if name[0].isupper() else FunctionType)
    assert exported.__name__ == name
    assert exported.__module__.startswith("aseqa.")


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'aseqa' has no attribute 'Chatbot'"):
        _ = aseqa.Chatbot  # type: ignore[attr-defined]


def test_dir_lists_what_is_exported() -> None:
    assert set(aseqa.__all__) <= set(dir(aseqa))
