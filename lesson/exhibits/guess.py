"""A sentence and the model's guesses for its next token: the playground in small, for tasks to look at.

A request is a link to a state, as the playground writes one, and a move to make from there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from lesson import params, playground
from lesson.exhibits.exhibit import Ask, Exhibit, Facts, Shown
from lesson.playground import Playground, after_knobs
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import label, readable
from lesson.views.scene import scene
from lesson.words import Refusal, Text
from model.tokenizer import Tokenizer

LISTED = 50  # tokens whose probabilities tasks may look at
NO_SUCH_MOVE = Text("这一步没有看懂，请再点一次。", "That move made no sense; please click again.")

PHRASES: dict[str, Text] = {
    "guessEntropy": Text(
        "不确定程度（熵）{bits} 比特，好比在 {among} 个一样可能的词元里猜。",
        "Entropy {bits} bits: as unsure as among {among} equally likely tokens.",
    ),
    "guessCertain": Text("0 比特：十足的把握", "0 bits: certain"),
    "guessNoIdea": Text("13 比特：一点儿不知道", "13 bits: no idea at all"),
}


def answer(school: School, ask: Ask) -> Shown:
    """The state that `link` (or `text`) tells of, after the `move`, as the playground's views show it."""
    predictions = school.model(ask.get("model", "xiaobai"))
    state = moved(opened(predictions, ask), predictions, ask.get("move"))
    shown = scene(state, predictions)
    found = facts(state, predictions)
    parts = {part: shown[part] for part in ("strip", "bars", "throw", "knobs")}
    return Shown({**parts, "entropy": found["entropy"]}, found)


def opened(predictions: Predictions, ask: Ask) -> Playground:
    """The state before the move."""
    tokenizer = predictions.tokenizer
    if "link" in ask:
        start = playground.open_text(tokenizer, "")
        return playground.follow(start, params.read_fragment(ask["link"]), tokenizer, predictions)
    return playground.open_text(tokenizer, ask.get("text"), params.knobs(_given(ask.get("knobs"))))


def moved(state: Playground, predictions: Predictions, move: object) -> Playground:
    """The state after a move: step, pick, back, edit, turn, draw, reset, or none."""
    if move is None:
        return state
    given = _given(move)
    kind = given.get("kind")
    if kind == "step":
        return playground.step(state, predictions)
    if kind == "pick":
        return playground.pick(state, predictions, predictions.tokenizer.vocab_size, given.get("id"))
    if kind == "back":
        return playground.back_to(state, given.get("at"))
    if kind == "edit":
        return playground.edit(state, predictions.tokenizer, given.get("text"))
    if kind == "turn":
        return playground.turn(state, _given(given.get("values")))
    if kind == "draw":
        return playground.draw_100(state)
    if kind == "reset":
        return playground.reset(state)
    raise Refusal(NO_SUCH_MOVE)


def facts(state: Playground, predictions: Predictions) -> Facts:
    """The text, the probabilities p and q (after the knobs) by token, and how the last token came about."""
    tokenizer = predictions.tokenizer
    raw = predictions(state.context)
    shaped = after_knobs(raw, state.knobs)
    named = [(int(i), label(tokenizer.token_bytes(int(i)))) for i, _ in raw.top(LISTED)]
    picks = state.now.picks
    return {
        "text": playground.sentence(state, tokenizer),
        "prompt": typed(state, tokenizer),
        "p": {name: float(raw.probs[i]) for i, name in named},
        "q": {name: float(shaped.probs[i]) for i, name in named},
        "made": len(picks),
        "last": label(tokenizer.token_bytes(picks[-1].id)) if picks else "",
        "how": picks[-1].how if picks else "",
        "last_p": picks[-1].p if picks else math.nan,
        "ended": bool(picks) and picks[-1].id == tokenizer.end_of_text,
        "knobs": state.knobs,
        "draws": state.draws,
        "entropy": raw.entropy,
    }


def typed(state: Playground, tokenizer: Tokenizer) -> str:
    """The text that the learner wrote, without bytes that belong to no whole character."""
    return readable(tokenizer.decode_bytes([i for i in state.now.prompt if i != tokenizer.end_of_text]))


def _given(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


GUESS = Exhibit("guess", answer)
