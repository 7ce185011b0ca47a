"""The melons: gradient descent against torch's own, groups against a plain search, and what is drawn."""

import itertools
import json
import math

import pytest
import torch
import torch.nn.functional as F

from lesson.melons import KINDS, MELONS, RIPENESS_RATE, SWEETNESS_RATE, grouped, ripeness, sweetness, table
from lesson.ui.melons_phrases import PHRASES
from lesson.ui.phrases import PHRASES as PLAYGROUND_PHRASES
from lesson.ui.run_phrases import PHRASES as RUN_PHRASES
from lesson.views.melons import melons


def by_torch(loss_of, rate: float, steps: int) -> tuple[list[float], float]:
    """Weights and loss after so many steps of torch's own descent."""
    x = torch.tensor(table())
    weights = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(x @ weights).backward()
        optimizer.step()
    return weights.tolist(), loss_of(x @ weights).item()


@pytest.mark.parametrize("steps", [0, 1, 7, 40])
def test_ripeness_is_logistic_regression(steps):
    ripe = torch.tensor([float(m.ripe) for m in MELONS], dtype=torch.float64)
    weights, loss = by_torch(lambda s: F.binary_cross_entropy_with_logits(s, ripe), RIPENESS_RATE, steps)
    moment = ripeness()[steps]
    assert moment.weights == pytest.approx(weights) and moment.loss == pytest.approx(loss)
    for kind, p in zip(KINDS, moment.says, strict=True):
        assert p == pytest.approx(1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, kind, strict=True)))))


@pytest.mark.parametrize("steps", [0, 1, 7, 40])
def test_sweetness_is_linear_regression(steps):
    degrees = torch.tensor([m.sweetness for m in MELONS], dtype=torch.float64)
    weights, loss = by_torch(lambda s: F.mse_loss(s, degrees), SWEETNESS_RATE, steps)
    assert sweetness()[steps].weights == pytest.approx(weights, abs=1e-9)
    assert sweetness()[steps].loss == pytest.approx(loss)


def test_sweetness_ends_at_the_least_squares():
    x, degrees = torch.tensor(table()), torch.tensor([m.sweetness for m in MELONS], dtype=torch.float64)
    best = torch.linalg.lstsq(x, degrees[:, None]).solution[:, 0].tolist()
    assert sweetness(400)[-1].weights == pytest.approx(best, abs=1e-6)


def test_untrained_it_knows_nothing_and_trained_it_knows_the_three_signs():
    first, last = ripeness()[0], ripeness()[-1]
    assert set(first.says) == {0.5} and first.loss == pytest.approx(math.log(2))
    assert last.says[KINDS.index((1, 1, 1))] > 0.95 and last.says[KINDS.index((-1, -1, -1))] < 0.05
    assert all(w > 0 for w in last.weights)


def test_every_step_goes_downhill():
    for moments in (ripeness(), sweetness()):
        losses = [moment.loss for moment in moments]
        assert losses == sorted(losses, reverse=True)


def test_ten_melons_half_of_them_ripe_with_sweetness_about_their_average():
    assert len(MELONS) == 10 and sum(m.ripe for m in MELONS) == 5
    assert sum(m.sweetness for m in MELONS) == pytest.approx(0, abs=1e-9)


def test_groups_are_those_of_a_plain_search_and_no_melon_wants_to_move():
    last = grouped()[-1]
    for melon, group in zip(MELONS, last.groups, strict=True):
        far = [sum((a - b) ** 2 for a, b in zip(melon.features, c, strict=True)) for c in last.centres]
        assert far[group] == min(far)
    for group, centre in enumerate(last.centres):
        members = [m.features for m, g in zip(MELONS, last.groups, strict=True) if g == group]
        assert centre == pytest.approx([sum(values) / len(members) for values in zip(*members, strict=True)])


def test_groups_never_saw_an_answer_yet_mostly_agree_with_it():
    same = sum((g == 0) == m.ripe for m, g in zip(MELONS, grouped()[-1].groups, strict=True))
    assert same == 9


def test_what_is_drawn_is_what_was_worked_out():
    drawn = json.loads(json.dumps(melons(), allow_nan=False))
    assert drawn["ripeness"][3]["says"] == pytest.approx(ripeness()[3].says, abs=1e-6)
    for melon, shown in itertools.zip_longest(MELONS, drawn["melons"]):
        assert tuple(drawn["kinds"][shown["kind"]]) == melon.features


def test_no_word_of_the_melons_overwrites_another():
    assert not set(PHRASES) & (set(PLAYGROUND_PHRASES) | set(RUN_PHRASES))
