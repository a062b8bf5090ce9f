"""Train the reader: says whether a sentence answers a question, and with which words.

    python embeddings/training/train_reader.py --piaf piaf-v1.1.json --casf casf-ase-2020

Starts from multilingual-e5-small (``base_model.py``), or with ``--from`` from an exported
reader; it reads question and sentence together, and its lowest layers and its word
embeddings stay as they are. Half of the questions of a step are on documents of the field.
The rivals of the right sentence are those that the encoder takes for right, in the same text
and elsewhere.
The loss of a question is the negative log-likelihood of its right sentences among the
candidates and "none", whose score is 0; the binary loss of each candidate; and the start
and end losses inside the right one. Checkpoints are written to ``--work`` and taken up
again after a break; the result does not depend on where the breaks fell. Progress and
figures on held-out articles are shown.

Needs the encoder and the tokenizer in ``embeddings/models`` (``export_models.py``).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from augment import about_another, as_typed
from base_model import load_base
from exported_reader import load_exported
from reader_data import (
    DOMAIN_HELD_OUT,
    DOMAIN_QUESTIONS,
    QUESTIONS,
    Example,
    Text,
    gold_sentences,
    read_casf,
    read_domain,
    read_piaf,
    read_written,
)
from reader_model import ReaderModel
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from aseqa.embed import Vectors, load_encoder
from aseqa.measures import auroc
from aseqa.onnx_model import load_tokenizer, word_embeddings
from aseqa.pairs import Context, Pair, encode_pairs, leans
from aseqa.text import fold

SEED = 20261122
QUESTIONS_PER_STEP = 8
LEARNING_RATE, HEAD_RATE = 7e-5, 5e-4
FIRST_TRAINED = 4
WARM_UP = 60
DECAY_SHARE = 0.35  # the learning rate falls to nothing over the last steps
SPAN_WEIGHT, BINARY_WEIGHT = 0.2, 0.5
INSIDE, OUTSIDE = 3, 1  # rivals from the same text, and from all others
AMONG = 8  # a rival from outside is one of the so many nearest
OTHER_SUBJECT = 0.07
ENCODED_AT_ONCE = 256
CHUNK_TOKENS = 1400  # pairs of like length go through the model together
DEV_DOCUMENTS = 12  # one written document in so many is held out


@dataclass(frozen=True, slots=True)
class Task:
    """A question with its candidates, and which of them are right.

    ``span`` is the first and last token of the answer in the first right one, if any.
    """

    pairs: list[Pair]
    right: list[bool]
    span: tuple[int, int] | None


class Corpus:
    """All sentences of some texts, their vectors, and the making of tasks.

    ``home[i]`` and ``place[i]`` are the text of sentence ``i`` and its number in it. The
    vectors are kept in the file ``kept``.
    """

    def __init__(self, texts: list[Text], kept: Path, threads: int = 2) -> None:
        self.texts = texts
        self.tokenizer = load_tokenizer()
        self.encoder = load_encoder(threads=threads)
        flat = [(t, i) for t, text in enumerate(texts) for i in range(len(text.sentences))]
        self.home, self.place = (np.array(column) for column in zip(*flat, strict=True))
        self.first = np.searchsorted(self.home, np.arange(len(texts) + 1))
        self.titles = sorted({t.title for t in texts if len(t.title) < 40})
        self.folded = [fold(self.sentence(i)) for i in range(len(flat))]
        if not kept.exists():
            np.save(kept, self._encoded())
        self.vectors: Vectors = np.load(kept)

    def _encoded(self) -> Vectors:
        texts = [f"{self.texts[t].title} {self.sentence(i)}" for i, t in enumerate(self.home)]
        parts = tqdm(range(0, len(texts), ENCODED_AT_ONCE), "sentences", disable=None)
        vectors = [self.encoder.encode_passages(texts[i : i + ENCODED_AT_ONCE]) for i in parts]
        return np.concatenate(vectors)

    def sentence(self, number: int) -> str:
        text = self.texts[self.home[number]]
        start, end = text.sentences[self.place[number]]
        return text.text[start:end]

    def context(self, number: int) -> Context:
        own = self.sentence(number)
        before = self.sentence(number - 1) if self.place[number] and leans(own) else ""
        return Context(self.texts[self.home[number]].title, before, own)

    def inside(self, text: int) -> range:
        return range(self.first[text], self.first[text + 1])

    def pairs(self, question: str, numbers: Sequence[int]) -> list[Pair]:
        return encode_pairs(self.tokenizer, question, [self.context(i) for i in numbers])

    def cosines(self, question: str) -> Vectors:
        return self.vectors @ self.encoder.encode_queries([question])[0]

    def task(self, example: Example, rng: Random) -> Task:
        """Make the candidates of one question, as training sees it this time."""
        answers, question = example.answers, example.question
        if answers and rng.random() < OTHER_SUBJECT:
            changed = about_another(question, self.titles, rng)
            if changed is not None:
                question, answers = changed, ()
        question = as_typed(question, rng, 0.15 if example.written else 0.4)
        cosines = self.cosines(question)
        own = self.inside(example.text)
        right = [own[i] for i in sorted(gold_sentences(self.texts[example.text], answers))]
        chosen = right[:1] if len(right) < 2 else [rng.choice(right)]
        rivals = sorted((i for i in own if i not in right), key=lambda i: -cosines[i])
        chosen = chosen + rivals[: INSIDE if right else INSIDE + 1]
        told = [fold(self.texts[example.text].text[a:b]) for a, b in example.answers]
        near = [int(i) for i in np.argsort(-cosines)[: AMONG + len(own)] if i not in own]
        near = [i for i in near if not any(words in self.folded[i] for words in told)]
        chosen += rng.sample(near[:AMONG], min(OUTSIDE, len(near[:AMONG])))
        pairs, span = self.pairs(question, chosen), None
        if chosen and chosen[0] in right:
            bounds = self.texts[example.text].sentences[self.place[chosen[0]]]
            span = answer_tokens(pairs[0], bounds, answers)
        return Task(pairs, [i in right for i in chosen], span)


def answer_tokens(
    pair: Pair, bounds: tuple[int, int], answers: tuple[tuple[int, int], ...]
) -> tuple[int, int] | None:
    """First and last token, in the sentence, of the first answer that begins there."""
    for start, end in answers:
        if bounds[0] <= start < bounds[1]:
            a, b = start - bounds[0], min(end, bounds[1]) - bounds[0]
            held = [t for t, (x, y) in enumerate(pair.offsets) if y > a and x < b]
            if held:
                return held[0], held[-1]
    return None


def forward(model: ReaderModel, pairs: list[Pair]) -> tuple[Tensor, list[Tensor]]:
    """Log-odds of all pairs, and the span logits of each, (sentence's pieces, 2)."""
    order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i].ids))
    odds: dict[int, Tensor] = {}
    spans: dict[int, Tensor] = {}
    while order:
        count = max(1, CHUNK_TOKENS // len(pairs[order[0]].ids))
        part, order = order[:count], order[count:]
        words = word_embeddings([piece for i in part for piece in pairs[i].ids])
        found, logits = model(torch.from_numpy(words), [pairs[i] for i in part])
        for row, i in enumerate(part):
            odds[i], spans[i] = found[row], logits[row, pairs[i].first : pairs[i].last]
    numbers = range(len(pairs))
    return torch.stack([odds[i] for i in numbers]), [spans[i] for i in numbers]


def loss_of(model: ReaderModel, tasks: list[Task]) -> tuple[Tensor, float]:
    """The mean loss of a step, and the share of questions decided rightly."""
    scores, spans = forward(model, [pair for task in tasks for pair in task.pairs])
    losses, decided, at = [], 0, 0
    for task in tasks:
        odds = functional.pad(scores[at : at + len(task.pairs)], (0, 1))
        none = not any(task.right)
        right = torch.tensor([*task.right, none])
        loss = torch.logsumexp(odds, 0) - torch.logsumexp(odds[right], 0)
        loss = loss + BINARY_WEIGHT * functional.binary_cross_entropy_with_logits(
            odds[:-1], right[:-1].float()
        )
        decided += int(right[int(odds.argmax())])
        if task.span:
            logits = spans[at].T
            loss = loss + SPAN_WEIGHT * functional.cross_entropy(logits, torch.tensor(task.span))
        losses.append(loss)
        at += len(task.pairs)
    return torch.stack(losses).mean(), decided / len(tasks)


def rate_at(step: int, steps: int) -> float:
    """Warm up, stay, then fall (Hu et al., 2024, arXiv 2404.06395)."""
    left = (steps - step) / max(1, round(DECAY_SHARE * steps))
    return min(1.0, (step + 1) / WARM_UP, max(left, 0.0))


def held_out(text: Text) -> bool:
    if text.domain:
        return DOMAIN_HELD_OUT.fullmatch(text.id) is not None
    return sum(map(ord, text.id)) % DEV_DOCUMENTS == 0


@torch.no_grad()
def evaluate(model: ReaderModel, corpus: Corpus, examples: list[Example]) -> dict[str, float]:
    """Right sentence first inside the text, by the cosine too; AUROC of the best score."""
    hits, before, best, answerable = [], [], [], []
    for example in examples:
        own = corpus.inside(example.text)
        odds, _ = forward(model, corpus.pairs(example.question, own))
        best.append(float(odds.max()))
        answerable.append(bool(example.answers))
        if example.answers:
            gold = gold_sentences(corpus.texts[example.text], example.answers)
            hits.append(int(odds.argmax()) in gold)
            before.append(int(corpus.cosines(example.question)[own].argmax()) in gold)
    yes = [b for b, a in zip(best, answerable, strict=True) if a]
    no = [b for b, a in zip(best, answerable, strict=True) if not a]
    return {
        "cosine_first": sum(before) / len(before),
        "right_first": sum(hits) / len(hits),
        "auroc": auroc(yes, no) if no else float("nan"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--piaf", type=Path, required=True)
    parser.add_argument("--casf", type=Path, required=True)
    parser.add_argument("--from", type=Path, dest="exported", help="an exported reader")
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--stop", type=int, default=1 << 30, help="stop there, to go on later")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=50, help="steps between checkpoints")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    options.work.mkdir(parents=True, exist_ok=True)
    texts, general = read_piaf(options.piaf, "train")
    texts += read_casf(options.casf) + read_domain()
    written = read_written(QUESTIONS, texts)
    domain = read_written(DOMAIN_QUESTIONS, texts)
    corpus = Corpus(texts, options.work / "train.npy", options.threads)
    dev_texts, dev_examples = read_piaf(options.piaf, "dev")
    dev = Corpus(dev_texts, options.work / "dev.npy", options.threads)
    kept = [[e for e in part if held_out(texts[e.text])] for part in (written, domain)]
    general += [e for e in written if not held_out(texts[e.text])]
    pools = [general, [e for e in domain if not held_out(texts[e.text])]]
    print("questions", *map(len, pools), "held out", *map(len, kept), flush=True)
    model = ReaderModel(load_base(), FIRST_TRAINED)
    if options.exported:
        load_exported(options.exported, model)
    tests = {
        "PIAF dev": (dev, dev_examples[::5]),
        "written, held out": (corpus, kept[0][::2]),
        "domain, held out": (corpus, kept[1][::4]),
    }
    train(model, corpus, pools, options, tests)


def train(
    model: ReaderModel,
    corpus: Corpus,
    pools: list[list[Example]],
    options: argparse.Namespace,
    tests: dict[str, tuple[Corpus, list[Example]]],
) -> None:
    """Train from the last checkpoint on, or from the beginning."""
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        ([p for n, p in named if n.startswith("layers.")], LEARNING_RATE),
        ([p for n, p in named if not n.startswith("layers.")], HEAD_RATE),
    ]
    optimizer = torch.optim.AdamW(
        [{"params": members, "lr": rate} for members, rate in groups],
        weight_decay=0.01,
        fused=True,
    )
    checkpoint = options.work / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step = saved["step"]
        print(f"taken up at step {step}", flush=True)
    started, first, losses, rights = time.monotonic(), step, [], []
    while step < min(options.steps, options.stop):
        tasks = [
            corpus.task(example, Random(f"{SEED} {step} {i}"))
            for i, example in enumerate(step_examples(pools, step))
        ]
        torch.manual_seed(SEED + step)
        for group, (_, rate) in zip(optimizer.param_groups, groups, strict=True):
            group["lr"] = rate * rate_at(step, options.steps)
        loss, right = loss_of(model, tasks)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        losses.append(loss.item())
        rights.append(right)
        if step % 10 == 0:
            left = (time.monotonic() - started) / (step - first) * (options.steps - step)
            recent = slice(-50, None)
            print(
                f"step {step}/{options.steps} loss {sum(losses[recent]) / len(losses[recent]):.3f}"
                f" right {sum(rights[recent]) / len(rights[recent]):.3f} left {left / 60:.0f} min",
                flush=True,
            )
        if step % options.every == 0 or step == options.steps:
            save(checkpoint, model, optimizer, step)
        if step == options.steps:
            report(model, tests, step)


def step_examples(pools: list[list[Example]], step: int) -> list[Example]:
    """The questions of a step, as many of each pool.

    Every question of a pool comes once before any comes again, in a new order each time.
    """
    chosen, count = [], QUESTIONS_PER_STEP // len(pools)
    for examples in pools:
        epoch, place = divmod(step, len(examples) // count)
        order = list(range(len(examples)))
        Random(f"{SEED} epoch {epoch}").shuffle(order)
        chosen += [examples[i] for i in order[place * count : (place + 1) * count]]
    return chosen


def save(path: Path, model: ReaderModel, optimizer: torch.optim.Optimizer, step: int) -> None:
    draft = path.with_suffix(".draft")
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, draft
    )
    draft.replace(path)


def report(model: ReaderModel, tests: dict[str, tuple[Corpus, list[Example]]], step: int) -> None:
    """Print the figures on held-out articles and documents."""
    for name, (corpus, examples) in tests.items():
        figures = evaluate(model, corpus, examples)
        shown = " ".join(f"{key} {value:.3f}" for key, value in figures.items())
        print(f"  step {step} {name}: {shown}", flush=True)


if __name__ == "__main__":
    main()
