"""What a training will take: parameters, seconds and memory, told before it starts, and whether it is let.

The seconds come from steps that were really taken on this machine, two batches for each size; a model's sum
of multiplications carries them over to other settings. They are those of a machine with nothing else to do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from lesson.settings import Settings
from lesson.words import Refusal, Text
from train.config import TrainConfig
from train.speed import seconds_a_step

REFERENCE_VOCABULARY = 1024
SMALL_BATCH = 4  # the second measurement takes a batch this many times smaller
CHECKS = 20  # evaluations in a run; each gives a point of the validation curve, bars and a sample
STARTING_SECONDS = 4.0  # until the command has loaded what it needs and cut the text; measured
CHECK_SECONDS = 0.15  # for windows, bars and a sample
MOST_MEMORY = 1_500_000_000  # bytes for one training on a shared server
PYTHON_MEMORY = 355_000_000  # bytes that the command takes before it has a model; measured
KEPT_PER_PARAMETER = 4 * 4  # bytes: weight, gradient, two averages of the optimizer (Muon needs one)
KEPT_PER_CHANNEL = 4 * 24  # bytes of a layer's activations for each channel of each token; measured

TOO_SLOW = Text(
    "{steps:,} 步 × {each} 秒 = {total} 秒，超过这里的 {limit} 秒。请少练几步，或者把上下文、批大小调小。",
    "{steps:,} steps × {each} s = {total} s, more than the {limit} s that a run may take here."
    " Please take fewer steps, or a smaller context or batch.",
)
TOO_BIG = Text(
    "这样训练约要 {need} MB 内存，超过这里的 {limit} MB。请把批大小或上下文调小。",
    "This would take about {need} MB of memory, more than the {limit} MB allowed here."
    " Please make the batch or the context smaller.",
)


@dataclass(frozen=True)
class Shape:
    """The parts of a model that its size card decides, and the vocabulary of the text."""

    n_layer: int
    n_head: int
    n_embd: int
    vocab_size: int


@dataclass(frozen=True)
class Estimate:
    """What a training takes, about."""

    parameters: int
    seconds_a_step: float
    seconds: float  # of training
    memory: int  # bytes

    @property
    def until_end(self) -> float:
        """Seconds from the start of the command to its end."""
        return STARTING_SECONDS + self.seconds

    def refuse_over(self, limit: float | None, steps: int) -> None:
        """Raise a Refusal that shows the sum if this is more than the server's limit; None is no limit."""
        if limit is None:
            return
        if self.seconds > limit:
            sums = {
                "each": f"{self.seconds_a_step:.3g}",
                "total": f"{self.seconds:,.0f}",
                "limit": f"{limit:,g}",
            }
            raise Refusal(TOO_SLOW.format(steps=steps, **sums))
        if self.memory > MOST_MEMORY:
            raise Refusal(TOO_BIG.format(need=f"{self.memory / 1e6:,.0f}", limit=f"{MOST_MEMORY / 1e6:,.0f}"))


def parameters(shape: Shape) -> int:
    """How many numbers a model of this shape learns.

    >>> parameters(Shape(n_layer=1, n_head=1, n_embd=2, vocab_size=10))
    88
    """
    tables = 2 * shape.vocab_size * shape.n_embd  # embedding and head
    return tables + 12 * shape.n_layer * shape.n_embd**2  # attention takes 4 squares of the width, the rest 8


def multiplications(shape: Shape, block_size: int) -> float:
    """Products for one token of a step, there and back; attention looks at half of the context on average."""
    matrices = 12 * shape.n_layer * shape.n_embd**2 + shape.vocab_size * shape.n_embd
    return 3 * (matrices + shape.n_layer * shape.n_embd * block_size)


def memory(shape: Shape, settings: Settings) -> int:
    """Bytes that a training takes, about: the command itself, what learns, what one step remembers."""
    tokens = settings.batch_size * settings.block_size
    channels = tokens * shape.n_layer * shape.n_embd * KEPT_PER_CHANNEL
    scores = 4 * 3 * shape.n_layer * tokens * shape.n_head * settings.block_size  # attention is written out
    return PYTHON_MEMORY + KEPT_PER_PARAMETER * parameters(shape) + channels + scores


Measure = Callable[[TrainConfig, int], float]


class Speeds:
    """How fast this machine trains each size; measured when first asked for, and remembered."""

    def __init__(self, measure: Measure = seconds_a_step) -> None:
        self._measure = measure
        self._known: dict[
            tuple[int, int], tuple[float, float]
        ] = {}  # of a step: seconds, and for each product
        self._busy = threading.Lock()

    def known(self, shape: Shape) -> bool:
        """Whether this size has been measured."""
        return (shape.n_layer, shape.n_embd) in self._known

    def learn(self, shape: Shape, usual: Settings) -> None:
        """Measure a size, unless that has been done; takes a second or two."""
        if self.known(shape):  # asked before waiting: another size may be on the bench
            return
        with self._busy:
            if self.known(shape):  # another thread has just done it
                return
            at = replace(shape, vocab_size=REFERENCE_VOCABULARY)
            batches = (usual.batch_size, max(1, usual.batch_size // SMALL_BATCH))
            large, small = (self._step(at, usual.block_size, batch) for batch in batches)
            products = multiplications(at, usual.block_size) * usual.block_size
            each = max(large - small, 0.2 * large) / (products * max(1, batches[0] - batches[1]))
            fixed = max(0.0, large - each * products * batches[0])
            self._known[shape.n_layer, shape.n_embd] = (fixed, each)

    def _step(self, shape: Shape, block_size: int, batch_size: int) -> float:
        config = TrainConfig(
            n_layer=shape.n_layer, n_head=shape.n_head, n_embd=shape.n_embd,
            block_size=block_size, batch_size=batch_size,
        )  # fmt: skip
        return self._measure(config, shape.vocab_size)

    def estimate(self, shape: Shape, settings: Settings, usual: Settings) -> Estimate:
        """What a training takes; measures the size first if that has not been done."""
        self.learn(shape, usual)
        fixed, each = self._known[shape.n_layer, shape.n_embd]
        tokens = settings.batch_size * settings.block_size
        step = fixed + each * multiplications(shape, settings.block_size) * tokens
        step += min(CHECKS, settings.steps) * CHECK_SECONDS / settings.steps  # a check's time, shared out
        return Estimate(parameters(shape), step, settings.steps * step, memory(shape, settings))
