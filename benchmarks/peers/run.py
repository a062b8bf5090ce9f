"""The product against what a user would pick instead: same documents, machine and encoder.

    python benchmarks/peers/run.py [--data FOLDER] [--limit N] [--peers bm25 langchain …]

Makes an environment for each peer under build/peers (the first time: minutes, and a network),
runs the drivers one after the other, offline, over the seeds with the gold questions and, with
``--data``, PIAF's test articles and the CNIL's questions; prints a table for each set and
writes build/peers/results.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from peer_environments import PEERS, ROOT, Peer, installed_mb, ready, run_driver, shared_packages
from peer_inputs import WAYS, PeerSet, cnil_set, gold_set, piaf_set
from peer_judging import SHARE_ANSWERED, Row, answered_share, judge_output
from peer_table import COLUMNS, behind, table


def main() -> None:
    options = parsed()
    builds = options.builds.absolute()
    shared = shared_packages(options.tree, builds)
    sets = [gold_set(ROOT / "seeds")]
    if options.data:
        sets += [piaf_set(options.data, options.limit), cnil_set(options.data, options.limit)]
    # The product first: the share it answers is what the thresholds of the others aim at.
    names = dict.fromkeys(("aseqa", *options.peers))
    pythons = {name: ready(PEERS[name], builds) for name in names}
    sizes = {name: installed_mb(python) for name, python in pythons.items()}
    weigh_models(sizes, shared)
    record: dict[str, Any] = {"threads": options.threads, "sets": {}}
    for asked in sets:
        outputs = {
            name: measured(PEERS[name], python, shared, asked, options)
            for name, python in pythons.items()
        }
        rows = told(asked, outputs, sizes)
        record["sets"][asked.name] = [asdict(row) for row in rows]
        record["versions"] = {name: out["versions"] for name, out in outputs.items()}
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of PIAF and of the CNIL's questions")
    parser.add_argument("--limit", type=int, help="that many questions of PIAF and of the CNIL")
    parser.add_argument("--peers", nargs="+", choices=sorted(PEERS), default=list(PEERS))
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS, help="how peers quote")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--builds", type=Path, default=ROOT / "build" / "peers")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "peers" / "results.json")
    parser.add_argument("--tree", type=Path, default=ROOT, help="whose code and models to run")
    parser.add_argument(
        "--resume", action="store_true", help="go on with a run that broke off: keep its outputs"
    )
    return parser.parse_args()


def measured(
    peer: Peer, python: Path, shared: Path, asked: PeerSet, options: argparse.Namespace
) -> dict[str, Any]:
    """Run one driver over one set; its output stays beside the environments."""
    kept: Path = options.builds / "outputs" / f"{asked.name}-{peer.name}.json"
    if options.resume and kept.is_file():
        held: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return held
    print(f"{asked.name}: {peer.name}…", file=sys.stderr, flush=True)
    output = run_driver(peer, python, shared, asked.to_input(options.threads, options.ways))
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(output, ensure_ascii=False), encoding="utf-8")
    return output


def told(
    asked: PeerSet, outputs: dict[str, dict[str, Any]], sizes: dict[str, dict[str, float]]
) -> list[Row]:
    """Judge the outputs over one set, print its table and say where the product is behind."""
    share = answered_share(outputs["aseqa"], asked)
    share = share if share > 0 else SHARE_ANSWERED
    rows = [
        Row(row.peer, row.way, {**row.figures, **sizes[name]}, row.intervals)
        for name, output in outputs.items()
        for row in judge_output(output, asked, share)
    ]
    reported = sum(not one.tunes for one in asked.questions)
    print(f"\n{asked.name}: {reported} questions, {len(asked.documents)} documents\n")
    print("\n".join(table(rows)), flush=True)
    for measure, peer, way in behind(rows):
        print(f"behind on “{COLUMNS[measure][0]}”: {peer}, {way}")
    return rows


def weigh_models(sizes: dict[str, dict[str, float]], shared: Path) -> None:
    """Add the encoder's weights to the peers that embed with it; the product carries its own."""
    names = ("encoder.onnx", "tokenizer.json", "words.npy")
    weights = sum((shared / "aseqa_models" / name).stat().st_size for name in names) / 1e6
    for name, size in sizes.items():
        if PEERS[name].embeds:
            for key in size:
                size[key] += weights


if __name__ == "__main__":
    main()
