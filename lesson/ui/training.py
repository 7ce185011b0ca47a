"""The training tab's wiring: an order becomes a job, one event follows it, the playground takes its model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace

import gradio as gr
from gradio.blocks import Block

from lesson import params, playground, training
from lesson.playground import Playground
from lesson.predictions import Predictions
from lesson.ui.components import Title, as_value
from lesson.ui.playground import Controls
from lesson.ui.training_parts import Curve, OrderForm, ProbeBars, RunCard, Samples, Words
from lesson.views.run import probe_bars, views
from lesson.words import Refusal, Text
from train.jobs import JobError, Jobs
from train.snapshot import Snapshot

LOOK_SECONDS, WAIT_SECONDS = 1.0, 2.0
WATCHERS = 96  # every job that may run or wait, and as many again who look at one that has ended
OWN = "own"
LONGEST_TOKEN = 64


Models = Callable[[str], Predictions]


def known_token(data: object) -> str:
    """The job's token that an event names; "", which names none, for anything else."""
    token = data.get("token") if isinstance(data, dict) else None
    return token if isinstance(token, str) and len(token) <= LONGEST_TOKEN else ""


def answer(data: object, notice: Text | None = None, **more: object) -> str:
    """What the form is told: which of its messages this answers, and what was wrong with it."""
    number = params.whole_number(data.get("answer"), 0, 2**31) if isinstance(data, dict) else None
    return as_value({"answer": number or 0, "notice": notice.json() if notice else None, **more})


def collect(parts: tuple[str, ...], data: object) -> tuple[str, ...]:
    """The parts of a long text so far, with one more; a Refusal where they do not follow each other."""
    given = data if isinstance(data, dict) else {}
    place, text = given.get("part"), given.get("text")
    if place == 0:
        parts = ()
    if place != len(parts) or not isinstance(text, str):
        raise Refusal(training.NOT_TEXT)
    if sum(map(len, parts)) + len(text) > 2 * training.OWN_MOST:
        raise Refusal(
            training.TOO_LONG.format(most=training.OWN_MOST, count=sum(map(len, parts)) + len(text))
        )
    return (*parts, text.encode("utf-8", "replace").decode("utf-8"))


def begin(
    jobs: Jobs, lessons: tuple[training.Lesson, ...], parts: tuple[str, ...], data: object, owner: str
) -> str:
    """Put what the page asks for in the queue and return the job's token; otherwise a Refusal."""
    given = dict(data) if isinstance(data, dict) else {}
    if given.get("lesson") == OWN:
        given["text"] = "".join(parts)
    made = training.order(lessons, given)
    try:
        return jobs.submit(made.text, made.options, owner)
    except JobError as error:
        raise Refusal(Text(error.zh, error.en)) from error


def has_model(jobs: Jobs, token: str, now: Snapshot) -> bool:
    """Whether an ended job left a model."""
    return now.state == "ended" and jobs.model_path(token) is not None


async def follow(jobs: Jobs, token: str) -> AsyncIterator[list[str]]:
    """All views of a job again and again until it has ended; what is as it was costs nothing to send."""
    while True:
        try:
            now = jobs.snapshot(token)
            model = has_model(jobs, token, now)
        except JobError as error:
            gone = views(Snapshot("ended", end="gone"), "", notice=Text(error.zh, error.en))
            yield [as_value(view) for view in gone]
            return
        yield [as_value(view) for view in views(now, token, model=model)]
        if now.state == "ended":
            return
        await asyncio.sleep(LOOK_SECONDS if now.state == "running" else WAIT_SECONDS)


