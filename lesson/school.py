"""The models that lessons ask: 小白, its sisters, each opened when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from lesson.elders import Elders
from lesson.looks import Looks
from lesson.predictions import Predictions
from lesson.vectors import Vectors
from lesson.words import Refusal, Text
from model import load
from model.tokenizer import ASSETS, Tokenizer
from train.family import FAMILY, read_family

SISTERS = {
    "sister64": Text("小白的小妹（宽 64）", "the smallest sister (64 wide)"),
    "sister128": Text("小白的二妹（宽 128）", "the middle sister (128 wide)"),
    "sister192": Text("小白的大妹（宽 192）", "the biggest sister (192 wide)"),
}
NOT_HERE = Text("这个模型没有随网页一起发布。", "This model does not ship with the page.")


class School:
    """Every GPT that ships, by name; those whose files are not there are left out."""

    def __init__(self, xiaobai: Predictions, assets: Path = ASSETS) -> None:
        self.xiaobai = xiaobai
        self._assets = assets
        self._open: dict[str, Predictions] = {"xiaobai": xiaobai}

    @property
    def tokenizer(self) -> Tokenizer:
        """The vocabulary that all of them share."""
        return self.xiaobai.tokenizer

    @cached_property
    def names(self) -> Mapping[str, Text]:
        """The models that are there, smallest GPT first, and what they are called."""
        sisters = {name: words for name, words in SISTERS.items() if self._sister(name).exists()}
        return {**sisters, "xiaobai": self.xiaobai.name}

    @cached_property
    def family(self) -> Mapping[str, Mapping[str, Any]]:
        """What was measured of each model, by its name; empty if nothing was."""
        path = self._assets / FAMILY.name
        return {one["name"]: one for one in read_family(path)["models"]} if path.exists() else {}

    @property
    def calibration(self) -> Mapping[str, Any] | None:
        """小白's reliability diagram, or None if it was not measured."""
        return self.family.get("xiaobai", {}).get("calibration")

    @cached_property
    def looks(self) -> Looks:
        """Looks into 小白: attention, and what leaving a token out changes."""
        return Looks(self.xiaobai.predictor)

    @cached_property
    def elders(self) -> Elders:
        """An n-gram, a recurrent network and a GPT of one text, and how they did on held-out prompts."""
        return Elders(self._assets)

    @cached_property
    def vectors(self) -> Vectors:
        """小白's token vectors."""
        return Vectors(self.xiaobai, self._assets)

    def model(self, name: object) -> Predictions:
        """The predictions of a model by its name; a Refusal if it is not there."""
        if not isinstance(name, str) or name not in self.names:
            raise Refusal(NOT_HERE)
        if name not in self._open:
            self._open[name] = Predictions(load(self._sister(name)), self.names[name])
        return self._open[name]

    def _sister(self, name: str) -> Path:
        return self._assets / f"{name}.safetensors"
