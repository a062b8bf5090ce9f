"""The shipped models: the shared table of words, the tokenizer, the graphs."""

from importlib.resources import as_file, files

import numpy as np
import pytest

from aseqa.onnx_model import OnnxModel, load_tokenizer, word_embeddings

MAX_BYTES = 60_000_000


def test_blocks_of_four_bits_are_read_by_hand() -> None:
    with as_file(files("aseqa_models").joinpath("words.npy")) as path:
        table = np.load(path)
    number = load_tokenizer().token_to_id("▁enfant")
    block = table[number, :18]
    scale = float(block[:2].view("<f2")[0])
    low = [(int(byte) & 15) - 8 for byte in block[2:]]
    high = [(int(byte) >> 4) - 8 for byte in block[2:]]
    expected = [scale * weight for weight in [*low, *high]]
    assert word_embeddings([number])[0, :32].tolist() == pytest.approx(expected, abs=1e-6)
    assert word_embeddings([0, number, 2]).shape == (3, 384)


def test_the_table_has_a_row_for_every_piece() -> None:
    with as_file(files("aseqa_models").joinpath("words.npy")) as path:
        assert np.load(path).shape == (load_tokenizer().get_vocab_size(), 12 * 18)


@pytest.mark.parametrize(
    "word",
    ["protection", "L’enfance", "où", "cœur", "20 000", "113,5 M€", "§", "Å", "n° 743", "ÉTÉ"],
)
def test_french_text_has_no_unknown_piece(word: str) -> None:
    unknown = load_tokenizer().token_to_id("<unk>")
    assert unknown not in load_tokenizer().encode(word).ids


def test_texts_come_back_in_their_order_and_as_if_alone() -> None:
    model = OnnxModel("encoder.onnx", threads=2)
    texts = [load_tokenizer().encode("mot " * n).ids for n in (5, 1, 9)]
    for [vector], text in zip(model.run(texts), texts, strict=True):
        assert vector.shape == (384,)
        assert np.array_equal(vector, model.run([text])[0][0])
    assert model.run([]) == []


def test_the_models_are_small() -> None:
    folder = files("aseqa_models")
    sizes = [len(item.read_bytes()) for item in folder.iterdir() if item.is_file()]
    assert 40_000_000 < sum(sizes) <= MAX_BYTES
