"""Tokens set in a line as faces, without anything to click: bytes of one character stand as one."""

from __future__ import annotations

from collections.abc import Sequence

from lesson.text import chips
from lesson.views.token import Json, drawn
from model.tokenizer import Tokenizer


def faces(tokenizer: Tokenizer, ids: Sequence[int]) -> list[Json]:
    """The faces of tokens; end-of-text is left out."""
    parts = [tokenizer.token_bytes(i) for i in ids if i != tokenizer.end_of_text]
    return [{"s": drawn(chip.pieces), "label": chip.label} for chip in chips(parts)]
