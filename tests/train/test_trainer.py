import json
import math
import resource
import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from model.checkpoint import BEST, LAST, RESUME, VOCABULARY, load
from model.tokenizer import save_ranks
from tests.tiny import CONFIG, TEXT, bytes_tokenizer, random_gpt, trainer
from train import trainer as trainer_module
from train.control import Command
from train.data import split
from train.events import finite, to_line
from train.run import LOG, begin, logged, read_log
from train.trainer import Trainer
from train.watch import evaluation_loss


@pytest.fixture
def out(tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: None)  # waiting for the disk is not what is tested here
    save_ranks(bytes_tokenizer().ranks, tmp_path / VOCABULARY)
    return tmp_path


def kinds(events):
    return [event["event"] for event in events]


def test_the_events_of_a_run(out):
    events = list(trainer(out).run())
    assert kinds(events)[:3] == ["start", "checkpoint", "eval"]
    assert events[0]["parameters"] == 2 * 257 * 8 + 2 * 12 * 64
    assert events[0]["uniform_loss"] == pytest.approx(math.log(257))
    assert (events[0]["steps"], events[0]["tokens_per_step"]) == (12, 32)
    assert events[2]["val_loss"] == pytest.approx(math.log(257), rel=1e-6)
    assert events[2]["probe"]["top"][0]["p"] == pytest.approx(1 / 257)
    assert [e["step"] for e in events if e["event"] == "step"] == list(range(1, 13))
    assert [e["step"] for e in events if e["event"] == "eval"] == [0, 4, 8, 12]
    assert set(events[-1]) == {
        "event", "step", "reason", "train_loss", "val_loss", "best_val_loss", "best_step", "seconds"
    }  # fmt: skip
    assert (events[-1]["event"], events[-1]["step"], events[-1]["reason"]) == ("done", 12, "steps")
    assert events[-1]["val_loss"] == events[-1]["best_val_loss"] < math.log(257)
    assert events[-1]["best_step"] == 12
    for event in events:
        assert json.loads(to_line(event))["event"] == event["event"]
    assert load(out).info["step"] == 12 and load(out).model.config.dropout == 0.2


def test_the_first_loss_is_that_of_no_opinion_and_it_falls(out):
    losses = [
        e["train_loss"] for e in trainer(out, replace(CONFIG, steps=40, dropout=0.0)).run() if "lr" in e
    ]
    assert losses[0] == pytest.approx(math.log(257), rel=1e-6)
    assert np.mean(losses[-5:]) < 5.1


def test_wrong_settings_are_refused_all_at_once(out):
    with pytest.raises(ValueError, match=r"batch_size .*; .*lr"):
        trainer(out, replace(CONFIG, batch_size=0, lr=-1))


def test_an_open_end_stops_when_validation_loss_stops_falling(out):
    config = replace(CONFIG, steps=None, lr=1e-30, eval_every=2, patience=3, max_steps=100)
    events = list(trainer(out, config).run())
    assert events[-1]["reason"] == "early_stop" and events[-1]["best_step"] == 0
    assert events[-1]["step"] == 2 * (3 + 0) and (out / LAST).exists()


def test_a_number_of_steps_is_kept_to_whatever_validation_says(out):
    config = replace(CONFIG, steps=10, lr=1e-30, eval_every=1, patience=1)
    assert list(trainer(out, config).run())[-1]["reason"] == "steps"
    config = replace(config, early_stop=True)
    assert list(trainer(out, config).run())[-1]["reason"] == "early_stop"


def test_it_can_be_stopped_and_keeps_what_it_has(out):
    run = trainer(out)
    events = list(run.run(lambda: run.progress.step == 3))
    assert (events[-1]["reason"], events[-1]["step"]) == ("stopped", 3)
    assert load(out / LAST).info["step"] == 3
    events = list(trainer(out, replace(CONFIG, max_seconds=0.0)).run())
    assert (events[-1]["reason"], events[-1]["step"]) == ("time", 0)


def test_minutes_become_steps(out):
    run = trainer(out, replace(CONFIG, steps=None))
    before = [p.clone() for p in run.model.parameters()]
    rng, cursor = torch.get_rng_state(), run.batches.cursor
    run.set_minutes(0.001)
    assert run.config.steps == run.progress.steps >= 1
    assert all(torch.equal(a, b) for a, b in zip(before, run.model.parameters(), strict=True))
    assert torch.equal(rng, torch.get_rng_state()) and cursor == run.batches.cursor
    assert all(p.grad is None for p in run.model.parameters())
    for wrong in (0, -1, math.nan, math.inf):
        with pytest.raises(ValueError, match="minutes"):
            run.set_minutes(wrong)


