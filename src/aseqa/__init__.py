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
    from aseqa.records import (
        Answer,
        Document,
        Filters,
        Passage,
        Quote,
        Reason,
        Section,
        Sentence,
        SourceView,
        Span,
        Voice,
    )

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
    "Voice",
    "__version__",
]

_ERRORS = {
    "AseqaError",
    "BackendMissing",
    "BadSettings",
    "IndexBusy",
    "IndexMismatch",
    "IndexMissing",
    "ReadError",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "ask" if name == "Assistant" else "errors" if name in _ERRORS else "records"
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
