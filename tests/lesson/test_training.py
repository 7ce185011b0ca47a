"""The training tab without the page: texts and their proportions, refusals, and jobs as data to be drawn."""

import json

import pytest

from lesson import training
from lesson.training import BAD, GOOD, MONDAY, OWN_LEAST, OWN_MOST, SIZES
from lesson.ui.phrases import PHRASES as PLAYGROUND_PHRASES
from lesson.ui.training import collect, known_token
from lesson.ui.training_phrases import PHRASES
from lesson.views.curve import MOST_POINTS, curve
from lesson.views.run import ENDS, drawn_text, probe_bars, views
from lesson.words import Refusal
from tests.fakes import HOSTILE
from train.corpus import documents, held_out
from train.snapshot import Record, Snapshot

OWN = {"lesson": "own", "size": "small", "probe": ""}


@pytest.fixture(scope="module")
def lessons():
    return training.lessons()


def run_so_far(**more) -> Snapshot:
    record = Record()
    config = {"max_seconds": 90.0, "batch_size": 32, "probe": "周一"}
    record.take(
        {"event": "start", "step": 0, "steps": 160, "uniform_loss": 6.93, "config": config, "parameters": 9}
    )
    top = [
        {"id": i, "bytes": b.hex(), "p": p}
        for i, (b, p) in enumerate([(b"\xe4\xb8", 0.5), (b"", 0.25), (b"a", 0.125)])
    ]
    probe = {"text": "周一", "top": top, "rest": 0.125, "entropy_bits": 1.75}
    record.take(
        {
            "event": "eval",
            "step": 0,
            "val_loss": 6.9,
            "train_loss": None,
            "best": True,
            "probe": probe,
            "sample": "周一\ufffdb c",
        }
    )
    record.take(
        {"event": "step", "step": 8, "train_loss": 5.0, "seconds": 80.0, "seconds_left": 60.0, "epoch": 0.5}
    )
    return record.snapshot(**more)


def test_the_mood_text_has_the_proportions_it_states(lessons):
    mood = lessons[0]
    assert {share.word: share.count for share in mood.shares} == {
        BAD: mood.text.count(MONDAY + BAD),
        GOOD: mood.text.count(MONDAY + GOOD),
    }
    assert mood.shares[0].count == 4 * mood.shares[1].count >= 100


