"""The first paint, worked out once from the shipped weights: `python -m lesson.example` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from lesson.params import EXAMPLE
from lesson.playground import open_text
from lesson.predictions import Predictions
from lesson.views.scene import scene
from lesson.views.token import Json
from model import load

FILE = Path(__file__).resolve().parents[1] / "assets" / "example.json"


def compute(predictions: Predictions) -> dict[str, Json]:
    """The views of the example sentence, without what belongs to the machine: how long a step takes."""
    views = scene(open_text(predictions.tokenizer, EXAMPLE), predictions)
    about = views["brain"]["about"]
    if isinstance(about, dict):
        about["ms"] = None
    return views


def read() -> dict[str, Json] | None:
    """The precomputed views, or None if they were never written."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def main() -> None:
    """Write the file."""
    text = json.dumps(compute(Predictions(load())), ensure_ascii=False, allow_nan=False, indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
