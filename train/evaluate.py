"""How well a model predicts a text, in units that its tokens do not change: bits per byte and character."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F

from model.checkpoint import Checkpoint
from model.predictor import start
from train.corpus import documents, held_out, read

WINDOWS_AT_ONCE = 16


def evaluate_files(
    checkpoint: Checkpoint, paths: Sequence[Path], *, only_held_out: bool = False
) -> dict[str, float]:
    """Return the figures of all documents of some files together."""
    found = [document for path in paths for document in documents(read(path))]
    return evaluate_documents(checkpoint, [d for d in found if held_out(d)] if only_held_out else found)


def evaluate_documents(checkpoint: Checkpoint, found: Sequence[str]) -> dict[str, float]:
    """Return bits_per_byte, bits_per_char, loss (nats per token), and counts of tokens, characters, bytes.

    Every document stands by itself, after an end-of-text token; each of its tokens is scored once.
    Raises ValueError if there is nothing to score.
    """
    block_size = checkpoint.model.config.block_size
    rows = [
        row for document in found for row in scored_windows(start(checkpoint.tokenizer, document), block_size)
    ]
    if not rows:
        raise ValueError("there is no text to measure")
    nats = total_nats(checkpoint, sorted(rows, key=lambda row: len(row[0])))
    tokens = sum(len(row[0]) - 1 - row[1] for row in rows)
    characters = sum(map(len, found))
    size = sum(len(document.encode("utf-8", "replace")) for document in found)
    bits = nats / math.log(2)
    return {
        "bits_per_byte": bits / size, "bits_per_char": bits / characters, "loss": nats / tokens,
        "tokens": tokens, "characters": characters, "bytes": size,
    }  # fmt: skip


def scored_windows(ids: Sequence[int], block_size: int) -> Iterator[tuple[list[int], int]]:
    """Yield (window, skip): a window's tokens are scored but the first and the `skip` after it, read before.

    A window holds block_size + 1 tokens, inputs and targets together; the next begins half a block later.

    >>> list(scored_windows([9, 1, 2, 3, 4, 5], block_size=4))
    [([9, 1, 2, 3, 4], 0), ([2, 3, 4, 5], 2)]
    """
    scored = begin = 0
    while scored < len(ids) - 1:
        window = list(ids[begin : begin + block_size + 1])
        yield window, scored - begin
        scored = begin + len(window) - 1
        begin += max(1, block_size // 2)


@torch.inference_mode()
def total_nats(checkpoint: Checkpoint, rows: Sequence[tuple[list[int], int]]) -> float:
    """Return the summed cross-entropy of the scored tokens; rows of like length are read together."""
    total = 0.0
    for i in range(0, len(rows), WINDOWS_AT_ONCE):
        part = rows[i : i + WINDOWS_AT_ONCE]
        width = max(len(window) for window, _ in part) - 1
        inputs = torch.zeros(len(part), width, dtype=torch.long)
        targets = torch.full((len(part), width), -1)
        for j, (window, skip) in enumerate(part):
            inputs[j, : len(window) - 1] = torch.tensor(window[:-1])
            targets[j, skip : len(window) - 1] = torch.tensor(window[skip + 1 :])
        logits, _ = checkpoint.model(inputs)
        total += F.cross_entropy(
            logits.flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="sum"
        ).item()
    return total
