"""What a chapter is: prose, exhibits to do something with, and tasks that notice when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lesson.exhibits.exhibit import Ask, Exhibit, Facts
from lesson.words import Text


@dataclass(frozen=True)
class Task:
    """Something to do with an exhibit; ``done`` judges the facts of an answer.

    ``solution`` is a request that does it, for tests; ``hint`` is for the learner, on demand.
    """

    id: str
    text: Text
    done: Callable[[Facts], bool]
    solution: Ask
    hint: Text


@dataclass(frozen=True)
class Part:
    """A few paragraphs, the exhibit beside them, and its tasks; ``opening`` is the request it starts with.

    What an English page opens with instead stands in it as ``en``; the rest of it holds for both languages.

    In prose, **two asterisks** make words strong and `backticks` make them code; there is no other markup.
    """

    id: str
    heading: Text
    prose: tuple[Text, ...]
    exhibit: Exhibit
    opening: Ask
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Chapter:
    """One lesson of five to eight minutes; ``aim`` is what a learner can say afterwards, in one sentence."""

    id: str
    title: Text
    question: Text
    aim: Text
    minutes: int
    parts: tuple[Part, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in order."""
        return tuple(task for part in self.parts for task in part.tasks)
