"""Training jobs: each is the command line as a child process, read by a thread; one slot, a queue, leases.

A child never outlives its server: it watches its standard input, which ends with us. Nobody reads a job for a
minute: it is stopped, so that it saves. A job is known by its token alone.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.checkpoint import BEST, LAST
from train.snapshot import Record, Snapshot

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "train")
POLITENESS = 10  # nice; predictions of other readers go first
LAST_WORDS = 2_000  # bytes of a child's standard error that are read when it ends badly
STOPPING_SECONDS = 15  # for a child that was asked to stop; then it is told
CLOSING_SECONDS = 4.0  # for all children together, when the server ends


@dataclass(frozen=True)
class Limits:
    """What the server allows; `seconds` None leaves a run as long as it takes."""

    slots: int = 1
    waiting: int = 40
    seconds: float | None = 90.0
    lease: float = 60.0
    kept: float = 3600.0
    free_bytes: int = 500_000_000


class JobError(ValueError):
    """A job that cannot be taken or found; says why in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


@dataclass
class Job:
    """One training: its folder, its child while it has one, and what it has told so far."""

    token: str
    owner: str
    folder: Path
    options: tuple[str, ...]
    seen: float
    record: Record = field(default_factory=Record)
    child: subprocess.Popen[bytes] | None = None
    asked: str = ""  # why it was asked to stop
    asked_at: float = 0.0
    end: str = ""
    message: str = ""
    ended_at: float = 0.0


