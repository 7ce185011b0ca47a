"""What the server needs for each interaction of the lessons: `python -m tests.bench_lessons` prints JSON.

Every part's opening and every task's solution is asked of a school that has just been opened, in the order of
the chapters, so that the first figure of each is that of the first learner; then again, as the second's.
"""

import json
import sys
import time

import torch

from lesson.chapters import CHAPTERS
from lesson.predictions import Predictions
from lesson.school import School
from lesson.ui import lessons
from lesson.views import map
from model import load

GOAL = 300.0  # milliseconds
SLOWEST = 12


def milliseconds(school: School) -> dict[str, float]:
    """One round through all openings and solutions."""
    took = {}
    for chapter in CHAPTERS:
        for part in chapter.parts:
            asks = {"opening": part.opening, **{task.id: task.solution for task in part.tasks}}
            for name, ask in asks.items():
                begin = time.perf_counter()
                lessons.answer(school, chapter, part, dict(ask))
                took[f"{chapter.id}.{part.id}.{name}"] = 1000 * (time.perf_counter() - begin)
    return took


def main() -> None:
    """Print the slowest interactions of two rounds, and how many were over the goal."""
    torch.set_num_threads(1)  # both as the page does
    map.warm()
    school = School(Predictions(load()))
    report = {}
    for name in ("first", "second"):
        took = milliseconds(school)
        slowest = sorted(took.items(), key=lambda one: -one[1])[:SLOWEST]
        report[name] = {
            "interactions": len(took), "median_ms": round(sorted(took.values())[len(took) // 2], 1),
            "over_goal": sum(one > GOAL for one in took.values()),
            "slowest_ms": {what: round(ms, 1) for what, ms in slowest},
        }  # fmt: skip
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
