"""What the page is told of a run: figures, curves, records of its evaluations, and how it ended."""

import json
import math
from itertools import pairwise

import pytest

from lesson.ui.phrases import PHRASES as PLAYGROUND_PHRASES
from lesson.ui.run_events import known_token
from lesson.ui.run_phrases import PHRASES
from lesson.ui.training_phrases import PHRASES as FORM_PHRASES
from lesson.views.curve import MOST_POINTS, curve
from lesson.views.ending import ENDS, said
from lesson.views.record import drawn_text, exercise, records, running_text
from lesson.views.run import Looker, probe_bars, run, views
from tests.fakes import HOSTILE
from train.snapshot import Record, Snapshot

OWNER, GUEST = Looker("owner", watch="guest"), Looker("guest")
CONFIG = {"max_seconds": 90.0, "batch_size": 32, "probe": "周一"}
BASELINES = {"unigram": 5.0, "bigram": 3.0}
START = {
    "event": "start", "step": 0, "steps": 160, "uniform_loss": math.log(1000), "config": CONFIG,
    "parameters": 9,
    "baselines": BASELINES, "lr_factor": 1.0, "map_tokens": [{"id": 7, "bytes": "丧".encode().hex()}],
}  # fmt: skip
TOP = [
    {"id": i, "bytes": data.hex(), "p": p}
    for i, (data, p) in enumerate([(b"\xe4\xb8", 0.5), (b"", 0.25), (b"a", 0.125)])
]


def look(step: int, val_loss: float, *, best: bool = True, written: bytes = b"\xe4\xb8b c") -> dict:
    """An evaluation as the trainer tells it."""
    probe = {"text": "周一", "top": TOP, "rest": 0.125, "entropy_bits": 1.75}
    batch = [{"tokens": ["", "e4b8", "61"], "bits": [9.97, 0.5]}]
    seen = {"points": [[step, 0.5]], "share": 0.25, "links": []}
    return {
        "event": "eval", "step": step, "val_loss": val_loss, "train_loss": val_loss, "best": best,
        "probe": probe,
        "sample": "周一", "written": written.hex(), "batch": batch, "map": seen,
    }  # fmt: skip


def step(number: int, **more: object) -> dict:
    """A step as the trainer tells it."""
    told = {"train_loss": 5.0, "seconds": 80.0, "seconds_left": 60.0, "epoch": 0.5, "lr": 0.02}
    return {"event": "step", "step": number, **told, **more}


def after(*events: dict, **known: object) -> Snapshot:
    """The run as it stands after some events."""
    record = Record()
    for event in (START, *events):
        record.take(event)
    return record.snapshot(**known)


def lines(now: Snapshot) -> list[dict]:
    """The records, read as the page reads them."""
    return [json.loads(line) for line in records(now, "t").split("\n")]


def test_a_record_holds_all_that_the_slider_moves():
    head, first, last = lines(after(look(0, 6.9), look(8, 4.0)))
    assert (head["token"], head["vocab"], head["map"][0]["label"]) == ("t", 1000, "丧")
    assert (first["step"], first["val"], last["step"], last["val"]) == (0, 6.9, 8, 4.0)
    assert [row["label"] for row in first["bars"]["rows"]] == ["⟨E4 B8⟩", "", "a"]
    assert first["bars"]["rest"] == [1.0, 0.5, 0.25, 0.125] and first["bars"]["rows"][1]["end"]
    assert first["s"] == [["⟨E4 B8⟩", 1], ["b c", 0]]
    assert first["batch"] == [[[None, None], [[["⟨E4 B8⟩", 1]], 9.97], [[["a", 0]], 0.5]]]
    assert last["points"] == [[8, 0.5]] and last["share"] == 0.25


