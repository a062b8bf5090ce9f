"""The shipped cross-encoder: what it makes of its outputs, and that it reads French."""

import numpy as np
import pytest

from aseqa.cross_encoder import CrossEncoder, best_span, masks_of
from aseqa.onnx_model import load_tokenizer
from aseqa.pairs import Context, encode_pairs

SENTENCES = (
    "Le foyer a ouvert ses portes en 1987.",
    "Les frais d'accueil sont à la charge du conseil départemental.",
    "Le montant total atteint 12 millions d'euros pour l'année.",
    "Les éducateurs demandent davantage de moyens.",
)


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder(threads=2)


def contexts(*sentences: str) -> list[Context]:
    return [Context("Un foyer", "", sentence) for sentence in sentences]


def test_the_best_span_by_hand() -> None:
    starts, ends = np.array([0.0, 5.0, 1.0, 0.0]), np.array([9.0, 0.0, 2.0, 3.0])
    assert best_span(starts, ends) == (0, 0)  # 0 + 9, before the best start
    assert best_span(starts, np.array([0.0, 0.0, 2.0, 3.0])) == (1, 3)


def test_a_span_is_at_most_thirty_tokens_long() -> None:
    starts, ends = np.zeros(50), np.zeros(50)
    starts[0], ends[49], ends[29] = 5.0, 5.0, 1.0
    assert best_span(starts, ends) == (0, 29)


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("Qui paie l'hébergement des jeunes ?", 1),
        ("À combien s'élève la dépense ?", 2),
        ("Depuis quelle année le foyer existe-t-il ?", 0),
    ],
)
def test_the_right_sentence_has_the_best_score(
    reader: CrossEncoder, question: str, right: int
) -> None:
    scores = reader.read(question, contexts(*SENTENCES))
    assert int(np.argmax([one.score for one in scores])) == right


def test_the_words_that_answer(reader: CrossEncoder) -> None:
    asked = "À combien s'élève la dépense ?"
    (score,) = reader.read(asked, contexts(SENTENCES[2]))
    assert "12 millions d'euros" in SENTENCES[2][score.start : score.end]


def test_sentences_come_back_in_their_order_and_as_if_alone(reader: CrossEncoder) -> None:
    asked = "Combien d'enfants ?"
    together = reader.read(asked, contexts(*SENTENCES))
    assert together == [reader.read(asked, contexts(sentence))[0] for sentence in SENTENCES]
    assert reader.read(asked, []) == []


def test_the_sentence_before_is_read_too(reader: CrossEncoder) -> None:
    told = "Il compte 40 places."
    about = [Context("", f"Le foyer de {town} est ancien.", told) for town in ("Lens", "Brest")]
    lens, brest = reader.read("Combien de places au foyer de Lens ?", about)
    assert lens.score > brest.score


def test_what_each_piece_belongs_to() -> None:
    [pair] = encode_pairs(load_tokenizer(), "Qui ?", [Context("Titre", "Avant.", "Un juge.")])
    masks = masks_of(pair)
    assert masks["asked"].shape == (len(pair.ids),)
    assert masks["asked"].sum() == pair.told
    assert masks["sentence"].sum() == pair.last - pair.first
    assert masks["met"].sum() == (pair.last - pair.first) + (pair.header - pair.told)
    assert not (masks["asked"] * masks["met"]).any()


def test_offsets_stay_inside_the_sentence(reader: CrossEncoder) -> None:
    sentences = ("« L’ASE » a 1 000 agents.", "  Espaces   doubles  ici. ", "")
    scores = reader.read("Combien d'agents ?", contexts(*sentences))
    for one, sentence in zip(scores, sentences, strict=True):
        assert 0 <= one.start <= one.end <= len(sentence)
