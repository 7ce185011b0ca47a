"""How long a training step takes on this machine: a few real steps on random tokens."""

import time

import torch

from model.gpt import GPT
from train.config import TrainConfig
from train.loss import linear_cross_entropy
from train.optim import make_optimizers
from train.precision import autocast, resolve_precision
from train.trainer import gpt_config

WARM_UP = 2  # steps that allocate


def seconds_a_step(config: TrainConfig, vocab_size: int, *, tries: int = 4, device: str = "cpu") -> float:
    """Return the fastest step's processor seconds, so that what else runs here hardly counts."""
    precision = resolve_precision(config.precision, device)
    with torch.random.fork_rng(devices=[]):  # whoever draws random numbers here is not to notice
        model = GPT(gpt_config(config, vocab_size)).to(device)
        tokens = torch.randint(vocab_size, (config.batch_size, config.block_size + 1), device=device)
    optimizers = make_optimizers(model, config.lr, config.weight_decay, precision)
    best = float("inf")
    for i in range(WARM_UP + tries):
        started = time.thread_time()
        with autocast(device, precision):
            hidden = model.hidden(tokens[:, :-1])  # (B, T, C)
        hidden = hidden.to(getattr(torch, precision)).flatten(0, 1)
        linear_cross_entropy(hidden, model.head.weight, tokens[:, 1:].flatten()).backward()
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        if i >= WARM_UP:
            best = min(best, time.thread_time() - started)
    return best
