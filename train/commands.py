"""What each command of `python -m train` takes and does."""

import argparse
import json
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from model import checkpoint
from model.checkpoint import CheckpointError, tokenizer_beside
from model.tokenizer import RANKS, BPETokenizer, load_tokenizer, save_ranks
from train import mix, pretrain, ranks, stories, textbook
from train.average import average
from train.calibration import calibrate_command
from train.card import card_command
from train.compare import compare_command
from train.config import DOCS, PRESETS, TrainConfig, changed, preset
from train.control import Control
from train.corpus import CorpusError, documents, read
from train.counts import counts_command
from train.data import split
from train.distance import distance_command
from train.evaluate import evaluate_files
from train.events import Event, to_line
from train.family import family_command
from train.moments import map_command
from train.prompts import prompts_command
from train.recurrent import rnn_command
from train.run import begin, limit_memory, logged, stored_config
from train.show import show_command
from train.temper import temper
from train.trainer import Trainer
from train.vocabulary import train_tokenizer

FAILED, UNUSABLE = 1, 2


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit status is 0, 1 if a run failed, or 2 for input that cannot be used."""
    name, rest = (argv[0], argv[1:]) if argv and argv[0] in COMMANDS else ("train", argv)
    try:
        return COMMANDS[name](rest)
    except (CorpusError, CheckpointError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
    return UNUSABLE


def train(argv: Sequence[str]) -> int:
    """Train a model on one or more text files."""
    parser = argparse.ArgumentParser("python -m train", description=train.__doc__)
    parser.add_argument(
        "corpus", nargs="+", type=Path, help="text files, UTF-8 or GB18030; blank lines part documents"
    )
    parser.add_argument(
        "--vocab-size", type=int, help="learn a vocabulary of this size from the text and keep it"
    )
    add_run_arguments(parser, "small")
    args = parse_run(parser, argv)
    text = "\n\n".join(read(path) for path in args.corpus)
    tokenizer = tokenizer_for(args.out, text, args.vocab_size, args.resume)
    config = config_of(args)
    training, validation = split(tokenizer, documents(text), config.block_size)
    return follow(Trainer(config, tokenizer, training, validation, args.out, device=device()), args)


def pretrain_command(argv: Sequence[str]) -> int:
    """Train on the mix of assets/mix.tsv, from a folder that holds its texts."""
    parser = argparse.ArgumentParser("python -m train pretrain", description=pretrain_command.__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder with the files that the mix names")
    parser.add_argument("--mix", type=Path, default=mix.MIX, help="table of sources and weights")
    parser.add_argument("--part", default=mix.READ, help="the column with the weights of this part")
    parser.add_argument("--init", type=Path, help="begin with the weights of this checkpoint")
    add_run_arguments(parser, "xiaobai", flag="--config")
    args = parse_run(parser, argv)
    tokenizer = load_tokenizer(RANKS)
    training, validation = pretrain.encode_mix(tokenizer, args.texts, mix.sources(args.mix, args.part))
    init = checkpoint.load(args.init).model if args.init else None
    config = config_of(args)
    return follow(
        Trainer(config, tokenizer, training, validation, args.out, init=init, device=device()), args
    )


def evaluate(argv: Sequence[str]) -> int:
    """Measure a model on texts: loss, bits per byte and per character."""
    parser = argparse.ArgumentParser("python -m train evaluate", description=evaluate.__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=pretrain.ASSETS / "xiaobai.safetensors")
    parser.add_argument(
        "--held-out", action="store_true", help="only documents whose SHA-256 modulo 100 is 1"
    )
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    report = evaluate_files(checkpoint.load(args.model), args.files, only_held_out=args.held_out)
    if args.json:
        write_line(json.dumps(report))
    else:
        for name, value in report.items():
            write_line(f"{name:>14} {value:,.4f}".rstrip("0").rstrip("."))
    return 0


def tokenizer(argv: Sequence[str]) -> int:
    """Learn the shipped vocabulary from the mix and write assets/tokenizer.tiktoken."""
    parser = argparse.ArgumentParser("python -m train tokenizer", description=tokenizer.__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--vocab-size", type=int, default=8192)
    parser.add_argument("--out", type=Path, default=RANKS)
    args = parser.parse_args(argv)
    save_ranks(pretrain.learn_tokenizer(args.texts, args.vocab_size).ranks, args.out)
    return 0


def average_command(argv: Sequence[str]) -> int:
    """Average two checkpoints of one line of training."""
    parser = argparse.ArgumentParser("python -m train average", description=average_command.__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="how much the second one counts, 0 to 1")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    args = parser.parse_args(argv)
    average(args.first, args.second, args.share, args.out)
    return 0


def temper_command(argv: Sequence[str]) -> int:
    """Divide a model's scores by one number, so that it says no more than it knows."""
    parser = argparse.ArgumentParser("python -m train temper", description=temper_command.__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--temperature", type=float, required=True, help="above 1 makes it less sure")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    args = parser.parse_args(argv)
    temper(args.model, args.temperature, args.out)
    return 0


def lessons(argv: Sequence[str]) -> int:
    """Write the lesson corpus from its frames and tables: assets/corpus/*.txt."""
    parser = argparse.ArgumentParser("python -m train lessons", description=lessons.__doc__)
    parser.add_argument("--out", type=Path, default=pretrain.LESSONS)
    args = parser.parse_args(argv)
    for name, characters in {**textbook.write(args.out), **stories.write(args.out)}.items():
        sys.stdout.write(f"{name} {characters:,}\n")
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "train": train,
    "pretrain": pretrain_command,
    "evaluate": evaluate,
    "tokenizer": tokenizer,
    "average": average_command,
    "temper": temper_command,
    "lessons": lessons,
    "counts": counts_command,
    "calibrate": calibrate_command,
    "compare": compare_command,
    "prompts": prompts_command,
    "show": show_command,
    "rnn": rnn_command,
    "distance": distance_command,
    "map": map_command,
    "family": family_command,
    "card": card_command,
}


