"""Indexes of any size: the shipped corpus, indexed as ever, among documents that only fill.

What fills is written to the store directly, with vectors made beforehand: reading and
encoding a million sentences would take hours here. All else is as indexing leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import numpy as np
from _large_corpus import Filler

from aseqa.embed import Encoder
from aseqa.ingest import index_paths
from aseqa.records import Document, Passage, Section, Sentence, Voice
from aseqa.settings import shipped_seeds
from aseqa.store import Store, Unit

# The share of each kind among what fills, in twentieths, and who speaks there.
KINDS = [("presse", "presse")] * 8 + [("rapport", "inspection")] * 4 + [("loi", "loi")] * 3
KINDS += [("page_web", "association")] * 3 + [("question_ecrite", "parlementaire")] * 2
PLACES = ("Tarn", "Nord", "Finistère", "Gironde", "Isère")
AUTHORS = 500
PASSAGE = 4


def make_index(folder: Path, encoder: Encoder, found: Iterable[Filler]) -> int:
    """Make an index of the shipped corpus and of what fills; give the number of sentences."""
    index_paths([shipped_seeds()], folder, encoder)
    with closing(Store.open(folder)) as store:
        with store.writing():
            for number, filler in enumerate(found):
                add(store, filler, number)
        (count,) = store.connection.execute("SELECT count(*) FROM sentences").fetchone()
        return int(count)


def add(store: Store, filler: Filler, number: int) -> None:
    """Write one document that fills, of a kind, a date and an author drawn by its number."""
    drawn = np.random.default_rng(number)
    kind, voice = KINDS[int(drawn.integers(len(KINDS)))]
    day = f"{drawn.integers(2005, 2026)}-{drawn.integers(1, 13):02}-{drawn.integers(1, 29):02}"
    text = " ".join(filler.sentences)
    author = f"Auteur {drawn.integers(AUTHORS)}"
    section = Section("texte", 0, len(text), Voice(voice, author), day)
    asked = {"number": str(100_000 + number), "answered": "false"} if "question" in kind else {}
    name = filler.name
    document = Document(
        name, f"{name}.txt", name, text, kind, f"Note {name}", day, author, None, None,
        (section,), asked,
    )  # fmt: skip
    units = _units(filler, text, section, str(drawn.choice(PLACES)) if number % 20 == 0 else "")
    passages = [
        Passage(of[0].start, of[-1].end, text[of[0].start : of[-1].end], 0)
        for first in range(0, len(units), PASSAGE)
        for of in [[unit.sentence for unit in units[first : first + PASSAGE]]]
    ]
    file = store.add_file(document.source, "", name, text)
    store.add_document(file, document, units, passages)


def _units(filler: Filler, text: str, section: Section, place: str) -> list[Unit]:
    starts = accumulate((len(one) + 1 for one in filler.sentences), initial=0)
    places = frozenset({place.lower()} - {""})
    return [
        Unit(
            Sentence(start, start + len(one), one, 0, "prose", section.voice),
            one.encode(),
            vector,
            places=places,
        )
        for start, one, vector in zip(starts, filler.sentences, filler.vectors, strict=False)
    ]
