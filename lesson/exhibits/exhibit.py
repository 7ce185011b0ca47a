"""An exhibit answers a request of its own script with what is to be drawn, and with facts about it.

An exhibit keeps nothing between two requests: a request tells all there is to know. So a link, a reloaded
page and thirty pupils on one server cost nothing to get right. The facts are what tasks are judged by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lesson.school import School
from lesson.views.token import Json

Ask = Mapping[str, object]
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Shown:
    """What an exhibit's script draws, and what is true of it."""

    value: Json
    facts: Facts = field(default_factory=dict)
    figure: object = None  # a Plotly figure, where the exhibit has one


Answer = Callable[[School, Ask], Shown]  # a Refusal says what is wrong with a request


@dataclass(frozen=True)
class Exhibit:
    """An exhibit by its name, which is also that of its script, its template and its style.

    One that is ``drawn`` has a chart of Plotly's below it, fed with the figure of what is shown.
    """

    name: str
    answer: Answer
    drawn: bool = False
