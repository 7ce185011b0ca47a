"""Two real trainings, recorded once for the lessons: `python -m lesson.recorded` trains and writes them.

One learns the weekday moods; the other reads too few poems too often, so that its validation loss turns up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from lesson import presets
from lesson.text_facts import vocabulary_size
from lesson.views.token import Json
from model.predictor import GPTPredictor, start
from model.tokenizer import ASSETS
from train.config import TrainConfig
from train.corpus import documents
from train.data import split
from train.events import Event
from train.trainer import Trainer
from train.vocabulary import train_tokenizer

FILE = ASSETS / "lesson_run.json"
LISTED = 8  # bars that are kept of each evaluation
PATIENCE = 5  # evaluations without a better validation loss, after which early stopping stops


@dataclass(frozen=True)
class Recording:
    """What is trained for the lessons: its text, its settings, and the tokens whose bars are followed."""

    id: str
    text: str
    config: TrainConfig
    followed: tuple[str, ...]


def recordings() -> tuple[Recording, ...]:
    """The two runs, in the order in which the chapter shows them."""
    small = TrainConfig(n_layer=2, n_embd=64, block_size=32, batch_size=16, eval_windows=16, sample_tokens=24)
    moods, poems = presets.moods(), presets.by_heart()
    return (
        Recording(
            "moods", moods.text,
            replace(small, steps=160, eval_every=4, probe=moods.probe),
            (presets.BAD, presets.GOOD),
        ),
        Recording(
            "by_heart", poems.text,
            replace(small, steps=200, eval_every=5, probe=poems.probe),
            ("霜",),
        ),
    )  # fmt: skip


def record(recording: Recording, out: Path) -> Json:
    """Train as `python -m train` does and keep what a learner looks at."""
    config, found = recording.config, documents(recording.text)
    tokenizer = train_tokenizer(found, vocabulary_size(recording.text))
    training, validation = split(tokenizer, found, config.block_size)
    trainer = Trainer(config, tokenizer, training, validation, out)
    followed = {word: tokenizer.encode(word) for word in recording.followed}
    if any(len(ids) != 1 for ids in followed.values()):
        raise ValueError("a token that is followed must be one token")
    probe = start(tokenizer, config.probe)
    first: Event = {}
    losses: list[list[float]] = []
    looks: list[Json] = []
    epoch = 0.0
    for event in trainer.run():
        if event["event"] == "start":
            first = event
        elif event["event"] == "step":
            losses.append([event["step"], round(event["train_loss"], 3)])
            epoch = event["epoch"]
        elif event["event"] == "eval":
            shares = GPTPredictor(trainer.model, tokenizer).next_token(probe).probs
            exact = {word: float(f"{shares[ids[0]]:.6g}") for word, ids in followed.items()}
            looks.append(look(event) | {"epoch": round(epoch, 2), "followed": exact})
    return {
        "id": recording.id, "probe": config.probe, "parameters": first["parameters"],
        "vocab": tokenizer.vocab_size,
        "tokens": first["train_tokens"], "tokens_per_step": first["tokens_per_step"], "steps": config.steps,
        "uniform": round(first["uniform_loss"], 4), "train": losses, "looks": looks,
        "command": command(config, tokenizer.vocab_size),
    }  # fmt: skip


def look(event: Event) -> Json:
    """One evaluation: validation loss, bars, and what the model wrote after the probe."""
    probe: Mapping[str, Sequence[Mapping[str, float]]] = event["probe"]
    top = probe["top"][:LISTED]
    return {
        "step": event["step"], "val": round(event["val_loss"], 4), "written": event["written"],
        "top": [[one["bytes"], float(f"{one['p']:.6g}")] for one in top],
    }  # fmt: skip


def command(config: TrainConfig, vocab_size: int) -> str:
    """The same training as a command line."""
    names = ("n_layer", "n_embd", "block_size", "batch_size", "steps", "eval_every", "seed", "probe")
    options = " ".join(f"--{name.replace('_', '-')} {getattr(config, name)}" for name in names)
    return f"python -m train TEXT --out FOLDER --vocab-size {vocab_size} {options}"


def kept_by_early_stopping(losses: Sequence[float], patience: int = PATIENCE) -> tuple[int, int]:
    """Which evaluation early stopping keeps, and after which one it stops (the last if it never does).

    >>> kept_by_early_stopping([3.0, 2.0, 2.5, 2.6, 1.0], patience=2)
    (1, 3)
    """
    best = bad = 0
    for i, loss in enumerate(losses):
        best, bad = (i, 0) if i == 0 or loss < losses[best] else (best, bad + 1)
        if bad >= patience:
            return best, i
    return best, len(losses) - 1


@cache
def read() -> Mapping[str, Json]:
    """The recorded runs by their names."""
    return {run["id"]: run for run in json.loads(FILE.read_text(encoding="utf-8"))["runs"]}


def recorded() -> Iterator[Json]:
    """Train every recording anew."""
    for recording in recordings():
        with TemporaryDirectory() as folder:
            yield record(recording, Path(folder))


def main() -> None:
    """Train both runs and write the file."""
    torch.set_num_threads(1)
    text = json.dumps({"runs": list(recorded())}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    FILE.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
