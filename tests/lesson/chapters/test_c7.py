"""What chapter 7 says of vectors is so, with the weights that ship."""

import numpy as np
import pytest

from lesson.chapters.c7_vectors import CHAPTER
from lesson.exhibits.map import MAP
from lesson.exhibits.moments import MOMENTS
from lesson.exhibits.pair import PAIR
from lesson.exhibits.twice import TWICE
from lesson.predictions import Predictions
from lesson.school import School
from model import load

PARTS = {part.id: part for part in CHAPTER.parts}


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def task(part: str, name: str):
    return {one.id: one for one in PARTS[part].tasks}[name]


@pytest.mark.parametrize("word", ["三", "五", "four"])
def test_a_number_lies_among_numbers(school, word):
    assert task("map", "number").done(MAP.answer(school, {"find": word}).facts)


@pytest.mark.parametrize("word", ["狗", "牛", "cat"])
def test_an_animal_lies_among_animals(school, word):
    assert task("map", "animal").done(MAP.answer(school, {"find": word}).facts)


def test_what_is_read_by_has_settled_less_than_what_is_guessed_by(school):
    means = np.array(
        [
            [
                np.mean(
                    [cosine for _, cosine in MAP.answer(school, {"find": word, "table": table}).facts["near"]]
                )
                for table in ("head", "embedding")
            ]
            for word in ("三", "他", "东", "mother", "狗", "水", "红", "dog", "east", "说")
        ]
    )
    guessed, read = means.T
    assert (guessed > read).mean() > 0.5 and guessed.mean() > 1.2 * read.mean()


def test_mankind_and_people_stand_together_but_are_not_alike(school):
    for one in PAIR.answer(school, PARTS["pair"].opening).facts["pairs"]:
        assert one["p"] > 0.2 and one["cosine"] < 0.3


def test_words_before_move_p_and_not_the_cosine(school):
    alone = PAIR.answer(school, PARTS["pair"].opening).facts["pairs"]
    after = PAIR.answer(school, task("pair", "depends").solution).facts["pairs"]
    for one, other in zip(alone, after, strict=True):
        assert one["cosine"] == other["cosine"]
        assert other["p"] < one["p"] / 4


@pytest.mark.parametrize(
    ("texts", "most"),
    [(["今天天气很好", "他有一个爱好"], 0.45), (["他是我们的校长", "这条河很长"], 0.6)],
)
def test_two_meanings_drift_apart(school, texts, most):
    cosines = TWICE.answer(school, {"texts": texts}).facts["cosines"]
    assert cosines[0] == pytest.approx(1) and cosines[-1] < most
    assert cosines[1] > cosines[-1]


def test_before_training_all_lie_in_one_point_and_moods_gather(school):
    first = MOMENTS.answer(school, {"moment": 0, "pick": 0})
    assert len({tuple(point) for point in first.value["points"][0]}) == 1 and first.value["near"] == []
    last = MOMENTS.answer(school, {})
    assert (last.facts["step"], last.facts["last"]) == (300, 300)
    assert len(last.value["steps"]) == 7 and len(last.value["tokens"]) == 60  # "seven moments", "sixty"
    names = [one["label"] for one in last.value["tokens"]]
    near = MOMENTS.answer(school, {"pick": names.index("丧")}).facts["near"]
    assert {"爽", "累"} <= set(near)
