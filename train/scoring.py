"""What any predictor says at every token of some documents: the one source of all figures about quality."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

import model
from model import ngram
from model.checkpoint import read_tensors
from model.predictor import GPTPredictor, Predictor, start
from train.evaluate import WINDOWS_AT_ONCE, scored_windows

ROWS_AT_ONCE = 512  # predictions of a predictor that takes one context at a time


def open_predictor(path: Path) -> Predictor:
    """Return the predictor of a checkpoint, a run's folder, or a table of counts. Raises CheckpointError."""
    if path.is_file() and read_tensors(path)[1].get("kind") == ngram.KIND:
        return ngram.load(path)
    return model.load(path)


def predictions(predictor: Predictor, documents: Sequence[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield (probabilities (N, V), true tokens (N,)) until every token of every document has come up once.

    Every document stands by itself, after an end-of-text token. The tokens come in any order.
    """
    texts = [start(predictor.tokenizer, document) for document in documents]
    return windowed(predictor, texts) if isinstance(predictor, GPTPredictor) else one_by_one(predictor, texts)


@torch.inference_mode()
def windowed(predictor: GPTPredictor, texts: Sequence[list[int]]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Send whole windows through a GPT, those of like length together."""
    rows = [row for ids in texts for row in scored_windows(ids, predictor.block_size)]
    rows.sort(key=lambda row: len(row[0]))
    for i in range(0, len(rows), WINDOWS_AT_ONCE):
        part = rows[i : i + WINDOWS_AT_ONCE]
        width = max(len(window) for window, _ in part) - 1
        inputs, targets = torch.zeros(len(part), width, dtype=torch.long), torch.full((len(part), width), -1)
        for j, (window, skip) in enumerate(part):
            inputs[j, : len(window) - 1] = torch.tensor(window[:-1])
            targets[j, skip : len(window) - 1] = torch.tensor(window[skip + 1 :])
        scored = targets >= 0
        probs = predictor.model.head(predictor.model.hidden(inputs)[scored]).float().softmax(dim=-1)  # (N, V)
        yield probs.numpy(), targets[scored].numpy()


def one_by_one(predictor: Predictor, texts: Sequence[list[int]]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Ask a predictor for one token after another."""
    places = [(ids, i) for ids in texts for i in range(1, len(ids))]
    for begin in range(0, len(places), ROWS_AT_ONCE):
        part = places[begin : begin + ROWS_AT_ONCE]
        probs = [predictor.next_token(ids[max(0, i - predictor.block_size) : i]).probs for ids, i in part]
        yield np.stack(probs), np.array([ids[i] for ids, i in part])
