"""Jobs: one slot and a queue, leases, what is told of failures, and no child left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT
from train.control import Command
from train.folders import RunsFolder, clear_left_over
from train.job import Job
from train.jobs import MOST_COMMANDS, JobError, Jobs, Limits
from train.snapshot import CURVE_POINTS, SAMPLES, Curve, Record
from train.waiting import Waiting

pytestmark = pytest.mark.slow  # processes of their own

# A child that tells events like the real one: `obey` ends with its stdin, `deaf` never does.
CHILD = """
import json, os, sys, threading, time
out = sys.argv[sys.argv.index("--out") + 1]
how = sys.argv[-1]
def say(**event): print(json.dumps(event), flush=True)
if how == "refuse":
    sys.exit(sys.stderr.write("文本太短。 / The text is too short.\\n") and 2)
first = int("--resume" in sys.argv)
say(event="start", step=first, steps=9, uniform_loss=6.9, config={"max_seconds": None, "probe": ""})
say(event="eval", step=0, val_loss=6.9, train_loss=None, best=True, probe=None, sample="a")
if how == "crash": sys.exit(3)
if how == "short": say(event="step", step=1, train_loss=3.0, seconds=1.0, seconds_left=7.0)
if how == "die": os.kill(os.getpid(), 9)
if how == "nan":
    for name in ("best", "last"): open(out + f"/{name}.safetensors", "w").close()
    say(event="step", step=1, train_loss=None)
    say(event="failed", step=1, cause="non_finite_loss", message="")
    sys.exit(1)
if how == "told":
    for line in sys.stdin:
        told = json.loads(line)
        if told["do"] == "lr": say(event="lr", step=1, factor=told["factor"])
        if told["do"] == "pause": say(event="paused", step=1, seconds_left=9.0)
        if told["do"] == "resume": say(event="resumed", step=1, asked=True)
if how == "again" and "--resume" not in sys.argv:
    open(out + "/last.resume.safetensors", "w").close()
    say(event="step", step=1, train_loss=3.0)
    say(event="step", step=2, train_loss=2.0)
    os.kill(os.getpid(), 9)
if how == "always":
    open(out + "/last.resume.safetensors", "w").close()
    os.kill(os.getpid(), 9)
