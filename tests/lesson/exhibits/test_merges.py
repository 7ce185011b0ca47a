"""The slow motion ends where the tokenizer ends, and every merge is one of the vocabulary."""

import pytest

from lesson.exhibits.merges import MERGES, MOST_BYTES
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load

TEXTS = ["sunflower 太阳", "banana bandana banana", "龘🙂", "aaaa aaaa", "3.14159", " differently"]


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def value(school, text, step=0):
    return MERGES.answer(school, {"text": text, "step": step}).value


def ids(shown):
    return [part["id"] for group in shown["groups"] for part in group]


@pytest.mark.parametrize("text", TEXTS)
def test_from_bytes_to_the_tokens_one_merge_at_a_time(school, text):
    tokenizer = school.tokenizer
    first = value(school, text)
    assert [tokenizer.token_bytes(i) for i in ids(first)] == [bytes([byte]) for byte in text.encode()]
    assert first["made"] is None
    before = first
    for step in range(1, first["all"] + 1):
        now = value(school, text, step)
        assert now["parts"] == before["parts"] - 1
        assert now["made"] == before["pairs"][0] | {"both": now["made"]["both"]}  # lowest id first
        group, place = now["fresh"]
        assert now["groups"][group][place]["id"] == now["made"]["id"]
        before = now
    assert ids(before) == tokenizer.encode(text) and before["pairs"] == []


def test_of_equal_parts_the_one_just_made_is_marked(school):
    first, second = (value(school, "banana", step) for step in (1, 2))
    assert [part["label"] for part in second["groups"][0]] == ["b", "an", "an", "a"]
    assert (first["fresh"], second["fresh"]) == ([0, 1], [0, 2])


def test_a_step_past_the_end_is_the_end(school):
    assert value(school, " sun", 100)["step"] == value(school, " sun")["all"] == 3
    for step in (-1, 10**9, True, None, "1"):
        assert value(school, " sun", step)["step"] == 0


@pytest.mark.parametrize("text", ["", None, "字" * (MOST_BYTES // 3 + 1)])
def test_what_is_too_long_or_nothing_is_refused(school, text):
    with pytest.raises(Refusal):
        value(school, text)
