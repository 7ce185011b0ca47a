"""Trainings in processes of their own, to be killed: at any moment, or at a chosen point of a save.

They are forked from a server that has done nothing yet. A copy of the testing process itself would wait for
ever: torch's threads are not copied with it.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from model import checkpoint
from model.checkpoint import RESUME
from tests.tiny import CONFIG, trainer

# Everything that is saved is saved at every step; the looks between bring the best one.
SAVING = replace(CONFIG, n_layer=1, checkpoint_seconds=0.0, probe="", sample_tokens=0)
POINTS = (
    "before the write", "in the middle of the write", "after the write", "before fsync", "after fsync",
    "before replace", "after replace", "before the folder's fsync", "after the folder's fsync",
)  # fmt: skip


def servers() -> ForkServerContext:
    """What forks the children, with all that they need already imported."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.killed"])
    return context


def start(target: Callable[..., None], *args: Any) -> BaseProcess:
    """Start one of the functions below in a process of its own."""
    child = servers().Process(target=target, args=args)
    child.start()
    return child


def ended(child: BaseProcess) -> int:
    """Wait for a child; 0, or the signal that ended it. One that fails by itself fails the test."""
    child.join()
    code = child.exitcode or 0
    assert code <= 0, f"the child ended with {code}"
    return -code


def work(out: Path, beat: Connection | None = None) -> None:
    """Train, or go on training; each step is told."""
    no_waiting_for_the_disk()
    run = trainer(out, SAVING)
    if (out / RESUME).exists():
        run.resume()
    for event in run.run():
        if beat and event["event"] == "step":
            beat.send_bytes(b".")


def work_and_die(out: Path, point: str, number: int) -> None:
    """Train, and die at one point of the write with this number."""
    no_waiting_for_the_disk()
    sabotage(point, number)
    list(trainer(out, SAVING).run())


def no_waiting_for_the_disk() -> None:
    """A kill loses nothing that was written; what a power cut would do is not tested here."""
    os.fsync = lambda _: None  # type: ignore[assignment]


def sabotage(point: str, number: int) -> None:
    """Arrange that this process dies at one point of one of its writes."""
    writes = 0
    save_file, fsync, replaced = checkpoint.save_file, os.fsync, os.replace

    def die(here: str) -> None:
        if (here, number) == (point, writes):
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    def saving(tensors: object, path: Path, **more: object) -> None:
        nonlocal writes
        writes += 1
        die("before the write")
        save_file(tensors, path, **more)  # type: ignore[arg-type]
        if (point, number) == ("in the middle of the write", writes):
            os.truncate(path, path.stat().st_size // 2)
        die("in the middle of the write")
        die("after the write")

    def syncing(file: int) -> None:
        whose = "the folder's fsync" if stat.S_ISDIR(os.fstat(file).st_mode) else "fsync"
        die(f"before {whose}")
        fsync(file)
        die(f"after {whose}")

    def replacing(part: Path, path: Path) -> None:
        die("before replace")
        replaced(part, path)
        die("after replace")

    checkpoint.save_file = saving  # type: ignore[assignment]
    os.fsync, os.replace = syncing, replacing  # type: ignore[assignment]
