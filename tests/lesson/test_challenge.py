"""The challenge: a seed gives the same rounds, the truth is among the candidates, honesty pays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import challenge
from lesson.predictions import Predictions
from lesson.text import whole_text
from lesson.ui.challenge import answer
from lesson.views.challenge import round_view
from lesson.words import Refusal
from model import load
from train.kept_out import MARK, passages

OWN = "小明和妹妹在院子里种了一棵小树，每天早上都给它浇水。"


@pytest.fixture(scope="module")
def predictions():
    return Predictions(load())


def ask(seed=42, lang="zh", at=0, **more):
    return {"seed": seed, "lang": lang, "round": at, **more}


@given(belief=st.integers(1, 99), weight=st.integers(1, 99), told=st.sampled_from([2, 6, 8192]))
def test_honest_weights_score_best(belief, weight, told):
    """Whoever believes in a guess with b expects the fewest bits from a weight of b, whatever the list."""

    def expected(w):
        right, wrong = (challenge.bits(challenge.given_to_truth(hit, w / 100, told)) for hit in (True, False))
        return belief / 100 * right + (1 - belief / 100) * wrong

    assert expected(belief) <= expected(weight) + 1e-12
    assert weight == belief or expected(belief) < expected(weight)


@pytest.mark.parametrize("told", [2, 6, 8192])
@pytest.mark.parametrize("weight", [0.01, 0.5, 0.99])
def test_a_bet_gives_all_tokens_together_exactly_one(weight, told):
    others = [challenge.given_to_truth(False, weight, told)] * (told - 1)
    assert math.fsum([challenge.given_to_truth(True, weight, told), *others]) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_passage_can_be_asked(predictions, lang):
    for passage in passages(lang):
        ids, places = challenge.written(predictions.tokenizer, passage)
        assert len(places) >= 3, passage
        assert predictions.tokenizer.decode(ids) == passage.replace(MARK, "")
        assert all(challenge.is_word(predictions.tokenizer, ids[place]) for place in places)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_seed_stands_for_ten_rounds(predictions, lang):
    tokenizer = predictions.tokenizer
    first = challenge.questions(tokenizer, ask(7, lang))
    assert first == challenge.questions(tokenizer, ask(7, lang))
    assert first != challenge.questions(tokenizer, ask(8, lang))
    assert len({question.ids for question in first}) == challenge.ROUNDS


@pytest.mark.parametrize(("lang", "seed"), [("zh", 1), ("en", 2)])
def test_candidates_hold_the_truth_once_and_never_tell_it(predictions, lang, seed):
    places = set()
    for at in range(challenge.ROUNDS):
        question, _, told = challenge.at_round(predictions, ask(seed, lang, at))
        assert len(set(told)) == len(told) == challenge.OPTIONS
        assert told.count(question.truth) == 1
        places.add(told.index(question.truth))
        assert not {"truth", "right", "model", "bars"} & set(round_view(predictions, ask(seed, lang, at)))
    assert len(places) > 2


def test_a_round_is_judged(predictions):
    question, _, told = challenge.at_round(predictions, ask())
    wrong = next(token for token in told if token != question.truth)
    bets = [{"id": question.truth, "weight": 60}, {"id": wrong, "weight": 60}]
    view = round_view(predictions, ask(bets=bets))
    assert [bet["right"] for bet in view["bets"]] == [True, False]
    assert [bet["p"] for bet in view["bets"]] == pytest.approx([0.6, 0.4 / 5])
    prediction = predictions(question.context(predictions.tokenizer))
    assert view["model"]["p"] == pytest.approx(float(prediction.probs[question.truth]))
    assert view["model"]["bits"] == pytest.approx(-np.log2(prediction.probs[question.truth]))
    assert view["bars"]["rows"][0]["p"] + view["bars"]["rest"][1] == pytest.approx(1, abs=1e-6)


def test_a_typed_guess_is_told_from_the_whole_vocabulary(predictions):
    question, _, _ = challenge.at_round(predictions, ask())
    truth = (whole_text(predictions.tokenizer.token_bytes(question.truth)) or "").strip()
    right, wrong = (
        round_view(predictions, ask(bets=[{"text": text, "weight": 30}]))["bets"][0]
        for text in (f"{truth}啊", "龘")
    )
    assert right["right"] and right["p"] == 0.3
    assert not wrong["right"] and wrong["p"] == pytest.approx(0.7 / (predictions.tokenizer.vocab_size - 1))


def test_an_own_text_is_an_exam(predictions):
    asked = challenge.questions(predictions.tokenizer, ask(text=OWN))
    assert [question.place for question in asked] == sorted({question.place for question in asked})
    assert asked[0].place >= challenge.FIRST_PLACE
    for at in (0, 9):
        view = round_view(predictions, ask(at=at, text=OWN, bets=[{"text": "树", "weight": 50}]))
        left, right = ("".join(piece for piece, _ in view[side]) for side in ("left", "right"))
        assert left + view["truth"]["label"] + right == OWN


HOSTILE = "${alert(1)} <img src=x> \\u12 \u202e 从前有一只小猫，它喜欢在太阳底下睡觉。"


def test_odd_text_is_shown_in_signs(predictions):
    view = round_view(predictions, ask(text=HOSTILE))
    assert "\u202e" not in "".join(piece for piece, _ in view["left"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": -1},
        {"seed": "1"},
        {"seed": 10_000},
        {"round": 10},
        {"round": True},
        {"text": "太短"},
        {"text": 5},
        {"text": "字" * 2001},
        {"bets": []},
        {"bets": "x"},
        {"bets": [{}]},
        {"bets": [{"weight": 100, "text": "字"}]},
        {"bets": [{"weight": 0, "text": "字"}]},
        {"bets": [{"weight": 50, "text": " "}]},
        {"bets": [{"weight": 50, "text": "字" * 41}]},
        {"bets": [{"weight": 50, "id": 1}]},
        {"bets": [{"weight": 50, "id": 10**9}]},
        {"bets": [{"weight": 50, "text": "字"}] * 3},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(predictions, wrong):
    given = {**ask(), **wrong}
    with pytest.raises(Refusal):
        round_view(predictions, given)
    reply = answer(predictions, {**given, "answer": 3})
    assert reply["answer"] == 3 and set(reply["notice"]) == {"zh", "en"}


def test_a_request_that_is_no_request_is_answered(predictions):
    assert "notice" in answer(predictions, None)
