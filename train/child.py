"""A job's child process: how it is started, told something, asked to stop, and what its last words were."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from train.control import Command, to_line

ROOT = Path(__file__).resolve().parent.parent
POLITENESS = 10  # nice; predictions of other readers go first
LAST_WORDS = 2_000  # bytes of a child's standard error that are read when it ends badly
WORDS = "stderr.txt"
TEXT = "text.txt"


def start(command: Sequence[str], folder: Path, options: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a training on a folder's text, on one thread and behind everyone else. Raises OSError."""
    fixed = ["--out", str(folder), "--json", "--watch-stdin", "--threads", "1"]
    with open(folder / WORDS, "wb") as said:
        child = subprocess.Popen(
            [*command, str(folder / TEXT), *fixed, *options],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            env={**os.environ, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}, start_new_session=True,
        )  # fmt: skip
    if hasattr(os, "setpriority"):  # threads that the child starts later inherit it
        os.setpriority(os.PRIO_PROCESS, child.pid, POLITENESS)
    return child


def step_back() -> None:
    """Put the calling thread behind everyone else, where a system (Linux) has priorities for threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITENESS)


def tell(child: subprocess.Popen[bytes], command: Command) -> None:
    """Send a command; a child that is just ending need not hear it."""
    try:
        if child.stdin:
            child.stdin.write(to_line(command))
            child.stdin.flush()
    except (OSError, ValueError):
        return


def close_quietly(child: subprocess.Popen[bytes]) -> None:
    """End a child's standard input, which asks it to stop."""
    try:
        if child.stdin:
            child.stdin.close()
    except OSError:  # it is gone already
        pass


def last_words(folder: Path) -> str:
    """Return the end of what a child wrote to its standard error."""
    try:
        return (folder / WORDS).read_bytes()[-LAST_WORDS:].decode("utf-8", "replace").strip()
    except OSError:
        return ""
