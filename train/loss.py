"""Cross-entropy over a large vocabulary without ever holding all its logits."""

import torch
from torch import Tensor

ROWS = 1024  # positions whose logits exist at one time; 1,024 x 8,192 of them stay in a CPU's cache


class LinearCrossEntropy(torch.autograd.Function):
    """mean(cross_entropy(hidden @ weight.T, targets)), its gradients worked out on the way forward.

    The gradient of the loss by a logit is its probability, minus one at the target: once a chunk's logits
    are there it costs nothing to have it, and the logits need not be kept or computed again.
    """

    @staticmethod
    def forward(ctx, hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
        """Return the mean loss, and keep both gradients for the way back."""
        weight_in = weight.to(hidden.dtype)
        grad_hidden = torch.empty_like(hidden)
        grad_weight = torch.zeros_like(weight)  # float32 sums over the chunks
        total = hidden.new_zeros((), dtype=torch.float32)
        rows = torch.arange(min(ROWS, len(hidden)), device=hidden.device)
        # two buffers for all chunks: asking the system for new pages each time would take a fifth longer
        buffers = hidden.new_empty(2, len(rows), len(weight))
        for h, t, g in zip(hidden.split(ROWS), targets.split(ROWS), grad_hidden.split(ROWS), strict=True):
            logits, grad = (buffer[: len(h)] for buffer in buffers)  # (ROWS, V) each
            torch.mm(h, weight_in.T, out=logits)
            torch.softmax(logits, dim=-1, out=grad)
            at_target = rows[: len(h)], t
            if (p := grad[at_target].float()).all():
                total -= p.log().sum()
            else:  # a probability too small for a float is zero, but its logarithm is not infinite
                total -= logits.float().log_softmax(dim=-1)[at_target].sum()
            grad[at_target] -= 1
            torch.mm(grad, weight_in, out=g)
            grad_weight += grad.T @ h
        ctx.save_for_backward(grad_hidden, grad_weight)
        return total / len(targets)

    @staticmethod
    def backward(ctx, *grads: Tensor):
        grad_hidden, grad_weight = ctx.saved_tensors
        scale = grads[0] / len(grad_hidden)
        return grad_hidden * scale, grad_weight * scale, None


def linear_cross_entropy(hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
    """Return the mean loss in nats of (N, C) vectors under a (V, C) head, for (N,) targets."""
    return LinearCrossEntropy.apply(hidden, weight, targets)  # type: ignore[return-value]
