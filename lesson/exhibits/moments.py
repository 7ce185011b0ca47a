"""A small run's map of tokens at several moments of its training, all drawn in the axes of the last one.

A request: `moment`, counted from 0; `pick`, a token's place in the list. The map moves by itself when it is
played, so it is drawn by the exhibit's own script; a finished chart would be Plotly's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.text import label
from lesson.views.token import Json, face
from lesson.words import Text

NEAR = 4

PHRASES: dict[str, Text] = {
    "momentsStep": Text("第 {step} 步", "step {step}"),
    "momentsSlider": Text("训练到第几步", "Step of the training"),
    "momentsPlay": Text("放一遍", "Play"),
    "momentsNear": Text("图上离「{token}」最近的：{near}", "Closest to “{token}” in the picture: {near}"),
    "momentsPick": Text(
        "点一个词元，看图上谁离它最近。",
        "Click a token to see what is closest to it in the picture.",
    ),
    "momentsOne": Text("训练之前，所有词元都在同一点上。", "Before training all tokens lie in one point."),
}


def answer(school: School, ask: Ask) -> Shown:
    """All moments' points, and what is closest to the picked token at one of them."""
    stored: Mapping[str, Any] = school.vectors.stored["moments"]  # type: ignore[assignment]
    steps = [int(step) for step in stored["points"]]
    tokens = [bytes.fromhex(one["bytes"]) for one in stored["tokens"]]
    moment = params.whole_number(ask.get("moment"), 0, len(steps) - 1)
    moment = len(steps) - 1 if moment is None else moment
    pick = params.whole_number(ask.get("pick"), 0, len(tokens) - 1)
    points = list(stored["points"].values())
    near = [] if pick is None else closest(points[moment], pick)
    value: Json = {
        "steps": steps, "moment": moment, "pick": pick, "near": near,
        "tokens": [face(data) for data in tokens], "points": points,
    }  # fmt: skip
    facts = {
        "step": steps[moment], "last": steps[-1],
        "picked": None if pick is None else label(tokens[pick]), "near": [label(tokens[i]) for i in near],
    }  # fmt: skip
    return Shown(value, facts)


def closest(points: list[list[float]], pick: int) -> list[int]:
    """The places of the tokens closest to one; none where all lie in one point."""
    away = [math.dist(point, points[pick]) for point in points]
    if max(away) == 0:
        return []
    return sorted((i for i in range(len(points)) if i != pick), key=lambda i: away[i])[:NEAR]


MOMENTS = Exhibit("moments", answer)
