"""Tempering divides the scores and nothing else."""

import pytest
import torch

from model import checkpoint
from tests.train.test_average import saved
from train.temper import temper


def test_the_scores_are_divided_and_their_order_stays(tmp_path):
    path, out = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    model = saved(path, seed=1)
    with torch.no_grad():  # a fresh head is all zeros
        model.head.weight.normal_()
    checkpoint.save(path, model, checkpoint.load(path).tokenizer, {"step": 1})
    temper(path, 1.25, out)
    cooled = checkpoint.load(out)
    ids = torch.tensor([[3, 1, 2]])
    assert torch.allclose(cooled.model(ids)[0] * 1.25, model(ids)[0], atol=1e-5)
    assert cooled.info["tempered"] == {"temperature": 1.25, "of": {"step": 1}}


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan")])
def test_a_temperature_that_is_none_is_refused(tmp_path, temperature):
    saved(tmp_path / "a.safetensors", seed=1)
    with pytest.raises(ValueError, match="above 0"):
        temper(tmp_path / "a.safetensors", temperature, tmp_path / "b.safetensors")
