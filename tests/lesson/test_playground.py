"""The playground's moves: what each does, what it refuses, and that the numbers stay the model's own."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import params, playground
from lesson.params import Knobs
from lesson.playground import Playground
from lesson.words import Refusal
from model.predictor import NextToken, generate, shape, start
from model.sampling import choose
from tests.fakes import HOSTILE, FakePredictor

FAKE = FakePredictor()
TOKENIZER, V = FAKE.tokenizer, FAKE.tokenizer.vocab_size


def at(text: str = "周一上班真的很", **knobs: object) -> Playground:
    return playground.open_text(TOKENIZER, text, params.knobs(knobs))


def token(word: str) -> int:
    return TOKENIZER.encode(word)[0]


def test_every_context_begins_with_end_of_text() -> None:
    assert at("").context == (TOKENIZER.end_of_text,)
    assert at("周").context == tuple(start(TOKENIZER, "周"))


def test_pick_appends_and_remembers_the_models_own_probability() -> None:
    state = playground.pick(at(temperature=0.5), FAKE.next_token, V, token("爽"))
    pick = state.now.picks[-1]
    raw = FAKE.next_token(at().context)
    assert (pick.id, pick.how) == (token("爽"), "clicked")
    assert pick.p == raw.probs[token("爽")] == pytest.approx(0.198, abs=0.01)
    assert pick.p_shaped < pick.p
    assert state.version == 1 and len(state.context) == len(at().context) + 1


@pytest.mark.parametrize("bad", [-1, V, 10**18, True, 1.0, "3", None, [1]])
def test_pick_refuses_what_is_no_token(bad: object) -> None:
    with pytest.raises(Refusal):
        playground.pick(at(), FAKE.next_token, V, bad)


@pytest.mark.parametrize("version, length", [(1, 8), (0, 7), (True, 8), (None, None), ("0", "8"), (0, True)])
def test_a_stale_click_is_refused(version: object, length: object) -> None:
    with pytest.raises(Refusal) as refusal:
        playground.check_step(at(), version, length)
    assert refusal.value.text == playground.STALE
    playground.check_step(at(), 0, 8)


def test_steps_follow_generate_exactly() -> None:
    knobs = {"temperature": 1.3, "top_k": 50, "top_p": 0.95, "seed": 7}
    state = at(**knobs)
    steps = generate(FAKE, state.context, playground.sampling(state.knobs), seed=7, max_new_tokens=12)
    for expected in steps:
        state = playground.step(state, FAKE.next_token)
        pick = state.now.picks[-1]
        assert (pick.id, pick.dice) == (expected.chosen, expected.dice)
        assert pick.low <= expected.dice <= pick.high + 1e-12
        assert pick.p == expected.raw.probs[expected.chosen]


def test_greedy_takes_the_tallest_without_dice() -> None:
    state = playground.step(at(greedy=True), FAKE.next_token)
    assert state.now.picks[-1].id == token("丧")
    assert (state.now.picks[-1].how, state.now.picks[-1].dice) == ("greedy", None)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=40), st.floats(0, 1, exclude_max=True))
def test_the_dice_falls_on_the_chosen_stretch(logits: list[float], dice: float) -> None:
    dist = NextToken(np.array(logits))
    chosen = choose(dist.probs, dice)
    low = playground.stretch_begin(dist, chosen)
    assert low - 1e-9 <= dice <= low + dist.probs[chosen] + 1e-9


def test_undo_goes_back_through_everything() -> None:
    first = at()
    second = playground.step(first, FAKE.next_token)
    third = playground.edit(second, TOKENIZER, "太阳从")
    fourth = playground.back_to(third, 2)
    for earlier in (third, second, first):
        fourth = playground.undo(fourth)
        assert fourth.now == earlier.now
    with pytest.raises(Refusal):
        playground.undo(fourth)
    assert fourth.version == 6, "every change of the sentence is a new step, undo too"


def test_back_to_is_the_moment_before_a_token() -> None:
    state = playground.step(playground.step(at(), FAKE.next_token), FAKE.next_token)
    n = len(at().context)
    assert playground.back_to(state, n + 1).context == state.context[: n + 1]
    assert playground.back_to(state, n).context == at().context
    assert playground.back_to(state, 3).context == state.context[:3]
    assert playground.back_to(state, 0).context == (TOKENIZER.end_of_text,)
    for bad in (-1, len(state.context), True, None, "1", 2.0):
        with pytest.raises(Refusal):
            playground.back_to(state, bad)


def test_reset_returns_to_the_sentence_as_typed() -> None:
    state = playground.back_to(playground.step(at(), FAKE.next_token), 3)
    assert playground.reset(state).context == at().context


def test_edit_keeps_what_the_model_wrote_marked() -> None:
    state = playground.pick(at("周一"), FAKE.next_token, V, token("上"))
    longer = playground.edit(state, TOKENIZER, "周一上班")
    assert [pick.how for pick in longer.now.picks] == ["clicked", "typed"]
    other = playground.edit(state, TOKENIZER, "周日")
    assert other.now.picks == () and other.opening == other.context
    assert playground.edit(state, TOKENIZER, "周一上") is state


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: ascii(raw)[:32])
def test_hostile_sentences_round_trip(raw: str) -> None:
    state = playground.edit(at(), TOKENIZER, raw)
    assert playground.sentence(state, TOKENIZER) == params.prompt(raw)
    assert (
        playground.follow(at(), playground.link(state, TOKENIZER), TOKENIZER, FAKE.next_token).now
        == state.now
    )


def test_a_link_brings_back_the_whole_state() -> None:
    state = at(temperature=0.7, seed=3, top_k=9)
    for _ in range(4):
        state = playground.step(state, FAKE.next_token)
    state = playground.edit(state, TOKENIZER, playground.sentence(state, TOKENIZER) + "你好")
    fragment = params.write_fragment(playground.link(state, TOKENIZER))
    back = playground.follow(at(), params.read_fragment("#" + fragment), TOKENIZER, FAKE.next_token)
    assert back.context == state.context and back.knobs == state.knobs
    assert [pick.how == "typed" for pick in back.now.picks] == [
        pick.how == "typed" for pick in state.now.picks
    ]
    assert [pick.p for pick in back.now.picks] == [pick.p for pick in state.now.picks]


def test_a_link_cut_inside_a_character_keeps_its_ids() -> None:
    state = playground.back_to(at("龘"), 2)
    link = playground.link(state, TOKENIZER)
    assert (
        link.text is None
        and playground.follow(at(), link, TOKENIZER, FAKE.next_token).context == state.context
    )
    with pytest.raises(Refusal):
        playground.follow(at(), params.Link(ids=(V,)), TOKENIZER, FAKE.next_token)


def test_draws_follow_the_probabilities_and_are_repeatable() -> None:
    dist = FAKE.next_token(at().context)
    some = playground.observed(dist, Knobs(), 8, 100)
    assert sum(some.values()) == 100 and some == playground.observed(dist, Knobs(), 8, 100)
    many = playground.observed(dist, Knobs(), 8, 10_000)
    assert all(many.get(i, 0) >= n for i, n in some.items())
    assert many[token("丧")] / 10_000 == pytest.approx(dist.probs[token("丧")], abs=0.02)
    cut = playground.observed(shape(dist, playground.sampling(Knobs(top_k=1))), Knobs(), 8, 100)
    assert cut == {token("丧"): 100}


def test_draws_are_forgotten_when_bars_change() -> None:
    state = playground.draw_100(playground.draw_100(at()))
    assert state.draws == 200
    assert playground.turn(state, {"temperature": 2}).draws == 0
    assert playground.step(state, FAKE.next_token).draws == 0
    with pytest.raises(Refusal):
        playground.draw_100(dataclasses.replace(state, draws=playground.MOST_DRAWS))


def test_a_sentence_ends_somewhere() -> None:
    picks = tuple(playground.Pick(1, 0.1, 0.1, "drawn") for _ in range(params.MAX_PICKS))
    full = dataclasses.replace(at(), now=playground.Moment(at().context, picks))
    with pytest.raises(Refusal):
        playground.step(full, FAKE.next_token)