def spoil(run: Trainer, step: int, what: str):
    """Make the loss, a gradient or a weight no number at a step."""
    honest = run._backward

    def backward():
        loss = honest()
        if run.progress.step + 1 == step:
            weight = run.model.head.weight
            if what == "weight":
                weight.data[0, 0] = math.nan
            elif what == "gradient":
                weight.grad[0, 0] = math.nan
            else:
                return loss * math.nan
        return loss

    run._backward = backward


@pytest.mark.parametrize("what", ["loss", "gradient", "weight"])
@pytest.mark.parametrize("step", [1, 4, 6, 12])
def test_what_is_no_number_ends_the_run_and_spoils_no_checkpoint(out, what, step):
    run = trainer(out, replace(CONFIG, checkpoint_seconds=0.0))
    spoil(run, step, what)
    events = list(run.run())
    assert (events[-1]["event"], events[-1]["cause"]) == ("failed", "non_finite_loss")
    assert step <= events[-1]["step"] <= step + 1
    assert load(out / LAST).info["step"] == step - 1
    assert all(p.isfinite().all() for p in load(out / LAST).model.parameters())
    assert all(json.loads(to_line(event)) for event in events)


@pytest.mark.parametrize("lr", [1e6, 1e30])
def test_a_learning_rate_far_too_high(out, lr):
    events = list(trainer(out, replace(CONFIG, lr=lr, warmup=0)).run())
    assert events[-1]["event"] == ("failed" if lr == 1e30 else events[-1]["event"])
    assert all(p.isfinite().all() for p in load(out).model.parameters())
    assert all(json.loads(to_line(event)) for event in events)


def test_a_pause_ends_by_itself_and_does_not_count_as_training(out, monkeypatch):
    monkeypatch.setattr(trainer_module, "PAUSE_SECONDS", 0.3)
    monkeypatch.setattr(trainer_module, "PAUSE_LOOKS", 0.05)
    run = trainer(out, replace(CONFIG, sample_tokens=0))
    given = [Command("pause"), Command("pause")]

    def commands(seconds):
        time.sleep(seconds)
        return given.pop() if seconds == 0 and given and run.progress.step == 3 else None

    events = list(run.run(commands=commands))
    assert [(e["event"], e["step"]) for e in events if e["event"] in ("paused", "resumed")] == [
        ("paused", 3),
        ("resumed", 3),
    ]  # the second one comes when all of a run's pause is used up
    assert not next(e for e in events if e["event"] == "resumed")["asked"]
    assert run.progress.paused >= 0.3 and events[-1]["step"] == 12
    assert load(out / LAST).info["step"] == 12
    took = [e["seconds"] for e in events if e["event"] == "step"]
    assert took[3] - took[2] < 0.25


def test_a_paused_run_can_be_stopped(out):
    run, asked = trainer(out), iter([Command("pause")])
    events = list(run.run(lambda: run.progress.paused > 0, lambda seconds: next(asked, None)))
    assert events[-1]["reason"] == "stopped"


def test_a_learning_rate_that_is_multiplied_is_the_one_that_is_told(out):
    config = replace(CONFIG, warmup=0, decay=0.0, sample_tokens=0)
    run = trainer(out, config)
    asked = [Command("lr", 0.5), Command("lr", 0.5)]

    def commands(seconds):
        return asked.pop() if asked and run.progress.step == 6 else None

    events = list(run.run(commands=commands))
    rates = [e["lr"] for e in events if e["event"] == "step"]
    assert rates == pytest.approx([0.02] * 6 + [0.005] * 6)
    assert [e["factor"] for e in events if e["event"] == "lr"] == [0.5, 0.25]


