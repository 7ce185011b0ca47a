"""The recorded run that plays while one waits: `python -m lesson.waiting_run` trains and writes it.

It is a real run of the first built-in text in the smallest size, as the page itself would order it; what is
kept are the views that the page draws, marked as a recording.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from lesson.estimate import Speeds
from lesson.presets import lessons
from lesson.training import SIZES, Desk
from lesson.views.curve import curve
from lesson.views.record import records
from lesson.views.token import Json
from model.tokenizer import ASSETS
from train.jobs import Jobs, Limits
from train.snapshot import Snapshot

FILE = ASSETS / "recorded_run.json"


def read() -> Mapping[str, object] | None:
    """The recording as it was written, or None where there is none."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def views(now: Snapshot) -> Json:
    """What the page is shown of a run that has ended, as a recording."""
    return {"curve": curve(now, recorded=True), "records": records(now, "", recorded=True)}


def train() -> Snapshot:
    """Train once, as the page would, and return the run at its end."""
    known = lessons()
    order = Desk(known, Speeds(), None).order({"lesson": known[0].id, "size": SIZES[0].id, "probe": ""}, None)
    with Jobs(Limits(seconds=None)) as jobs:
        now = jobs.until_ended(jobs.submit(order.text, order.options, "recording"))
    if now.failed:
        raise RuntimeError(f"the run ended with {now.end}: {now.message}")
    return now


def main() -> None:
    """Train and write the file."""
    told = json.dumps(views(train()), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    FILE.write_text(told + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
