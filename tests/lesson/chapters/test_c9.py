"""What chapter 9 says about not knowing is so, with the model that ships."""

import pytest

from lesson.chapters.c9_unknown import CHAPTER, MANY, NAME, SPOKEN, SUN, TIME
from lesson.exhibits.guess import GUESS
from lesson.exhibits.takes import TAKES
from lesson.exhibits.wrong import WRONG
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


@pytest.mark.parametrize(("text", "low", "high"), [(TIME, 5.5, 13), (NAME, 6.5, 13), (SUN, 0, 0.3)])
def test_entropies(school, text, low, high):
    assert low <= GUESS.answer(school, {"text": text}).facts["entropy"] < high


@pytest.mark.parametrize(
    ("form", "name", "verdict"),
    [
        ("cat_zh", "点点", "true"),
        ("cat_zh", "金星", "false"),
        ("cat_en", "Mimi", "true"),
        ("cat_en", "Venus", "false"),
        ("capital_zh", "北加拿大", "made_up"),
        ("capital_en", "New Italy", "made_up"),
    ],
)
def test_right_and_wrong_it_is_just_as_sure(school, form, name, verdict):
    facts = WRONG.answer(school, {"form": form, "name": name}).facts
    assert facts["verdict"] == verdict and facts["p"] > 0.5


@pytest.mark.parametrize("seed", [42, 47, 52])
def test_questions_are_carried_on_with_questions(school, seed):
    assert TAKES.answer(school, {"text": MANY, "temperature": 0.7, "seed": seed}).facts["questions"] >= 2


def test_in_a_dialogue_there_are_answers_and_not_the_same_five_times(school):
    found = [
        TAKES.answer(school, {"text": SPOKEN, "temperature": 0.7, "seed": seed}).facts for seed in (42, 47)
    ]
    assert all(facts["statements"] >= 3 and facts["distinct"] >= 2 for facts in found)
