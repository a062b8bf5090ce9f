"""The wheel alone, in an environment outside the checkout, asks and chats."""

from __future__ import annotations

import ast
import html
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import packages_distributions
from importlib.resources import files
from pathlib import Path

import pytest

from aseqa.messages import message

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("src", "ui", "seeds", "embeddings/models")
QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
RIGHT_QUOTE = "En France, plus de 11 000 mineurs sont victimes d'exploitation sexuelle."
TIMEOUT_S = 600
MAX_WHEEL_BYTES = 60_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of what it is made of, so that the checkout stays clean."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "tree"
    for name in SHIPPED:
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    run = subprocess.run([*command, str(copy)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return next(folder.glob("aseqa-*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment; the libraries come from the running one.

    They come through a path line, which Python reads after the environment's own
    packages, and which does not start the import hook of an editable install.
    """
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    run = subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    own = next(folder.glob("lib/python*/site-packages"))
    (own / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the variables of a user who has no settings, and no index before the first question."""
    home = tmp_path_factory.mktemp("home")
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}


def run_in(
    environment: Path, variables: dict[str, str], *command: str
) -> subprocess.CompletedProcess[str]:
    program, *arguments = command
    return subprocess.run(
        [str(environment / "bin" / program), *arguments],
        cwd=variables["HOME"],
        env=variables,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def imported_modules() -> Iterator[tuple[str, Path]]:
    """Give each top-level module that the product imports, and where."""
    for path in (*ROOT.glob("src/**/*.py"), *ROOT.glob("ui/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name.partition(".")[0], path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0], path


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_imported_library_is_declared_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["milvus"], *extras["ray"]]
    declared = {plain(re.split(r"[\[<>=;\s]", text)[0]) for text in wanted}
    distributions = packages_distributions()
    own = {"aseqa", "aseqa_ui", "aseqa_seeds", "aseqa_models"}
    # Asked for on behalf of trafilatura, which does not always declare it.
    used = {"lxml-html-clean"}
    for module, path in imported_modules():
        if module not in sys.stdlib_module_names | own:
            owners = {plain(owner) for owner in distributions.get(module, [module])}
            assert owners & declared, f"{path.relative_to(ROOT)}: {module} is not declared"
            used |= owners & declared
    assert declared - used == set()


def test_shipped_folders_are_real_folders() -> None:
    assert Path(str(files("aseqa_seeds"))) == ROOT / "seeds"
    assert Path(str(files("aseqa_models"))) == ROOT / "embeddings" / "models"


@pytest.mark.slow
def test_wheel_holds_the_product_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        seeds = {name: archive.read(name) for name in names if name.startswith("aseqa_seeds/")}
    shipped = {
        f"aseqa_seeds/{path.relative_to(ROOT / 'seeds').as_posix()}": path.read_bytes()
        for pattern in ("*.txt", "gold/*.jsonl")
        for path in ROOT.glob(f"seeds/{pattern}")
    }
    assert len([name for name in shipped if name.endswith(".txt")]) == 5
    assert {name: seeds.get(name) for name in shipped} == shipped
    folders = {"aseqa": "src/aseqa", "aseqa_ui": "ui", "aseqa_models": "embeddings/models"}
    code = {
        f"{package}/{path.relative_to(ROOT / folder).as_posix()}"
        for package, folder in folders.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert code - names == set()
    tops = {name.partition("/")[0] for name in names}
    expected = {"aseqa", "aseqa_ui", "aseqa_seeds", "aseqa_models", "aseqa-0.1.0.dist-info"}
    assert tops == expected
    assert wheel.stat().st_size < MAX_WHEEL_BYTES


@pytest.mark.slow
def test_wheel_runs_its_own_code(environment: Path, outside: dict[str, str]) -> None:
    program = (
        "import aseqa, aseqa_ui, aseqa_seeds, aseqa_models, json, sys;"
        "places = [m.__file__ for m in (aseqa, aseqa_ui, aseqa_seeds, aseqa_models)];"
        "print(json.dumps([places, sys.path]))"
    )
    run = run_in(environment, outside, "python", "-c", program)
    assert run.returncode == 0, run.stderr
    places, paths = json.loads(run.stdout)
    assert all(Path(p).resolve().is_relative_to(environment.resolve()) for p in places)
    # The running environment may itself lie in the checkout: its libraries, not our code.
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    strangers = [path for path in paths if path and path not in libraries]
    assert not any(Path(path).resolve().is_relative_to(ROOT) for path in strangers)


@pytest.mark.slow
def test_wheel_answers_from_the_shipped_seeds(environment: Path, outside: dict[str, str]) -> None:
    run = run_in(environment, outside, "aseqa", "ask", QUESTION, "--json")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["status"] == "answered"
    # Which quote comes first is for the evaluation to judge; here, that the chain is whole.
    quote = next(quote for quote in answer["quotes"] if quote["text"] == RIGHT_QUOTE)
    assert quote["document"] == "002_eaee1d0db6d36db2"
    assert quote["voice"]["kind"] == "gouvernement"
    assert quote["date"] == "2025-06-17"
    text = (ROOT / "seeds" / quote["source"]).read_text(encoding="utf-8")
    assert text[quote["start"] : quote["end"]] == quote["text"]
    # The index was built in the user's own folder, from the seeds of the wheel.
    assert (Path(outside["XDG_DATA_HOME"]) / "aseqa" / "index").is_dir()


@pytest.mark.slow
def test_wheel_serves_the_chat(environment: Path, outside: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [str(environment / "bin" / "aseqa"), "chat", "--port", str(port)],
        cwd=outside["HOME"],
        env=outside,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        deadline = threading.Timer(TIMEOUT_S, server.kill)
        deadline.start()
        try:
            said = []
            for line in server.stdout or ():
                said.append(line)
                if f"http://127.0.0.1:{port}" in line:
                    break
            assert f"http://127.0.0.1:{port}" in "".join(said)[-200:], "".join(said)
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", "/")
                response = connection.getresponse()
                page = response.read().decode("utf-8")
        finally:
            deadline.cancel()
            server.terminate()
    assert response.status == 200
    assert response.getheader("content-type", "").startswith("text/html")
    assert message("chat_title") in html.unescape(page)
