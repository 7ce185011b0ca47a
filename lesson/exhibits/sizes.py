"""A logarithmic chart of parameters, from three to 1.8 trillion, and how many times one model is another.

A request names the two that are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.views.token import Json
from lesson.words import Refusal, Text

NO_SUCH_MODEL = Text("图上没有这个模型。", "That model is not on the chart.")


@dataclass(frozen=True)
class Known:
    """A model that others built, its parameters, and who says so."""

    id: str
    name: Text
    parameters: float
    source: Text


MELONS = Known(
    "melons",
    Text("西瓜模型", "the melons"),
    3,
    Text(
        "第 5 章的例子，改自周志华《机器学习》",
        "the example of chapter 5, after Zhou Zhihua, Machine Learning",
    ),
)
OTHERS = (
    Known(
        "bert",
        Text("BERT-Large", "BERT-Large"),
        340e6,
        Text("Devlin 等，2018", "Devlin et al. 2018"),
    ),
    Known("gpt3", Text("GPT-3", "GPT-3"), 175e9, Text("Brown 等，2020", "Brown et al. 2020")),
    Known(
        "gpt4",
        Text("GPT-4", "GPT-4"),
        1.8e12,
        Text(
            "据媒体报道，未经证实；训练一次据说要 6300 万美元",
            "press reports, unconfirmed; a training run is said to have cost US$ 63 M",
        ),
    ),
)
MEASURED = Text("数出来的，就在这个网页里", "counted, right here in this page")

PHRASES: dict[str, Text] = {
    "sizesPick": Text("点两个，比一比", "Choose two to compare"),
    "sizesRatio": Text(
        "{big}的参数是{small}的 {n} 倍：10 的 {power} 次方倍。",
        "{big} has {n} times the parameters of {small}: ten to the power {power}.",
    ),
    "sizesSame": Text("再点一个别的。", "Choose another one as well."),
    "sizesAxis": Text(
        "参数个数（每一格是前一格的 10 倍）", "parameters (each line is ten times the one before)"
    ),
    "sizesSource": Text("来源", "source"),
    "sizesBooks": Text(
        "喂进去的文字也同样多：Llama 3 读了 15 万亿个词元（Meta，2024），大约相当于一亿本书（估算）。",
        "The texts are just as large: Llama 3 was trained on 15 trillion tokens (Meta 2024), about 100 "
        "million books (an estimate).",
    ),
}


def models(school: School) -> list[Json]:
    """Every model of the chart, smallest first; ours are those that are here."""
    ours = []
    for name, title in school.names.items():
        anatomy = school.model(name).anatomy()
        if anatomy:
            ours.append(row(Known(name, title, anatomy.parameters, MEASURED), ours=True))
    return sorted((*ours, *map(row, (MELONS, *OTHERS))), key=lambda one: one["parameters"])  # type: ignore[arg-type,return-value]


def row(model: Known, *, ours: bool = False) -> Json:
    """One model as the chart draws it."""
    named = {"id": model.id, "name": model.name.json(), "source": model.source.json(), "ours": ours}
    return {**named, "parameters": model.parameters}


def answer(school: School, ask: Ask) -> Shown:
    """All models, the two that are compared, and how many times one is the other."""
    listed = models(school)
    sizes = {str(one["id"]): float(one["parameters"]) for one in listed}  # type: ignore[arg-type]
    pair = [one for one in (ask.get("a"), ask.get("b")) if one is not None]
    if any(not isinstance(one, str) or one not in sizes for one in pair):
        raise Refusal(NO_SUCH_MODEL)
    small, big = (min(pair, key=sizes.get), max(pair, key=sizes.get)) if len(pair) == 2 else (None, None)  # type: ignore[arg-type]
    ratio = sizes[str(big)] / sizes[str(small)] if big and small else 1.0
    value: Json = {
        "models": listed,
        "a": ask.get("a"),
        "b": ask.get("b"),
        "small": small,
        "big": big,
        "ratio": ratio,
    }
    return Shown(value, {"pair": {*pair}, "ratio": ratio, "count": len(pair)})


SIZES = Exhibit("sizes", answer)
