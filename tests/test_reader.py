"""The linear reader: two logistic models, worked by hand."""

import json
import math
from importlib.resources import files

import numpy as np
import pytest
from test_features import RARE, candidate

from aseqa.features import FEATURES
from aseqa.question import understand
from aseqa.reader import (
    CONFIDENCE_FEATURES,
    LinearReader,
    confidence_evidence,
    load_reader,
    load_threshold,
)


def reader(**weights: float) -> LinearReader:
    ranking = np.array([weights.get(name, 0.0) for name in FEATURES])
    confidence = np.zeros(len(CONFIDENCE_FEATURES) + 1)
    confidence[CONFIDENCE_FEATURES.index("score")] = 2.0
    confidence[-1] = -1.0
    return LinearReader(RARE, ranking, confidence)


def test_score_and_probability_by_hand() -> None:
    asked = understand("Combien de mineurs ?")
    held, missing = reader(type_held=3.0).read(
        asked, [candidate("On compte 12 mineurs."), candidate("On compte des mineurs.")]
    )
    assert (held.score, missing.score) == (3.0, 0.0)
    assert held.probability == pytest.approx(1 / (1 + math.exp(-5.0)))
    assert missing.probability == pytest.approx(1 / (1 + math.exp(1.0)))


def test_margin_is_the_lead_over_the_best_other() -> None:
    scores = np.array([2.0, 5.0, 1.0])
    evidence = confidence_evidence(np.zeros((3, len(FEATURES))), scores)
    assert evidence[:, 0].tolist() == [2.0, 5.0, 1.0]
    assert evidence[:, 1].tolist() == [-3.0, 3.0, -4.0]


def test_one_candidate_has_no_margin_and_none_gives_nothing() -> None:
    assert confidence_evidence(np.zeros((1, len(FEATURES))), np.array([4.0]))[0, 1] == 0.0
    assert reader().read(understand("Combien ?"), []) == []


def test_the_shipped_model_names_every_feature_and_how_it_was_made() -> None:
    model = json.loads(files("aseqa_models").joinpath("linear-reader.json").read_text("utf-8"))
    assert set(model["ranking"]) == set(FEATURES)
    assert set(model["confidence"]) == set(CONFIDENCE_FEATURES)
    assert model["made_by"] == "python embeddings/training/linear_reader.py"
    assert 0 < load_threshold() == model["threshold"] < 1
    assert load_reader(RARE).ranking.shape == (len(FEATURES),)
