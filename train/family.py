"""All that is known of the models that ship: how each was trained, and what it measures on held-out text."""

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import ngram
from model.predictor import GPTPredictor
from model.tokenizer import ASSETS
from train import mix
from train.calibration import calibrate
from train.compare import Exam, by_source, exam
from train.pretrain import LESSONS, PLAIN
from train.prompts import ask, read_prompts
from train.scoring import open_predictor
from train.stories.variety import variety

FAMILY = ASSETS / "family.json"
NAMES = ("sister64", "sister128", "sister192", "xiaobai")  # smallest first
NGRAM = "ngram"
VARIETY = (1_000, 10_000, 100_000)  # characters of the samples whose 4-grams are counted
UNTRAINED = {"tokens": 0, "parts": (), "train": (), "validation": ()}
POINTS = 240  # of a training curve: about as many as there are pixels to draw it on


@dataclass(frozen=True)
class Run:
    """One part of a training: its settings, and its curves in steps of its own."""

    config: dict[str, Any]
    steps: int
    seconds: float
    passes: float
    train: list[tuple[int, float]]
    validation: list[tuple[int, float]]


def read_run(folder: Path) -> Run:
    """Return what the log of a run tells. Lines that a resumed run wrote again replace the old ones."""
    train: dict[int, float] = {}
    validation: dict[int, float] = {}
    config, seconds, passes = {}, 0.0, 0.0
    for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["event"] == "start":
            config = event["config"]
        elif event["event"] == "step":
            train[event["step"]] = event["train_loss"]
            seconds, passes = event["seconds"], event["epoch"]
        elif event["event"] == "eval" and event["step"]:
            validation[event["step"]] = event["val_loss"]
    return Run(config, max(train), seconds, passes, sorted(train.items()), sorted(validation.items()))


def training(folders: Sequence[Path], before: Mapping[str, Any] = UNTRAINED) -> dict[str, Any]:
    """Return a training in parts as one: tokens read, hours, settings, and curves over the tokens read.

    `before` is what this function returned for the parts before these.
    """
    parts, train, validation = (list(before[key]) for key in ("parts", "train", "validation"))
    tokens = before["tokens"]
    runs = [read_run(folder) for folder in folders]
    total = tokens + sum(run.steps * tokens_of(run) for run in runs)
    for run in runs:
        a_step = tokens_of(run)
        train += [[tokens + step * a_step, loss] for step, loss in run.train]
        validation += [[tokens + step * a_step, round(loss, 4)] for step, loss in run.validation]
        kept = ("lr", "warmup", "decay", "weight_decay", "seed", "batch_size", "block_size", "precision")
        done = {"steps": run.steps, "passes": round(run.passes, 3), "hours": run.seconds / 3600}
        parts.append({**done, **{k: run.config[k] for k in kept}})
        tokens += run.steps * a_step
    return {
        "tokens": total, "hours": sum(part["hours"] for part in parts), "parts": parts,
        "train": thinned(train, total), "validation": validation,
    }  # fmt: skip


def tokens_of(run: Run) -> int:
    """Return how many predictions a step of a run learns from."""
    return run.config["batch_size"] * run.config["block_size"]


def thinned(points: Sequence[Sequence[float]], total: int, most: int = POINTS) -> list[list[float]]:
    """Return the mean loss of each of `most` equal stretches of a curve.

    >>> thinned([[1, 2.0], [2, 4.0], [4, 1.0]], total=4, most=2)
    [[2, 3.0], [4, 1.0]]
    """
    stretches: dict[int, list[Sequence[float]]] = {}
    for point in points:
        stretches.setdefault(math.ceil(point[0] * most / total), []).append(point)
    return [[int(p[-1][0]), round(sum(y for _, y in p) / len(p), 4)] for _, p in sorted(stretches.items())]


def measured(path: Path, held: Exam, prompts: Path) -> dict[str, Any]:
    """Return what a predictor measures: parameters, bits by source, calibration, everyday prompts."""
    predictor = open_predictor(path)
    gpt = predictor.model if isinstance(predictor, GPTPredictor) else None
    figures = by_source(predictor, held)
    calibration = calibrate(predictor, [document for _, found, _ in held for document in found])
    return {
        "bytes": path.stat().st_size,
        "parameters": gpt.num_params() if gpt else None,
        "non_embedding": gpt.num_params(embeddings=False) if gpt else None,
        "width": gpt.config.n_embd if gpt else None,
        "bits_per_char_zh_plain": figures[PLAIN]["bits_per_char"],
        "bits_per_byte_en": figures["en"]["bits_per_byte"],
        "figures": figures,
        "calibration": calibration,
        "prompts": {k: v for k, v in ask(predictor, read_prompts(prompts)).items() if k != "answers"},
    }


def family_command(argv: Sequence[str]) -> int:
    """Measure every model that ships on the held-out documents of the mix, and keep it beside the weights."""
    parser = argparse.ArgumentParser("python -m train family", description=family_command.__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder with the files that the mix names")
    parser.add_argument("--prompts", type=Path, required=True, help="a table: language, prompt, natural")
    parser.add_argument("--out", type=Path, default=FAMILY)
    logs = {"action": "append", "default": [], "metavar": "NAME=FOLDER[,FOLDER]"}
    parser.add_argument("--run", help="the logs of a model's training", **logs)
    parser.add_argument("--then", help="the logs of later parts, for a model whose first are known", **logs)
    parser.add_argument(
        "--only", action="append", choices=(*NAMES, NGRAM), help="measure these, keep the rest"
    )
    parser.add_argument("--limit", type=int, help="at most this many documents of a source")
    args = parser.parse_args(argv)
    known = {one["name"]: one for one in read_family(args.out)["models"]} if args.out.exists() else {}
    files = {name: ASSETS / f"{name}.safetensors" for name in NAMES} | {NGRAM: ngram.COUNTS}
    held = exam(mix.sources(), args.texts, args.limit)
    for name, path in files.items():
        if path.exists() and name in (args.only or files):
            known[name] = known.get(name, {}) | measured(path, held, args.prompts)
    for name, folders in map(named_folders, args.run):
        known[name]["training"] = training(folders)
    for name, folders in map(named_folders, args.then):
        known[name]["training"] = training(folders, known[name]["training"])
    report = {
        "models": [{"name": name, **known[name]} for name in files if name in known],
        "variety": varieties(args.texts),
    }
    args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def named_folders(argument: str) -> tuple[str, list[Path]]:
    """Return the model and the folders that NAME=FOLDER[,FOLDER] says.

    >>> named_folders("a=b,c") == ("a", [Path("b"), Path("c")])
    True
    """
    name, _, folders = argument.partition("=")
    return name, [Path(folder) for folder in folders.split(",")]


def read_family(path: Path = FAMILY) -> dict[str, Any]:
    """Return what was written: the models, smallest first, and how varied the lesson corpus is."""
    return json.loads(path.read_text(encoding="utf-8"))


def varieties(texts: Path) -> dict[str, dict[str, float]]:
    """Return distinct 4-grams per 1,000 characters of the Chinese lesson corpus and of plain Chinese."""
    chinese = [source for source in mix.sources() if source.language.startswith("zh")]
    lesson = [source for source in chinese if (LESSONS / source.file).exists()]
    plain = [source for source in chinese if PLAIN in source.kind]
    read = {
        name: [text for source in part for text in mix.read_documents(source.file, texts, LESSONS)]
        for name, part in (("lesson", lesson), ("plain", plain))
    }
    return {str(n): {name: variety(found, n) for name, found in read.items()} for n in VARIETY}
