"""The playground as a small frozen value and the moves that lead from one value to the next.

Nothing here knows the page: a move takes a state and returns a state, or raises a Refusal that says why not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from lesson import params
from lesson.params import Knobs, Link
from lesson.text import readable
from lesson.words import Refusal, Text
from model.predictor import NextToken, shape
from model.sampling import Sampling, choose, ranked, throw
from model.tokenizer import Tokenizer

Predict = Callable[[Sequence[int]], NextToken]

PAST_MOMENTS = 200
DRAWS_AT_ONCE = 100
MOST_DRAWS = 10_000

STALE = Text(
    "这一步已经过去了，请看看新的柱子再点。",
    "That step is over; please look at the new bars and click again.",
)
NO_SUCH_TOKEN = Text("词表里没有这个词元。", "There is no such token in the vocabulary.")
NO_SUCH_PLACE = Text("句子里没有这个位置。", "There is no such place in the sentence.")
FULL = Text(
    "已经写了 {most} 个词元，够长了。请撤销或者重来。",
    "That makes {most} tokens, which is long enough. Please undo or start over.",
)
ENOUGH_DRAWS = Text(
    "已经抽了 {most:,} 次，频率和概率几乎一样了。",
    "That makes {most:,} draws; the frequencies have all but met the probabilities.",
)
NOTHING_TO_UNDO = Text("没有可以撤销的了。", "There is nothing left to undo.")


@dataclass(frozen=True)
class Pick:
    """A token that was appended, and how it came about; a typed one was written by the learner.

    ``p`` is the model's probability, ``p_shaped`` the one after the knobs; ``dice`` the random number if one
    was thrown, which fell between ``low`` and ``high``, the token's stretch of the strip.
    """

    id: int
    p: float
    p_shaped: float
    how: Literal["drawn", "greedy", "clicked", "linked", "typed"]
    dice: float | None = None
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Moment:
    """A sentence: the prompt's ids, beginning with end-of-text, and the picks after it."""

    prompt: tuple[int, ...]
    picks: tuple[Pick, ...] = ()

    @property
    def context(self) -> tuple[int, ...]:
        """All ids, as the model reads them."""
        return self.prompt + tuple(pick.id for pick in self.picks)


@dataclass(frozen=True)
class Playground:
    """One learner's playground; ``version`` grows with every change of the sentence and names the step."""

    now: Moment
    opening: tuple[int, ...]
    knobs: Knobs = field(default_factory=Knobs)
    version: int = 0
    draws: int = 0
    past: tuple[Moment, ...] = ()
    model: str = ""

    @property
    def context(self) -> tuple[int, ...]:
        """The ids that the next prediction follows."""
        return self.now.context


def sampling(knobs: Knobs) -> Sampling:
    """What the knobs do to the probabilities; greedy is temperature 0, which leaves only the tallest."""
    return Sampling(
        temperature=0.0 if knobs.greedy else knobs.temperature,
        top_k=knobs.top_k or None,
        top_p=None if knobs.top_p >= 1 else knobs.top_p,
    )


def after_knobs(raw: NextToken, knobs: Knobs) -> NextToken:
    """The probabilities after the knobs; the model's own where no knob is turned."""
    shaping = sampling(knobs)
    return raw if shaping == Sampling() else shape(raw, shaping)


def open_text(tokenizer: Tokenizer, text: object, knobs: Knobs | None = None, model: str = "") -> Playground:
    """A playground at the end of a prompt."""
    ids = (tokenizer.end_of_text, *tokenizer.encode(params.prompt(text)))
    return Playground(Moment(ids), ids, knobs or Knobs(), model=model)


def check_step(state: Playground, version: object, length: object) -> None:
    """Refuse a click that belongs to another step than the one on the screen."""
    if (version, length) != (state.version, len(state.context)) or isinstance(version, bool):
        raise Refusal(STALE)


def pick(state: Playground, predict: Predict, vocab_size: int, token: object) -> Playground:
    """The learner chooses: append one token of the vocabulary."""
    chosen = params.whole_number(token, 0, vocab_size - 1)
    if chosen is None:
        raise Refusal(NO_SUCH_TOKEN)
    raw = predict(state.context)
    shaped = after_knobs(raw, state.knobs)
    return _append(state, Pick(chosen, float(raw.probs[chosen]), float(shaped.probs[chosen]), "clicked"))


def step(state: Playground, predict: Predict) -> Playground:
    """The model chooses: throw the dice for this position, or take the tallest, and append."""
    raw = predict(state.context)
    shaped = after_knobs(raw, state.knobs)
    thrown = throw(state.knobs.seed, len(state.context))
    chosen = choose(shaped.probs, thrown)
    p, q = float(raw.probs[chosen]), float(shaped.probs[chosen])
    if state.knobs.greedy:
        return _append(state, Pick(chosen, p, q, "greedy"))
    low = stretch_begin(shaped, chosen)
    return _append(state, Pick(chosen, p, q, "drawn", thrown, low, min(1.0, low + q)))


def stretch_begin(dist: NextToken, token: int) -> float:
    """Where a token's stretch of the dice strip begins: the probability of all that come before it."""
    probs = dist.probs
    before = probs > probs[token]
    before[:token] |= probs[:token] == probs[token]
    return float(probs[before].sum())


