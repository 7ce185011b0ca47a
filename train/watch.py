"""What one looks at while a model learns: validation loss, a prompt's bars, its writing, its exercises."""

import math
from itertools import islice

import numpy as np
import torch
import torch.nn.functional as F

from model.gpt import GPT
from model.predictor import GPTPredictor, generate, start
from model.sampling import Sampling
from model.tokenizer import Tokenizer
from train.config import TrainConfig
from train.data import TokenDocuments
from train.events import Event

ROWS = 10
READING_TEMPERATURE = 0.8
BATCH_ROWS, BATCH_TOKENS = 4, 24  # of a batch that are shown


@torch.no_grad()
def evaluation_loss(model: GPT, validation: TokenDocuments, config: TrainConfig, device: str) -> float:
    """Return the mean loss in nats over the first windows of the validation text, always the same ones."""
    model.eval()
    count, size = evaluation_windows(validation, config)
    windows = torch.from_numpy(validation.ids[: count * size + 1].astype(np.int64)).to(device)
    inputs, targets = windows[:-1].view(count, size), windows[1:].view(count, size)
    total = 0.0
    for x, y in zip(inputs.split(8), targets.split(8), strict=True):
        total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten()).item() * len(x)
    return total / count


def evaluation_windows(validation: TokenDocuments, config: TrainConfig) -> tuple[int, int]:
    """Return how many windows of the validation text are looked at, and the tokens in each."""
    size = min(config.block_size, len(validation.ids) - 1)
    return min(config.eval_windows, (len(validation.ids) - 1) // size), size


def probe_report(predictor: GPTPredictor, text: str) -> Event | None:
    """Return the bars of a prompt: the ten most probable tokens and the probability of all the others."""
    if not text:
        return None
    dist = predictor.next_token(start(predictor.tokenizer, text))
    top = [{"id": i, "bytes": predictor.tokenizer.token_bytes(i).hex(), "p": p} for i, p in dist.top(ROWS)]
    return {"text": text, "top": top, "rest": dist.rest(ROWS), "entropy_bits": dist.entropy}


def written(predictor: GPTPredictor, config: TrainConfig) -> bytes:
    """Return the bytes that the model writes after the probe, always thrown with the same dice."""
    tokenizer = predictor.tokenizer
    steps = generate(
        predictor, start(tokenizer, config.probe), Sampling(READING_TEMPERATURE), seed=config.seed,
        max_new_tokens=config.sample_tokens, stop={tokenizer.end_of_text},
    )  # fmt: skip
    return tokenizer.decode_bytes([step.chosen for step in islice(steps, config.sample_tokens)])


@torch.no_grad()
def batch_report(
    model: GPT, tokenizer: Tokenizer, inputs: np.ndarray, targets: np.ndarray, device: str
) -> list[Event]:
    """Return the beginnings of a batch's first rows: their tokens, and how surprised the model is by each.

    inputs and targets are (B, T); a row's `bits` are those of its second token on, given all before it.
    """
    x = torch.from_numpy(inputs[:BATCH_ROWS, :BATCH_TOKENS]).to(device)
    y = torch.from_numpy(targets[:BATCH_ROWS, :BATCH_TOKENS]).to(device)
    model.eval()
    nats = F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten(), reduction="none").view(y.shape)
    rows = torch.cat([x[:, :1], y], dim=1).tolist()
    return [
        {
            "tokens": [tokenizer.token_bytes(i).hex() for i in ids],
            "bits": [round(n / math.log(2), 2) for n in surprise],
        }
        for ids, surprise in zip(rows, nats.tolist(), strict=True)
    ]
