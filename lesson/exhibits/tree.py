"""The tree of possible texts: grow it, walk in it, prune it.

A request: `text` (or `ids`), the beginning; `opened`, paths of token ids that have been looked behind; `at`,
where the reader stands; `act`: open or prune (with `path`), walk (with `text`, what follows), grow, or none.
"""

from __future__ import annotations

from collections.abc import Mapping

from lesson import params, tree
from lesson.exhibits.exhibit import Ask, Exhibit, Facts, Shown
from lesson.playground import open_text
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import label, readable, visible
from lesson.tree import DEEPEST, MOST_OPENED, Node, Path
from lesson.views.tokens import faces
from lesson.views.tree import key, tree_view
from lesson.words import Refusal, Text
from model.tokenizer import Tokenizer

BEAM = 3
TAIL = 4  # characters of the beginning that the root shows
DAMAGED = Text("这棵树没有看懂，请按「重来」。", "This tree made no sense; please press “Reset”.")
GROWN = Text(
    "这棵树够大了：看过 {most} 处。请剪掉一枝，或者重来。",
    "The tree is large enough: {most} places opened. Please prune a branch or start over.",
)
TOO_DEEP = Text(
    "这一枝有 {most} 个词元了，够长了。换一枝试试。",
    "This branch has {most} tokens, which is long enough. Try another.",
)

PHRASES: dict[str, Text] = {
    "treeGrow": Text("长一圈", "Grow"),
    "treeGrowTitle": Text(
        "打开联合概率最高的 {n} 片叶子（束搜索的想法）",
        "Open the {n} most probable leaves (the idea of beam search)",
    ),
    "treePrune": Text("剪掉这一枝", "Prune this branch"),
    "treeLabel": Text("可能的文字长成的树", "The tree of possible texts"),
    "treeNode": Text(
        "{text}，在这里的概率 {p}，联合概率 {joint}",
        "{text}, probability here {p}, joint probability {joint}",
    ),
    "treeGhost": Text("还没看过，点一下就打开", "not opened yet: click to open it"),
    "treeHere": Text("走到这里", "You are here"),
    "treeJoint": Text("联合概率", "joint probability"),
    "treeStart": Text("点一个词元，走过去看看。", "Click a token to go there."),
    "treeLegend": Text(
        "枝越粗，联合概率越高；虚线是还没看过的候选；右边的数是联合概率。",
        "The thicker a branch, the higher its joint probability; dashed ones are not opened yet; the figures "
        "on the right are joint probabilities.",
    ),
    "treeCount": Text("{leaves} 片叶子，画出的加起来 {sum}", "{leaves} leaves; those drawn add up to {sum}"),
}


def answer(school: School, ask: Ask) -> Shown:
    """The tree after the act, where the reader stands, and what they stand for."""
    predictions = school.model(ask.get("model", "xiaobai"))
    tokenizer = predictions.tokenizer
    beginning = open_text(tokenizer, ask.get("text")).context
    opened, at = paths(ask.get("opened"), tokenizer), path(ask.get("at"), tokenizer)
    act = ask["act"] if isinstance(ask.get("act"), Mapping) else {}
    kind, branch = str(act.get("kind", "")), path(act.get("path"), tokenizer)  # type: ignore[union-attr]
    if kind == "open":
        opened, at = [*opened, branch], branch
    elif kind == "walk":
        at = walked(ask.get("text"), act.get("text"), tokenizer)  # type: ignore[union-attr]
        opened = [*opened, at[:-1]]
    elif kind == "prune":
        whole, opened = len(opened), tree.pruned(opened, branch)
        kind = "prune" if len(opened) < whole else ""
        at = branch[:-1] if at[: len(branch)] == branch else at
    return shown(predictions, beginning, opened, at, kind)


def shown(predictions: Predictions, beginning: Path, opened: list[Path], at: Path, kind: str = "") -> Shown:
    """The tree on a beginning, as the script draws it; ``kind`` grow first opens its likeliest leaves."""
    tokenizer = predictions.tokenizer
    nodes = drawn(predictions, beginning, opened, tokenizer)
    if kind == "grow":
        nodes = drawn(predictions, beginning, [*opened, *tree.likeliest(nodes, BEAM)], tokenizer)
    found = facts(nodes, at, kind, tokenizer)
    here = next((node.path for node in nodes if node.path == at), ())
    text = readable(tokenizer.decode_bytes([i for i in beginning if i != tokenizer.end_of_text]))
    value = {
        **tree_view(tokenizer, nodes), **found, "text": text, "beam": BEAM, "at": key(here),
        "chips": faces(tokenizer, beginning), "tail": visible(text)[-TAIL:],
        "branch_chips": faces(tokenizer, here),
        "opened": [list(node.path) for node in nodes if node.opened],
    }  # fmt: skip
    return Shown(value, found)


def drawn(predict: tree.Predict, beginning: Path, opened: list[Path], tokenizer: Tokenizer) -> list[Node]:
    """The tree's nodes; a Refusal for a tree that is too large."""
    if len({one[:length] for one in opened for length in range(len(one) + 1)}) > MOST_OPENED:
        raise Refusal(GROWN.format(most=MOST_OPENED))
    return tree.tree(predict, beginning, opened, tokenizer.end_of_text)


def walked(text: object, more: object, tokenizer: Tokenizer) -> Path:
    """The path that some text after the beginning makes."""
    start, whole = params.prompt(text), params.prompt(text) + params.prompt(more)
    before = tokenizer.encode(start)
    return path(tokenizer.encode(whole)[len(before) :], tokenizer)


def facts(nodes: list[Node], at: Path, kind: str, tokenizer: Tokenizer) -> Facts:
    """Where the reader stands, and how large the tree is."""
    parents = {node.path[:-1] for node in nodes if node.path}
    leaves = [node for node in nodes if node.path not in parents]
    here = next((node for node in nodes if node.path == at), nodes[0])
    return {
        "branch": label(tokenizer.decode_bytes([i for i in here.path if i != tokenizer.end_of_text])),
        "depth": len(here.path), "joint": here.joint, "act": kind, "leaves": len(leaves),
        "sum": sum(node.joint for node in leaves), "ended": here.end,
        "deepest": max(len(node.path) for node in nodes),
    }  # fmt: skip


def path(value: object, tokenizer: Tokenizer) -> Path:
    """A path of token ids; a Refusal for anything else."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Refusal(DAMAGED)
    ids = tuple(params.whole_number(one, 0, tokenizer.vocab_size - 1) for one in value[: DEEPEST + 1])
    if len(value) > DEEPEST:
        raise Refusal(TOO_DEEP.format(most=DEEPEST))
    if None in ids:
        raise Refusal(DAMAGED)
    return ids  # type: ignore[return-value]


def paths(value: object, tokenizer: Tokenizer) -> list[Path]:
    """Several paths."""
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > 4 * MOST_OPENED:
        raise Refusal(DAMAGED)
    return [path(one, tokenizer) for one in value]


TREE = Exhibit("tree", answer)
