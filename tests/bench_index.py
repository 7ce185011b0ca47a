"""What a look into the training text takes: `python -m tests.bench_index --texts FOLDER` prints JSON.

Documents of the mix are read, the longest first, until there are 25 million tokens or no more; asked for are
contexts of 1 to 12 tokens from anywhere in them, and each of the most frequent tokens by itself.
"""

import argparse
import json
import random
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from model.tokenizer import ASSETS, RANKS, load_tokenizer
from train import mix
from train.data import encode_documents, join
from train.index import Index

TOKENS, QUERIES, LONGEST, FREQUENT = 25_000_000, 1_000, 12, 50


def milliseconds(index: Index, contexts: list[list[int]]) -> dict[str, float]:
    """Ask for each context once."""
    took = []
    for context in contexts:
        begin = time.perf_counter()
        index.occurrences(context)
        took.append(1000 * (time.perf_counter() - begin))
    p95 = statistics.quantiles(took, n=20)[-1]
    return {"median": round(statistics.median(took), 2), "p95": round(p95, 2), "max": round(max(took), 2)}


def main() -> None:
    """Build the index and ask it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder of the general texts")
    texts = parser.parse_args().texts
    tokenizer = load_tokenizer(RANKS)
    parts, count = [], 0
    for source in sorted(mix.sources(), key=lambda one: -one.characters):
        if count < TOKENS:
            parts.append(
                encode_documents(tokenizer, mix.read_documents(source.file, texts, ASSETS / "corpus"))
            )
            count += len(parts[-1].ids)
    documents = join(parts)
    begin = time.perf_counter()
    index = Index(documents, tokenizer.end_of_text)
    built = time.perf_counter() - begin
    dice = random.Random(0)
    starts = [dice.randrange(index.tokens - LONGEST) for _ in range(QUERIES)]
    contexts = [documents.ids[at : at + dice.randint(1, LONGEST)].tolist() for at in starts]
    frequent = np.argsort(-np.bincount(documents.ids))[:FREQUENT].tolist()
    report = {
        "tokens": index.tokens, "documents": index.documents, "seconds to build": round(built, 1),
        "ms for a context": milliseconds(index, contexts),
        "ms for a frequent token": milliseconds(index, [[one] for one in frequent]),
        "the same again": milliseconds(index, [[one] for one in frequent]),
    }  # fmt: skip
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