def test_any_stretch_of_the_mood_text_has_them_too(lessons):
    mondays = [d for d in documents(lessons[0].text) if d.startswith(MONDAY)]
    for part in (
        mondays[: len(mondays) // 2],
        mondays[len(mondays) * 9 // 10 :],
        [d for d in mondays if not held_out(d)],
    ):
        good = sum(d.startswith(MONDAY + GOOD) for d in part)
        assert good / len(part) == pytest.approx(0.2, abs=0.03)


def test_every_built_in_text_can_be_ordered_in_every_size(lessons):
    for lesson in lessons:
        for size in SIZES:
            order = training.order(lessons, {"lesson": lesson.id, "size": size.id, "probe": ""})
            assert order.text == lesson.text and f"--probe={lesson.probe}" in order.options
    assert all(len(lesson.text) < 60_000 for lesson in lessons)


def test_sizes_grow_and_are_counted():
    counts = [training.parameters(size, 1024) for size in SIZES]
    assert counts == sorted(counts) and counts[0] == 2 * 1024 * 64 + 2 * 12 * 64 * 64


def test_a_vocabulary_has_room_for_the_texts_own_characters(lessons):
    for lesson in lessons:
        assert 512 <= training.vocabulary_size(lesson.text) <= 2048
    assert training.vocabulary_size("".join(map(chr, range(0x4E00, 0x9FFF)))) == 4096


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "至少"), ("短", "至少"), ("字" * (OWN_LEAST - 1), "至少"), ("字" * OWN_LEAST, "重复"),
        ("一二三四" * (OWN_MOST // 4) + "五", "最多"),
        ("读写听说\x07\x1b" * OWN_LEAST, "控制字符"),
        (None, "文字"), (7, "文字"), (["a"], "文字"),
    ],
)  # fmt: skip
def test_own_texts_that_cannot_be_trained_on_get_one_sentence(lessons, text, says):
    with pytest.raises(Refusal) as refusal:
        training.order(lessons, {**OWN, "text": text})
    assert says in refusal.value.text.zh and refusal.value.text.en


@pytest.mark.parametrize(
    "change",
    [{"lesson": "x"}, {"lesson": None}, {"size": 3}, {"size": ""}, {"probe": 5}, {"probe": "长" * 61}],
)
def test_orders_that_make_no_sense_are_refused(lessons, change):
    with pytest.raises(Refusal):
        training.order(lessons, {**OWN, "text": "从前有一座山。" * 99, **change})


def test_hostile_text_is_cleaned_on_its_way_in(lessons):
    text = "".join(HOSTILE) + "春眠不觉晓。" * 20_000  # as it were a stray character or two in a real text
    order = training.order(lessons, {**OWN, "text": text, "probe": "\ud83d\x00-x"})
    order.text.encode("utf-8")
    assert "--probe=\ufffd-x" in order.options and "\x00" not in order.text


def test_a_missing_probe_becomes_the_beginning_of_the_text(lessons):
    assert training.order(lessons, {**OWN, "text": "人生若只如初见。" * 50}).probe == "人生若只"


def test_a_long_text_arrives_in_parts_and_only_in_order():
    parts = collect((), {"part": 0, "text": "一"})
    parts = collect(parts, {"part": 1, "text": "\ud83d"})
    assert parts == ("一", "?")
    assert collect(parts, {"part": 0, "text": "新"}) == ("新",)
    for wrong in (
        {"part": 5, "text": "x"},
        {"part": 2},
        {"part": 2, "text": 3},
        None,
        {"part": True, "text": "x"},
    ):
        with pytest.raises(Refusal):
            collect(parts, wrong)
    with pytest.raises(Refusal):
        collect((), {"part": 0, "text": "x" * (2 * OWN_MOST + 1)})


@pytest.mark.parametrize("data", [None, {}, {"token": 3}, {"token": "x" * 65}, "x", [1]])
def test_only_a_token_is_a_token(data):
    assert known_token(data) == ""


def test_bars_add_up_and_show_bytes_as_they_are():
    bars = probe_bars(run_so_far())
    assert [row["label"] for row in bars["rows"]] == ["⟨E4 B8⟩", "", "a"]
    assert bars["rows"][1]["end"] and bars["rest"] == [1.0, 0.5, 0.25, 0.125]


def test_time_left_is_never_more_than_the_cap_leaves():
    run, *_ = views(run_so_far(), "token")
    assert run["left"] == 10.0


def test_all_views_of_every_moment_are_json():
    moments = [Snapshot("waiting", place=3), Snapshot("running"), run_so_far()]
    moments += [run_so_far(state="ended", end=end) for end in (*ENDS, "something new")]
    for now in moments:
        for view in views(now, "token"):
            json.dumps(view, allow_nan=False)


def test_an_exploded_run_marks_its_step_and_explains():
    now = run_so_far(state="ended", end="non_finite_loss")
    run, lines, *_ = views(now, "token")
    assert lines["broken"] == 8 and "第 8 步" in run["said"]["zh"]


def test_a_refused_text_is_told_in_the_commands_own_words():
    run, *_ = views(Snapshot("ended", end="refused", message="警告\n太短。 / Too short."), "token")
    assert run["said"] == {"zh": "太短。", "en": "Too short."}


def test_curves_stay_thin():
    now = Snapshot("running", train=tuple((float(i), 1.0) for i in range(5000)))
    drawn = curve(now)["train"]
    assert len(drawn) == MOST_POINTS and drawn[0][0] == 0 and drawn[-1][0] == 4999


def test_samples_never_show_a_replacement_character():
    *_, samples = views(run_so_far(), "token")
    assert samples["rows"][0]["s"] == [["□", 1], ["b c", 0]]


@pytest.mark.parametrize("text", HOSTILE)
def test_running_text_shows_every_sign(text):
    shown = "".join(piece for piece, _ in drawn_text(text))
    assert not any(char in shown for char in "\x00\x07\u202e\ufffd\u2028") and not any(
        "\ud800" <= c <= "\udfff" for c in shown
    )


def test_no_word_of_the_tab_overwrites_one_of_the_playground():
    assert set(PHRASES) & set(PLAYGROUND_PHRASES) == set()
