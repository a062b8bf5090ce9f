"""What the reader is shown, piece by piece."""

import pytest

from aseqa.onnx_model import load_tokenizer
from aseqa.pairs import (
    MAX_BEFORE_TOKENS,
    MAX_HEADER_TOKENS,
    MAX_QUESTION_TOKENS,
    MAX_SENTENCE_TOKENS,
    Context,
    Pair,
    encode_pairs,
    leans,
)

QUESTION = "Combien de mineurs ?"
SENTENCE = "Cela coûte 113,5 M€ à l'État."


def pieces(text: str) -> list[int]:
    return list(load_tokenizer().encode(text, add_special_tokens=False).ids)


def encode(question: str, *contexts: Context) -> list[Pair]:
    return encode_pairs(load_tokenizer(), question, contexts)


def test_layout_of_a_pair() -> None:
    [pair] = encode(QUESTION, Context("Un titre", "Ils sont 15 000.", SENTENCE))
    asked = [0, *pieces("query: " + QUESTION), 2]
    header = [2, *pieces("passage: Un titre")]
    before = [2, *pieces("Ils sont 15 000."), 2]
    assert pair.ids == [*asked, *header, *before, *pieces(SENTENCE), 2]
    assert pair.told == len(asked)
    assert pair.header == len(asked) + len(header)
    assert pair.first == len(asked) + len(header) + len(before)
    assert pair.last == len(pair.ids) - 1


def test_without_a_sentence_before() -> None:
    [pair] = encode(QUESTION, Context("Un titre", "", SENTENCE))
    head = [0, *pieces("query: " + QUESTION), 2, 2, *pieces("passage: Un titre"), 2]
    assert pair.ids == [*head, *pieces(SENTENCE), 2]
    assert (pair.first, pair.header) == (len(head), len(head) - 1)


def test_every_piece_of_the_sentence_knows_its_characters() -> None:
    [pair] = encode(QUESTION, Context("", "", SENTENCE))
    covered = "".join(SENTENCE[a:b] for a, b in pair.offsets)
    assert covered.replace(" ", "") == SENTENCE.replace(" ", "")
    assert len(pair.offsets) == pair.last - pair.first


def test_of_the_sentence_before_the_end_is_kept_of_the_others_the_beginning() -> None:
    context = Context("titre " * 200, "loin " * 200 + "Fin.", "début " + "mot " * 400)
    [pair] = encode("mot " * 200, context)
    assert pair.told == 1 + MAX_QUESTION_TOKENS + 1
    assert pair.header == pair.told + 1 + MAX_HEADER_TOKENS
    assert pair.first == pair.header + 1 + MAX_BEFORE_TOKENS + 1
    assert pair.last - pair.first == MAX_SENTENCE_TOKENS == len(pair.offsets)
    assert pair.ids[pair.first] == pieces("début")[0]
    assert pair.ids[pair.first - 1 - len(pieces("Fin.")) : pair.first - 1] == pieces("Fin.")


def test_pairs_come_in_the_order_of_their_contexts() -> None:
    contexts = [Context("", "", text) for text in ("Un.", "", "Trois mots ici.")]
    found = encode(QUESTION, *contexts)
    assert [one.ids[one.first : one.last] for one in found] == [
        pieces(context.sentence) for context in contexts
    ]
    assert encode(QUESTION) == []


def test_a_nul_character_moves_no_offset() -> None:
    text = "Un\0enfant confié."
    [pair] = encode("Qui\0?", Context("", "", text))
    covered = [text[a:b].replace("\0", "").strip() for a, b in pair.offsets]
    assert "".join(covered) == "Unenfantconfié."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ils sont accueillis dans des foyers de l'enfance.", True),
        ("« C'est une mesure attendue de longue date », dit-elle.", True),
        ("Cette aide est versée par le département chaque mois.", True),
        ("Un foyer de 12 places.", True),  # too short to stand alone
        ("Les départements financent l'accueil des jeunes majeurs.", False),
        ("Celadon est une ville où vivent plusieurs milliers d'enfants.", False),
        ("Entre 2019 et 2023, le nombre de places a augmenté.", False),
    ],
)
def test_sentences_that_lean_on_the_one_before(sentence: str, expected: bool) -> None:
    assert leans(sentence) is expected
