import io
import json
import math
import signal

import pytest
import torch

from model.checkpoint import BEST, LAST, RESUME, VOCABULARY, load
from tests.tiny import TEXT
from train.commands import main

SIZE = (
    "--n-layer 1 --n-head 2 --n-embd 8 --block-size 8 --batch-size 4 --precision float32 --threads 1".split()
)
SIZE += "--sample-tokens 1 --eval-windows 2 --eval-every 3".split()


@pytest.fixture(autouse=True)
def process(monkeypatch):
    """main() sets handlers of signals and the number of threads for its process, which here is the tests'."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)
    for name, handler in kept.items():
        signal.signal(name, handler)


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "run"


@pytest.fixture
def train(corpus, out, capsys):
    def call(*words: str) -> list[dict]:
        assert main([str(corpus), "--out", str(out), *SIZE, "--json", *words]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


def refused(capsys, *words: str) -> str:
    assert main([*words]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1
    return told.err


def test_a_run_writes_an_event_a_line(train, out):
    events = train("--steps", "4", "--probe", "我")
    assert [e["event"] for e in events] == (
        "start checkpoint eval step step step eval checkpoint step eval checkpoint checkpoint map done"
    ).split()
    assert all(isinstance(e["step"], int) for e in events)
    assert events[0]["uniform_loss"] == pytest.approx(math.log(8192))
    assert {"train_loss", "lr", "tokens_per_second", "seconds", "seconds_left", "epoch"} < set(events[3])
    assert {"val_loss", "train_loss", "best", "probe", "sample"} < set(events[2])
    top = events[2]["probe"]["top"]
    assert sum(row["p"] for row in top) + events[2]["probe"]["rest"] == pytest.approx(1, abs=1e-6)
    assert events[-1]["train_loss"] and events[-1]["val_loss"]
    assert [
        json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    ] == events
    assert {p.name for p in out.iterdir()} == {BEST, LAST, RESUME, "log.jsonl"}


def test_a_vocabulary_of_its_own_is_kept_beside(train, out, corpus, capsys):
    events = train("--steps", "2", "--vocab-size", "300")
    assert events[0]["uniform_loss"] <= math.log(300)
    assert load(out).tokenizer.vocab_size <= 300 and (out / VOCABULARY).exists()
    assert train("--steps", "2", "--resume")[-1]["step"] == 2  # it is found again
    train("--steps", "2")  # a new run in the same place, with the shipped vocabulary
    assert not (out / VOCABULARY).exists() and load(out).tokenizer.vocab_size == 8192
    refused(capsys, str(corpus), "--out", str(out), "--vocab-size", "256")
    assert load(out).tokenizer.vocab_size == 8192  # what was refused has spoilt nothing


def test_a_finished_run_takes_no_step(train):
    train("--steps", "3")
    events = train("--steps", "3", "--resume")
    assert [e["event"] for e in events] == ["start", "checkpoint", "done"]
    assert events[-1]["step"] == 3


def test_other_settings_are_refused_and_nothing_is_lost(train, out, corpus, capsys):
    train("--steps", "3")
    files = {p.name: p.read_bytes() for p in out.iterdir()}
    words = [str(corpus), "--out", str(out), "--resume"]
    assert "lr was 0.02 and is 0.5" in refused(capsys, *words, "--lr", "0.5")
    assert "steps was 3 and is 9" in refused(capsys, *words, "--steps", "9")
    assert "vocabulary" in refused(capsys, *words, "--vocab-size", "300")
    corpus.write_text(TEXT.replace("我", "你"), encoding="utf-8")
    assert "another text" in refused(capsys, *words)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == files


def test_a_run_killed_before_its_first_checkpoint_begins_anew(train):
    assert train("--steps", "2", "--resume")[-1]["step"] == 2


def test_minutes_become_steps_that_are_stored(train):
    events = train("--minutes", "0.0005")
    assert events[0]["config"]["steps"] == events[0]["steps"] == events[-1]["step"] >= 1
    assert train("--resume")[0]["steps"] == events[0]["steps"]


@pytest.mark.parametrize("minutes", ["0", "-1", "nan", "inf"])
def test_minutes_that_are_none_are_refused(corpus, out, capsys, minutes):
    assert "minutes" in refused(capsys, str(corpus), "--out", str(out), *SIZE, "--minutes", minutes)


def test_all_wrong_settings_are_told_at_once(corpus, out, capsys):
    told = refused(capsys, str(corpus), "--out", str(out), "--lr", "-1", "--batch-size", "0", "--seed", "-1")
    assert "lr" in told and "batch_size" in told and "seed" in told


@pytest.mark.parametrize(
    "data, told",
    [(b"", "文本太短"), ("短".encode(), "too short"), (b"\x89PNG\r\n", "PNG"), (b"a\0b", "UTF-8")],
    ids=["empty", "short", "png", "nul"],
)
def test_a_corpus_that_will_not_do_gets_one_sentence(tmp_path, out, capsys, data, told):
    (tmp_path / "a").write_bytes(data)
    assert told in refused(capsys, str(tmp_path / "a"), "--out", str(out))


def test_a_missing_corpus_and_an_impossible_folder_get_one_sentence(tmp_path, corpus, out, capsys):
    assert "打不开文件" in refused(capsys, str(tmp_path / "none"), "--out", str(out))
    refused(capsys, str(corpus), "--out", str(corpus))


def test_a_failed_run_exits_with_1(corpus, out, capsys):
    words = [str(corpus), "--out", str(out), *SIZE, "--steps", "9", "--lr", "1e30", "--json"]
    assert main(words) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["cause"] == "non_finite_loss"
    assert all(p.isfinite().all() for p in load(out).model.parameters())


def test_without_json_there_is_a_bar(corpus, out, capsys):
    assert main([str(corpus), "--out", str(out), *SIZE, "--steps", "3"]) == 0
    told = capsys.readouterr()
    assert told.out == "" and "validation loss" in told.err and "tokens/s" in told.err


def test_it_stops_when_standard_input_ends(train, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    events = train("--steps", "5000", "--watch-stdin")
    assert (events[-1]["event"], events[-1]["reason"]) == ("done", "stopped")


def test_evaluate(train, out, corpus, capsys):
    train("--steps", "2")
    assert main(["evaluate", str(corpus), "--model", str(out), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"bits_per_byte", "bits_per_char", "loss", "tokens", "characters", "bytes"}
    found = TEXT.split("\n\n")
    assert report["characters"] == sum(map(len, found)) and report["bytes"] == sum(
        len(d.encode()) for d in found
    )
    assert report["bits_per_byte"] * report["bytes"] == pytest.approx(
        report["bits_per_char"] * report["characters"]
    )
    assert main(["evaluate", str(corpus), "--model", str(out)]) == 0
    assert "bits_per_byte" in capsys.readouterr().out


def test_evaluating_nothing_or_with_nothing_gets_one_sentence(tmp_path, corpus, capsys):
    assert "There is no model file" in refused(
        capsys, "evaluate", str(corpus), "--model", str(tmp_path / "none")
    )
