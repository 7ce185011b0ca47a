"""A run's wiring: one event follows it, its owner tells it what to do, the playground takes its model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

import gradio as gr

from lesson import params, playground, training
from lesson.playground import Playground
from lesson.predictions import Predictions
from lesson.ui.components import as_value
from lesson.ui.events import answer, connect
from lesson.ui.playground import Controls
from lesson.views.run import Looker, views
from lesson.words import Refusal, Text
from train.control import command
from train.jobs import JobError, Jobs
from train.snapshot import Snapshot

LOOK_SECONDS, WAIT_SECONDS = 1.0, 2.0
WATCHERS = 200  # every job that may run or wait, and classes that watch one
LONGEST_TOKEN = 64

Models = Callable[[str], Predictions]
Recording = Mapping[str, object]  # what is shown while one waits: curve and records


def known_token(data: object) -> str:
    """The job's token that an event names; "", which names none, for anything else."""
    token = data.get("token") if isinstance(data, dict) else None
    return token if isinstance(token, str) and len(token) <= LONGEST_TOKEN else ""


def looker(jobs: Jobs, token: str, now: Snapshot) -> Looker:
    """What somebody with this token may do. Raises JobError."""
    watch = jobs.watch_token(token)
    return Looker(token, watch, bool(watch) and now.state == "ended" and jobs.model_path(token) is not None)


async def follow(jobs: Jobs, token: str, recording: Recording | None = None) -> AsyncIterator[list[str]]:
    """All views of a job again and again until it has ended; what is as it was costs nothing to send.

    That somebody looks is what the page says from time to time, not that this goes on: a page that is gone
    without a word leaves it running.
    """
    for beat in count():
        try:
            now = jobs.snapshot(token, renew=beat == 0)
            looks = looker(jobs, token, now)
        except JobError as error:
            card, curve, records = views(
                Snapshot("ended", end="gone"), Looker("", notice=Text(error.zh, error.en))
            )
            yield [as_value(card), as_value(curve), records]
            return
        card, curve, records = views(now, looks)
        card = card | {"beat": beat}  # by which the page knows that it is still told, even if nothing moves
        if now.state == "waiting" and recording:
            yield [as_value(card), as_value(recording["curve"]), str(recording["records"])]
        else:
            yield [as_value(card), as_value(curve), records]
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


def tell(jobs: Jobs, data: object) -> None:
    """Do what the owner of a run asks; what is gone needs no answer, for the card shows how it is."""
    asked = command(data)
    try:
        if asked is not None and asked.do != "stop":
            jobs.command(known_token(data), asked)
    except JobError:
        return


def follow_runs(
    shown: Sequence[gr.HTML],
    form: gr.HTML,
    jobs: Jobs,
    models: Models,
    controls: Controls,
    recording: Recording | None = None,
) -> None:
    """Connect the events of the components that show a run; the first of them is its card."""
    card = shown[0]

    def stop(event: gr.EventData) -> None:
        try:
            jobs.stop(known_token(event._data))
        except JobError:
            return  # what is gone need not be stopped; the card says so by itself

    def control(event: gr.EventData) -> None:
        tell(jobs, event._data)

    def alive(event: gr.EventData) -> None:
        try:
            jobs.snapshot(known_token(event._data))
        except JobError:
            return

    async def look(event: gr.EventData) -> AsyncIterator[list[str]]:
        async for fresh in follow(jobs, known_token(event._data), recording):
            yield fresh

    def use(current: Playground, event: gr.EventData) -> tuple[object, ...]:
        name, moved, notice = taken(current, models, event._data)
        return *controls.use_model(moved, name), answer(event._data, notice, used=name)

    connect(card.stop, stop, None, None)
    connect(card.control, control, None, None)
    connect(card.alive, alive, None, None)
    connect(card.look, look, None, shown, concurrency_id="look", concurrency_limit=WATCHERS)
    playing = [controls.state, *controls.outputs]
    connect(card.use, use, [controls.state], [*playing, form], concurrency_id="infer", concurrency_limit=2)
