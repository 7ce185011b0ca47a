import math
from dataclasses import fields, replace

import pytest

from train.config import DOCS, PRESETS, TrainConfig, changed, help_of, preset

WRONG = {
    "n_layer": [0, -1],
    "n_head": [0, 3],
    "n_embd": [0, 6, 130],
    "block_size": [0, 1],
    "dropout": [-0.1, 1.0, math.nan],
    "batch_size": [0],
    "lr": [0, -1, math.nan, math.inf],
    "weight_decay": [-1, math.nan],
    "warmup": [-1],
    "decay": [-0.1, 1.1, math.nan],
    "steps": [0, -5],
    "max_steps": [0],
    "patience": [0],
    "eval_every": [0],
    "eval_windows": [0],
    "seed": [-1, 1 << 63],
    "precision": ["int8", ""],
    "sample_tokens": [-1],
}


def test_every_field_has_a_sentence():
    assert set(DOCS) == {f.name for f in fields(TrainConfig)}
    assert all(help_of(name).endswith(".") for name in DOCS)


@pytest.mark.parametrize("name, value", [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_that_cannot_work_is_named(name, value):
    found = replace(TrainConfig(), **{name: value}).problems()
    assert found and any(name in sentence for sentence in found)


def test_all_problems_are_reported_at_once():
    wrong = replace(TrainConfig(), **{name: values[0] for name, values in WRONG.items()})
    assert len(wrong.problems()) >= len(WRONG) - 1


@pytest.mark.parametrize("name", PRESETS)
def test_presets_work(name):
    assert PRESETS[name].problems() == []


def test_a_preset_with_changes():
    assert preset("small", lr=0.5, out="x", dropout=None) == replace(PRESETS["small"], lr=0.5)
    assert changed(TrainConfig(), batch_size=3).tokens_per_step == 3 * 64
    with pytest.raises(ValueError, match="no preset is called huge"):
        preset("huge")
