"""The teacher's plan: 45 minutes without a gap, made from the chapters as they are."""

from dataclasses import replace
from itertools import pairwise

from lesson import plan
from lesson.chapters import CHAPTERS
from lesson.words import Text


def test_the_lesson_is_filled_from_the_first_minute_to_the_last():
    slots = plan.slots(CHAPTERS)
    assert slots[0].begin == 0 and slots[-1].end == plan.LESSON_MINUTES
    assert all(one.end == following.begin for one, following in pairwise(slots))
    assert all(slot.end > slot.begin for slot in slots)
    assert len(plan.taught(CHAPTERS)) >= 3
    challenge = next(slot for slot in slots if slot.hash)
    assert challenge.end - challenge.begin >= plan.CHALLENGE_MINUTES


def test_every_chapter_and_every_task_is_there():
    listed = plan.plan(CHAPTERS)["chapters"]
    assert [one["id"] for one in listed] == [chapter.id for chapter in CHAPTERS]
    tasks = [task["id"] for one in listed for task in one["tasks"]]
    assert tasks == [f"{chapter.id}.{task.id}" for chapter in CHAPTERS for task in chapter.tasks]


def test_a_changed_chapter_changes_the_plan():
    changed = replace(CHAPTERS[0], title=Text("新", "new"), minutes=CHAPTERS[0].minutes + 1)
    about = plan.about(changed, 1)
    assert about["title"] == {"zh": "新", "en": "new"} and about["minutes"] == changed.minutes
    assert plan.taught((replace(CHAPTERS[0], minutes=40),)) == ()
