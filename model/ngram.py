"""N-grams: guess the next token from what followed the same few tokens in a text that was counted.

Interpolated Kneser-Ney smoothing with three discounts an order (Chen & Goodman 1999, "modified"): an n-gram
that counts c gives up D(c), and what all give up is shared out as the next shorter context predicts. In the
shorter contexts an n-gram counts once for every different token seen before it, however often it was seen;
one that begins with end-of-text has nothing before it and keeps its plain count.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from model.checkpoint import not_a_model, read_tensors, tokenizer_of, write_tensors
from model.predictor import NextToken, NextTokenOf, check_ids
from model.tokenizer import ASSETS, BPETokenizer, Tokenizer

COUNTS = ASSETS / "counts.safetensors"
KIND = "n-gram counts"


@dataclass(frozen=True)
class Level:
    """All n-grams of one length in lexicographic order, (N,) each; level 0 holds the empty one alone."""

    tokens: np.ndarray  # uint16: the last token of each
    seen: np.ndarray  # int32: how often it was seen in the text
    counts: np.ndarray  # int32: what it counts for in Kneser-Ney; at the highest level the same as `seen`
    children: np.ndarray  # int32: how many n-grams of the next level continue it
    totals: np.ndarray  # int32: the counts of all its continuations together, those left out of the table too


@dataclass(frozen=True)
class CountTable:
    """Levels 0 to n, and for each the amounts D(0) = 0, D(1), D(2), D(3 and more) that its counts give up."""

    levels: tuple[Level, ...]
    discounts: np.ndarray  # (n + 1, 4) float64; those of level 0 mean nothing


class NgramPredictor:
    """A table of counts behind the Predictor protocol; it sees the last n - 1 tokens and nothing else."""

    def __init__(self, table: CountTable, tokenizer: Tokenizer) -> None:
        self.table = table
        self.tokenizer = tokenizer
        self.block_size = len(table.levels) - 2
        self._begins = [np.concatenate([[0], np.cumsum(level.children)]) for level in table.levels]
        self._unigrams = np.full(tokenizer.vocab_size, 1 / tokenizer.vocab_size)
        self._mix(self._unigrams, 0, 0)

    def next_token(self, context: Sequence[int]) -> NextToken:
        """Return the prediction after a context, mixed from the empty one up to the longest one known."""
        check_ids(context, self.tokenizer.vocab_size)
        probs = self._unigrams.copy()
        for size in range(1, min(len(context), self.block_size) + 1):
            place = self._place(context[len(context) - size :])
            if place is not None:
                self._mix(probs, size, place)
        return NextToken(np.log(probs))

    def session(self) -> NextTokenOf:
        """Return a next_token for one growing text; there is nothing to keep between its calls."""
        return self.next_token

    def followers(self, context: Sequence[int]) -> tuple[int, int, list[tuple[int, int]]]:
        """Return what the text says: (tokens of the context used, times seen, [(id, times seen next), ...]).

        The longest end of the context is used after which the table holds anything; most frequent first. What
        the table leaves out is missing: the rows may add up to less than the times seen.
        """
        for size in range(min(len(context), self.block_size), -1, -1):
            place = self._place(context[len(context) - size :])
            if place is not None and self.table.levels[size].children[place]:
                level, among = self.table.levels[size + 1], self._continuations(size, place)
                order = np.argsort(-level.seen[among], kind="stable")
                ids, seen = level.tokens[among][order], level.seen[among][order]
                found = zip(ids.tolist(), seen.tolist(), strict=True)
                return size, int(self.table.levels[size].seen[place]), [row for row in found if row[1]]
        return 0, 0, []

    def _mix(self, probs: np.ndarray, size: int, place: int) -> None:
        """Turn what a shorter context predicts, (V,), into what a context of `size` tokens does."""
        level, among = self.table.levels[size + 1], self._continuations(size, place)
        counts, total = level.counts[among], self.table.levels[size].totals[place]
        if total:
            shares = (counts - self.table.discounts[size + 1][np.minimum(counts, 3)]) / total
            probs *= 1 - shares.sum()
            probs[level.tokens[among]] += shares

    def _place(self, tokens: Sequence[int]) -> int | None:
        """Return where an n-gram stands at its level, or None if the table does not hold it."""
        place = 0
        for size, token in enumerate(tokens):
            among = self._continuations(size, place)
            known = self.table.levels[size + 1].tokens[among]
            i = int(known.searchsorted(np.uint16(token)))
            if i == len(known) or known[i] != token:
                return None
            place = among.start + i
        return place

    def _continuations(self, size: int, place: int) -> slice:
        """Return where, at the next level, the continuations of an n-gram stand."""
        return slice(int(self._begins[size][place]), int(self._begins[size][place + 1]))


def save(path: Path, table: CountTable, tokenizer: BPETokenizer, info: dict[str, object]) -> None:
    """Write a table with its tokenizer's fingerprint and figures about the text. Raises OSError."""
    tensors = {}
    for size, level in enumerate(table.levels):
        last = size == len(table.levels) - 1
        for name in ("tokens", "seen") if last else ("tokens", "seen", "counts", "children", "totals"):
            tensors[f"{size}.{name}"] = pack(getattr(level, name))
    metadata = {
        "kind": KIND,
        "levels": str(len(table.levels)),
        "discounts": json.dumps(table.discounts.tolist()),
        "tokenizer": tokenizer.id,
        "info": json.dumps(info, ensure_ascii=False),
    }
    write_tensors(path, tensors, metadata)


