"""The dice: 0–100 % divided by p′ in bar order, and the last throw: which number fell on whose stretch."""

from __future__ import annotations

from lesson.playground import Playground, stretch_begin
from lesson.views.token import Json, token_face
from model.predictor import NextToken
from model.tokenizer import Tokenizer

SHORTEST_STRETCH = 1e-6  # of a strip of a thousand pixels; what is left becomes the rest


def throw(state: Playground, tokenizer: Tokenizer, shaped: NextToken, *, rows: int) -> Json:
    """The strip of the coming throw, and the last pick if there was one."""
    stretches = []
    for token, _ in shaped.top(rows):
        q = float(shaped.probs[int(token)])
        if q > SHORTEST_STRETCH:
            low = stretch_begin(shaped, int(token))
            stretches.append({**token_face(tokenizer, int(token)), "q": q, "low": low})
    return {"stretches": stretches, "greedy": state.knobs.greedy, "last": last_throw(state, tokenizer)}


def last_throw(state: Playground, tokenizer: Tokenizer) -> Json | None:
    """How the last token came to be chosen."""
    if not state.now.picks or state.now.picks[-1].how == "typed":
        return None
    pick = state.now.picks[-1]
    return {
        **token_face(tokenizer, pick.id),
        "how": pick.how,
        "p": pick.p,
        "q": pick.p_shaped,
        "dice": pick.dice,
        "low": pick.low,
        "high": pick.high,
    }
