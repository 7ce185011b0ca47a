"""The cloze items: each option is one token, and each is right or wrong as a teacher would say."""

import pytest

from lesson.exhibits.options import ITEMS, OPTIONS
from lesson.predictions import Predictions
from lesson.school import School
from model import load


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("number", range(len(ITEMS)))
def test_options_are_one_token_each_and_their_p_is_the_models(school, number):
    item, tokenizer = ITEMS[number], school.tokenizer
    assert all(len(tokenizer.encode(option)) == 1 for option in item.options)
    found = OPTIONS.answer(school, {"item": number, "bare": True})
    guess = school.xiaobai((tokenizer.end_of_text, *tokenizer.encode(item.left)))
    assert found.value["p"] == [float(guess.probs[tokenizer.encode(option)[0]]) for option in item.options]
    assert 0 < found.value["sum"] < 1


def test_right_and_wrong(school):
    assert [OPTIONS.answer(school, {"item": 0, "pick": i}).facts["right"] for i in range(4)] == [
        False,
        True,
        False,
        False,
    ]
    for pick in (None, -1, 4, True, "1"):
        assert not OPTIONS.answer(school, {"item": 0, "pick": pick}).facts["right"]
    assert OPTIONS.answer(school, {"item": 99}).value["item"] == 0


def test_the_bars_come_only_when_the_options_are_gone(school):
    assert OPTIONS.answer(school, {"item": 0, "pick": 1}).value["bars"] is None
    assert OPTIONS.answer(school, {"item": 0, "bare": True}).value["bars"]["rows"]
