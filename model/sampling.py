"""From logits to a choice, in pure functions: the knobs reshape the probabilities, a number picks a token.

Knobs apply in the usual order: temperature, then top_k, then top_p; what is left is scaled to add up to one.
"""

import hashlib
import math
from dataclasses import dataclass

import numpy as np

COLDEST = 1e-3  # below this temperature dividing by it means nothing: the most probable token is taken


@dataclass(frozen=True)
class Sampling:
    """The knobs; the defaults change nothing.

    >>> Sampling(temperature=-1)
    Traceback (most recent call last):
    ...
    ValueError: temperature must be a number from 0 up, not -1
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and self.temperature >= 0):
            raise ValueError(f"temperature must be a number from 0 up, not {self.temperature}")
        if self.top_k is not None and not (isinstance(self.top_k, int) and self.top_k >= 1):
            raise ValueError(f"top_k must be a whole number from 1 up, not {self.top_k}")
        if self.top_p is not None and not 0 < self.top_p <= 1:
            raise ValueError(f"top_p must be above 0 and at most 1, not {self.top_p}")


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return float64 probabilities of (V,) logits; minus infinity becomes exactly zero.

    >>> softmax(np.array([0.0, 0.0, -np.inf]))
    array([0.5, 0.5, 0. ])
    """
    shifted = np.exp(logits.astype(np.float64) - logits.max())
    return shifted / shifted.sum()


def ranked(probs: np.ndarray) -> np.ndarray:
    """Return token ids from the most to the least probable, equal ones by id.

    >>> ranked(np.array([0.2, 0.5, 0.2, 0.1]))
    array([1, 0, 2, 3])
    """
    return np.argsort(-probs, kind="stable")


def shape_logits(logits: np.ndarray, sampling: Sampling) -> np.ndarray:
    """Return (V,) logits after the knobs: divided by temperature, and minus infinity where a token is cut.

    >>> shape_logits(np.array([2.0, 1.0, 0.0]), Sampling(top_k=2))
    array([  2.,   1., -inf])
    """
    order = ranked(logits)
    keep = 1 if sampling.temperature < COLDEST else min(sampling.top_k or len(logits), len(logits))
    scaled = logits.astype(np.float64) / max(sampling.temperature, COLDEST)
    scaled[order[keep:]] = -np.inf
    if sampling.top_p is not None and sampling.top_p < 1:
        probs = softmax(scaled)[order]
        before = np.cumsum(probs) - probs  # probability of all that rank higher
        scaled[order[1:][before[1:] >= sampling.top_p]] = -np.inf
    return scaled


def choose(probs: np.ndarray, dice: float) -> int:
    """Return the token on which a dice in [0, 1) falls, the tokens laid side by side, most probable first.

    >>> choose(np.array([0.2, 0.8]), 0.79), choose(np.array([0.2, 0.8]), 0.81)
    (1, 0)
    """
    if not 0 <= dice < 1:
        raise ValueError(f"dice must be in [0, 1), not {dice}")
    order = ranked(probs)
    edges = np.cumsum(probs[order])
    place = int(np.searchsorted(edges, dice * edges[-1], side="right"))
    return int(order[min(place, int(np.count_nonzero(probs)) - 1)])


def throw(seed: int, position: int) -> float:
    """Return the random number in [0, 1) for a token's position: the same everywhere, so links replay it.

    >>> throw(0, 7) == throw(0, 7), throw(0, 7) == throw(0, 8)
    (True, False)
    """
    digest = hashlib.sha256(f"{seed}:{position}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53  # 53 bits: all that a float below one can hold
