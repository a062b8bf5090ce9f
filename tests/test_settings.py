from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import aseqa
from aseqa.embed import DEFAULT_ENCODER
from aseqa.errors import BadSettings
from aseqa.settings import Settings, default_index, load_settings, shipped_seeds

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with no variable of ours set."""
    for name in [name for name in os.environ if name.startswith("ASEQA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults() -> None:
    assert load_settings() == Settings(
        index=default_index(), encoder="e5-small-fr", threads=2, quotes=3
    )
    assert load_settings().encoder == DEFAULT_ENCODER


def test_flags_win_over_variables_over_the_file_over_defaults(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "aseqa.toml").write_text('index = "a"\nthreads = 4\nquotes = 5\n', encoding="utf-8")
    monkeypatch.setenv("ASEQA_INDEX", "b")
    monkeypatch.setenv("ASEQA_THREADS", "6")
    settings = load_settings(index=Path("c"), encoder=None, threads=None)
    assert settings == Settings(index=Path("c"), encoder="e5-small-fr", threads=6, quotes=5)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASEQA_THREADS", "")
    assert load_settings(index="i").threads == 2


def test_a_path_may_start_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anne")
    assert load_settings(index="~/index").index == Path("/home/anne/index")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "index_dir = 'a'",
            "aseqa.toml : clé « index_dir » inconnue. "
            "Clés admises : index, encoder, threads, quotes, store.",
        ),
        (
            "threads = 'deux'",
            "aseqa.toml : « threads » vaut 'deux' ; attendu : un nombre entier de 1 à 256.",
        ),
        (
            "threads = true",
            "aseqa.toml : « threads » vaut True ; attendu : un nombre entier de 1 à 256.",
        ),
        (
            "quotes = 0",
            "aseqa.toml : « quotes » vaut 0 ; attendu : un nombre entier de 1 à 50.",
        ),
        ("encoder = ''", "aseqa.toml : « encoder » vaut '' ; attendu : un texte non vide."),
        ("index = 3", "aseqa.toml : « index » vaut 3 ; attendu : un chemin."),
        (
            "threads = 2\nquotes =",
            "aseqa.toml n'est pas un fichier TOML lisible (ligne 2, colonne 9) : corrigez-le.",
        ),
    ],
)
def test_a_wrong_file_is_said_with_key_place_and_what_is_allowed(
    place: Path, content: str, expected: str
) -> None:
    (place / "aseqa.toml").write_text(f"{content}\n", encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "ASEQA_THREADS",
            "beaucoup",
            "Variable ASEQA_THREADS : « threads » vaut 'beaucoup' ; "
            "attendu : un nombre entier de 1 à 256.",
        ),
        (
            "ASEQA_MODEL",
            "x",
            "Variable ASEQA_MODEL : clé « model » inconnue. "
            "Clés admises : index, encoder, threads, quotes, store.",
        ),
    ],
)
def test_a_wrong_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert str(caught.value) == expected


def test_a_file_that_is_not_utf8_is_an_error_of_ours(place: Path) -> None:
    (place / "aseqa.toml").write_bytes(b'encoder = "\xe9"\n')
    with pytest.raises(BadSettings, match=r"aseqa\.toml n'est pas un fichier TOML lisible"):
        load_settings()


def test_the_checkout_keeps_its_seeds_and_its_index() -> None:
    assert shipped_seeds() == ROOT / "seeds"
    assert default_index() == ROOT / "embeddings" / "index"


def test_elsewhere_the_index_lies_in_the_users_data(place: Path) -> None:
    """Run the package as installed: its own folders side by side, no checkout around."""
    shutil.copytree(Path(aseqa.__file__).parent, place / "lib" / "aseqa")
    (place / "lib" / "aseqa_seeds").mkdir()
    (place / "lib" / "aseqa_seeds" / "__init__.py").touch()
    program = (
        "from aseqa.settings import default_index, shipped_seeds;"
        "print(shipped_seeds()); print(default_index())"
    )
    environment = {
        "PYTHONPATH": str(place / "lib"),
        "HOME": str(place),
        "XDG_DATA_HOME": str(place / "data"),
        "PATH": os.environ["PATH"],
    }
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == [
        str(place / "lib" / "aseqa_seeds"),
        str(place / "data" / "aseqa" / "index"),
    ]
