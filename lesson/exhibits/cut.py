"""Any text as an exam: cut it, and the left part is the question, the first token to the right the answer.

A request: `text`; `at` tokens stand to the left of the cut, half of them if it does not say.
"""

from __future__ import annotations

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import tokens
from lesson.school import School
from lesson.text import readable
from lesson.views.bars import bars
from lesson.views.token import token_face
from lesson.words import Text

MOST_TOKENS = 400
ROWS = 5

PHRASES: dict[str, Text] = {
    "cutHere": Text("在「{token}」前面剪开", "cut before “{token}”"),
    "cutText": Text("点两块之间的缝，把文字剪开", "Click between two pieces to cut the text"),
    "cutQuestion": Text("题目", "question"),
    "cutAnswer": Text("答案", "answer"),
    "cutThrown": Text("扔掉", "thrown away"),
    "cutTold": Text(
        "题目 {left} 个词元，答案「{answer}」，后面 {away} 个词元扔掉不看。",
        "A question of {left} tokens, the answer “{answer}”, and {away} tokens thrown away unseen.",
    ),
    "cutYields": Text(
        "这段文字在每个词元前都能剪一刀，一共出 {n} 道题。这是第 {at} 题。",
        "This text can be cut before each of its tokens: it yields {n} questions. This is number {at}.",
    ),
    "cutModel": Text(
        "小白给正确答案「{answer}」的概率是 {p}，在 {vocab} 个词元里排第 {rank}。",
        "XiaoBai gives the right answer “{answer}” {p}; that is place {rank} among {vocab} tokens.",
    ),
    "cutBack": Text("上一题", "Previous"),
    "cutNext": Text("下一题", "Next"),
    "cutOwn": Text("换成你自己的文字", "A text of your own"),
}


def answer(school: School, ask: Ask) -> Shown:
    """The text in its tokens, the cut, and what the model thinks of the question."""
    tokenizer = school.tokenizer
    ids = tokens(tokenizer, ask.get("text"), MOST_TOKENS)
    asked = params.whole_number(ask.get("at"), 0, MOST_TOKENS)
    at = min(len(ids) // 2 if asked is None else asked, len(ids) - 1)
    truth = ids[at]
    guess = school.xiaobai((tokenizer.end_of_text, *ids[:at]))
    place = int((guess.order == truth).argmax())
    right = readable(tokenizer.token_bytes(truth))
    found = {
        "questions": len(ids), "at": at, "answer": right, "p": float(guess.probs[truth]), "rank": place + 1,
        "question": readable(tokenizer.decode_bytes(ids[:at])),
    }  # fmt: skip
    value = {
        "text": tokenizer.decode(ids), "at": at, "p": found["p"], "rank": place + 1,
        "tokens": [token_face(tokenizer, token) for token in ids],
        "bars": bars(tokenizer, guess, guess, rows=ROWS, turned=False),
    }  # fmt: skip
    return Shown(value, found)


CUT = Exhibit("cut", answer)
