"""All views of a playground's state at once: what one reply to the page consists of."""

from __future__ import annotations

from dataclasses import asdict

from lesson.params import KNOBS, write_fragment
from lesson.playground import Playground, after_knobs, link, observed, sampling
from lesson.predictions import Predictions
from lesson.views.bars import bars
from lesson.views.brain import brain
from lesson.views.strip import strip
from lesson.views.throw import last_throw, throw
from lesson.views.token import Json
from lesson.words import Text
from model.sampling import Sampling

PARTS = ("strip", "bars", "throw", "knobs", "brain")


def scene(
    state: Playground,
    predictions: Predictions,
    *,
    answer: int = 0,
    moved: bool = False,
    notice: Text | None = None,
    draft: str | None = None,
) -> dict[str, Json]:
    """The five parts of the playground, each marked with the action it answers and the step it belongs to.

    ``moved`` says that a token was just appended; ``notice`` is a friendly sentence about what could not be
    done, and ``draft`` the text that was typed and is kept.
    """
    tokenizer = predictions.tokenizer
    seen = predictions.see(state.context)
    raw, shaped = seen.prediction, after_knobs(seen.prediction, state.knobs)
    rows = state.knobs.rows
    counts = observed(shaped, state.knobs, len(state.context), state.draws)
    turned = sampling(state.knobs) != Sampling()
    parts: dict[str, Json] = {
        "strip": {
            **strip(state, tokenizer, predictions.predictor.block_size),
            "link": write_fragment(link(state, tokenizer)),
            "move": last_throw(state, tokenizer) if moved else None,
            "notice": notice.json() if notice else None,
            "draft": draft,
        },
        "bars": bars(tokenizer, raw, shaped, rows=rows, turned=turned, counts=counts),
        "throw": throw(state, tokenizer, shaped, rows=rows),
        "knobs": {
            "knobs": asdict(state.knobs),
            "defaults": {control.name: control.default for control in KNOBS},
        },
        "brain": brain(predictions.anatomy(), seen.vectors, predictions.milliseconds),
    }
    step = {"answer": answer, "version": state.version, "length": len(state.context)}
    return {part: {**data, **step} for part, data in parts.items()}
