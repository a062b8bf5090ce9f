"""What is wrong with the fields of a request, in French; no value sent is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aseqa.messages import FRENCH
from aseqa_ui.problems import said

MAX_FAULTS = 20
_OWN = ("question",)  # faults whose words are ours already


def faults(errors: Iterable[Mapping[str, Any]], is_http: bool = True) -> list[dict[str, str]]:
    """Give field and fault of each of pydantic's errors; over HTTP, each begins with its place.

    Examples
    --------
    >>> faults([{"type": "missing", "loc": ("body", "question"), "msg": "Field required"}])
    [{'field': 'question', 'detail': 'Ce champ est demandé.'}]
    """
    return [
        {"field": _field(error["loc"][is_http:]), "detail": _words(error)} for error in errors
    ][:MAX_FAULTS]  # fmt: skip


def _field(location: Iterable[object]) -> str:
    return ".".join(str(part)[:60] for part in location)


def _words(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    if kind in _OWN:
        return str(error["msg"])
    key = f"api_fault_{kind}"
    return said(key if key in FRENCH else "api_fault_other", **error.get("ctx", {}))
