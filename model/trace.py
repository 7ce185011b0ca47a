"""What one forward pass saw, for those who want to look inside; handed in, never kept on a module."""

from dataclasses import dataclass, field

from torch import Tensor


@dataclass
class Trace:
    """Filled by GPT.forward layer by layer.

    residual[0] is the embedding and residual[i] the stream after block i, each (B, T, n_embd);
    attention[i] holds block i's weights, (B, n_head, T, T_keys), each row adding up to one.
    """

    residual: list[Tensor] = field(default_factory=list)
    attention: list[Tensor] = field(default_factory=list)
