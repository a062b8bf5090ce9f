"""The reader: the cross-encoder's scores joined with features, worked by hand."""

import json
import math
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest
from test_features import RARE, candidate

from aseqa.cross_encoder import CrossEncoder, SentenceScore
from aseqa.features import FEATURES
from aseqa.pairs import Context
from aseqa.question import understand
from aseqa.ranker import Ranker, load_ranker
from aseqa.reader import (
    CONFIDENCE_FEATURES,
    RANKING_FEATURES,
    Reader,
    confidence_evidence,
    load_reader,
    load_threshold,
    ranking_evidence,
)

ASKED = understand("Combien de mineurs ?")


def by_length(question: str, contexts: Sequence[Context]) -> list[SentenceScore]:
    """Stand in for the cross-encoder: a sentence scores its number of words."""
    return [SentenceScore(float(len(c.sentence.split())), 0, len(c.sentence)) for c in contexts]


def reader(**weights: float) -> Reader:
    ranking = np.array([weights.get(name, 0.0) for name in RANKING_FEATURES])
    confidence = np.zeros(len(CONFIDENCE_FEATURES) + 1)
    confidence[CONFIDENCE_FEATURES.index("score")] = 2.0
    confidence[-1] = -1.0
    return Reader(by_length, RARE, ranking, confidence)


def test_score_probability_and_words_by_hand() -> None:
    texts = ("On compte 12 mineurs.", "On compte des mineurs.")
    contexts = [Context("Titre", "", text) for text in texts]
    held, missing = reader(read=0.5, type_held=3.0).read(
        ASKED, [candidate(text) for text in texts], contexts
    )
    assert (held.score, missing.score) == (5.0, 2.0)
    assert held.probability == pytest.approx(1 / (1 + math.exp(-9.0)))
    assert missing.probability == pytest.approx(1 / (1 + math.exp(-3.0)))
    assert (held.start, held.end) == (0, 21)


def test_nothing_found_gives_nothing() -> None:
    assert reader().read(ASKED, [], []) == []


def test_ranking_evidence_puts_the_reading_and_its_share_first() -> None:
    matrix = ranking_evidence(np.zeros((2, len(FEATURES))), np.array([0.0, math.log(2.0)]))
    assert matrix[:, 0].tolist() == [0.0, math.log(2.0)]
    # Against none, of weight 1: shares 1/4 and 2/4.
    assert np.exp(matrix[:, 1]).tolist() == pytest.approx([0.25, 0.5])


def test_leads_are_over_the_best_other_and_any_is_over_none() -> None:
    matrix = np.zeros((3, len(RANKING_FEATURES)))
    matrix[:, 0] = [0.0, math.log(3.0), math.log(4.0)]
    evidence = confidence_evidence(matrix, np.array([2.0, 5.0, 1.0]))
    assert evidence[:, 0].tolist() == [2.0, 5.0, 1.0]
    assert evidence[:, 1].tolist() == [-3.0, 3.0, -4.0]
    assert evidence[:, 2].tolist() == pytest.approx([math.log(8.0)] * 3)
    assert evidence[:, 3].tolist() == pytest.approx(
        [-math.log(4.0), math.log(0.75), math.log(4 / 3)]
    )


def test_one_candidate_leads_by_nothing() -> None:
    matrix = np.ones((1, len(RANKING_FEATURES)))
    assert confidence_evidence(matrix, np.array([4.0]))[0, :4].tolist() == [4.0, 0.0, 1.0, 0.0]


def test_the_ranker_puts_the_best_first_and_keeps_the_order_of_ties() -> None:
    weights = np.array([1.0 if name == "type_held" else 0.0 for name in FEATURES])
    texts = ("Des mineurs.", "Il y a 12 mineurs.", "Des enfants.", "Il y a 15 mineurs.")
    assert Ranker(RARE, weights).order(ASKED, [*map(candidate, texts)]) == [1, 3, 0, 2]
    assert Ranker(RARE, weights).order(ASKED, []) == []


@pytest.mark.parametrize("name", ["ranker.json", "reader.json"])
def test_shipped_coefficients_say_how_they_were_made(name: str) -> None:
    model = json.loads(files("aseqa_models").joinpath(name).read_text("utf-8"))
    assert model["made_by"] == "python embeddings/training/fit_reader.py"
    assert model["data"] == ["tuning.jsonl", "domain-questions.jsonl"]


def test_shipped_coefficients_name_every_feature() -> None:
    model = json.loads(files("aseqa_models").joinpath("reader.json").read_text("utf-8"))
    assert set(model["ranking"]) == set(RANKING_FEATURES)
    assert set(model["confidence"]) == set(CONFIDENCE_FEATURES)
    assert 0 < load_threshold() == model["threshold"] < 1
    assert load_reader(RARE, CrossEncoder(threads=1)).ranking.shape == (len(RANKING_FEATURES),)
    assert load_ranker(RARE).weights.shape == (len(FEATURES),)
