"""Which sentences of the catalogue the code can say: read from the code, not from runs of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sorted(
    path
    for folder in ("src/aseqa", "ui")
    for path in (ROOT / folder).rglob("*.py")
    if not path.name.startswith("messages") and path.parent.name != "english"
)
SCRIPTS = sorted((ROOT / "ui" / "assets").glob("*.js"))
SAYING = ("message", "said", "label_of", "counted")
# Ends of keys that come from other tables: errno's names, pydantic's kinds of faults…
FROM_OUTSIDE = re.compile(
    r"system_E[A-Z]+|api_fault_\w+|metavar_[A-Z]+|section_.+|plot_unit_.+|status_n_\w+"
)


@dataclass
class Uses:
    """Whole keys, words that may be parts of keys, and patterns of keys put together."""

    words: set[str] = field(default_factory=set)
    patterns: list[list[str]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)

    def holds(self, key: str) -> bool:
        if key in self.words or FROM_OUTSIDE.fullmatch(key):
            return True
        rest = [key.removeprefix(one) for one in self.prefixes if key.startswith(one)]
        return any(one in self.words or self._is_put_together(one) for one in (key, *rest))

    def _is_put_together(self, key: str) -> bool:
        return any(self._fits(key, parts) for parts in self.patterns)

    def _fits(self, key: str, parts: list[str]) -> bool:
        """Tell whether words of the code, put into the holes, make this key."""
        pattern = "(.+?)".join(map(re.escape, parts))
        found = re.fullmatch(pattern, key)
        return bool(found) and all(map(self._is_word, found.groups()))

    def _is_word(self, part: str) -> bool:
        """Tell whether the code has this word, be it in the plural or with an end put to it."""
        word, _, end = part.partition("_")
        return bool({part, f"{part}s"} & self.words) or {word, f"_{end}"} <= self.words


def uses() -> Uses:
    found = Uses()
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            _note(node, found)
    for path in SCRIPTS:
        text = without_comments(path.read_text(encoding="utf-8"))
        found.words |= set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text))
        for template in re.findall(r"`([a-z_]*\$\{[^`]*)`", text):
            found.patterns.append(re.split(r"\$\{[^}]*\}", template))
    return found


def _note(node: ast.AST, found: Uses) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.words |= {node.value, *node.value.split()}
        found.words |= set(re.findall(r"\{(\w+)\}", node.value))  # the holes of a template
        if node.value.startswith("--"):  # an option has its help under its name
            found.words.add(f"help_{node.value[2:].replace('-', '_')}")
        if re.fullmatch(r"[a-z]+_(?:[a-z]+_)?", node.value):
            found.prefixes.add(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [""]
        for value in node.values:
            if isinstance(value, ast.Constant):
                parts[-1] += str(value.value)
            else:
                parts.append("")
        if any(re.search(r"[a-z]+_|_[a-z]+", part) for part in parts):
            found.patterns.append(parts)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
        keys = [one.value for one in node.args[:1] if isinstance(one, ast.Constant)]
        ends = ("_one", "_many") if node.func.id == "counted" else ("",)
        found.said |= {f"{key}{end}" for key in keys for end in ends}


def without_comments(script: str) -> str:
    """Give a script without its comments; those that end a line of code stay."""
    return re.sub(r"(?m)^\s*//.*$", "", script)


def literals(path: Path) -> Iterator[str]:
    """Give the texts that a module writes, its docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
