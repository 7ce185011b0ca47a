"""Controls refuse what they cannot take, in both languages; links carry every state there and back."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import params
from lesson.params import KNOBS, Control, Knobs, Link
from lesson.words import Refusal

BAD = [math.nan, math.inf, -math.inf, 1e400, -1, 10**18, "1", "", None, [1], {}, b"1", 1 + 0j]


@pytest.mark.parametrize(
    "control", [c for c in (*KNOBS, params.TOKENS) if c.kind != "switch"], ids=lambda c: c.name
)
@pytest.mark.parametrize("value", [*BAD, True, False], ids=repr)
def test_a_number_refuses(control: Control, value: object) -> None:
    with pytest.raises(Refusal) as refusal:
        control.parse(value)
    assert control.title.zh in refusal.value.text.zh and control.title.en in refusal.value.text.en


@pytest.mark.parametrize("value", [*BAD, 0, 1, 0.0], ids=repr)
def test_a_switch_takes_only_switches(value: object) -> None:
    with pytest.raises(Refusal):
        params.GREEDY.parse(value)


def test_whole_numbers_may_arrive_as_floats() -> None:
    assert params.TOP_K.parse(5.0) == 5 and isinstance(params.TOP_K.parse(5.0), int)
    with pytest.raises(Refusal):
        params.TOP_K.parse(5.5)
    assert math.copysign(1, params.TEMPERATURE.parse(-0.0)) == 1


def test_defaults_are_the_knobs_defaults() -> None:
    assert Knobs(**{control.name: control.parse(control.default) for control in KNOBS}) == Knobs()


def test_prompt_limits() -> None:
    assert params.prompt("") == ""
    assert len(params.prompt("很" * 2_000)) == 2_000
    for bad in ("很" * 2_001, " " * 1_000_000, None, 3, ["a"]):
        with pytest.raises(Refusal):
            params.prompt(bad)
    with pytest.raises(Refusal) as refusal:
        params.prompt("a" * 2_001)
    assert "2,001" in refusal.value.text.zh and "2,000" in refusal.value.text.en


FLAGS = {"greedy": st.booleans()}
VALUES = st.fixed_dictionaries(
    {
        c.name: FLAGS.get(c.name)
        or (
            st.integers(int(c.low), int(c.high))
            if c.kind == "int"
            else st.integers(math.ceil(c.low * 100), int(c.high * 100)).map(lambda n: n / 100)
        )
        for c in KNOBS
    }
)


@given(st.text(max_size=50), VALUES, st.lists(st.integers(0, 9_999), max_size=20))
def test_a_link_comes_back_as_it_was(raw: str, values: dict[str, object], picks: list[int]) -> None:
    link = Link(text=params.prompt(raw), picks=tuple(picks), knobs=params.knobs(values))
    assert params.read_fragment("#" + params.write_fragment(link)) == link
    ids = dataclasses.replace(link, text=None, ids=tuple(picks) or (1,))
    assert params.read_fragment(params.write_fragment(ids)) == ids


@pytest.mark.parametrize(
    "fragment",
    [
        "temperature=nan",
        "temperature=1e3",
        "seed=-1",
        "picks=1,2",
        "picks=a",
        "picks=1.2&typed=2",
        f"picks={'.'.join('1' * 600)}&typed={'.'.join(str(n) for n in range(600, 700))}",
        "ids=1..2",
        "text=%ff",
        "top_k=1.5",
        "top_k=٣",
        "greedy=yes",
        "x=" * 40_000,
        "&".join(f"a{i}=1" for i in range(99)),
        None,
        7,
    ],
)
def test_a_damaged_link_is_refused(fragment: object) -> None:
    with pytest.raises(Refusal):
        params.read_fragment(fragment)


def test_whole_number() -> None:
    assert params.whole_number(3, 0, 5) == 3
    for bad in (True, 6, -1, 3.0, "3", None, [3]):
        assert params.whole_number(bad, 0, 5) is None
