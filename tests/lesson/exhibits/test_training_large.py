"""The exhibits of chapters 5 and 8: what they refuse, and what they draw."""

import json

import pytest

from lesson.exhibits import family, melons, own_run, recorded, scaling, shots, sizes
from lesson.exhibits.scaling import LONGEST
from lesson.predictions import Predictions
from lesson.school import School
from lesson.ui.components import as_value
from lesson.words import Refusal
from model import load


@pytest.fixture(scope="module")
def school():
    return School(Predictions(load()))


@pytest.mark.parametrize(
    ("exhibit", "wrong"),
    [
        (recorded.RECORDED, {"run": "nothing", "at": 0}),
        (recorded.RECORDED, {"run": "moods", "at": 41}),
        (recorded.RECORDED, {"run": ["moods"], "at": 0}),
        (recorded.RECORDED, {"run": "moods", "at": True}),
        (recorded.RECORDED, {}),
        (melons.MELONS_EXHIBIT, {"task": "ripe", "at": -1}),
        (melons.MELONS_EXHIBIT, {"task": 5}),
        (melons.MELONS_EXHIBIT, {"task": "groups", "at": 99}),
        (own_run.OWN_RUN, {"state": "done"}),
        (own_run.OWN_RUN, {"state": []}),
        (sizes.SIZES, {"a": "nobody"}),
        (sizes.SIZES, {"a": "gpt3", "b": {}}),
        (sizes.SIZES, {"a": 3}),
        (scaling.SCALING, {"p": 100}),
        (scaling.SCALING, {"length": LONGEST + 1}),
        (scaling.SCALING, {"p": "50"}),
        (family.FAMILY, {"text": ""}),
        (family.FAMILY, {"text": "字" * 61}),
        (family.FAMILY, {}),
        (shots.SHOTS, {"which": "fr", "word": "cloud"}),
        (shots.SHOTS, {"which": "id", "word": "zebra"}),
        (shots.SHOTS, {"which": [], "word": {}}),
        (shots.SHOTS, {"which": "id", "word": "cloud", "model": "gpt4"}),
    ],
)
def test_what_makes_no_sense_is_refused(school, exhibit, wrong):
    with pytest.raises(Refusal):
        exhibit.answer(school, wrong)


@pytest.mark.parametrize("run", ["moods", "by_heart"])
def test_a_moment_is_drawn_whole(school, run):
    for at in (0, 7, 40):
        value = recorded.RECORDED.answer(school, {"run": run, "at": at}).value
        assert "\ufffd" not in as_value(value)
        rows, rest = value["bars"]["rows"], value["bars"]["rest"]
        assert sum(row["p"] for row in rows) + rest[len(rows)] == pytest.approx(1)
        assert len(json.dumps(value)) < 20_000


def test_the_wrong_checkpoint_is_not_the_kept_one(school):
    asked = {"run": "by_heart", "at": 20, "keep": True}
    shown = recorded.RECORDED.answer(school, asked)
    assert shown.value["kept"] is False and shown.facts["kept"] is False


def test_a_trend_goes_through_a_power_law():
    slope, height = scaling.trend([(n, 20 * n**-0.1) for n in (1e5, 1e6, 7e6, 2e7)])
    assert slope == pytest.approx(-0.1) and height == pytest.approx(20)
    assert scaling.trend([(5.0, 1.0), (5.0, 2.0)]) is None


def test_measurements_are_read_if_they_are_there(tmp_path):
    file = tmp_path / "family.json"
    assert scaling.measured(file) == ()
    rows = [{"name": "b", "parameters": 2}, {"name": "a", "parameters": 1}]
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"models": rows}), encoding="utf-8")
    assert [one["name"] for one in scaling.measured(other)] == ["a", "b"]


def test_a_whole_answer_is_a_product(school):
    shown = scaling.SCALING.answer(school, {"p": 90, "length": 7})
    assert shown.facts["whole"] == pytest.approx(0.9**7)


def test_two_models_are_compared_in_either_order(school):
    one, other = (
        sizes.SIZES.answer(school, {"a": a, "b": b}) for a, b in (("melons", "gpt4"), ("gpt4", "melons"))
    )
    assert one.facts["ratio"] == other.facts["ratio"] == pytest.approx(6e11)
    assert (one.value["small"], one.value["big"]) == ("melons", "gpt4")
