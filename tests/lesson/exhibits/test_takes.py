"""Several texts at once are those that one at a time would have been."""

import pytest

from lesson.exhibits.takes import HOW_MANY, LENGTH, TAKES, kind
from lesson.playground import open_text
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from lesson.writing import one_by_one, takes
from model import load
from model.predictor import GPTPredictor
from model.sampling import Sampling
from tests.tiny import bytes_tokenizer, random_gpt


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("sampling", [Sampling(), Sampling(temperature=0.7), Sampling(temperature=0)])
@pytest.mark.parametrize("text", [b"", b"abc", b"far more than a block"])
def test_a_batch_writes_what_one_text_at_a_time_would(sampling, text):
    predictor = GPTPredictor(random_gpt(block_size=32), bytes_tokenizer())
    context, seeds = [256, *text], [1, 2, 3, 4]
    alone = [one_by_one(predictor, context, sampling, seed, 6) for seed in seeds]
    together = takes(predictor, context, sampling, seeds, 6)
    assert [take.ids for take in together] == [take.ids for take in alone]
    assert [take.p for take in together] == pytest.approx([take.p for take in alone], rel=1e-4)


def test_a_text_ends_at_its_end_token_and_is_no_longer_than_asked():
    predictor = GPTPredictor(random_gpt(seed=1), bytes_tokenizer())
    for take in takes(predictor, [256], Sampling(temperature=2), range(40), 5):
        assert 256 not in take.ids[:-1]
        assert len(take.ids) == 5 or take.ids[-1] == 256


def test_greedy_is_the_same_five_times_and_dice_are_not(school):
    greedy = TAKES.answer(school, {"text": "周末，我", "greedy": True})
    assert greedy.facts["distinct"] == 1
    rows = greedy.value["rows"]
    assert len(rows) == HOW_MANY and all(row["p"] == pytest.approx(rows[0]["p"]) for row in rows)
    assert TAKES.answer(school, {"text": "周末，我"}).facts["distinct"] >= 4
    assert (
        TAKES.answer(school, {"text": "周末，我"}).value == TAKES.answer(school, {"text": "周末，我"}).value
    )


def test_the_joint_probability_is_the_product_of_the_model_s_own(school):
    context = open_text(school.tokenizer, "周末，我").context
    (take,) = takes(school.xiaobai.predictor, context, Sampling(temperature=0.5), [9], LENGTH)
    product = 1.0
    for token in take.ids:
        product *= float(school.xiaobai(context).probs[token])
        context = (*context, token)
    assert take.p == pytest.approx(product, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "ended", "expected"),
    [
        ("你呢？", False, "question"),
        ("好。你呢？", False, "statement"),
        ("\n好。", False, "statement"),
        ("Yes", False, "unfinished"),
        ("是", True, "unfinished"),
        (" ", True, "silence"),
        (" do you?", True, "question"),
    ],
)
def test_the_kind_of_a_first_sentence(text, ended, expected):
    assert kind(text, ended) == expected


@pytest.mark.parametrize(
    "ask", [{}, {"text": 7}, {"text": "好", "temperature": "hot"}, {"text": "好", "seed": -1}]
)
def test_a_wrong_request_is_refused(school, ask):
    with pytest.raises(Refusal):
        TAKES.answer(school, ask)
