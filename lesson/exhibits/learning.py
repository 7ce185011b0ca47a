"""How our own models learnt: the logs of their trainings, loss against the tokens read.

Models that read the same text in the same order stand together: at one place of the axis all have read the
same. A request names a check of the validation loss (`at`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
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
        "竖线处换了配方：各种文本的比例变了，学习率多半升起一点，再慢慢降到零。",
        "At each vertical line the recipe changes: other shares of the texts, and mostly the learning rate "
        "rises a little and falls to zero.",
    ),
    "learnEnd": Text("{name}读完全部时：{loss}", "{name} at the very end: {loss}"),
}


def together(school: School) -> list[Mapping[str, Any]]:
    """The models that were trained as the smallest one was, smallest first.

    Raises a Refusal if there are not two of them.
    """
    family = [school.family[name] for name in school.names if "training" in school.family.get(name, {})]
    found = [one for one in family if recipe(one) == recipe(family[0])]
    if len(found) < 2:
        raise Refusal(NOT_KEPT)
    return found


def recipe(model: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The steps and the seed of each part of a training: which text was read, and in which order."""
    return [(part["steps"], part["seed"]) for part in model["training"]["parts"]]


def checks(models: Sequence[Mapping[str, Any]]) -> list[int]:
    """After how many tokens all models were checked; one that was interrupted has a check more."""
    places = [{tokens for tokens, _ in model["training"]["validation"]} for model in models]
    return sorted(set.intersection(*places))


def losses(model: Mapping[str, Any], places: Sequence[int]) -> list[float]:
    """The validation losses of a model at these checks, in nats a token."""
    found = dict(model["training"]["validation"])
    return [found[place] for place in places]


def answer(school: School, ask: Ask) -> Shown:
    """Every model's curves, and where each of them was at one check."""
    models = together(school)
    places = checks(models)
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
                "train": model["training"]["train"], "val": losses(model, places),
            }
            for model in models
        ],
    }  # fmt: skip
    largest, smallest = losses(models[-1], places), losses(models[0], places)
    overtaken = next((i for i, loss in enumerate(largest) if loss <= smallest[-1]), -1)
    return Shown(value, {"at": at, "overtakes": at == overtaken})


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
