"""The reliability diagram's answers: what was measured, and which bar is furthest from the line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from lesson.exhibits.honest import EYE, FEW, HONEST
from lesson.school import School
from lesson.words import Refusal


def school(gaps: list[float], counts: list[int] | None = None) -> School:
    counts = counts or [1000] * len(gaps)
    n, width = len(gaps), 1 / len(gaps)
    bins = [
        {"low": i * width, "high": (i + 1) * width, "count": counts[i], "confidence": (i + 0.5) * width,
         "accuracy": (i + 0.5) * width - gaps[i]}
        for i in range(n)
    ]  # fmt: skip
    return cast(School, SimpleNamespace(calibration={"bins": bins, "tokens": sum(counts), "ece": 0.01}))


def facts(where: School, ask: dict[str, Any]) -> dict[str, Any]:
    return dict(HONEST.answer(where, ask).facts)


def test_the_widest_gap_counts_on_either_side_and_only_where_there_are_enough_tokens() -> None:
    where = school([0.02, -0.06, 0.3], [1000, 1000, FEW - 1])
    assert facts(where, {}) == {"said": None, "widest": False}
    assert [facts(where, {"bin": i})["widest"] for i in range(3)] == [False, True, False]


def test_gaps_that_look_alike_are_both_the_widest() -> None:
    where = school([0.05, 0.05 - EYE / 2, 0.05 - 2 * EYE])
    assert [facts(where, {"bin": i})["widest"] for i in range(3)] == [True, True, False]


@pytest.mark.parametrize("bad", [-1, 3, 1.5, "x", float("nan"), [], True])
def test_a_bar_that_is_not_there_is_refused(bad: object) -> None:
    with pytest.raises(Refusal):
        HONEST.answer(school([0.1, 0.1, 0.1]), {"bin": bad})


def test_a_model_that_was_not_measured_says_so() -> None:
    with pytest.raises(Refusal):
        HONEST.answer(cast(School, SimpleNamespace(calibration=None)), {})
