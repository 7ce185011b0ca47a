"""A token by its text, as a learner types it."""

from __future__ import annotations

from lesson import params
from lesson.text import visible
from lesson.words import Refusal, Text
from model.tokenizer import Tokenizer

NOTHING = Text(
    "这里还空着，请写一个字或一个词。",
    "There is nothing here yet; please write a character or a word.",
)
SEVERAL = Text(
    "「{text}」是 {count} 个词元，这里一次只看一个。请换一个字，或短一点的词。",
    "“{text}” is {count} tokens, and one at a time is all that fits here. Try another character or a "
    "shorter word.",
)
SHOWN = 20  # characters of what was typed


def token_named(tokenizer: Tokenizer, text: object) -> int:
    """The one token of a text; an English word is looked for as it stands in a sentence, after a space."""
    word = params.prompt(text).strip()
    if not word:
        raise Refusal(NOTHING)
    tries = [f" {word}", word] if word.isascii() and word.isalpha() else [word]
    found = [tokenizer.encode(one) for one in tries]
    for ids in found:
        if len(ids) == 1:
            return ids[0]
    count = min(len(ids) for ids in found)
    raise Refusal(SEVERAL.format(text=visible(word[:SHOWN]), count=count))
