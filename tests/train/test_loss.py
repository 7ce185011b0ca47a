import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from train.loss import ROWS, linear_cross_entropy

TOLERANCE = {torch.float32: {"rtol": 1e-4, "atol": 1e-6}, torch.bfloat16: {"rtol": 0.03, "atol": 3e-4}}


def both(n, vocab, width, dtype, scale=1.0, seed=0):
    """Our loss and torch's, each with its gradients; torch's always worked out in double precision."""
    torch.manual_seed(seed)
    hidden = torch.randn(n, width).to(dtype)
    weight = torch.randn(vocab, width).to(dtype).float() * scale
    targets = torch.randint(vocab, (n,))
    h, w = hidden.clone().requires_grad_(), weight.clone().requires_grad_()
    loss = linear_cross_entropy(h, w, targets)
    ours = (loss, *torch.autograd.grad(loss, (h, w)))
    h, w = hidden.double().requires_grad_(), weight.double().requires_grad_()
    loss = F.cross_entropy(h @ w.T, targets)
    theirs = (loss, *torch.autograd.grad(loss, (h, w)))
    return [t.double() for t in ours], theirs


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("n", [1, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS + 7])
def test_values_and_gradients_are_torchs(n, dtype):
    ours, theirs = both(n, 300, 16, dtype, scale=0.3)
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, **TOLERANCE[dtype])


@settings(max_examples=30)
@given(st.integers(1, 40), st.integers(2, 50), st.integers(1, 9), st.integers(0, 1000))
def test_of_any_size(n, vocab, width, seed):
    ours, theirs = both(n, vocab, width, torch.float32, seed=seed)
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_a_very_wrong_model_has_a_large_loss_not_an_infinite_one():
    ours, theirs = both(50, 100, 16, torch.float32, scale=200.0)
    assert theirs[0] > 500
    torch.testing.assert_close(ours[0], theirs[0], rtol=1e-5, atol=0)
    torch.testing.assert_close(ours[2], theirs[2], rtol=1e-3, atol=1e-5)


def test_a_spoilt_model_has_no_loss():
    hidden = torch.full((3, 4), float("nan"))
    assert linear_cross_entropy(hidden, torch.randn(5, 4), torch.tensor([0, 1, 2])).isnan()


def test_a_scaled_loss_has_scaled_gradients():
    torch.manual_seed(0)
    h, w, t = (
        torch.randn(9, 4, requires_grad=True),
        torch.randn(7, 4, requires_grad=True),
        torch.randint(7, (9,)),
    )
    once = torch.autograd.grad(linear_cross_entropy(h, w, t), (h, w))
    thrice = torch.autograd.grad(3 * linear_cross_entropy(h, w, t), (h, w))
    for a, b in zip(once, thrice, strict=True):
        torch.testing.assert_close(3 * a, b)
