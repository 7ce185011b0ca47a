"""The melons on the page: a model of three parameters beside one of millions, and groups without answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from lesson.predictions import Predictions
from lesson.ui.components import Piece
from lesson.views.melons import melons
from lesson.words import Text


@dataclass(frozen=True)
class Scale:
    """How large the model is that the melons are compared with."""

    name: Text
    parameters: int
    vocabulary: int
    block: int


def scale(predictions: Predictions) -> Scale | None:
    """The size of a model, if it is known."""
    anatomy = predictions.anatomy()
    if anatomy is None:
        return None
    return Scale(anatomy.name, anatomy.parameters, anatomy.vocab_size, anatomy.block_size)


class Melons(Piece):
    """Ten melons, three weights, one step at a time."""

    NAME = "melons"

    def __init__(self, scale: Scale | None, elem_id: str) -> None:
        super().__init__(elem_id=elem_id, data=melons(), beside=asdict(scale) if scale else None)


def build(scale: Scale | None = None, *, elem_id: str = "melons") -> Melons:
    """Put the melons on a page, beside a model of that scale; the page's header must know their phrases."""
    return Melons(scale, elem_id)
