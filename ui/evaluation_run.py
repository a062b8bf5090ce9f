"""One evaluation at a time: its questions asked in turn with everybody else's, told as they go.

A response has one JSON object a line: ``start``, ``progress`` for each question, then
``result``, or ``error``. When the reader goes, no further question is asked.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from aseqa.errors import AseqaError
from aseqa.evaluate_ranking import JudgedRanking, judge_rankings
from aseqa.gold_report import outcome
from aseqa.judge import Judged
from aseqa.messages import message
from aseqa_ui.evaluation_gold import GoldFile
from aseqa_ui.evaluation_report import page_record
from aseqa_ui.limits import BUSY_RETRY_S, Desk
from aseqa_ui.problems import Problem, Refused

if TYPE_CHECKING:
    from aseqa.ask import Assistant

Pair = tuple[Judged, JudgedRanking]
SHORTEST_WAIT_S = 5
# Of a question before the first one is timed.
USUAL_S = 0.3


@dataclass
class Place:
    """Where one evaluation at a time may stand."""

    is_taken: bool = False
    asked: int = 0
    wanted: int = 0
    since: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Look whether the place is free.

        Raises
        ------
        Refused
            When another evaluation has it; the problem says when to try again.
        """
        if self.is_taken:
            wait = {"Retry-After": str(self.left_s())}
            told = message("evaluation_busy", done=self.asked, total=self.wanted)
            raise Refused(
                Problem(409, "evaluating", message("evaluation_busy_title"), told, headers=wait)
            )

    def take(self, questions: int) -> None:
        """Take the place, as ``check`` allows."""
        self.check()
        self.is_taken, self.asked, self.wanted = True, 0, questions
        self.since = time.monotonic()

    def leave(self) -> None:
        self.is_taken = False

    def left_s(self) -> int:
        """Give the seconds, roughly, until the evaluation that has the place is done."""
        each = (time.monotonic() - self.since) / self.asked if self.asked else USUAL_S
        return max(SHORTEST_WAIT_S, round(each * (self.wanted - self.asked)))


async def evaluation_lines(
    assistant: Assistant, desk: Desk, place: Place, gold: GoldFile
) -> AsyncIterator[bytes]:
    """Ask the questions of a gold file; ``place`` is taken meanwhile."""
    pairs: list[Pair] = []
    try:
        place.take(len(gold.questions))
    except Refused as refusal:  # another one was quicker
        yield _line("error", detail=refusal.problem.detail)
        return
    try:
        yield _line("start", total=len(gold.questions))
        steps = judge_rankings(assistant, gold.questions)
        while (pair := await _served(desk, partial(_next, assistant, steps))) is not None:
            pairs.append(pair)
            place.asked = len(pairs)
            one = pair[0]
            yield _line("progress", done=len(pairs), id=one.gold.id, outcome=outcome(one))
        last = _line("result", **await asyncio.to_thread(page_record, gold, pairs))
    except AseqaError as error:
        last = _line("error", detail=str(error))
    finally:
        place.leave()
    yield last


def _next(assistant: Assistant, steps: Iterator[Pair]) -> Pair | None:
    """Ask the next question, all of it of one generation of the index."""
    with assistant.reading():
        return next(steps, None)


async def _served(desk: Desk, call: Any) -> Pair | None:
    """Wait for a turn; where too many wait already, until fewer do."""
    while True:
        try:
            answered: Pair | None = await desk.serve(call)
            return answered
        except Refused:
            await asyncio.sleep(BUSY_RETRY_S)


def _line(kind: str, **told: Any) -> bytes:
    return (json.dumps({"kind": kind, **told}, ensure_ascii=False) + "\n").encode()
