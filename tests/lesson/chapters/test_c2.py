"""What chapter 2 says about guesses and knobs is so, with the model that ships."""

import pytest

from lesson.chapters.c2_guess import ANDY, CHAPTER, FOUR, LONGER, LONGEST, MONDAY, SHORT, UMBRELLA, WIDE
from lesson.exhibits.guess import GUESS
from lesson.predictions import Predictions
from lesson.school import School
from model import load


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def facts(school, text, **more):
    return GUESS.answer(school, {"text": text, **more}).facts


@pytest.mark.parametrize("part", CHAPTER.parts, ids=lambda part: part.id)
def test_the_opening_fulfils_nothing_and_every_solution_its_task(school, part):
    opening = part.exhibit.answer(school, part.opening).facts
    assert [task.id for task in part.tasks if task.done(opening)] == []
    for task in part.tasks:
        assert task.done(part.exhibit.answer(school, task.solution).facts), task.id


@pytest.mark.parametrize(
    ("text", "token", "low", "high"),
    [
        (ANDY, "演", 0.05, 0.9),
        (ANDY, "歌", 0.05, 0.9),
        (ANDY, "艺", 0.05, 0.9),
        (ANDY + "艺", "人", 0.9, 1),
        (ANDY + "歌", "手", 0.9, 1),
        (MONDAY, "丧", 0.7, 0.9),
        (MONDAY, "爽", 0.1, 0.3),
        (SHORT, "类", 0.1, 1),
        (SHORT, "们", 0.1, 1),
        (LONGER, "史", 0.2, 1),
        (LONGER, "介", 0.01, 1),
        (LONGER, "要", 0.01, 1),
        (LONGEST, "史", 0.95, 1),
    ],
)
def test_the_examples(school, text, token, low, high):
    assert low < facts(school, text)["p"][token] < high


def test_everything_adds_up_to_one(school):
    bars = GUESS.answer(school, {"text": ANDY}).value["bars"]
    assert sum(row["p"] for row in bars["rows"]) + bars["rest"][-1] == pytest.approx(1, abs=1e-9)
    assert bars["vocab"] > 8000  # "more than eight thousand tokens"


@pytest.mark.parametrize("temperature", [0.05, 0.4, 1, 1.5, 2])
def test_temperature_never_changes_the_order(school, temperature):
    found = facts(school, MONDAY, knobs={"temperature": temperature})
    p, q = found["p"], found["q"]
    assert sorted(p, key=p.__getitem__, reverse=True)[:2] == ["丧", "爽"]
    assert q["丧"] > q["爽"]


def test_a_longer_text_narrows_the_guess_but_not_with_every_character(school):
    short, wide, longer, longest = (facts(school, text)["entropy"] for text in (SHORT, WIDE, LONGER, LONGEST))
    assert wide > short + 1 > longest + 2 and longer > longest + 1 and longest < 1


def test_cut_tokens_get_nothing_and_the_model_s_p_stays(school):
    cut = facts(school, MONDAY, knobs={"top_k": 2})
    assert cut["q"]["困"] == 0 < cut["p"]["困"]
    assert cut["p"] == facts(school, MONDAY)["p"]
    assert cut["q"]["丧"] / cut["q"]["爽"] == pytest.approx(cut["p"]["丧"] / cut["p"]["爽"])


def test_the_options_of_the_cloze_item_are_not_all(school):
    p = facts(school, UMBRELLA)["p"]
    assert p["·was"] > 0.1 and sum(p.get(word, 0) for word in FOUR) < 0.95
    assert [token for token in list(p)[:6] if token not in FOUR]  # a bar to click
