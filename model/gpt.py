"""GPT as the field builds it today: pre-RMSNorm, rotary positions, QK-norm, ReLU squared, no biases.

Shapes: B texts, T tokens, C = n_embd, H heads of size D = C / H, V tokens in the vocabulary.
Sources: Vaswani et al. 2017 (attention), Su et al. 2021 (RoPE), Zhang & Sennrich 2019 (RMSNorm),
Henry et al. 2020 (QK-norm), So et al. 2021 (ReLU squared).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model.config import GPTConfig
from model.trace import Trace

CosSin = tuple[Tensor, Tensor]


class KVCache:
    """The keys and values of the tokens read so far, so that a new token costs one token's work.

    >>> KVCache(n_layer=2).length
    0
    """

    def __init__(self, n_layer: int) -> None:
        self.layers: list[tuple[Tensor, Tensor] | None] = [None] * n_layer

    @property
    def length(self) -> int:
        """Return how many tokens have been read."""
        return 0 if self.layers[0] is None else self.layers[0][0].size(2)

    def extend(self, layer: int, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Append (B, H, T, D) keys and values to a layer and return all that it holds."""
        if (old := self.layers[layer]) is not None:
            k, v = torch.cat((old[0], k), dim=2), torch.cat((old[1], v), dim=2)
        self.layers[layer] = (k, v)
        return k, v


def norm(x: Tensor) -> Tensor:
    """Scale each vector to root mean square one; there is nothing to learn in it."""
    return F.rms_norm(x, (x.size(-1),))


def rotary(positions: Tensor, head_size: int) -> CosSin:
    """Return cosines and sines, each (T, D / 2), by which RoPE turns a vector's pairs by its position."""
    frequencies = 10_000 ** -(torch.arange(0, head_size, 2, device=positions.device) / head_size)  # (D / 2,)
    angles = positions[:, None] * frequencies  # (T, D / 2)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn (B, H, T, D) vectors by their positions, so that q · k depends on the distance alone."""
    a, b = x.chunk(2, dim=-1)  # the pairs are (first half, second half)
    cos, sin = cos.to(x.dtype), sin.to(x.dtype)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