class Jobs:
    """All jobs of a server; use it as a context, and no child is left behind."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        command: Sequence[str] = COMMAND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits or Limits()
        self._command = tuple(command)
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._closed = False
        self._changed = threading.Condition()
        self._folder = Path(tempfile.mkdtemp(prefix="next-token-runs-"))
        threading.Thread(target=self._watch, name="jobs", daemon=True).start()

    def __enter__(self) -> Jobs:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, text: str, options: Sequence[str], owner: str) -> str:
        """Queue a text with the options of `python -m train`; return the job's token. Raises JobError."""
        with self._changed:
            self._admit(owner)
            token = secrets.token_urlsafe(16)
            folder = self._folder / secrets.token_hex(8)  # not the token, which is a secret
            job = Job(token, owner, folder, tuple(options), self._clock())
            try:
                folder.mkdir(mode=0o700)
                (folder / "text.txt").write_text(text, encoding="utf-8")
            except OSError as error:
                raise disk_full() from error
            self._jobs[token] = job
            self._waiting.append(job)
            self._start_waiting()
            self._changed.notify_all()
        return token

    def _admit(self, owner: str) -> None:
        if self._closed:
            raise JobError(
                "服务器正在关闭，请过一会儿再来。",
                "The server is shutting down; please come back in a while.",
            )
        if any(job.owner == owner for job in (*self._waiting, *self._running)):
            raise JobError(
                "你已经有一次训练在进行（或在排队）。请等它结束，或者先把它停下。",
                "You already have a training running or waiting. Let it finish, or stop it first.",
            )
        if len(self._running) >= self.limits.slots and len(self._waiting) >= self.limits.waiting:
            raise JobError(
                f"现在排队的人太多了（{len(self._waiting)} 个）。请过几分钟再试，你写的内容还在。",
                f"Too many are waiting right now ({len(self._waiting)}). Please try again in a few minutes;"
                " nothing was lost.",
            )
        if shutil.disk_usage(self._folder).free < self.limits.free_bytes:
            raise disk_full()

    def snapshot(self, token: str) -> Snapshot:
        """Return a job as it stands, and renew its lease. Raises JobError for a token that names none."""
        with self._changed:
            job = self._find(token)
            job.seen = self._clock()
            if job.end:
                return job.record.snapshot(state="ended", end=job.end, message=job.message)
            if job in self._waiting:
                return Snapshot("waiting", place=self._waiting.index(job) + 1)
            return job.record.snapshot(state="running", stopping=bool(job.asked))

    def stop(self, token: str, why: str = "stopped") -> None:
        """Ask a job to stop: it saves what it has; one that waits just leaves the queue. Raises JobError."""
        with self._changed:
            self._ask(self._find(token), why)
            self._changed.notify_all()

    def model_path(self, token: str) -> Path | None:
        """Return the file of a job's model, or None if it has none (yet); its folder is kept on for that.

        It is the model as it was last seen, or the best one before training went wrong. Raises JobError.
        """
        with self._changed:
            job = self._find(token)
            job.ended_at = max(job.ended_at, self._clock()) if job.end else job.ended_at
            names = (BEST,) if job.end == "non_finite_loss" else (LAST, BEST)
            return next((job.folder / name for name in names if (job.folder / name).exists()), None)

    def close(self) -> None:
        """Stop all children, wait a few seconds for them to save, and remove all folders."""
        with self._changed:
            self._closed = True
            children = [job.child for job in self._running if job.child]
            for job in (*self._waiting, *self._running):
                self._ask(job, "stopped")
            self._changed.notify_all()
        deadline = time.monotonic() + CLOSING_SECONDS
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _find(self, token: str) -> Job:
        job = self._jobs.get(token)
        if job is None:
            raise JobError(
                "找不到这次训练：它可能太久没人看，已经清理掉了。请再开始一次。",
                "This training is no longer here; it was probably cleaned up. Please start again.",
            )
        return job

    def _ask(self, job: Job, why: str) -> None:
        if job in self._waiting:
            self._waiting.remove(job)
            self._end(job, why, "")
        elif job in self._running and job.child and not job.asked:
            job.asked, job.asked_at = why, self._clock()
            close_quietly(job.child)
            if not job.record.started:  # nothing to save yet: it need not even finish loading
                job.child.terminate()

    def _end(self, job: Job, end: str, message: str) -> None:
        job.end, job.message, job.ended_at = end, message, self._clock()
        (job.folder / "text.txt").unlink(missing_ok=True)  # what a pupil wrote is not kept

    def _start_waiting(self) -> None:
        while self._waiting and len(self._running) < self.limits.slots and not self._closed:
            job = self._waiting.pop(0)
            try:
                job.child = self._spawn(job)
            except OSError as error:
                self._end(job, "crashed", str(error))
                continue
            self._running.append(job)
            threading.Thread(target=self._read, args=(job, job.child), name="job", daemon=True).start()

    def _spawn(self, job: Job) -> subprocess.Popen[bytes]:
        cap = [] if self.limits.seconds is None else ["--max-seconds", str(self.limits.seconds)]
        fixed = ["--out", str(job.folder), "--json", "--watch-stdin", "--threads", "1", *cap]
        with open(job.folder / "stderr.txt", "wb") as said:
            child = subprocess.Popen(
                [*self._command, str(job.folder / "text.txt"), *fixed, *job.options],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
                env={**os.environ, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}, start_new_session=True,
            )  # fmt: skip
        if hasattr(os, "setpriority"):  # threads that the child starts later inherit it
            os.setpriority(os.PRIO_PROCESS, child.pid, POLITENESS)
        return child

    def _read(self, job: Job, child: subprocess.Popen[bytes]) -> None:
        with child.stdout as told:  # type: ignore[union-attr]
            for line in told:
                try:
                    event = json.loads(line)
                except ValueError:  # half a line of a child that was killed
                    continue
                with self._changed:
                    job.record.take(event)
        status = child.wait()
        close_quietly(child)
        said = last_words(job.folder / "stderr.txt")
        with self._changed:
            self._running.remove(job)
            self._end(job, job.record.ended(status, said, asked=job.asked), said)
            self._start_waiting()
            self._changed.notify_all()

    def _watch(self) -> None:
        """Keep the house: end leases, make sure of children that will not stop, remove what is too old."""
        with self._changed:
            while not self._closed:
                self._sweep(self._clock())
                busy = self._running or self._waiting
                self._changed.wait(1.0 if busy else 60.0 if self._jobs else None)

    def _sweep(self, now: float) -> None:
        for job in (*self._waiting, *self._running):
            if now - job.seen > self.limits.lease:
                self._ask(job, "abandoned")
            if job.asked and job.child and now - job.asked_at > STOPPING_SECONDS:
                job.child.kill()
        for job in list(self._jobs.values()):
            if job.end and now - max(job.ended_at, job.seen) > self.limits.kept:
                shutil.rmtree(job.folder, ignore_errors=True)
                del self._jobs[job.token]
        self._start_waiting()


def close_quietly(child: subprocess.Popen[bytes]) -> None:
    """End a child's standard input, which asks it to stop."""
    try:
        if child.stdin:
            child.stdin.close()
    except OSError:  # it is gone already
        pass


def last_words(path: Path) -> str:
    """Return the end of what a child wrote to its standard error."""
    try:
        return path.read_bytes()[-LAST_WORDS:].decode("utf-8", "replace").strip()
    except OSError:
        return ""


def disk_full() -> JobError:
    """Return the error for a server without room."""
    return JobError(
        "服务器的磁盘快满了，现在不能开始新的训练。请告诉管理员。",
        "The server is almost out of disk space, so no training can start. Please tell whoever runs it.",
    )