if how == "greedy": sys.exit(sys.stderr.write("MemoryError: std::bad_alloc\\n") and 1)
if how == "full": say(event="failed", step=0, cause="disk_full", message="")
gone = threading.Event()
if how == "told": gone.set()
if how != "deaf":
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), gone.set()), daemon=True).start()
if how in ("obey", "deaf", "short"): gone.wait(60)
open(out + "/last.safetensors", "w").close()
say(event="done", step=5, reason="stopped" if gone.is_set() else "steps", val_loss=1.0)
"""


@pytest.fixture
def child(tmp_path):
    path = tmp_path / "child.py"
    path.write_text(CHILD, encoding="utf-8")
    return (sys.executable, str(path))


@pytest.fixture
def start(child):
    opened = []

    def make(**limits) -> Jobs:
        opened.append(Jobs(Limits(**limits), command=child))
        return opened[-1]

    yield make
    for jobs in opened:
        jobs.close()


def until(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def ended(jobs: Jobs, token: str):
    until(lambda: jobs.snapshot(token).state == "ended")
    return jobs.snapshot(token)


def child_of(jobs: Jobs) -> Job:
    until(lambda: jobs._running and jobs._running[0].child)
    return jobs._running[0]


def test_a_run_ends_and_leaves_its_model_and_the_text_that_it_read(start):
    jobs = start()
    token = jobs.submit("text", ["quick"], "anna")
    now = ended(jobs, token)
    assert (now.end, now.failed) == ("steps", False)
    path = jobs.model_path(token)
    assert path is not None and path.exists() and jobs.text(token) == "text"
    with pytest.raises(JobError):
        jobs.text(jobs.watch_token(token))  # who may look on may not read it
    assert token not in str(path)


def test_one_runs_the_others_wait_in_order_and_each_session_has_one(start):
    jobs = start()
    first = jobs.submit("text", ["obey"], "anna")
    second, third = (jobs.submit("text", ["obey"], owner) for owner in ("ben", "cleo"))
    assert [jobs.snapshot(t).place for t in (second, third)] == [1, 2]
    with pytest.raises(JobError, match=r"already have .* running"):
        jobs.submit("text", ["obey"], "cleo")
    jobs.stop(second)
    assert jobs.snapshot(second).end == "stopped" and jobs.snapshot(third).place == 1
    jobs.stop(first)
    assert ended(jobs, first).end == "stopped"
    until(lambda: jobs.snapshot(third).state == "running")


def test_a_full_queue_refuses_politely(start):
    jobs = start(waiting=2)
    for owner in "abc":
        jobs.submit("text", ["obey"], owner)
    with pytest.raises(JobError, match="Too many are waiting") as error:
        jobs.submit("text", ["obey"], "d")
    assert "排队" in error.value.zh


def test_a_server_without_room_takes_no_job(start):
    with pytest.raises(JobError, match="disk space"):
        start(free_bytes=1 << 60).submit("text", ["quick"], "anna")


FAULTS = {
    "refuse": "refused", "crash": "crashed", "die": "killed", "nan": "non_finite_loss", "greedy": "memory",
    "always": "killed",
}  # fmt: skip


@pytest.mark.parametrize("how, end", FAULTS.items())
def test_failures_are_told_as_such(start, how, end):
    jobs = start()
    now = ended(jobs, jobs.submit("text", [how], "anna"))
    assert (now.end, now.failed) == (end, True)


def test_what_a_refused_text_is_told_reaches_the_learner(start):
    jobs = start()
    assert (
        ended(jobs, jobs.submit("text", ["refuse"], "anna")).message == "文本太短。 / The text is too short."
    )


def test_after_a_non_finite_loss_the_best_model_is_the_one_to_use(start):
    jobs = start()
    token = jobs.submit("text", ["nan"], "anna")
    ended(jobs, token)
    assert jobs.model_path(token).name == "best.safetensors"


def test_a_full_disk_is_told_while_training_goes_on(start):
    jobs = start()
    now = ended(jobs, jobs.submit("text", ["full"], "anna"))
    assert now.unsaved and now.end == "steps"


def test_nobody_reads_so_it_stops_and_saves(start):
    jobs = start(lease=0.3)
    token = jobs.submit("text", ["obey"], "anna")
    waiting = jobs.submit("text", ["obey"], "ben")
    pid = child_of(jobs).child.pid
    time.sleep(4)
    assert jobs.snapshot(token).end == "abandoned" and jobs.model_path(token) is not None
    assert jobs.snapshot(waiting).end == "abandoned"
    assert not alive(pid)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc").exists() else True


@pytest.mark.parametrize("how", ["obey", "deaf"])
def test_closing_ends_children_within_five_seconds_and_removes_folders(child, how):
    jobs = Jobs(command=child)
    jobs.submit("text", [how], "anna")
    job = child_of(jobs)
    until(lambda: job.record.started)
    begin = time.monotonic()
    jobs.close()
    assert time.monotonic() - begin < 5
    assert job.child.poll() is not None and not jobs._folder.exists()
    with pytest.raises(JobError):
        jobs.submit("text", [how], "anna")


def test_a_child_yields_to_everyone_else(start):
    jobs = start()
    jobs.submit("text", ["obey"], "anna")
    if not hasattr(os, "getpriority"):
        pytest.skip("no priorities here")
    assert os.getpriority(os.PRIO_PROCESS, child_of(jobs).child.pid) == 10


def test_old_runs_are_removed_and_unknown_tokens_refused(start):
    jobs = start(kept=0.2)
    token = jobs.submit("text", ["quick"], "anna")
    folder = child_of(jobs).folder
    ended(jobs, token)
    time.sleep(0.3)
    with jobs._changed:
        jobs._sweep(time.monotonic())
    assert not folder.exists()
    for wrong in (token, "", "../x"):
        with pytest.raises(JobError):
            jobs.snapshot(wrong)


def test_a_snapshot_stays_small_however_long_a_run_is():
    record = Record()
    for step in range(20_000):
        record.take({"event": "step", "step": step, "train_loss": 1 / (1 + step)})
    for step in range(0, 20_000, 10):
        told = {"val_loss": 1.0, "train_loss": 1.0, "best": False, "probe": None, "sample": "a" * 100}
        record.take({"event": "eval", "step": step, **told})
    now = record.snapshot()
    assert len(now.train) <= CURVE_POINTS and len(now.val) <= CURVE_POINTS
    assert len(now.evaluations) <= SAMPLES + 1
    assert now.evaluations[0].step == 0 and now.evaluations[-1].step == 19_990


def test_a_curve_leaves_gaps_where_there_is_no_number():
    curve = Curve()
    for value in (1.0, None, float("nan"), float("inf"), 2.0):
        curve.add(1, value)
    assert [y for _, y in curve.points()] == [1.0, 2.0]


def test_a_child_that_is_killed_goes_on_from_what_it_saved(start):
    jobs = start()
    token = jobs.submit("text", ["again"], "anna")
    now = ended(jobs, token)
    assert (now.end, now.resumed, now.start["step"]) == ("steps", 1, 1)
    assert [x for x, _ in now.train] == [1]  # what came after the checkpoint is lived through again
    assert jobs._jobs[token].restarts == 1


def test_a_child_that_is_always_killed_is_given_up(start):
    jobs = start()
    token = jobs.submit("text", ["always"], "anna")
    assert ended(jobs, token).end == "killed" and jobs._jobs[token].restarts == jobs.limits.restarts


def test_commands_reach_the_run_and_only_from_its_owner(start):
    jobs = start()
    token = jobs.submit("text", ["told"], "anna")
    until(lambda: jobs.snapshot(token).start)
    jobs.command(token, Command("lr", 0.5))
    jobs.command(token, Command("pause"))
    until(lambda: jobs.snapshot(token).paused)
    assert jobs.snapshot(token).changes == ((1, 0.5),)
    jobs.command(token, Command("resume"))
    until(lambda: not jobs.snapshot(token).paused)
    watch = jobs.watch_token(token)
    for forbidden in (lambda: jobs.command(watch, Command("pause")), lambda: jobs.stop(watch)):
        with pytest.raises(JobError):
            forbidden()
    with pytest.raises(JobError):
        jobs.model_path(watch)
    assert jobs.watch_token(watch) == "" and jobs.snapshot(watch).changes == ((1, 0.5),)
    jobs.stop(token)
    assert ended(jobs, token).end == "stopped"
    jobs.command(token, Command("pause"))  # too late, and no harm


def test_a_hand_that_cannot_stop_is_not_followed_for_ever(start):
    jobs = start()
    token = jobs.submit("text", ["obey"], "anna")
    until(lambda: jobs.snapshot(token).start)
    for _ in range(MOST_COMMANDS + 50):
        jobs.command(token, Command("pause"))
    assert child_of(jobs).commands == MOST_COMMANDS
    jobs.stop(token)
    assert ended(jobs, token).end == "stopped"


def test_whoever_watches_keeps_a_run_alive(start):
    jobs = start(lease=1.0)
    token = jobs.submit("text", ["obey"], "anna")
    watch = jobs.watch_token(token)
    for _ in range(12):
        time.sleep(0.25)
        assert jobs.snapshot(watch).state == "running"


def test_a_look_that_goes_on_by_itself_keeps_nothing_alive(start):
    """A page that is gone without a word leaves its stream running on the server (F7, F8)."""
    jobs = start(lease=0.5)
    token = jobs.submit("text", ["obey"], "anna")
    until(lambda: jobs.snapshot(token, renew=False).state == "ended")
    assert jobs.snapshot(token).end == "abandoned"


def test_an_early_stop_leaves_the_best_model(start):
    jobs = start()
    token = jobs.submit("text", ["quick"], "anna")
    ended(jobs, token)
    job = jobs._jobs[token]
    (job.folder / "best.safetensors").touch()
    assert jobs.model_path(token).name == "last.safetensors"
    job.end = "early_stop"
    assert jobs.model_path(token).name == "best.safetensors"


def test_a_queue_says_about_how_long(start):
    jobs = start(seconds=40.0)
    jobs.submit("text", ["obey"], "anna")
    waiting = [jobs.submit("text", ["obey"], owner) for owner in ("ben", "cleo")]
    first, second = (jobs.snapshot(token).wait for token in waiting)
    assert first <= 40 and second - first == pytest.approx(40, abs=1)


def test_a_queue_goes_by_what_each_should_take(start):
    jobs = start(seconds=90.0)
    jobs.submit("text", ["obey"], "anna", expected=30.0)
    waiting = [
        jobs.submit("text", ["obey"], owner, expected=seconds)
        for owner, seconds in (("ben", 10.0), ("cleo", 80.0), ("dora", 20.0))
    ]
    waits = [jobs.snapshot(token).wait for token in waiting]
    assert waits[0] == pytest.approx(30, abs=2)
    assert [b - a for a, b in pairwise(waits)] == pytest.approx([10, 80], abs=1)
    jobs.stop(waiting[1])
    assert jobs.snapshot(waiting[2]).wait == pytest.approx(40, abs=2)


def test_two_slots_take_turns():
    waiting = Waiting()
    assert waiting.until_turn([(0.0, None, 10.0), (0.0, None, 25.0)], [30.0]) == 25.0
    assert waiting.until_turn([(50.0, None, 10.0)], []) == 2.0  # it should have ended long ago
    assert waiting.until_turn([], []) == 0.0


def test_a_queue_believes_what_a_run_says_of_itself(start):
    """The first of a class have no runs before them to go by."""
    jobs = start(seconds=90.0)
    jobs.submit("text", ["short"], "anna")
    waiting = [jobs.submit("text", ["obey"], owner) for owner in ("ben", "cleo")]
    until(lambda: child_of(jobs).record.seconds_left is not None)
    first, second = (jobs.snapshot(token).wait for token in waiting)
    assert first == 7 and 7 <= second - first < 12


def test_what_is_left_of_a_run_is_never_more_than_it_may_take():
    record = Record()
    assert record.seconds_left is None
    record.take({"event": "start", "step": 0, "config": {"max_seconds": 90.0}})
    record.take({"event": "step", "step": 1, "train_loss": 1.0, "seconds": 80.0, "seconds_left": 300.0})
    assert record.seconds_left == 10.0


def test_fifty_ghosts_are_all_reclaimed(start):
    """Jobs that nobody ever looks at (F8)."""
    jobs = start(lease=1.0, waiting=40)
    refused = 0
    for number in range(50):
        try:
            jobs.submit("text", ["obey"], f"ghost {number}")
        except JobError:
            refused += 1
    assert refused == 9
    until(lambda: not jobs._running and not jobs._waiting, 60)
    assert {job.end for job in jobs._jobs.values()} == {"abandoned"}


SERVER = """
import sys, time
from train.jobs import Jobs
jobs = Jobs(command=(sys.executable, sys.argv[1]))
token = jobs.submit("text", ["obey"], "anna")
while not jobs.snapshot(token).start: time.sleep(0.02)
print(jobs._running[0].child.pid, jobs._folder, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("name", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_that_dies_leaves_no_child_and_the_next_one_clears_its_folder(child, name):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, child[1]], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    pid, folder = server.stdout.readline().split()
    assert Path(folder).exists() and alive(int(pid))
    assert clear_left_over(Path(folder).parent / "nowhere") == []
    server.send_signal(name)
    server.wait()
    server.stdout.close()
    until(lambda: not alive(int(pid)), 5)
    with Jobs(command=child) as next_one:  # as a server does when it starts
        assert not Path(folder).exists() and next_one._folder.exists()


def test_the_folder_of_a_server_that_lives_is_left_alone(child, tmp_path):
    first = RunsFolder(tmp_path)
    (tmp_path / "next-token-runs-other").mkdir()  # not locked by us, and without a lock: not ours to judge
    assert clear_left_over(tmp_path) == []
    second = RunsFolder(tmp_path)
    assert first.path.exists() and second.path.exists()
    first.remove()
    assert not first.path.exists()


@pytest.mark.long
def test_the_real_command_stops_when_asked_and_leaves_a_model():
    text = "\n\n".join(f"第{i}天，太阳从东边升起，从西边落下。" for i in range(80))
    with Jobs(Limits(seconds=30)) as jobs:
        options = ["--preset=tiny", "--vocab-size=300", "--steps=5000", "--probe=太阳从", "--eval-every=5"]
        token = jobs.submit(text, options, "anna")
        until(lambda: jobs.snapshot(token).step, 90)
        jobs.stop(token)
        until(lambda: jobs.snapshot(token).state == "ended", 60)
        assert jobs.snapshot(token).end == "stopped"
        assert jobs.model_path(token) is not None
        assert json.dumps(jobs.snapshot(token).probe)
