"""What every release wrote can still be read: its models say the same, its interrupted runs go on (R4).

A release adds a folder of its own: `python -m tests.released NAME`, with the release's code. None is ever
written anew: if one fails here, files that people have kept at home fail as well.
"""

import json
import shutil
from pathlib import Path

import pytest
import torch

from model.checkpoint import LAST, load
from train.config import TrainConfig
from train.data import split
from train.trainer import Trainer

RELEASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.json"))


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def release(request, tmp_path):
    """A copy of what a release left, and what it said about it."""
    folder = Path(shutil.copytree(request.param, tmp_path / "run"))
    return folder, json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def test_there_are_releases():
    assert len(RELEASES) >= 2


def test_its_model_says_what_it_said(release):
    folder, expected = release
    loaded = load(folder / LAST)
    logits = loaded.model(torch.tensor([expected["ids"]]))[0][0, -1]
    assert logits.tolist() == pytest.approx(expected["logits"], abs=1e-5)
    assert loaded.info["step"] == 6 and loaded.tokenizer.vocab_size == len(expected["logits"])


def test_its_interrupted_run_goes_on(release):
    folder, expected = release
    tokenizer = load(folder / LAST).tokenizer
    config = TrainConfig(**expected["settings"])
    parts = split(tokenizer, expected["text"].split("\n\n"), config.block_size)
    run = Trainer(config, tokenizer, *parts, folder)
    run.resume()
    assert run.progress.step == 6
    losses = [event["train_loss"] for event in run.run() if event["event"] == "step"]
    assert losses == pytest.approx(expected["losses"], abs=1e-4)
