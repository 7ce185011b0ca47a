"""Ten melons, and the smallest models that learn from them: three weights, no bias; and two groups.

The example is the classic one of machine learning courses; the ten melons are made up, and no guide to buying
one. Each feature is coded +1 or -1: 青绿 / 乌黑, 蜷缩 / 硬挺, 浊响 / 清脆.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

FEATURES = 3
STEPS = 40
RIPENESS_RATE, SWEETNESS_RATE = 0.5, 0.06  # learning rates that show every step
ROUNDS = 10  # of regrouping; ten melons settle long before


@dataclass(frozen=True)
class Melon:
    """Colour, root and knock as +1 or -1; whether it was ripe, and by how many degrees sweeter than most."""

    features: tuple[int, int, int]
    ripe: bool
    sweetness: float


MELONS = (
    Melon((1, 1, 1), True, 2.4),
    Melon((1, 1, 1), True, 1.9),
    Melon((-1, 1, 1), True, 0.8),
    Melon((1, 1, -1), True, 0.9),
    Melon((1, -1, 1), True, 0.6),
    Melon((1, 1, -1), False, -0.3),  # looks like the fourth, and yet
    Melon((-1, -1, 1), False, -1.2),
    Melon((-1, 1, -1), False, -0.7),
    Melon((1, -1, -1), False, -1.5),
    Melon((-1, -1, -1), False, -2.9),
)
KINDS = tuple(product((1, -1), repeat=FEATURES))  # every melon there can be


@dataclass(frozen=True)
class Moment:
    """A model after some steps: its weights, its loss, and what it says of each of the KINDS."""

    weights: tuple[float, ...]
    loss: float
    says: tuple[float, ...]


@dataclass(frozen=True)
class Grouping:
    """Melons in two groups after some rounds: whose group each is in (-1: none yet), and the two centres."""

    groups: tuple[int, ...]
    centres: tuple[tuple[float, ...], tuple[float, ...]]


def table() -> np.ndarray:
    """The features, (melons, 3) float64."""
    return np.array([melon.features for melon in MELONS], dtype=np.float64)


def sigmoid(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities.

    >>> sigmoid(np.array([0.0])).item()
    0.5
    """
    return 1 / (1 + np.exp(-scores))


def ripeness(steps: int = STEPS) -> tuple[Moment, ...]:
    """Logistic regression by gradient descent: p(ripe) = sigmoid(w · x), loss in nats as a GPT's is."""
    x, ripe = table(), np.array([melon.ripe for melon in MELONS], dtype=np.float64)  # (melons, 3), (melons,)
    weights, moments = np.zeros(FEATURES), []
    for _ in range(steps + 1):
        p = sigmoid(x @ weights)  # (melons,)
        loss = -np.mean(np.log(np.where(ripe == 1, p, 1 - p)))
        moments.append(moment(weights, float(loss), sigmoid(np.array(KINDS) @ weights)))
        weights = weights - RIPENESS_RATE * (p - ripe) @ x / len(x)
    return tuple(moments)


def sweetness(steps: int = STEPS) -> tuple[Moment, ...]:
    """Linear regression by gradient descent: degrees = w · x, loss the mean squared error."""
    x, degrees = table(), np.array([melon.sweetness for melon in MELONS])
    weights, moments = np.zeros(FEATURES), []
    for _ in range(steps + 1):
        wrong = x @ weights - degrees  # (melons,)
        moments.append(moment(weights, float(np.mean(wrong**2)), np.array(KINDS) @ weights))
        weights = weights - SWEETNESS_RATE * 2 * wrong @ x / len(x)
    return tuple(moments)


def moment(weights: np.ndarray, loss: float, says: np.ndarray) -> Moment:
    """Numbers of one moment, as plain floats."""
    return Moment(tuple(weights.tolist()), loss, tuple(says.tolist()))


def grouping(groups: list[int], centres: np.ndarray) -> Grouping:
    """Groups and centres as plain numbers."""
    first, second = (tuple(centre) for centre in centres.tolist())
    return Grouping(tuple(groups), (first, second))


def grouped(rounds: int = ROUNDS) -> tuple[Grouping, ...]:
    """k-means with two centres, which sees features only; ends with the first round that moves no melon.

    It begins with the first melon and the last; from other beginnings it may end elsewhere.
    """
    x = table()  # (melons, 3)
    centres = x[[0, -1]]
    found = [grouping([-1] * len(x), centres)]
    for _ in range(rounds):
        distances = ((x[:, None] - centres[None]) ** 2).sum(-1)  # (melons, 2)
        groups = distances.argmin(-1)  # the first centre, if both are as near
        found.append(grouping(groups.tolist(), centres))
        moved = np.array([x[groups == k].mean(0) if (groups == k).any() else centres[k] for k in (0, 1)])
        if np.array_equal(moved, centres):
            break
        centres = moved
    return tuple(found)