def add_run_arguments(parser: argparse.ArgumentParser, default: str, flag: str = "--preset") -> None:
    """Declare what every run takes: its folder, a preset, and every field of TrainConfig."""
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument(flag, dest="preset", default=default, choices=PRESETS, help="a named configuration")
    parser.add_argument("--minutes", type=float, help="train about this long; becomes a number of steps")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    parser.add_argument("--json", action="store_true", help="one event a line on standard output")
    parser.add_argument(
        "--threads", type=int, help="processor threads; a resumed run keeps those it began with"
    )
    parser.add_argument(
        "--watch-stdin",
        action="store_true",
        help="obey commands on standard input, a JSON line each, and stop when it ends",
    )
    parser.add_argument("--memory-mb", type=int, help="most memory, where the system can limit it")
    for field in fields(TrainConfig):
        option = "--" + field.name.replace("_", "-")
        if field.type in ("bool", bool):
            parser.add_argument(
                option, action=argparse.BooleanOptionalAction, default=None, help=DOCS[field.name]
            )
        else:
            kind = type(field.default) if field.default not in (None, MISSING) else KINDS[field.name]
            parser.add_argument(option, type=kind, default=None, help=DOCS[field.name])


def parse_run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """Return a run's arguments and make its folder; a run killed before its first checkpoint begins anew."""
    args = parser.parse_args(argv)
    ranks.start()
    args.out.mkdir(parents=True, exist_ok=True)
    args.resume = args.resume and (args.out / checkpoint.RESUME).exists()
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.memory_mb:
        limit_memory(args.memory_mb << 20)
    return args


KINDS: dict[str, type] = {"steps": int, "max_seconds": float}


def config_of(args: argparse.Namespace) -> TrainConfig:
    """Return the preset with the options that were given; a resumed run's preset is what it began with."""
    stored = stored_config(args.out) if args.resume else None
    return changed(stored or preset(args.preset), **vars(args))


def tokenizer_for(out: Path, text: str, vocab_size: int | None, resume: bool) -> BPETokenizer:
    """Return the run's tokenizer: the one it keeps, a new one learnt from the text, or the shipped one."""
    if resume and (out / checkpoint.VOCABULARY).exists():
        return tokenizer_beside(out / checkpoint.RESUME)
    return load_tokenizer(RANKS) if vocab_size is None else train_tokenizer(documents(text), vocab_size)


def device() -> str:
    """Return where to train: a CUDA GPU if there is one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def follow(trainer: Trainer, args: argparse.Namespace) -> int:
    """Run a trainer to its end and show its events, as JSON lines or as a progress bar."""
    ranks.wait()  # all have seen what the folder holds before the first changes it
    if args.resume:
        trainer.resume()
    else:
        if ranks.rank() == 0:
            begin(args.out, trainer.tokenizer)
        if args.minutes is not None:
            trainer.set_minutes(args.minutes)
    control = Control()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: control.stop())
    if args.watch_stdin:
        threading.Thread(target=control.read, args=(sys.stdin.buffer,), daemon=True).start()
    events = trainer.run(control.stopped, control.take)
    if ranks.rank() > 0:
        deque(events, maxlen=0)  # process 0 tells for all
        status = 0
    else:
        show = print_lines if args.json else print_bar
        status = show(logged(events, args.out, trainer.progress.step))
    ranks.stop()
    return status


def write_line(line: str) -> None:
    """Write a line to standard output at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def print_lines(events: Iterator[Event]) -> int:
    """Write each event as one line of JSON."""
    last: Event = {}
    for last in events:
        write_line(to_line(last))
    return FAILED if last.get("event") == "failed" else 0


def print_bar(events: Iterator[Event]) -> int:
    """Show a progress bar on standard error, and a line for each evaluation."""
    last: Event = {}
    bar: Any = None
    for last in events:
        kind = last["event"]
        if kind == "start":
            bar = tqdm(total=last["steps"], initial=last["step"], unit="step", file=sys.stderr)
            bar.write(
                f"{last['parameters']:,} parameters, {last['train_tokens']:,} tokens to train on",
                file=sys.stderr,
            )
        elif kind == "step":
            bar.update()
            bar.set_postfix_str(
                f"loss {last['train_loss']:.3f}, {last['tokens_per_second']:,.0f} tokens/s", refresh=False
            )
        elif kind == "eval":
            bar.write(
                f"step {last['step']}: validation loss {last['val_loss']:.4f}  {last['sample']!r}",
                file=sys.stderr,
            )
        elif kind == "failed":
            bar.write(f"step {last['step']}: {last['message']}", file=sys.stderr)
    if bar is not None:
        bar.close()
    return FAILED if last.get("event") == "failed" else 0
