"""Tabs that are closed, clients that never listen, servers that are killed: no training is left behind."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, free_port, wait_until_healthy
from tests.load_client import Visitor, cpu_seconds, handlers, processes, server_of, words_of, workers_of
from train.jobs import Limits

LESSON, SIZE = "moods", "small"
ORDER = {"lesson": LESSON, "size": SIZE, "probe": "", "answer": 1}
LONG = {"settings": {"steps": 100_000}}  # more than fits, so that it runs as long as it may

if not Path("/proc/self/stat").exists():
    pytest.skip("processes are counted by /proc, which is not here", allow_module_level=True)


def until(condition, seconds: float) -> float:
    """Wait until something is so; return how long that took."""
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < seconds, "waited too long"
        time.sleep(0.1)
    return time.monotonic() - begin


def closed_at_some_moment(url: str, known: dict, dice: random.Random) -> None:
    """Order a training, follow it for a while, and go without a word."""
    page, moment = Visitor(url, known), time.monotonic() + dice.uniform(0, 10)
    order = page.order(LESSON, SIZE)
    for _ in page.follow(order.token) if order.token else ():
        if time.monotonic() > moment:
            break


@pytest.mark.load
def test_tabs_that_are_closed_and_ghosts_leave_nothing_running(app_url):
    """F7 and F8: 20 tabs closed at random moments, and 50 orders whose answers nobody reads."""
    server, known, dice = server_of(app_url), handlers(app_url), random.Random(7)
    tabs = [
        threading.Thread(target=closed_at_some_moment, args=(app_url, known, dice), daemon=True)
        for _ in range(20)
    ]
    for tab in tabs:
        tab.start()
    for _ in range(50):
        Visitor(app_url, known).send("start", ORDER)
    for tab in tabs:
        tab.join()
    assert workers_of(server)
    seconds = until(lambda: not workers_of(server), Limits().lease + 30)
    time.sleep(3)  # nobody takes the slot that is free now
    assert not workers_of(server)
    used = cpu_seconds(server)
    time.sleep(5)
    used = (cpu_seconds(server) - used) / 5
    sys.stdout.write(f"no worker {seconds:.0f} s after the last tab closed; server then at {used:.0%} CPU\n")
    assert used < 0.2
    page = Visitor(app_url, known)
    order = page.order(LESSON, SIZE, settings={"steps": 2})
    assert order.refusal is None and [card["end"] for card in page.follow(order.token)][-1] == "steps"


@pytest.mark.load
@pytest.mark.parametrize("name", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "terminated"])
@pytest.mark.parametrize("learning", [True, False], ids=["while it learns", "while it loads"])
def test_a_server_that_ends_leaves_no_worker(tmp_path, name, learning):
    """F3 and F14 with the real app and the real training; the next server clears what is left."""
    port, log = free_port(), tmp_path / "server.log"
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "app.py", "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    try:
        wait_until_healthy(url, server, log)
        page = Visitor(url, handlers(url))
        for card in page.follow(page.order(LESSON, SIZE).token):
            if card["step"] > 1 or (not learning and card["state"] == "running"):
                break
        (worker,) = workers_of(server.pid)
        folder = Path(words_of(worker)[words_of(worker).index("--out") + 1])
        assert folder.exists()
        begin = time.monotonic()
        server.send_signal(name)
        server.wait(10)
        until(lambda: worker not in processes(), 20)
        left = time.monotonic() - begin
    finally:
        server.kill()
        server.wait()
    sys.stdout.write(f"worker gone {left:.1f} s after the signal\n")
    assert left < (5 if learning else 15)  # one that loads libraries looks up only when it has them
    assert folder.exists() == (name == signal.SIGKILL)
