from dataclasses import FrozenInstanceError

import pytest

from model.config import GPTConfig


def test_all_problems_are_reported_at_once():
    with pytest.raises(ValueError) as error:
        GPTConfig(vocab_size=1, block_size=0, n_layer=0, n_head=0, n_embd=1, dropout=1.0)
    for name in ("vocab_size", "block_size", "n_layer", "n_head", "n_embd", "dropout"):
        assert name in str(error.value)


@pytest.mark.parametrize("n_embd, n_head", [(10, 3), (6, 2), (7, 1)])
def test_rotary_positions_need_an_even_head(n_embd, n_head):
    with pytest.raises(ValueError, match="even"):
        GPTConfig(10, n_embd=n_embd, n_head=n_head)


@pytest.mark.parametrize("dropout", [-0.1, 1.0, float("nan"), float("inf")])
def test_dropout_is_a_share(dropout):
    with pytest.raises(ValueError, match="dropout"):
        GPTConfig(10, dropout=dropout)


def test_a_config_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        GPTConfig(10).n_layer = 3  # type: ignore[misc]
