"""A job as the page's components read it: where it stands, its curves, and a record of each evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from lesson.views.curve import curve
from lesson.views.ending import ENDS, said
from lesson.views.record import drawn_text, probe_rows, records, vocabulary
from lesson.views.token import Json
from lesson.words import Text
from train.snapshot import Snapshot

__all__ = ["ENDS", "Looker", "drawn_text", "probe_bars", "run", "said", "views"]


@dataclass(frozen=True)
class Looker:
    """Who looks at a run: by which token, which one they may hand on, and what the run has left for them."""

    token: str
    watch: str = ""  # for others to look with; a looker who has none may only look
    model: bool = False  # there is one to use and to download
    notice: Text | None = None


def run(now: Snapshot, looker: Looker) -> Json:
    """Where a run stands, in figures, and what its looker may do."""
    step, start = now.step, now.start
    cap = start.get("config", {}).get("max_seconds")
    left = step.get("seconds_left")
    if left is not None and cap is not None:
        left = max(0.0, min(left, cap - step["seconds"]))
    told = said(now)
    factor = now.changes[-1][1] if now.changes else start.get("lr_factor", 1.0)
    return {
        "token": looker.token,
        "watch": looker.watch,
        "mine": bool(looker.watch),
        "state": now.state,
        "place": now.place,
        "wait": now.wait,
        "stopping": now.stopping,
        "paused": now.paused,
        "end": now.end,
        "failed": now.failed,
        "said": told.json() if told else None,
        "notice": looker.notice.json() if looker.notice else None,
        "model": looker.model,
        "probe": start.get("config", {}).get("probe", ""),
        "loading": now.state == "running" and not start,
        "step": step.get("step", 0),
        "steps": start.get("steps"),
        "seconds": step.get("seconds"),
        "left": left if now.state == "running" else None,
        "speed": step.get("tokens_per_second"),
        "epoch": step.get("epoch"),
        "batch": start.get("config", {}).get("batch_size"),
        "parameters": start.get("parameters"),
        "tokens": start.get("train_tokens"),
        "train_loss": step.get("train_loss"),
        "val_loss": now.evaluations[-1].val_loss if now.evaluations else None,
        "lr": step.get("lr"),
        "factor": factor,
    }


def probe_bars(now: Snapshot) -> Json:
    """The probe's bars at the last evaluation."""
    return probe_rows(now.probe, now.probe_step, vocabulary(now))


def views(now: Snapshot, looker: Looker) -> tuple[Json, Json, str]:
    """All that the page is told of a run: figures, curves, and the records of its evaluations."""
    return run(now, looker), curve(now, looker.token), records(now, looker.token)
