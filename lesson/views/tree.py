"""The tree of possible texts as JSON: nodes with their faces, places and joint probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from lesson.tree import Node, Path, rows
from lesson.views.token import Json, token_face
from model.tokenizer import Tokenizer


def key(path: Path) -> str:
    """A node's name: its token ids with dots between them; the root's is empty."""
    return ".".join(map(str, path))


def tree_view(tokenizer: Tokenizer, nodes: Sequence[Node]) -> Json:
    """Every node with x (its depth) and y (its row); leaves are those without children."""
    places = rows(nodes)
    parents = {node.path[:-1] for node in nodes if node.path}
    shown = [
        {
            **(token_face(tokenizer, node.path[-1]) if node.path else {"s": [], "label": "", "end": False}),
            "key": key(node.path),
            "parent": key(node.path[:-1]) if node.path else None,
            "x": len(node.path),
            "y": places[node.path],
            "p": node.p,
            "joint": node.joint,
            "left": node.left * node.joint,
            "opened": node.opened,
            "leaf": node.path not in parents,
        }
        for node in nodes
    ]
    return {"nodes": shown, "rows": sum(1 for node in shown if node["leaf"])}
