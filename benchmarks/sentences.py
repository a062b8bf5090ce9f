"""Compares the splitter with the maintained ones on the hand-marked sentences.

    pip install pysbd yasbd-lib sentencex
    python benchmarks/sentences.py

Prints, for each marked file, the F1 of sentence ends (as places in the text, roles
aside), and how many hard cases come out without a fault. Every library reads one
paragraph at a time, for none of them is made to see page layout; a library that is
not installed is left out.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from marked_sentences import SEEDS, Case, hard_cases, seed_cases

from aseqa.sentences import split_sentences

Splitter = Callable[[str], list[str]]

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def main() -> None:
    files = {path.stem[:3]: seed_cases(path.stem) for path in sorted(SEEDS.glob("*.txt"))}
    files["hard"] = hard_cases()
    print(f"{'splitter':12}" + "".join(f"{name:>8}" for name in files) + f"{'faultless':>12}")
    for name, ends in systems():
        scores = [f1((case, ends(case)) for case in cases) for cases in files.values()]
        faultless = sum(ends(case) == expected_ends(case) for case in files["hard"])
        print(
            f"{name:12}"
            + "".join(f"{score:8.3f}" for score in scores)
            + f"{faultless:6d} of {len(files['hard'])}"
        )


def systems() -> Iterator[tuple[str, Callable[[Case], set[int]]]]:
    """Give our splitter and every library that is installed, by name."""
    yield "aseqa", own_ends
    for module, load in (
        ("pysbd", load_pysbd),
        ("yasbd", load_yasbd),
        ("sentencex", load_sentencex),
    ):
        if importlib.util.find_spec(module):
            yield module, by_paragraph(load())


def load_pysbd() -> Splitter:
    import pysbd

    segment: Splitter = pysbd.Segmenter(language="fr", clean=False).segment
    return segment


def load_yasbd() -> Splitter:
    from yasbd import BoundaryDetector

    detector = BoundaryDetector("fr", preserve_quote_and_paren=False)
    return lambda text: list(detector.segment(text))


def load_sentencex() -> Splitter:
    from sentencex import segment

    return lambda text: list(segment("fr", text))


def own_ends(case: Case) -> set[int]:
    return {bounds.end for bounds in split_sentences(case.text, case.start, case.end)}


def expected_ends(case: Case) -> set[int]:
    return {end for _, end, _ in case.sentences}


def by_paragraph(split: Splitter) -> Callable[[Case], set[int]]:
    """Turn a function from text to sentences into one from a case to places."""

    def ends(case: Case) -> set[int]:
        found = set()
        for paragraph in _PARAGRAPH.finditer(case.text, case.start, case.end):
            place = paragraph.start()
            for sentence in split(paragraph.group()):
                words = sentence.strip()
                if re.search(r"[^\W_]", words):
                    place = case.text.index(words, place) + len(words)
                    found.add(place)
        return found

    return ends


def f1(pairs: Iterable[tuple[Case, set[int]]]) -> float:
    right = wanted = given = 0
    for case, found in pairs:
        expected = expected_ends(case)
        right += len(expected & found)
        wanted += len(expected)
        given += len(found)
    return 2 * right / (wanted + given)


if __name__ == "__main__":
    main()
