"""Count the n-grams of the training mix, for model/ngram.py: sorted arrays all the way, no dictionary.

An n-gram is known by its place among all that are as long. So an n-gram of the next length is a pair (place,
token), one whole number, and sorting those gives the next level in lexicographic order, whatever the length.
"""

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.ngram import COUNTS, CountTable, Level, save
from model.tokenizer import RANKS, load_tokenizer
from train import mix, pretrain
from train.data import TokenDocuments

ORDER = 5
LEAST_BITS = 38.0  # keeps the shipped table below 20 MB
OFTEN = 30  # an n-gram seen this often stays even if it saves nothing, for the counts are shown as well
USUAL_DISCOUNT = 0.75  # Kneser-Ney's customary value, where a text is too small to estimate one


@dataclass
class Counted:
    """All n-grams of one length n, (N,) each; `counts` is known once the next length has been counted."""

    tokens: np.ndarray  # the last token of each
    parents: np.ndarray  # places of their first n - 1 tokens
    endings: np.ndarray  # places of their last n - 1 tokens
    opening: np.ndarray  # bool: begins with end-of-text, so that nothing can stand before it
    seen: np.ndarray
    counts: np.ndarray


def one_pass(documents: TokenDocuments, end_of_text: int, seed: int = 0) -> np.ndarray:
    """Return the tokens of one weighted pass over the documents, end-of-text before each and at the end."""
    copies = np.floor(documents.weights + np.random.default_rng(seed).random(len(documents))).astype(int)
    parts = [
        documents.ids[documents.starts[i] : documents.starts[i + 1]]
        for i in np.repeat(np.arange(len(documents)), copies)
    ]
    return np.concatenate([*parts, np.array([end_of_text], np.uint16)])


def count(
    row: np.ndarray, vocab_size: int, end_of_text: int, order: int = ORDER, least_bits: float = -math.inf
) -> CountTable:
    """Return the table of a row of tokens, without the n-grams that save less than `least_bits` on it.

    No n-gram reaches over an end-of-text into another document.
    """
    seen = np.bincount(row[1:], minlength=vocab_size)  # the first end-of-text was not predicted by anything
    zeros = np.zeros(vocab_size, np.int32)
    levels = [Counted(np.arange(vocab_size), zeros, zeros, zeros.astype(bool), seen, seen)]
    places = row.astype(np.int32)  # of the n-gram that ends at each token, or -1
    for size in range(2, order + 1):
        before = levels[-1]
        inside = (places[:-1] >= 0) & ((row[:-1] != end_of_text) if size > 2 else True)
        pairs = places[:-1][inside].astype(np.int64) * vocab_size + row[1:][inside]
        keys, which, seen = np.unique(pairs, return_inverse=True, return_counts=True)
        parents, tokens = keys // vocab_size, keys % vocab_size
        endings = np.empty(len(keys), np.int32)
        endings[which] = places[1:][inside]
        opening = before.opening[parents] if size > 2 else parents == end_of_text
        continued = np.bincount(endings, minlength=len(before.tokens))
        before.counts = np.where(before.opening, before.seen, continued)
        levels.append(Counted(tokens, parents, endings, opening, seen, seen))
        places = np.full(len(row), -1, np.int32)
        places[1:][inside] = which
    discounts = np.stack([np.zeros(4), *(estimate_discounts(level.counts) for level in levels)])
    return CountTable(pruned(levels, keepers(levels, discounts, least_bits)), discounts)


def estimate_discounts(counts: np.ndarray) -> np.ndarray:
    """Return D(0), D(1), D(2), D(3+) by Chen & Goodman, from how many n-grams count 1, 2, 3 and 4."""
    n1, n2, n3, n4 = (int((counts == c).sum()) for c in (1, 2, 3, 4))
    found = [0.0]
    for c, now, more in ((1, n1, n2), (2, n2, n3), (3, n3, n4)):
        d = c - (c + 1) * n1 / (n1 + 2 * n2) * more / now if now else 0.0
        found.append(d if 0 < d < c else USUAL_DISCOUNT)
    return np.array(found)


def keepers(levels: Sequence[Counted], discounts: np.ndarray, least_bits: float) -> list[np.ndarray]:
    """Return which n-grams of each level stay: (N,) bool. With one stay its beginnings; all tokens stay.

    What an n-gram saves: the times it was seen x the bits by which its last token is likelier than without
    its first (Seymore & Rosenfeld 1996, the weighted difference).
    """
    kept = []
    probs = np.full(1, 1 / len(levels[0].tokens))
    for size, level in enumerate(levels, start=1):
        totals = np.bincount(level.parents, weights=level.counts)
        given_up = discounts[size][np.minimum(level.counts, 3)]
        shared = np.bincount(level.parents, weights=given_up) / np.maximum(totals, 1)
        shorter = probs[level.endings]
        probs = (level.counts - given_up) / totals[level.parents] + shared[level.parents] * shorter
        saved = level.seen * np.log2(probs / shorter)
        kept.append((saved >= least_bits) | (level.seen >= OFTEN) if size > 1 else np.ones(len(probs), bool))
    for size in range(len(levels) - 1, 1, -1):
        kept[size - 1][levels[size].parents[kept[size]]] = True
    return kept


def pruned(levels: Sequence[Counted], kept: Sequence[np.ndarray]) -> tuple[Level, ...]:
    """Return the levels with what stays, under a level 0 that holds the empty n-gram."""
    one = np.ones(1, np.int32)
    root = Counted(0 * one, 0 * one, 0 * one, one > 0, levels[0].seen.sum(keepdims=True), one)
    found = []
    for size, (level, stays) in enumerate(zip([root, *levels], [one > 0, *kept], strict=True)):
        children = totals = np.zeros(len(level.tokens))
        if size < len(levels):
            longer = levels[size]
            children = np.bincount(longer.parents[kept[size]], minlength=len(level.tokens))
            totals = np.bincount(longer.parents, weights=longer.counts, minlength=len(level.tokens))
        columns = (a[stays].astype(np.int32) for a in (level.seen, level.counts, children, totals))
        found.append(Level(level.tokens[stays].astype(np.uint16), *columns))
    return tuple(found)


def counts_command(argv: Sequence[str]) -> int:
    """Count the n-grams of the training mix and write the table for the n-gram predictor."""
    parser = argparse.ArgumentParser("python -m train counts", description=counts_command.__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder with the files that the mix names")
    parser.add_argument("--mix", type=Path, default=mix.MIX, help="table of sources and weights")
    parser.add_argument("--out", type=Path, default=COUNTS)
    parser.add_argument("--order", type=int, default=ORDER, help="tokens in the longest n-grams")
    parser.add_argument("--least-bits", type=float, default=LEAST_BITS, help="what each n-gram must save")
    args = parser.parse_args(argv)
    started = time.perf_counter()
    tokenizer = load_tokenizer(RANKS)
    training, _ = pretrain.encode_mix(tokenizer, args.texts, mix.sources(args.mix))
    row = one_pass(training, tokenizer.end_of_text)
    table = count(row, tokenizer.vocab_size, tokenizer.end_of_text, args.order, args.least_bits)
    info = {
        "tokens": len(row), "least_bits": args.least_bits,
        "ngrams": [len(level.tokens) for level in table.levels],
        "seconds": round(time.perf_counter() - started),
    }  # fmt: skip
    save(args.out, table, tokenizer, info)
    return 0
