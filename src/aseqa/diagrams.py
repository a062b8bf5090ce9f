"""The diagrams of an evaluation, as SVG: the only module that knows matplotlib.

The same figures give the same bytes. Text stays text in the file: it can be
searched, copied and read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aseqa.calibration import Bin, CoveragePoint
from aseqa.messages import message
from aseqa.scorecard import number
from aseqa.wording import percent_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Each darker than the one before, so that they differ without colour too.
PALE, MIDDLE, DARK, INK = "#e3e7ec", "#8fb8de", "#c2410c", "#1f2937"

STYLE: Any = {
    "svg.hashsalt": "aseqa",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib; elsewhere another without serifs
    "font.size": 10,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.color": INK,
    "text.parse_math": False,  # a file may be named $x$
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": PALE,
    "legend.frameon": False,
}


def draw_reliability(path: Path, table: Sequence[Bin], caption: str) -> None:
    """Draw the share of right answers by confidence, over how many questions have it.

    Parameters
    ----------
    path
        Where to write; the suffix says the format, normally ``.svg``.
    caption
        A line of figures under the title.
    """
    title = message("diagram_reliability")
    with _figure(path, title, (6.4, 6.4)) as figure:
        shares, counts = figure.subplots(2, 1, sharex=True, height_ratios=(3.4, 1))
        _headed(shares, title, caption)
        _draw_shares(shares, [one for one in table if one.count])
        _draw_counts(counts, table)
        figure.legend(loc="outside lower left")


def draw_risk_coverage(
    path: Path, curve: Sequence[CoveragePoint], operating: CoveragePoint | None, caption: str
) -> None:
    """Draw the share of wrong answers against the share of questions answered.

    Parameters
    ----------
    operating
        What was answered in fact, with the lowest confidence among it as its
        threshold; None where nothing was.
    """
    title = message("diagram_risk_coverage")
    with _figure(path, title, (6.4, 5.0)) as figure:
        axes = figure.subplots()
        _headed(axes, title, caption)
        # Half a tie cannot be answered: between two points the risk is that of the second.
        coverage = [0.0, *(point.coverage for point in curve)]
        risk = [*(point.risk for point in curve[:1]), *(point.risk for point in curve)]
        axes.fill_between(coverage[: len(risk)], risk, step="pre", color=PALE)
        axes.plot(
            coverage[: len(risk)],
            risk,
            drawstyle="steps-pre",
            color=INK,
            label=message("diagram_risk"),
        )
        if curve:
            everything = curve[-1].risk
            axes.axhline(
                everything, color=INK, linestyle=":", linewidth=1.2, label=message("diagram_chance")
            )
        if operating:
            _mark(axes, operating)
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.set_xlabel(message("diagram_coverage"))
        axes.set_ylabel(message("diagram_wrong"))
        _percent(axes.xaxis, axes.yaxis)
        axes.grid()
        figure.legend(loc="outside lower left")


def _draw_shares(axes: Axes, filled: Sequence[Bin]) -> None:
    axes.bar(
        [one.low for one in filled],
        [one.right for one in filled],
        width=[one.high - one.low for one in filled],
        align="edge",
        color=MIDDLE,
        edgecolor=INK,
        linewidth=0.8,
        label=message("diagram_bar"),
    )
    axes.plot(
        [one.confidence for one in filled],
        [one.right for one in filled],
        linestyle="none",
        marker="D",
        markersize=6,
        clip_on=False,
        color=DARK,
        label=message("diagram_mean"),
    )
    axes.plot([0, 1], [0, 1], linestyle="--", color=INK, label=message("diagram_perfect"))
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    axes.set_ylabel(message("diagram_right"))
    _percent(axes.yaxis)
    axes.grid(axis="y")


def _draw_counts(axes: Axes, table: Sequence[Bin]) -> None:
    bars = axes.bar(
        [one.low for one in table],
        [one.count for one in table],
        width=[one.high - one.low for one in table],
        align="edge",
        color=PALE,
        edgecolor=INK,
        linewidth=0.8,
    )
    axes.bar_label(bars, padding=2, fontsize=9)
    axes.set(xlabel=message("diagram_confidence"), ylabel=message("diagram_count"), yticks=[])
    axes.set_xticks([one.low for one in table] + [one.high for one in table[-1:]])
    axes.margins(y=0.3)
    _percent(axes.xaxis)


def _mark(axes: Axes, point: CoveragePoint) -> None:
    told = message(
        "diagram_operating",
        threshold=number(point.threshold, 2),
        coverage=number(100 * point.coverage, 0),
        risk=number(100 * point.risk, 0),
    )
    axes.axvline(point.coverage, color=DARK, linestyle="--", linewidth=1.2)
    axes.plot(
        [point.coverage],
        [point.risk],
        linestyle="none",
        marker="o",
        markersize=8,
        clip_on=False,
        color=DARK,
        label=told,
    )


def _headed(axes: Axes, title: str, caption: str) -> None:
    axes.set_title(title, fontweight="bold", pad=19)
    axes.text(0, 1.02, caption, transform=axes.transAxes, fontsize=9)


def _percent(*sides: Any) -> None:
    for side in sides:
        side.set_major_formatter(lambda share, _: percent_words(share))


@contextmanager
def _figure(path: Path, title: str, inches: tuple[float, float]) -> Iterator[Figure]:
    """Give a figure to draw on, then write it: nothing of when or where gets into the file."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=inches, layout="constrained")
        yield figure
        svg = path.suffix == ".svg"
        facts = {"Date": None, "Creator": "aseqa", "Title": title} if svg else None
        figure.savefig(path, metadata=facts, dpi=150)
