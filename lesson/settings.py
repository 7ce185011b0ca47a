"""The settings of a training in the page, each declared once: bounds, usual value, and what it means.

Names are those of train.config.TrainConfig, so that a setting is an option of `python -m train` as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lesson.params import Control
from lesson.words import Refusal, Text

BLOCK_SIZE = Control(
    "block_size", "int", 8, 256, 32,
    Text("上下文", "Context"),
    Text("模型一次看得见多少个词元。", "How many tokens the model sees at once."),
    8,
)  # fmt: skip
BATCH_SIZE = Control(
    "batch_size", "int", 1, 128, 32,
    Text("批大小", "Batch"),
    Text(
        "一步同时读多少段文字，读完才动一次参数。",
        "How many stretches of text are read before the parameters move once.",
    ),
)  # fmt: skip
STEPS = Control(
    "steps", "int", 1, 100_000, 160,
    Text("步数", "Steps"),
    Text(
        "参数一共动多少次。步数乘以批大小，就是读了多少段文字。",
        "How often the parameters move; times the batch, that is how much is read.",
    ),
)  # fmt: skip
LR = Control(
    "lr", "float", 0.0001, 1000.0, 0.02,
    Text("学习率", "Learning rate"),
    Text(
        "每一步把参数挪多远。太小学不动，太大会乱。",
        "How far the parameters move at each step. Too small learns nothing, too large wrecks what it has.",
    ),
    0.0001,
)  # fmt: skip
WARMUP = Control(
    "warmup", "int", 0, 10_000, 0,
    Text("热身步数", "Warm-up"),
    Text("学习率用多少步从零升上来。", "Steps over which the learning rate rises from nothing."),
)  # fmt: skip
WEIGHT_DECAY = Control(
    "weight_decay", "float", 0.0, 10.0, 0.0,
    Text("权重衰减", "Weight decay"),
    Text(
        "每一步顺手把参数往零拉一点，拉的力气有多大。",
        "How strongly the parameters are pulled towards zero at each step.",
    ),
    0.01,
)  # fmt: skip
DROPOUT = Control(
    "dropout", "float", 0.0, 0.9, 0.0,
    Text("丢弃率", "Dropout"),
    Text(
        "训练时随机关掉几成的信号，让它没法死记硬背。",
        "Share of the signals switched off at random while training, against learning by heart.",
    ),
    0.05,
)  # fmt: skip
EARLY_STOP = Control(
    "early_stop", "switch", 0, 1, False,
    Text("早停", "Early stopping"),
    Text(
        "验证损失连着 5 次没有变好，就提前结束。",
        "End early once validation loss has failed to improve five times in a row.",
    ),
)  # fmt: skip
SEED = Control(
    "seed", "int", 0, 4_294_967_295, 0,
    Text("随机种子", "Seed"),
    Text(
        "随机数从哪里开始：最初的参数、读课文的顺序都由它定。",
        "Where the random numbers start: the first parameters, the order of reading.",
    ),
)  # fmt: skip

SETTINGS = (BLOCK_SIZE, BATCH_SIZE, STEPS, LR, WARMUP, WEIGHT_DECAY, DROPOUT, EARLY_STOP, SEED)


@dataclass(frozen=True)
class Derived:
    """A number that follows from the settings, and can be asked for instead of one of them."""

    title: Text
    note: Text


EPOCHS = Derived(
    Text("读几遍", "Epochs"),
    Text(
        "整篇课文从头到尾读多少遍，约数。改这里，步数跟着变。",
        "How often the whole text is read, about. Change it, and the steps follow.",
    ),
)
NOT_SETTINGS = Text(
    "这些设置读不懂，请重新打开页面再试。", "These settings cannot be read; please reload the page."
)


@dataclass(frozen=True)
class Settings:
    """How a model is trained; every value has passed its control."""

    block_size: int = 32
    batch_size: int = 32
    steps: int = 160
    lr: float = 0.02
    warmup: int = 0
    weight_decay: float = 0.0
    dropout: float = 0.0
    early_stop: bool = False
    seed: int = 0

    def options(self) -> dict[str, object]:
        """Every setting under the name of its option."""
        return {control.name.replace("_", "-"): getattr(self, control.name) for control in SETTINGS}


def settings(values: object, base: Mapping[str, object]) -> Settings:
    """The settings that the page asks for, over those of a lesson and a size; a Refusal for a wrong value.

    >>> settings({"lr": 0.5}, {"steps": 12})
    Settings(block_size=32, batch_size=32, steps=12, lr=0.5, warmup=0, weight_decay=0.0, dropout=0.0, \
early_stop=False, seed=0)
    """
    if values is not None and not isinstance(values, Mapping):
        raise Refusal(NOT_SETTINGS)
    given = {**base, **(values or {})}
    return Settings(**{c.name: c.parse(given[c.name]) for c in SETTINGS if c.name in given})  # type: ignore[arg-type]
