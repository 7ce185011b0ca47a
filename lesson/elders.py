"""An n-gram, a recurrent network and a GPT that learnt from one text, and what was measured of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from lesson.predictions import Predictions
from lesson.words import Text
from model import load, ngram, rnn

NAMES = {
    "ngram": Text("n-gram（看 4 个词元）", "n-gram (sees 4 tokens)"),
    "rnn": Text("循环网络（RNN）", "recurrent network (RNN)"),
    "gpt": Text("GPT（注意力）", "GPT (attention)"),
}


class Elders:
    """The three predictors of assets/elders and assets/distance.json, opened when first asked for."""

    def __init__(self, assets: Path) -> None:
        self._folder = assets / "elders"
        self._results = assets / "distance.json"

    @cached_property
    def predictors(self) -> Mapping[str, Predictions]:
        """The three by name, the oldest kind first."""
        opened = {
            "ngram": ngram.load(self._folder / "ngram.safetensors"),
            "rnn": rnn.load(self._folder / "rnn.safetensors"),
            "gpt": load(self._folder / "gpt.safetensors"),
        }
        return {name: Predictions(opened[name], words) for name, words in NAMES.items()}

    @cached_property
    def results(self) -> dict[str, Any]:
        """What `python -m train distance` wrote."""
        return json.loads(self._results.read_text(encoding="utf-8"))

    @cached_property
    def prompts(self) -> list[dict[str, Any]]:
        """The held-out prompts, each with its answer, its distance, and what each predictor said."""
        return self.results["prompts"]

    @cached_property
    def accuracy(self) -> dict[str, list[float]]:
        """Of each predictor, the share of prompts it got right in each range of distances."""
        among = [self.within(low, high) for low, high in self.results["ranges"]]
        return {
            name: [sum(one["said"][name] == one["answer"] for one in rows) / len(rows) for rows in among]
            for name in NAMES
        }

    def within(self, low: int, high: int) -> list[dict[str, Any]]:
        """The prompts whose hint stands so many tokens away."""
        return [one for one in self.prompts if low <= one["distance"] <= high]
