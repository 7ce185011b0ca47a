"""Orders of the training tab: lessons and their proportions, settings, estimates, texts of one's own."""

import base64
import os
import re
import sys
import threading

import pytest

from lesson import training
from lesson.estimate import MOST_MEMORY, Speeds, memory, multiplications, parameters
from lesson.own_text import OWN_LEAST, OWN_MOST, own_text
from lesson.presets import BAD, GOOD, MONDAY, MONDAYS, lessons, weekdays
from lesson.settings import SETTINGS, Settings, settings
from lesson.text_facts import about_tokens, vocabulary_size
from lesson.training import SIZES, Desk
from lesson.ui.training_order import receive, weigh, weighed
from lesson.words import Refusal
from model.gpt import GPT
from tests.fakes import HOSTILE
from train.config import TrainConfig
from train.corpus import documents, held_out
from train.speed import seconds_a_step
from train.trainer import gpt_config
from train.vocabulary import train_tokenizer

LIMIT = 90.0
POEM = "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n\n春眠不觉晓，处处闻啼鸟。\n\n"


def quick(config: TrainConfig, vocab_size: int) -> float:
    """A machine that takes 10 ms and a tenth of a nanosecond for each product, whatever they are."""
    shape = training.Shape(config.n_layer, config.n_head, config.n_embd, vocab_size)
    return 0.01 + 1e-10 * multiplications(shape, config.block_size) * config.tokens_per_step


@pytest.fixture(scope="module")
def desk():
    return Desk(lessons(), Speeds(quick), LIMIT)


def sent(text, typed=True):
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    return {"bytes": base64.b64encode(data).decode(), "typed": typed}


def asked(lesson="moods", size="small", **more):
    return {"lesson": lesson, "size": size, "probe": "", **more}


# ---- lessons ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0, 1, 20, 37, 50, 99, 100])
def test_a_text_has_exactly_the_share_that_was_asked_for(share):
    text = weekdays(share)
    assert text.count(MONDAY + GOOD) == MONDAYS * share // 100
    assert text.count(MONDAY + GOOD) + text.count(MONDAY + BAD) == text.count(MONDAY) == MONDAYS


@pytest.mark.parametrize("share", [20, 50, 80])
def test_any_stretch_of_it_has_that_share_and_no_monday_is_held_out(share):
    mondays = [d for d in documents(weekdays(share)) if d.startswith(MONDAY)]
    assert not any(held_out(d) for d in mondays)
    for start in range(0, MONDAYS - 50, 25):
        good = sum(d.startswith(MONDAY + GOOD) for d in mondays[start : start + 50])
        assert abs(good - share / 2) <= 1


def test_every_lesson_can_be_ordered_in_every_size_within_the_limit(desk):
    for lesson in desk.lessons:
        for size in SIZES:
            order = desk.order(asked(lesson.id, size.id))
            assert order.text == lesson.text and f"--probe={lesson.probe}" in order.options


def test_the_slider_makes_the_text(desk):
    assert desk.order(asked(share=70)).text == weekdays(70)
    for wrong in (-1, 101, 0.5, "20", True):
        with pytest.raises(Refusal):
            desk.order(asked(share=wrong))


def test_lessons_say_what_to_watch_for_and_begin_with_a_known_size(desk):
    assert {lesson.size for lesson in desk.lessons} <= {size.id for size in SIZES}
    assert [lesson.id for lesson in desk.lessons if lesson.goes_wrong] == ["by_heart", "taste", "too_fast"]
    for lesson in desk.lessons:
        assert lesson.aim.zh.endswith("。") and lesson.aim.en.endswith(".")
        assert len(lesson.probe) <= training.MOST_PROBE


def test_tokens_are_estimated_within_a_sixth(desk):
    for lesson in desk.lessons:
        if len(lesson.text) > 100_000:
            continue  # slow to count; the estimate was made on them
        found = documents(lesson.text)
        tokenizer = train_tokenizer(found, vocabulary_size(lesson.text))
        real = sum(len(tokenizer.encode(d)) + 1 for d in found)
        assert about_tokens(lesson.text) == pytest.approx(real, rel=1 / 6)


# ---- settings -----------------------------------------------------------------------------------------


def test_settings_are_options_of_the_command(desk):
    known = {f"--{name.replace('_', '-')}" for name in TrainConfig.__dataclass_fields__} | {"--vocab-size"}
    order = desk.order(asked("too_fast", settings={"early_stop": True, "lr": 0.5, "seed": 7}))
    assert {option.split("=")[0] for option in order.options} <= known
    assert {"--early-stop", "--lr=0.5", "--seed=7", "--warmup=200"} <= set(order.options)
    assert "--no-early-stop" in desk.order(asked()).options


def test_every_setting_has_a_field_a_meaning_and_a_usual_value_that_passes():
    for control in SETTINGS:
        assert control.name in TrainConfig.__dataclass_fields__ and control.note.zh and control.note.en
        assert control.parse(control.default) == getattr(Settings(), control.name) == control.default


