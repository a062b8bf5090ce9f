"""What a driver wrote, judged: rankings, decisions, offsets, speed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from peer_inputs import Item, PeerQuestion, PeerSet

from aseqa.measures import auroc, bootstrap_interval, hit_at_k, mean, percentile

SHARE_ANSWERED = 0.92  # of the answerable tuning questions, where the product itself was not run


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    ``figures`` holds each measure by name, NaN where no question bears on it; ``intervals``
    the 95 % bootstrap interval of those that are means over questions.
    """

    peer: str
    way: str
    figures: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]


def judge_output(
    output: Mapping[str, Any], asked: PeerSet, share: float = SHARE_ANSWERED
) -> list[Row]:
    """Judge every way of quoting of one driver.

    A peer that takes no decision answers from a threshold on its own score: the one that lets
    the same ``share`` of the answerable tuning questions through as the product answers.
    """
    found = passage_measures(output["passages"], asked)
    shared = {
        "offsets": exact_share(output["passages"].values(), asked.texts()),
        "kchars_per_s": output["characters"] / 1000 / output["index_seconds"],
    }
    return [
        judge_way(output["peer"], way, run, asked, share, found, shared)
        for way, run in output["runs"].items()
    ]


def judge_way(
    peer: str,
    way: str,
    run: Mapping[str, Any],
    asked: PeerSet,
    share: float,
    found: Mapping[str, list[float]],
    shared: Mapping[str, float],
) -> Row:
    """Judge one way of quoting."""
    replies = {one["id"]: one for one in run["replies"]}
    threshold = tuned_threshold(replies, asked.questions, share)
    reported = [one for one in asked.questions if not one.tunes]
    pairs = [(one, replies[one.id]) for one in reported]
    answered = {one.id: is_answered(reply, threshold) for one, reply in pairs}
    values = {**quote_measures(pairs, answered), **found, **decision_measures(reported, answered)}
    quotes = [reply["quotes"] + (reply["shown"] or []) for _, reply in pairs]
    times = [reply["ms"] for _, reply in pairs]
    scores = {
        able: [reply["score"] for one, reply in pairs if one.answerable == able]
        for able in (True, False)
    }
    figures = {
        **{name: mean(those) for name, those in values.items()},
        **shared,
        "offsets": min(shared["offsets"], exact_share(quotes, asked.texts())),
        "auroc": auroc(scores[True], scores[False]),
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
        "peak_rss_mb": run["peak_rss_mb"],
    }
    return Row(peer, way, figures, {name: interval(those) for name, those in values.items()})


def tuned_threshold(
    replies: Mapping[str, Any], questions: Sequence[PeerQuestion], share: float
) -> float | None:
    """Give the score that ``share`` of the answerable tuning questions reach; None without any.

    Examples
    --------
    >>> asked = [PeerQuestion(str(n), "", True, True, bool) for n in range(4)]
    >>> tuned_threshold({str(n): {"score": n / 10} for n in range(4)}, asked, 0.75)
    0.1
    """
    scores = sorted(
        (replies[one.id]["score"] for one in questions if one.tunes and one.answerable),
        reverse=True,
    )
    return scores[max(1, round(share * len(scores))) - 1] if scores else None


def answered_share(output: Mapping[str, Any], asked: PeerSet) -> float:
    """Give the share of the answerable tuning questions that a deciding peer answers."""
    able = {one.id for one in asked.questions if one.tunes and one.answerable}
    (run,) = output["runs"].values()
    return mean([float(bool(one["shown"])) for one in run["replies"] if one["id"] in able])


def is_answered(reply: Mapping[str, Any], threshold: float | None) -> bool:
    """Tell whether a peer answers: by its own decision, else by its score."""
    if reply["shown"] is not None:
        return bool(reply["shown"])
    return bool(reply["quotes"]) and (threshold is None or reply["score"] >= threshold)


def quote_measures(
    pairs: Sequence[tuple[PeerQuestion, Mapping[str, Any]]], answered: Mapping[str, bool]
) -> dict[str, list[float]]:
    """Give the hits of the answerable questions: as ranked, and as shown after the decision."""
    able = [(one, reply) for one, reply in pairs if one.answerable]
    hits: dict[str, list[float]] = {}
    for k in (1, 3):
        hits[f"ranked@{k}"] = [hit_at_k(relevance(one, r["quotes"]), k) for one, r in able]
        hits[f"shown@{k}"] = [
            answered[one.id]
            * hit_at_k(relevance(one, r["quotes"] if r["shown"] is None else r["shown"]), k)
            for one, r in able
        ]
    return hits


def passage_measures(
    passages: Mapping[str, Sequence[Item]], asked: PeerSet
) -> dict[str, list[float]]:
    """Give whether a right passage is among the first, question by question."""
    able = [one for one in asked.questions if one.answerable and not one.tunes]
    held = [relevance(one, passages[one.id]) for one in able]
    return {f"passage@{k}": [hit_at_k(those, k) for those in held] for k in (1, 5, 20)}


def decision_measures(
    questions: Sequence[PeerQuestion], answered: Mapping[str, bool]
) -> dict[str, list[float]]:
    """Give the false answers among the unanswerable and the false refusals among the others."""
    return {
        "false_answers": [float(answered[one.id]) for one in questions if not one.answerable],
        "false_refusals": [float(not answered[one.id]) for one in questions if one.answerable],
    }


def relevance(asked: PeerQuestion, items: Sequence[Item]) -> list[bool]:
    return [asked.is_right(item) for item in items]


def exact_share(found: Any, texts: Mapping[str, str]) -> float:
    """Give the share of passages or quotes whose text is what stands at their offsets."""
    return mean(
        [
            float(texts[item["document"]][item["start"] : item["end"]] == item["text"])
            for items in found
            for item in items
        ]
    )


def interval(values: Sequence[float]) -> tuple[float, float]:
    array = np.array(values)
    return bootstrap_interval(len(array), lambda drawn: float(array[drawn].mean()))
