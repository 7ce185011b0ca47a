"""Where a head looked, and what leaving a token out changes: two measures that need not agree.

A request: `text`; `layer` and `head` counted from 0, or neither for the mean of all heads; `out`, the place
of the token that is left out, counted from 1 (0 is the token at the beginning, which stays).
"""

from __future__ import annotations

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.looks import Look
from lesson.passage import tokens
from lesson.school import School
from lesson.text import label
from lesson.views.bars import bars
from lesson.views.token import Json, token_face
from lesson.words import Text
from model.tokenizer import Tokenizer

MOST_TOKENS = 31  # with the one at the beginning 32, of which all contexts without one are read at once
ROWS = 4

PHRASES: dict[str, Text] = {
    "lookLooked": Text("看了多少", "looked"),
    "lookMoved": Text("去掉它，改变多少", "changed if left out"),
    "lookAll": Text("全部平均", "mean of all"),
    "lookHead": Text("第 {layer} 层，第 {head} 头", "layer {layer}, head {head}"),
    "lookHeads": Text("选一个头：行是层，列是头", "Choose a head: rows are layers, columns heads"),
    "lookShade": Text(
        "颜色深浅：这个头看「{token}」看了多少",
        "Shade: how much each head looks at “{token}”",
    ),
    "lookSum": Text(
        "蓝色加起来是 100%。点一个词元，就去掉它。",
        "Blue adds up to 100 %. Click a token to leave it out.",
    ),
    "lookWithout": Text(
        "去掉「{token}」：「{top}」从 {before} 变成 {after}，挪动了 {moved} 的概率（KL 散度 {bits} 比特）。",
        "Without “{token}”, “{top}” goes from {before} to {after}; {moved} of the probability moved "
        "(KL divergence {bits} bits).",
    ),
    "lookNow": Text("现在最有可能的是「{now}」。", "Now the most likely is “{now}”."),
    "lookTip": Text("看了 {looked}；去掉它，挪动 {moved}", "looked {looked}; leaving it out moves {moved}"),
    "lookStays": Text("开头总是在，去不掉", "The beginning is always there"),
    "lookPut": Text("放回去", "Put it back"),
}


def answer(school: School, ask: Ask) -> Shown:
    """The tokens with both measures, all heads' weights, and the bars with and without one token."""
    tokenizer = school.tokenizer
    ids = tokens(tokenizer, ask.get("text"), MOST_TOKENS)
    seen = school.looks((tokenizer.end_of_text, *ids))
    layers, heads, size = seen.attention.shape
    layer = params.whole_number(ask.get("layer"), 0, layers - 1)
    head = params.whole_number(ask.get("head"), 0, heads - 1)
    if layer is None or head is None:
        layer = head = None
    out = params.whole_number(ask.get("out"), 1, size - 1)
    value: Json = {
        "text": tokenizer.decode(ids),
        "tokens": [place(tokenizer, seen, i) for i in range(size)],
        "attention": seen.attention.astype(float).tolist(),
        "looked": seen.looked(layer, head).astype(float).tolist(),
        "layer": layer, "head": head, "out": out,
        "bars": shown_bars(tokenizer, seen, out),
    }  # fmt: skip
    return Shown(value, facts(tokenizer, seen, layer, head, out))


def place(tokenizer: Tokenizer, seen: Look, i: int) -> Json:
    """One token: its face, and what is different without it."""
    face = token_face(tokenizer, seen.ids[i])
    if i == 0:
        return face
    ((top, p),) = seen.prediction.top(1)
    ((now, _),) = seen.without[i - 1].top(1)
    return {
        **face,
        "top": token_face(tokenizer, top), "now": token_face(tokenizer, now),
        "before": p, "after": float(seen.without[i - 1].probs[top]),
        "moved": seen.moved[i - 1], "bits": seen.divergence[i - 1],
    }  # fmt: skip


def shown_bars(tokenizer: Tokenizer, seen: Look, out: int | None) -> Json:
    """The bars; with a token left out, p is with it and q without it."""
    shaped = seen.prediction if out is None else seen.without[out - 1]
    value = bars(tokenizer, seen.prediction, shaped, rows=ROWS, turned=out is not None)
    return {**value, "rows": [{**row, "cut": False} for row in value["rows"]]}  # type: ignore[union-attr]


def facts(tokenizer: Tokenizer, seen: Look, layer: int | None, head: int | None, out: int | None) -> Json:
    """The labels of the tokens, both measures of each, and the answer with and without the token left out."""
    names = [label(tokenizer.token_bytes(i)) for i in seen.ids]
    ((top, p),) = seen.prediction.top(1)
    now = None if out is None else seen.without[out - 1].top(1)[0][0]
    return {
        "tokens": names, "layer": layer, "head": head, "out": out,
        "looked": seen.looked(layer, head).astype(float).tolist(), "moved": [0.0, *seen.moved],
        "top": label(tokenizer.token_bytes(top)), "p": p,
        "now": None if now is None else label(tokenizer.token_bytes(now)),
    }  # fmt: skip


LOOK = Exhibit("look", answer)
