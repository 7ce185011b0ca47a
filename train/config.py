"""Everything a training run can be told, each with a sentence that becomes its --help and its tooltip."""

import ast
import math
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class TrainConfig:
    """The settings of one run; `problems()` lists all that cannot work, at once.

    >>> TrainConfig(batch_size=0, lr=-1).problems()
    ['batch_size must be at least 1, not 0', 'lr must be above 0, not -1']
    """

    n_layer: int = 4
    """Transformer blocks."""
    n_head: int = 4
    """Attention heads in each block."""
    n_embd: int = 128
    """Width: the length of a token's vector."""
    block_size: int = 64
    """Context: how many tokens the model sees."""
    dropout: float = 0.0
    """Share of activations dropped while training, against learning by heart."""
    batch_size: int = 16
    """Windows of text looked at together before the parameters move once."""
    lr: float = 0.02
    """Learning rate: how far the parameters move at each step."""
    weight_decay: float = 0.0
    """How strongly parameters are pulled towards zero."""
    warmup: int = 0
    """Steps over which the learning rate rises from nothing."""
    decay: float = 0.6
    """Share of the run, at its end, over which the learning rate falls to zero."""
    steps: int | None = None
    """Steps to train; without it training ends when validation loss stops falling."""
    max_steps: int = 5000
    """Most steps of a run that has no number of steps."""
    max_seconds: float | None = None
    """Most seconds of a run, after which it stops and keeps what it has."""
    patience: int = 5
    """Evaluations without a better validation loss before an open-ended run stops."""
    whole: bool = False
    """Cut no document that fits into a window, so that more of them begin one, as a prompt does."""
    early_stop: bool = False
    """Stop by validation loss even if a number of steps is given."""
    eval_every: int = 25
    """Steps between two evaluations."""
    eval_windows: int = 64
    """Windows of validation text looked at in an evaluation."""
    checkpoint_seconds: float = 60.0
    """Seconds between two checkpoints; an evaluation that is the best so far makes one as well."""
    seed: int = 0
    """Where the random numbers start: first weights, order of the text, dropout."""
    precision: str = "auto"
    """float32, bfloat16, or auto: bfloat16 where the processor multiplies it faster."""
    compile: bool = False
    """Let torch.compile fuse the model's small operations; takes a minute to begin with."""
    probe: str = ""
    """A beginning whose next-token probabilities are shown at every evaluation."""
    sample_tokens: int = 40
    """Tokens written at every evaluation, to be read."""

    def problems(self) -> list[str]:
        """Return one sentence for each setting that cannot work."""
        least = {"n_layer": 1, "n_head": 1, "n_embd": 2, "block_size": 2, "batch_size": 1, "warmup": 0}
        least |= {"max_steps": 1, "patience": 1, "eval_every": 1, "eval_windows": 1}
        least |= {"sample_tokens": 0, "weight_decay": 0}
        found = [
            f"{name} must be at least {low}, not {getattr(self, name)}"
            for name, low in least.items()
            if not getattr(self, name) >= low
        ]
        if self.n_head >= 1 and (self.n_embd % self.n_head or self.n_embd // self.n_head % 2):
            found.append(f"n_embd ({self.n_embd}) must be n_head ({self.n_head}) times an even number")
        if self.steps is not None and self.steps < 1:
            found.append(f"steps must be at least 1, not {self.steps}")
        if not 0 <= self.seed < 1 << 63:
            found.append(f"seed must be from 0 to 2^63 - 1, not {self.seed}")
        if not (0 < self.lr < math.inf):
            found.append(f"lr must be above 0, not {self.lr}")
        if not 0 <= self.dropout < 1:
            found.append(f"dropout must be in [0, 1), not {self.dropout}")
        if not 0 <= self.decay <= 1:
            found.append(f"decay must be in [0, 1], not {self.decay}")
        if self.precision not in ("auto", "float32", "bfloat16"):
            found.append(f"precision must be auto, float32 or bfloat16, not {self.precision}")
        return found

    @property
    def tokens_per_step(self) -> int:
        """Return how many predictions one step learns from."""
        return self.batch_size * self.block_size


def help_of(name: str) -> str:
    """Return the sentence that stands under a field of TrainConfig, read from this file.

    >>> help_of("seed").startswith("Where the random numbers start")
    True
    """
    return DOCS[name]


def _docs() -> dict[str, str]:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    config = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    return {
        field.target.id: text.value.value
        for field, text in pairwise(config.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


DOCS = _docs()

XIAOBAI = TrainConfig(
    n_layer=4,
    n_embd=256,
    block_size=256,
    batch_size=32,
    lr=0.02,
    weight_decay=0.01,
    warmup=20,
    eval_every=100,
    eval_windows=128,
    compile=True,
)
PRESETS = {
    "tiny": TrainConfig(n_layer=2, n_embd=64, block_size=32, batch_size=32, steps=300),
    "small": TrainConfig(n_layer=4, n_embd=128, block_size=64, batch_size=16),
    "medium": TrainConfig(n_layer=4, n_embd=192, block_size=256, batch_size=16, weight_decay=0.01),
    "xiaobai": XIAOBAI,
    # its sisters differ in width alone; a head stays 64 wide, so there are fewer of them
    "sister64": replace(XIAOBAI, n_embd=64, n_head=1),
    "sister128": replace(XIAOBAI, n_embd=128, n_head=2),
    "sister192": replace(XIAOBAI, n_embd=192, n_head=3),
}


def preset(name: str, **changes: object) -> TrainConfig:
    """Return a named configuration with some fields changed. Raises ValueError for an unknown name."""
    if name not in PRESETS:
        raise ValueError(f"no preset is called {name}; there are {', '.join(PRESETS)}")
    return changed(PRESETS[name], **changes)


def changed(config: TrainConfig, **changes: object) -> TrainConfig:
    """Return a configuration with those changes that name a field of it and are not None."""
    known = {f.name for f in fields(TrainConfig)}
    return replace(config, **{k: v for k, v in changes.items() if k in known and v is not None})
