"""Encoders: the shipped one, models from a folder, and what goes wrong."""

from pathlib import Path

import numpy as np
import pytest

from aseqa.embed import Encoder, load_encoder
from aseqa.errors import BackendMissing, BadSettings
from aseqa.onnx_model import OnnxModel, load_tokenizer


def test_the_default_gives_unit_rows_in_c_order(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(["Un enfant confié.", "Le budget de l'État.", ""])
    assert vectors.shape == (3, 384) == (3, encoder.dim)
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-5)


def test_no_text_gives_no_row(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    texts = [
        "Combien de mineurs ?",
        *("Les départements financent l'accueil. " * n for n in range(12)),
    ]
    together = encoder.encode_passages(texts)
    for row, text in zip(together, texts, strict=True):
        assert np.array_equal(row, encoder.encode_passages([text])[0])


def test_a_vector_is_the_mean_of_the_pieces_each_once(encoder: Encoder) -> None:
    ids = load_tokenizer().encode("query: Le juge décide.").ids
    model = OnnxModel("encoder.onnx", threads=1)
    ((vector,),) = model.run([ids])
    found = encoder.encode_queries(["Le juge décide."])[0]
    assert found == pytest.approx(vector / np.linalg.norm(vector), abs=1e-6)


def test_threads_change_no_vector(encoder: Encoder) -> None:
    texts = ["Le juge des enfants.", "Un contrat jeune majeur."] * 5
    alone = load_encoder(threads=1)
    assert np.array_equal(encoder.encode_passages(texts), alone.encode_passages(texts))


def test_a_text_longer_than_the_model_reads_is_cut_at_its_end(encoder: Encoder) -> None:
    long = "enfant " * 2000
    longer = long + "budget " * 500
    assert np.array_equal(*encoder.encode_passages([long, longer]))


def test_a_nul_character_does_not_cut_the_text(encoder: Encoder) -> None:
    whole, cut = encoder.encode_passages(["les enfants\0 du département", "les enfants"])
    assert whole @ encoder.encode_passages(["les enfants du département"])[0] > 0.999
    assert whole @ cut < 0.99


def test_the_nearest_sentence_is_the_one_that_means_the_same(encoder: Encoder) -> None:
    sentences = [
        "Le coût de la prise en charge s'élève à 66 millions d'euros.",
        "Aucun suivi psychologique n'est garanti aux victimes.",
        "La loi du 7 février 2022 a été promulguée.",
    ]
    query = encoder.encode_queries(["Les jeunes exploités voient-ils un psy ?"])[0]
    assert int(np.argmax(encoder.encode_passages(sentences) @ query)) == 1


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small sentence-transformers model with fixed weights, as its own library saves it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "enfant", "budget", "loi", ":", "query"]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    torch.manual_seed(0)
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(words), intermediate_size=64, **shape)
    BertModel(config).save_pretrained(folder / "bert")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]"
    ).save_pretrained(folder / "bert")
    transformer = modules.Transformer(str(folder / "bert"))
    pooling = modules.Pooling(transformer.get_embedding_dimension())
    SentenceTransformer(modules=[transformer, pooling]).save(str(folder / "whole"))
    return folder / "whole"


def test_a_model_folder_by_name(model_folder: Path) -> None:
    encoder = load_encoder(str(model_folder), threads=1)
    vectors = encoder.encode_passages(["enfant budget", "loi", "enfant budget"])
    assert encoder.name == str(model_folder)
    assert vectors.shape == (3, 32) == (3, encoder.dim)
    assert vectors[0] @ vectors[2] == pytest.approx(1.0, abs=1e-5)
    assert vectors[0] @ vectors[1] < 0.999


def test_a_model_folder_without_tokenizer_is_refused(model_folder: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "sans"
    shutil.copytree(model_folder, folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BadSettings, match=r"sans n'a pas de tokenizer\.json"):
        load_encoder(str(folder))


def test_a_model_that_is_nowhere(tmp_path: Path) -> None:
    with pytest.raises(BackendMissing, match="nulle-part"):
        load_encoder(str(tmp_path / "nulle-part"))
