"""Calibration: of the tokens that a predictor gives 80 %, do 80 % come true?"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from model import XIAOBAI
from model.predictor import Predictor
from train.corpus import documents, held_out, read
from train.scoring import open_predictor, predictions

BINS = 15  # of equal width, as in Guo et al. 2017


def calibrate(predictor: Predictor, found: Sequence[str]) -> dict[str, Any]:
    """Return the reliability diagram of a predictor's first choices. Raises ValueError without any token."""
    confidence, correct = [np.zeros(0)], [np.zeros(0, bool)]
    for probs, truth in predictions(predictor, found):
        first = probs.argmax(axis=1)
        confidence.append(probs[np.arange(len(first)), first])
        correct.append(first == truth)
    return reliability(np.concatenate(confidence), np.concatenate(correct))


def reliability(confidence: np.ndarray, correct: np.ndarray, bins: int = BINS) -> dict[str, Any]:
    """Return how often (N,) predictions of a stated probability came true, bin by bin, and all together.

    Bin i holds confidences in (i / bins, (i + 1) / bins]. "ece", the expected calibration error, is the mean
    over all predictions of the gap between confidence and accuracy in their bin. Raises ValueError for none.

    >>> report = reliability(np.array([0.9, 0.9]), np.array([True, False]))
    >>> round(report["ece"], 6), report["bins"][-2]["count"]
    (0.4, 2)
    """
    if not len(confidence):
        raise ValueError("there is no text to measure")
    which = np.clip(np.ceil(confidence.astype(np.float64) * bins).astype(int) - 1, 0, bins - 1)
    counts, sums, right = (np.bincount(which, weights=w, minlength=bins) for w in (None, confidence, correct))
    return {
        "ece": float(np.abs(sums - right).sum() / len(confidence)),
        "tokens": len(confidence),
        "accuracy": float(correct.mean()),
        "confidence": float(confidence.mean()),
        "bins": [
            {
                "low": i / bins, "high": (i + 1) / bins, "count": int(n),
                "confidence": float(sums[i] / n) if n else None,
                "accuracy": float(right[i] / n) if n else None,
            }
            for i, n in enumerate(counts)
        ],
    }  # fmt: skip


def calibrate_command(argv: Sequence[str]) -> int:
    """Measure how well a model's probabilities match what happens: a reliability diagram and its error."""
    parser = argparse.ArgumentParser("python -m train calibrate", description=calibrate_command.__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=XIAOBAI, help="a checkpoint or a table of counts")
    parser.add_argument("--held-out", action="store_true", help="only documents kept from training")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    found = [document for path in args.files for document in documents(read(path))]
    if args.held_out:
        found = [document for document in found if held_out(document)]
    report = calibrate(open_predictor(args.model), found)
    sys.stdout.write((json.dumps(report) if args.json else chart(report)) + "\n")
    return 0


def chart(report: dict[str, Any]) -> str:
    """Return the diagram as lines of text."""
    rows = [
        f"{b['low']:4.2f} to {b['high']:4.2f} {b['count']:9,} tokens"
        f"  said {b['confidence']:.3f}  came true {b['accuracy']:.3f}"
        for b in report["bins"]
        if b["count"]
    ]
    rows.append(f"expected calibration error {report['ece']:.4f} over {report['tokens']:,} tokens")
    return "\n".join(rows)
