import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from model.checkpoint import LAST, RESUME, CheckpointError, read_tensors
from tests.tiny import CONFIG, TEXT, trainer
from train.commands import main
from train.config import TrainConfig
from train.control import Command
from train.state import refuse_changes, save_state

pytestmark = pytest.mark.slow  # many runs

ROOT = Path(__file__).resolve().parents[2]
PRECISIONS = ["float32", "bfloat16"] if torch.cpu._is_avx512_bf16_supported() else ["float32"]


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: None)


def losses(events) -> dict[tuple[str, int], float]:
    """Training losses and validation losses by kind and step."""
    return {
        (e["event"], e["step"]): e["train_loss"] if e["event"] == "step" else e["val_loss"]
        for e in events
        if e["event"] in ("step", "eval")
    }


@pytest.mark.parametrize("precision", PRECISIONS)
def test_stopped_at_any_step_the_losses_after_are_the_same_bit_for_bit(tmp_path, precision):
    config = replace(CONFIG, precision=precision, n_layer=1, probe="", sample_tokens=0)
    unbroken = losses(trainer(tmp_path / "whole", config).run())
    for k in range(config.steps):
        out = tmp_path / str(k)
        first = trainer(out, config)
        before = losses(first.run(lambda run=first, k=k: run.progress.step == k))
        torch.manual_seed(99)  # what others threw meanwhile
        second = trainer(out, config)
        second.resume()
        after = losses(second.run())
        steps = {key: loss for key, loss in (before | after).items() if key in unbroken}
        assert steps == unbroken
        assert {n for kind, n in after if kind == "step"} == set(range(k + 1, 13))
    last = [read_tensors(tmp_path / name / RESUME)[0] for name in ("whole", "5")]
    assert all(torch.equal(last[0][name], last[1][name]) for name in last[0])


def test_everything_is_back_before_the_first_step(tmp_path):
    first = trainer(tmp_path)
    list(first.run(lambda: first.progress.step == 5))
    save_state(first)
    rng = torch.get_rng_state()
    second = trainer(tmp_path)
    second.resume()
    assert second.progress == first.progress and second.batches.cursor == first.batches.cursor
    assert torch.equal(rng, torch.get_rng_state())
    for a, b in zip(first.optimizers, second.optimizers, strict=True):
        mine, other = a.state_dict()["state"], b.state_dict()["state"]
        assert mine.keys() == other.keys()
        assert all(torch.equal(mine[i][name], other[i][name]) for i in mine for name in mine[i])
    for a, b in zip(first.model.parameters(), second.model.parameters(), strict=True):
        assert torch.equal(a, b)


@pytest.mark.parametrize("k", [1, 3, 4, 5])
def test_early_stopping_remembers(tmp_path, k):
    """A look taken because the run was stopped does not count as one in vain."""
    config = replace(CONFIG, steps=None, lr=1e-30, eval_every=2, patience=3, max_steps=100)
    whole = list(trainer(tmp_path / "whole", config).run())
    first = trainer(tmp_path / "cut", config)
    list(first.run(lambda: first.progress.step == k))
    second = trainer(tmp_path / "cut", config)
    second.resume()
    events = list(second.run())
    assert events[-1]["reason"] == whole[-1]["reason"] == "early_stop"
    assert events[-1]["step"] == whole[-1]["step"]
    assert events[-1]["best_val_loss"] == whole[-1]["best_val_loss"]


def test_a_finished_run_takes_no_step(tmp_path):
    whole = list(trainer(tmp_path).run())
    again = trainer(tmp_path)
    again.resume()
    events = list(again.run())
    assert [e["event"] for e in events] == ["start", "checkpoint", "done"]
    for name in ("step", "reason", "val_loss", "best_val_loss", "best_step"):
        assert events[-1][name] == whole[-1][name]


@pytest.mark.parametrize(
    "change",
    [{"lr": 0.5}, {"n_layer": 1}, {"seed": 4}, {"dropout": 0.0}, {"steps": 13}, {"eval_every": 3}],
    ids=str,
)
def test_other_settings_are_refused_by_name(tmp_path, change):
    list(trainer(tmp_path).run())
    name, value = next(iter(change.items()))
    with pytest.raises(ValueError, match=f"{name} was .* and is {value}"):
        trainer(tmp_path, replace(CONFIG, **change)).resume()


def test_settings_that_change_no_loss_may_differ(tmp_path):
    list(trainer(tmp_path).run())
    trainer(tmp_path, replace(CONFIG, max_seconds=9.0, checkpoint_seconds=1.0)).resume()


