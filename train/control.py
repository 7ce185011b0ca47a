"""What a run can be told while it goes on: pause, resume, another learning rate, stop; one JSON line each."""

from __future__ import annotations

import json
import math
import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass

PAUSE_SECONDS = 180.0  # that one run may stand still, all pauses together; others wait for its place
LEAST_FACTOR, MOST_FACTOR = 1e-3, 1e3
KINDS = ("pause", "resume", "lr", "stop")


@dataclass(frozen=True)
class Command:
    """One thing to do; `factor` multiplies the learning rate and all that is left of its schedule."""

    do: str
    factor: float = 1.0


def parse(line: str | bytes) -> Command | None:
    """Return the command that a line of JSON gives, or None if it gives none.

    >>> parse('{"do": "lr", "factor": 0.5}'), parse("{}")
    (Command(do='lr', factor=0.5), None)
    """
    try:
        return command(json.loads(line))
    except ValueError:
        return None


def command(told: object) -> Command | None:
    """Return the command that a record of fields gives, or None if it gives none.

    >>> command({"do": "lr", "factor": float("nan")}), command({"do": "pause"})
    (None, Command(do='pause', factor=1.0))
    """
    if not isinstance(told, dict) or told.get("do") not in KINDS:
        return None
    factor = told.get("factor", 1.0)
    if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not math.isfinite(factor):
        return None
    return Command(told["do"], float(factor)) if LEAST_FACTOR <= factor <= MOST_FACTOR else None


def to_line(command: Command) -> bytes:
    """Return a command as it is sent.

    >>> parse(to_line(Command("pause"))).do
    'pause'
    """
    return json.dumps({"do": command.do, "factor": command.factor}).encode() + b"\n"


class Control:
    """Commands on their way from whoever gives them to the run that takes them."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._commands: queue.Queue[Command] = queue.Queue(maxsize=100)

    def give(self, command: Command) -> None:
        """Hand a command over; one too many is dropped, a stop never is."""
        if command.do == "stop":
            self.stop()
            return
        try:
            self._commands.put_nowait(command)
        except queue.Full:
            return

    def stop(self) -> None:
        """Ask the run to end; it saves what it has."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether the run has been asked to end."""
        return self._stop.is_set()

    def take(self, seconds: float) -> Command | None:
        """Return the next command, waiting for it so long, or None."""
        try:
            return self._commands.get(timeout=seconds) if seconds > 0 else self._commands.get_nowait()
        except queue.Empty:
            return None

    def read(self, lines: Iterable[bytes]) -> None:
        """Take commands from lines until they end, which asks the run to stop: whoever gave them is gone."""
        for line in lines:
            if (command := parse(line)) is not None:
                self.give(command)
        self.stop()
