import pytest
import torch

from model.config import GPTConfig
from model.gpt import GPT
from train.optim import Muon, make_optimizers, orthogonalize


@pytest.mark.parametrize("shape", [(8, 8), (24, 8), (8, 32), (3, 16, 8), (1, 1)])
def test_all_directions_become_equally_long(shape):
    """Against the singular value decomposition: its directions stay, its lengths come near one."""
    torch.manual_seed(0)
    matrix = torch.randn(shape)
    result = orthogonalize(matrix)
    u, _, vt = torch.linalg.svd(matrix, full_matrices=False)
    inside = u.mT @ result @ vt.mT  # diagonal, were all exact
    lengths = torch.diagonal(inside, dim1=-2, dim2=-1)
    assert result.shape == matrix.shape and result.dtype == matrix.dtype
    assert (lengths > 0.6).all() and (lengths < 1.3).all()
    assert (inside - torch.diag_embed(lengths)).abs().max() < 0.08


def test_a_matrix_of_zeros_stays_zero():
    assert torch.equal(orthogonalize(torch.zeros(4, 6)), torch.zeros(4, 6))


def test_without_orthogonalisation_it_is_torchs_sgd_with_nesterov_momentum(monkeypatch):
    """Muon averages its momentum, SGD adds it up: the same but for a factor of 1 - momentum."""
    monkeypatch.setattr("train.optim.orthogonalize", lambda g, **_: g)
    torch.manual_seed(0)
    start, beta, lr, pull = torch.randn(6, 6), 0.9, 0.1, 0.2
    ours, theirs = torch.nn.Parameter(start.clone()), torch.nn.Parameter(start.clone())
    muon = Muon([ours], lr=lr, momentum=beta, weight_decay=pull)
    sgd = torch.optim.SGD([theirs], lr=lr * (1 - beta), momentum=beta, nesterov=True)
    for _ in range(6):
        ours.grad = torch.randn(6, 6)
        theirs.grad = ours.grad.clone()
        muon.step()
        with torch.no_grad():
            theirs.mul_(1 - lr * pull)
        sgd.step()
        torch.testing.assert_close(ours, theirs)


def test_a_tall_matrix_takes_a_longer_step():
    torch.manual_seed(0)
    tall, wide = torch.nn.Parameter(torch.zeros(32, 8)), torch.nn.Parameter(torch.zeros(8, 32))
    tall.grad, wide.grad = torch.randn(32, 8), torch.randn(8, 32)
    Muon([tall, wide], lr=0.1).step()
    ratio = torch.linalg.matrix_norm(tall, 2) / torch.linalg.matrix_norm(wide, 2)
    assert ratio.item() == pytest.approx(2, rel=0.35)


def test_matrices_of_one_shape_do_not_mix():
    torch.manual_seed(0)
    grads = [torch.randn(4, 4) for _ in range(2)]
    together = [torch.nn.Parameter(torch.zeros(4, 4)) for _ in grads]
    for p, g in zip(together, grads, strict=True):
        p.grad = g
    Muon(together, lr=0.1).step()
    for p, g in zip(together, grads, strict=True):
        alone = torch.nn.Parameter(torch.zeros(4, 4))
        alone.grad = g
        Muon([alone], lr=0.1).step()
        torch.testing.assert_close(p, alone, rtol=0.02, atol=1e-3)


def test_every_weight_has_exactly_one_optimizer():
    model = GPT(GPTConfig(300, 8, 2, 2, 8))
    adam, muon = make_optimizers(model, lr=0.02, weight_decay=0.1)
    groups = [*adam.param_groups, *muon.param_groups]
    held = [id(p) for group in groups for p in group["params"]]
    assert sorted(held) == sorted(map(id, model.parameters())) and len(set(held)) == len(held)
    assert [len(g["params"]) for g in groups] == [1, 1, 8]
    assert [g["lr"] for g in groups] == pytest.approx([0.009, 0.003, 0.02])
    assert all(p.dim() == 2 and 300 not in p.shape for p in muon.param_groups[0]["params"])
