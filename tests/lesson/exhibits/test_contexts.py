"""Beginnings side by side: every number is the model's own, and anything odd is refused."""

import pytest

from lesson.exhibits.contexts import CONTEXTS
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load
from model.predictor import start


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def test_each_has_the_models_own_bars(school):
    texts = ["太阳从", "The sun rises from the"]
    shown = CONTEXTS.answer(school, {"texts": texts})
    for text, one, fact in zip(texts, shown.value["contexts"], shown.facts["contexts"], strict=True):
        guess = school.xiaobai(start(school.tokenizer, text))
        ((top, p),) = guess.top(1)
        assert one["text"] == text and one["bars"]["rows"][0]["id"] == top
        assert fact["p"] == pytest.approx(p)
        assert sum(row["p"] for row in one["bars"]["rows"]) + one["bars"]["rest"][-1] == pytest.approx(1)


@pytest.mark.parametrize(
    "texts", [None, [], ["太阳"] * 4, "太阳", [""], [3], ["太阳", None], ["x" * 99_999], {"0": "a"}]
)
def test_anything_else_is_refused(school, texts):
    with pytest.raises(Refusal):
        CONTEXTS.answer(school, {"texts": texts})
