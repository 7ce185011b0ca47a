"""How long a job waits for its turn: what the runs before it should take, by the pace of those lately."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Sequence

LATELY = 5  # runs whose pace counts
ABOUT_TO_END = 2.0  # seconds, for a run that has taken longer than it should

# Of a run, in seconds: since it began, that it says are left, that it should take.
Running = tuple[float, float | None, float]


class Waiting:
    """Knows how much longer (or shorter) than expected the last runs took, and tells waits by that.

    >>> waiting = Waiting()
    >>> waiting.until_turn([(5.0, None, 20.0)], ahead=[20.0])
    35.0
    >>> waiting.took(40.0, expected=20.0)
    >>> waiting.until_turn([(5.0, None, 20.0)], ahead=[20.0])
    75.0
    """

    def __init__(self) -> None:
        self._paces: deque[float] = deque(maxlen=LATELY)

    def took(self, seconds: float, expected: float) -> None:
        """Take in a run that has ended."""
        self._paces.append(seconds / expected)

    def until_turn(self, running: Sequence[Running], ahead: Iterable[float]) -> float:
        """Return seconds until a run makes room, once those ahead (seconds expected) have had theirs."""
        paces = self._paces or [
            (age + left) / expected for age, left, expected in running if left is not None
        ]
        pace = sum(paces) / len(paces) if paces else 1.0
        free = [
            left if left is not None else max(ABOUT_TO_END, pace * expected - age)
            for age, left, expected in running
        ] or [0.0]
        heapq.heapify(free)
        for expected in ahead:
            heapq.heapreplace(free, free[0] + pace * expected)
        return free[0]
