"""One beginning, three predictors of one text; and how far back each of them finds a hint.

A request: `text`; or `range` and `number`, a held-out prompt of that range of distances; `before`, the text
that stood there before, to see whose bars moved.
"""

from __future__ import annotations

import numpy as np

from lesson import params
from lesson.elders import NAMES, Elders
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import tokens
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import label
from lesson.views.bars import bars
from lesson.views.token import Json, token_face
from lesson.words import Text

MOST_TOKENS = 120  # the GPT of the three reads 128
ROWS = 3

PHRASES: dict[str, Text] = {
    "eldersRange": Text("线索隔了多远", "How far away the hint is"),
    "eldersTokens": Text("{low}–{high} 个词元", "{low}–{high} tokens"),
    "eldersNone": Text("紧挨着", "next to it"),
    "eldersAnother": Text("换一道题", "Another prompt"),
    "eldersAnswer": Text(
        "应该是「{answer}」，线索隔了 {n} 个词元。",
        "It should be “{answer}”; the hint is {n} tokens away.",
    ),
    "eldersSaid": Text("它写的是「{said}」", "it wrote “{said}”"),
    "eldersRight": Text("对", "right"),
    "eldersWrong": Text("错", "wrong"),
    "eldersSees": Text("它看得见的", "what it sees"),
    "eldersChart": Text("200 道没见过的题，答对多少", "200 held-out prompts: how many were right"),
    "eldersAxis": Text("线索和空之间隔了多少个词元", "tokens between the hint and the sentence on the sun"),
    "eldersChance": Text("总答同一个方向：25%", "always the same direction: 25 %"),
    "eldersPoint": Text(
        "{name}：隔 {low}–{high} 个词元，{n} 道题里答对 {right}",
        "{name}: {low}–{high} tokens away, {right} of {n} right",
    ),
    "eldersSame": Text("和改之前一模一样", "exactly as before"),
    **{f"elders_{name}": words for name, words in NAMES.items()},
}  # fmt: skip


def answer(school: School, ask: Ask) -> Shown:
    """The bars of all three after a text, what they see of it, and the chart of the 200 prompts."""
    elders = school.elders
    prompt = chosen(elders, ask)
    text = prompt["text"] if prompt else ask.get("text")
    ids = tokens(school.tokenizer, text, MOST_TOKENS)
    before = ask.get("before")
    older = tokens(school.tokenizer, before, MOST_TOKENS) if before is not None else None
    found = {name: one(predictions, ids, older) for name, predictions in elders.predictors.items()}
    value: Json = {
        "text": school.tokenizer.decode(ids), "prompt": prompt,
        "tokens": [token_face(school.tokenizer, i) for i in ids],
        "elders": [{"name": name, **row} for name, row in found.items()],
        "chart": chart(elders),
    }  # fmt: skip
    facts = {
        "text": value["text"], "answer": prompt["answer"] if prompt else None,
        "right": {name: bool(prompt) and prompt["said"][name] == prompt["answer"] for name in found},  # type: ignore[index]
        "top": {name: row["top"] for name, row in found.items()},
        "same": {name: row["same"] for name, row in found.items()},
        "distance": prompt["distance"] if prompt else None,
        "turned": found["gpt"]["turned"],
    }  # fmt: skip
    return Shown(value, facts)


def chosen(elders: Elders, ask: Ask) -> dict[str, object] | None:
    """The held-out prompt that a request names, or None."""
    ranges = elders.results["ranges"]
    place = params.whole_number(ask.get("range"), 0, len(ranges) - 1)
    if place is None:
        return None
    rows = elders.within(*ranges[place])
    number = params.whole_number(ask.get("number"), 0, 2**31) or 0
    return {**rows[number % len(rows)], "range": place, "number": number}


def one(predictions: Predictions, ids: tuple[int, ...], older: tuple[int, ...] | None) -> Json:
    """One predictor's bars, its most likely token, and whether they are the same as after the older text."""
    tokenizer = predictions.tokenizer
    guess = predictions((tokenizer.end_of_text, *ids))
    ((top, p),) = guess.top(1)
    same = turned = False
    if older is not None:
        was = predictions((tokenizer.end_of_text, *older))
        same, turned = bool(np.array_equal(guess.probs, was.probs)), was.top(1)[0][0] != top
    return {
        "bars": bars(tokenizer, guess, guess, rows=ROWS, turned=False), "p": p,
        "top": label(tokenizer.token_bytes(top)), "same": same, "turned": turned,
        "sees": min(predictions.predictor.block_size, len(ids)),
    }  # fmt: skip


def chart(elders: Elders) -> Json:
    """The shares that were right, by predictor and range, and how many prompts each share is of."""
    ranges = elders.results["ranges"]
    return {
        "ranges": ranges,
        "counts": [len(elders.within(*between)) for between in ranges],
        "lines": [{"name": name, "shares": shares} for name, shares in elders.accuracy.items()],
    }


ELDERS = Exhibit("elders", answer)
