"""What chapter 4 says of its sentences is so, with the model that ships."""

import pytest

from lesson.chapters.c4_exam import APPLE, CHAPTER, SUN, WIZARD
from lesson.exhibits.cut import CUT
from lesson.exhibits.options import ITEMS, OPTIONS
from lesson.exhibits.surprise import SURPRISE
from lesson.predictions import Predictions
from lesson.school import School
from model import load

# text, how many tokens stand before the cut, the answer, and what the model gives it at least
CUTS = (
    (WIZARD, 19, "轻", 0.5),
    (SUN, 4, " the", 0.8),
    (SUN, 5, " east", 0.8),
    ("我想阅读的书的名字叫《人类简史》。", 14, "史", 0.9),
)


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("part", CHAPTER.parts, ids=lambda part: part.id)
def test_the_opening_fulfils_nothing_and_every_solution_its_task(school, part):
    facts = part.exhibit.answer(school, part.opening).facts
    assert [task.id for task in part.tasks if task.done(facts)] == []
    for task in part.tasks:
        assert task.done(part.exhibit.answer(school, task.solution).facts), task.id


@pytest.mark.parametrize(("text", "at", "answer", "least"), CUTS)
def test_the_examples_of_the_curriculum(school, text, at, answer, least):
    facts = CUT.answer(school, {"text": text, "at": at}).facts
    assert facts["answer"] == answer and facts["p"] > least


def test_margins_of_the_tasks(school):
    """The figures that tasks ask for are not near the line, so that they outlive more training."""
    low, high = (next(task.solution for task in CHAPTER.tasks if task.id == name) for name in ("low", "high"))
    assert SURPRISE.answer(school, low).facts["perplexity"] < 3
    assert SURPRISE.answer(school, high).facts["perplexity"] > 400
    assert 4 < SURPRISE.answer(school, {"text": APPLE}).facts["perplexity"] < 200
    assert CUT.answer(school, {"text": WIZARD, "at": 5}).facts["p"] < 0.003
    bits = sorted(SURPRISE.answer(school, {"text": APPLE}).facts["bits"])
    assert bits[-1] > bits[-2] + 3  # the most surprising token stands out
    assert SURPRISE.answer(school, {"text": WIZARD, "rows": 12}).facts["unreadable"]  # long before its end


def test_the_left_side_alone_leaves_room(school):
    """Of the first item, more than one option fits its left side; other tokens get a share in both."""
    p = OPTIONS.answer(school, {"item": 0}).facts["p"]
    assert sum(one > 0.05 for one in p) >= 2
    for number in range(len(ITEMS)):
        assert OPTIONS.answer(school, {"item": number}).facts["options"] < 0.95
