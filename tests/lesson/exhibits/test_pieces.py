"""A text in its tokens: every id and byte is the tokenizer's own, and half a character stays half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.exhibits.pieces import MOST_TOKENS, PIECES
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def shown(school, **ask):
    return PIECES.answer(school, ask)


def ids(value):
    return [i for chip in value["chips"] for i in chip["ids"]]


@pytest.mark.parametrize("text", ["周一上班真的很", "the sun 龘 🙂", "👨‍👩‍👧 ‮abc", " \n\t", "\ufffd"])
@pytest.mark.parametrize("apart", [False, True])
def test_the_chips_are_the_tokens_of_the_text(school, text, apart):
    value = shown(school, text=text, apart=apart).value
    assert ids(value) == school.tokenizer.encode(text)
    assert bytes.fromhex("".join(chip["hex"] for chip in value["chips"])) == text.encode()
    if apart:
        assert all(len(chip["ids"]) == 1 for chip in value["chips"])


@given(st.text(min_size=1, max_size=30))
def test_no_text_ever_shows_a_broken_character(school, text):
    for upto in (None, 1, 2):
        answer = shown(school, text=text, upto=upto) if text.replace("\0", "") else None
        assert answer is None or "\ufffd" not in "".join(chip["label"] for chip in answer.value["chips"])


def test_a_rare_character_falls_apart_and_fuses(school):
    assert [chip["label"] for chip in shown(school, text="我龘").value["chips"]] == ["我", "龘"]
    assert [chip["label"] for chip in shown(school, text="我龘", apart=True).value["chips"]] == [
        "我",
        "⟨E9 BE⟩",
        "⟨98⟩",
    ]
    half = shown(school, text="我龘", upto=2)
    assert half.facts["half"] and half.value["hex"] == "E9 BE"
    assert [chip["whole"] for chip in half.value["chips"]] == [True, False]
    assert not shown(school, text="我龘", upto=3).facts["half"]


def test_the_special_token_stands_at_both_ends_and_cannot_be_typed(school):
    end = school.tokenizer.end_of_text
    found = shown(school, text="太阳", ends=True)
    assert [chip["end"] for chip in found.value["chips"]] == [True, False, False, True]
    assert [chip["at"] for chip in found.value["chips"]] == [0, 1, 2, 3]  # 0 is named the beginning
    context = (end, *school.tokenizer.encode("太阳"))
    assert found.value["p_end"] == float(school.xiaobai(context).probs[end])
    assert end not in ids(shown(school, text="<|endoftext|>").value)
    assert shown(school, text="太阳").value["p_end"] is None


@pytest.mark.parametrize("text", ["", "\0", None, 7, "안" * MOST_TOKENS])
def test_what_cannot_be_shown_is_refused(school, text):
    with pytest.raises(Refusal):
        shown(school, text=text)


def test_a_slider_from_nowhere_is_taken_as_all(school):
    for upto in (0, -1, 10**9, True, "2", 99):
        assert shown(school, text="太阳", upto=upto).value["upto"] == 2
