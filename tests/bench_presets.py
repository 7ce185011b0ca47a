"""How long each text of the training tab takes, and what it ends with: `python -m tests.bench_presets`.

Every run is ordered as the page orders it, with the settings that the form shows, and goes through the jobs.
`--shares 0 50 80 100` trains the first text in these proportions instead. One JSON line a run.
"""

import argparse
import json
import sys
import time

from lesson.estimate import Speeds
from lesson.presets import lessons
from lesson.training import Desk
from train.jobs import Jobs
from train.snapshot import Snapshot

BARS = 3


def trained(jobs: Jobs, desk: Desk, asked: dict[str, object]) -> dict[str, object]:
    """Order one run, wait for its end, and tell how it went."""
    plan, order = desk.plan(asked, None), desk.order(asked)
    begin = time.monotonic()
    seen = jobs.until_ended(jobs.submit(order.text, order.options, "bench"))
    losses = [one.val_loss for one in seen.evaluations if one.val_loss is not None]
    return {
        **asked, "seconds": round(time.monotonic() - begin, 1),
        "estimated": round(plan.estimate.until_end, 1) if plan.estimate else None,
        "end": seen.end, "steps": seen.step.get("step"), "of": plan.settings.steps,
        "best_step": seen.best_step, "lowest_val_loss": round(min(losses), 3),
        "last_val_loss": round(losses[-1], 3),
        "probe": order.probe, "bars": bars(seen),
    }  # fmt: skip


def bars(seen: Snapshot) -> dict[str, float]:
    """The most probable next tokens of the text's beginning when the run ended."""
    top = (seen.probe or {}).get("top", [])[:BARS]
    return {bytes.fromhex(one["bytes"]).decode("utf-8", "replace"): round(one["p"], 3) for one in top}


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["small"])
    parser.add_argument("--lessons", nargs="+", default=[one.id for one in lessons()])
    parser.add_argument("--shares", nargs="*", type=int, default=[], help="per cent of 爽, of the first text")
    options = parser.parse_args()
    orders = [{"lesson": "moods", "share": share} for share in options.shares]
    orders = orders or [{"lesson": name} for name in options.lessons]
    with Jobs() as jobs:
        desk = Desk(lessons(), Speeds(), jobs.limits.seconds)
        for order in orders:
            for size in options.sizes:
                run = trained(jobs, desk, {**order, "size": size, "probe": ""})
                sys.stdout.write(json.dumps(run, ensure_ascii=False) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
