"""What chapter 3 says about the loop, its stops and the tree is so, with the model that ships."""

import pytest

from lesson.chapters.c3_loop import ANDY, CHAPTER, VENUS, WEEKEND
from lesson.exhibits.loop import LOOP
from lesson.exhibits.takes import TAKES
from lesson.predictions import Predictions
from lesson.school import School
from model import load


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("part", CHAPTER.parts, ids=lambda part: part.id)
def test_the_opening_fulfils_nothing_and_every_solution_its_task(school, part):
    facts = part.exhibit.answer(school, part.opening).facts
    assert [task.id for task in part.tasks if task.done(facts)] == []
    for task in part.tasks:
        assert task.done(part.exhibit.answer(school, task.solution).facts), task.id


@pytest.mark.parametrize(
    ("text", "token"), [(VENUS, "·the"), (f"{VENUS} the", "·west"), ("The sun rises from the", "·east")]
)
def test_venus(school, text, token):
    assert LOOP.answer(school, {"text": text}).facts["p"][token] > 0.8


def test_a_text_ends_where_its_sentence_does(school):
    ended = LOOP.answer(
        school,
        {
            "text": ANDY,
            "knobs": {"greedy": True},
            "move": {"kind": "run"},
            "stops": {"count": None, "end": True},
        },
    )
    assert ended.facts["text"].endswith(("。", "？", "！", "”"))


def test_by_dice_it_ends_by_itself_more_often_than_not(school):
    ends = [
        LOOP.answer(
            school, {"text": ANDY, "knobs": {"seed": seed}, "move": {"kind": "run"}, "stops": {"end": True}}
        ).facts["stopped"]
        for seed in range(6)
    ]
    assert ends.count("end") >= 2  # so that a learner who tries other dice gets there


@pytest.mark.parametrize("seed", [0, 42, 47, 1000])
def test_greedy_is_always_the_same_and_dice_write_other_texts(school, seed):
    greedy = TAKES.answer(school, {"text": WEEKEND, "greedy": True, "seed": seed})
    first = TAKES.answer(school, {"text": WEEKEND, "greedy": True})
    assert (
        greedy.value["rows"][0]["chips"] == first.value["rows"][0]["chips"] and greedy.facts["distinct"] == 1
    )
    assert TAKES.answer(school, {"text": WEEKEND, "seed": seed}).facts["distinct"] >= 4
