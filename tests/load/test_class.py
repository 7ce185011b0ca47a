"""A class at work: everybody predicts all the time, while everybody wants to train as well (L3).

`python -m pytest -m load -s tests/load/test_class.py` prints the figures; `-k ten` is the one to publish.
"""

from __future__ import annotations

import json
import random
import secrets
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.load_client import Visitor, handlers, predict, resident_mb, server_of, workers_of
from train.jobs import Limits

LESSON, SIZE = "moods", "small"
EVERY = 2.0  # seconds from one prediction of a pupil to the next
ALIVE = 15.0  # seconds after which a page says again that somebody looks
TEXTS = ("周一上班真的很", "太阳从东边", "从前有一只小", "The capital of Indonesia is", "Once upon a time")

if not Path("/proc/self/stat").exists():
    pytest.skip("processes are counted by /proc, which is not here", allow_module_level=True)


@dataclass
class Training:
    """What became of one pupil's order; times in seconds of the machine's clock."""

    ordered: float
    refused: str = ""
    waits: list[tuple[float, float]] = field(default_factory=list)  # when, and the wait that was shown
    started: float = 0.0
    end: str = ""


class Class:
    """Pupils who predict every two seconds and train once, until the bell rings."""

    def __init__(self, url: str, seconds: float, settings: dict[str, object]) -> None:
        self.url, self.settings, self.known = url, settings, handlers(url)
        self.bell = time.monotonic() + seconds
        self.took: list[float] = []
        self.errors: list[str] = []
        self.trainings: list[Training] = []

    def predicting(self, number: int) -> None:
        """One pupil at the playground, who clicks on even if the last answer has only just come."""
        due = time.monotonic() + random.uniform(0, EVERY)
        session, count = secrets.token_hex(8), 0
        while due < self.bell:
            time.sleep(max(0.0, due - time.monotonic()))
            begin, count = time.monotonic(), count + 1
            try:
                rows = predict(self.url, f"{TEXTS[number % len(TEXTS)]}{number}{count}", session)["top"]
                self.took.append(time.monotonic() - begin)
                assert len(rows) == 10
            except Exception as error:
                self.errors.append(repr(error))
            due = max(due + EVERY, time.monotonic())

    def training(self) -> None:
        """The same pupil in another part of the page: orders a training and follows it."""
        page, told = Visitor(self.url, self.known), Training(time.monotonic())
        self.trainings.append(told)
        try:
            order = page.order(LESSON, SIZE, settings=self.settings)
            if order.refusal is not None:
                told.refused = order.refusal["en"]
                return
            self.follow(page, order.token, told)
        except Exception as error:
            self.errors.append(repr(error))

    def follow(self, page: Visitor, token: str, told: Training) -> None:
        """Watch a run as the page does; when the bell rings, leave the queue or stop it."""
        alive, left = time.monotonic(), False
        for card in page.follow(token):
            now = time.monotonic()
            if card["state"] == "waiting":
                told.waits.append((now, card["wait"]))
            elif not told.started and card["state"] == "running":
                told.started = now
            told.end = card["end"]
            if now - alive > ALIVE:
                page.alive(token)
                alive = now
            if now > self.bell and not left:
                left = bool(page.send("stop", {"token": token}))


def at_once(*works: tuple) -> None:
    """Do all of this at the same time, and return when all is done."""
    threads = [threading.Thread(target=work, args=args, daemon=True) for work, *args in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else max(values)


def wrong_by(training: Training) -> list[float]:
    """How far off the waits shown were, as shares of the real ones; the last seconds tell nothing."""
    real = ((told, training.started - at) for at, told in training.waits if training.started)
    return [told / left - 1 for told, left in real if left > 5]


def figures(room: Class, workers: int, memory: tuple[float, float]) -> dict[str, object]:
    first = [off[0] for off in map(wrong_by, room.trainings) if off]
    every = [off for one in room.trainings for off in wrong_by(one)]
    ends = Counter(one.end or ("refused" if one.refused else "none") for one in room.trainings)
    return {
        "predictions": len(room.took),
        "p50 s": round(statistics.median(room.took), 3),
        "p95 s": round(p95(room.took), 3),
        "max s": round(max(room.took), 3),
        "errors": len(room.errors),
        "most workers at once": workers,
        "trainings": dict(ends),
        "first wait shown is off by, median": round(statistics.median(first), 2) if first else None,
        "first wait shown is off by, p95 of its size": round(p95([abs(x) for x in first]), 2)
        if first
        else None,
        "any wait shown is off by, p95 of its size": round(p95([abs(x) for x in every]), 2)
        if every
        else None,
        "server memory before and after, MB": [round(one) for one in memory],
    }


def hold(url: str, pupils: int, trainings: int, seconds: float, settings: dict[str, object]) -> tuple:
    """Let a class work; return it, the most workers that were seen at once, and the server's memory."""
    server, most, done = server_of(url), 0, threading.Event()
    before = resident_mb(server)
    room = Class(url, seconds, settings)

    def count() -> None:
        nonlocal most
        while not done.wait(0.3):
            most = max(most, len(workers_of(server)))

    counter = threading.Thread(target=count, daemon=True)
    counter.start()
    at_once(*((room.predicting, i) for i in range(pupils)), *((room.training,) for _ in range(trainings)))
    done.set()
    counter.join()
    return room, most, (before, resident_mb(server))


LENGTHS = [
    pytest.param(3, 3, 30, {"steps": 5}, id="a moment"),
    pytest.param(30, 30, 120, {"steps": 20}, id="two minutes", marks=pytest.mark.load),
    pytest.param(30, 30, 600, {}, id="ten minutes", marks=pytest.mark.load),
]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("pupils, trainings, seconds, settings", LENGTHS)
def test_a_class_predicts_while_it_trains(app_url, request, pupils, trainings, seconds, settings):
    room, most, memory = hold(app_url, pupils, trainings, seconds, settings)
    told = figures(room, most, memory)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    assert room.errors == []
    assert 1 <= most <= Limits().slots
    assert len(room.trainings) == trainings and all(one.end or one.refused for one in room.trainings)
    assert not workers_of(server_of(app_url))
    if request.node.get_closest_marker("load"):  # a machine that tests do not share with others
        assert p95(room.took) < 1.5
