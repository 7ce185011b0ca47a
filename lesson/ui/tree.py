"""The tree under the playground: it grows with the sentence, and a click on a node leads there."""

from __future__ import annotations

import logging
from collections.abc import Callable

import gradio as gr

from lesson import params, playground
from lesson.exhibits import tree
from lesson.playground import STALE, Playground
from lesson.predictions import Predictions
from lesson.tree import DEEPEST, Path
from lesson.ui.components import ASSETS, SCENE, Piece, as_value, joined
from lesson.ui.playground import BROKEN, Controls, Data, Models, respond
from lesson.views.scene import PARTS
from lesson.views.token import Json
from lesson.views.tree import key
from lesson.words import Refusal, Text

LOG = logging.getLogger(__name__)
SHIFT = 8  # tokens by which the tree's root moves on when a sentence grows beyond it

PHRASES: dict[str, Text] = {
    **tree.PHRASES,
    "treeTitle": Text("没走的那些路", "The ways not taken"),
    "treeHint": Text(
        "这个开头可能长成的树，点一个词元就走过去",
        "what this beginning might become; click a token to go there",
    ),
}


class Tree(Piece):
    """The exhibit of the lessons in a card that is folded away; it asks nothing until it is opened."""

    NAME = "tree"

    def __init__(self) -> None:
        frame, exhibit = (
            (ASSETS / "html" / name).read_text(encoding="utf-8")
            for name in ("tree.html", "exhibits/tree.html")
        )
        gr.HTML.__init__(
            self,
            value="null",
            elem_id="tree",
            html_template=frame.replace("<!-- the exhibit -->", exhibit),
            js_on_load=joined("exhibit", "exhibits/tree"),
            apply_default_css=False,
            opening={},
            scene=SCENE,
        )


def root(state: Playground) -> int:
    """How many of the picks stand before the tree's root, so that the rest fits in its depth."""
    beyond = len(state.now.picks) - (DEEPEST - SHIFT // 2)
    return 0 if beyond <= 0 else -(-beyond // SHIFT) * SHIFT


def beginning(state: Playground) -> Path:
    """The tokens before the tree's root."""
    return state.context[: len(state.now.prompt) + root(state)]


def answer(state: Playground, predictions: Predictions, data: object) -> Json:
    """The tree of the sentence as it stands, with what was opened before if its root is still the same."""
    given = data if isinstance(data, dict) else {}
    reply: Json = {"answer": params.whole_number(given.get("answer"), 0, 2**31) or 0}
    start = beginning(state)
    at = state.context[len(start) :]
    try:
        same = given.get("root") == key(start)
        opened = tree.paths(given.get("opened"), predictions.tokenizer) if same else []
        act = given.get("act") if same and isinstance(given.get("act"), dict) else {}
        kind = "grow" if isinstance(act, dict) and act.get("kind") == "grow" else ""
        shown = tree.shown(predictions, start, [*opened, at], at, kind)
    except Refusal as refusal:
        return {**reply, "notice": refusal.text.json()}
    except Exception:  # the page must hear of it; what happened is for the log, without what was typed
        LOG.exception("the tree failed")
        return {**reply, "notice": BROKEN.json()}
    return {**reply, "shown": {**shown.value, "root": key(start)}}


def go(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """The sentence as a node of the tree has it; picks that stay are kept as they came about."""
    playground.check_step(state, data.get("version"), data.get("length"))
    start, path = beginning(state), tree.path(data.get("path"), predictions.tokenizer)
    if data.get("root") != key(start):
        raise Refusal(STALE)
    same = 0
    for new, old in zip(path, state.context[len(start) :], strict=False):
        if new != old:
            break
        same += 1
    if len(start) + same < len(state.context):
        state = playground.back_to(state, len(start) + same)
    for token in path[same:]:
        state = playground.pick(state, predictions, predictions.tokenizer.vocab_size, token)
    return state


def build(controls: Controls, models: Models) -> None:
    """Put the card on the page; it reads and moves the playground's state."""
    card = Tree()

    def ask(current: Playground, event: gr.EventData) -> str:
        return as_value(answer(current, models(current.model), event._data))

    def travel(current: Playground, event: gr.EventData) -> tuple[object, ...]:
        new, reply = respond(current, models, go, event._data)
        return new, *(as_value(reply[part]) for part in PARTS)

    quietly = {
        "show_progress": "hidden",
        "trigger_mode": "multiple",
        "concurrency_id": "infer",
        "concurrency_limit": 2,
        "api_visibility": "private",
    }
    asked: Callable[..., object] = card.ask
    gone: Callable[..., object] = card.go
    asked(ask, [controls.state], [card], **quietly)
    gone(travel, [controls.state], [controls.state, *controls.outputs], **quietly)
