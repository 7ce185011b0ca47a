"""One training of a server: its folder, its child process, and the model that it leaves."""

from __future__ import annotations

import secrets
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from model.checkpoint import BEST, LAST
from train.snapshot import Record


@dataclass
class Job:
    """One training: its folder, its child while it has one, and what it has told so far."""

    token: str
    owner: str
    folder: Path
    options: tuple[str, ...]
    expected: float  # seconds from the child's start to its end
    seen: float
    record: Record = field(default_factory=Record)
    watch: str = field(default_factory=lambda: secrets.token_urlsafe(16))  # lets one look, nothing else
    started_at: float = 0.0
    restarts: int = 0
    commands: int = 0
    child: subprocess.Popen[bytes] | None = None
    asked: str = ""  # why it was asked to stop
    asked_at: float = 0.0
    end: str = ""
    message: str = ""
    ended_at: float = 0.0


def model_file(job: Job) -> Path | None:
    """Return the file of a job's model: the best one where what came after it went wrong, else the last."""
    names = {"non_finite_loss": (BEST,), "early_stop": (BEST, LAST)}.get(job.end, (LAST, BEST))
    return next((job.folder / name for name in names if (job.folder / name).exists()), None)
