"""The map of token vectors in two or three dimensions, and whatever stands nearest to a token by angle.

A request: `find`, a token as text; `table`, head or embedding; `dims`, 2 or 3; `dark`, the page's colours.
The map is a finished chart, so it is Plotly's: hover, zoom, turn, save as a picture.
"""

from __future__ import annotations

from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.token_named import token_named
from lesson.vectors import TABLES
from lesson.views.map import figure
from lesson.views.token import Json, token_face
from lesson.words import Refusal, Text

NEAR = 8
NO_TABLE = Text("没有这张表，请重新打开这一页。", "There is no such table; please reload the page.")

PHRASES: dict[str, Text] = {
    "mapFind": Text("找一个词元", "Find a token"),
    "mapGo": Text("找", "Find"),
    "mapHead": Text("猜它用的向量", "vectors it guesses by"),
    "mapEmbedding": Text("读它用的向量", "vectors it reads by"),
    "mapTable": Text("哪一张向量表", "Which table of vectors"),
    "mapDims": Text("维数", "Dimensions"),
    "map2": Text("平面", "2-D"),
    "map3": Text("立体", "3-D"),
    "mapNear": Text(
        "全词表里离「{token}」最近的（余弦）",
        "Nearest to “{token}” in the whole vocabulary (cosine)",
    ),
    "mapDrawn": Text(
        "画了 {n} 个常用词元。原来有 {width} 维，这里只剩 {dims} 维，保住了 {share} 的差别：图上近的，不一"
        "定真近，看余弦才准。",
        "{n} frequent tokens. Of {width} dimensions {dims} are left, which hold {share} of the "
        "differences: what is close here need not be close there; trust the cosine.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """What is nearest to the token that is looked for, and the map with it marked."""
    tokenizer, vectors = school.tokenizer, school.vectors
    token = token_named(tokenizer, ask.get("find"))
    table = ask.get("table", TABLES[0])
    if table not in TABLES:
        raise Refusal(NO_TABLE)
    dims = 3 if ask.get("dims") == 3 else 2
    near = vectors.nearest(str(table), token, NEAR)
    points, two, three = vectors.points(str(table), [token, *(i for i, _ in near)])
    value: Json = {
        "found": token_face(tokenizer, token),
        "near": [{**token_face(tokenizer, i), "cosine": cosine} for i, cosine in near],
        "table": table, "dims": dims, "share": three if dims == 3 else two,
        "n": len(vectors.drawn), "width": vectors.table(str(table)).shape[1],
    }  # fmt: skip
    facts = {
        "found": value["found"]["label"], "table": table, "dims": dims,  # type: ignore[index]
        "near": [(tokenizer.token_bytes(i).decode("utf-8", "replace").strip(), cosine) for i, cosine in near],
    }  # fmt: skip
    drawing = figure(tokenizer, points, token, [i for i, _ in near], dims, dark=ask.get("dark") is True)
    return Shown(value, facts, drawing)


MAP = Exhibit("map", answer, drawn=True)
