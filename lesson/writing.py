"""Several texts written at once from one beginning, each with dice of its own: one batch, one cache.

Written one after another they would be the same; together they take little more time than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from model.gpt import KVCache
from model.predictor import GPTPredictor, NextToken, Predictor, generate, shape
from model.sampling import Sampling, choose, throw


@dataclass(frozen=True)
class Take:
    """A text's tokens after the beginning; ``p`` is the model's joint probability of them, before knobs."""

    seed: int
    ids: tuple[int, ...]
    p: float


def takes(
    predictor: Predictor, context: Sequence[int], sampling: Sampling, seeds: Sequence[int], most: int
) -> list[Take]:
    """One continuation a seed, of at most ``most`` tokens; each ends early where the end token was chosen."""
    if not isinstance(predictor, GPTPredictor):
        return [one_by_one(predictor, context, sampling, seed, most) for seed in seeds]
    end, length = predictor.tokenizer.end_of_text, len(context)
    seen = list(context)[-(predictor.block_size - most) :]
    cache = KVCache(predictor.model.config.n_layer)
    new, done = [list(seen) for _ in seeds], [Take(seed, (), 1.0) for seed in seeds]
    for place in range(most):
        with torch.inference_mode():
            hidden = predictor.model.hidden(torch.tensor(new), cache=cache)[:, -1]  # (B, C)
            logits = predictor.model.head(hidden).float().numpy()  # (B, V)
        for i, take in enumerate(done):
            if take.ids and take.ids[-1] == end:
                continue
            raw = NextToken(logits[i])
            shaped = raw if sampling == Sampling() else shape(raw, sampling)
            chosen = choose(shaped.probs, throw(take.seed, length + place))
            done[i] = Take(take.seed, (*take.ids, chosen), take.p * float(raw.probs[chosen]))
        if all(take.ids[-1] == end for take in done):
            break
        new = [[take.ids[-1]] for take in done]  # a text that has ended is read on and not looked at
    return done


def one_by_one(
    predictor: Predictor, context: Sequence[int], sampling: Sampling, seed: int, most: int
) -> Take:
    """The same for a predictor that reads one text at a time."""
    ids, p = [], 1.0
    end = predictor.tokenizer.end_of_text
    for step in generate(predictor, context, sampling, seed=seed, max_new_tokens=most, stop=(end,)):
        ids.append(step.chosen)
        p *= float(step.raw.probs[step.chosen])
    return Take(seed, tuple(ids), p)
