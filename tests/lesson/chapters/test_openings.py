"""On an English page a part opens in English where its tasks can be done in English."""

import re

import pytest

from lesson.chapters import CHAPTERS, c3_loop, c4_exam, c6_context, c9_unknown
from lesson.predictions import Predictions
from lesson.school import School
from model import load

PARTS = {
    f"{chapter.id}.{part.id}": part for chapter in CHAPTERS for part in chapter.parts if "en" in part.opening
}
TASKS = {f"{chapter.id}.{task.id}": (part, task) for chapter in CHAPTERS for part in chapter.parts
         for task in part.tasks}  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")
IN_ENGLISH = {  # a task, and a request that an English page leads to
    "loop.count": {"text": c3_loop.CAPITAL, "move": {"kind": "run"}, "stops": {"count": 6, "end": False}},
    "loop.end": {
        "text": c3_loop.CAPITAL, "knobs": {"greedy": True}, "move": {"kind": "run"},
        "stops": {"count": None, "end": True},
    },
    "loop.force": {"text": c3_loop.CAPITAL, "move": {"kind": "run"}, "stops": {"count": None, "end": False}},
    "loop.same": {"text": c3_loop.WEEKEND_EN, "greedy": True, "seed": 47},
    "loop.different": {"text": c3_loop.WEEKEND_EN},
    "loop.walk": {"text": c3_loop.ONCE, "act": {"kind": "walk", "text": ", there"}},
    "exam.light": {"text": c4_exam.WIZARD_EN, "at": 8},
    "exam.low": {"text": "Venus is an interesting planet. The sun rises from the west."},
    "exam.tiny": {"text": c4_exam.WIZARD_EN, "rows": 16},
    "context.without": {"text": c6_context.VENUS, "out": 2},
    "vectors.number": {"find": "three"},
    "vectors.animal": {"find": "cat"},
    "large.pack": {"text": "The sun rises from the east."},
    "unknown.high": {"text": c9_unknown.NAME_EN},
    "unknown.low": {"text": c9_unknown.SUN},
    "unknown.question": {"text": c9_unknown.MANY_EN, "temperature": 0.7},
    "unknown.answer": {"text": c9_unknown.SPOKEN_EN, "temperature": 0.7},
}  # fmt: skip


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("name", PARTS)
def test_it_opens_in_english_and_fulfils_no_task(school, name):
    part = PARTS[name]
    english = part.opening["en"]
    assert set(english) <= {*part.opening, "at"}
    first = {key: english.get(key) for key in ("text", "find", "name")}
    assert any(first.values()) and not HAN.search(str(first))
    facts = part.exhibit.answer(school, {**part.opening, **english}).facts
    assert [task.id for task in part.tasks if task.done(facts)] == []


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_a_task_can_be_done_in_english(school, name):
    part, task = TASKS[name]
    assert not HAN.search(str(IN_ENGLISH[name]))
    assert task.done(part.exhibit.answer(school, IN_ENGLISH[name]).facts)


@pytest.mark.parametrize(("act", "done"), [(" there was", False), (", there", True)])
def test_only_the_walk_that_is_asked_for_counts(school, act, done):
    part, task = TASKS["loop.walk"]
    facts = part.exhibit.answer(school, {"text": c3_loop.ONCE, "act": {"kind": "walk", "text": act}}).facts
    assert task.done(facts) is done
