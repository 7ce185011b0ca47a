"""The model as a small live thing: its size, and the last token's real vector as each layer leaves it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np

from lesson.views.token import Json
from lesson.words import Text


@dataclass(frozen=True)
class Anatomy:
    """What a model is made of; bytes are those of its weights."""

    name: Text
    parameters: int
    bytes: int
    layers: int
    heads: int
    width: int
    block_size: int
    vocab_size: int


def brain(anatomy: Anatomy | None, residual: np.ndarray | None, milliseconds: float | None) -> Json:
    """The card's data; ``residual`` is (layers + 1, width): the vector before the first layer and after each.

    Each row is sent as signed bytes of its own scale, its largest magnitude, so that a late, large layer
    does not wash out an early, small one.
    """
    about: Json = {} if anatomy is None else {**anatomy.__dict__, "name": anatomy.name.json()}
    about["ms"] = milliseconds
    if residual is None:
        return {"about": about, "vectors": None}
    peak = np.maximum(np.abs(residual).max(axis=1, keepdims=True), 1e-9)
    rounded = np.round(residual / peak * 127).astype(np.int8)
    rows, width = rounded.shape
    data = base64.b64encode(rounded.tobytes()).decode("ascii")
    return {
        "about": about,
        "vectors": {"rows": rows, "width": width, "data": data, "peaks": peak[:, 0].tolist()},
    }
