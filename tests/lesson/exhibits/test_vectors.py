"""The exhibits on vectors: cosines are numpy's, points are PCA's, and anything odd is refused."""

import numpy as np
import pytest

from lesson.exhibits.map import MAP
from lesson.exhibits.moments import MOMENTS
from lesson.exhibits.pair import PAIR
from lesson.exhibits.twice import TWICE
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize("table", ["head", "embedding"])
def test_neighbours_are_those_of_the_whole_vocabulary(school, table):
    weights = getattr(school.xiaobai.predictor.model, table).weight.detach().numpy().astype(np.float64)
    (token,) = school.tokenizer.encode("三")
    lengths = np.linalg.norm(weights, axis=1)
    cosines = weights @ weights[token] / (lengths * lengths[token])
    best = sorted((c for i, c in enumerate(cosines) if i != token), reverse=True)[:8]
    near = MAP.answer(school, {"find": "三", "table": table}).value["near"]
    assert [one["cosine"] for one in near] == pytest.approx(best, abs=1e-5)
    assert all(one["id"] != token for one in near)


def test_the_points_are_the_first_axes_of_a_pca(school):
    points, two, three = school.vectors.points("head")
    rows = school.vectors.table("head")[school.vectors.drawn].astype(np.float64)
    values = np.sort(np.linalg.eigvalsh(np.cov(rows.T)))[::-1]
    at = np.array([points[i] for i in school.vectors.drawn])
    assert at.var(0, ddof=1) == pytest.approx(values[:3], rel=1e-3)
    assert (two, three) == pytest.approx(
        (values[:2].sum() / values.sum(), values[:3].sum() / values.sum()), rel=1e-3
    )


@pytest.mark.parametrize("dims", [2, 3])
def test_the_figure_marks_what_was_found(school, dims):
    shown = MAP.answer(school, {"find": "mother", "dims": dims, "dark": True})
    cloud, near, found = shown.figure.data
    assert list(found.text) == ["mother"] and len(near.text) == 8 and len(cloud.text) >= 390
    assert (found.type == "scatter3d") == (dims == 3)


def test_what_a_token_says_is_no_markup_for_plotly(school):
    shown = MAP.answer(school, {"find": "<"})
    assert list(shown.figure.data[2].text) == ["&lt;"]


def test_a_pair_is_measured_both_ways(school):
    facts = PAIR.answer(school, {"pairs": [["三", "四"], ["太", "阳"]], "before": "今天"}).facts
    (three, four), (tai, yang) = (school.tokenizer.encode(two) for two in ("三四", "太阳"))
    guess = school.xiaobai((school.tokenizer.end_of_text, *school.tokenizer.encode("今天"), tai))
    assert facts["pairs"][1]["p"] == pytest.approx(guess.probs[yang])
    assert facts["pairs"][0]["cosine"] == pytest.approx(school.vectors.cosine("head", four, three))


def test_layers_begin_with_the_embedding(school):
    shown = TWICE.answer(school, {"texts": ["我在北京", "他去北京"], "layer": 0})
    assert shown.facts["cosines"][0] == pytest.approx(1)
    assert len(shown.facts["cosines"]) == school.xiaobai.predictor.model.config.n_layer + 1
    assert all(abs(x) <= 1 for strip in shown.value["vectors"] for x in strip)


@pytest.mark.parametrize(
    ("exhibit", "ask"),
    [
        (MAP, {"find": ""}), (MAP, {"find": "太阳系的行星"}), (MAP, {"find": 3}), (MAP, {"find": "{0}{x}"}),
        (MAP, {"find": "三", "table": "x"}), (MAP, {"find": "三", "table": ["head"]}),
        (PAIR, {}), (PAIR, {"pairs": [["人", "类"]]}), (PAIR, {"pairs": [["人"], ["人", "们"]]}),
        (PAIR, {"pairs": [["人", "类"], ["人", "们"]], "before": "的" * 300}), (PAIR, {"pairs": "人类"}),
        (TWICE, {"texts": ["太阳", "月亮"]}), (TWICE, {"texts": ["太阳"]}),
        (TWICE, {"texts": [3, 4]}), (TWICE, {}),
    ],
)  # fmt: skip
def test_anything_odd_is_refused(exhibit, ask, school):
    with pytest.raises(Refusal):
        exhibit.answer(school, ask)


@pytest.mark.parametrize("odd", [-1, 99, True, "1", None, []])
def test_an_odd_moment_is_the_last_and_an_odd_pick_none(school, odd):
    facts = MOMENTS.answer(school, {"moment": odd, "pick": odd}).facts
    assert facts["step"] == facts["last"] and facts["picked"] is None