def load(path: str | Path = COUNTS) -> NgramPredictor:
    """Return the predictor of a table. Raises CheckpointError if the file is something else or damaged."""
    path = Path(path)
    tensors, metadata = read_tensors(path)
    if metadata.get("kind") != KIND:
        raise not_a_model(path)
    try:
        count = int(metadata["levels"])
        levels = tuple(read_level(tensors, size, last=size == count - 1) for size in range(count))
        discounts = np.array(json.loads(metadata["discounts"]), dtype=np.float64)
        fingerprint = metadata["tokenizer"]
    except (KeyError, ValueError, IndexError) as error:
        raise not_a_model(path) from error
    table = CountTable(levels, discounts)
    tokenizer = tokenizer_of(path, fingerprint)
    if not fits(table, tokenizer.vocab_size):
        raise not_a_model(path)
    return NgramPredictor(table, tokenizer)


def read_level(tensors: dict[str, Tensor], size: int, *, last: bool) -> Level:
    """Return one level out of a file's tensors; the last one has no continuations."""
    tokens, seen = unpack(tensors[f"{size}.tokens"], np.uint16), unpack(tensors[f"{size}.seen"], np.int32)
    zeros = np.zeros_like(seen)
    if last:
        return Level(tokens, seen, seen, zeros, zeros)
    counts, children, totals = (
        unpack(tensors[f"{size}.{n}"], np.int32) for n in ("counts", "children", "totals")
    )
    return Level(tokens, seen, counts, children, totals)


def fits(table: CountTable, vocab_size: int) -> bool:
    """Tell whether every level is as long as the one before it says, with no token beyond the vocabulary."""
    lengths = [[len(getattr(level, field.name)) for field in fields(Level)] for level in table.levels]
    expected = [1, *(int(level.children.sum()) for level in table.levels)]
    return (
        table.discounts.shape == (len(table.levels), 4)
        and all(row == [size] * len(row) for row, size in zip(lengths, expected, strict=False))
        and all(bool((level.tokens < vocab_size).all()) for level in table.levels)
        and lengths[1][0] == vocab_size
    )


def pack(values: np.ndarray) -> Tensor:
    """Return whole numbers packed by zlib: first the lowest byte of all; the high ones are mostly zero.

    >>> unpack(pack(np.array([3, 70_000], np.int32)), np.int32)
    array([    3, 70000], dtype=int32)
    """
    planes = values.view(np.uint8).reshape(len(values), -1).T
    return torch.from_numpy(np.frombuffer(zlib.compress(planes.tobytes(), 9), np.uint8).copy())


def unpack(packed: Tensor, kind: type[np.generic]) -> np.ndarray:
    """Return what `pack` was given. Raises ValueError if it was something else."""
    try:
        planes = np.frombuffer(zlib.decompress(packed.numpy().tobytes()), np.uint8)
    except zlib.error as error:
        raise ValueError("no packed numbers") from error
    return np.ascontiguousarray(planes.reshape(np.dtype(kind).itemsize, -1).T).view(kind).ravel()
