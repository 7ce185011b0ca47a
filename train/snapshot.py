"""A run as far as it has told, in bounded room however long it goes on: curves, bars, samples, its end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from train.events import Event

CURVE_POINTS = 300
SAMPLES = 40  # evaluations that are kept; a run in the page has about twenty
CHANGES = 100  # of the learning rate that are remembered
NO_EVENT: Event = {}
NO_MEMORY = ("MemoryError", "not enough memory", "can't allocate", "annot allocate memory", "bad_alloc")

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

    def rewind(self, step: float) -> None:
        """Forget what came after a step: a resumed run lives through it again."""
        self._kept = [point for point in self._kept if point[0] <= step]
        self._pending = [point for point in self._pending if point[0] <= step]

    def points(self) -> Points:
        """Return (step, value) pairs, at most `limit`."""
        return tuple(self._kept)


def _mean(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    found = list(points)
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


@dataclass(frozen=True)
class Evaluation:
    """What one evaluation told: losses, bars, what the model wrote, the next exercises, the map of tokens."""

    step: int
    train_loss: float | None
    val_loss: float | None
    sample: str = ""
    written: bytes = b""
    best: bool = False
    probe: Event | None = None
    batch: tuple[Event, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    share: float | None = None  # of the tokens' differences, that the two axes of the map hold
    links: tuple[tuple[float, ...], ...] = ()  # pairs of tokens whose vectors point the same way, cosine


@dataclass(frozen=True)
class Snapshot:
    """A job at one moment; `place` is its place in the queue, from 1.

    `end` says how it ended: steps, early_stop, time, stopped, abandoned, or what went wrong
    (non_finite_loss, disk_full, memory, killed, refused, crashed).
    """

    state: State
    place: int = 0
    wait: float | None = None  # seconds until its turn, about
    stopping: bool = False
    end: str = ""
    message: str = ""
    unsaved: bool = False
    paused: bool = False
    pause_left: float = 0.0  # seconds, when the pause began
    pause_over: bool = False  # the last pause ended by itself
    resumed: int = 0  # how often it was killed and went on
    changes: Points = ()  # (step, factor) of the learning rate
    best_step: int | None = None  # the evaluation with the lowest validation loss
    final_map: bool = False  # all maps are in the axes of the last one
    start: Event = field(default_factory=dict)
    step: Event = field(default_factory=dict)
    done: Event = field(default_factory=dict)
    probe: Event | None = None
    probe_step: int = 0
    train: Points = ()
    val: Points = ()
    evaluations: tuple[Evaluation, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the run broke off; a run that was stopped or ran out of time did not."""
        return self.end in ("non_finite_loss", "disk_full", "memory", "killed", "refused", "crashed")


def _evaluation(event: Event) -> Evaluation:
    seen = event.get("map") or {}
    return Evaluation(
        event["step"], event["train_loss"], event["val_loss"], event["sample"],
        bytes.fromhex(event.get("written", "")), event["best"], event["probe"],
        tuple(event.get("batch", ())), _pairs(seen.get("points", ())), seen.get("share"),
        tuple(tuple(one) for one in seen.get("links", ())),
    )  # fmt: skip


def _pairs(points: Iterable[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x, y in points)


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
            self._begin(event)
        elif kind == "step":
            self._train.add(event["step"], event["train_loss"])
            self._now = replace(self._now, step=event)
        elif kind == "eval":
            self._evaluate(event)
        elif kind == "failed" and event["cause"] == "disk_full":  # training goes on, but nothing is kept
            self._now = replace(self._now, unsaved=True)
        elif kind == "checkpoint":
            self._now = replace(self._now, unsaved=False)
        elif kind == "lr":
            change = (event["step"], event["factor"])
            self._now = replace(self._now, changes=(*self._now.changes, change)[-CHANGES:])
        elif kind == "paused":
            self._now = replace(self._now, paused=True, pause_left=event["seconds_left"], pause_over=False)
        elif kind == "resumed":
            self._now = replace(self._now, paused=False, pause_over=not event["asked"])
        elif kind == "map":
            self._arrange(event["points"])
        elif kind == "done":
            self._now = replace(self._now, done=event)

    def _begin(self, event: Event) -> None:
        """A run begins, or goes on from a checkpoint: what came after that is lived through again."""
        if self._now.start:
            step = event["step"] if event["step"] else -1  # from the very beginning it looks again as well
            self._train.rewind(step)
            self._val.rewind(step)
            self._evaluations = [one for one in self._evaluations if one.step <= step]
            changes = tuple(one for one in self._now.changes if one[0] <= step)
            self._now = replace(self._now, resumed=self._now.resumed + 1, changes=changes, paused=False)
        self._now = replace(self._now, start=event)

    def _arrange(self, maps: Event) -> None:
        """All maps, in the axes of the last."""
        self._evaluations = [
            replace(one, points=_pairs(maps[str(one.step)])) if str(one.step) in maps else one
            for one in self._evaluations
        ]
        self._now = replace(self._now, final_map=True)

    def _evaluate(self, event: Event) -> None:
        self._val.add(event["step"], event["val_loss"])
        told = _evaluation(event)
        self._evaluations.append(told)
        if len(self._evaluations) > SAMPLES:  # keep the first and the last, and every other one between
            self._evaluations = self._evaluations[0:-1:2] + self._evaluations[-1:]
        best = event["step"] if event["best"] else self._now.best_step
        self._now = replace(self._now, probe=event["probe"], probe_step=event["step"], best_step=best)

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
        if any(words in said for words in NO_MEMORY):
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
    def seconds_left(self) -> float | None:
        """How long the run itself expects to take from here on; None if it has not begun to step."""
        step, cap = self._now.step, self._now.start.get("config", {}).get("max_seconds")
        left = step.get("seconds_left")
        return left if left is None or cap is None else max(0.0, min(left, cap - step["seconds"]))

    @property
    def started(self) -> bool:
        """Whether the run has begun to train, and will save if it is asked to stop."""
        return bool(self._now.start)
