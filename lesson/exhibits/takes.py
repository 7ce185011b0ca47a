"""The same beginning continued several times, each time with other dice: same question, different answers.

A request: `text`, `seed` of the first, `temperature`, `greedy`. Each text is marked question, statement,
silence (the end token came first) or unfinished, by the mark that its first sentence ends with.
"""

from __future__ import annotations

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.playground import open_text, sampling
from lesson.school import School
from lesson.text import readable
from lesson.views.token import Json
from lesson.views.tokens import faces
from lesson.words import Text
from lesson.writing import Take, takes
from model.tokenizer import Tokenizer

HOW_MANY = 5
LENGTH = 12
QUESTION_MARKS = "？?"
SENTENCE_MARKS = QUESTION_MARKS + "。！!\n."

PHRASES: dict[str, Text] = {
    "takesAgain": Text("再来五遍", "Five more"),
    "takesSame": Text("五遍写出了 {n} 种", "Different texts among the five: {n}"),
    "takesQuestion": Text("问句", "a question"),
    "takesStatement": Text("陈述句", "a statement"),
    "takesSilence": Text("什么也没写就结束了", "ended at once"),
    "takesUnfinished": Text("一句没写完", "unfinished"),
    "takesP": Text("概率 {p}", "probability {p}"),
    "takesSeed": Text("种子 {n}", "seed {n}"),
    "takesNote": Text(
        "每一遍最多写 {n} 个词元。右边是整段续写的概率：把每个词元的概率乘起来。",
        "Each goes on for {n} tokens at most. On the right, the probability of the whole continuation: "
        "its tokens’ probabilities multiplied.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """The continuations, their joint probabilities and what kind of sentence each begins with."""
    predictions = school.model(ask.get("model", "xiaobai"))
    tokenizer = predictions.tokenizer
    given = {name: ask[name] for name in ("temperature", "greedy", "seed") if name in ask}
    knobs = params.knobs(given)
    state = open_text(tokenizer, ask.get("text"), knobs)
    seeds = [(knobs.seed + i) % int(params.SEED.high) for i in range(HOW_MANY)]
    written = takes(predictions.predictor, state.context, sampling(knobs), seeds, LENGTH)
    text = readable(tokenizer.decode_bytes(list(state.context[1:])))
    rows = [row(tokenizer, take) for take in written]
    kinds = [one["kind"] for one in rows]
    found = {
        "text": text, "distinct": len({take.ids for take in written}), "questions": kinds.count("question"),
        "statements": kinds.count("statement"), "asks": text.rstrip().endswith(tuple(QUESTION_MARKS)),
        "greedy": knobs.greedy, "temperature": knobs.temperature, "seed": knobs.seed,
    }  # fmt: skip
    return Shown({**found, "rows": rows, "most": LENGTH, "prompt": faces(tokenizer, state.context)}, found)


def row(tokenizer: Tokenizer, take: Take) -> Json:
    """One continuation as chips."""
    ended = take.ids[-1] == tokenizer.end_of_text
    ids = list(take.ids[:-1] if ended else take.ids)
    return {
        "seed": take.seed, "chips": faces(tokenizer, ids), "p": take.p, "ended": ended,
        "kind": kind(readable(tokenizer.decode_bytes(ids)), ended),
    }  # fmt: skip


def kind(text: str, ended: bool) -> str:
    """What a continuation's first sentence is, by the mark at its end.

    >>> kind("你呢？我很好。", False), kind("我叫小白。", True), kind("", True), kind("今天", False)
    ('question', 'statement', 'silence', 'unfinished')
    """
    mark = next((char for char in text.lstrip() if char in SENTENCE_MARKS), None)
    if mark is None:
        return "unfinished" if text.strip() or not ended else "silence"
    return "question" if mark in QUESTION_MARKS else "statement"


TAKES = Exhibit("takes", answer)