def taken(current: Playground, models: Models, data: object) -> tuple[str, Playground, Text | None]:
    """The model that the playground goes on with, the playground to go on from, and what was wrong if it was.

    The beginning that was watched is opened, so that its bars are met again.
    """
    name, notice = known_token(data), None
    try:
        models(name)
    except ValueError as error:  # it has none yet, was cleaned up, or its file is damaged
        name, notice = current.model, error.text if isinstance(error, Refusal) else training.NO_MODEL
    try:
        tokenizer = models(current.model).tokenizer
    except ValueError:  # what the playground had is gone as well
        opened = playground.open_text(models("").tokenizer, params.EXAMPLE, current.knobs)
        return name if notice is None else "", replace(opened, version=current.version), notice
    probe = data.get("probe") if isinstance(data, dict) else None
    if notice is None and isinstance(probe, str) and 0 < len(probe) <= training.MOST_PROBE:
        opened = playground.open_text(tokenizer, probe, current.knobs, model=current.model)
        return name, replace(opened, version=current.version), None
    return name, current, notice


def tab(jobs: Jobs, models: Models) -> Callable[[Controls], None]:
    """What fills the training tab."""

    def fill(controls: Controls) -> None:
        build(jobs, models, controls)

    return fill


def lay_out(lessons: tuple[training.Lesson, ...], seconds: float | None) -> tuple[OrderForm, list[gr.HTML]]:
    """The tab's components: the form, and those that show a run."""
    with gr.Column(elem_id="training", elem_classes="nt-stage"):
        Words()
        with gr.Column(elem_classes="nt-card nt-card-order"):
            form = OrderForm(lessons, seconds)
        with gr.Column(elem_classes="nt-card nt-card-run nt-while"):
            card = RunCard()
        with gr.Row(elem_classes="nt-lab nt-while"):
            with gr.Column(elem_classes="nt-card nt-card-curve"):
                Title("curveTitle")
                curve = Curve()
            with gr.Column(elem_classes="nt-card nt-card-probe"):
                Title("probeTitle")
                bars = ProbeBars(as_value(probe_bars(Snapshot("waiting"))))
        with gr.Column(elem_classes="nt-card nt-card-samples nt-while"):
            Title("samplesTitle")
            samples = Samples()
    return form, [card, curve, bars, samples]


def build(jobs: Jobs, models: Models, controls: Controls) -> None:
    """Lay out the tab and connect its events; call it inside a gr.Tab."""
    lessons = training.lessons()
    form, shown = lay_out(lessons, jobs.limits.seconds)
    card = shown[0]
    parts = gr.State(())

    def send(sent: tuple[str, ...], event: gr.EventData) -> tuple[object, ...]:
        try:
            sent = collect(sent, event._data)
        except Refusal as refusal:
            return (), answer(event._data, refusal.text)
        return sent, answer(event._data, part=len(sent))

    def start(sent: tuple[str, ...], event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        try:
            token = begin(jobs, lessons, sent, event._data, request.session_hash or "")
        except Refusal as refusal:
            return sent, answer(event._data, refusal.text)
        return (), answer(event._data, token=token)

    def stop(event: gr.EventData) -> None:
        try:
            jobs.stop(known_token(event._data))
        except JobError:
            return  # what is gone need not be stopped; the card says so by itself

    async def look(event: gr.EventData) -> AsyncIterator[list[str]]:
        async for fresh in follow(jobs, known_token(event._data)):
            yield fresh

    def use(current: Playground, event: gr.EventData) -> tuple[object, ...]:
        name, moved, notice = taken(current, models, event._data)
        return *controls.use_model(moved, name), answer(event._data, notice, used=name)

    connect(form.send, send, [parts], [parts, form])
    connect(form.start, start, [parts], [parts, form])
    connect(card.stop, stop, None, None)
    connect(card.look, look, None, shown, concurrency_id="look", concurrency_limit=WATCHERS)
    playing = [controls.state, *controls.outputs]
    connect(card.use, use, [controls.state], [*playing, form], concurrency_id="infer", concurrency_limit=2)


def connect(
    event: Callable[..., object],
    handle: Callable[..., object],
    inputs: Sequence[Block] | None,
    outputs: Sequence[Block] | None,
    **limits: object,
) -> None:
    """Connect an event of the page's own; it is no endpoint, and by default as many run at once as come."""
    quiet = {"show_progress": "hidden", "trigger_mode": "multiple", "api_visibility": "private"}
    event(handle, inputs, outputs, **{"concurrency_limit": None, **quiet, **limits})
