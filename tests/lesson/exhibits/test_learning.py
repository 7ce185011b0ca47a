"""The family's learning curves: which models stand together, and where the largest overtakes the smallest."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from lesson.exhibits.learning import LEARNING
from lesson.school import School
from lesson.words import Refusal, Text

PARTS = [{"steps": 30, "seed": 1}, {"steps": 10, "seed": 2}]


def model(
    name: str, losses: list[float], *, seed: int = 1, more: tuple[float, float] | None = None
) -> dict[str, Any]:
    """A model as it was measured; ``more`` is a check that only an interrupted training has."""
    validation = [[100 * (i + 1), loss] for i, loss in enumerate(losses)] + ([list(more)] if more else [])
    return {"name": name, "parameters": 10, "training": {
        "tokens": 400, "parts": [{**PARTS[0], "seed": seed}, PARTS[1]], "train": [[50, 9.0]],
        "validation": sorted(validation),
    }}  # fmt: skip


def school(*models: dict[str, Any]) -> School:
    names = {one["name"]: Text(one["name"], one["name"]) for one in models}
    return cast(School, SimpleNamespace(names=names, family={one["name"]: one for one in models}))


SMALL, OTHER = model("sister64", [5.0, 4.0, 3.5, 3.4]), model("sister128", [5.0, 4.0, 3.5, 3.4], seed=7)
LARGE = model("xiaobai", [4.0, 3.3, 3.0, 2.8], more=(250, 3.1))


def test_models_of_one_recipe_stand_together_smallest_first() -> None:
    value = LEARNING.answer(school(SMALL, OTHER, LARGE), {"at": 0}).value
    assert [one["id"] for one in value["models"]] == ["sister64", "xiaobai"]
    assert value["places"] == [100, 200, 300, 400]
    assert value["parts"] == [300]  # 30 of 40 steps, of 400 tokens; the end is no change of recipe


def test_the_largest_overtakes_at_the_first_check_that_is_no_higher_than_the_end_of_the_smallest() -> None:
    where = school(SMALL, LARGE)
    assert [at for at in range(4) if LEARNING.answer(where, {"at": at}).facts["overtakes"]] == [1]


@pytest.mark.parametrize("at", [-1, 4, 1.5, "0", None, True, float("nan")])
def test_a_check_that_is_not_there_is_refused(at: object) -> None:
    with pytest.raises(Refusal):
        LEARNING.answer(school(SMALL, LARGE), {"at": at})


@pytest.mark.parametrize("alone", [(), (SMALL,), (SMALL, OTHER)], ids=len)
def test_a_model_has_to_stand_beside_another(alone: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(Refusal):
        LEARNING.answer(school(*alone), {"at": 0})
