"""A job of the line and its files: what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aseqa.messages import language, message
from aseqa_ui.library import Draft

MAX_TOLD = 500
WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"


class Refusal(Exception):
    """A job that cannot be done: why, or the name of our own words for it."""

    def __init__(self, fault: str = "", code: str = "") -> None:
        super().__init__(fault or code)
        self.fault, self.code = fault, code


@dataclass(slots=True)
class Entry:
    """One file of a job, or one source that it changed; ``code`` names a fault of our own."""

    name: str
    state: str = WAITING
    fault: str = ""
    code: str = ""
    draft: Draft | None = None
    replaces: bool = False

    def to_dict(self) -> dict[str, str]:
        fault = self.fault or (message(f"documents_{self.code}") if self.code else "")
        return {"name": self.name, "state": self.state, "fault": fault}


@dataclass(slots=True)
class Job:
    """A job: ``done`` of ``total`` files, ``current`` the one under way; what became of each."""

    id: str
    kind: str
    act: Callable[[Job], None] = field(repr=False)
    batch: str = ""
    title: str = ""
    state: str = WAITING
    entries: list[Entry] = field(default_factory=list)
    done: float = 0.0
    total: int = 0
    current: str = ""
    unchanged: int = 0
    fault: str = ""
    code: str = ""
    generation: str = ""
    language: str = field(default_factory=language)
    is_stopping: bool = False

    @property
    def is_over(self) -> bool:
        return self.state not in (WAITING, RUNNING)

    def to_dict(self) -> dict[str, Any]:
        told = [entry.to_dict() for entry in self.entries[:MAX_TOLD]]
        fault = self.fault or (message(f"documents_{self.code}") if self.code else "")
        return {
            **{key: getattr(self, key) for key in ("id", "kind", "batch", "title", "state")},
            **{key: getattr(self, key) for key in ("done", "total", "current", "unchanged")},
            "stopping": self.is_stopping,
            "fault": fault,
            "entries": told,
            "more": len(self.entries) - len(told),
            "undo": self.kind == "delete" and self.state == DONE and bool(self.generation),
        }