class Attention(nn.Module):
    """Every position looks at itself and at all earlier ones."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.n_head = config.n_head
        self.qkv = nn.Linear(config.n_embd, 3 * config.n_embd, bias=False)
        self.out = nn.Linear(config.n_embd, config.n_embd, bias=False)

    def forward(
        self, x: Tensor, cos_sin: CosSin, layer: int, cache: KVCache | None, trace: Trace | None
    ) -> Tensor:
        """Return what each position takes from those it sees, (B, T, C)."""
        B, T, C = x.shape
        q, k, v = (
            part.view(B, T, self.n_head, -1).transpose(1, 2)  # (B, H, T, D)
            for part in self.qkv(x).split(C, dim=-1)
        )
        q, k = rotate(norm(q), *cos_sin), rotate(norm(k), *cos_sin)
        if cache is not None:
            k, v = cache.extend(layer, k, v)  # (B, H, T_keys, D)
        y = attend(q, k, v, trace)  # (B, H, T, D)
        return self.out(y.transpose(1, 2).reshape(B, T, C))


def attend(q: Tensor, k: Tensor, v: Tensor, trace: Trace | None = None) -> Tensor:
    """Causal attention of T queries, the last of T_keys positions, by torch's kernel or written out.

    Written out it can be traced, and on a CPU its backward pass takes half of the kernel's time.
    """
    T, keys = q.size(-2), k.size(-2)
    allowed = torch.ones(T, keys, dtype=torch.bool, device=q.device).tril(keys - T)
    if trace is None and not (q.requires_grad and q.device.type == "cpu"):
        if T in (1, keys):  # one new token sees everything; a whole text sees a triangle
            return F.scaled_dot_product_attention(q, k, v, is_causal=T > 1)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
    scores = q @ k.transpose(-2, -1) * q.size(-1) ** -0.5  # (B, H, T, T_keys)
    weights = scores.masked_fill(~allowed, float("-inf")).softmax(dim=-1)
    if trace is not None:
        trace.attention.append(weights)
    return weights @ v


class Block(nn.Module):
    """Attention, then a two-layer network at each position; each adds to the residual stream."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.up = nn.Linear(config.n_embd, 4 * config.n_embd, bias=False)
        self.down = nn.Linear(4 * config.n_embd, config.n_embd, bias=False)
        self.dropout = config.dropout

    def forward(
        self, x: Tensor, cos_sin: CosSin, layer: int, cache: KVCache | None, trace: Trace | None
    ) -> Tensor:
        """Return the (B, T, C) residual stream after this block."""
        x = x + self.drop(self.attention(norm(x), cos_sin, layer, cache, trace))  # (B, T, C)
        return x + self.drop(self.down(F.relu(self.up(norm(x))).square()))  # (B, T, C)

    def drop(self, x: Tensor) -> Tensor:
        """Return x with a share of it set to zero while training."""
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class GPT(nn.Module):
    """A decoder-only Transformer; before training it gives every token exactly 1 / V.

    >>> model = GPT(GPTConfig(vocab_size=10, block_size=8, n_layer=1, n_head=1, n_embd=4))
    >>> logits, loss = model(torch.tensor([[1, 2, 3]]))
    >>> logits.shape, logits.softmax(-1)[0, -1, 0].item()
    (torch.Size([1, 3, 10]), 0.10000000149011612)
    """

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab_size, config.n_embd)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.n_layer))
        self.head = nn.Linear(config.n_embd, config.vocab_size, bias=False)
        self.reset()

    @torch.no_grad()
    def reset(self) -> None:
        """Draw fresh weights; what writes to the residual stream, and the head, starts at zero."""
        self.embedding.weight.normal_(std=1.0)
        width = (3 / self.config.n_embd) ** 0.5  # uniform with standard deviation 1 / sqrt(C)
        for block in self.modules():
            if isinstance(block, Block):
                block.attention.qkv.weight.uniform_(-width, width)
                block.up.weight.uniform_(-width, width)
                block.attention.out.weight.zero_()
                block.down.weight.zero_()
        self.head.weight.zero_()

    def hidden(self, idx: Tensor, *, cache: KVCache | None = None, trace: Trace | None = None) -> Tensor:
        """Return the (B, T, C) vectors from which the head reads its scores; idx is (B, T)."""
        start = cache.length if cache is not None else 0
        if start + idx.size(1) > self.config.block_size:
            raise ValueError(
                f"{start + idx.size(1)} tokens do not fit in a block of {self.config.block_size}"
            )
        positions = torch.arange(start, start + idx.size(1), device=idx.device)
        cos_sin = rotary(positions, self.config.head_size)
        x = norm(self.embedding(idx))  # (B, T, C)
        if trace is not None:
            trace.residual.append(x)
        for layer, block in enumerate(self.blocks):
            x = block(x, cos_sin, layer, cache, trace)
            if trace is not None:
                trace.residual.append(x)
        return norm(x)

    def forward(
        self,
        idx: Tensor,
        targets: Tensor | None = None,
        *,
        cache: KVCache | None = None,
        trace: Trace | None = None,
    ) -> tuple[Tensor, Tensor | None]:
        """Return (B, T, V) logits and, for (B, T) targets, the mean loss in nats; -1 is no target."""
        logits = self.head(self.hidden(idx, cache=cache, trace=trace)).float()
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)

    def num_params(self, *, embeddings: bool = True) -> int:
        """Return the number of parameters, with or without the two tables that grow with the vocabulary."""
        skipped = 0 if embeddings else self.embedding.weight.numel() + self.head.weight.numel()
        return sum(p.numel() for p in self.parameters()) - skipped
