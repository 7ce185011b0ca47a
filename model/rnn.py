"""A recurrent network: it reads a text token by token and keeps all it has read in one vector, the state.

The older predictor next to the Transformer (Elman 1990; the gates of the GRU are Cho et al. 2014). Whatever
is to be known of a distant token has to survive every later update of that one vector.
Shapes: B texts, T tokens, C = n_embd, S = n_state, V tokens in the vocabulary.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model.checkpoint import WEIGHTS, not_a_model, read_tensors, tokenizer_of, write_tensors
from model.predictor import NextToken, NextTokenOf, check_ids
from model.tokenizer import BPETokenizer, Tokenizer

KIND = "recurrent network"
READS_AT_MOST = 256  # tokens; the network has no limit of its own, but a server has


@dataclass(frozen=True)
class RNNConfig:
    """The sizes of a recurrent network, each at least 1."""

    vocab_size: int
    """Number of tokens that can be predicted."""
    n_embd: int = 64
    """Width: the length of a token's vector."""
    n_state: int = 144
    """The length of the state, all that is remembered of the text so far."""


class RNN(nn.Module):
    """Token vectors, one GRU layer, and a head that reads its scores off the state.

    >>> model = RNN(RNNConfig(vocab_size=10, n_embd=4, n_state=6))
    >>> logits, loss = model(torch.tensor([[1, 2, 3]]))
    >>> logits.shape
    torch.Size([1, 3, 10])
    """

    def __init__(self, config: RNNConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab_size, config.n_embd)
        self.gru = nn.GRU(config.n_embd, config.n_state, batch_first=True)
        self.narrow = nn.Linear(config.n_state, config.n_embd, bias=False)
        self.head = nn.Linear(config.n_embd, config.vocab_size, bias=False)

    def hidden(self, idx: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the (B, T, C) vectors that the head reads and the last state, (1, B, S); idx is (B, T)."""
        read, last = self.gru(self.embedding(idx), state)  # (B, T, S), (1, B, S)
        return self.narrow(read), last

    def forward(self, idx: Tensor, targets: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """Return (B, T, V) logits and, for (B, T) targets, the mean loss in nats."""
        logits = self.head(self.hidden(idx)[0])
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())


class RNNPredictor:
    """A recurrent network behind the Predictor protocol; it begins every context with an empty state."""

    def __init__(self, model: RNN, tokenizer: Tokenizer) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.block_size = READS_AT_MOST

    @torch.inference_mode()
    def next_token(self, context: Sequence[int]) -> NextToken:
        """Return the prediction after a context of token ids; only the last block_size of them are read."""
        return self._read(list(context)[-self.block_size :], None)[0]

    def session(self) -> NextTokenOf:
        """Return a next_token that keeps the state while one text grows at its end."""
        read: list[int] = []
        state: Tensor | None = None

        @torch.inference_mode()
        def next_token(context: Sequence[int]) -> NextToken:
            """Read only what is new if the context grew; otherwise read all of it again."""
            nonlocal read, state
            ids = list(context)
            if not (len(read) < len(ids) <= self.block_size and ids[: len(read)] == read):
                ids, read, state = ids[-self.block_size :], [], None
            dist, state = self._read(ids[len(read) :], state)
            read = ids
            return dist

        return next_token

    def _read(self, ids: list[int], state: Tensor | None) -> tuple[NextToken, Tensor]:
        check_ids(ids, self.tokenizer.vocab_size)
        vectors, state = self.model.hidden(torch.tensor([ids]), state)
        return NextToken(self.model.head(vectors[:, -1])[0].float().numpy()), state


def save(path: Path, model: RNN, tokenizer: BPETokenizer, info: dict[str, Any]) -> None:
    """Write a network, its sizes, its tokenizer's fingerprint, and its training's figures. Raises OSError."""
    metadata = {
        "kind": KIND,
        "config": json.dumps(asdict(model.config)),
        "tokenizer": tokenizer.id,
        "info": json.dumps(info, ensure_ascii=False),
    }
    write_tensors(path, model.state_dict(), metadata)


def load(path: str | Path) -> RNNPredictor:
    """Return the predictor of a file. Raises CheckpointError if it is something else or damaged."""
    path = Path(path)
    tensors, metadata = read_tensors(path)
    if metadata.get("kind") != KIND:
        raise not_a_model(path)
    try:
        values = json.loads(metadata["config"])
        config = RNNConfig(**{f.name: values[f.name] for f in fields(RNNConfig)})
        sizes = asdict(config).values()
        if not all(
            isinstance(size, int) and 0 < size <= sum(t.numel() for t in tensors.values()) for size in sizes
        ):
            raise not_a_model(path)
        if config.vocab_size * config.n_embd > sum(t.numel() for t in tensors.values()):
            raise not_a_model(path)
        model = RNN(config)
        fingerprint = metadata["tokenizer"]
    except (KeyError, TypeError, ValueError) as error:
        raise not_a_model(path) from error
    expected = {name: p.shape for name, p in model.state_dict().items()}
    if {name: p.shape for name, p in tensors.items() if p.dtype in WEIGHTS} != expected:
        raise not_a_model(path)
    model.load_state_dict({name: p.float() for name, p in tensors.items()})
    return RNNPredictor(model, tokenizer_of(path, fingerprint))
