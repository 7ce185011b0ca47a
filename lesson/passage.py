"""A whole text under a model's eyes: its tokens, and how probable each was after those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from lesson import params
from lesson.predictions import Predictions
from lesson.words import Refusal, Text
from model.predictor import GPTPredictor
from model.tokenizer import Tokenizer

TOO_MANY = Text(
    "这段文字有 {count:,} 个词元，这里最多放得下 {most:,} 个。请删掉一些，你写的内容还在。",
    "This text has {count:,} tokens, and {most:,} is the most here. Please shorten it; nothing was lost.",
)
NOTHING = Text("这里还没有文字，请先写几个字。", "There is no text yet; please write a few words.")


@dataclass(frozen=True)
class Passage:
    """A text's token ids (T,), without the one that begins it, and the natural logarithms of their p (T,)."""

    ids: tuple[int, ...]
    log_p: np.ndarray

    @property
    def bits(self) -> np.ndarray:
        """The surprise of each token in bits, −log₂ p, (T,)."""
        return -self.log_p / np.log(2)

    @property
    def loss(self) -> float:
        """The mean of −ln p: the loss in nats per token."""
        return float(-self.log_p.mean())


def tokens(tokenizer: Tokenizer, text: object, most: int) -> tuple[int, ...]:
    """The ids of a text from the page; a Refusal if it is no text, empty, or of more than ``most`` tokens."""
    ids = tuple(tokenizer.encode(params.prompt(text)))
    if not ids:
        raise Refusal(NOTHING)
    if len(ids) > most:
        raise Refusal(TOO_MANY.format(count=len(ids), most=most))
    return ids


def read(predictions: Predictions, ids: Sequence[int]) -> Passage:
    """How probable each token of a text was, all worked out in one pass; at most block_size of them."""
    context = [predictions.tokenizer.end_of_text, *ids]
    predictor = predictions.predictor
    if not isinstance(predictor, GPTPredictor):
        ask = predictor.session()
        found = [ask(context[: i + 1]).probs[token] for i, token in enumerate(ids)]
        return Passage(tuple(ids), np.log(np.array(found)))
    with torch.inference_mode():
        logits = predictor.model.head(predictor.model.hidden(torch.tensor([context[:-1]])))[0]  # (T, V)
        log_p = torch.log_softmax(logits.double(), dim=-1)  # (T, V)
        return Passage(tuple(ids), log_p[torch.arange(len(ids)), torch.tensor(context[1:])].numpy())
