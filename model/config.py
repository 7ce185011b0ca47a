"""The shape of a GPT, checked once when it is made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GPTConfig:
    """The sizes that define a GPT; every problem is reported at once.

    >>> GPTConfig(vocab_size=8192, n_layer=2, n_embd=64, n_head=2).head_size
    32
    >>> GPTConfig(vocab_size=0, n_embd=10, n_head=3)
    Traceback (most recent call last):
    ...
    ValueError: vocab_size must be at least 2, not 0; n_embd (10) must be n_head (3) times an even number
    """

    vocab_size: int
    """Number of tokens that can be predicted."""
    block_size: int = 256
    """Longest context that the model sees, in tokens."""
    n_layer: int = 6
    """Number of Transformer blocks."""
    n_head: int = 4
    """Attention heads in each block."""
    n_embd: int = 256
    """Width: the length of a token's vector."""
    dropout: float = 0.0
    """Share of activations set to zero while training, 0 to below 1."""

    def __post_init__(self) -> None:
        if problems := self.problems():
            raise ValueError("; ".join(problems))

    def problems(self) -> list[str]:
        """Return one sentence for each value that cannot work; an empty list is a good config."""
        found = [
            f"{name} must be at least {least}, not {getattr(self, name)}"
            for name, least in (
                ("vocab_size", 2),
                ("block_size", 1),
                ("n_layer", 1),
                ("n_head", 1),
                ("n_embd", 2),
            )
            if getattr(self, name) < least
        ]
        if self.n_head >= 1 and (self.n_embd % self.n_head or self.n_embd // self.n_head % 2):
            found.append(f"n_embd ({self.n_embd}) must be n_head ({self.n_head}) times an even number")
        if not 0 <= self.dropout < 1:
            found.append(f"dropout must be in [0, 1), not {self.dropout}")
        return found

    @property
    def head_size(self) -> int:
        """Return the length of one head's query, key and value vectors."""
        return self.n_embd // self.n_head
