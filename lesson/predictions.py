"""Predictions as the page asks for them: remembered, timed, and with the vectors that led to them."""

from __future__ import annotations

import statistics
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import torch

from lesson.views.brain import Anatomy
from lesson.words import XIAOBAI, Text
from model.predictor import GPTPredictor, NextToken, Predictor
from model.tokenizer import Tokenizer
from model.trace import Trace

REMEMBERED = 256  # predictions; 32 kB of scores each for a vocabulary of 8,192
TIMED = 30


@dataclass(frozen=True)
class Seen:
    """A prediction and the last token's vector before the first layer and after each, (layers + 1, width)."""

    prediction: NextToken
    vectors: np.ndarray | None


class Predictions:
    """A predictor for many readers at once: the same context is worked out once, and every run is timed."""

    def __init__(self, predictor: Predictor, name: Text = XIAOBAI) -> None:
        self.predictor = predictor
        self.name = name
        self._known: OrderedDict[tuple[int, ...], Seen] = OrderedDict()
        self._seconds: deque[float] = deque(maxlen=TIMED)
        self._lock = Lock()

    @property
    def tokenizer(self) -> Tokenizer:
        """The predictor's tokenizer."""
        return self.predictor.tokenizer

    def __call__(self, context: Sequence[int]) -> NextToken:
        """The prediction after a context, of which only the last block_size tokens count."""
        return self.see(context).prediction

    def see(self, context: Sequence[int]) -> Seen:
        """The prediction after a context, and the vectors on the way to it where the predictor is a GPT."""
        key = tuple(context)[-self.predictor.block_size :]
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        begin = time.perf_counter()
        seen = self._look(key)
        seconds = time.perf_counter() - begin
        with self._lock:
            self._seconds.append(seconds)
            self._known[key] = seen
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return seen

    def _look(self, context: tuple[int, ...]) -> Seen:
        if not isinstance(self.predictor, GPTPredictor):
            return Seen(self.predictor.next_token(context), None)
        model, trace = self.predictor.model, Trace()
        with torch.inference_mode():
            hidden = model.hidden(torch.tensor([context]), trace=trace)[:, -1]  # (1, C)
            logits = model.head(hidden)[0].float().numpy()  # (V,)
            vectors = np.stack([layer[0, -1].float().numpy() for layer in trace.residual])
        return Seen(NextToken(logits), vectors)

    @property
    def milliseconds(self) -> float | None:
        """What a prediction takes, the median of the last ones; None before the first."""
        with self._lock:
            return 1000 * statistics.median(self._seconds) if self._seconds else None

    def anatomy(self) -> Anatomy | None:
        """What the model is made of; None if it is no GPT."""
        if not isinstance(self.predictor, GPTPredictor):
            return None
        weights, config = list(self.predictor.model.parameters()), self.predictor.model.config
        return Anatomy(
            name=self.name,
            parameters=sum(weight.numel() for weight in weights),
            bytes=sum(weight.numel() * weight.element_size() for weight in weights),
            layers=config.n_layer,
            heads=config.n_head,
            width=config.n_embd,
            block_size=config.block_size,
            vocab_size=config.vocab_size,
        )
