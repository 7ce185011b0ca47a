"""Train a recurrent network on the very batches that a GPT of the same settings is trained on.

python -m train rnn assets/corpus/facts_sun.txt --out runs/sun-rnn.safetensors --steps 400

Of two learning rates tried on that text, 0.004 ended at a validation loss of 1.52 and 0.01 at 1.62.
"""

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from model.rnn import RNN, RNNConfig, save
from model.tokenizer import RANKS, load_tokenizer
from train.corpus import documents, read
from train.data import Batches, TokenDocuments, split
from train.schedule import lr_scale

LONGEST_GRADIENT = 1.0  # a recurrent network's gradient explodes now and then (Pascanu et al. 2013)
LOSSES_AT_ONCE = 16  # windows


@dataclass(frozen=True)
class Plan:
    """The settings of a run; block_size, batch_size and seed decide on the batches, as in TrainConfig."""

    steps: int = 400
    block_size: int = 128
    batch_size: int = 16
    lr: float = 0.004
    decay: float = 0.6
    seed: int = 0
    n_embd: int = 64
    n_state: int = 144

    def problems(self) -> list[str]:
        """Return one sentence for each setting that cannot work."""
        names = ("steps", "block_size", "batch_size", "n_embd", "n_state")
        found = [f"{n} must be at least 1, not {getattr(self, n)}" for n in names if getattr(self, n) < 1]
        if not 0 < self.lr < math.inf:
            found.append(f"lr must be above 0, not {self.lr}")
        return found


def train(model: RNN, training: TokenDocuments, plan: Plan) -> Iterator[float]:
    """Train a network, yielding the loss of every step. Raises FloatingPointError if it is no number."""
    batches = Batches(training, plan.block_size, plan.batch_size, plan.seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=plan.lr, betas=(0.9, 0.95), weight_decay=0.0)
    for step in range(plan.steps):
        for group in optimizer.param_groups:
            group["lr"] = plan.lr * lr_scale(step, plan.steps, warmup=0, decay=plan.decay)
        inputs, targets = (torch.from_numpy(part) for part in batches.next())
        loss = model(inputs, targets)[1]
        if not torch.isfinite(loss):
            raise FloatingPointError(f"step {step + 1}: the loss is {loss.item()}")
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), LONGEST_GRADIENT)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        yield loss.item()


@torch.inference_mode()
def validation_loss(model: RNN, validation: TokenDocuments, block_size: int) -> float:
    """Return the mean loss in nats on whole windows of the validation text."""
    count = (len(validation.ids) - 1) // block_size
    rows = torch.from_numpy(validation.ids[: count * block_size + 1].astype("int64"))
    inputs, targets = rows[:-1].view(count, block_size), rows[1:].view(count, block_size)
    parts = zip(inputs.split(LOSSES_AT_ONCE), targets.split(LOSSES_AT_ONCE), strict=True)
    return sum(model(i, t)[1].item() * len(i) for i, t in parts) / count


def rnn_command(argv: Sequence[str]) -> int:
    """Train a small recurrent network on one or more text files."""
    parser = argparse.ArgumentParser("python -m train rnn", description=rnn_command.__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--threads", type=int)
    default = Plan()
    for name in ("steps", "block_size", "batch_size", "seed", "n_embd", "n_state"):
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=getattr(default, name))
    parser.add_argument("--lr", type=float, default=default.lr)
    args = parser.parse_args(argv)
    given = {name: getattr(args, name) for name in Plan.__dataclass_fields__ if hasattr(args, name)}
    plan = Plan(**given)
    if problems := plan.problems():
        raise ValueError("; ".join(problems))
    if args.threads:
        torch.set_num_threads(args.threads)
    tokenizer = load_tokenizer(RANKS)
    text = "\n\n".join(read(path) for path in args.corpus)
    training, validation = split(tokenizer, documents(text), plan.block_size)
    torch.manual_seed(plan.seed)
    model = RNN(RNNConfig(tokenizer.vocab_size, plan.n_embd, plan.n_state))
    losses = list(train(model, training, plan))
    after = validation_loss(model.eval(), validation, plan.block_size)
    info = {"steps": plan.steps, "lr": plan.lr, "train_loss": losses[-1], "val_loss": after}
    save(args.out, model, tokenizer, info)
    sys.stdout.write(
        f"{sum(p.numel() for p in model.parameters()):,} parameters, validation loss {after:.4f}\n"
    )
    return 0
