"""Training jobs: each is the command line as a child process, read by a thread; one slot, a queue, leases.

A child never outlives its server: it watches its standard input, which ends with us. Nobody reads a job for a
minute: it is stopped, so that it saves. A child that is killed goes on from what it saved. A job is known by
its token alone; a second token only lets one look.
"""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.checkpoint import RESUME
from train import child as child_process
from train.child import TEXT
from train.control import Command
from train.folders import RunsFolder
from train.job import Job, model_file
from train.snapshot import Snapshot
from train.waiting import Waiting

COMMAND = (sys.executable, "-m", "train")
STOPPING_SECONDS = 15  # for a child that was asked to stop; then it is told
CLOSING_SECONDS = 4.0  # for all children together, when the server ends
MOST_COMMANDS = 200  # that one run takes; more than a hand gives
TYPICAL = 60.0  # seconds of a run of which nothing is known


@dataclass(frozen=True)
class Limits:
    """What the server allows; `seconds` None leaves a run as long as it takes."""

    slots: int = 1
    waiting: int = 40
    seconds: float | None = 90.0
    lease: float = 60.0
    kept: float = 3600.0
    free_bytes: int = 500_000_000
    memory_mb: int | None = 1500
    restarts: int = 2  # of a child that was killed


class JobError(ValueError):
    """A job that cannot be taken or found; says why in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


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
        self._watched: dict[str, Job] = {}
        self._turns = Waiting()
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._closed = False
        self._changed = threading.Condition()
        self._runs = RunsFolder()
        self._folder = self._runs.path
        threading.Thread(target=self._watch, name="jobs", daemon=True).start()

    def __enter__(self) -> Jobs:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, text: str, options: Sequence[str], owner: str, *, expected: float | None = None) -> str:
        """Queue a text with the options of `python -m train`; return the job's token. Raises JobError.

        `expected` is how many seconds it should take, from the child's start to its end.
        """
        with self._changed:
            self._admit(owner)
            token = secrets.token_urlsafe(16)
            folder = self._folder / secrets.token_hex(8)  # not the token, which is a secret
            expected = expected or min(TYPICAL, self.limits.seconds or TYPICAL)
            job = Job(token, owner, folder, tuple(options), expected, self._clock())
            try:
                folder.mkdir(mode=0o700)
                (folder / TEXT).write_text(text, encoding="utf-8")
            except OSError as error:
                raise disk_full() from error
            self._jobs[token] = job
            self._watched[job.watch] = job
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

    def snapshot(self, token: str, *, renew: bool = True) -> Snapshot:
        """Return a job as it stands, and renew its lease; either token will do. Raises JobError."""
        with self._changed:
            job = self._watched.get(token) or self._find(token)
            job.seen = self._clock() if renew else job.seen
            if job.end:
                return job.record.snapshot(state="ended", end=job.end, message=job.message)
            if job in self._waiting:
                place = self._waiting.index(job) + 1
                return Snapshot("waiting", place=place, wait=self._wait(place))
            return job.record.snapshot(state="running", stopping=bool(job.asked))

    def until_ended(self, token: str, poll: float = 0.1) -> Snapshot:
        """Wait for a job to end, looking (and renewing its lease) every `poll` seconds. Raises JobError."""
        while (now := self.snapshot(token)).state != "ended":
            time.sleep(poll)
        return now

    def watch_token(self, token: str) -> str:
        """Return the token by which others may look at a job; "" if this one is such. Raises JobError."""
        with self._changed:
            return "" if token in self._watched else self._find(token).watch

    def command(self, token: str, command: Command) -> None:
        """Tell a run that goes on to pause, to resume, or to change its learning rate. Raises JobError."""
        with self._changed:
            job = self._find(token)
            ready = job in self._running and job.record.started and not job.asked
            if ready and job.child and job.commands < MOST_COMMANDS:
                job.commands += 1
                child_process.tell(job.child, command)

    def _wait(self, place: int) -> float:
        now = self._clock()
        running = [(now - job.started_at, job.record.seconds_left, job.expected) for job in self._running]
        return self._turns.until_turn(running, [job.expected for job in self._waiting[: place - 1]])

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
            return model_file(job)

    def text(self, token: str) -> str:
        """Return what a job trains on, for as long as its folder is kept. Raises JobError, OSError."""
        with self._changed:
            path = self._find(token).folder / TEXT
        return path.read_text(encoding="utf-8")

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
        self._runs.remove()

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
            child_process.close_quietly(job.child)
            if not job.record.started:  # nothing to save yet: it need not even finish loading
                job.child.terminate()

    def _end(self, job: Job, end: str, message: str) -> None:
        job.end, job.message, job.ended_at = end, message, self._clock()
        if job.started_at:
            self._turns.took(job.ended_at - job.started_at, job.expected)
        if model_file(job) is None:  # nobody can ask this run for anything: what a pupil wrote is not kept
            (job.folder / TEXT).unlink(missing_ok=True)

    def _start_waiting(self) -> None:
        while self._waiting and len(self._running) < self.limits.slots and not self._closed:
            job = self._waiting.pop(0)
            try:
                job.child = self._spawn(job)
            except OSError as error:
                self._end(job, "crashed", str(error))
                continue
            job.started_at = self._clock()
            self._running.append(job)
            threading.Thread(target=self._read, args=(job, job.child), name="job", daemon=True).start()

    def _spawn(self, job: Job, *more: str) -> subprocess.Popen[bytes]:
        limits = self.limits
        caps = [] if limits.seconds is None else ["--max-seconds", str(limits.seconds)]
        caps += [] if limits.memory_mb is None else ["--memory-mb", str(limits.memory_mb)]
        return child_process.start(self._command, job.folder, [*caps, *more, *job.options])

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
        child_process.close_quietly(child)
        said = child_process.last_words(job.folder)
        with self._changed:
            end = job.record.ended(status, said, asked=job.asked)
            if end == "killed" and self._goes_on(job):
                return
            self._running.remove(job)
            self._end(job, end, said)
            self._start_waiting()
            self._changed.notify_all()

    def _goes_on(self, job: Job) -> bool:
        """Start a child that was killed again, from what it saved; whether that was done."""
        if self._closed or job.restarts >= self.limits.restarts or not (job.folder / RESUME).exists():
            return False
        job.restarts += 1
        try:
            job.child = self._spawn(job, "--resume")
        except OSError:
            return False
        threading.Thread(target=self._read, args=(job, job.child), name="job", daemon=True).start()
        return True

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
                del self._jobs[job.token], self._watched[job.watch]
        self._start_waiting()


def disk_full() -> JobError:
    """Return the error for a server without room."""
    return JobError(
        "服务器的磁盘快满了，现在不能开始新的训练。请告诉管理员。",
        "The server is almost out of disk space, so no training can start. Please tell whoever runs it.",
    )
