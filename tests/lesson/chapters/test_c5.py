"""What chapter 5 says of the recorded trainings and of the melons is so."""

import pytest

from lesson import recorded
from lesson.chapters.c5_training import CHAPTER
from lesson.exhibits.melons import MELONS_EXHIBIT
from lesson.school import School

RUNS = recorded.read()
MOODS, POEMS = RUNS["moods"], RUNS["by_heart"]


@pytest.fixture(scope="module")
def school():
    return School(None)  # nothing here asks a model


def test_openings_fulfil_no_task_and_solutions_their_own(school):
    for part in CHAPTER.parts:
        opened = part.exhibit.answer(school, part.opening).facts
        assert [task.id for task in part.tasks if task.done(opened)] == []
        for task in part.tasks:
            assert task.done(part.exhibit.answer(school, task.solution).facts), task.id


def test_the_file_is_small():
    assert recorded.FILE.stat().st_size < 200_000


def test_the_first_moment_is_uniform_and_only_that_one():
    for run in (MOODS, POEMS):
        first, second = (look["top"] for look in run["looks"][:2])
        assert [p for _, p in first] == pytest.approx([1 / run["vocab"]] * len(first), rel=1e-4)
        assert second[0][1] > 1.1 * second[-1][1]
        assert run["looks"][0]["val"] == pytest.approx(run["uniform"], abs=1e-3)


def test_the_moods_are_learnt():
    last = MOODS["looks"][-1]
    assert last["step"] == 160 and last["followed"]["丧"] > 0.7 > 0.3 > last["followed"]["爽"] > 0.1
    assert 215_000 < MOODS["parameters"] < 225_000
    assert MOODS["uniform"] == pytest.approx(6.88, abs=0.005)


def test_the_hints_name_the_right_steps():
    twice = next(
        look["step"] for look in MOODS["looks"] if look["followed"]["丧"] > 2 * look["followed"]["爽"]
    )
    half = next(look["step"] for look in MOODS["looks"] if look["val"] < MOODS["uniform"] / 2)
    assert 60 < twice < 70 and half == 24


def test_the_poems_are_learnt_by_heart():
    losses = [look["val"] for look in POEMS["looks"]]
    best, stop = recorded.kept_by_early_stopping(losses)
    assert 25 < POEMS["looks"][best]["step"] < 35 and stop == best + 5
    assert losses[best] < POEMS["uniform"] - 0.5 and losses[-1] > POEMS["uniform"] + 0.5
    assert POEMS["train"][-1][1] < 0.5
    assert round(POEMS["looks"][-1]["epoch"]) in (76, 77)
    assert POEMS["looks"][-1]["followed"]["霜"] > 0.9


def test_three_parameters_learn_ten_melons(school):
    facts = MELONS_EXHIBIT.answer(school, {"task": "ripe", "at": 40}).facts
    assert facts["new"] > 0.95
    assert len(MELONS_EXHIBIT.answer(school, {"task": "ripe", "at": 0}).value["weights"]) == 3
    assert len(MELONS_EXHIBIT.answer(school, {"task": "ripe", "at": 0}).value["melons"]) == 10
