"""A round of the loop, the throw to come, and why a run stopped."""

import pytest

from lesson.exhibits.loop import FULL, LOOP, MOST
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load

ANDY = "刘德华是香港著名的"
RUN = {"kind": "run"}


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def test_what_is_coming_is_what_the_next_step_does(school):
    now = LOOP.answer(school, {"text": ANDY})
    then = LOOP.answer(school, {"text": ANDY, "move": {"kind": "step"}})
    coming, last = now.value["coming"], then.value["throw"]["last"]
    assert {name: coming[name] for name in ("id", "dice", "low", "high", "p", "how")} == {
        name: last[name] for name in ("id", "dice", "low", "high", "p", "how")
    }
    assert coming["low"] <= coming["dice"] < coming["high"]
    assert now.value["brain"]["vectors"]["rows"] == 5 and now.facts["made"] == 0


def test_a_run_writes_what_steps_would(school):
    ran = LOOP.answer(school, {"text": ANDY, "move": RUN, "stops": {"count": 5, "end": False}})
    link = LOOP.answer(school, {"text": ANDY}).value["strip"]["link"]
    for _ in range(5):
        link = LOOP.answer(school, {"link": link, "move": {"kind": "step"}}).value["strip"]["link"]
    assert ran.value["strip"]["link"] == link
    assert (ran.facts["stopped"], ran.facts["written"]) == ("count", 5)


def test_each_stop_condition(school):
    greedy = {"text": ANDY, "knobs": {"greedy": True}, "move": RUN}
    ended = LOOP.answer(school, {**greedy, "stops": {"count": None, "end": True}})
    assert ended.facts["stopped"] == "end" and ended.facts["ended"] and ended.facts["written"] < MOST
    both = LOOP.answer(school, {**greedy, "stops": {"count": 1, "end": True}})
    assert (both.facts["stopped"], both.facts["written"]) == ("count", 1)
    neither = LOOP.answer(school, {**greedy, "stops": {}})
    assert (neither.facts["stopped"], neither.facts["written"]) == ("force", MOST)


@pytest.mark.parametrize(
    "stops", [{"count": 0}, {"count": MOST + 1}, {"count": "6"}, {"count": 2.5}, {"count": True}]
)
def test_a_count_that_is_none_is_refused(school, stops):
    with pytest.raises(Refusal, match=str(MOST)):
        LOOP.answer(school, {"text": ANDY, "move": RUN, "stops": stops})


def test_a_text_does_not_grow_for_ever(school):
    link = f"text=%E5%A5%BD&picks={'.'.join(['260'] * FULL)}"
    with pytest.raises(Refusal, match=str(FULL)):
        LOOP.answer(school, {"link": link, "move": RUN, "stops": {"count": 3}})