def test_records_only_grow_while_a_run_goes_on():
    """What was sent stays as it was, so that an update costs no more than what is new."""
    events = [look(n, 6.9 - n / 10) for n in range(0, 80, 8)]
    told = [records(after(*events[:n]), "t") for n in range(1, len(events) + 1)]
    assert all(later.startswith(earlier + "\n") for earlier, later in pairwise(told))
    framed = after(
        *events, {"event": "map", "step": 72, "points": {str(n): [[n, 1.0]] for n in range(0, 80, 8)}}
    )
    assert records(framed, "t").startswith(told[-1].split("\n")[0]) and lines(framed)[-1]["maps"]["16"] == [
        [16, 1.0]
    ]
    assert max(len(line) for line in told[-1].split("\n")) < 5_000


def test_only_the_owner_may_do_more_than_look():
    now = after(look(0, 6.9), step(8))
    assert run(now, OWNER)["mine"] and run(now, OWNER)["watch"] == "guest"
    assert not run(now, GUEST)["mine"] and not run(now, GUEST)["model"]
    assert "owner" not in json.dumps(views(now, GUEST))


def test_time_left_is_never_more_than_the_cap_leaves():
    assert run(after(look(0, 6.9), step(8)), OWNER)["left"] == 10.0


def test_the_yardsticks_stand_on_the_axis_and_changes_are_marked():
    now = after(look(0, 6.9), {"event": "lr", "step": 5, "factor": 0.5}, step(8))
    drawn = curve(now)
    assert (drawn["unigram"], drawn["bigram"], drawn["uniform"]) == (5.0, 3.0, math.log(1000))
    assert drawn["changes"] == [[5, 0.5]] and run(now, OWNER)["factor"] == 0.5


def test_curves_stay_thin():
    drawn = curve(Snapshot("running", train=tuple((float(i), 1.0) for i in range(5000))))["train"]
    assert len(drawn) == MOST_POINTS and drawn[0][0] == 0 and drawn[-1][0] == 4999


def test_all_views_of_every_moment_are_json():
    told = [look(0, 6.9), step(8), look(8, 5.0)]
    moments = [Snapshot("waiting", place=3, wait=4.0), Snapshot("running"), after(*told)]
    moments += [after(*told, state="ended", end=end) for end in (*ENDS, "something new")]
    moments += [Snapshot("ended", end=end) for end in ENDS]
    for now in moments:
        card, lines_, text = views(now, OWNER)
        json.dumps([card, lines_], allow_nan=False)
        assert "{" not in json.dumps(card["said"], ensure_ascii=False).strip("{}")  # every hole is filled
        assert text and all(json.loads(line) for line in text.split("\n"))


def ended(end: str, *events: dict) -> tuple[str, str]:
    """How the end of a run is told, in both languages."""
    told = said(after(*events, state="ended", end=end))
    assert told
    return told.zh, told.en


def test_a_run_that_went_well_tells_what_was_gained():
    looks = [
        look(n, loss) for n, loss in [(0, math.log(1000)), (40, 2.0), (80, 1.5), (120, 1.42), (160, 1.4)]
    ]
    zh, en = ended("steps", *looks)
    assert "6.91 降到了 1.40" in zh and "1,000 个" in zh and "4.1 个" in zh and "wavering" in en


def test_a_run_that_was_still_falling_was_too_short():
    looks = [look(n, loss) for n, loss in [(0, 6.9), (8, 6.0), (16, 5.0), (24, 4.0)]]
    zh, en = ended("steps", *looks, step(24, epoch=0.4))
    assert "还在往下掉" in zh and "0.4 遍" in zh and "still falling" in en


def test_a_run_that_learnt_by_heart_is_told_so():
    looks = [look(0, 6.9), look(40, 3.0), look(80, 3.5, best=False), look(120, 4.2, best=False)]
    zh, en = ended("steps", *looks)
    assert "第 40 步最低（3.00）" in zh and "升到 4.20" in zh and "overfitting" in en


