"""Two processes that share each batch learn what one process learns from all of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from train import ranks

ROOT = Path(__file__).resolve().parent.parent.parent
TOLERANCE = 1e-4  # nats
MIX = "file\tread\tlanguage\tkind\tdocuments\tcharacters\tlicence\tsource\tcommit\n" + "".join(
    f"{name}\t{weight}\tzh\tplain\t0\t0\t-\t-\t-\n"
    for name, weight in (("everyday_zh.txt", 2), ("poems_zh.txt", 1))
)
SIZE = "--n-layer 2 --n-head 2 --n-embd 32 --block-size 32 --batch-size 8".split()
RUN = "--steps 30 --eval-every 10 --eval-windows 16 --precision float32 --no-compile --json".split()


def test_alone_nothing_is_shared_or_averaged():
    rows, loss = np.arange(6).reshape(3, 2), torch.tensor(2.0)
    assert (ranks.share(rows) == rows).all()
    assert ranks.average(loss, []) is loss
    assert (ranks.rank(), ranks.world(), ranks.agree("steps")) == (0, 1, "steps")


def test_every_process_gets_rows_of_its_own(monkeypatch):
    rows, parts = np.arange(6), []
    monkeypatch.setattr(ranks, "world", lambda: 2)
    for number in (0, 1):
        monkeypatch.setattr(ranks, "rank", lambda number=number: number)
        parts.append(ranks.share(rows).tolist())
    assert parts == [[0, 2, 4], [1, 3, 5]]


def pretrain(launcher: list[str], folder: Path) -> list[dict]:
    """The events of a run, as they came on standard output."""
    table = folder.parent / "mix.tsv"
    table.write_text(MIX, encoding="utf-8")
    command = [*launcher, "-m", "train", "pretrain", "--texts", "assets/corpus", "--mix", str(table)]
    command += ["--out", str(folder), *SIZE, *RUN]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def losses(events: list[dict]) -> list[float]:
    training = [event["train_loss"] for event in events if event["event"] == "step"]
    return training + [event["val_loss"] for event in events if "val_loss" in event]


@pytest.mark.long
def test_two_processes_have_the_losses_of_one(tmp_path):
    two = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    alone = pretrain([sys.executable], tmp_path / "one")
    together = pretrain(two, tmp_path / "two")
    assert len(losses(alone)) == len(losses(together)) == 30 + 5
    assert losses(alone)[0] - losses(alone)[29] > 0.5  # it has learnt something
    assert losses(together) == pytest.approx(losses(alone), abs=TOLERANCE)
    assert [e["event"] for e in together] == [e["event"] for e in alone]
    assert (tmp_path / "two" / "log.jsonl").read_text(encoding="utf-8").count("\n") == len(together)
