"""Runs and judgements as trec_eval, ir_measures, ranx and their like read them.

A run has a line ``query Q0 document rank score tag`` for each thing found, judgements
(qrels) have ``query 0 document grade``. What stands for a document is whatever was
ranked: a sentence, as ``document:start-end``, for the questions of a gold file, a
document for SQuAD and BEIR. ``start`` and ``end`` count the characters of the
document's stored text, as everywhere.

The formats are those of Voorhees, Harman (eds), "TREC: Experiment and Evaluation in
Information Retrieval", MIT Press 2005.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

Rankings = Mapping[str, Sequence[str]]
Qrels = Mapping[str, Mapping[str, int]]

RUN, QRELS = "run.trec", "qrels.trec"
TAG = "aseqa"


def sentence_name(document: str, start: int, end: int) -> str:
    """Name a sentence by its place.

    Examples
    --------
    >>> sentence_name("002_eaee", 1618, 1690)
    '002_eaee:1618-1690'
    """
    return f"{document}:{start}-{end}"


def trec_field(text: str) -> str:
    """Give ``text`` without anything that ends a field: such signs stand as ``%20`` does in a URL.

    Two texts never become the same one, since ``%`` itself is written that way too.

    Examples
    --------
    >>> trec_field("rapport 2024"), trec_field("100%")
    ('rapport%202024', '100%25')
    """
    return "".join(_escaped(sign) if _ends_field(sign) else sign for sign in text)


def run_text(rankings: Rankings, tag: str = TAG) -> str:
    r"""Write a run: ranks from 1, in the order of ``rankings``.

    Such tools sort by score and break ties their own way: the score written is
    1 / rank, so that they see the ranking as it was.

    Examples
    --------
    >>> run_text({"q1": ["b", "a"]})
    'q1 Q0 b 1 1.000000 aseqa\nq1 Q0 a 2 0.500000 aseqa\n'
    """
    return "".join(
        f"{trec_field(query)} Q0 {trec_field(name)} {rank} {1 / rank:.6f} {trec_field(tag)}\n"
        for query, ranking in rankings.items()
        for rank, name in enumerate(dict.fromkeys(ranking), 1)
    )


def qrels_text(qrels: Qrels) -> str:
    r"""Write judgements, in the order of ``qrels``.

    Examples
    --------
    >>> qrels_text({"q1": {"a": 1, "b": 0}})
    'q1 0 a 1\nq1 0 b 0\n'
    """
    return "".join(
        f"{trec_field(query)} 0 {trec_field(name)} {grade}\n"
        for query, grades in qrels.items()
        for name, grade in grades.items()
    )


def write_trec(
    rankings: Rankings, qrels: Qrels, run_file: Path | None, qrels_file: Path | None
) -> None:
    """Write a run and its judgements, each where a file is given for it."""
    for path, text in ((run_file, run_text(rankings)), (qrels_file, qrels_text(qrels))):
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def _ends_field(sign: str) -> bool:
    return sign == "%" or sign.isspace() or not sign.isprintable()


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))
