"""Several processes, one run: `torchrun --nproc-per-node 2 -m train pretrain …`; gloo on CPUs, nccl on GPUs.

Every process builds the same model and the same batch, and works out the gradients of its share of the rows.
One all_reduce makes them the gradients of the whole batch, so that all take the same step and stay equal.
Torch's DistributedDataParallel is not used: it works from hooks around a module's whole forward pass, while
ours is compiled up to the head and ends in a loss that brings its own gradients; and with some million
parameters there is little to gain from sending gradients while others are still being worked out.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor

T = TypeVar("T")


def start() -> None:
    """Join the other processes, if torchrun started several."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")


def stop() -> None:
    """Take leave of the other processes."""
    if dist.is_initialized():
        dist.destroy_process_group()


def wait() -> None:
    """Wait until all processes have come here."""
    if dist.is_initialized():
        dist.barrier()


def rank() -> int:
    """Return this process's number; 0 is the one that writes files and reports."""
    return dist.get_rank() if dist.is_initialized() else 0


def world() -> int:
    """Return how many processes train together."""
    return dist.get_world_size() if dist.is_initialized() else 1


def share(rows: np.ndarray) -> np.ndarray:
    """Return this process's part of a batch; all parts are equally long."""
    return rows[rank() :: world()]


def average(loss: Tensor, parameters: Sequence[Tensor]) -> Tensor:
    """Replace gradients by their mean over all processes and return the mean loss."""
    if world() == 1:
        return loss
    grads = [p.grad for p in parameters if p.grad is not None]
    everything = torch.cat([loss.detach().view(1), *(g.flatten() for g in grads)])
    dist.all_reduce(everything)
    mean, *parts = (everything / world()).split([1, *(g.numel() for g in grads)])
    for grad, part in zip(grads, parts, strict=True):
        grad.copy_(part.view_as(grad))
    return mean[0]


def agree(value: T) -> T:
    """Return what process 0 says: what follows from a clock or a signal must be the same in all."""
    if world() == 1:
        return value
    said: list[T] = [value]
    dist.broadcast_object_list(said)
    return said[0]