def test_an_early_stop_names_the_step_that_is_kept():
    zh, en = ended("early_stop", look(0, 6.9), look(40, 3.0), look(80, 3.5, best=False))
    assert (
        "从第 40 步起不再下降" in zh
        and "留下的是第 40 步的模型" in zh
        and "The model of step 40 is kept" in en
    )


def test_an_exploded_run_marks_its_step_and_says_what_was_kept():
    events = [look(0, 6.9), look(4, 5.0), step(8, train_loss=None)]
    zh, en = ended("non_finite_loss", *events)
    assert "第 8 步" in zh and "▲" in zh and "第 4 步的模型" in zh and "step 4" in en
    assert curve(after(*events, state="ended", end="non_finite_loss"))["broken"] == 8


def test_a_run_that_is_worse_than_guessing_has_too_large_a_learning_rate():
    zh, _ = ended("steps", look(0, 6.9), look(8, 9.0, best=False), look(16, 8.0, best=False))
    assert "学习率太大" in zh


@pytest.mark.parametrize(
    "end, word", [("time", "90 秒"), ("disk_full", "磁盘"), ("memory", "内存"), ("killed", "关掉")]
)
def test_every_other_end_says_what_happened(end, word):
    assert word in ended(end, look(0, 6.9), step(8))[0]


def test_a_refused_text_is_told_in_the_commands_own_words():
    told = said(Snapshot("ended", end="refused", message="警告\n太短。 / Too short."))
    assert told and told.json() == {"zh": "太短。", "en": "Too short."}


def test_what_happens_on_the_way_is_told():
    paused = {"event": "paused", "step": 8, "seconds_left": 180.0}
    assert "180 秒" in said(after(look(0, 6.9), paused)).zh and run(after(paused), OWNER)["paused"]
    alone = after(paused, {"event": "resumed", "step": 8, "asked": False})
    assert "自己接着练" in said(alone).zh and not run(alone, OWNER)["paused"]
    assert said(after(paused, {"event": "resumed", "step": 8, "asked": True})) is None
    assert "第 4 步接着练" in said(after(look(0, 6.9), step(8), START | {"step": 4})).zh


def test_a_resumed_run_lives_through_its_last_steps_once():
    told = [look(0, 6.9), *(step(n) for n in range(1, 9)), look(8, 5.0), *(step(n) for n in range(9, 12))]
    now = after(*told, START | {"step": 6}, *(step(n) for n in range(7, 13)), look(8, 5.0))
    assert [x for x, _ in now.train] == list(range(1, 13)) and [one.step for one in now.evaluations] == [0, 8]
    anew = after(look(0, 6.9), step(1), START, look(0, 6.9), step(1))
    assert len(anew.train) == 1 and len(anew.evaluations) == 1


def test_bars_of_no_run_are_empty():
    assert probe_bars(Snapshot("waiting"))["rest"] == [1.0]


@pytest.mark.parametrize("text", HOSTILE)
def test_running_text_shows_every_sign(text):
    typed = "".join(str(piece) for piece, _ in drawn_text(text))
    made = "".join(str(piece) for piece, _ in running_text(text.encode("utf-8", "surrogatepass")))
    for shown in (typed, made):
        assert not any(char in shown for char in "\x00\x07\u202e\ufffd\u2028")
        assert not any("\ud800" <= char <= "\udfff" for char in shown)


def test_an_exercise_of_the_end_of_a_text_is_named_by_the_page():
    assert exercise({"tokens": ["61", ""], "bits": [1.0]}) == [[[["a", 0]], None], [None, 1.0]]


@pytest.mark.parametrize("data", [None, {}, {"token": 3}, {"token": "x" * 65}, "x", [1]])
def test_only_a_token_is_a_token(data):
    assert known_token(data) == ""


def test_no_word_of_a_run_overwrites_another():
    assert set(PHRASES) & (set(PLAYGROUND_PHRASES) | set(FORM_PHRASES)) == set()
