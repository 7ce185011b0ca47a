"""The sentence and its bars in a lesson: moves, facts, refusals."""

import pytest

from lesson.exhibits.guess import GUESS
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load

MONDAY = "周一上班真的很"


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def test_the_facts_are_those_of_the_model(school):
    facts = GUESS.answer(school, {"text": MONDAY, "knobs": {"temperature": 0.5}}).facts
    raw = school.xiaobai((school.tokenizer.end_of_text, *school.tokenizer.encode(MONDAY)))
    (gloomy,) = school.tokenizer.encode("丧")
    assert facts["p"]["丧"] == float(raw.probs[gloomy]) < facts["q"]["丧"]
    assert facts["entropy"] == raw.entropy and facts["text"] == facts["prompt"] == MONDAY


def test_moves(school):
    first = GUESS.answer(school, {"text": MONDAY})
    link = first.value["strip"]["link"]
    stepped = GUESS.answer(school, {"link": link, "move": {"kind": "step"}})
    assert (stepped.facts["made"], stepped.facts["how"], stepped.facts["prompt"]) == (1, "drawn", MONDAY)
    back = GUESS.answer(school, {"link": stepped.value["strip"]["link"], "move": {"kind": "back", "at": 3}})
    assert back.facts["text"] == MONDAY[:2]
    cold = GUESS.answer(school, {"link": link, "move": {"kind": "turn", "values": {"temperature": 0.1}}})
    assert cold.facts["q"]["丧"] > 0.99 and cold.facts["p"] == first.facts["p"]


@pytest.mark.parametrize(
    "ask",
    [
        {},
        {"text": MONDAY, "move": {"kind": "fly"}},
        {"text": MONDAY, "move": {"kind": "pick", "id": 9999}},
        {"link": "picks=x"},
        {"text": MONDAY, "model": "none"},
        {"text": MONDAY, "knobs": {"temperature": 9}},
    ],
)
def test_a_wrong_request_is_refused(school, ask):
    with pytest.raises(Refusal):
        GUESS.answer(school, ask)
