import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model.config import GPTConfig
from model.gpt import GPT
from model.predictor import GPTPredictor, NextToken, generate, readable, start
from model.sampling import Sampling
from tests.tiny import bytes_tokenizer, random_gpt


@pytest.fixture(scope="module")
def llm():
    return GPTPredictor(random_gpt(), bytes_tokenizer())


def written(llm, text: str, sampling: Sampling, seed: int, tokens: int = 20) -> list[int]:
    context = start(llm.tokenizer, text)
    return [s.chosen for s in generate(llm, context, sampling, seed=seed, max_new_tokens=tokens)]


def test_probabilities_are_the_models_over_the_whole_vocabulary(llm):
    ids = start(llm.tokenizer, "你a")
    dist = llm.next_token(ids)
    expected = llm.model(torch.tensor([ids]))[0][0, -1].double().softmax(-1)
    np.testing.assert_allclose(dist.probs, expected.detach().numpy(), rtol=1e-5)
    assert dist.probs.shape == (257,) and dist.probs.dtype == np.float64
    assert dist.probs.sum() == pytest.approx(1, abs=1e-12)


@given(st.integers(0, 300))
def test_the_listed_and_the_rest_are_one(k):
    dist = NextToken(np.random.default_rng(k).normal(size=257).astype(np.float32))
    assert sum(p for _, p in dist.top(k)) + dist.rest(k) == pytest.approx(1, abs=1e-12)
    assert [p for _, p in dist.top(k)] == sorted((p for _, p in dist.top(k)), reverse=True)


def test_entropy_in_bits():
    assert NextToken(np.zeros(256)).entropy == pytest.approx(8)
    assert NextToken(np.array([0.0, -np.inf, -np.inf])).entropy == 0
    assert NextToken(np.log([0.5, 0.25, 0.25])).entropy == pytest.approx(1.5)


def test_an_untrained_model_has_no_opinion():
    llm = GPTPredictor(GPT(GPTConfig(257, 8, 1, 2, 8)), bytes_tokenizer())
    dist = llm.next_token(start(llm.tokenizer, "周"))
    assert np.allclose(dist.probs, 1 / 257, atol=0, rtol=1e-12)
    assert dist.entropy == pytest.approx(math.log2(257))
    assert [i for i, _ in dist.top(3)] == [0, 1, 2]  # ties by id


def test_a_long_context_is_seen_by_its_last_block_only(llm):
    ids = [256, *range(100, 120)]
    assert np.array_equal(llm.next_token(ids).logits, llm.next_token(ids[-8:]).logits)
    assert np.array_equal(llm.session()(ids).logits, llm.next_token(ids[-8:]).logits)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.lists(st.integers(0, 256), max_size=4)), max_size=8))
def test_a_session_says_what_reading_anew_would(edits):
    """A text that grows, is cut, is changed: whatever happens, kept keys and values never mislead."""
    llm = GPTPredictor(random_gpt(n_layer=1), bytes_tokenizer())
    session, ids = llm.session(), [256]
    for cut, more in edits:
        ids = [*(ids[: len(ids) - cut] or [256]), *more]
        np.testing.assert_allclose(session(ids).logits, llm.next_token(ids).logits, rtol=1e-4, atol=1e-5)


def test_a_session_survives_a_refusal(llm):
    session = llm.session()
    session([256, 1])
    for wrong in ([], [256, 1, 999], [256, 1, -1]):
        with pytest.raises(ValueError):
            session(wrong)
    np.testing.assert_allclose(
        session([256, 1, 2]).logits, llm.next_token([256, 1, 2]).logits, rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize("ids", [[], [257], [-1], [256, 10**9]])
def test_what_is_no_token_is_refused(llm, ids):
    with pytest.raises(ValueError):
        llm.next_token(ids)


def test_the_same_seed_writes_the_same_text(llm):
    texts = [written(llm, "早", Sampling(), seed) for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


def test_temperature_zero_is_greedy(llm):
    for seed in (0, 1):
        ids = start(llm.tokenizer, "早")
        for chosen in written(llm, "早", Sampling(0), seed):
            assert chosen == int(np.argmax(llm.next_token(ids).logits))
            ids.append(chosen)


def test_writing_goes_on_past_the_block_and_each_step_tells_the_truth(llm):
    context = start(llm.tokenizer, "早上")
    steps = list(generate(llm, context, Sampling(0.7, 50, 0.9), seed=5, max_new_tokens=20))
    assert [len(s.context) for s in steps] == list(range(len(context), len(context) + 20))
    for step, following in pairwise(steps):
        assert following.context == (*step.context, step.chosen)
    for step in steps:
        fresh = llm.next_token(step.context)
        np.testing.assert_allclose(step.raw.probs, fresh.probs, rtol=1e-3, atol=1e-6)
        assert step.shaped.probs[step.chosen] > 0 and 0 <= step.dice < 1


def test_writing_ends_after_a_token_to_stop_at(llm):
    context = start(llm.tokenizer, "早")
    first = written(llm, "早", Sampling(), 1)
    stop = {first[3]}
    steps = list(generate(llm, context, Sampling(), seed=1, max_new_tokens=20, stop=stop))
    assert [s.chosen for s in steps] == first[: first.index(first[3]) + 1]
    assert list(generate(llm, context, Sampling(), seed=1, max_new_tokens=0)) == []


def test_the_learners_two_calls(llm):
    probs = llm.predict_next_token_probabilities("The capital")
    assert len(probs) == 257 and sum(probs.values()) == pytest.approx(1, abs=1e-9)
    best = llm.get_most_likely_token(probs)
    assert probs[best] == max(probs.values()) and best == next(iter(probs))


def test_a_token_that_is_no_character_reads_as_its_bytes():
    tokenizer = bytes_tokenizer([b"\xe4\xbd"])
    assert [readable(tokenizer, i) for i in (65, 0xE4, 256, 257)] == ["A", "<E4>", "<E4 BD>", "<end>"]
