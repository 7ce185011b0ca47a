"""The playground's wiring: components on the page, and for each action a move of lesson.playground."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import gradio as gr

from lesson import params, playground
from lesson.playground import Playground
from lesson.predictions import Predictions
from lesson.ui.components import Bars, Brain, Knobs, Loop, Strip, Throw, Title, Transport, as_value
from lesson.views.scene import PARTS, scene
from lesson.views.token import Json
from lesson.words import Refusal, Text

Models = Callable[[str], Predictions]  # the predictions of a model by its name; "" is the shipped one
Data = Mapping[str, object]
Move = Callable[[Playground, Predictions, Data], Playground]

LOG = logging.getLogger(__name__)
BROKEN = Text(
    "服务器上出了点问题，句子没有变。请再试一次。",
    "Something went wrong on the server; your sentence is unchanged. Please try again.",
)
MODEL_GONE = Text(
    "你训练的那个模型已经不在服务器上了，先用小白接着来。",
    "The model that you trained is no longer on the server; XiaoBai takes its place.",
)
NOT_KNOBS = Text("旋钮的值没有看懂，请再拧一次。", "The knobs’ values made no sense; please turn them again.")


@dataclass(frozen=True)
class Controls:
    """What other tabs need to drive the playground: its state, its outputs, and a change of model."""

    state: gr.State
    outputs: list[gr.HTML]
    use_model: Callable[[Playground, str], tuple[object, ...]]


def pick(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """A bar was clicked; it names the token and the step that it belongs to."""
    playground.check_step(state, data.get("version"), data.get("length"))
    return playground.pick(state, predictions, predictions.tokenizer.vocab_size, data.get("id"))


def step(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """The model chooses the next token."""
    return playground.step(state, predictions)


def undo(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """The last change is taken back."""
    return playground.undo(state)


def reset(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """Back to the prompt."""
    return playground.reset(state)


def back(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """A chip was clicked; it names its place and the step."""
    playground.check_step(state, data.get("version"), data.get("length"))
    return playground.back_to(state, data.get("at"))


def edit(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """The sentence was written anew."""
    return playground.edit(state, predictions.tokenizer, data.get("text"))


def draw(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """A hundred draws from the bars."""
    return playground.draw_100(state)


def turn(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """Knobs were turned."""
    values = data.get("values")
    if not isinstance(values, dict):
        raise Refusal(NOT_KNOBS)
    return playground.turn(state, values)


def follow(state: Playground, predictions: Predictions, data: Data) -> Playground:
    """The page was opened by a link to some step; its picks are one growing text, read once."""
    told = params.read_fragment(data.get("link"))
    return playground.follow(state, told, predictions.tokenizer, predictions.predictor.session())


def answered(
    state: Playground, predictions: Predictions, move: Move, data: object
) -> tuple[Playground, dict[str, Json]]:
    """The state after a move and the reply to the page; a refused move leaves the state and says why."""
    given = data if isinstance(data, dict) else {}
    answer = params.whole_number(given.get("answer"), 0, 2**31) or 0
    try:
        new = move(state, predictions, given)
    except Refusal as refusal:
        notice = refusal.text
    except Exception:  # the page must hear of it; what happened is for the log, without what was typed
        LOG.exception("a move of the playground failed")
        notice = BROKEN
    else:
        return new, scene(new, predictions, answer=answer, moved=move in (pick, step))
    typed = given.get("text") if move is edit else None
    draft = (
        typed[: 4 * params.MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
        if isinstance(typed, str)
        else None
    )
    return state, scene(state, predictions, answer=answer, notice=notice, draft=draft)


def respond(
    state: Playground, models: Models, move: Move, data: object
) -> tuple[Playground, dict[str, Json]]:
    """What `answered` says; where a trained model is no longer there, the shipped one takes its place."""
    try:
        predictions = models(state.model)
    except Exception:  # its folder was cleared away, or its file is damaged
        LOG.exception("a trained model could not be opened")
        shipped = models("")
        fresh = playground.open_text(shipped.tokenizer, params.EXAMPLE, state.knobs)
        fresh = replace(fresh, version=state.version + 1)
        answer = data.get("answer") if isinstance(data, dict) else None
        number = params.whole_number(answer, 0, 2**31) or 0
        return fresh, scene(fresh, shipped, answer=number, notice=MODEL_GONE)
    return answered(state, predictions, move, data)


def first_scene(predictions: Predictions) -> dict[str, Json]:
    """What the page shows before anything is clicked."""
    state = playground.open_text(predictions.tokenizer, params.EXAMPLE)
    for length in range(1, len(state.context)):
        predictions(state.context[:length])  # so that the time of a step is that of a warm model
    return scene(state, predictions)


def lay_out(first: Mapping[str, Json]) -> tuple[dict[str, gr.HTML], Transport]:
    """Put the playground's components on the page; the parts by name, in the order of PARTS."""
    value = {part: as_value(first[part]) for part in PARTS}
    with gr.Column(elem_id="playground", elem_classes="nt-stage"):
        strip = Strip(value["strip"])
        Loop()
        with gr.Row(elem_classes="nt-desk"):
            with gr.Column(elem_classes="nt-card nt-card-brain"):
                Title("brain")
                brain = Brain(value["brain"])
            with gr.Column(elem_classes="nt-card nt-card-bars"):
                Title("step2", step=2)
                bars = Bars(value["bars"], elem_id="bars", scene="playground")
                transport = Transport()
            with gr.Column(elem_classes="nt-card nt-card-throw"):
                Title("step3", step=3)
                throw = Throw(value["throw"])
                knobs = Knobs(value["knobs"])
    parts = {"strip": strip, "bars": bars, "throw": throw, "knobs": knobs, "brain": brain}
    return {part: parts[part] for part in PARTS}, transport


def with_model(state: Playground, models: Models, name: str) -> Playground:
    """The same text, as far as a prompt may be long, before another model."""
    text = playground.sentence(state, models(state.model).tokenizer)[-params.MAX_CHARACTERS :]
    fresh = playground.open_text(models(name).tokenizer, text, state.knobs, model=name)
    return replace(fresh, version=state.version + 1)


def build(models: Models, first: Mapping[str, Json]) -> Controls:
    """Lay out the playground and connect its events; call it inside a gr.Blocks."""
    state = gr.State(playground.open_text(models("").tokenizer, params.EXAMPLE))
    parts, transport = lay_out(first)
    strip, bars, knobs = parts["strip"], parts["bars"], parts["knobs"]
    outputs = list(parts.values())

    def handler(move: Move) -> Callable[[Playground, gr.EventData], tuple[object, ...]]:
        def handle(current: Playground, event: gr.EventData) -> tuple[object, ...]:
            new, reply = respond(current, models, move, event._data)
            return new, *(as_value(reply[part]) for part in PARTS)

        return handle

    events = {
        bars.pick: pick, strip.back: back, strip.edit: edit, strip.follow: follow, strip.undo: undo,
        strip.reset: reset, knobs.turn: turn, transport.step: step, transport.draw: draw,
    }  # fmt: skip
    for event, move in events.items():
        event(
            handler(move), [state], [state, *outputs], show_progress="hidden", trigger_mode="multiple",
            concurrency_id="infer", concurrency_limit=2, api_visibility="private",
        )  # fmt: skip

    def use_model(current: Playground, name: str) -> tuple[object, ...]:
        """The state and outputs with another model at the same text; connect it to [state, *outputs]."""
        fresh = with_model(current, models, name)
        pushed = scene(fresh, models(name), answer=-1)
        return fresh, *(as_value(pushed[part]) for part in PARTS)

    return Controls(state, outputs, use_model)
