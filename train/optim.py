"""Muon for the matrices inside the blocks, AdamW for the embedding and the head.

Muon (Jordan et al. 2024): take the momentum of a matrix's gradient and make all its directions equally long
before stepping, by a few Newton-Schulz iterations, which need nothing but matrix products.
"""

import torch
from torch import Tensor

from model.gpt import GPT


def orthogonalize(g: Tensor, steps: int = 5, dtype: torch.dtype = torch.bfloat16) -> Tensor:
    """Return about U V^T for the singular value decomposition U S V^T of each (..., rows, columns) matrix."""
    a, b, c = 3.4445, -4.7750, 2.0315  # Jordan's quintic: singular values end up between about 0.7 and 1.2
    x = g.to(dtype)
    tall = x.size(-2) > x.size(-1)
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x.mT if tall else x).to(g.dtype)


class Muon(torch.optim.Optimizer):
    """SGD with Nesterov momentum whose update is orthogonalized; for 2-D weights only."""

    def __init__(
        self,
        params,
        lr: float,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        dtype: torch.dtype = torch.bfloat16,
    ) -> None:
        self.dtype = dtype  # of the Newton-Schulz products; 16 bits suffice, 32 keep rounding from growing
        super().__init__(list(params), {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        """Update every weight once. Matrices of one shape go through Newton-Schulz together."""
        for group in self.param_groups:
            shapes: dict[torch.Size, list[Tensor]] = {}
            for p in group["params"]:
                shapes.setdefault(p.shape, []).append(p)
            for shape, params in shapes.items():
                updates = torch.stack([self._momentum(p, group["momentum"]) for p in params])
                # a tall matrix gets a longer step, so that its outputs change as much as a wide one's
                scale = group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
                for p, update in zip(params, orthogonalize(updates, dtype=self.dtype), strict=True):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-scale)

    def _momentum(self, p: Tensor, beta: float) -> Tensor:
        state = self.state[p]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(p)
        grad = p.grad if p.grad is not None else torch.zeros_like(p)
        state["momentum"].lerp_(grad, 1 - beta)
        return grad.lerp(state["momentum"], beta)


def make_optimizers(
    model: GPT, lr: float, weight_decay: float, precision: str = "bfloat16"
) -> list[torch.optim.Optimizer]:
    """Return AdamW for embedding and head, and Muon for all other weights; AdamW's lr follow from Muon's.

    In the trial 0.02 for Muon went with 0.009 for the embedding and 0.003 for the head.
    """
    embedding, head = model.embedding.weight, model.head.weight
    rest = [p for p in model.parameters() if p is not embedding and p is not head]
    adam = torch.optim.AdamW(
        [{"params": [embedding], "lr": 0.45 * lr}, {"params": [head], "lr": 0.15 * lr}],
        betas=(0.9, 0.95),
        eps=1e-10,
        weight_decay=0.0,
        fused=True,
    )
    return [adam, Muon(rest, lr=lr, weight_decay=weight_decay, dtype=getattr(torch, precision))]
