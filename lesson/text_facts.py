"""What is known of a text before a model reads it: how long it is and what vocabulary it needs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

VOCABULARY_LEAST, VOCABULARY_MOST = 512, 4096
WORD = re.compile(r"[A-Za-z]+")
MARK = re.compile(r"[!-/:-@\[-`{-~]")
TOKENS_A_WORD, TOKENS_A_MARK = 1.25, 0.6  # of English, measured on the built-in texts with their vocabularies


@dataclass(frozen=True)
class TextFacts:
    """A text's length in characters and, about, in tokens; the size of the vocabulary learnt from it."""

    characters: int
    tokens: int
    vocabulary: int


def text_facts(text: str) -> TextFacts:
    """Count a text.

    >>> text_facts("春眠不觉晓。" * 3)
    TextFacts(characters=18, tokens=18, vocabulary=512)
    """
    return TextFacts(len(text), about_tokens(text), vocabulary_size(text))


def about_tokens(text: str) -> int:
    """How many tokens a text becomes under its own vocabulary, within a tenth or so for the built-in ones."""
    others = sum(char > "\x7f" for char in text)
    words, marks = (len(pattern.findall(text)) for pattern in (WORD, MARK))
    return round(others + TOKENS_A_WORD * words + TOKENS_A_MARK * marks)


def vocabulary_size(text: str) -> int:
    """How many tokens the run's own vocabulary has: bytes, and room for the text's characters and words.

    A character of three bytes takes two merges, the first of them shared with its neighbours in Unicode. A
    vocabulary that fits the text makes a run several times faster than the shipped one of 8,192.
    """
    characters = {char.encode("utf-8", "replace") for char in set(text) if char > "\x7f"}
    words = Counter(WORD.findall(text))
    common = sum(count >= 5 for count in words.values())
    wanted = 257 + len(characters) + len({char[:2] for char in characters}) + 2 * common
    rounded = -(-wanted // 128) * 128
    return min(max(rounded, VOCABULARY_LEAST), VOCABULARY_MOST)
