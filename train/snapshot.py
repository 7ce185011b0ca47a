"""A run as far as it has told, in bounded room however long it goes on: curves, bars, samples, its end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from train.events import Event

CURVE_POINTS = 300
SAMPLES = 60
NO_EVENT: Event = {}

Points = tuple[tuple[float, float], ...]
State = Literal["waiting", "running", "ended"]


class Curve:
    """A curve that keeps its shape in bounded room: when it is full, neighbours are averaged in pairs.

    >>> curve = Curve(limit=2)
    >>> for step in range(1, 5):
    ...     curve.add(step, 10.0 * step)
    >>> curve.points()
    ((1.5, 15.0), (3.5, 35.0))
    """

    def __init__(self, limit: int = CURVE_POINTS) -> None:
        self.limit = limit
        self._stride = 1
        self._kept: list[tuple[float, float]] = []
        self._pending: list[tuple[float, float]] = []

    def add(self, step: float, value: float | None) -> None:
        """Take in one point; a value that is missing or not finite leaves a gap."""
        if value is None or not math.isfinite(value):
            return
        if len(self._kept) >= self.limit:
            self._kept = [_mean(self._kept[i : i + 2]) for i in range(0, len(self._kept), 2)]
            self._stride *= 2
        self._pending.append((step, value))
        if len(self._pending) >= self._stride:
            self._kept.append(_mean(self._pending))
            self._pending.clear()

    def points(self) -> Points:
        """Return (step, value) pairs, at most `limit`."""
        return tuple(self._kept)


def _mean(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    found = list(points)
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


@dataclass(frozen=True)
class Evaluation:
    """What one evaluation told: losses, and what the model wrote after the probe."""

    step: int
    train_loss: float | None
    val_loss: float | None
    sample: str


@dataclass(frozen=True)
class Snapshot:
    """A job at one moment; `place` is its place in the queue, from 1.

    `end` says how it ended: steps, early_stop, time, stopped, abandoned, or what went wrong
    (non_finite_loss, disk_full, memory, killed, refused, crashed).
    """

    state: State
    place: int = 0
    stopping: bool = False
    end: str = ""
    message: str = ""
    unsaved: bool = False
    start: Event = field(default_factory=dict)
    step: Event = field(default_factory=dict)
    probe: Event | None = None
    probe_step: int = 0
    train: Points = ()
    val: Points = ()
    evaluations: tuple[Evaluation, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the run broke off; a run that was stopped or ran out of time did not."""
        return self.end in ("non_finite_loss", "disk_full", "memory", "killed", "refused", "crashed")


class Record:
    """Takes in the events of one run, one after another, and gives a snapshot at any time."""

    def __init__(self) -> None:
        self._now = Snapshot("running")
        self._train, self._val = Curve(), Curve()
        self._evaluations: list[Evaluation] = []
        self._last: Event = NO_EVENT

    def take(self, event: Event) -> None:
        """Take in an event."""
        self._last = event
        kind = event["event"]
        if kind == "start":
            self._now = replace(self._now, start=event)
        elif kind == "step":
            self._train.add(event["step"], event["train_loss"])
            self._now = replace(self._now, step=event)
        elif kind == "eval":
            self._evaluate(event)
        elif kind == "failed" and event["cause"] == "disk_full":  # training goes on, but nothing is kept
            self._now = replace(self._now, unsaved=True)
        elif kind == "checkpoint":
            self._now = replace(self._now, unsaved=False)

    def _evaluate(self, event: Event) -> None:
        self._val.add(event["step"], event["val_loss"])
        told = Evaluation(event["step"], event["train_loss"], event["val_loss"], event["sample"])
        self._evaluations.append(told)
        if len(self._evaluations) > SAMPLES:  # keep the first and the last, and every other one between
            self._evaluations = self._evaluations[0:-1:2] + self._evaluations[-1:]
        self._now = replace(self._now, probe=event["probe"], probe_step=event["step"])

    def ended(self, status: int, said: str, *, asked: str = "") -> str:
        """Return how a run ended, from its exit status, its last words, and why it was asked to stop."""
        last = self._last
        if last.get("event") == "done":
            return asked if asked and last["reason"] == "stopped" else last["reason"]
        if last.get("event") == "failed":
            return last["cause"]
        if asked:
            return asked
        if status == 2:
            return "refused"
        if "MemoryError" in said or "not enough memory" in said or "can't allocate" in said:
            return "memory"
        return "killed" if status < 0 else "crashed"

    def snapshot(self, **known: object) -> Snapshot:
        """Return the run as it stands, with what its job knows besides: state, stopping, end, message."""
        return replace(
            self._now,
            train=self._train.points(),
            val=self._val.points(),
            evaluations=tuple(self._evaluations),
            **known,
        )  # type: ignore[arg-type]

    @property
    def started(self) -> bool:
        """Whether the run has begun to train, and will save if it is asked to stop."""
        return bool(self._now.start)
