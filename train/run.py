"""A run's folder: every event goes into its log and on to whoever listens."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from model.checkpoint import BEST, LAST, RESUME, VOCABULARY, not_a_model, read_tensors
from model.tokenizer import RANKS, BPETokenizer, load_tokenizer, save_ranks
from train.config import TrainConfig
from train.events import Event, to_line

LOG = "log.jsonl"


def begin(out: Path, tokenizer: BPETokenizer) -> None:
    """Make a folder ready for a new run: nothing of an earlier one stays; a vocabulary of its own is kept."""
    for name in (BEST, LAST, RESUME, VOCABULARY):
        (out / name).unlink(missing_ok=True)
    if tokenizer.id != load_tokenizer(RANKS).id:
        save_ranks(tokenizer.ranks, out / VOCABULARY)


def logged(events: Iterator[Event], out: Path, first_step: int) -> Iterator[Event]:
    """Pass events on, writing each to the log; a resumed run first takes back what it will live again."""
    out.mkdir(parents=True, exist_ok=True)
    rewind(out / LOG, first_step)
    with open(out / LOG, "a", encoding="utf-8") as file:
        full: OSError | None = None
        for event in events:
            told = full
            try:
                if full is None:
                    file.write(to_line(event) + "\n")
                    file.flush()
            except OSError as error:  # a full disk: the run goes on without its log
                full = error
            yield event
            if full is not None and told is None:
                yield {"event": "failed", "step": event["step"], "cause": "disk_full", "message": str(full)}


def rewind(log: Path, step: int) -> None:
    """Drop the events after a step, whole or half written, so that none stands in the log twice."""
    kept = [to_line(event) + "\n" for event in read_log(log) if event["step"] <= step] if step else []
    part = log.with_suffix(".part")
    part.write_text("".join(kept), encoding="utf-8")
    os.replace(part, log)


def read_log(log: Path) -> Iterator[Event]:
    """Yield the events of a log; a last line cut short by a kill is left out."""
    if not log.exists():
        return
    with open(log, encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)


def stored_config(out: Path) -> TrainConfig | None:
    """Return the settings that a run in this folder was started with; None if it has not begun to save."""
    if not (out / RESUME).exists():
        return None
    _, metadata = read_tensors(out / RESUME)
    try:
        return TrainConfig(**json.loads(metadata["train"]))
    except (KeyError, TypeError, ValueError) as error:
        raise not_a_model(out / RESUME) from error


def limit_memory(size: int) -> None:
    """Let this process take so many bytes of its own at most; asked for more, it gets an error it can tell.

    Called when torch is loaded, whose libraries reserve far more address space than they use.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  there is none on Windows

    with suppress(ValueError, OSError):  # a system that will not be told so
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (size if hard < 0 else min(size, hard), hard))
