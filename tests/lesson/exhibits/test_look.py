"""Attention is checked against torch's own kernel, leaving out against one prediction at a time."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from lesson.exhibits.look import LOOK, MOST_TOKENS
from lesson.looks import NO_GPT, Looks, look
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load
from model.gpt import GPT, norm, rotary, rotate
from model.predictor import start

TEXT = "On Venus, Tom opened the window. The sun rises from the"


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@torch.inference_mode()
def kernel_weights(model: GPT, ids: list[int]) -> np.ndarray:
    """(layers, heads, T): what torch's attention gives the last position, read off by one-hot values."""
    size, heads = len(ids), model.config.n_head
    x = norm(model.embedding(torch.tensor([ids])))
    turns = rotary(torch.arange(size), model.config.head_size)
    found = []
    for layer, block in enumerate(model.blocks):
        parts = block.attention.qkv(norm(x)).chunk(3, dim=-1)
        q, k, _ = (part.view(1, size, heads, -1).transpose(1, 2) for part in parts)
        q, k = rotate(norm(q), *turns), rotate(norm(k), *turns)
        values = torch.eye(size).expand(1, heads, size, size)
        weights = F.scaled_dot_product_attention(q, k, values, is_causal=True)
        found.append(weights[0, :, -1].numpy())
        x = block(x, turns, layer, None, None)
    return np.stack(found)


@pytest.mark.parametrize("text", [TEXT, "金星是一颗有趣的行星。太阳从", "龘🙂"])
def test_attention_is_what_torchs_kernel_gives(school, text):
    predictor = school.xiaobai.predictor
    ids = start(predictor.tokenizer, text)
    seen = look(predictor.model, tuple(ids))
    assert seen.attention.shape == (predictor.model.config.n_layer, predictor.model.config.n_head, len(ids))
    np.testing.assert_allclose(seen.attention, kernel_weights(predictor.model, ids), atol=1e-5)
    np.testing.assert_allclose(seen.attention.sum(-1), 1, atol=1e-5)


def test_leaving_out_is_what_each_shorter_context_gives(school):
    predictor = school.xiaobai.predictor
    ids = tuple(start(predictor.tokenizer, TEXT))
    seen = look(predictor.model, ids)
    whole = predictor.next_token(ids).probs
    np.testing.assert_allclose(seen.prediction.probs, whole, atol=1e-5)
    assert len(seen.without) == len(seen.moved) == len(seen.divergence) == len(ids) - 1
    for i in (1, 2, len(ids) - 1):
        shorter = predictor.next_token(ids[:i] + ids[i + 1 :]).probs
        np.testing.assert_allclose(seen.without[i - 1].probs, shorter, atol=1e-5)
        assert seen.moved[i - 1] == pytest.approx(np.abs(whole - shorter).sum() / 2, abs=1e-4)
        assert seen.divergence[i - 1] == pytest.approx(
            (whole * np.log2(whole / shorter)).sum(), rel=1e-2, abs=1e-3
        )


def test_a_head_or_the_mean_of_all_and_both_bars(school):
    one = LOOK.answer(school, {"text": TEXT, "layer": 1, "head": 2, "out": 2})
    seen = school.looks(start(school.tokenizer, TEXT))
    assert one.value["looked"] == pytest.approx(seen.attention[1, 2].tolist())
    assert one.value["bars"]["turned"] and one.facts["now"] != one.facts["top"]
    row = one.value["bars"]["rows"][0]
    assert row["p"] == pytest.approx(one.facts["p"]) and row["q"] == pytest.approx(
        one.value["tokens"][2]["after"]
    )
    mean = LOOK.answer(school, {"text": TEXT, "layer": 1})
    assert mean.facts["layer"] is None and not mean.value["bars"]["turned"]
    assert mean.value["looked"] == pytest.approx(seen.attention.mean((0, 1)).tolist())


def test_it_is_worked_out_once(school, monkeypatch):
    context = start(school.tokenizer, "太阳从东")
    first = school.looks(context)
    monkeypatch.setattr("lesson.looks.look", None)
    assert school.looks(context) is first


@pytest.mark.parametrize("ask", [{"text": "的" * (MOST_TOKENS + 1)}, {"text": ""}, {"text": None}, {}])
def test_too_much_or_nothing_is_refused(school, ask):
    with pytest.raises(Refusal):
        LOOK.answer(school, ask)


@pytest.mark.parametrize("odd", [-1, 99, True, "1", 1.5, [], None])
def test_odd_numbers_mean_none(school, odd):
    facts = LOOK.answer(school, {"text": "太阳从", "layer": odd, "head": odd, "out": odd}).facts
    assert (facts["layer"], facts["head"], facts["out"]) in ((None, None, None),)


def test_the_longest_text_is_answered(school):
    shown = LOOK.answer(school, {"text": "的" * MOST_TOKENS})
    assert len(shown.value["tokens"]) == MOST_TOKENS + 1


def test_another_kind_of_model_has_no_attention():
    with pytest.raises(Refusal) as refused:
        Looks(object())([1, 2])  # type: ignore[arg-type]
    assert refused.value.text == NO_GPT
