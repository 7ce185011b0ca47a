"""The same token at the end of two texts: one vector before the first layer, two others after the last.

A request: `texts`, two of them that end in the same token; `layer`, 0 for what is read in, or a
layer's number.
"""

from __future__ import annotations

import numpy as np

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import tokens
from lesson.school import School
from lesson.views.token import Json, token_face
from lesson.words import Refusal, Text

MOST_TOKENS = 60
STRIPES = 64  # numbers of a vector that are drawn; the cosine is of all of them
NO_TEXTS = Text(
    "这里要有两句话，请重新打开这一页。",
    "There should be two texts here; please reload the page.",
)
NOT_THE_SAME = Text(
    "两句话要停在同一个字（词元）上：现在一句停在「{one}」，一句停在「{other}」。",
    "Both texts must end in the same token; now one ends in “{one}” and the other in “{other}”.",
)

PHRASES: dict[str, Text] = {
    "twiceField": Text("第 {n} 句，停在要比的字上", "Text {n}; it ends in the token to compare"),
    "twiceLayer": Text("第 {layer} 层以后", "after layer {layer}"),
    "twiceStart": Text("读进来的时候", "as it is read in"),
    "twiceLayers": Text("选一层", "Choose a layer"),
    "twiceCosine": Text("两个「{token}」的余弦：{cosine}", "cosine of the two “{token}”: {cosine}"),
    "twiceStripes": Text(
        "向量的前 {n} 个数（共 {width} 个）：橙正蓝负，越深越大",
        "the first {n} of {width} numbers: orange above zero, blue below",
    ),
}  # fmt: skip


def answer(school: School, ask: Ask) -> Shown:
    """The cosine of both vectors at every layer, and the vectors at one of them."""
    texts = ask.get("texts")
    if not isinstance(texts, list) or len(texts) != 2:
        raise Refusal(NO_TEXTS)
    tokenizer = school.tokenizer
    both = [tokens(tokenizer, text, MOST_TOKENS) for text in texts]
    last = [token_face(tokenizer, ids[-1]) for ids in both]
    if both[0][-1] != both[1][-1]:
        raise Refusal(NOT_THE_SAME.format(one=last[0]["label"], other=last[1]["label"]))
    one, other = (school.vectors.by_layer((tokenizer.end_of_text, *ids)) for ids in both)
    cosines = [cosine(a, b) for a, b in zip(one, other, strict=True)]
    layer = params.whole_number(ask.get("layer"), 0, len(cosines) - 1)
    layer = len(cosines) - 1 if layer is None else layer
    value: Json = {
        "texts": [tokenizer.decode(ids) for ids in both],
        "token": last[0], "cosines": cosines, "layer": layer, "width": one.shape[1],
        "vectors": [stripes(rows[layer]) for rows in (one, other)],
    }  # fmt: skip
    return Shown(
        value, {"texts": value["texts"], "cosines": cosines, "layer": layer, "same": both[0] == both[1]}
    )


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """The cosine of the angle between two vectors."""
    return float(np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1))


def stripes(vector: np.ndarray) -> list[float]:
    """The first numbers of a vector, the largest of them as 1."""
    shown = vector[:STRIPES]
    return (shown / max(float(np.abs(shown).max()), 1e-12)).round(3).tolist()


TWICE = Exhibit("twice", answer)