@pytest.mark.parametrize("control", SETTINGS, ids=lambda control: control.name)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 1e18, "7", None, [1], {}])
def test_wrong_settings_get_one_sentence(desk, control, value):
    with pytest.raises(Refusal) as refusal:
        desk.plan(asked(settings={control.name: value}), None)
    assert control.title.zh in refusal.value.text.zh and control.title.en in refusal.value.text.en


def test_settings_that_are_no_record_are_refused(desk):
    for wrong in ([], "x", 3):
        with pytest.raises(Refusal):
            desk.plan(asked(settings=wrong), None)


def test_unknown_settings_never_reach_the_command(desk):
    order = desk.order(asked(settings={"out": "/", "max_seconds": 1e9}))
    assert not any(option.startswith(("--out", "--max-seconds")) for option in order.options)
    assert settings({"out": 1}, {}) == Settings()


# ---- estimates ----------------------------------------------------------------------------------------


def test_parameters_are_those_of_the_model(desk):
    for size in SIZES:
        config = TrainConfig(n_layer=size.n_layer, n_head=size.n_head, n_embd=size.n_embd)
        assert parameters(size.shape(640)) == GPT(gpt_config(config, 640)).num_params()


def test_the_estimate_follows_steps_batch_and_context(desk):
    def seconds(**changed):
        return desk.plan(asked(settings=changed), None).estimate.seconds

    hundred = seconds(steps=200) - seconds(steps=100)
    assert seconds(steps=300) - seconds(steps=200) == pytest.approx(hundred) and hundred > 1
    assert seconds(batch_size=64) > seconds(batch_size=32)
    assert seconds(block_size=64) > seconds(block_size=32)


def test_an_estimate_is_what_the_machine_takes():
    size = SIZES[0]
    speeds = Speeds(quick)
    other = Settings(block_size=64, batch_size=8, steps=1000)
    config = TrainConfig(n_layer=2, n_embd=64, block_size=64, batch_size=8)
    estimate = speeds.estimate(size.shape(2048), other, size.usual(0))
    assert estimate.seconds_a_step == pytest.approx(quick(config, 2048) + 0.003, rel=0.02)


def test_too_much_is_refused_and_the_sum_is_shown(desk):
    plan = desk.plan(asked(settings={"steps": 50_000}), None)
    zh, en = plan.refusal.zh, plan.refusal.en
    steps, each, total, limit = re.search(
        r"([\d,]+) 步 × ([\d.]+) 秒 = ([\d,]+) 秒，超过这里的 (\d+) 秒", zh
    ).groups()  # type: ignore[union-attr]
    assert int(steps.replace(",", "")) * float(each) == pytest.approx(float(total.replace(",", "")), rel=0.02)
    assert limit == "90" and total in en
    with pytest.raises(Refusal) as refusal:
        desk.order(asked(settings={"steps": 50_000}))
    assert refusal.value.text == plan.refusal


def test_without_a_limit_nothing_is_too_much(desk):
    free = Desk(desk.lessons, Speeds(quick), None)
    most = {"steps": 100_000, "batch_size": 128, "block_size": 256}
    assert free.plan(asked(size="large", settings=most), None).refusal is None
    assert "--steps=100000" in free.order(asked(size="large", settings=most)).options


def test_more_memory_than_allowed_is_refused(desk):
    big = Settings(block_size=256, batch_size=128, steps=1)
    assert memory(SIZES[2].shape(4096), big) > MOST_MEMORY > memory(SIZES[2].shape(4096), Settings())
    plan = desk.plan(asked(size="large", settings={"block_size": 256, "batch_size": 128, "steps": 1}), None)
    assert "MB" in plan.refusal.zh and "1,500" in plan.refusal.en


def test_a_slow_machine_gets_shorter_lessons_not_refusals(desk):
    slow = Desk(desk.lessons, Speeds(lambda config, vocabulary: 20 * quick(config, vocabulary)), LIMIT)
    plan = slow.plan(asked("stories_zh", "large"), None)
    assert plan.refusal is None and plan.settings.steps < 340 and plan.estimate.seconds <= LIMIT
    assert slow.plan(asked("stories_zh", "large", settings={"steps": 340}), None).refusal is not None


def test_a_machine_is_measured_once_for_each_size():
    called = []
    speeds = Speeds(lambda config, vocabulary: called.append(config) or quick(config, vocabulary))
    desk = Desk(lessons()[:1], speeds, LIMIT)
    assert desk.plan(asked(), None, wait=False).estimate is None and called == []
    for _ in range(3):
        desk.plan(asked(), None)
    assert len(called) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priorities of their own here")
def test_measuring_steps_back_behind_all_others():
    seen = []

    def measure(config, vocabulary):
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return quick(config, vocabulary)

    desk = Desk(lessons()[:1], Speeds(measure), LIMIT)
    plan = desk.plan(asked(), None, wait=False)
    mine = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=desk.measure, args=(plan,))
    thread.start()
    thread.join()
    assert seen == [10, 10] and os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == mine


