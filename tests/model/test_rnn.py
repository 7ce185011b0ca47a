"""The recurrent network: a state that carries on, a file that comes back, and damage that is told."""

import numpy as np
import pytest
import torch

from model import rnn
from model.checkpoint import CheckpointError
from model.ngram import load as load_counts
from model.predictor import generate
from model.rnn import RNN, RNNConfig, RNNPredictor
from model.sampling import Sampling
from model.tokenizer import load_tokenizer


@pytest.fixture(scope="module")
def predictor() -> RNNPredictor:
    torch.manual_seed(0)
    tokenizer = load_tokenizer()
    return RNNPredictor(RNN(RNNConfig(tokenizer.vocab_size, n_embd=8, n_state=12)), tokenizer)


def test_the_state_makes_a_growing_text_cheap_and_changes_nothing(predictor):
    ids = [5, 6, 7, 8, 9]
    ask = predictor.session()
    for size in (1, 2, 4, 5, 3):  # the last one is shorter: it has to be read anew
        expected = predictor.next_token(ids[:size]).probs
        np.testing.assert_allclose(ask(ids[:size]).probs, expected, rtol=1e-4)


def test_what_comes_later_does_not_change_what_was_predicted_before(predictor):
    with torch.inference_mode():
        short, long = (predictor.model(torch.tensor([row]))[0] for row in ([1, 2, 3], [1, 2, 3, 4, 5]))
    torch.testing.assert_close(short, long[:, :3])


def test_a_distant_token_reaches_the_end_through_the_state_alone(predictor):
    one, other = ([first, *range(20, 40)] for first in (3, 4))
    assert not np.array_equal(predictor.next_token(one).logits, predictor.next_token(other).logits)


def test_the_loss_is_that_of_its_own_probabilities(predictor):
    idx, targets = torch.tensor([[1, 2]]), torch.tensor([[2, 3]])
    with torch.inference_mode():
        logits, loss = predictor.model(idx, targets)
    expected = -np.mean([np.log(predictor.next_token(c).probs[t]) for c, t in (([1], 2), ([1, 2], 3))])
    assert logits.shape == (1, 2, predictor.tokenizer.vocab_size)
    assert loss.item() == pytest.approx(expected, rel=1e-5)


def test_it_writes_like_any_predictor_and_refuses_what_is_no_token(predictor):
    assert len(list(generate(predictor, [1], Sampling(), seed=0, max_new_tokens=3))) == 3
    for wrong in ([], [-1], [predictor.tokenizer.vocab_size]):
        with pytest.raises(ValueError, match="token"):
            predictor.next_token(wrong)


def test_a_file_comes_back_as_it_was_in_full_and_in_half_precision(predictor, tmp_path):
    path = tmp_path / "rnn.safetensors"
    rnn.save(path, predictor.model, predictor.tokenizer, {"steps": 1})
    np.testing.assert_array_equal(
        rnn.load(path).next_token([1, 2]).logits, predictor.next_token([1, 2]).logits
    )
    halved = RNN(predictor.model.config)
    halved.load_state_dict(predictor.model.state_dict())
    rnn.save(path, halved.half(), predictor.tokenizer, {})
    np.testing.assert_allclose(
        rnn.load(path).next_token([1, 2]).probs, predictor.next_token([1, 2]).probs, rtol=0.05
    )


@pytest.mark.parametrize("change", ["kind", "config", "sizes", "tensor", "text"])
def test_damage_is_told(predictor, tmp_path, monkeypatch, change):
    path = tmp_path / "rnn.safetensors"
    model = RNN(predictor.model.config)
    if change == "kind":
        monkeypatch.setattr(rnn, "KIND", "something else")
    if change == "config":
        monkeypatch.setattr(rnn, "asdict", lambda config: {"vocab_size": 5})
    if change == "sizes":
        monkeypatch.setattr(rnn, "asdict", lambda config: {"vocab_size": 10**9, "n_embd": 8, "n_state": 12})
    if change == "tensor":
        model.head = torch.nn.Linear(4, 4)
    rnn.save(path, model, predictor.tokenizer, {})
    if change == "text":
        path.write_bytes(b"no tensors at all")
    monkeypatch.undo()
    with pytest.raises(CheckpointError):
        rnn.load(path)
    with pytest.raises(CheckpointError):
        load_counts(path)