def undo(state: Playground) -> Playground:
    """The sentence as it was before the last change."""
    if not state.past:
        raise Refusal(NOTHING_TO_UNDO)
    return replace(state, now=state.past[-1], past=state.past[:-1], version=state.version + 1, draws=0)


def reset(state: Playground) -> Playground:
    """The prompt as it was typed, without any pick."""
    return _move(state, Moment(state.opening))


def back_to(state: Playground, position: object) -> Playground:
    """The moment when the token at ``position`` was still to be guessed; position 0 is the start itself."""
    place = params.whole_number(position, 0, len(state.context) - 1)
    if place is None:
        raise Refusal(NO_SUCH_PLACE)
    place = max(place, 1)
    prompt, picks = state.now.prompt, state.now.picks
    kept = picks[: max(0, place - len(prompt))]
    return _move(state, Moment(prompt[:place], kept))


def edit(state: Playground, tokenizer: Tokenizer, text: object) -> Playground:
    """A new sentence in the place of the old; the same text again changes nothing.

    Tokens that the model wrote and that still stand where they stood stay marked as its own.
    """
    typed = params.prompt(text)
    if typed == sentence(state, tokenizer):
        return state
    ids = (tokenizer.end_of_text, *tokenizer.encode(typed))
    prompt, picks = state.now.prompt, state.now.picks
    same = next(
        (i for i, (new, old) in enumerate(zip(ids, state.context, strict=False)) if new != old), len(ids)
    )
    kept = picks[: max(0, min(same, len(state.context)) - len(prompt))]
    if all(pick.how == "typed" for pick in kept):
        return replace(_move(state, Moment(ids)), opening=ids)
    added = tuple(Pick(token, 0.0, 0.0, "typed") for token in ids[len(prompt) + len(kept) :])
    return _move(state, Moment(prompt, kept + added))


def draw_100(state: Playground) -> Playground:
    """A hundred more draws from the bars, which append nothing."""
    if state.draws >= MOST_DRAWS:
        raise Refusal(ENOUGH_DRAWS.format(most=MOST_DRAWS))
    return replace(state, draws=state.draws + DRAWS_AT_ONCE)


def turn(state: Playground, values: Mapping[str, object]) -> Playground:
    """Some knobs at other values; draws made under the old ones are forgotten."""
    return replace(state, knobs=params.knobs(values, state.knobs), draws=0)


def observed(dist: NextToken, knobs: Knobs, position: int, draws: int) -> dict[int, int]:
    """How often each token comes up in ``draws`` throws of the dice, which the seed and the place decide.

    The first hundred stay the same when another hundred follow.
    """
    if not draws:
        return {}
    order = ranked(dist.probs)
    edges = np.cumsum(dist.probs[order])
    throws = np.random.default_rng([knobs.seed, position]).random(draws) * edges[-1]
    ids, counts = np.unique(order[np.searchsorted(edges, throws, side="right")], return_counts=True)
    return dict(zip(ids.tolist(), counts.tolist(), strict=True))


def sentence(state: Playground, tokenizer: Tokenizer) -> str:
    """The sentence as text, without bytes that belong to no whole character."""
    return readable(
        tokenizer.decode_bytes([token for token in state.context if token != tokenizer.end_of_text])
    )


def link(state: Playground, tokenizer: Tokenizer) -> Link:
    """What a link to this state says; ids only where the text alone would be cut differently."""
    prompt = state.now.prompt
    text = readable(tokenizer.decode_bytes([token for token in prompt if token != tokenizer.end_of_text]))
    picks = tuple(pick.id for pick in state.now.picks)
    typed = tuple(place for place, pick in enumerate(state.now.picks) if pick.how == "typed")
    if (tokenizer.end_of_text, *tokenizer.encode(text)) == prompt:
        return Link(text=text, picks=picks, typed=typed, knobs=state.knobs)
    return Link(ids=prompt[1:], picks=picks, typed=typed, knobs=state.knobs)


def follow(state: Playground, told: Link, tokenizer: Tokenizer, predict: Predict) -> Playground:
    """The state that a link tells of, with the probability of each pick worked out anew."""
    ids = told.ids if told.ids is not None else tuple(tokenizer.encode(told.text or ""))
    if told.text is None and told.ids is None:
        ids = state.opening[1:]
    if any(token >= tokenizer.vocab_size for token in (*ids, *told.picks)):
        raise Refusal(NO_SUCH_TOKEN)
    opening = (tokenizer.end_of_text, *ids)
    new = replace(_move(state, Moment(opening)), opening=opening, knobs=told.knobs)
    context, picks = list(opening), []
    for place, token in enumerate(told.picks):
        if place in told.typed:
            picks.append(Pick(token, 0.0, 0.0, "typed"))
        else:
            raw = predict(tuple(context))
            shaped = after_knobs(raw, told.knobs)
            picks.append(Pick(token, float(raw.probs[token]), float(shaped.probs[token]), "linked"))
        context.append(token)
    return replace(new, now=Moment(opening, tuple(picks)))


def _append(state: Playground, new: Pick) -> Playground:
    if sum(pick.how != "typed" for pick in state.now.picks) >= params.MAX_PICKS:
        raise Refusal(FULL.format(most=params.MAX_PICKS))
    return _move(state, replace(state.now, picks=(*state.now.picks, new)))


def _move(state: Playground, moment: Moment) -> Playground:
    past = (*state.past, state.now)[-PAST_MOMENTS:]
    return replace(state, now=moment, past=past, version=state.version + 1, draws=0)
