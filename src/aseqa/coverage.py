"""What an index holds and does not: kinds, years, voices, territories, unanswered questions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from aseqa.cite import QUESTION_KINDS, reference
from aseqa.lookup import Lookup
from aseqa.places import departements, widened
from aseqa.records import DOCUMENT_KINDS, VOICE_KINDS
from aseqa.store import Store
from aseqa.text import fold

_KINDS = "SELECT kind, count(*) FROM documents GROUP BY kind"
_YEARS = "SELECT substr(date, 1, 4), count(*) FROM documents WHERE date IS NOT NULL GROUP BY 1"
_UNDATED = "SELECT count(*) FROM documents WHERE date IS NULL"
_VOICES = "SELECT voice, count(*) FROM sentences GROUP BY voice"
_TERRITORIES = "SELECT territories, count(*) FROM sentences WHERE territories <> '' GROUP BY 1"
_UNANSWERED = (
    "SELECT name FROM documents WHERE json_extract(metadata, '$.answered') = 'false'"
    f" AND kind IN {QUESTION_KINDS} ORDER BY date, name"
)


def coverage(store: Store, lookup: Lookup) -> dict[str, Any]:
    """Tell what the corpus covers, and what of the usual it does not.

    Documents are counted by kind and by year of publication, sentences by voice and by
    the place that they are about.
    """
    kinds = _counts(store, _KINDS)
    voices = _counts(store, _VOICES)
    years = _counts(store, _YEARS)
    territories = _territories(store)
    spoken_of = widened(frozenset(territories))
    return {
        "kinds": _listed(kinds, DOCUMENT_KINDS),
        "kinds_missing": [kind for kind in DOCUMENT_KINDS if kind not in kinds],
        "years": dict(sorted(years.items())),
        "years_missing": _gaps(years),
        "undated": int(store.connection.execute(_UNDATED).fetchone()[0]),
        "voices": _listed(voices, VOICE_KINDS),
        "voices_missing": [kind for kind in VOICE_KINDS if kind not in voices],
        "territories": dict(
            sorted(territories.items(), key=lambda item: (-item[1], fold(item[0])))
        ),
        "territories_missing": [name for name in departements() if name not in spoken_of],
        "unanswered": _unanswered(store, lookup),
    }


def _counts(store: Store, query: str) -> dict[str, int]:
    return {str(name): int(count) for name, count in store.connection.execute(query)}


def _listed(counts: dict[str, int], order: tuple[str, ...]) -> dict[str, int]:
    """Give counts in the usual order, the unusual after it."""
    names = [name for name in order if name in counts]
    return {name: counts[name] for name in (*names, *sorted(counts.keys() - set(order)))}


def _territories(store: Store) -> dict[str, int]:
    found: Counter[str] = Counter()
    for names, count in store.connection.execute(_TERRITORIES):
        for name in names.split("|"):
            found[name] += count
    return dict(found)


def _gaps(years: dict[str, int]) -> list[str]:
    """Give the years between the first and the last of which there is no document."""
    known = [int(year) for year in years if year.isdigit()]
    between = range(min(known), max(known)) if known else ()
    return [str(year) for year in between if str(year) not in years]


def _unanswered(store: Store, lookup: Lookup) -> list[dict[str, str | None]]:
    documents = [lookup.document(name) for (name,) in store.connection.execute(_UNANSWERED)]
    return [
        {
            "document": document.id,
            "number": document.metadata.get("number"),
            "date": document.date,
            "title": document.title,
            "reference": reference(document, document.sections[0]),
        }
        for document in documents
    ]
