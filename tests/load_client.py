"""The app as a class uses it: predictions by their endpoint, trainings by the page's events."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gradio_client.utils import apply_diff

SECONDS = 120  # that an answer may take before it counts as an error

Json = dict[str, Any]


def connected(url: str) -> HTTPConnection:
    """A connection to the app, never through a proxy."""
    where = urlsplit(url)
    return HTTPConnection(where.hostname or "", where.port, timeout=SECONDS)


def post(url: str, path: str, body: object) -> Json:
    """Send JSON and return the answer; OSError if it is no good one."""
    with closing(connected(url)) as connection:
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise OSError(f"{path} answered {answer.status}: {said[:200]!r}")
        return json.loads(said)


def predict(url: str, text: str, session: str) -> Json:
    """Ask the endpoint for the next token, as Gradio's own client would, which keeps to one session.

    A call that names no session gets a fresh one, and laying that out costs Gradio several times the guess.
    """
    body = {"data": [text, 10, 1.0, None, None], "session_hash": session}
    event = post(url, "/gradio_api/call/predict", body)["event_id"]
    with closing(connected(url)) as connection:
        connection.request("GET", f"/gradio_api/call/predict/{event}")
        said = connection.getresponse().read().decode()
    *_, last = said.rstrip().split("\n\n")  # before it come heartbeats, if it took long
    if not last.startswith("event: complete\ndata: "):
        raise OSError(last[:200])
    return json.loads(last.split("data: ", 1)[1])[0]


def handlers(url: str) -> dict[str, Json]:
    """The page's own events by the names under which its scripts trigger them; of several `ask` the last."""
    with closing(connected(url)) as connection:
        connection.request("GET", "/config")
        config = json.loads(connection.getresponse().read())
    return {one["targets"][0][1]: one for one in config["dependencies"] if one["api_visibility"] == "private"}


@dataclass(frozen=True)
class Ordered:
    """What became of an order: the run's token, or why there is none."""

    token: str
    refusal: Json | None


class Visitor:
    """One open page: its session, the events that it sends and what it is told."""

    def __init__(self, url: str, known: dict[str, Json]) -> None:
        self.url, self._known = url, known
        self.session = secrets.token_hex(8)

    def send(self, name: str, data: Json) -> str:
        """Send an event and return its number; whoever wants to know what comes of it reads its answers."""
        handler = self._known[name]
        body = {
            "data": [None] * len(handler["inputs"]),
            "event_data": data,
            "fn_index": handler["id"],
            "session_hash": self.session,
            "trigger_id": handler["targets"][0][0],
        }
        return post(self.url, "/gradio_api/queue/join", body)["event_id"]

    def told(self, name: str, data: Json) -> Iterator[list[Any]]:
        """Send an event and yield what its outputs are, again and again if it goes on. Raises OSError.

        Gradio sends the first outputs whole and then only what has changed in them. Whoever stops listening
        closes the stream, as a closed tab does.
        """
        event, outputs = self.send(name, data), None
        with closing(connected(self.url)) as connection:
            connection.request("GET", f"/gradio_api/queue/data?session_hash={self.session}")
            for line in connection.getresponse():
                message = json.loads(line[5:]) if line.startswith(b"data:") else {}
                if message.get("event_id") != event:
                    continue
                if message["msg"] == "process_generating":
                    fresh = message["output"]["data"]
                    outputs = fresh if outputs is None else list(map(apply_diff, outputs, fresh))
                    yield outputs
                elif message["msg"] == "process_completed":
                    if not message["success"]:
                        raise OSError(str(message["output"])[:200])
                    if outputs is None:
                        yield message["output"]["data"]
                    return
        raise OSError("the stream ended before its event")

    def order(self, lesson: str, size: str, **more: object) -> Ordered:
        """Ask for a training as the form does, on a text of the lessons."""
        data = {"lesson": lesson, "size": size, "probe": "", "answer": 1, **more}
        *_, (_, said) = self.told("start", data)
        told = json.loads(said)
        return Ordered(told.get("token", ""), told["notice"])

    def follow(self, token: str) -> Iterator[Json]:
        """The run's card, again and again until it has ended, as the page is told."""
        for card, *_ in self.told("look", {"token": token}):
            yield json.loads(card)

    def alive(self, token: str) -> None:
        """Say that somebody still looks; nobody waits for an answer."""
        with suppress(OSError):
            self.send("alive", {"token": token})


def words_of(pid: int | str) -> list[str]:
    """A process's command line; empty for one that is gone. Linux alone tells."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return []


def processes() -> dict[int, int]:
    """All processes that are no zombies, and the parent of each."""
    found = {}
    for entry in os.scandir("/proc"):
        with suppress(OSError, ValueError):
            state, parent = Path(entry.path, "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(entry.name)] = int(parent)
    return found


def server_of(url: str) -> int:
    """The process that serves an address; its port was given as an argument."""
    port = str(urlsplit(url).port)
    return next(one for one in processes() if {"app.py", port} <= set(words_of(one)))


def workers_of(server: int) -> list[int]:
    """The trainings that a server has started and that live."""
    children = [one for one, parent in processes().items() if parent == server]
    return [one for one in children if "train" in words_of(one)]


def resident_mb(pid: int) -> float:
    """A process's resident memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
