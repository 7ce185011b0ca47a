"""A text as the model gets it: its tokens with their ids and bytes, whole or fallen apart.

A request: `text`; `ends` shows the special token around it; `apart` draws every token by itself, so that a
character of several tokens falls apart; `upto` reads only so many tokens, as a half-written text has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import tokens
from lesson.school import School
from lesson.text import Chip, byte_pieces, chips
from lesson.views.token import Json, drawn
from lesson.words import Text
from model.tokenizer import Tokenizer

MOST_TOKENS = 400

PHRASES: dict[str, Text] = {
    "piecesCount": Text(
        "{characters} 个字符，{bytes} 个字节，切成 {tokens} 个词元：每个字符 {each} 个词元。",
        "{characters} characters, {bytes} bytes, cut into {tokens} tokens: {each} tokens a character.",
    ),
    "piecesEnds": Text("显示特殊词元", "Show special tokens"),
    "piecesApart": Text("拆开，看字节", "Take apart, show bytes"),
    "piecesUpto": Text("只读前 {n} 个词元", "Read the first {n} tokens only"),
    "piecesHalf": Text(
        "最后一个字只到了一半：{hex}，还缺字节，不成字。",
        "The last character is only half there: {hex}. Bytes are missing; it is no character yet.",
    ),
    "piecesEnd": Text(
        "开头和结束是同一个特殊词元，编号 {id}，一个字节也没有，你打什么字都打不出它。"
        "小白认为，这段文字到此结束的概率是 {p}。",
        "Start and end are one special token, id {id}. It has no bytes, and nothing that you type becomes "
        "it. XiaoBai gives {p} to this text ending here.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """The tokens of a text as chips, and what they add up to."""
    tokenizer = school.tokenizer
    ids = tokens(tokenizer, ask.get("text"), MOST_TOKENS)
    text = tokenizer.decode(ids)
    upto = min(params.whole_number(ask.get("upto"), 1, MOST_TOKENS) or len(ids), len(ids))
    ends, apart = ask.get("ends") is True, ask.get("apart") is True
    half = tokenizer.decode_bytes(ids[whole_until(tokenizer, ids[:upto]) : upto])
    found = {
        "characters": len(text), "bytes": len(text.encode()), "tokens": len(ids),
        "each": len(ids) / len(text), "most": most_tokens(tokenizer, ids),
        "half": bool(half), "ends": ends, "apart": apart,
    }  # fmt: skip
    value: Json = {
        **found, "text": text, "upto": upto, "hex": half.hex(" ").upper(), "end_id": tokenizer.end_of_text,
        "chips": shown_chips(tokenizer, ids[:upto], apart=apart, ends=ends),
        "p_end": p_end(school, ids) if ends else None,
    }  # fmt: skip
    return Shown(value, found)


def p_end(school: School, ids: Sequence[int]) -> float:
    """XiaoBai's probability for a text to end where it ends."""
    end = school.tokenizer.end_of_text
    return float(school.xiaobai((end, *ids)).probs[end])


def shown_chips(tokenizer: Tokenizer, ids: Sequence[int], *, apart: bool, ends: bool) -> list[Json]:
    """Chips of tokens, one for each if ``apart``; with ``ends`` the special token stands before and after."""
    context = (tokenizer.end_of_text, *ids, tokenizer.end_of_text) if ends else tuple(ids)
    parts = [tokenizer.token_bytes(token) for token in context]
    row = (
        [Chip(i, 1, byte_pieces(data), whole=True) for i, data in enumerate(parts)] if apart else chips(parts)
    )
    return [
        {
            "at": chip.start + (0 if ends else 1),  # place 0 is that of the beginning
            "ids": list(context[chip.start : chip.start + chip.count]),
            "s": drawn(chip.pieces),
            "label": chip.label,
            "hex": b"".join(parts[chip.start : chip.start + chip.count]).hex(" ").upper(),
            "whole": chip.whole,
            "end": not parts[chip.start],
        }
        for chip in row
    ]


def most_tokens(tokenizer: Tokenizer, ids: Sequence[int]) -> int:
    """The most tokens that one character of a text consists of."""
    return max(chip.count for chip in chips([tokenizer.token_bytes(token) for token in ids]))


def whole_until(tokenizer: Tokenizer, ids: Sequence[int]) -> int:
    """How many of the first tokens make whole characters; what follows is the beginning of one."""
    row = chips([tokenizer.token_bytes(token) for token in ids])
    return max((chip.start + chip.count for chip in row if chip.whole), default=0)


PIECES = Exhibit("pieces", answer)
