import pytest
from hypothesis import given
from hypothesis import strategies as st

from train.schedule import lr_scale


@given(st.integers(1, 500), st.integers(0, 100), st.floats(0, 1), st.data())
def test_it_never_leaves_the_room_between_zero_and_one(steps, warmup, decay, data):
    step = data.draw(st.integers(0, steps - 1))
    assert 0 < lr_scale(step, steps, warmup, decay) <= 1


def test_up_flat_and_down():
    scales = [lr_scale(s, 100, warmup=10, decay=0.5) for s in range(100)]
    assert scales[:10] == pytest.approx([(s + 1) / 10 for s in range(10)])
    assert scales[10:51] == [1.0] * 41
    assert scales[50:] == pytest.approx([(100 - s) / 50 for s in range(50, 100)])


def test_without_warmup_and_decay_it_is_flat():
    assert {lr_scale(s, 50, 0, 0.0) for s in range(50)} == {1.0}


def test_it_can_fall_all_the_way():
    assert [lr_scale(s, 4, 0, 1.0) for s in range(4)] == [1.0, 0.75, 0.5, 0.25]
