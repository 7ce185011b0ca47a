"""A whole text coloured by surprise, and its joint probability, loss and perplexity worked out step by step.

A request: `text`; `pick` is the place of the token that was clicked; `rows` tokens have been multiplied.
"""

from __future__ import annotations

import math
from functools import lru_cache

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Facts, Shown
from lesson.passage import Passage, read, tokens
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import byte_pieces, label
from lesson.views.token import Json, drawn
from lesson.words import Text

MOST_TOKENS = 250
DECIMALS = 10  # of the running product; a product that rounds to 0 there can no longer be read

PHRASES: dict[str, Text] = {
    "surpriseText": Text("换成你自己的文字", "A text of your own"),
    "surpriseLegend": Text(
        "块下面的数是意外程度，单位比特。概率 1/2 是 1 比特，1/4 是 2 比特，1/1000 约 10 比特。",
        "The number below a piece is its surprise in bits: 1 bit for a probability of 1/2, 2 for 1/4, about "
        "10 for 1/1000.",
    ),
    "surpriseBits": Text("{n} 比特", "{n} bits"),
    "surprisePick": Text(
        "点一块，看小白当时给了它多少概率。", "Click a piece to see how probable XiaoBai thought it."
    ),
    "surpriseTold": Text(
        "轮到「{token}」时，小白给它的概率是 {p}，意外 {bits} 比特；全段 {n} 个词元里，意外程度排第 "
        "{place}。",
        "When “{token}” came up, XiaoBai gave it {p}: a surprise of {bits} bits, number {place} of all {n} "
        "tokens.",
    ),
    "surpriseTotal": Text(
        "{n} 个词元，平均每个 {mean} 比特；困惑度 {perplexity}：好比每一步都在 {perplexity} 个一样可能的词元"
        "里猜。",
        "{n} tokens, {mean} bits each on average; perplexity {perplexity}: as if every step were a guess "
        "among {perplexity} equally likely tokens.",
    ),
    "surpriseToken": Text("词元", "token"),
    "surpriseP": Text("概率 p", "p"),
    "surpriseLog": Text("−log₂ p", "−log₂ p"),
    "surpriseProduct": Text("概率乘起来", "product so far"),
    "surpriseSum": Text("比特加起来", "sum so far"),
    "surpriseNext": Text("乘下一个", "Multiply the next"),
    "surpriseAll": Text("乘到底", "Multiply all"),
    "surpriseGone": Text(
        "十位小数都成了 0，乘积读不出来了；右边的和却只是 {sum} 比特，一点没丢。",
        "All ten decimals are 0: the product can no longer be read. The sum beside it is a plain {sum} bits.",
    ),
    "surpriseJoint": Text(
        "整段的联合概率 = 2⁻ˢ，s = {sum}，约 {joint}", "joint probability = 2⁻ˢ with s = {sum}, about {joint}"
    ),
    "surpriseLoss": Text(
        "损失 = {sum} ÷ {n} = {mean} 比特 / 词元；训练时用自然对数，就是 {nats} 奈特",
        "loss = {sum} ÷ {n} = {mean} bits a token; in natural logarithms, as in training, {nats} nats",
    ),
    "surprisePerplexity": Text(
        "困惑度 = 2 的 {mean} 次方 = {perplexity}", "perplexity = 2 to the power {mean} = {perplexity}"
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """Every token of the text with its probability and surprise, and what they come to."""
    ids = tokens(school.tokenizer, ask.get("text"), min(MOST_TOKENS, school.xiaobai.predictor.block_size))
    passage = passage_of(school.xiaobai, ids)
    most = len(ids)
    pick = params.whole_number(ask.get("pick"), 0, most - 1)
    rows = min(params.whole_number(ask.get("rows"), 0, MOST_TOKENS) or 0, most)
    found = facts(passage, pick, rows)
    value = {
        "text": school.tokenizer.decode(ids), "tokens": faces(school, passage), "pick": pick, "rows": rows,
        "loss": passage.loss, "perplexity": found["perplexity"], "decimals": DECIMALS,
    }  # fmt: skip
    return Shown(value, found)


@lru_cache(maxsize=64)
def passage_of(predictions: Predictions, ids: tuple[int, ...]) -> Passage:
    """A text as the model reads it; the same text is read once."""
    return read(predictions, ids)


def faces(school: School, passage: Passage) -> list[Json]:
    """Each token as a chip with its probability, surprise in bits, and place by surprise."""
    order = [int(i) for i in passage.log_p.argsort(kind="stable")]
    parts = [school.tokenizer.token_bytes(token) for token in passage.ids]
    return [
        {
            "at": at + 1, "ids": [passage.ids[at]], "s": drawn(byte_pieces(data)), "label": label(data),
            "p": math.exp(passage.log_p[at]), "bits": float(passage.bits[at]), "place": order.index(at) + 1,
        }
        for at, data in enumerate(parts)
    ]  # fmt: skip


def facts(passage: Passage, pick: int | None, rows: int) -> Facts:
    """What tasks look at: loss, perplexity, whether the most surprising token was found, how far it went."""
    product = float(passage.log_p[:rows].sum())
    return {
        "tokens": len(passage.ids),
        "loss": passage.loss,
        "perplexity": math.exp(passage.loss),
        "bits": [float(bits) for bits in passage.bits],
        "found": pick is not None and pick == int(passage.log_p.argmin()),
        "rows": rows,
        "unreadable": rows > 0 and product < math.log(0.5) - DECIMALS * math.log(10),
        "finished": rows == len(passage.ids),
    }


SURPRISE = Exhibit("surprise", answer)