def test_another_text_is_refused(tmp_path):
    list(trainer(tmp_path).run())
    with pytest.raises(ValueError, match="another text"):
        trainer(tmp_path, text=TEXT.replace("我", "你")).resume()


def test_without_a_checkpoint_there_is_nothing_to_resume(tmp_path):
    with pytest.raises(CheckpointError):
        trainer(tmp_path).resume()


def test_a_spoilt_state_is_refused(tmp_path):
    list(trainer(tmp_path).run())
    data = (tmp_path / RESUME).read_bytes()
    for spoilt in (
        data[:-1],
        data[:100],
        data[:500] + b"x" + data[501:],
        b"",
        (tmp_path / LAST).read_bytes(),
    ):
        (tmp_path / RESUME).write_bytes(spoilt)
        with pytest.raises(CheckpointError):
            trainer(tmp_path).resume()


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.endswith("}")]


@pytest.fixture
def settings():
    """main() sets signal handlers and the number of threads for its process, which here is the tests'."""
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)
    for name, handler in kept.items():
        signal.signal(name, handler)


def test_killed_in_the_middle_and_resumed_the_losses_are_the_same(tmp_path, settings, capsys):
    """A child process killed by SIGKILL, resumed, against a run that was let be."""
    corpus = tmp_path / "corpus.txt"
    corpus.write_text(TEXT, encoding="utf-8")
    words = "--n-layer 1 --n-head 2 --n-embd 8 --block-size 8 --batch-size 4 --dropout 0.2 --json"
    words += " --precision float32 --vocab-size 300 --steps 40 --eval-every 20 --sample-tokens 0"
    words += " --checkpoint-seconds 0 --threads 1"
    command = [str(corpus), *words.split()]
    out = tmp_path / "killed"
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, "-m", "train", *command, "--out", str(out)], cwd=ROOT, env=environment,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        for line in child.stdout:
            if json.loads(line)["step"] == 12:
                break
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    assert main([*command, "--out", str(out), "--resume"]) == 0
    resumed = lines(capsys.readouterr().out)
    assert main([*command, "--out", str(tmp_path / "whole")]) == 0
    whole = lines(capsys.readouterr().out)
    assert 11 <= resumed[0]["step"] < 40 and resumed[-1]["step"] == 40
    expected = {key: loss for key, loss in losses(whole).items() if key[1] > resumed[0]["step"]}
    assert losses(resumed) == expected
    logged = losses(lines((out / "log.jsonl").read_text(encoding="utf-8")))
    assert {k: v for k, v in logged.items() if k[0] == "step"} == {
        k: v for k, v in losses(whole).items() if k[0] == "step"
    }


def told(*given: tuple[int, Command], run):
    """Commands that come when the run is at their step."""
    waiting = list(given)

    def commands(seconds: float) -> Command | None:
        if waiting and run.progress.step >= waiting[0][0]:
            return waiting.pop(0)[1]
        return None

    return commands


@pytest.mark.parametrize("killed", [4, 5, 7])
def test_a_changed_learning_rate_is_kept_over_a_kill(tmp_path, killed):
    """At step 5 it is halved, at step 6 the run pauses; the losses are those of a run that was let be."""
    config = replace(CONFIG, n_layer=1, probe="", sample_tokens=0, checkpoint_seconds=0.0)
    given = [(5, Command("lr", 0.5)), (6, Command("pause")), (6, Command("resume"))]
    first = trainer(tmp_path / "whole", config)
    events = list(first.run(commands=told(*given, run=first)))
    assert [e["factor"] for e in events if e["event"] == "lr"] == [0.5]
    assert [e["event"] for e in events if e["event"] in ("paused", "resumed")] == ["paused", "resumed"]
    unbroken = losses(events)

    cut = trainer(tmp_path / "cut", config)
    before = []
    for event in cut.run(commands=told(*given, run=cut)):  # as if it were killed: no word after this step
        before.append(event)
        if event["event"] == "checkpoint" and event["step"] == killed:
            break
    again = trainer(tmp_path / "cut", config)
    again.resume()
    assert again.progress.lr_factor == (0.5 if killed == 7 else 1.0)
    left = given if again.progress.lr_factor == 1.0 else []
    start, *after = again.run(commands=told(*left, run=again))
    assert start["lr_factor"] == (0.5 if killed == 7 else 1.0)
    steps = {key: loss for key, loss in (losses(before) | losses(after)).items() if key in unbroken}
    assert steps == unbroken


def test_a_setting_that_is_new_since_had_its_default(tmp_path):
    refuse_changes({}, asdict(TrainConfig()))
    with pytest.raises(ValueError, match=r"lr was 0.02 and is 0.5"):
        refuse_changes({}, asdict(replace(TrainConfig(), lr=0.5)))
