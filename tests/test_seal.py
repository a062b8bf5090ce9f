from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256

import pytest
from sample_quotes import QUOTE

from aseqa.seal import ABSENT, BROKEN, UNKNOWN, VALID, seal, seal_record, seal_state, text_digest


def sealed(quote=QUOTE):
    return {**quote.to_dict(), "seal": seal(quote, "3-0a1b2c3d4e5f")}


def as_saved(record):
    return json.loads(json.dumps(record, ensure_ascii=False))


def digit_changes(value, path=()):
    """Give the path of each digit of a record, and the value with that digit changed."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from digit_changes(held, (*path, key))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from digit_changes(held, (*path, number))
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        written = str(value)
        for place, char in enumerate(written):
            if char.isdecimal():
                other = written[:place] + str((int(char) + 1) % 10) + written[place + 1 :]
                yield path, type(value)(other)


def with_change(record, path, value):
    changed = deepcopy(record)
    *above, last = path
    part = changed
    for key in above:
        part = part[key]
    part[last] = value
    return changed


def test_a_seal_holds_what_the_quote_stands_on() -> None:
    held = seal(QUOTE, "3-0a1b2c3d4e5f")
    assert {key: held[key] for key in held if key != "digest"} == {
        "format": 1,
        "document_sha256": "ab12" * 16,
        "start": 1618,
        "end": 1688,
        "page": 3,
        "text_sha256": sha256(QUOTE.text.encode()).hexdigest(),
        "span": {"start": 9, "end": 31},
        "index": "3-0a1b2c3d4e5f",
    }
    assert len(held["digest"]) == 64


def test_a_seal_fits_the_answer_as_it_was_saved() -> None:
    assert seal_state(as_saved(sealed())) == VALID


def test_a_seal_is_the_same_however_the_json_was_written() -> None:
    record = as_saved(sealed(replace(QUOTE, score=1.0)))
    assert record["score"] == 1.0
    rewritten = dict(reversed({**record, "score": 1}.items()))
    assert seal_state(rewritten) == VALID


def test_a_seal_made_again_leaves_the_old_one_out() -> None:
    record = sealed()
    assert seal_record(record, "3-0a1b2c3d4e5f") == record["seal"]


def test_each_digit_is_under_the_seal() -> None:
    record = as_saved(sealed())
    tried = 0
    for path, value in digit_changes(record):
        if path == ("seal", "format") and value > 1:
            continue  # another format: not known, rather than broken
        assert seal_state(with_change(record, path, value)) == BROKEN, path
        tried += 1
    assert tried > 150


@pytest.mark.parametrize(
    "change",
    [
        {"text": QUOTE.text.replace("\u00a0", " ")},
        {"text": QUOTE.text.replace("’", "'")},
        {"voice": {"kind": "presse", "name": "Ministère n° 1", "reported": "l'Igas de 2020"}},
        {"date": None},
        {"span": None},
        {"added": 1},
    ],
)
def test_words_and_signs_are_under_the_seal(change) -> None:
    assert seal_state({**as_saved(sealed()), **change}) == BROKEN


def test_a_fact_left_out_breaks_the_seal() -> None:
    record = as_saved(sealed())
    assert all(
        seal_state({key: held for key, held in record.items() if key != left_out}) == BROKEN
        for left_out in record
        if left_out != "seal"
    )


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (None, ABSENT),
        ("3", BROKEN),
        ({}, BROKEN),
        ({"format": "1"}, BROKEN),
        ({"format": 2}, UNKNOWN),
        ({"format": 1, "index": 3}, BROKEN),
    ],
)
def test_other_seals(held, state) -> None:
    assert seal_state({**QUOTE.to_dict(), "seal": held}) == state


def test_a_quote_without_seal_has_none() -> None:
    assert seal_state(QUOTE.to_dict()) == ABSENT


def test_text_in_two_pieces_is_another_text() -> None:
    assert text_digest("é") != text_digest("e\u0301")
