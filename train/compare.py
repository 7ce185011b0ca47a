"""Several predictors on the same held-out documents, source by source: bits per character and per byte."""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from model.predictor import Predictor
from train import mix, pretrain
from train.duplicates import near_duplicates
from train.scoring import open_predictor, predictions

PLAIN_NEW = "plain, without near-duplicates"
Figures = dict[str, float]
Exam = list[tuple[mix.Source, list[str], list[bool]]]


def exam(sources: Sequence[mix.Source], texts: Path, limit: int | None = None) -> Exam:
    """Return each source's held-out documents, and which of them training has all but seen elsewhere."""
    read = {source: mix.read_documents(source.file, texts, pretrain.LESSONS) for source in sources}
    held = {source: mix.held_out_part(found)[:limit] for source, found in read.items()}
    plain = [document for source in sources if pretrain.PLAIN in source.kind for document in held[source]]
    trained = (document for found in read.values() for document in mix.training_part(found))
    copied = dict(zip(plain, near_duplicates(plain, trained), strict=True))
    return [(s, held[s], [copied.get(document, False) for document in held[s]]) for s in sources if held[s]]


def measure(predictor: Predictor, documents: Sequence[str]) -> Figures:
    """Return the bits that a predictor needs for documents, with their tokens, characters and bytes."""
    bits = tokens = 0.0
    for probs, truth in predictions(predictor, documents):
        bits -= float(np.log2(probs[np.arange(len(truth)), truth].astype(np.float64)).sum())
        tokens += len(truth)
    characters, size = sum(map(len, documents)), sum(len(d.encode()) for d in documents)
    return {"bits": bits, "tokens": tokens, "characters": characters, "bytes": size}


def per_unit(parts: Sequence[Figures]) -> Figures:
    """Return bits per character and per byte, and nats per token, of several measurements together."""
    names = ("bits", "tokens", "characters", "bytes")
    bits, tokens, characters, size = (sum(part[name] for part in parts) for name in names)
    return {
        "bits_per_char": bits / characters, "bits_per_byte": bits / size, "loss": bits * math.log(2) / tokens,
        "tokens": tokens, "characters": characters, "bytes": size,
    }  # fmt: skip


def by_source(predictor: Predictor, exam: Exam) -> dict[str, Figures]:
    """Return the figures of every source's held-out documents, and of all groups that an exam names."""
    measured: dict[str, Figures] = {}
    groups: dict[str, list[Figures]] = {}
    for source, found, copied in exam:
        fresh = [document for document, known in zip(found, copied, strict=True) if not known]
        part = measured[source.file] = measure(predictor, found)
        for group in ("all", source.language[:2]):
            groups.setdefault(group, []).append(part)
        if pretrain.PLAIN in source.kind:
            groups.setdefault(pretrain.PLAIN, []).append(part)
            if fresh:
                new = part if len(fresh) == len(found) else measure(predictor, fresh)
                groups.setdefault(PLAIN_NEW, []).append(new)
    named = {name: [part] for name, part in measured.items()} | groups
    return {name: per_unit(parts) for name, parts in named.items()}


def table(reports: dict[str, dict[str, Figures]]) -> str:
    """Return a Markdown table: a row a source or group, two columns a predictor."""
    names = list(reports)
    head = " | ".join(f"{name} bits/char | {name} bits/byte" for name in names)
    lines = [f"| | {head} |", "|---" * (2 * len(names) + 1) + "|"]
    for source in reports[names[0]]:
        figures = [reports[name][source] for name in names]
        cells = (f"{f['bits_per_char']:.3f} | {f['bits_per_byte']:.3f}" for f in figures)
        lines.append(f"| {source} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def compare_command(argv: Sequence[str]) -> int:
    """Measure models and n-gram tables on the held-out documents of the mix, source by source."""
    parser = argparse.ArgumentParser("python -m train compare", description=compare_command.__doc__)
    parser.add_argument("models", nargs="+", type=Path, help="checkpoints, run folders, or tables of counts")
    parser.add_argument("--texts", type=Path, required=True, help="folder with the files that the mix names")
    parser.add_argument("--mix", type=Path, default=mix.MIX)
    parser.add_argument("--limit", type=int, help="at most this many documents of a source")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    sources = mix.sources(args.mix)
    held = exam(sources, args.texts, args.limit)
    reports = {str(p): by_source(open_predictor(p), held) for p in args.models}
    sys.stdout.write((json.dumps(reports) if args.json else table(reports)) + "\n")
    return 0
