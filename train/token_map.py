"""The map of token vectors: where frequent tokens lie, in the two directions in which they differ most.

A token has two vectors. The map shows the one of the head, by which the model scores the token as the next:
it is nothing at first and all that it becomes was learnt, so tokens that may follow the same texts draw
together. (The one of the embedding begins at random, and in a short run most of it stays so.)

While a run goes on each look has axes of its own, turned so that the picture moves as little as possible; at
the end all looks are drawn in the axes of the last one, in which one can watch the map come into being.
"""

from __future__ import annotations

from itertools import islice

import numpy as np

from model.gpt import GPT
from model.tokenizer import Tokenizer
from train.data import TokenDocuments
from train.events import Event

TOKENS = 60
LOOKS = 48  # kept for the end; of more, every other one
RELATED, MOST_LINKS = 0.5, 16  # cosine from which two tokens are joined by a line, and how many lines
Points = list[list[float]]


def frequent_tokens(tokenizer: Tokenizer, documents: TokenDocuments, most: int = TOKENS) -> list[int]:
    """Return the ids of the most frequent tokens that can be read: whole characters, a letter among them."""
    counts = np.bincount(documents.ids, minlength=tokenizer.vocab_size)
    ranked = (int(i) for i in np.argsort(-counts, kind="stable") if counts[i])
    return list(islice((i for i in ranked if can_be_read(tokenizer.token_bytes(i))), most))


def can_be_read(data: bytes) -> bool:
    """Whether bytes are whole characters with a letter or a digit among them.

    >>> can_be_read("丧".encode()), can_be_read("。".encode()), can_be_read("丧".encode()[:2])
    (True, False, False)
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return text.isprintable() and any(char.isalnum() for char in text)


class TokenMap:
    """Looks at the same tokens again and again, and keeps what it saw for a picture of all looks together."""

    def __init__(self, tokenizer: Tokenizer, documents: TokenDocuments) -> None:
        self.tokens = frequent_tokens(tokenizer, documents)
        self._seen: dict[int, np.ndarray] = {}
        self._basis: np.ndarray | None = None

    def look(self, model: GPT, step: int) -> Event | None:
        """Return the tokens' points now, in two directions, and the share of their differences these hold."""
        if len(self.tokens) < 3:
            return None
        rows = model.head.weight.detach()[self.tokens].float().cpu().numpy().astype(np.float64)
        if not np.isfinite(rows).all():
            return None
        if len(self._seen) >= LOOKS:
            self._seen = {n: self._seen[n] for n in list(self._seen)[::2]}
        self._seen[step] = rows.astype(np.float32)
        basis, share = directions(rows)
        if self._basis is not None and self._basis.shape == basis.shape:
            basis = turned(basis, self._basis)
        self._basis = basis
        points = project(rows, rows.mean(0), basis)
        return {"points": points, "share": round(share, 3), "links": relatives(rows)}

    def together(self) -> dict[str, Points]:
        """Return the points of every look that was kept, by its step, in the axes of the last look."""
        if self._basis is None:
            return {}
        middle = self._seen[max(self._seen)].astype(np.float64).mean(0)
        seen = {n: rows.astype(np.float64) for n, rows in self._seen.items()}
        return {str(n): project(rows, middle, self._basis) for n, rows in seen.items()}


def directions(rows: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the (C, 2) directions in which (N, C) rows differ most, and their share of it all (PCA)."""
    _, sizes, ways = np.linalg.svd(rows - rows.mean(0), full_matrices=False)
    squares = sizes**2
    return ways[:2].T, float(squares[:2].sum() / max(squares.sum(), 1e-12))


def relatives(rows: np.ndarray) -> list[list[float]]:
    """Return the pairs of (N, C) rows that point the same way, in all C directions, as [i, j, cosine]."""
    units = rows - rows.mean(0)
    units /= np.linalg.norm(units, axis=1, keepdims=True) + 1e-12
    cosines = np.triu(units @ units.T, 1)
    order = np.argsort(-cosines, axis=None)[:MOST_LINKS]
    pairs = (divmod(int(k), len(rows)) for k in order)
    return [[i, j, round(float(cosines[i, j]), 2)] for i, j in pairs if cosines[i, j] >= RELATED]


def turned(basis: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Return the same plane with its axes turned to lie as near as can be to those of before (Procrustes)."""
    u, _, v = np.linalg.svd(basis.T @ before)
    return basis @ (u @ v)


def project(rows: np.ndarray, middle: np.ndarray, basis: np.ndarray) -> Points:
    """Return (N, 2) points, rounded."""
    return [[round(float(x), 3), round(float(y), 3)] for x, y in (rows - middle) @ basis]
