"""The command line of the model: `python -m model predict|generate|tokenize TEXT`."""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from model import XIAOBAI, load
from model.checkpoint import CheckpointError, missing, resolve, tokenizer_beside
from model.predictor import readable
from model.report import Report, generate_report, predict_report, tokenize_report
from model.sampling import Sampling

UNUSABLE = 2


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit status is 0, or 2 for input that cannot be used."""
    args = parser().parse_args(argv)
    try:
        report, lines = args.run(args)
    except (CheckpointError, ValueError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    print(json.dumps(report, ensure_ascii=False) if args.json else lines)
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of all three commands."""
    top = argparse.ArgumentParser("python -m model", description="See what a language model predicts.")
    commands = top.add_subparsers(required=True, metavar="predict | generate | tokenize")
    for name, run, text in (
        ("predict", predict, "the probabilities of the next token"),
        ("generate", write, "a continuation, token by token"),
        ("tokenize", tokenize, "the tokens of a text"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("text")
        command.add_argument(
            "--model", type=Path, default=XIAOBAI, help="a checkpoint, or a training run's folder"
        )
        command.add_argument("--json", action="store_true", help="one JSON object on standard output")
        command.set_defaults(run=run)
        if run is not tokenize:
            command.add_argument(
                "--temperature",
                type=float,
                default=1.0,
                help="below 1 bolder, above 1 more even; 0 is greedy",
            )
            command.add_argument("--top-k", type=int, help="choose among the k most probable tokens only")
            command.add_argument(
                "--top-p", type=float, help="choose among the most probable tokens that reach p together"
            )
        if run is predict:
            command.add_argument("--rows", type=int, default=10, help="how many tokens are listed")
        if run is write:
            command.add_argument("--tokens", type=int, default=40, help="how many tokens to write at most")
            command.add_argument("--seed", type=int, default=0, help="where the random numbers start")
    return top


def sampling_of(args: argparse.Namespace) -> Sampling:
    """Return the knobs of the command line. Raises ValueError."""
    return Sampling(args.temperature, args.top_k, args.top_p)


def predict(args: argparse.Namespace) -> tuple[Report, str]:
    """Return the next token's probabilities, as a report and as lines to read."""
    if args.rows < 0:
        raise ValueError(f"rows must be at least 0, not {args.rows}")
    predictor = load(args.model)
    report = predict_report(predictor, args.text, args.rows, sampling_of(args))
    lines = [
        f"{row['p']:8.2%} {row['p_shaped']:8.2%}  {readable(predictor.tokenizer, row['id'])!r}"
        for row in report["top"]
    ]
    lines.append(f"{report['rest']:8.2%} {report['rest_shaped']:8.2%}  其余所有词元 / all others")
    return report, "\n".join(lines)


def write(args: argparse.Namespace) -> tuple[Report, str]:
    """Return a continuation, as a report and as text."""
    if args.tokens < 0:
        raise ValueError(f"tokens must be at least 0, not {args.tokens}")
    report = generate_report(load(args.model), args.text, args.tokens, sampling_of(args), args.seed)
    return report, report["text"]


def tokenize(args: argparse.Namespace) -> tuple[Report, str]:
    """Return the tokens of a text, as a report and as lines to read."""
    path = resolve(args.model)
    if args.model != XIAOBAI and not os.path.exists(path):
        raise missing(path)
    tokenizer = tokenizer_beside(path)
    report = tokenize_report(tokenizer, args.text)
    return report, "\n".join(
        f"{row['id']:6} {row['bytes']:12} {row['text'] or ''!r}" for row in report["tokens"]
    )


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):  # JSON is UTF-8, whatever the system would write
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