def test_a_real_step_is_measured():
    tiny = TrainConfig(n_layer=1, n_head=1, n_embd=4, block_size=4, batch_size=2)
    assert 0 < seconds_a_step(tiny, 16, tries=1) < 5


def test_weighing_answers_what_the_form_shows(desk):
    told = weighed(desk.plan(asked("by_heart"), None))
    assert told["settings"]["early_stop"] and len(told["parameters"]) == len(SIZES) and not told["measuring"]
    assert '"answer":7' in weigh(desk, None, {**asked(), "answer": 7})
    assert "请先选" in weigh(desk, None, ["nonsense"])


# ---- texts of one's own -------------------------------------------------------------------------------


def test_a_typed_text_is_trained_on_with_its_own_vocabulary(desk):
    own = receive(sent(POEM * 20))
    order = desk.order(asked("own"), own)
    assert order.text == (POEM * 20).strip() + "\n" and order.probe == "床前明月"
    assert f"--vocab-size={own.facts.vocabulary}" in order.options and own.encoding == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_file_is_read_strictly_and_previewed(encoding):
    own = receive(sent((POEM * 20).encode(encoding), typed=False))
    assert own.text == (POEM * 20).strip() + "\n"
    assert own.encoding == ("GB18030" if encoding.startswith("gb") else "UTF-8")
    assert own.preview()[0].startswith("床前明月光") and len(own.preview()) <= 4


def test_what_cannot_be_seen_is_seen_before_it_is_learnt():
    own = receive(sent(("\u202e今天 天气\u200b很好。" + POEM * 20).encode(), typed=False))
    assert own.preview()[0].startswith("⟨U+202E⟩今天 天气⟨U+200B⟩很好。")
    assert own.characters == len(own.text.strip())


@pytest.mark.parametrize(
    "data, zh, en",
    [
        (b"PK\x03\x04" + b"x" * 900, "Word", "paste"), (b"%PDF-1.7" + b"x" * 900, "PDF", "paste"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 900, "PNG", ".txt"),
        (("\ufeff" + POEM * 20).encode("utf-16-le"), "UTF-16", "UTF-8"),
        ((POEM * 20).encode("utf-16-le"), "UTF-8", "UTF-8"),
        (bytes(range(256)) * 9, "UTF-8", "UTF-8"), (b"\0" * 999, "UTF-8", "UTF-8"),
    ],
    ids="docx pdf png utf16 utf16bare binary zeros".split(),
)  # fmt: skip
def test_other_files_are_refused_with_what_to_do(data, zh, en):
    with pytest.raises(Refusal) as refusal:
        receive(sent(data, typed=False))
    assert zh in refusal.value.text.zh and en in refusal.value.text.en and "请" in refusal.value.text.zh


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "至少"), ("短", "至少"), ("字" * (OWN_LEAST - 1), "至少"), ("字" * OWN_LEAST, "重复"),
        ("读写听说\x07\x1b" * OWN_LEAST, "控制字符"), ("一二三四" * (OWN_MOST // 12) + "五六", "最多"),
    ],
)  # fmt: skip
def test_typed_texts_that_cannot_be_trained_on_get_one_sentence(text, says):
    with pytest.raises(Refusal) as refusal:
        receive(sent(text))
    assert says in refusal.value.text.zh and refusal.value.text.en


@pytest.mark.parametrize(
    "data", [None, {}, [], {"bytes": 3}, {"bytes": "%%%"}, {"bytes": "汉字"}, {"bytes": None}]
)
def test_what_is_no_text_at_all_is_refused(data):
    with pytest.raises(Refusal):
        receive(data)


def test_far_too_much_is_not_even_decoded():
    with pytest.raises(Refusal) as refusal:
        own_text("A" * 10_000_000, typed=True)
    assert "7,500,000" in refusal.value.text.zh


def test_an_own_text_that_was_never_sent_is_asked_for(desk):
    with pytest.raises(Refusal) as refusal:
        desk.order(asked("own"))
    assert ".txt" in refusal.value.text.zh


def test_hostile_text_is_cleaned_on_its_way_in(desk):
    text = "".join(HOSTILE) + "春眠不觉晓。" * 20_000  # as it were a stray character or two in a real text
    order = desk.order({**asked("own"), "probe": "\ud83d\x00-x"}, receive(sent(text)))
    order.text.encode("utf-8")
    assert "--probe=\ufffd-x" in order.options and "\x00" not in order.text


@pytest.mark.parametrize(
    "change",
    [{"lesson": "x"}, {"lesson": None}, {"size": 3}, {"size": ""}, {"probe": 5}, {"probe": "长" * 61}],
)
def test_orders_that_make_no_sense_are_refused(desk, change):
    with pytest.raises(Refusal):
        desk.order({**asked(), **change})
