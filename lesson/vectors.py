"""小白's token vectors: the two that each token has, those nearest by angle, and flat pictures of them.

Every token has a vector that is read (the embedding) and one that is guessed by (a row of the head: its
product with what the last layer says is the token's score). Those of the head began as zeros, so all that
they are was learnt; those of the embedding began as random numbers, and a short training leaves much of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from lesson.predictions import Predictions
from lesson.words import Refusal, Text
from model.predictor import GPTPredictor
from model.trace import Trace

TABLES = ("head", "embedding")
NO_GPT = Text(
    "这个模型没有词向量可看，请换小白来试。",
    "This model has no token vectors to look at; try XiaoBai.",
)


class Vectors:
    """The vectors of one GPT, worked out when first asked for."""

    def __init__(self, predictions: Predictions, assets: Path) -> None:
        self._predictions = predictions
        self._assets = assets
        self._tables: dict[str, np.ndarray] = {}
        self._axes: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}

    @property
    def predictor(self) -> GPTPredictor:
        """The GPT; a Refusal if the predictor is none."""
        if not isinstance(self._predictions.predictor, GPTPredictor):
            raise Refusal(NO_GPT)
        return self._predictions.predictor

    def table(self, name: str) -> np.ndarray:
        """One table's vectors, (V, C) float32, each of length one, so that a product is a cosine."""
        if name not in self._tables:
            layer = {"head": self.predictor.model.head, "embedding": self.predictor.model.embedding}[name]
            rows = layer.weight.detach().float().numpy()
            self._tables[name] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return self._tables[name]

    def nearest(self, name: str, token: int, most: int) -> list[tuple[int, float]]:
        """The tokens of the whole vocabulary at the smallest angle to one, itself left out; (id, cosine)."""
        cosines = self.table(name) @ self.table(name)[token]
        order = np.argsort(-cosines, kind="stable")
        return [(int(i), float(cosines[i])) for i in order[: most + 1] if i != token][:most]

    def cosine(self, name: str, one: int, other: int) -> float:
        """The cosine of the angle between two tokens' vectors."""
        return float(np.clip(self.table(name)[one] @ self.table(name)[other], -1, 1))

    @cached_property
    def stored(self) -> dict[str, object]:
        """What assets/map.json holds: the tokens that are drawn, and a small run's map at several steps."""
        return json.loads((self._assets / "map.json").read_text(encoding="utf-8"))

    @property
    def drawn(self) -> list[int]:
        """The tokens that the map shows: frequent in the lesson corpus, and readable."""
        return [int(i) for i in self.stored["tokens"]]  # type: ignore[union-attr]

    def points(self, name: str, also: Sequence[int] = ()) -> tuple[dict[int, np.ndarray], float, float]:
        """The points (3,) of the drawn tokens and of others, and what two and three axes hold (PCA)."""
        middle, ways, shares = self.axes(name)
        ids = list(dict.fromkeys([*self.drawn, *also]))
        places = (self.table(name)[ids] - middle) @ ways
        return dict(zip(ids, places, strict=True)), float(shares[:2].sum()), float(shares[:3].sum())

    def axes(self, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The middle (C,) of the drawn tokens, the ways (C, 3) in which they differ most, and all shares.

        Whatever else is put on the map, these stay as they are.
        """
        if name not in self._axes:
            rows = self.table(name)[self.drawn]
            _, sizes, ways = np.linalg.svd(rows - rows.mean(0), full_matrices=False)
            self._axes[name] = rows.mean(0), ways[:3].T, sizes**2 / (sizes**2).sum()
        return self._axes[name]

    @torch.inference_mode()
    def by_layer(self, context: tuple[int, ...]) -> np.ndarray:
        """The last token's vector before the first layer and after each, (layers + 1, C)."""
        trace = Trace()
        self.predictor.model.hidden(torch.tensor([context]), trace=trace)
        return np.stack([layer[0, -1].numpy() for layer in trace.residual]).astype(np.float64)
