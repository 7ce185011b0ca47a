"""The order form's wiring: a text of one's own arrives, an order is weighed, and becomes a job."""

from __future__ import annotations

import threading
from dataclasses import asdict

import gradio as gr

from lesson.own_text import OwnText, own_text
from lesson.training import UNTYPED, Desk, Plan, size_parameters
from lesson.ui.events import OWN_TEXT, answer, connect
from lesson.ui.training_parts import OrderForm
from lesson.words import Refusal, Text
from train.jobs import JobError, Jobs


def fields(data: object) -> dict[str, object]:
    """An event's data; nothing where it is no record of fields."""
    return dict(data) if isinstance(data, dict) else {}


def receive(data: object) -> OwnText:
    """The text that the form sends; a Refusal if it cannot be trained on."""
    given = fields(data)
    return own_text(given.get("bytes"), typed=given.get("typed") is not False)


def weighed(plan: Plan) -> dict[str, object]:
    """What the form shows of a plan."""
    estimate = plan.estimate
    read = plan.facts is not UNTYPED  # how often a text is read that is not there cannot be told
    told = {"settings": asdict(plan.settings), "tokens": plan.facts.tokens if read else 0}
    told["epochs"] = plan.epochs if read else None
    told |= {"parameters": size_parameters(plan.facts), "measuring": estimate is None}
    return told | ({"seconds": estimate.until_end, "memory": estimate.memory} if estimate else {})


def weigh(desk: Desk, own: OwnText | None, data: object) -> str:
    """Tell what an order would take; what has not been measured is measured meanwhile."""
    try:
        plan = desk.plan(fields(data), own.facts if own else None, wait=False)
    except Refusal as refusal:
        return answer(data, refusal.text)
    if plan.estimate is None:
        threading.Thread(target=desk.measure, args=(plan,), name="speed", daemon=True).start()
    return answer(data, plan.refusal, **weighed(plan))


def begin(jobs: Jobs, desk: Desk, own: OwnText | None, data: object, owner: str) -> str:
    """Put what the page asks for in the queue and return the job's token; otherwise a Refusal."""
    made = desk.order(fields(data), own)
    try:
        return jobs.submit(made.text, made.options, owner, expected=made.seconds)
    except JobError as error:
        raise Refusal(Text(error.zh, error.en)) from error


def take_orders(form: OrderForm, desk: Desk, jobs: Jobs) -> None:
    """Connect the form's events."""
    own = gr.State(None)

    def send(event: gr.EventData) -> tuple[object, ...]:
        try:
            text = receive(event._data)
        except Refusal as refusal:
            return None, answer(event._data, refusal.text)
        preview = {"lines": text.preview(), "characters": text.characters, "encoding": text.encoding}
        return text, answer(event._data, **preview)

    def look(text: OwnText | None, event: gr.EventData) -> str:
        return weigh(desk, text, event._data)

    def start(text: OwnText | None, event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        try:
            token = begin(jobs, desk, text, event._data, request.session_hash or "")
        except Refusal as refusal:
            return text, answer(event._data, refusal.text)
        return None, answer(event._data, token=token)

    connect(form.send, send, None, [own, form], api_name=OWN_TEXT)
    connect(form.weigh, look, [own], [form])
    connect(form.start, start, [own], [own, form])
