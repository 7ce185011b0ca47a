"""Surprise, loss and perplexity: the same figures as the model gives token by token, and as train/ scores."""

import math

import numpy as np
import pytest

from lesson.exhibits.surprise import MOST_TOKENS, SURPRISE
from lesson.passage import read
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load
from model.predictor import start
from tests.fakes import FakePredictor
from train.evaluate import evaluate_documents

APPLE = "太阳从苹果里升起。"


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("text", [APPLE, "The sun rises from an apple.", "龘"])
def test_the_surprise_of_each_token_is_minus_log_of_its_probability(school, text):
    context = start(school.tokenizer, text)
    found = SURPRISE.answer(school, {"text": text})
    for at, token in enumerate(found.value["tokens"]):
        p = float(school.xiaobai(context[: at + 1]).probs[context[at + 1]])
        assert token["p"] == pytest.approx(p, rel=1e-3)
        assert token["bits"] == pytest.approx(-math.log2(p), abs=2e-3)
    bits = [token["bits"] for token in found.value["tokens"]]
    assert [bits[i] for i in np.argsort([t["place"] for t in found.value["tokens"]])] == sorted(
        bits, reverse=True
    )


def test_the_loss_is_the_one_that_training_measures(school):
    scored = evaluate_documents(school.xiaobai.predictor, [APPLE])["loss"]
    facts = SURPRISE.answer(school, {"text": APPLE}).facts
    assert facts["loss"] == pytest.approx(scored, abs=1e-4)
    assert facts["perplexity"] == pytest.approx(2 ** np.mean(facts["bits"]))


def test_a_predictor_that_is_no_gpt_is_read_token_by_token():
    predictor = FakePredictor()
    ids = [1, 2, 3]
    whole = read(Predictions(predictor), ids)
    context = [predictor.tokenizer.end_of_text, *ids]
    p = [predictor.next_token(context[: i + 1]).probs[token] for i, token in enumerate(ids)]
    assert np.exp(whole.log_p) == pytest.approx(p)


def test_the_product_is_unreadable_as_soon_as_ten_decimals_are_zero(school):
    facts = SURPRISE.answer(school, {"text": APPLE}).facts
    for rows in range(len(facts["bits"]) + 1):
        product = 2 ** -sum(facts["bits"][:rows])
        shown = SURPRISE.answer(school, {"text": APPLE, "rows": rows}).facts["unreadable"]
        assert shown == (f"{product:.10f}" == "0.0000000000")


def test_only_the_most_surprising_token_counts_as_found(school):
    facts = [SURPRISE.answer(school, {"text": APPLE, "pick": i}).facts for i in range(9)]
    assert [one["found"] for one in facts] == [bits == max(facts[0]["bits"]) for bits in facts[0]["bits"]]
    for pick in (None, -1, 9, True, "3"):
        assert not SURPRISE.answer(school, {"text": APPLE, "pick": pick}).facts["found"]


@pytest.mark.parametrize("text", ["", None, "안" * MOST_TOKENS])
def test_what_cannot_be_read_at_once_is_refused(school, text):
    with pytest.raises(Refusal):
        SURPRISE.answer(school, {"text": text})
