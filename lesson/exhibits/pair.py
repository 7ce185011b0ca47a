"""Two tokens two ways: how alike they are (the angle of their vectors), and how likely one follows the other.

A request: `pairs`, two pairs of tokens as text; `before`, what stands before the first of each.
"""

from __future__ import annotations

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.text import label
from lesson.token_named import token_named
from lesson.views.token import Json, token_face
from lesson.words import Refusal, Text

PAIRS, MOST_TOKENS = 2, 100
NO_PAIRS = Text(
    "这里要有两对词元，请重新打开这一页。",
    "There should be two pairs of tokens here; please reload the page.",
)
TOO_LONG = Text(
    "前面的话太长了，请删到 {most} 个词元以内。",
    "What stands before is too long; keep it to {most} tokens.",
)

PHRASES: dict[str, Text] = {
    "pairFirst": Text("第一个词元", "first token"),
    "pairSecond": Text("第二个词元", "second token"),
    "pairAlike": Text("像不像", "alike?"),
    "pairNext": Text("接不接", "next?"),
    "pairCosine": Text("余弦 {cosine}", "cosine {cosine}"),
    "pairScore": Text("p = {p}，排第 {rank}", "p = {p}, rank {rank}"),
    "pairBefore": Text("前面加几个字（可以不加）", "Words before it (may be empty)"),
    "pairCompare": Text("比一比", "Compare"),
}


def answer(school: School, ask: Ask) -> Shown:
    """Cosine and score of both pairs."""
    pairs = ask.get("pairs")
    if not isinstance(pairs, list) or len(pairs) != PAIRS:
        raise Refusal(NO_PAIRS)
    before = params.prompt(ask.get("before", ""))
    found = [one(school, pair, before) for pair in pairs]
    facts = {
        "pairs": [{"cosine": row["cosine"], "p": row["p"], "tokens": row["labels"]} for row in found],
        "before": before,
    }
    return Shown({"pairs": [*found], "before": before}, facts)


def one(school: School, pair: object, before: str) -> Json:
    """One pair: the cosine of the vectors guessed by, and the second one's p and rank after the first."""
    if not isinstance(pair, list) or len(pair) != 2:
        raise Refusal(NO_PAIRS)
    tokenizer = school.tokenizer
    first, second = (token_named(tokenizer, word) for word in pair)
    context = (tokenizer.end_of_text, *tokenizer.encode(before), first)
    if len(context) > MOST_TOKENS:
        raise Refusal(TOO_LONG.format(most=MOST_TOKENS))
    guess = school.xiaobai(context)
    return {
        "first": token_face(tokenizer, first),
        "second": token_face(tokenizer, second),
        "labels": [label(tokenizer.token_bytes(token)) for token in (first, second)],
        "cosine": school.vectors.cosine("head", first, second),
        "p": float(guess.probs[second]),
        "rank": int((guess.probs > guess.probs[second]).sum()) + 1,
    }


PAIR = Exhibit("pair", answer)
