"""The loss curves: a few hundred points a line, the loss of guessing blindly, and the same in figures."""

from __future__ import annotations

from lesson.views.token import Json
from train.snapshot import Points, Snapshot

MOST_POINTS = 300
TABLE_ROWS = 12


def thinned(points: Points, most: int = MOST_POINTS) -> list[list[float]]:
    """At most ``most`` of the points, evenly chosen, the first and the last among them; rounded.

    >>> thinned(((1, 5.0), (2, 4.0), (3, 3.0), (4, 2.0), (5, 1.0)), most=3)
    [[1, 5.0], [3, 3.0], [5, 1.0]]
    """
    if len(points) > most:
        last = len(points) - 1
        points = tuple(points[round(i * last / (most - 1))] for i in range(most))
    return [[round(step, 1), round(loss, 4)] for step, loss in points]


def curve(now: Snapshot, token: str = "", *, recorded: bool = False) -> Json:
    """Both curves of a run, and the yardsticks on their axis.

    ``uniform`` is ln V, the loss of giving every token the same probability; ``unigram`` and ``bigram`` are
    those of counting, ``broken`` is the step at which the loss stopped being a number, ``changes`` are those
    of the learning rate, ``table`` the evaluations in figures.
    """
    broken = now.step.get("step") if now.end == "non_finite_loss" else None
    chosen = thinned(tuple((float(i), 0.0) for i in range(len(now.evaluations))), TABLE_ROWS)
    told = [now.evaluations[int(i)] for i, _ in chosen]
    counted = now.start.get("baselines") or {}
    return {
        "token": token,
        "recorded": recorded,
        "train": thinned(now.train),
        "val": thinned(now.val),
        "uniform": now.start.get("uniform_loss"),
        "unigram": counted.get("unigram"),
        "bigram": counted.get("bigram"),
        "steps": now.start.get("steps"),
        "broken": broken,
        "best": now.best_step,
        "changes": [list(change) for change in now.changes],
        "table": [[one.step, one.train_loss, one.val_loss] for one in told],
    }
