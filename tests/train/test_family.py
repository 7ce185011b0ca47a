"""Figures of the shipped models: a training in parts, near-duplicates, and the card made of them."""

import json
import random
from collections import Counter

import pytest

from model import XIAOBAI, load
from tests.fakes import FakePredictor
from train import card, mix
from train.compare import PLAIN_NEW, by_source
from train.duplicates import PIECE, near_duplicates
from train.family import FAMILY, read_family, read_run, thinned, training
from train.mix import Source


def write_log(folder, steps, *, first=0, batch_size=4, seconds=1.0):
    folder.mkdir(exist_ok=True)
    config = {
        "batch_size": batch_size, "block_size": 8, "lr": 0.02, "warmup": 0, "decay": 0.5,
        "weight_decay": 0.0, "seed": 1, "precision": "float32",
    }  # fmt: skip
    events = [{"event": "start", "step": first, "config": config}]
    for step in range(first + 1, steps + 1):
        told = {"train_loss": 9.0 - step / 10, "seconds": seconds * step, "epoch": step / 10}
        events.append({"event": "step", "step": step, **told})
    events.append({"event": "eval", "step": steps, "val_loss": 5.0})
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.writelines(json.dumps(event) + "\n" for event in events)
    return folder


def test_two_parts_make_one_curve_over_the_tokens_read(tmp_path):
    first, last = write_log(tmp_path / "a", 10), write_log(tmp_path / "b", 5, seconds=2.0)
    told = training([first, last])
    assert told["tokens"] == 15 * 32 and told["hours"] == pytest.approx(20 / 3600)
    assert [part["steps"] for part in told["parts"]] == [10, 5]
    assert [x for x, _ in told["train"]] == [32 * (i + 1) for i in range(15)]
    assert told["validation"] == [[320, 5.0], [480, 5.0]]


def test_later_parts_go_on_where_the_known_ones_end(tmp_path):
    folders = [write_log(tmp_path / name, steps) for name, steps in (("a", 10), ("b", 5), ("c", 20))]
    assert training(folders[2:], training(folders[:2])) == training(folders)


def test_steps_that_a_resumed_run_did_again_count_once(tmp_path):
    folder = write_log(tmp_path / "a", 8)
    write_log(folder, 12, first=5)
    run = read_run(folder)
    assert run.steps == 12 and len(run.train) == 12 and run.seconds == 12.0


def test_a_long_curve_is_thinned_to_means():
    points = [[i, float(i)] for i in range(1, 1001)]
    short = thinned(points, 1000, most=10)
    assert [x for x, _ in short] == [100 * i for i in range(1, 11)]
    assert short[0][1] == pytest.approx(50.5)


def test_a_copy_with_a_changed_end_is_a_near_duplicate_and_a_new_text_is_not():
    letters = random.Random(0)
    story, other = ("".join(letters.choices("天地人你我他", k=200)) for _ in range(2))
    changed = story[:150] + "，" + other[:50]
    assert near_duplicates([story, other, "短"], [changed]) == [True, False, False]
    assert near_duplicates([story], ["\n".join(story[i : i + 5] for i in range(0, 200, 5))]) == [True]
    assert near_duplicates([story], [story[: PIECE - 1]]) == [False]


def test_plain_text_is_measured_with_and_without_near_duplicates():
    plain = Source("a.txt", 1, "zh-Hans", "plain: x", 1, 1, "CC0", "here", "-")
    other = Source("b.txt", 1, "en", "x", 1, 1, "CC0", "here", "-")
    exam = [(plain, ["周一上班", "周一真的很"], [True, False]), (other, ["The sun"], [False])]
    figures = by_source(FakePredictor(), exam)
    assert set(figures) == {"a.txt", "b.txt", "zh", "en", "all", "plain", PLAIN_NEW}
    assert figures["plain"]["characters"] == 9 and figures[PLAIN_NEW]["characters"] == 5


def test_no_example_is_a_thousandth_of_what_was_read():
    family = {one["name"]: one for one in read_family()["models"]}
    standing = card.standing(family["xiaobai"]["training"]["tokens"])
    assert standing["太阳从"][0] > 100
    often = {prompt for prompt, (_, share) in standing.items() if share > 0.001}
    assert often == {"人", "妈妈"}  # words that no Chinese text does without


@pytest.mark.skipif(not (FAMILY.exists() and XIAOBAI.exists()), reason="the models have not been measured")
def test_the_card_says_what_was_measured():
    family = read_family()
    shown = json.loads(card.SHOWN.read_text(encoding="utf-8"))
    assert card.CARD.read_text(encoding="utf-8") == card.card(family, shown)
    assert all(source.file in card.manifest(mix.sources()) for source in mix.sources())


def test_what_the_parts_read_adds_up():
    passes = [part["passes"] for part in shipped()[-1]["training"]["parts"]]
    assert len(passes) == len(mix.PARTS)
    times = Counter()
    for part, done in zip(mix.PARTS, passes, strict=True):
        for source in mix.sources(part=part):
            times[source.file] += done * source.weight
    assert {s.file: s.weight for s in mix.sources()} == pytest.approx(times, rel=0.02)


def shipped():
    """The GPTs of the family that ship, smallest first, as they were measured."""
    return [one for one in read_family()["models"] if one["parameters"]]


def test_held_out_loss_falls_with_size():
    models = shipped()
    sizes = [one["parameters"] for one in models]
    assert len(models) > 1 and sizes == sorted(sizes)
    for figure in ("bits_per_char_zh_plain", "bits_per_byte_en"):
        losses = [one[figure] for one in models]
        assert losses == sorted(losses, reverse=True), figure


def test_what_was_measured_is_what_ships():
    for one in shipped():
        path = XIAOBAI.with_name(f"{one['name']}.safetensors")
        assert path.stat().st_size == one["bytes"], one["name"]
        assert load(path).model.num_params() == one["parameters"]


def test_xiaobais_probabilities_keep_their_word():
    report = shipped()[-1]["calibration"]
    assert report["tokens"] >= 100_000 and len(report["bins"]) == 15
    gaps = sum(b["count"] * abs(b["accuracy"] - b["confidence"]) for b in report["bins"] if b["count"])
    assert report["ece"] == pytest.approx(gaps / report["tokens"]) and report["ece"] <= 0.02