@pytest.mark.parametrize(
    "error", [MemoryError("x"), RuntimeError("DefaultCPUAllocator: can't allocate memory")]
)
def test_out_of_memory_is_told_as_such(out, monkeypatch, error):
    run = trainer(out)

    def backward():
        raise error

    monkeypatch.setattr(run, "_backward", backward)
    *_, last = run.run()
    assert (last["event"], last["cause"]) == ("failed", "memory") and (out / LAST).exists()
    monkeypatch.setattr(run, "_backward", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(run.run())


def test_a_look_tells_bytes_exercises_and_the_map(out):
    tokenizer = bytes_tokenizer(word.encode() for word in "我早累爽。")
    parts = split(tokenizer, TEXT.split("\n\n"), CONFIG.block_size)
    events = list(Trainer(CONFIG, tokenizer, *parts, out).run())
    looks = [e for e in events if e["event"] == "eval"]
    tokens = events[0]["map_tokens"]
    assert {bytes.fromhex(one["bytes"]).decode() for one in tokens} == set("我早累爽")
    for look in looks:
        written = bytes.fromhex(look["written"])
        assert "我早" + written.decode("utf-8", "replace") == look["sample"]
        assert 1 <= len(look["batch"]) <= 4
        assert all(len(row["tokens"]) == len(row["bits"]) + 1 <= 25 for row in look["batch"])
        assert len(look["map"]["points"]) == len(tokens) and 0 <= look["map"]["share"] <= 1
    assert looks[0]["batch"][0]["bits"] == pytest.approx([math.log2(262)] * 8, abs=0.01)
    told = next(e for e in events if e["event"] == "map")["points"]
    assert set(told) == {str(look["step"]) for look in looks}
    assert told[str(looks[-1]["step"])] == looks[-1]["map"]["points"]


def test_the_exercises_shown_are_those_that_come_next(out):
    run = trainer(out)
    run.batches.next()
    cursor = run.batches.cursor
    shown = run._exercises()
    assert run.batches.cursor == cursor
    inputs, _ = run.batches.next()
    assert shown[0]["tokens"][:-1] == [bytes_tokenizer().token_bytes(i).hex() for i in inputs[0]]


def test_a_full_disk_is_told_and_training_goes_on(out):
    list(trainer(out, replace(CONFIG, steps=4)).run())
    expected = load(out / LAST).model.head.weight
    run = trainer(out)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        events = list(run.run())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {e["cause"] for e in events if e["event"] == "failed"} == {"disk_full"}
    assert events[-1]["event"] == "done" and events[-1]["step"] == 12
    assert torch.equal(load(out / LAST).model.head.weight, expected)
    assert not list(out.glob("*.part"))


def test_a_run_may_begin_with_the_weights_of_another(out):
    init = random_gpt()
    run = Trainer(CONFIG, bytes_tokenizer(), trainer(out).training, trainer(out).validation, out, init=init)
    assert all(torch.equal(a, b) for a, b in zip(init.parameters(), run.model.parameters(), strict=True))


def test_validation_loss_is_the_mean_over_its_windows(out):
    run = trainer(out, replace(CONFIG, eval_windows=3))
    run.model.load_state_dict(random_gpt().state_dict())
    ids = run.validation.ids.astype(np.int64)
    rows = torch.from_numpy(np.stack([ids[8 * i : 8 * i + 9] for i in range(3)]))
    expected = run.model.eval()(rows[:, :-1], rows[:, 1:])[1].item()
    assert evaluation_loss(run.model, run.validation, run.config, "cpu") == pytest.approx(expected, rel=1e-6)


def test_a_log_forgets_what_a_resumed_run_lives_again(tmp_path):
    events = [{"event": "step", "step": n, "train_loss": math.nan} for n in range(1, 6)]
    list(logged(iter(events), tmp_path, 0))
    with open(tmp_path / LOG, "a", encoding="utf-8") as log:
        log.write('{"event": "st')  # killed while writing
    assert [e["step"] for e in read_log(tmp_path / LOG)] == [1, 2, 3, 4, 5]
    list(logged(iter(events[3:]), tmp_path, 3))
    assert [e["step"] for e in read_log(tmp_path / LOG)] == [1, 2, 3, 4, 5]
    assert next(iter(read_log(tmp_path / LOG)))["train_loss"] is None
    list(logged(iter(events[:1]), tmp_path, 0))
    assert [e["step"] for e in read_log(tmp_path / LOG)] == [1]


def test_a_new_run_keeps_nothing_of_an_earlier_one(out):
    list(trainer(out).run())
    begin(out, bytes_tokenizer([b"ab"]))
    assert not any((out / name).exists() for name in (BEST, LAST, RESUME))
    assert (out / VOCABULARY).exists()


def test_json_has_no_word_for_nan():
    assert finite({"a": [math.nan, {"b": (math.inf, 1)}], "c": "x", "d": None}) == {
        "a": [None, {"b": [None, 1]}], "c": "x", "d": None
    }  # fmt: skip


def test_a_log_that_finds_no_room_does_not_end_the_run(out, monkeypatch):
    events = [{"event": "step", "step": n, "train_loss": 1.0} for n in range(1, 6)]

    def to_line(event):
        if event["step"] == 3:
            raise OSError(28, "No space left on device")
        return json.dumps(event)

    monkeypatch.setattr("train.run.to_line", to_line)
    said = list(logged(iter(events), out, 0))
    assert [e["step"] for e in said] == [1, 2, 3, 3, 4, 5] and said[3]["cause"] == "disk_full"
