"""The tree under the playground: it keeps what was opened, and a click leads to the node's sentence."""

from dataclasses import replace

import pytest

from lesson import playground
from lesson.predictions import Predictions
from lesson.tree import DEEPEST
from lesson.ui.tree import answer, beginning, go, root
from lesson.views.tree import key
from lesson.words import Refusal
from model.predictor import GPTPredictor
from tests.tiny import bytes_tokenizer, random_gpt


@pytest.fixture(scope="module")
def predictions() -> Predictions:
    return Predictions(GPTPredictor(random_gpt(block_size=64), bytes_tokenizer()))


def opened(predictions, text="ab", picks=()):
    state = playground.open_text(predictions.tokenizer, text)
    for token in picks:
        state = playground.pick(state, predictions, 257, token)
    return state


def data(state, **more):
    return {"version": state.version, "length": len(state.context), "root": key(beginning(state)), **more}


def test_the_sentence_is_where_the_reader_stands(predictions):
    state = opened(predictions, picks=(99, 100))
    shown = answer(state, predictions, {"answer": 4})
    nodes = {node["key"]: node for node in shown["shown"]["nodes"]}
    assert shown["answer"] == 4 and shown["shown"]["at"] == "99.100"
    product = state.now.picks[0].p * state.now.picks[1].p
    assert nodes["99.100"]["joint"] == pytest.approx(product) == shown["shown"]["joint"]


def test_what_was_opened_stays_until_the_beginning_is_another(predictions):
    state = opened(predictions, picks=(99,))
    asked = {"root": key(beginning(state)), "opened": [[], [120]], "act": {"kind": "grow"}}
    kept = answer(state, predictions, asked)["shown"]["opened"]
    assert [120] in kept and [99] in kept and len(kept) > 3
    other = answer(opened(predictions, "xy"), predictions, asked)["shown"]["opened"]
    assert other == [[]]


def test_a_click_keeps_what_the_two_paths_share(predictions):
    state = opened(predictions, picks=(99, 100, 101))
    new = go(state, predictions, data(state, path=[99, 110]))
    assert [pick.id for pick in new.now.picks] == [99, 110]
    assert new.now.picks[0] == state.now.picks[0] and new.now.picks[1].how == "clicked"
    assert go(new, predictions, data(new, path=[])).now.picks == ()
    assert go(new, predictions, data(new, path=[99, 110])) == new


@pytest.mark.parametrize(
    "wrong", [{"root": "1"}, {"version": 99}, {"path": "99"}, {"path": [257]}, {"path": [1] * 99}]
)
def test_a_stale_or_damaged_click_is_refused(predictions, wrong):
    state = opened(predictions, picks=(99,))
    with pytest.raises(Refusal):
        go(state, predictions, data(state, path=[98]) | wrong)


@pytest.mark.parametrize("count", [0, 5, DEEPEST, 30, 100])
def test_the_root_moves_on_with_a_long_sentence(predictions, count):
    picks = tuple(playground.Pick(99, 0.1, 0.1, "clicked") for _ in range(count))
    state = replace(opened(predictions), now=playground.Moment(opened(predictions).now.prompt, picks))
    assert 0 <= root(state) <= count and count - root(state) < DEEPEST
    assert "shown" in answer(state, predictions, {})


def test_a_damaged_question_is_answered_with_a_sentence(predictions):
    state = opened(predictions)
    reply = answer(state, predictions, {"root": key(beginning(state)), "opened": [["x"]]})
    assert set(reply["notice"]) == {"zh", "en"}
