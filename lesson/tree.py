"""The tree of possible texts: every opened node shows its likeliest next tokens and joint probabilities.

A node is its path: the token ids after the beginning. What a tree has opened is all there is to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from model.predictor import NextToken

Path = tuple[int, ...]
Predict = Callable[[Sequence[int]], NextToken]

BRANCHES = 4  # candidates that an opened node shows
SMALLEST = 0.005  # a candidate below this is not drawn unless someone went there
MOST_OPENED = 40
DEEPEST = 16


@dataclass(frozen=True)
class Node:
    """A token after its parent: ``p`` there, ``joint`` = the product of p from the beginning to here.

    A node that is not opened is a ghost: a candidate that nobody looked behind. ``left`` is what an opened
    node's undrawn candidates have together, as a share of one.
    """

    path: Path
    p: float
    joint: float
    opened: bool
    end: bool
    left: float = 0.0


def tree(predict: Predict, beginning: Sequence[int], opened: Collection[Path], end: int) -> list[Node]:
    """All nodes, a parent before its children and those by probability; the root is the empty path.

    Paths whose parents are not drawn count as paths that someone walked: their parents are opened as well.
    """
    wanted = {path[:length] for path in opened for length in range(len(path) + 1)} | {()}
    nodes: list[Node] = []

    def grow(path: Path, p: float, joint: float) -> None:
        if path not in wanted or (path and path[-1] == end):
            nodes.append(Node(path, p, joint, opened=False, end=bool(path) and path[-1] == end))
            return
        dist = predict((*beginning, *path))
        walked = {child[len(path)] for child in wanted if len(child) == len(path) + 1 and child[:-1] == path}
        tall = {token for token, q in dist.top(BRANCHES) if q >= SMALLEST}
        shown = sorted(walked | tall, key=lambda token: (-float(dist.probs[token]), token))
        left = 1.0 - float(dist.probs[shown].sum()) if shown else 1.0
        nodes.append(Node(path, p, joint, opened=True, end=False, left=max(0.0, left)))
        for token in shown:
            q = float(dist.probs[token])
            grow((*path, token), q, joint * q)

    grow((), 1.0, 1.0)
    return nodes


def likeliest(nodes: Sequence[Node], count: int) -> list[Path]:
    """The ghosts that a beam of this width opens next: those with the highest joint probability."""
    ghosts = [node for node in nodes if not node.opened and not node.end and len(node.path) < DEEPEST]
    return [node.path for node in sorted(ghosts, key=lambda node: (-node.joint, node.path))[:count]]


def pruned(opened: Collection[Path], branch: Path) -> list[Path]:
    """What stays opened when a branch is cut off at its root."""
    return [path for path in opened if path[: len(branch)] != branch]


def rows(nodes: Sequence[Node]) -> dict[Path, float]:
    """Where each node stands from top to bottom: a leaf on a row of its own, a parent amid its children."""
    children: dict[Path, list[Path]] = {}
    for node in nodes:
        if node.path:
            children.setdefault(node.path[:-1], []).append(node.path)
    places: dict[Path, float] = {}
    leaves = [node.path for node in nodes if node.path not in children]
    places.update({path: float(row) for row, path in enumerate(leaves)})
    for node in reversed(nodes):  # children come after their parent
        if node.path in children:
            below = [places[child] for child in children[node.path]]
            places[node.path] = (below[0] + below[-1]) / 2
    return places
