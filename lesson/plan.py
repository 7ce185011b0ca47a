"""The teacher's plan for a lesson of 45 minutes, made from the chapters' own data, so never stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lesson.chapters.chapter import Chapter
from lesson.views.token import Json
from lesson.words import Text

LESSON_MINUTES = 45
OPENING_MINUTES, CHALLENGE_MINUTES, CLOSING_MINUTES = 3, 10, 3
CHALLENGE_SEED = 45  # the same ten rounds in every class

OPENING = Text(
    "开场：不解释，先打开实验台，全班一起猜「周一上班真的很＿」后面是什么，再看小白的柱子。",
    "Opening: no explanations. Open the playground, let the class guess what follows 周一上班真的很＿ "
    "(work on a "
    "Monday is really …), then look at XiaoBai’s bars.",
)
CHALLENGE = Text(
    "挑战：A、B 两队，同样的十道题，每题先说词、再说把握；结束时看三条曲线。",
    "Challenge: two teams, the same ten rounds; each time first the word, then how sure; at the end, "
    "the three "
    "curves.",
)
CLOSING = Text(
    "收尾：每人写一句「语言模型到底在做什么」，和下面各章的目标对一对。没讲到的章节留作课后自学。",
    "Closing: everybody writes one sentence on what a language model does, and compares it with the "
    "aims below. "
    "The other chapters are for home.",
)
CORE = ("guess", "loop", "training")  # taught in class, as far as time allows; others may join them


@dataclass(frozen=True)
class Slot:
    """A stretch of the lesson: from which minute to which, and the chapter taught in it, if it is one."""

    begin: int
    end: int
    words: Text | None = None
    chapter: Chapter | None = None
    hash: str = ""


def taught(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The chapters that fit into the lesson, the core ones first, in the order of the curriculum."""
    left = LESSON_MINUTES - OPENING_MINUTES - CHALLENGE_MINUTES - CLOSING_MINUTES
    chosen: list[str] = []
    for chapter in sorted(chapters, key=lambda one: one.id not in CORE):
        if chapter.minutes <= left:
            chosen.append(chapter.id)
            left -= chapter.minutes
    return tuple(chapter for chapter in chapters if chapter.id in chosen)


def slots(chapters: Sequence[Chapter]) -> tuple[Slot, ...]:
    """The lesson from minute 0 to 45; what the chapters leave over goes to the challenge."""
    out, now = [Slot(0, OPENING_MINUTES, OPENING)], OPENING_MINUTES
    for chapter in taught(chapters):
        out.append(Slot(now, now + chapter.minutes, chapter=chapter))
        now += chapter.minutes
    last = LESSON_MINUTES - CLOSING_MINUTES
    out.append(Slot(now, last, CHALLENGE, hash=f"challenge={CHALLENGE_SEED}&teams=2"))
    return (*out, Slot(last, LESSON_MINUTES, CLOSING))


def plan(chapters: Sequence[Chapter]) -> Json:
    """The plan as the page prints it: the timetable, and every chapter with its aim, tasks and links."""
    return {
        "minutes": LESSON_MINUTES,
        "slots": [
            {
                "begin": slot.begin,
                "end": slot.end,
                "words": slot.words.json() if slot.words else None,
                "chapter": slot.chapter.id if slot.chapter else None,
                "hash": slot.hash,
            }
            for slot in slots(chapters)
        ],
        "chapters": [about(chapter, number) for number, chapter in enumerate(chapters, start=1)],
    }


def about(chapter: Chapter, number: int) -> Json:
    """One chapter: what it asks, what it is for, what there is to do, and how to link to it."""
    return {
        "id": chapter.id,
        "number": number,
        "title": chapter.title.json(),
        "question": chapter.question.json(),
        "aim": chapter.aim.json(),
        "minutes": chapter.minutes,
        "tasks": [{"id": f"{chapter.id}.{task.id}", "text": task.text.json()} for task in chapter.tasks],
    }
