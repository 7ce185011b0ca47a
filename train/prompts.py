"""Everyday prompts that no model was trained on: how often is a natural next token among its first five?

The rule was written before any model was asked. A row of the table lists what a reader finds natural.
A token counts if it begins one of them or is begun by one: in Chinese one character is enough, in English the
token must begin a new word, and be all of it or at least three letters.
"""

import argparse
import csv
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import XIAOBAI
from model.predictor import Predictor, readable, start
from model.report import token_text
from train.scoring import open_predictor

FIRST = 5
LEAST_LETTERS = 3
Z95 = 1.959964  # of the normal distribution, for an interval of 95 %


@dataclass(frozen=True)
class Prompt:
    """A beginning, and what may naturally come next: characters in Chinese, words in English."""

    language: str
    text: str
    natural: tuple[str, ...]

    def accepts(self, token: str | None) -> bool:
        """Tell whether a token is natural here; one that is no whole character never is.

        >>> Prompt("zh", "给我倒一杯", ("水", "牛奶")).accepts("牛")
        True
        >>> [Prompt("en", "a glass of", ("water",)).accepts(token) for token in (" wat", "water", " w")]
        [True, False, False]
        """
        if not token:
            return False
        if self.language == "zh":
            return any(word.startswith(token) or token.startswith(word) for word in self.natural)
        letters = token.strip().lower()
        return token.startswith(" ") and any(
            letters == word or (len(letters) >= LEAST_LETTERS and word.startswith(letters))
            for word in self.natural
        )


def read_prompts(path: Path) -> tuple[Prompt, ...]:
    """Return the prompts of a table with the columns language, prompt and natural."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Prompt(r["language"], r["prompt"], tuple(r["natural"].split(" "))) for r in rows)


def ask(predictor: Predictor, prompts: Sequence[Prompt]) -> dict[str, Any]:
    """Return the share of prompts with a natural token among the first five, and every answer."""
    answers = []
    for prompt in prompts:
        dist = predictor.next_token(start(predictor.tokenizer, prompt.text))
        ids = [i for i, _ in dist.top(FIRST)]
        hit = any(prompt.accepts(token_text(predictor.tokenizer, i)) for i in ids)
        top = [readable(predictor.tokenizer, i) for i in ids]
        answers.append({"prompt": prompt.text, "top": top, "natural": hit})
    hits = sum(answer["natural"] for answer in answers)
    low, high = wilson(hits, len(answers))
    return {
        "prompts": len(answers), "natural": hits, "share": hits / len(answers), "low": low, "high": high,
        "answers": answers,
    }  # fmt: skip


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval for a share.

    >>> [round(edge, 4) for edge in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    share, z2 = hits / trials, Z95**2
    middle = share + z2 / (2 * trials)
    reach = Z95 * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, (middle - reach) / (1 + z2 / trials)), min(1.0, (middle + reach) / (1 + z2 / trials))


def prompts_command(argv: Sequence[str]) -> int:
    """Ask models to go on from everyday prompts: how often is a natural next token among the first five?"""
    parser = argparse.ArgumentParser("python -m train prompts", description=prompts_command.__doc__)
    parser.add_argument("prompts", type=Path, help="a table: language, prompt, natural")
    parser.add_argument("--model", type=Path, default=XIAOBAI, help="a checkpoint or a table of counts")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    report = ask(open_predictor(args.model), read_prompts(args.prompts))
    lines = [
        f"{'+' if a['natural'] else '-'} {a['prompt']} {' | '.join(a['top'])}" for a in report["answers"]
    ]
    lines.append(
        f"{report['share']:.3f} of {report['prompts']} (95 %: {report['low']:.3f} to {report['high']:.3f})"
    )
    sys.stdout.write((json.dumps(report, ensure_ascii=False) if args.json else "\n".join(lines)) + "\n")
    return 0
