"""Questions in French, verbatim quotes with their sources as answers.

``import aseqa`` costs nothing: each name below is imported when it is first used.

>>> from aseqa import Filters
>>> bool(Filters(kinds=("question_ecrite",)))
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aseqa.answers import Answer, Quote, Reason, Span
    from aseqa.ask import Assistant
    from aseqa.errors import (
        AseqaError,
        BackendMissing,
        BadSettings,
        IndexBusy,
        IndexMismatch,
        IndexMissing,
        ReadError,
    )
    from aseqa.followup import Turn, next_turn
    from aseqa.records import Document, Filters, Passage, Section, Sentence, SourceView, Voice

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "AseqaError",
    "Assistant",
    "BackendMissing",
    "BadSettings",
    "Document",
    "Filters",
    "IndexBusy",
    "IndexMismatch",
    "IndexMissing",
    "Passage",
    "Quote",
    "ReadError",
    "Reason",
    "Section",
    "Sentence",
    "SourceView",
    "Span",
    "Turn",
    "Voice",
    "__version__",
    "next_turn",
]

_HOMES = {
    "Assistant": "ask",
    **dict.fromkeys(("Answer", "Quote", "Reason", "Span"), "answers"),
    **dict.fromkeys(("Turn", "next_turn"), "followup"),
    **dict.fromkeys(
        (
            "AseqaError",
            "BackendMissing",
            "BadSettings",
            "IndexBusy",
            "IndexMismatch",
            "IndexMissing",
            "ReadError",
        ),
        "errors",
    ),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'records')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
