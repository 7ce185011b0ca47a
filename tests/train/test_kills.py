"""SIGKILL at any moment: no file is half written, and the run goes on to the same weights, bit for bit."""

from __future__ import annotations

import json
import random
import signal
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe, get_all_start_methods
from pathlib import Path

import pytest
import torch
from torch import Tensor

from model.checkpoint import BEST, LAST, RESUME, VOCABULARY, load, read_tensors
from model.tokenizer import save_ranks
from tests.killed import POINTS, SAVING, ended, start, work, work_and_die
from tests.tiny import bytes_tokenizer
from train.jobs import Jobs, Limits

if "forkserver" not in get_all_start_methods():
    pytest.skip("no fork and no SIGKILL here", allow_module_level=True)

pytestmark = pytest.mark.slow
FILES = (BEST, LAST, RESUME)
WRITES = 26  # that a run of 12 steps makes at least


def tell(**figures: int) -> None:
    """Say what was counted; `pytest -s` shows it."""
    sys.stdout.write(json.dumps(figures) + "\n")


def folder(path: Path) -> Path:
    """A run's folder with the vocabulary that its models need."""
    path.mkdir()
    save_ranks(bytes_tokenizer().ranks, path / VOCABULARY)
    return path


def weights(out: Path) -> dict[str, dict[str, Tensor]]:
    """All tensors of all files of a run, each file read as its readers do: 0 of them may be unreadable."""
    for name in (BEST, LAST):
        if (out / name).exists():
            load(out / name)
    return {name: read_tensors(out / name)[0] for name in FILES if (out / name).exists()}


def same(one: dict[str, dict[str, Tensor]], other: dict[str, dict[str, Tensor]]) -> bool:
    """Whether the same files hold the same tensors, bit for bit."""
    flat, expected = (
        {(file, name): tensor for file, tensors in files.items() for name, tensor in tensors.items()}
        for files in (one, other)
    )
    return flat.keys() == expected.keys() and all(torch.equal(flat[key], expected[key]) for key in flat)


def goes_on(out: Path, unbroken: dict[str, dict[str, Tensor]]) -> bool:
    """Whether a killed run, let be, ends as the unbroken one did and leaves nothing half written."""
    return ended(start(work, out)) == 0 and same(weights(out), unbroken) and not list(out.glob("*.part"))


@pytest.fixture
def unbroken(tmp_path):
    out = folder(tmp_path / "unbroken")
    assert ended(start(work, out)) == 0
    assert set(weights(out)) == set(FILES)
    return weights(out)


def killed_at_random(out: Path, dice: random.Random) -> bool:
    """Kill a training at some step, some moment into it; False if it was done before."""
    pulse, beat = Pipe(duplex=False)
    child = start(work, out, beat)
    beat.close()
    with suppress(EOFError):
        for _ in range(dice.randrange(SAVING.steps or 0)):
            pulse.recv_bytes()
    time.sleep(dice.uniform(0, 0.03))
    child.kill()
    pulse.close()
    return ended(child) == signal.SIGKILL


@pytest.mark.parametrize("times", [4, pytest.param(100, marks=[pytest.mark.long, pytest.mark.timeout(1800)])])
def test_killed_at_any_step_it_ends_with_the_same_weights(tmp_path, unbroken, times):
    """F1. A run may be killed again while it goes on."""
    dice, kills, read, runs = random.Random(times), 0, 0, 0
    while kills < times:
        out = folder(tmp_path / f"run {runs}")
        runs += 1
        for _ in range(dice.randint(1, 3)):
            kills += killed_at_random(out, dice)
            read += len(weights(out))
        assert goes_on(out, unbroken), runs
    tell(kills=kills, runs_with_the_same_end=runs, files_read=read)


@pytest.mark.parametrize("times", [9, pytest.param(54, marks=[pytest.mark.long, pytest.mark.timeout(1800)])])
def test_killed_while_it_saves_it_leaves_whole_files(tmp_path, unbroken, times):
    """F2. Every point of a save, at some save of the run."""
    dice, read = random.Random(times), 0
    for i in range(times):
        out, number = folder(tmp_path / str(i)), dice.randint(1, WRITES)
        assert ended(start(work_and_die, out, POINTS[i % len(POINTS)], number)) == signal.SIGKILL
        read += len(weights(out))
        assert goes_on(out, unbroken), (POINTS[i % len(POINTS)], number)
    assert read > times  # most kills came when there were files to be spoilt
    tell(kills_while_saving=times, files_read=read, unreadable=0)


TEXT = "\n\n".join(f"第{i}天，太阳从东边升起，从西边落下。" for i in range(80))
OPTIONS = "--n-layer=1 --n-head=2 --n-embd=8 --block-size=8 --batch-size=4 --dropout=0.2 --steps=150"
OPTIONS += " --vocab-size=300 --eval-every=30 --checkpoint-seconds=0 --precision=float32 --sample-tokens=0"


def job(jobs: Jobs, dice: random.Random | None, owner: str) -> tuple[int, int, dict[str, dict[str, Tensor]]]:
    """Run a job to its end, its worker killed now and then: kills, resumptions seen, and what it left."""
    token, kills, seen = jobs.submit(TEXT, OPTIONS.split(), owner), 0, 0
    while (now := jobs.snapshot(token)).state != "ended":
        at = now.step.get("step", 0)
        if dice and kills < 10 and now.resumed == kills and at > seen and at < 140:
            time.sleep(dice.uniform(0, 0.1))
            child = jobs._jobs[token].child
            if child and child.poll() is None:
                child.send_signal(signal.SIGKILL)
                child.wait()
                kills += child.returncode == -signal.SIGKILL
            seen = at + dice.randint(0, 12)
        time.sleep(0.005)
    assert now.end == "steps", now
    return kills, now.resumed, weights(jobs._jobs[token].folder)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("times", [5, 100])
def test_a_worker_that_is_killed_is_started_again_and_ends_with_the_same_weights(times):
    """F1 through the server's own jobs, each worker the real command."""
    dice, kills, resumed, runs = random.Random(times), 0, 0, 0
    with Jobs(Limits(seconds=None, restarts=10)) as jobs:
        _, _, expected = job(jobs, None, "unbroken")
        while kills < times:
            runs += 1
            more, again, left = job(jobs, dice, f"owner {runs}")
            assert same(left, expected), runs
            kills, resumed = kills + more, resumed + again
    tell(workers_killed=kills, started_again=resumed, runs_with_the_same_end=runs)
    assert resumed >= kills > 0
