"""A round of the challenge as the page draws it: before the bets only what is asked, afterwards the truth."""

from __future__ import annotations

from collections.abc import Mapping

from lesson import challenge
from lesson.predictions import Predictions
from lesson.views.bars import bars
from lesson.views.running import running
from lesson.views.token import Json, token_face

ROWS = 6


def round_view(predictions: Predictions, ask: Mapping[str, object]) -> Json:
    """What is shown of a round: the text before the blank and the candidates; with `bets`, the outcome."""
    tokenizer = predictions.tokenizer
    question, at, told = challenge.at_round(predictions, ask)
    view: Json = {
        "round": at,
        "rounds": challenge.ROUNDS,
        "left": running(tokenizer.decode_bytes(question.ids[: question.place])),
        "options": [token_face(tokenizer, token) for token in told],
        "vocab": tokenizer.vocab_size,
        "name": predictions.name.json(),
    }
    if ask.get("bets") is None:
        return view
    placed = challenge.bets(tokenizer, question.truth, told, ask["bets"])
    prediction = predictions(question.context(tokenizer))
    p = float(prediction.probs[question.truth])
    return {
        **view,
        "truth": token_face(tokenizer, question.truth),
        "right": running(tokenizer.decode_bytes(question.ids[question.place + 1 :])),
        "bets": [
            {
                "said": running(bet.said.encode("utf-8", "replace")),
                "right": bet.right,
                "weight": bet.weight,
                "p": bet.p,
                "bits": bet.bits,
            }
            for bet in placed
        ],
        "model": {"p": p, "bits": challenge.bits(p), "rank": int((prediction.probs > p).sum()) + 1},
        "bars": bars(tokenizer, prediction, prediction, rows=ROWS, turned=False),
    }
