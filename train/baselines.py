"""How well one predicts a text without a network: the yardsticks that are drawn beside a loss curve.

Each sees less than a GPT does: uniform guessing sees nothing, a unigram model knows how often every token
comes, a bigram model also knows what follows which. All are measured on the same validation windows.
"""

import math

import numpy as np

from train.data import TokenDocuments

MOST_TOKENS = 5_000_000  # of the training text that are counted; more change little and take memory
DISCOUNT = 0.75  # Kneser and Ney 1995: what every pair that was seen gives up for those that were not


def baseline_losses(
    training: TokenDocuments, validation: TokenDocuments, vocab_size: int, most: int
) -> dict[str, float]:
    """Return the losses (nats) of a unigram and of a bigram model on the first `most` validation tokens.

    >>> ids = np.array([0, 1, 0, 1, 0, 1, 0, 1], np.uint16)
    >>> row = TokenDocuments(ids, np.array([0, 8]), np.ones(1))
    >>> losses = baseline_losses(row, row, vocab_size=2, most=8)
    >>> [round(losses[name], 3) for name in ("unigram", "bigram")]
    [0.693, 0.113]
    """
    ids = training.ids[:MOST_TOKENS].astype(np.int64)
    weights = np.repeat(training.weights, np.diff(training.starts))[: len(ids)]  # how often each is read
    test = validation.ids[: most + 1].astype(np.int64)
    before, after = test[:-1], test[1:]
    unigram = add_one(np.bincount(ids, weights, vocab_size))
    bigram = kneser_ney(ids, weights, vocab_size, before, after)
    return {"unigram": _loss(unigram[after]), "bigram": _loss(bigram)}


def add_one(counts: np.ndarray) -> np.ndarray:
    """Return probabilities (V,) from counts (V,), each counted once more than it was seen (Laplace).

    >>> add_one(np.array([2.0, 0.0]))
    array([0.75, 0.25])
    """
    return (counts + 1) / (counts.sum() + len(counts))


def kneser_ney(
    ids: np.ndarray, weights: np.ndarray, vocab_size: int, before: np.ndarray, after: np.ndarray
) -> np.ndarray:
    """Return p(after | before) for pairs of tokens (N,), by interpolated Kneser-Ney over a row of ids.

    What a seen pair gives up goes to all tokens by how many different ones they were seen to follow.
    """
    pairs, where = np.unique(ids[:-1] * vocab_size + ids[1:], return_inverse=True)
    counts = np.bincount(where, weights[1:], len(pairs))  # (pairs,)
    first, second = pairs // vocab_size, pairs % vocab_size
    total = np.bincount(first, counts, vocab_size)  # (V,) what followed a token, all together
    given = np.bincount(first, np.minimum(counts, DISCOUNT), vocab_size)
    follows = add_one(np.bincount(second, minlength=vocab_size).astype(float))

    wanted = before * vocab_size + after
    place = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    seen = np.where(pairs[place] == wanted, np.maximum(counts[place] - DISCOUNT, 0.0), 0.0)
    known = total[before] > 0
    divisor = np.where(known, total[before], 1.0)
    return seen / divisor + np.where(known, given[before] / divisor, 1.0) * follows[after]


def _loss(probabilities: np.ndarray) -> float:
    return float(-np.log(probabilities).mean()) if len(probabilities) else math.nan
