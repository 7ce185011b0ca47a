import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.predictor import NextToken, shape
from model.sampling import Sampling, choose, ranked, shape_logits, softmax, throw

LOGITS = arrays.arrays(
    np.float32, st.integers(1, 30), elements=st.floats(-60, 60, width=32, allow_subnormal=False)
)
KNOBS = st.builds(
    Sampling,
    temperature=st.one_of(st.just(0.0), st.floats(1e-6, 100)),
    top_k=st.one_of(st.none(), st.integers(1, 40)),
    top_p=st.one_of(st.none(), st.floats(1e-6, 1)),
)


@given(LOGITS, KNOBS)
def test_whatever_the_knobs_there_are_probabilities_left(logits, knobs):
    raw = NextToken(logits)
    probs = shape(raw, knobs).probs
    assert np.isfinite(probs).all() and (probs >= 0).all()
    assert probs.sum() == pytest.approx(1, abs=1e-9)
    assert 0 < np.count_nonzero(probs) <= (knobs.top_k or len(probs))
    assert probs[raw.order[0]] == probs.max()  # the knobs never change who is first


@given(LOGITS)
def test_the_defaults_change_nothing(logits):
    np.testing.assert_allclose(
        shape(NextToken(logits), Sampling()).probs, NextToken(logits).probs, atol=1e-12
    )


@given(LOGITS, st.floats(0, 9e-4))
def test_no_temperature_is_the_most_probable_token(logits, temperature):
    probs = shape(NextToken(logits), Sampling(temperature)).probs
    assert probs[int(np.argmax(logits))] == 1 and probs.sum() == 1


@given(LOGITS, st.integers(1, 40))
def test_top_k_keeps_k_and_their_proportions(logits, k):
    raw, cut = NextToken(logits), shape(NextToken(logits), Sampling(top_k=k))
    kept = raw.order[:k]
    assert (np.delete(cut.probs, kept) == 0).all()
    np.testing.assert_allclose(cut.probs[kept], raw.probs[kept] / raw.probs[kept].sum(), atol=1e-9)


@given(LOGITS, st.floats(0.01, 0.99))
def test_top_p_keeps_the_fewest_tokens_that_reach_p(logits, p):
    raw, cut = NextToken(logits), shape(NextToken(logits), Sampling(top_p=p))
    kept = np.count_nonzero(cut.probs > 0)
    if np.count_nonzero(cut.logits > -np.inf) != kept:
        return  # a probability too small for a float
    assert (cut.probs[raw.order[kept:]] == 0).all()
    assert raw.probs[raw.order[:kept]].sum() >= p - 1e-9
    assert raw.probs[raw.order[: kept - 1]].sum() < p + 1e-9


def test_temperature_is_a_power_of_the_probabilities():
    probs = np.array([0.5, 0.3, 0.2])
    shaped = softmax(shape_logits(np.log(probs), Sampling(temperature=0.5)))
    np.testing.assert_allclose(shaped, probs**2 / (probs**2).sum())


def test_extreme_scores_make_no_nan():
    for logits in ([1e38, -1e38, 0], [-np.inf, 0, -np.inf], [3e38] * 3):
        for knobs in (Sampling(0), Sampling(0.001), Sampling(100), Sampling(1, 2, 0.5)):
            probs = shape(NextToken(np.array(logits, dtype=np.float32)), knobs).probs
            assert np.isfinite(probs).all() and probs.sum() == pytest.approx(1)


@pytest.mark.parametrize("temperature", [-1, -1e-9, math.nan, math.inf, -math.inf])
def test_a_temperature_that_is_none_is_refused(temperature):
    with pytest.raises(ValueError, match="temperature"):
        Sampling(temperature)


@pytest.mark.parametrize("top_k", [0, -1, math.nan, math.inf, 2.5])
def test_a_top_k_that_is_none_is_refused(top_k):
    with pytest.raises(ValueError, match="top_k"):
        Sampling(top_k=top_k)


@pytest.mark.parametrize("top_p", [0, -0.1, 1.1, math.nan, math.inf])
def test_a_top_p_that_is_none_is_refused(top_p):
    with pytest.raises(ValueError, match="top_p"):
        Sampling(top_p=top_p)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).filter(any), st.floats(0, 1, exclude_max=True))
def test_the_choice_lies_where_the_dice_fell(weights, dice):
    probs = np.array(weights) / np.sum(weights)
    order = ranked(probs)
    chosen = choose(probs, dice)
    assert probs[chosen] > 0
    edges = np.cumsum(probs[order]) / probs.sum()
    place = list(order).index(chosen)
    assert (edges[place - 1] if place else 0) <= dice + 1e-9
    assert dice <= edges[place] + 1e-9


def test_choices_are_as_frequent_as_probable():
    """Twenty thousand throws against numpy's own inverse distribution, token for token, and against p."""
    probs = np.array([0.05, 0.5, 0.0, 0.25, 0.2])
    dice = [throw(1, position) for position in range(20_000)]
    order = np.array([1, 3, 4, 0])
    expected = order[np.searchsorted(np.cumsum(probs[order]), dice, side="right")]
    chosen = np.array([choose(probs, d) for d in dice])
    assert (chosen == expected).all()
    shares = np.bincount(chosen, minlength=5) / len(dice)
    assert np.abs(shares - probs).max() < 4 * math.sqrt(0.25 / len(dice))
    assert shares[2] == 0


@pytest.mark.parametrize("dice", [-1e-9, 1.0, math.nan])
def test_a_dice_beyond_its_faces_is_refused(dice):
    with pytest.raises(ValueError, match="dice"):
        choose(np.array([1.0]), dice)


def test_equal_probabilities_lie_in_the_order_of_their_ids():
    probs = np.full(4, 0.25)
    assert [choose(probs, d) for d in (0, 0.25, 0.5, 0.999)] == [0, 1, 2, 3]


def test_throws_are_even_and_depend_on_seed_and_place_alone():
    throws = np.array([throw(seed, place) for seed in range(50) for place in range(100)])
    assert (throws >= 0).all() and (throws < 1).all()
    assert len(set(throws)) == len(throws)
    counts = np.histogram(throws, bins=10, range=(0, 1))[0]
    assert ((counts - 500) ** 2 / 500).sum() < 28  # chi-squared, nine degrees of freedom, p = 0.001
    assert throw(3, 4) == throw(3, 4)
