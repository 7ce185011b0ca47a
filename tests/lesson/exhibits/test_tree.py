"""The tree of possible texts: joint probabilities, growing, pruning, and where everything stands."""

import math

import numpy as np
import pytest

from lesson.exhibits.tree import TREE
from lesson.predictions import Predictions
from lesson.school import School
from lesson.tree import BRANCHES, DEEPEST, MOST_OPENED, SMALLEST, likeliest, pruned, rows, tree
from lesson.words import Refusal
from model import load
from model.predictor import NextToken

END = 3


def predict(context):
    """Four tokens; what follows depends on the last."""
    table = {
        9: [0.5, 0.3, 0.15, 0.05],
        0: [0.1, 0.8, 0.05, 0.05],
        1: [0.25, 0.25, 0.2, 0.3],
        2: [0.9, 0.05, 0.04, 0.01],
    }
    return NextToken(np.log(np.array(table[context[-1]])))


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def test_a_closed_tree_shows_the_first_candidates_as_ghosts():
    root, *ghosts = tree(predict, [9], [], END)
    assert root.path == () and root.opened and root.joint == 1 and root.left == pytest.approx(0)
    assert [node.path for node in ghosts] == [(0,), (1,), (2,), (3,)]
    assert not any(node.opened for node in ghosts)
    assert [node.joint for node in ghosts] == pytest.approx([0.5, 0.3, 0.15, 0.05])
    assert [node.end for node in ghosts] == [False, False, False, True]


def test_a_joint_probability_is_the_product_along_the_path():
    nodes = {node.path: node for node in tree(predict, [9], [(0, 1)], END)}
    assert nodes[0, 1, 3].joint == pytest.approx(0.5 * 0.8 * 0.3)
    assert nodes[(0,)].opened and nodes[0, 1].opened  # its parents come with it
    leaves = [node for node in nodes.values() if not any(other[:-1] == node.path for other in nodes if other)]
    assert sum(node.joint for node in leaves) == pytest.approx(1)  # all four are drawn, nothing is lost


def test_an_end_has_nothing_behind_it():
    nodes = tree(predict, [9], [(3,), (3, 0)], END)
    assert not any(len(node.path) > 1 for node in nodes)


def test_the_beam_opens_the_most_probable_leaves():
    assert likeliest(tree(predict, [9], [], END), 2) == [(0,), (1,)]
    assert likeliest(tree(predict, [9], [(0,)], END), 2) == [(0, 1), (1,)]  # 0.4 before 0.3


def test_pruning_takes_a_branch_with_all_that_grew_on_it():
    assert pruned([(), (0,), (0, 1), (1,)], (0,)) == [(), (1,)]


def test_leaves_stand_on_rows_and_parents_amid_their_children():
    nodes = tree(predict, [9], [(0,)], END)
    places = rows(nodes)
    leaves = sorted(
        places[node.path] for node in nodes if len(node.path) == 2 or node.path in ((1,), (2,), (3,))
    )
    assert leaves == [float(n) for n in range(7)]
    assert places[(0,)] == 1.5  # of the rows 0 to 3
    assert places[()] == (places[(0,)] + places[(3,)]) / 2


def test_the_shipped_model_s_tree(school):
    shown = TREE.answer(school, {"text": "刘德华是香港著名的", "act": {"kind": "walk", "text": "艺人"}})
    nodes = {node["key"]: node for node in shown.value["nodes"]}
    here, parent = nodes[shown.value["at"]], nodes[nodes[shown.value["at"]]["parent"]]
    assert (parent["label"], here["label"], shown.facts["branch"]) == ("艺", "人", "艺人")
    assert here["joint"] == pytest.approx(parent["p"] * here["p"])
    assert all(node["p"] >= SMALLEST for node in nodes.values())
    assert shown.value["rows"] == shown.facts["leaves"] <= 2 * BRANCHES


def test_growing_keeps_within_bounds_and_pruning_changes_no_other_probability(school):
    opened, answer = [], None
    for _ in range(6):
        answer = TREE.answer(school, {"text": "周一上班真的很", "opened": opened, "act": {"kind": "grow"}})
        opened = answer.value["opened"]
    before = {node["key"]: node["joint"] for node in answer.value["nodes"]}
    assert answer.facts["leaves"] >= 12 and answer.facts["sum"] <= 1 + 1e-9
    cut = TREE.answer(
        school, {"text": "周一上班真的很", "opened": opened, "act": {"kind": "prune", "path": opened[1]}}
    )
    after = {node["key"]: node["joint"] for node in cut.value["nodes"]}
    assert len(after) < len(before) and all(math.isclose(before[key], joint) for key, joint in after.items())
    assert cut.facts["act"] == "prune"
    nothing = TREE.answer(school, {"text": "周一上班真的很", "act": {"kind": "prune", "path": [5]}})
    assert nothing.facts["act"] == ""


@pytest.mark.parametrize(
    "ask",
    [
        {"opened": "x"},
        {"opened": [["1"]]},
        {"opened": [[-1]]},
        {"opened": [[8192]]},
        {"opened": [[1.0]]},
        {"at": {"x": 1}},
        {"opened": [[1] * (DEEPEST + 1)]},
        {"opened": [[n] for n in range(MOST_OPENED + 1)]},
        {"opened": [[n] for n in range(5 * MOST_OPENED)]},
        {"act": {"kind": "walk"}},
        {"text": None},
    ],
)
def test_a_damaged_tree_is_refused(school, ask):
    with pytest.raises(Refusal):
        TREE.answer(school, {"text": "好", **ask})
