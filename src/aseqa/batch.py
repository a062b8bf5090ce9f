"""Many questions in one go: a line in, a record out, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from aseqa.answers import Answer
from aseqa.errors import AseqaError, BadSettings
from aseqa.followup import Turn, next_turn
from aseqa.messages import message
from aseqa.records import Filters
from aseqa.settings import MAX_QUESTION_CHARS

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Asking(Protocol):
    """What answers: the assistant."""

    def ask(
        self, question: str, /, k: int = 3, filters: Filters = ..., previous: Turn | None = None
    ) -> Answer: ...


def check_question(text: str) -> str:
    r"""Give a question without the white space around it.

    Raises
    ------
    BadSettings
        When there is nothing in it, or too much.

    Examples
    --------
    >>> check_question(" Combien de mineurs ?\n")
    'Combien de mineurs ?'
    """
    # An argument may hold bytes that are no UTF-8; libraries refuse what Python makes of them.
    question = text.encode("utf-8", "replace").decode("utf-8").strip()
    if not question:
        raise BadSettings(message("chat_empty_question"))
    if len(question) > MAX_QUESTION_CHARS:
        raise BadSettings(message("chat_too_long", count=len(question), limit=MAX_QUESTION_CHARS))
    return question


def answer_lines(
    assistant: Asking,
    lines: Iterable[bytes],
    k: int,
    filters: Filters,
    is_conversation: bool = False,
) -> Iterator[dict[str, Any]]:
    """Answer one question a line, as records of the contract.

    Record n always belongs to line n: an empty line and a line at fault give a
    record with ``question`` and ``error``, and the run goes on.

    Parameters
    ----------
    is_conversation
        Whether each line goes on from the one before it; an empty line begins
        another conversation.
    """
    previous: Turn | None = None
    for number, line in enumerate(lines):
        content = (line.removeprefix(_BYTE_ORDER_MARK) if number == 0 else line).strip()
        question = content.decode("utf-8", "replace")
        try:
            content.decode("utf-8")
            if is_conversation and not content:
                previous = None
            going_on = {"previous": previous} if previous else {}
            answer = assistant.ask(check_question(question), k=k, filters=filters, **going_on)
            if is_conversation:
                previous = next_turn(previous, answer)
            yield answer.to_dict()
        except UnicodeDecodeError:
            yield {"question": question, "error": message("batch_encoding")}
        except AseqaError as error:
            yield {"question": question, "error": str(error)}
