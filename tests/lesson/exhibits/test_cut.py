"""A cut: what is left is asked, what comes next is the answer, and p is the model's own."""

import pytest

from lesson.exhibits.cut import CUT, MOST_TOKENS
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load
from model.predictor import start

SUN = "the sun rises from the east"


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("text", [SUN, "人类简史", "我是龘。"])
def test_every_token_is_the_answer_of_one_question(school, text):
    context = start(school.tokenizer, text)
    for at, token in enumerate(context[1:]):
        found = CUT.answer(school, {"text": text, "at": at})
        guess = school.xiaobai(context[: at + 1])
        assert found.facts["questions"] == len(context) - 1
        assert found.facts["p"] == float(guess.probs[token])
        assert found.facts["rank"] == 1 + int((guess.probs > guess.probs[token]).sum())
        assert found.value["tokens"][at]["id"] == token
        rows = found.value["bars"]["rows"]
        assert sum(row["p"] for row in rows) + found.value["bars"]["rest"][len(rows)] == pytest.approx(1)


def test_a_cut_beyond_the_text_is_its_last_and_none_is_its_middle(school):
    assert CUT.answer(school, {"text": SUN, "at": 99}).facts["at"] == 5
    assert CUT.answer(school, {"text": SUN, "at": 0}).facts["at"] == 0
    for at in (None, -1, True, "2"):
        assert CUT.answer(school, {"text": SUN, "at": at}).facts["at"] == 3


@pytest.mark.parametrize("text", ["", None, "안" * MOST_TOKENS])
def test_what_cannot_be_cut_is_refused(school, text):
    with pytest.raises(Refusal):
        CUT.answer(school, {"text": text})
