"""Loss against parameters, measured on our own models; and how a jump can come from the way one measures.

A request tells how long an answer is (`length`, in tokens) and the chance of each token (`p`, per cent).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.exhibits.learning import recipe
from lesson.school import School
from lesson.views.token import Json
from lesson.words import XIAOBAI, Refusal, Text
from model.tokenizer import ASSETS

FILE = ASSETS / "family.json"
LONGEST = 30
NO_SUCH_LENGTH = Text(
    "长度要在 1 到 {most} 之间，把握要在 1% 到 99% 之间。",
    "The length must lie between 1 and {most}, and p between 1 % and 99 %.",
)
LANGUAGES = (("zh", "bits_per_char_zh_plain"), ("en", "bits_per_byte_en"))

PHRASES: dict[str, Text] = {
    "scaleHead": Text(
        "我们自己量的：参数越多，损失越低", "Measured on our own models: more parameters, lower loss"
    ),
    "scaleNot": Text(
        "这几个模型还没有量完，图先空着：没有量过的数，我们不画。",
        "Our models have not been measured yet, so there is no chart: what was not measured is not drawn.",
    ),
    "scaleMixed": Text(
        "小白读的是另一份混合的文字，和妹妹们只能大致相比；详见模型卡。",
        "XiaoBai read another mix of texts, so it compares with its sisters only roughly; see the model "
        "card.",
    ),
    "scaleTrend": Text(
        "虚线是拟合出来的趋势：参数每多一倍，损失大约变成原来的 {factor}。{count} 个点只是趋势，不是定律。",
        "The dashed line is a fitted trend: twice the parameters, about {factor} of the loss. {count} "
        "points are a trend, not a law.",
    ),
    "scaleZh": Text("中文：每个字几比特", "Chinese: bits per character"),
    "scaleEn": Text("英文：每个字节几比特", "English: bits per byte"),
    "scaleParameters": Text("参数个数", "parameters"),
    "emergeHead": Text("「突然学会了」，还是量法的缘故？", "A sudden ability, or a way of measuring?"),
    "emergeLength": Text("答案有几个词元", "Tokens in the answer"),
    "emergeP": Text("每个词元猜对的概率 p", "p, the probability of getting each token right"),
    "emergeTold": Text(
        "整个答案全对：{p} 的 {length} 次方，是 {all}。",
        "The whole answer right: {p} to the power {length}, which is {all}.",
    ),
    "emergeAxis": Text("每个词元的 p", "p of each token"),
    "emergeAll": Text("全对的概率", "all right"),
    "emergeEach": Text("每个词元的概率", "each token"),
}


@cache
def measured(path: Path = FILE) -> tuple[Mapping[str, Any], ...]:
    """What was measured of each of our models, smallest first; nothing if it has not been done."""
    if not path.exists():
        return ()
    found = json.loads(path.read_text(encoding="utf-8"))["models"]
    return tuple(sorted((one for one in found if one.get("parameters")), key=lambda one: one["parameters"]))


def trend(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The straight line through points in logarithms, as (slope, height at 1); None for fewer than two sizes.

    >>> slope, height = trend([(1.0, 8.0), (2.0, 4.0), (4.0, 2.0)])
    >>> round(slope, 6), round(height, 6)
    (-1.0, 8.0)
    """
    if len({size for size, _ in points}) < 2:
        return None
    xs, ys = [math.log(size) for size, _ in points], [math.log(loss) for _, loss in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mean_x) ** 2 for x in xs
    )
    return slope, math.exp(mean_y - slope * mean_x)


def short(model: Mapping[str, Any]) -> Text:
    """A name that fits beside a point: 小白's own, and the width of her sisters."""
    if model["name"] == "xiaobai":
        return XIAOBAI
    return Text(f"宽 {model['width']}", f"{model['width']} wide")


def charts(school: School) -> list[Json]:
    """For each language the measured points of the models that are here, and their trend."""
    names = school.names
    here = [one for one in measured() if one["name"] in names]
    out: list[Json] = []
    for language, key in LANGUAGES:
        rows = [one for one in here if isinstance(one.get(key), int | float)]
        points = [(float(one["parameters"]), float(one[key])) for one in rows]
        line = trend(points)
        if line is None:
            continue
        drawn = [
            {"name": names[one["name"]].json(), "short": short(one).json(), "x": x, "y": y}
            for one, (x, y) in zip(rows, points, strict=True)
        ]
        out.append(
            {
                "language": language,
                "points": drawn,
                "slope": line[0],
                "height": line[1],
                "factor": 2 ** line[0],
            }
        )
    return out


def answer(school: School, ask: Ask) -> Shown:
    """The measured charts, and the chance of a whole answer where each token is known with p."""
    length = params.whole_number(ask.get("length", 1), 1, LONGEST)
    percent = params.whole_number(ask.get("p", 50), 1, 99)
    if length is None or percent is None:
        raise Refusal(NO_SUCH_LENGTH.format(most=LONGEST))
    whole = (percent / 100) ** length
    curve = [[p / 100, (p / 100) ** length] for p in range(0, 101, 2)]
    value: Json = {
        "charts": charts(school),
        "mixed": len({str(recipe(one)) for one in measured() if "training" in one}) > 1,
        "length": length,
        "p": percent / 100,
        "whole": whole,
        "curve": curve,
    }
    return Shown(value, {"length": length, "p": percent / 100, "whole": whole})


SCALING = Exhibit("scaling", answer)
