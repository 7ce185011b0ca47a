"""The sentence strip: the context as chips, each with its ids and bytes; what is no longer seen is marked."""

from __future__ import annotations

from lesson.playground import Playground, sentence
from lesson.text import chips
from lesson.views.token import Json, drawn
from model.tokenizer import Tokenizer


def strip(state: Playground, tokenizer: Tokenizer, block_size: int) -> Json:
    """Chips from left to right; ``made`` ones were generated and carry the model's probability for them."""
    context = state.context
    parts = [tokenizer.token_bytes(token) for token in context]
    picks = dict(enumerate(state.now.picks, start=len(state.now.prompt)))
    seen_from = len(context) - block_size
    shown: list[Json] = []
    for chip in chips(parts):
        span = range(chip.start, chip.start + chip.count)
        made = [picks[place] for place in span if place in picks and picks[place].how != "typed"]
        probability = 1.0
        for one in made:
            probability *= one.p
        shown.append(
            {
                "at": chip.start,
                "ids": [context[place] for place in span],
                "s": drawn(chip.pieces),
                "label": chip.label,
                "hex": " ".join(parts[place].hex(" ") for place in span).upper(),
                "whole": chip.whole,
                "end": context[chip.start] == tokenizer.end_of_text,
                "made": bool(made),
                "p": probability if made else None,
                "how": made[-1].how if made else None,
                "gone": chip.start + chip.count <= seen_from,
            }
        )
    return {
        "chips": shown,
        "text": sentence(state, tokenizer),
        "undo": bool(state.past),
        "made": sum(pick.how != "typed" for pick in state.now.picks),
        "clicked": sum(pick.how == "clicked" for pick in state.now.picks),
        "block": block_size,
        "gone": max(0, seen_from),
    }
