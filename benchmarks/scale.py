"""What everything costs at 300, 10,000, 100,000 and 1,000,000 sentences, in one run.

    python benchmarks/scale.py --data FOLDER [--texts FOLDER]… [--sizes 0 10000 …]
        [--questions 60] [--repeat 1] [--out build/scale.json] [--plot FILE.svg] [--profile]

Each size is an index of the shipped corpus among documents that only fill: real French
sentences first, made ones when there are no more (see `_large_corpus.py`); these are
written to the store directly. Told of each, measured in a process of its own: building,
opening, memory, size on disk, an update, and the questions of the tuning half, warm, split
into their parts, with filters and without. Medians of all questions of all repeats, with
quartiles.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import pstats
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from _large_corpus import add_options, load_corpus
from _scale_one import FILTERS, PARTS, measure, measure_questions, measure_update

Told = dict[str, Any]
BUDGET = "sans filtre"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 10_000, 100_000, 1_000_000])
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("build/scale.json"))
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--profile", action="store_true", help="tell where a question's time goes")
    options = parser.parse_args()
    corpus = load_corpus(options)
    print(f"{len(corpus.vectors)} phrases réelles ; au-delà, faites (voir _large_corpus.py)\n")
    rows: list[Told] = []
    for size in sorted(options.sizes):
        home = options.work / f"index-{size}"
        told = alone(measure, size, corpus, home, options.seed)
        told |= alone(measure_questions, home, options.questions, options.repeat, options.profile)
        told |= alone(measure_update, home, options.work / "notes", options.questions)
        rows.append(told)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
        print(f"… {told['size']} phrases mesurées", flush=True)
    print_tables(rows)
    if options.plot:
        draw(options.plot, rows)


def alone(work: Callable[..., Told], *arguments: Any) -> Told:
    """Run in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_told, work, arguments).result()


def _told(work: Callable[..., Told], arguments: tuple[Any, ...]) -> Told:
    if work is not measure_questions:
        return work(*arguments)
    *given, is_profiled = arguments
    if not is_profiled:
        return work(*given)
    profile = cProfile.Profile()
    told = profile.runcall(work, *given)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    return told


def print_tables(rows: list[Told]) -> None:
    print("\n## Une question, index ouvert (ms, médiane [quartiles])\n")
    print("| phrases | " + " | ".join((*PARTS, "total", "p95", "attente")) + " |")
    print("|---" * (len(PARTS) + 4) + "|")
    for told in rows:
        cells = [f"{told[BUDGET][part][1]:.1f}" for part in PARTS]
        cells += [_spread(told[BUDGET]["total"]), f"{told[BUDGET]['total'][3]:.0f}"]
        print(f"| {told['size']} | {' | '.join(cells)} | {told[BUDGET]['attente'][1]:.0f} |")
    print("\n## La même avec un filtre, et après un changement (total, ms)\n")
    ways = [*FILTERS, "après un ajout", "après un retrait"]
    print("| phrases | " + " | ".join(ways) + " |")
    print("|---" * (len(ways) + 1) + "|")
    for told in rows:
        print(f"| {told['size']} | {' | '.join(_spread(told[way]['total']) for way in ways)} |")
    print("\n## Secondes ; mémoire (Mo) ; disque (octets par phrase)\n")
    print("| phrases | écrire | dériver | ouvrir | ajouter un document | le retirer"
          " | mémoire propre au repos | projetée | au plus, questions | au plus, construction"
          " | disque |")  # fmt: skip
    print("|---" * 11 + "|")
    for told in rows:
        print(_costs(told))


def _costs(told: Told) -> str:
    rest, size = told["at_rest_mb"], told["size"]
    seconds = [told.get(name, 0.0) for name in ("fill_s", "derive_s", "open_s", "update_s")]
    cells = [f"{value:.1f}" for value in (*seconds, told["remove_s"])]
    cells += [f"{rest['own']:.0f}", f"{told['after_mb']['mapped']:.0f}"]
    cells += [f"{told['peak_mb']:.0f}", f"{told['peak_building_mb']:.0f}"]
    disk = ", ".join(f"{name} {bytes_:.0f}" for name, bytes_ in sorted(told["disk"].items()))
    return f"| {size} | {' | '.join(cells)} | {sum(told['disk'].values()):.0f} ({disk}) |"


def _spread(quartiles: list[float]) -> str:
    low, middle, high, _ = quartiles
    return f"{middle:.0f} [{low:.0f}–{high:.0f}]"


def draw(path: Path, rows: list[Told]) -> None:
    """Draw the parts of a question against the size, both in logarithms."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from aseqa.diagrams import INK, STYLE

    shown = ("dense", "lexical", "lecture", "total")
    colours = ("#8fb8de", "#c2410c", "#6b7280", INK)
    with rc_context(STYLE):
        figure = Figure(figsize=(6.4, 4.4), layout="constrained")
        axes = figure.subplots()
        for part, colour in zip(shown, colours, strict=True):
            middles = [max(told[BUDGET][part][1], 0.05) for told in rows]
            sizes = [told["size"] for told in rows]
            axes.plot(sizes, middles, marker="o", color=colour, label=part)
            axes.annotate(part, (sizes[-1], middles[-1]), xytext=(6, 0),
                          textcoords="offset points", va="center", color=colour)  # fmt: skip
        axes.set(xscale="log", yscale="log", xlabel="phrases dans l'index", ylabel="millisecondes")
        axes.set_title("Une question, index ouvert : médiane de chaque partie", fontweight="bold")
        axes.grid(which="major")
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None, "Creator": "aseqa"})


if __name__ == "__main__":
    main()
