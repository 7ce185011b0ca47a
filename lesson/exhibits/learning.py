"""How our own models learnt: the logs of their trainings, loss against the tokens read.

The models read the same text in the same order, so at one place of the axis all have read the same. A request
names a check of the validation loss (`at`); nothing is worked out but which model was where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Facts, Shown
from lesson.school import School
from lesson.views.token import Json
from lesson.words import Refusal, Text

NOT_KEPT = Text(
    "这些模型的训练记录没有随网页一起发布。", "The logs of these trainings do not ship with the page."
)
NO_SUCH_CHECK = Text("训练记录里没有这一刻。", "The log has no such moment.")
PHRASES: dict[str, Text] = {
    "learnAt": Text("读了 {tokens} 个词元时的验证损失：", "Validation loss after {tokens} tokens:"),
    "learnAxis": Text("读过的词元（百万）", "tokens read (millions)"),
    "learnTrain": Text("细线：训练损失", "thin: training loss"),
    "learnVal": Text("粗线和点：验证损失", "thick, with dots: validation loss"),
    "learnScrub": Text("拖动，看训练中的任何一刻", "Drag to any moment of the training"),
    "learnParts": Text(
        "竖线处换了配方：课文的比重加大，学习率慢慢降到零。",
        "At the vertical line the recipe changes: more of the lessons, and the learning rate falls to zero.",
    ),
    "learnEnd": Text("{name}读完全部时：{loss}", "{name} at the very end: {loss}"),
}


def together(school: School) -> list[Mapping[str, Any]]:
    """The models that were checked at the same places as 小白, smallest first; a Refusal if it has no log."""
    family = {name: one for name, one in school.family.items() if name in school.names and "training" in one}
    if "xiaobai" not in family:
        raise Refusal(NOT_KEPT)
    places = checks(family["xiaobai"])
    return [family[name] for name in school.names if name in family and checks(family[name]) == places]


def checks(model: Mapping[str, Any]) -> list[int]:
    """How many tokens a model had read at each check of its validation loss."""
    return [tokens for tokens, _ in model["training"]["validation"]]


def losses(model: Mapping[str, Any]) -> list[float]:
    """The validation losses of a model, in nats a token."""
    return [loss for _, loss in model["training"]["validation"]]


def answer(school: School, ask: Ask) -> Shown:
    """Every model's curves, and where each of them was at one check."""
    models = together(school)
    places = checks(models[-1])
    at = params.whole_number(ask.get("at"), 0, len(places) - 1)
    if at is None:
        raise Refusal(NO_SUCH_CHECK)
    value: Json = {
        "at": at,
        "places": places,
        "parts": part_ends(models[-1])[:-1],
        "models": [
            {
                "id": model["name"], "name": school.names[model["name"]].json(),
                "parameters": model["parameters"],
                "train": model["training"]["train"], "val": losses(model),
            }
            for model in models
        ],
    }  # fmt: skip
    return Shown(value, facts(models, at))


def facts(models: Sequence[Mapping[str, Any]], at: int) -> Facts:
    """What is true of a check, for the tasks to judge."""
    largest, smallest = losses(models[-1]), losses(models[0])
    overtaken = next((i for i, loss in enumerate(largest) if loss <= smallest[-1]), -1)
    return {"at": at, "overtakes": len(models) > 1 and at == overtaken}


def part_ends(model: Mapping[str, Any]) -> list[int]:
    """After how many tokens each part of a training ended."""
    parts, total = model["training"]["parts"], model["training"]["tokens"]
    steps = sum(part["steps"] for part in parts)
    ends, done = [], 0
    for part in parts:
        done += part["steps"]
        ends.append(total * done // steps)
    return ends


LEARNING = Exhibit("learning", answer)
