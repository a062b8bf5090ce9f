"""What a cold start costs: CPU seconds of `import aseqa`, `aseqa --help` and `aseqa ask`.

    python benchmarks/cold.py [--repeat 7] [--out build/cold.json]

Each command is a process of its own, in turns, over an index of the shipped corpus that is
made beforehand. CPU time, user and system, of all threads. Modules are compiled once, before,
as on any machine where a command was run already. A busy machine makes it longer: `import
numpy` tells by how much. Told too: how many modules are imported, which large ones, and where
the import's time goes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

QUESTION = "Combien de mineurs sont victimes d'exploitation sexuelle ?"
# CPU seconds that no command may take more than.
BARS: dict[str, float | None] = {
    "import numpy": None,
    "import aseqa": 0.15,
    "aseqa --help": 0.3,
    "aseqa ask": 2.0,
}
LARGE = ("torch", "sentence_transformers", "gradio", "transformers", "faiss", "onnxruntime",
         "tantivy", "tokenizers", "matplotlib", "langchain_text_splitters")  # fmt: skip
LISTED = 12
_MODULES = (
    "import runpy, sys\n"
    "try: runpy.run_module('aseqa', run_name='__main__', alter_sys=True)\n"
    "except SystemExit: pass\n"
    "print(' '.join(sorted(sys.modules)), file=sys.stderr)\n"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path("build/cold.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aseqa-") as folder:
        index = str(Path(folder) / "index")
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        run([sys.executable, "-m", "aseqa", "index", "--index", index])
        commands = {
            "import numpy": ["-c", "import numpy"],
            "import aseqa": ["-c", "import aseqa"],
            "aseqa --help": ["-m", "aseqa", "--help"],
            "aseqa ask": ["-m", "aseqa", "ask", QUESTION, "--index", index],
        }
        for arguments in commands.values():
            run([sys.executable, *arguments])
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.repeat):
            for name, arguments in commands.items():
                seconds[name].append(cpu_seconds([sys.executable, *arguments]))
        rows = {name: told(name, taken) for name, taken in seconds.items()}
        for name in ("aseqa --help", "aseqa ask"):
            rows[name] |= modules(commands[name][2:])
        slowest = import_times()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    found = {"rows": rows, "slowest_imports_ms": slowest}
    options.out.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    print_table(rows)
    print("\nLes imports les plus longs de `aseqa ask` (ms, sans ce qu'ils importent) : "
          + ", ".join(f"{name} {spent:.0f}" for name, spent in slowest.items()))  # fmt: skip


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True)


def cpu_seconds(command: list[str]) -> float:
    """Run a command and give the CPU time that it took."""
    before = os.times()
    run(command)
    after = os.times()
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


def told(name: str, taken: list[float]) -> dict[str, Any]:
    low, middle, high = np.percentile(taken, (25, 50, 75)).tolist()
    return {"cpu_s": middle, "low": low, "high": high, "bar": BARS[name]}


def modules(arguments: list[str]) -> dict[str, Any]:
    """Count the modules that a command imports, and name the large libraries among them."""
    found = run([sys.executable, "-c", _MODULES, *arguments]).stderr.split()
    tops = {name.split(".")[0] for name in found}
    return {"modules": len(found), "large": [name for name in LARGE if name in tops]}


def import_times() -> dict[str, float]:
    """Give the modules of the product whose own import takes longest, in milliseconds."""
    lines = run([sys.executable, "-X", "importtime", "-c", "import aseqa.ask"]).stderr.splitlines()
    rows = [line.removeprefix("import time:").split("|") for line in lines[1:]]
    own = {name.strip(): int(spent) / 1000 for spent, _, name in rows if "aseqa" in name}
    return dict(sorted(own.items(), key=lambda item: -item[1])[:LISTED])


def print_table(rows: dict[str, dict[str, Any]]) -> None:
    print("| commande | s de calcul, médiane [quartiles] | au plus | modules | dont |")
    print("|---|---|---|---|---|")
    for name, row in rows.items():
        spread = f"{row['cpu_s']:.2f} [{row['low']:.2f}–{row['high']:.2f}]"
        large = ", ".join(row.get("large", ()))
        print(f"| `{name}` | {spread} | {row['bar'] or ''} | {row.get('modules', '')} | {large} |")


if __name__ == "__main__":
    main()
