"""Predictors: what turns a context into a probability for every token, and the loop that writes with one."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import torch

from model.gpt import GPT, KVCache
from model.sampling import Sampling, choose, ranked, shape_logits, softmax, throw
from model.tokenizer import Tokenizer


@dataclass(frozen=True)
class NextToken:
    """A score and a probability for every token of the vocabulary, each (V,); probabilities add up to one.

    >>> NextToken(np.array([0.0, 0.0])).entropy
    1.0
    """

    logits: np.ndarray

    @cached_property
    def probs(self) -> np.ndarray:
        """Return the softmax of the logits, float64."""
        return softmax(self.logits)

    @cached_property
    def order(self) -> np.ndarray:
        """Return all token ids, the most probable first."""
        return ranked(self.logits)

    def top(self, k: int) -> list[tuple[int, float]]:
        """Return the k most probable tokens as (id, probability)."""
        return [(int(i), float(self.probs[i])) for i in self.order[:k]]

    def rest(self, k: int) -> float:
        """Return the probability of all but the k most probable tokens together."""
        return float(self.probs[self.order[k:]].sum())

    @property
    def entropy(self) -> float:
        """Return how undecided the prediction is, in bits: 0 is certain, log2(V) is no idea at all."""
        p = self.probs[self.probs > 0]
        return float(-(p * np.log2(p)).sum()) + 0.0


NextTokenOf = Callable[[Sequence[int]], NextToken]


class Predictor(Protocol):
    """Gives every token of the vocabulary a probability of coming next."""

    tokenizer: Tokenizer
    block_size: int

    def next_token(self, context: Sequence[int]) -> NextToken:
        """Return the prediction after a context of at least one token; only the last block_size are seen."""
        ...

    def session(self) -> NextTokenOf:
        """Return a next_token for one growing text, which need not read again what it has read."""
        ...


class GPTPredictor:
    """A GPT behind the Predictor protocol; shared by all readers, since predicting changes nothing in it."""

    def __init__(self, model: GPT, tokenizer: Tokenizer) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.block_size = model.config.block_size

    @torch.inference_mode()
    def next_token(self, context: Sequence[int]) -> NextToken:
        """Return the prediction after a context of token ids; only the last block_size of them are seen."""
        return self._read(list(context)[-self.block_size :], None)

    def session(self) -> NextTokenOf:
        """Return a next_token that keeps keys and values while one text grows at its end."""
        read: list[int] = []
        cache = KVCache(self.model.config.n_layer)

        @torch.inference_mode()
        def next_token(context: Sequence[int]) -> NextToken:
            """Read only what is new if the context grew; otherwise read all of it again."""
            nonlocal read, cache
            ids = list(context)
            grows = len(read) < len(ids) <= self.block_size and ids[: len(read)] == read
            if not grows:
                ids, read, cache = ids[-self.block_size :], [], KVCache(self.model.config.n_layer)
            dist = self._read(ids[len(read) :], cache)
            read = ids
            return dist

        return next_token

    def _read(self, ids: list[int], cache: KVCache | None) -> NextToken:
        check_ids(ids, self.tokenizer.vocab_size)
        idx = torch.tensor([ids], device=self.model.head.weight.device)  # (1, T)
        hidden = self.model.hidden(idx, cache=cache)[:, -1]  # (1, C): only the last one is asked
        return NextToken(self.model.head(hidden)[0].float().cpu().numpy())

    def predict_next_token_probabilities(self, text: str) -> dict[str, float]:
        """Return the probability of every token that can follow a text, the most probable first.

        Keys are what the tokens read as; a token that is no whole character is written as its bytes, <E4 BD>.
        """
        dist = self.next_token(start(self.tokenizer, text))
        return {readable(self.tokenizer, i): p for i, p in dist.top(self.tokenizer.vocab_size)}

    def get_most_likely_token(self, probabilities: dict[str, float]) -> str:
        """Return the token with the highest probability."""
        return max(probabilities, key=probabilities.__getitem__)


def check_ids(ids: Sequence[int], vocab_size: int) -> None:
    """Raise ValueError for an empty context or a number that is no token id."""
    if not ids:
        raise ValueError("a context holds at least one token; start() begins every text with end-of-text")
    for i in ids:
        if not 0 <= i < vocab_size:
            raise ValueError(f"token ids run from 0 to {vocab_size - 1}, and {i} is not among them")


def start(tokenizer: Tokenizer, text: str) -> list[int]:
    """Return the context of a text: one end-of-text token, by which something new begins, then its tokens."""
    return [tokenizer.end_of_text, *tokenizer.encode(text)]


def readable(tokenizer: Tokenizer, id: int) -> str:
    """Return a token as text, bytes that are no character as <E4 BD>, and end-of-text as <end>."""
    data = tokenizer.token_bytes(id)
    if not data:
        return "<end>"
    try:
        return data.decode()
    except UnicodeDecodeError:
        return f"<{data.hex(' ').upper()}>"


def shape(dist: NextToken, sampling: Sampling) -> NextToken:
    """Return the prediction after the knobs; tokens that they cut have probability zero.

    >>> shape(NextToken(np.array([2.0, 1.0, 0.0])), Sampling(temperature=0)).probs
    array([1., 0., 0.])
    """
    return NextToken(shape_logits(dist.logits, sampling))


@dataclass(frozen=True)
class Step:
    """One turn of the loop: what was read, what was predicted, the number thrown and the token it chose."""

    context: tuple[int, ...]
    raw: NextToken
    shaped: NextToken
    chosen: int
    dice: float


def generate(
    predictor: Predictor,
    context: Sequence[int],
    sampling: Sampling,
    *,
    seed: int,
    max_new_tokens: int,
    stop: Collection[int] = (),
) -> Iterator[Step]:
    """Predict, choose, append, repeat; yields every step, and ends after a token of `stop` was chosen."""
    ids = list(context)
    next_token = predictor.session()
    for _ in range(max_new_tokens):
        raw = next_token(ids)
        shaped = shape(raw, sampling)
        dice = throw(seed, len(ids))
        chosen = choose(shaped.probs, dice)
        yield Step(tuple(ids), raw, shaped, chosen, dice)
        if chosen in stop:
            return
        ids.append(chosen)
