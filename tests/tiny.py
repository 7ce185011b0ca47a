"""Models, tokenizers and runs so small that a test trains one in a moment."""

from collections.abc import Iterable
from pathlib import Path

import torch

from model.config import GPTConfig
from model.gpt import GPT
from model.tokenizer import BPETokenizer
from train.config import TrainConfig
from train.data import split
from train.trainer import Trainer

torch.set_num_threads(1)  # models this small only lose by sharing their work, above all on a busy machine

TEXT = "\n\n".join(
    f"{who}{when}去上班，觉得很{how}。" for who in "我你他她" for when in "早晚周月" for how in "累爽"
)
CONFIG = TrainConfig(
    n_layer=2, n_head=2, n_embd=8, block_size=8, batch_size=4, steps=12, eval_every=4, eval_windows=4, seed=3,
    dropout=0.2, precision="float32", sample_tokens=2, probe="我早", warmup=2, weight_decay=0.1,
)  # fmt: skip


def bytes_tokenizer(words: Iterable[bytes] = ()) -> BPETokenizer:
    """The 256 bytes, some longer tokens, and end-of-text."""
    pieces = [*(bytes([value]) for value in range(256)), *words]
    return BPETokenizer({piece: rank for rank, piece in enumerate(pieces)})


def random_gpt(vocab_size: int = 257, *, block_size: int = 8, n_layer: int = 2, seed: int = 0) -> GPT:
    """A GPT whose weights are all random, the head and the ways into the residual stream as well."""
    torch.manual_seed(seed)
    model = GPT(GPTConfig(vocab_size, block_size, n_layer, n_head=2, n_embd=8))
    with torch.no_grad():
        for weight in model.parameters():
            weight.normal_(std=0.5)
    return model.eval()


def trainer(out: Path, config: TrainConfig = CONFIG, text: str = TEXT) -> Trainer:
    """A run over a few short sentences."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = bytes_tokenizer()
    training, validation = split(tokenizer, text.split("\n\n"), config.block_size)
    return Trainer(config, tokenizer, training, validation, out)
