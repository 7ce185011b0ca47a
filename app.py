"""下一个词 · Next Token: start the page. `python app.py --help` lists what can be set."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

# Before gradio is imported: it reads these only then. Nothing is reported anywhere, nothing is fetched.
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")

import torch

from lesson import training
from lesson.chapters import CHAPTERS
from lesson.chapters import PHRASES as CHAPTER_PHRASES
from lesson.evidence import Evidence
from lesson.predictions import Predictions
from lesson.school import School
from lesson.shelf import Shelf
from lesson.ui import challenge, download, endpoints, lessons, run_phrases, training_phrases
from lesson.ui import training as training_tab
from lesson.ui.page import build
from lesson.ui.server import serve
from lesson.views import map
from lesson.words import XIAOBAI, Text
from model import XIAOBAI as SHIPPED
from model import load
from model.checkpoint import CheckpointError
from train.jobs import Jobs, Limits


def settings() -> argparse.Namespace:
    """What the command line says; the defaults fit a laptop, and a Space, which sets SPACE_ID."""
    parser = argparse.ArgumentParser(description="下一个词 · Next Token: serve the page in a browser.")
    hosted = "SPACE_ID" in os.environ
    everywhere = "0.0.0.0"  # noqa: S104  a Space is reached from outside its container
    parser.add_argument("--host", default=everywhere if hosted else "127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on")
    parser.add_argument(
        "--model", type=Path, help="a checkpoint or a training run's folder (default: 小白 XiaoBai)"
    )
    limit = "most seconds of one training in the page; 0 for no limit"
    parser.add_argument("--train-seconds", type=float, default=90.0, help=limit)
    return parser.parse_args()


def main() -> None:
    """Load the model, build the page, serve it."""
    options = settings()
    # One small forward pass gains nothing from more threads, and many readers share the cores.
    torch.set_num_threads(1)
    try:
        predictor = load(options.model or SHIPPED)
    except CheckpointError as error:
        sys.exit(f"{error.zh}\n{error.en}")
    name = Text(options.model.stem, options.model.stem) if options.model else XIAOBAI
    # A polite end: what runs is stopped, and its folders are cleared away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Jobs(Limits(seconds=options.train_seconds or None)) as jobs:
        models = Shelf(Predictions(predictor, name), lambda token: training.trained(jobs, token))
        shipped = options.model is None
        corpora = Evidence(training.corpora(jobs, models, shipped=shipped))
        corpora("")  # begins to index the lesson corpus in the background
        school = School(models(""))
        page = build(
            models,
            training=training_tab.tab(jobs, models),
            lessons=lessons.tab(school, CHAPTERS),
            challenge=challenge.tab(school),
            phrases={
                **training_phrases.PHRASES,
                **run_phrases.PHRASES,
                **lessons.PHRASES,
                **CHAPTER_PHRASES,
                **challenge.PHRASES,
            },
            endpoints=endpoints.add,
            corpora=corpora,
        )
        map.warm()
        print(f"http://{options.host}:{options.port}", flush=True)
        serve(page, host=options.host, port=options.port, extra=download.route(jobs))


if __name__ == "__main__":
    main()
