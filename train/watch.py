"""What one looks at while a model learns: validation loss, a prompt's bars, and a sample of its writing."""

from itertools import islice

import numpy as np
import torch
import torch.nn.functional as F

from model.gpt import GPT
from model.predictor import GPTPredictor, generate, start
from model.sampling import Sampling
from train.config import TrainConfig
from train.data import TokenDocuments
from train.events import Event

ROWS = 10
READING_TEMPERATURE = 0.8


@torch.no_grad()
def evaluation_loss(model: GPT, validation: TokenDocuments, config: TrainConfig, device: str) -> float:
    """Return the mean loss in nats over the first windows of the validation text, always the same ones."""
    model.eval()
    ids = validation.ids.astype(np.int64)
    size = min(config.block_size, len(ids) - 1)
    count = min(config.eval_windows, (len(ids) - 1) // size)
    windows = torch.from_numpy(ids[: count * size + 1]).to(device)
    inputs, targets = windows[:-1].view(count, size), windows[1:].view(count, size)
    total = 0.0
    for x, y in zip(inputs.split(8), targets.split(8), strict=True):
        total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten()).item() * len(x)
    return total / count


def probe_report(predictor: GPTPredictor, text: str) -> Event | None:
    """Return the bars of a prompt: the ten most probable tokens and the probability of all the others."""
    if not text:
        return None
    dist = predictor.next_token(start(predictor.tokenizer, text))
    top = [{"id": i, "bytes": predictor.tokenizer.token_bytes(i).hex(), "p": p} for i, p in dist.top(ROWS)]
    return {"text": text, "top": top, "rest": dist.rest(ROWS), "entropy_bits": dist.entropy}


def sample_text(predictor: GPTPredictor, config: TrainConfig) -> str:
    """Return what the model writes after the probe, always thrown with the same dice."""
    tokenizer = predictor.tokenizer
    context = start(tokenizer, config.probe)
    steps = generate(
        predictor, context, Sampling(READING_TEMPERATURE), seed=config.seed,
        max_new_tokens=config.sample_tokens, stop={tokenizer.end_of_text},
    )  # fmt: skip
    return tokenizer.decode([*context, *(step.chosen for step in islice(steps, config.sample_tokens))])
