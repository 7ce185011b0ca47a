"""Two or three beginnings side by side, each with its own bars: what stands further left turns the answer.

A request: `texts`, one to three of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import tokens
from lesson.school import School
from lesson.text import label
from lesson.views.bars import bars
from lesson.views.token import Json
from lesson.words import Refusal, Text
from model.tokenizer import Tokenizer

MOST_TEXTS, MOST_TOKENS = 3, 200
ROWS = 5
NO_TEXTS = Text(
    "这里要有一到三个开头，请重新打开这一页。",
    "There should be one to three beginnings here; please reload.",
)

PHRASES: dict[str, Text] = {
    "contextsField": Text("第 {n} 个开头，可以改", "Beginning {n}; change it"),
    "contextsBack": Text("恢复原样", "As it was"),
}


def answer(school: School, ask: Ask) -> Shown:
    """The bars after each beginning; the facts name the most likely token of each and its probability."""
    texts = ask.get("texts")
    if not isinstance(texts, list) or not 1 <= len(texts) <= MOST_TEXTS:
        raise Refusal(NO_TEXTS)
    found = [one(school, text) for text in texts]
    facts = {
        "contexts": [{name: context[name] for name in ("text", "tokens", "top", "p")} for context in found]
    }
    return Shown({"contexts": [*found]}, facts)


def one(school: School, text: object) -> Json:
    """One beginning: its text and tokens, its bars, its most likely token and that token's probability."""
    tokenizer = school.tokenizer
    ids = tokens(tokenizer, text, MOST_TOKENS)
    prediction = school.xiaobai((tokenizer.end_of_text, *ids))
    ((first, p),) = prediction.top(1)
    return {
        "text": tokenizer.decode(ids),
        "tokens": labels(tokenizer, ids),
        "top": label(tokenizer.token_bytes(first)),
        "p": p,
        "bars": bars(tokenizer, prediction, prediction, rows=ROWS, turned=False),
    }


def labels(tokenizer: Tokenizer, ids: Sequence[int]) -> list[str]:
    """Every token as text that can be seen."""
    return [label(tokenizer.token_bytes(i)) for i in ids]


CONTEXTS = Exhibit("contexts", answer)
