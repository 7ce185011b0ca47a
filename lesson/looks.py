"""Inside one prediction: where every head looked from its end, and what leaving a token out changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import torch

from lesson.words import Refusal, Text
from model.gpt import GPT
from model.predictor import GPTPredictor, NextToken, Predictor
from model.trace import Trace

REMEMBERED = 16  # texts; 32 tokens of scores each take a megabyte
NO_GPT = Text(
    "这个模型没有注意力可看，请换小白来试。",
    "This model has no attention to look at; try XiaoBai.",
)


@dataclass(frozen=True)
class Look:
    """A prediction after T tokens and what led to it; ``without[i]`` is that with token i + 1 left out.

    attention is (layers, heads, T), the weights of the last position, each row adding up to one. The token at
    the beginning cannot be left out: every context begins with it.
    """

    ids: tuple[int, ...]
    attention: np.ndarray
    prediction: NextToken
    without: tuple[NextToken, ...]

    @cached_property
    def moved(self) -> list[float]:
        """How much probability leaving out each token moves, 0 to 1: half the sum of all differences."""
        return [float(np.abs(self.prediction.probs - one.probs).sum() / 2) for one in self.without]

    @cached_property
    def divergence(self) -> list[float]:
        """KL divergence in bits of the prediction without each token from the one with it."""
        p = self.prediction.probs
        logs = np.log2(np.maximum(p, 1e-300))
        return [
            max(0.0, float((p * (logs - np.log2(np.maximum(one.probs, 1e-300)))).sum()))
            for one in self.without
        ]

    def looked(self, layer: int | None, head: int | None) -> np.ndarray:
        """The weights of one head, (T,), or of all heads together (their mean) where none is named."""
        if layer is None or head is None:
            return self.attention.mean((0, 1))
        return self.attention[layer, head]


class Looks:
    """Looks into one GPT, the last ones remembered."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self._known: OrderedDict[tuple[int, ...], Look] = OrderedDict()
        self._lock = Lock()

    def __call__(self, context: Sequence[int]) -> Look:
        """The look at a context of at least two tokens; a Refusal if the model is no GPT."""
        if not isinstance(self._predictor, GPTPredictor):
            raise Refusal(NO_GPT)
        key = tuple(context)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = look(self._predictor.model, key)
        with self._lock:
            self._known[key] = found
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


@torch.inference_mode()
def look(model: GPT, ids: tuple[int, ...]) -> Look:
    """Read a context with a trace, then all contexts of it that lack one token, in one batch."""
    trace = Trace()
    logits = model.head(model.hidden(torch.tensor([ids]), trace=trace)[:, -1])[0]  # (V,)
    lacking = torch.tensor([ids[:i] + ids[i + 1 :] for i in range(1, len(ids))])  # (T - 1, T - 1)
    without = model.head(model.hidden(lacking)[:, -1])  # (T - 1, V)
    return Look(
        ids,
        np.stack([weights[0, :, -1].numpy() for weights in trace.attention]),
        NextToken(logits.numpy()),
        tuple(NextToken(row) for row in without.numpy()),
    )
