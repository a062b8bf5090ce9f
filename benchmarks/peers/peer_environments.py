"""One virtual environment a peer: made from pinned versions, weighed, its driver run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OFFLINE = {
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "TRANSFORMERS_OFFLINE": "1",
}
# Not a part of any peer.
INSTALLER = {"pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel", "__pycache__"}
TORCH = {"torch", "torchgen", "functorch", "nvidia", "triton"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A driver, and what its environment is made of: arguments of ``pip install``."""

    name: str
    arguments: tuple[str, ...]
    embeds: bool = True

    @property
    def driver(self) -> Path:
        return HERE / "drivers" / f"{self.name}_chain.py"


def pinned(name: str, embeds: bool = True) -> Peer:
    return Peer(name, ("-r", str(HERE / f"{name}.txt")), embeds)


PEERS = {
    "bm25": pinned("bm25", embeds=False),
    "langchain": pinned("langchain"),
    "haystack": pinned("haystack"),
    "txtai": pinned("txtai"),
    "aseqa": Peer("aseqa", ("-c", str(ROOT / "constraints.txt"), str(ROOT)), embeds=False),
}


def ready(peer: Peer, builds: Path) -> Path:
    """Make the environment of a peer, unless it stands as asked for; give its Python."""
    folder = builds / peer.name
    python, stamp = folder / "bin" / "python", folder / "installed"
    wanted = "\n".join(Path(a).read_text() if a.endswith(".txt") else a for a in peer.arguments)
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{peer.name}: installing…", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-compile", *peer.arguments]
    subprocess.run(install, check=True)
    stamp.write_text(wanted)
    return python


def shared_packages(tree: Path, builds: Path) -> Path:
    """Give a folder with the product's code and models alone, linked to those of a tree.

    All drivers import from there, so that what is measured is the tree as it is.
    """
    folder = builds / "shared"
    folder.mkdir(parents=True, exist_ok=True)
    places = {"aseqa": tree / "src" / "aseqa", "aseqa_models": tree / "embeddings" / "models"}
    for name, place in places.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(place.absolute(), target_is_directory=True)
    return folder


def run_driver(peer: Peer, python: Path, shared: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Run the driver of a peer over an input and give its output."""
    environment = {**os.environ, **OFFLINE, "PYTHONPATH": str(shared)}
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        source, target = Path(folder) / "input.json", Path(folder) / "output.json"
        source.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        command = [str(python), str(peer.driver), str(source), str(target)]
        subprocess.run(command, check=True, env=environment, cwd=folder)
        output: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        return output


def installed_mb(python: Path) -> dict[str, float]:
    """Weigh what was installed, in megabytes: all of it, and all but torch."""
    (site,) = python.parents[1].glob("lib/python*/site-packages")
    weights = {top.name: weight(top) for top in site.iterdir() if not is_installer(top.name)}
    torch = sum(size for name, size in weights.items() if name in TORCH)
    whole = sum(weights.values())
    return {"installed_mb": whole / 1e6, "installed_without_torch_mb": (whole - torch) / 1e6}


def is_installer(name: str) -> bool:
    return name in INSTALLER or name.split("-")[0] in INSTALLER


def weight(path: Path) -> int:
    """Give the bytes of a file or of all files of a folder, compiled Python left out."""
    if path.is_file():
        return path.stat().st_size
    files: Sequence[Path] = [one for one in path.rglob("*") if "__pycache__" not in one.parts]
    return sum(one.stat().st_size for one in files if one.is_file() and not one.is_symlink())
