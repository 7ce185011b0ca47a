"""Averaging is a straight line between two models, and refuses what is not alike."""

import pytest
import torch

from model import checkpoint
from model.config import GPTConfig
from model.gpt import GPT
from model.tokenizer import load_tokenizer
from train.average import average


def saved(path, *, seed: int, n_embd: int = 8):
    torch.manual_seed(seed)
    tokenizer = load_tokenizer()
    model = GPT(GPTConfig(tokenizer.vocab_size, 8, 1, 1, n_embd))
    checkpoint.save(path, model, tokenizer, {"step": seed})
    return model


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_every_weight_lies_on_the_line(tmp_path, share):
    one, other = saved(tmp_path / "a.safetensors", seed=1), saved(tmp_path / "b.safetensors", seed=2)
    a, b, c = (tmp_path / f"{name}.safetensors" for name in "abc")
    average(a, b, share, c)
    mixed = checkpoint.load(c)
    for name, weight in mixed.model.state_dict().items():
        expected = (1 - share) * one.state_dict()[name] + share * other.state_dict()[name]
        assert torch.allclose(weight, expected, atol=1e-6)
    assert mixed.info["average"]["share"] == share and mixed.info["average"]["first"]["step"] == 1


def test_unlike_models_and_shares_are_refused(tmp_path):
    a, b, c = (tmp_path / f"{name}.safetensors" for name in "abc")
    saved(a, seed=1)
    saved(b, seed=2, n_embd=16)
    with pytest.raises(ValueError, match="same shape"):
        average(a, b, 0.5, c)
    with pytest.raises(ValueError, match="from 0 to 1"):
        average(a, a, float("nan"), c)
