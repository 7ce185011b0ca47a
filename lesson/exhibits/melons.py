"""Ten melons and a model of three parameters, scrubbed through its training; or the melons in two groups.

A request names the task and the step.
"""

from __future__ import annotations

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.melons import KINDS, MELONS, Moment, grouped, ripeness, sweetness
from lesson.school import School
from lesson.views.token import Json
from lesson.words import Refusal, Text

TASKS = ("ripe", "sweet", "groups")
GREEN_CURLED_DULL = KINDS.index((1, 1, 1))
NO_SUCH_STEP = Text("没有这一步，请再点一次。", "There is no such step; please click again.")

PHRASES: dict[str, Text] = {
    "tenMelonsTask": Text("学什么", "What to learn"),
    "tenMelons_ripe": Text("熟没熟", "Ripe or not"),
    "tenMelons_sweet": Text("有多甜", "How sweet"),
    "tenMelons_groups": Text("只分堆", "Only groups"),
    "tenMelonsColour": Text("色泽", "colour"),
    "tenMelonsRoot": Text("根蒂", "root"),
    "tenMelonsKnock": Text("敲声", "knock"),
    "tenMelonsTruth": Text("答案", "answer"),
    "tenMelonsSays": Text("模型说", "model says"),
    "tenMelonsColour1": Text("青绿", "green"),
    "tenMelonsColour0": Text("乌黑", "black"),
    "tenMelonsRoot1": Text("蜷缩", "curled"),
    "tenMelonsRoot0": Text("硬挺", "stiff"),
    "tenMelonsKnock1": Text("浊响", "dull"),
    "tenMelonsKnock0": Text("清脆", "crisp"),
    "tenMelonsRipe1": Text("熟", "ripe"),
    "tenMelonsRipe0": Text("没熟", "unripe"),
    "tenMelonsRipeP": Text("熟 {p}", "ripe {p}"),
    "tenMelonsDegrees": Text("{n} 度", "{n}°"),
    "tenMelonsGroup": Text("第 {n} 堆", "group {n}"),
    "tenMelonsNone": Text("不给看", "hidden"),
    "tenMelonsStep": Text("训练到第 {n} 步，共 {all} 步", "step {n} of {all}"),
    "tenMelonsRound": Text("重新分了 {n} 次", "regrouped {n} times"),
    "tenMelonsWeights": Text("三个参数", "three parameters"),
    "tenMelonsLoss": Text("损失 {n}", "loss {n}"),
    "tenMelonsNew": Text(
        "没见过的瓜，只要是青绿、蜷缩、浊响：", "A new melon that is green, curled and dull:"
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """The melons with what the model says of each at a step of its training."""
    task = ask.get("task", "ripe")
    if task not in TASKS:
        raise Refusal(NO_SUCH_STEP)
    if task == "groups":
        return groups(ask)
    moments = ripeness() if task == "ripe" else sweetness()
    at = params.whole_number(ask.get("at", 0), 0, len(moments) - 1)
    if at is None:
        raise Refusal(NO_SUCH_STEP)
    now = moments[at]
    new = now.says[GREEN_CURLED_DULL]
    value = {
        "task": task, "at": at, "last": len(moments) - 1, "weights": list(now.weights), "loss": now.loss,
        "melons": [melon(i, now, str(task)) for i in range(len(MELONS))], "new": new,
    }  # fmt: skip
    return Shown(value, {"task": task, "at": at, "new": new, "settled": False})


def melon(i: int, now: Moment, task: str) -> Json:
    """One melon: what is seen of it, the answer, and what the model says."""
    one = MELONS[i]
    truth: float = int(one.ripe) if task == "ripe" else one.sweetness
    return {"features": list(one.features), "truth": truth, "says": now.says[KINDS.index(one.features)]}


def groups(ask: Ask) -> Shown:
    """The melons in two groups, found without any answer."""
    rounds = grouped()
    at = params.whole_number(ask.get("at", 0), 0, len(rounds) - 1)
    if at is None:
        raise Refusal(NO_SUCH_STEP)
    found = rounds[at].groups
    value = {
        "task": "groups", "at": at, "last": len(rounds) - 1, "weights": None, "loss": None, "new": None,
        "melons": [
            {"features": list(one.features), "truth": None, "says": group}
            for one, group in zip(MELONS, found, strict=True)
        ],
    }  # fmt: skip
    return Shown(value, {"task": "groups", "at": at, "new": 0.0, "settled": at == len(rounds) - 1})


MELONS_EXHIBIT = Exhibit("melons", answer)
