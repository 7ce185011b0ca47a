"""Every chapter: its opening fulfils no task, each task's solution does, both languages are there."""

import importlib
import json
import re

import pytest

from lesson.chapters import CHAPTERS, PHRASES
from lesson.chapters.chapter import Chapter, Part, Task
from lesson.predictions import Predictions
from lesson.school import School
from lesson.ui import lessons
from lesson.words import Text
from model import load

PARTS = [(chapter, part) for chapter in CHAPTERS for part in chapter.parts]
TASKS = [(chapter, part, task) for chapter, part in PARTS for task in part.tasks]
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")


def name(value: object) -> str:
    return value.id if isinstance(value, Chapter | Part | Task) else str(value)


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def told(school: School, chapter: Chapter, part: Part, ask: dict) -> dict:
    return json.loads(json.dumps(lessons.answer(school, chapter, part, dict(ask)), allow_nan=False))


@pytest.mark.parametrize(("chapter", "part"), PARTS, ids=name)
def test_an_exhibit_opens_and_fulfils_no_task_by_itself(school, chapter, part):
    reply = told(school, chapter, part, part.opening)
    assert "notice" not in reply
    assert reply["shown"]
    assert reply["done"] == []


@pytest.mark.parametrize(("chapter", "part", "task"), TASKS, ids=name)
def test_a_tasks_solution_fulfils_it(school, chapter, part, task):
    reply = told(school, chapter, part, task.solution)
    assert "notice" not in reply, reply["notice"]
    assert f"{chapter.id}.{task.id}" in reply["done"]


@pytest.mark.parametrize(("chapter", "part"), PARTS, ids=name)
@pytest.mark.parametrize(
    "ask", [None, [], "x", {}, {"text": 3}, {"text": "x" * 99_999}, {"link": "%%%"}], ids=str
)
def test_a_damaged_request_is_refused_or_answered_but_never_breaks(school, chapter, part, ask):
    reply = lessons.answer(school, chapter, part, ask)
    assert "shown" in reply or reply["notice"] != lessons.BROKEN.json()


def test_ids_are_unique_and_fit_a_link():
    assert len({chapter.id for chapter in CHAPTERS}) == len(CHAPTERS)
    for chapter in CHAPTERS:
        ids = [task.id for task in chapter.tasks]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z0-9_-]+", one) for one in [chapter.id, *ids])


def texts() -> list[Text]:
    """All that a reader of the lessons can read."""
    found = [*PHRASES.values(), *lessons.PHRASES.values()]
    for chapter in CHAPTERS:
        found += [chapter.title, chapter.question, chapter.aim]
        for part in chapter.parts:
            found += [part.heading, *part.prose]
            found += [text for task in part.tasks for text in (task.text, task.hint)]
    return found


def test_both_languages_are_there_and_well_set():
    for text in texts():
        assert text.zh.strip() and text.en.strip()
        without_quotes = re.sub(r"「[^」]*」|《[^》]*》|`[^`]*`|“[^”]*”", "", text.zh)
        assert not HALF_WIDTH.search(without_quotes), text.zh


def test_every_chapter_has_something_to_do():
    for chapter in CHAPTERS:
        assert chapter.tasks and 4 <= chapter.minutes <= 9


def test_no_words_take_the_place_of_others():
    """All scripts of the page look their words up in one dictionary."""
    exhibits = {name for chapter in CHAPTERS for name in (part.exhibit.name for part in chapter.parts)}
    modules = [f"lesson.exhibits.{name}" for name in sorted(exhibits)]
    modules += [f"lesson.ui.{name}" for name in ("phrases", "training_phrases", "run_phrases", "lessons")]
    modules += [f"lesson.ui.{name}" for name in ("challenge", "evidence", "tree")]
    known: dict[str, tuple[str, Text]] = {}
    for module in modules:
        for key, text in getattr(importlib.import_module(module), "PHRASES", {}).items():
            first, same = known.setdefault(key, (module, text))
            assert same == text, f"{key} means one thing in {first} and another in {module}"
