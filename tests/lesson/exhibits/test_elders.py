"""The three elders and their chart: read from the file, and asked again of the models that ship."""

import random

import pytest

from lesson.exhibits.elders import ELDERS
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load
from model.tokenizer import ASSETS
from train.corpus import read
from train.distance import RANGES, direction, prompts

NAMES = ["ngram", "rnn", "gpt"]


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def test_the_prompts_are_those_of_the_program_and_stand_in_no_training_text(school):
    taught = read(ASSETS / "corpus" / "facts_sun.txt")
    made = prompts(school.tokenizer, taught)
    assert [one["text"] for one in school.elders.prompts] == [one.text for one in made]
    assert [one["distance"] for one in school.elders.prompts] == [one.distance for one in made]
    assert len({one.text for one in made}) == 200
    assert not any(one.text in taught for one in made)


def test_every_range_asks_as_much_of_each_direction(school):
    for low, high in RANGES:
        answers = [one["answer"] for one in school.elders.within(low, high)]
        assert len(answers) == 40
        assert all(answers.count(one) == 5 for one in set(answers))


def test_what_they_said_is_what_they_say(school):
    """A sample: the directions in the file are those that the shipped weights write."""
    for one in random.Random(0).sample(school.elders.prompts, 12):
        for name, predictions in school.elders.predictors.items():
            assert direction(predictions.predictor, one["text"]) == one["said"][name]


def test_the_chart_counts_the_prompts(school):
    chart = ELDERS.answer(school, {"range": 0}).value["chart"]
    assert [line["name"] for line in chart["lines"]] == NAMES
    for line in chart["lines"]:
        for share, (low, high) in zip(line["shares"], chart["ranges"], strict=True):
            rows = school.elders.within(low, high)
            assert share == sum(one["said"][line["name"]] == one["answer"] for one in rows) / len(rows)


def test_a_typed_text_is_answered_by_all_three(school):
    mars, venus = (f"{p} is an interesting planet. The sun rises from the" for p in ("Mars", "Venus"))
    shown = ELDERS.answer(school, {"text": venus, "before": mars})
    assert [one["name"] for one in shown.value["elders"]] == NAMES
    assert shown.facts["same"] == {"ngram": True, "rnn": False, "gpt": False}
    assert shown.value["elders"][0]["sees"] == 4
    for one in shown.value["elders"]:
        assert sum(row["p"] for row in one["bars"]["rows"]) + one["bars"]["rest"][-1] == pytest.approx(1)


@pytest.mark.parametrize(
    "ask", [{}, {"text": ""}, {"text": 3}, {"text": "的" * 500}, {"range": 9}, {"text": "太阳", "before": 3}]
)
def test_anything_odd_is_refused(school, ask):
    with pytest.raises(Refusal):
        ELDERS.answer(school, ask)
