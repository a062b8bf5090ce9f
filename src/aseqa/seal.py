"""The seal of a quote: what lets a saved answer show that nothing in it was changed since.

It is a digest, not a signature: it catches an accident and a careless hand; the
verification against the sources catches the rest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from aseqa.answers import Quote

FORMAT = 1
VALID, BROKEN, ABSENT, UNKNOWN = "valid", "broken", "absent", "unknown"


def seal(quote: Quote, index_generation: str) -> dict[str, Any]:
    """Make the seal of a quote, once all else is known of it.

    Examples
    --------
    >>> seal(quote, "3-0a1b2c3d4e5f")["format"]  # doctest: +SKIP
    1
    """
    return seal_record(quote.to_dict(), index_generation)


def seal_record(record: Mapping[str, Any], index_generation: str) -> dict[str, Any]:
    """Make the seal of a quote's JSON record; a seal that it holds already is left out.

    The digest covers the seal's own facts and every fact of the record.
    """
    facts = _facts(record, index_generation)
    return {**facts, "digest": _digest(record, facts)}


def seal_state(record: Mapping[str, Any]) -> str:
    """Tell whether the seal in a quote's record still fits the rest of it.

    Returns
    -------
    str
        ``valid``, ``broken``, ``absent``, or ``unknown`` for a format to come.
    """
    held = record.get("seal")
    if held is None:
        return ABSENT
    if not isinstance(held, Mapping):
        return BROKEN
    if isinstance(held.get("format"), int) and held["format"] > FORMAT:
        return UNKNOWN
    index = held.get("index")
    expected = seal_record(record, index if isinstance(index, str) else "")
    return VALID if _canonical(held) == _canonical(expected) else BROKEN


def text_digest(text: str) -> str:
    """Give the SHA-256 of a text's UTF-8, in hexadecimal.

    Examples
    --------
    >>> text_digest("1er")[:8]
    'f54a0d8c'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _facts(record: Mapping[str, Any], index_generation: str) -> dict[str, Any]:
    span = record.get("span")
    place = None
    if isinstance(span, Mapping):
        place = {"start": span.get("start"), "end": span.get("end")}
    return {
        "format": FORMAT,
        "document_sha256": record.get("sha256"),
        "start": record.get("start"),
        "end": record.get("end"),
        "page": record.get("page"),
        "text_sha256": text_digest(str(record.get("text", ""))),
        "span": place,
        "index": index_generation,
    }


def _digest(record: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    claimed = {key: value for key, value in record.items() if key != "seal"}
    return text_digest(_canonical({"claimed": claimed, "sealed": dict(facts)}))


def _canonical(value: object) -> str:
    """Write JSON in one way only, whatever wrote the record in between."""
    return json.dumps(_plain(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    """Give 1.0 as 1: other tools than Python's write it so."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    return value
