"""The shipped encoder against the same weights in sentence-transformers float32, in one run.

    python benchmarks/encoder.py --data FOLDER [--threads 2] [--repeat 3]

Speed: all sentences of the corpus with their headers, as indexing encodes them, by turns;
medians with quartiles, what counts is the ratio. Agreement: the cosine of either's vectors.
Retrieval: questions of PIAF's test articles over their sentences by the vectors alone, and
the answerable gold questions of the tuning half over the corpus. Needs the packages of
``pip install 'aseqa[training]'``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from aseqa.ask import Assistant
from aseqa.embed import Vectors, load_encoder
from aseqa.gold import read_gold
from aseqa.onnx_model import load_tokenizer
from aseqa.retrieve import header
from aseqa.sentences import split_sentences
from aseqa.settings import default_index, shipped_seeds
from aseqa.squad import read_squad

TRAINING = Path(__file__).resolve().parents[1] / "embeddings" / "training"
sys.path.insert(0, str(TRAINING))

from base_model import base_tokenizer, load_base, trim_model, trim_tokenizer  # noqa: E402

Encode = Callable[[list[str]], Vectors]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--index", type=Path, default=default_index())
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    shipped = load_encoder(threads=options.threads)
    with tempfile.TemporaryDirectory() as folder:
        model = sentence_transformer(Path(folder), options.threads)

        def slow(texts: list[str]) -> Vectors:
            return np.asarray(
                model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
            )

        with Assistant.open(options.index) as assistant:
            texts, rows = corpus(assistant)
            speed(texts, slow, shipped.encode_passages, options.repeat)
            gold = [item for item in read_gold(tuning()) if item.answerable]
            right = [{i for i, (d, t) in enumerate(rows) if item.is_right(d, t)} for item in gold]
        print("\n| | fp32 @1 | @10 | int8 @1 | @10 |\n|---|---|---|---|---|")
        asked = [item.question for item in gold]
        compare("moitié de réglage, phrases", texts, asked, right, slow, shipped)
        compare(
            "PIAF test, phrases", *piaf(options.data / "piaf" / "piaf-v1.1.json"), slow, shipped
        )


def tuning() -> Path:
    return shipped_seeds() / "gold" / "tuning.jsonl"


def corpus(assistant: Assistant) -> tuple[list[str], list[tuple[str, str]]]:
    """What indexing encodes, and the document and words of each sentence."""
    lookup = assistant.lookup
    rows = [row for name in lookup.document_names() for row in lookup.document_sentences(name)]
    texts = [
        f"{header(lookup.document(row.document), row.sentence.section)} {row.sentence.text}"
        for row in rows
    ]
    return texts, [(row.document, row.sentence.text) for row in rows]


def piaf(path: Path) -> tuple[list[str], list[str], list[set[int]]]:
    """Sentences under their titles, questions, and the right sentences of each."""
    split = json.loads((TRAINING / "piaf-split.json").read_text(encoding="utf-8"))
    squad = read_squad(path, split["test"])
    texts, place = [], []
    for document in squad.paragraphs:
        for bounds in split_sentences(document.text, 0, len(document.text)):
            texts.append(f"{document.title} {document.text[bounds.start : bounds.end]}")
            place.append((document.id, bounds.start, bounds.end))
    asked = [question for question in squad.questions if question.answerable]
    right = [{i for i, at in enumerate(place) if q.is_right(*at)} for q in asked]
    return texts, [q.question for q in asked], right


def speed(texts: list[str], slow: Encode, fast: Encode, repeat: int) -> None:
    prefixed = ["passage: " + text for text in texts]
    first, second = slow(prefixed), fast(texts)
    times: dict[str, list[float]] = {"fp32": [], "int8": []}
    for _ in range(repeat):
        for name, run in (("fp32", lambda: slow(prefixed)), ("int8", lambda: fast(texts))):
            started = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - started)
    low, high = ((np.percentile(times[n], (25, 50, 75))) for n in ("int8", "fp32"))
    print(f"{len(texts)} phrases : fp32 {shown(high)} s, int8 {shown(low)} s", end="")
    print(f", rapport {high[1] / low[1]:.1f}")
    cosines = (first * second).sum(axis=1)
    print(f"cosinus des deux : moyenne {cosines.mean():.4f}, au moins {cosines.min():.4f}")


def shown(quartiles: Any) -> str:
    return f"{quartiles[1]:.1f} [{quartiles[0]:.1f}, {quartiles[2]:.1f}]"


def compare(
    name: str,
    texts: list[str],
    asked: list[str],
    right: list[set[int]],
    slow: Encode,
    shipped: Any,
) -> None:
    exact = hits(
        slow([f"query: {q}" for q in asked]), slow([f"passage: {t}" for t in texts]), right
    )
    small = hits(shipped.encode_queries(asked), shipped.encode_passages(texts), right)
    print(f"| {name} | {' | '.join(f'{v:.3f}' for v in (*exact, *small))} |", flush=True)


def hits(queries: Vectors, passages: Vectors, right: list[set[int]]) -> tuple[float, float]:
    order = np.argsort(-(queries @ passages.T), axis=1)[:, :10]
    first = [order[i, 0] in held for i, held in enumerate(right)]
    tenth = [bool(held & set(order[i].tolist())) for i, held in enumerate(right)]
    return float(np.mean(first)), float(np.mean(tenth))


def sentence_transformer(folder: Path, threads: int) -> Any:
    """The same encoder in float32, as sentence-transformers loads it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import PreTrainedTokenizerFast

    torch.set_num_threads(threads)
    whole, vocabulary = base_tokenizer(), load_tokenizer().get_vocab()
    kept = [whole.token_to_id(piece) for piece in sorted(vocabulary, key=vocabulary.__getitem__)]
    trim_model(load_base(), kept).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=trim_tokenizer(whole, kept),
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=512,
    ).save_pretrained(folder)
    transformer = modules.Transformer(str(folder))
    pooling = modules.Pooling(transformer.get_embedding_dimension())
    return SentenceTransformer(modules=[transformer, pooling], device="cpu")


if __name__ == "__main__":
    main()
