"""The table of the comparison, in Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from peer_judging import Row

# What a column is called, the measure it shows, and how.
SHARE = "{:.3f}"
COLUMNS = {
    "ranked@1": ("right 1", SHARE),
    "ranked@3": ("right 3", SHARE),
    "shown@1": ("shown 1", SHARE),
    "shown@3": ("shown 3", SHARE),
    "passage@5": ("passage 5", SHARE),
    "passage@20": ("passage 20", SHARE),
    "false_answers": ("false answers", SHARE),
    "false_refusals": ("false refusals", SHARE),
    "auroc": ("AUROC", SHARE),
    "offsets": ("offsets exact", SHARE),
    "p50_ms": ("p50, ms", "{:.1f}"),
    "kchars_per_s": ("indexing, kchars/s", "{:.1f}"),
    "peak_rss_mb": ("memory, MB", "{:.0f}"),
    "installed_mb": ("installed, MB", "{:.0f}"),
    "installed_without_torch_mb": ("without torch, MB", "{:.0f}"),
}
BEST_IS_LOW = {
    "false_answers", "false_refusals", "p50_ms", "peak_rss_mb", "installed_mb",
    "installed_without_torch_mb",
}  # fmt: skip
# How many times as fast counts as ahead; what regards quotes.
SLACK = {"p50_ms": 1.2, "kchars_per_s": 1.2}
OF_QUOTES = ("ranked", "shown", "p50")


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Give the lines of a table: the columns on which any row has a figure, the best in bold."""
    held = [name for name in COLUMNS if any(is_there(row.figures, name) for row in rows)]
    yield "| | quote | " + " | ".join(COLUMNS[name][0] for name in held) + " |"
    yield "|---|---|" + "---|" * len(held)
    best = {name: best_cell(rows, name) for name in held}
    for row in rows:
        cells = [shown(row.figures, name, best[name]) for name in held]
        yield f"| {row.peer} | {row.way} | {' | '.join(cells)} |"


def best_cell(rows: Sequence[Row], name: str) -> str:
    choose = min if name in BEST_IS_LOW else max
    values = [row.figures[name] for row in rows if is_there(row.figures, name)]
    return COLUMNS[name][1].format(choose(values))


def shown(figures: Mapping[str, float], name: str, best: str) -> str:
    if not is_there(figures, name):
        return "–"
    cell = COLUMNS[name][1].format(figures[name])
    return f"**{cell}**" if cell == best else cell


def is_there(figures: Mapping[str, float], name: str) -> bool:
    return name in figures and not math.isnan(figures[name])


def behind(rows: Sequence[Row], product: str = "aseqa") -> list[tuple[str, str, str]]:
    """Name what another row is ahead of the product on: measure, peer, way.

    Shares count however small the lead, speed from a fifth on. A peer's passage is no quote
    of the size of a sentence: it counts for nothing that regards quotes, nor their speed.
    """
    own = next(row for row in rows if row.peer == product)
    return [
        (name, row.peer, row.way)
        for name in COLUMNS
        if (COLUMNS[name][1] == SHARE or name in SLACK) and is_there(own.figures, name)
        for row in rows
        if is_there(row.figures, name)
        and (row.way != "passage" or not name.startswith(OF_QUOTES))
        and ahead(row.figures[name], own.figures[name], name)
    ]


def ahead(other: float, own: float, name: str) -> bool:
    slack = SLACK.get(name, 1.0)
    return other * slack < own if name in BEST_IS_LOW else other > own * slack
