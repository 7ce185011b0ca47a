"""What chapter 8 says is so with the models that ship."""

import math

import pytest

from lesson.chapters.c8_large import CAPITAL, CAPITAL_ZH, CHAPTER, SUN
from lesson.exhibits.family import FAMILY
from lesson.exhibits.scaling import measured, trend
from lesson.exhibits.shots import SHOTS, written
from lesson.exhibits.sizes import SIZES
from lesson.predictions import Predictions
from lesson.school import School
from model import load
from model.predictor import start


@pytest.fixture(scope="module")
def school():
    return School(Predictions(load()))


def test_openings_fulfil_no_task_and_solutions_their_own(school):
    for part in CHAPTER.parts:
        opened = part.exhibit.answer(school, part.opening).facts
        assert [task.id for task in part.tasks if task.done(opened)] == []
        for task in part.tasks:
            assert task.done(part.exhibit.answer(school, task.solution).facts), task.id


def test_sizes_are_as_cited(school):
    listed = {one["id"]: one for one in SIZES.answer(school, {}).value["models"]}
    cited = {"melons": 3, "bert": 340e6, "gpt3": 175e9, "gpt4": 1.8e12}
    assert {name: listed[name]["parameters"] for name in cited} == cited
    assert listed["xiaobai"]["parameters"] == school.xiaobai.anatomy().parameters > 1e6
    assert set(school.names) <= set(listed)
    assert "未经证实" in listed["gpt4"]["source"]["zh"] and "unconfirmed" in listed["gpt4"]["source"]["en"]
    assert "6300" in listed["gpt4"]["source"]["zh"] and "63 M" in listed["gpt4"]["source"]["en"]


def greedy(school, text, count=4):
    predictions = school.xiaobai
    ids = list(start(predictions.tokenizer, text))
    begin = len(ids)
    for _ in range(count):
        ids.append(int(predictions(ids).probs.argmax()))
    return predictions.tokenizer.decode(ids[begin:])


def test_the_capital_of_indonesia(school):
    assert greedy(school, CAPITAL).startswith(" Jakarta")
    assert greedy(school, CAPITAL_ZH).startswith("雅加达")
    assert school.xiaobai(start(school.tokenizer, CAPITAL)).top(1)[0][1] > 0.5


def shares(school, which, word="cloud"):
    return SHOTS.answer(school, {"which": which, "word": word}).facts


def test_the_pattern_says_which_language(school):
    assert shares(school, "id")["p"] > 0.8
    assert shares(school, "none")["p"] > 0.3  # learnt in training: no example is needed
    assert shares(school, "zh")["p"] < 0.65
    assert written(school.xiaobai, "sea otter => berang-berang laut\ncloud =>").strip() == b"awan"


def test_examples_help_with_house(school):
    facts = shares(school, "id", "house")
    assert facts["p"] > 3 * facts["bare"]


def test_familiar_text_packs_and_random_keys_swell(school):
    assert FAMILY.answer(school, {"text": SUN}).facts["share"] < 0.15
    assert FAMILY.answer(school, {"text": "qzxj vkwp"}).facts["share"] > 1.15
    assert FAMILY.answer(school, {"text": "周一上班真的很"}).facts["models"] == len(school.names)


def test_a_models_bits_are_its_own(school):
    text = "人类简史"
    ids = start(school.tokenizer, text)
    bits = -sum(math.log2(float(school.xiaobai(ids[:k]).probs[ids[k]])) for k in range(1, len(ids)))
    assert FAMILY.answer(school, {"text": text}).value["columns"][-1]["bits"] == pytest.approx(bits)


def test_larger_of_our_models_lose_less():
    found = measured()
    if len(found) < 2:
        pytest.skip("our models have not been measured yet")
    for key in ("bits_per_char_zh_plain", "bits_per_byte_en"):
        line = trend([(one["parameters"], one[key]) for one in found])
        assert line is not None and line[0] < 0
