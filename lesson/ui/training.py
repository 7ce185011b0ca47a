"""The training tab: the order form above, what shows a run below."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from lesson import waiting_run
from lesson.estimate import Speeds
from lesson.presets import lessons
from lesson.training import Desk
from lesson.ui import melons
from lesson.ui.melons import scale
from lesson.ui.playground import Controls
from lesson.ui.run_events import Models, follow_runs
from lesson.ui.run_parts import lay_out_run
from lesson.ui.training_order import take_orders
from lesson.ui.training_parts import OrderForm, Words
from train.jobs import Jobs


def tab(jobs: Jobs, models: Models) -> Callable[[Controls], None]:
    """What fills the training tab."""

    def fill(controls: Controls) -> None:
        build(jobs, models, controls)

    return fill


def build(jobs: Jobs, models: Models, controls: Controls) -> None:
    """Lay out the tab and connect its events; call it inside a gr.Tab."""
    desk = Desk(lessons(), Speeds(), jobs.limits.seconds)
    with gr.Column(elem_id="training", elem_classes="nt-stage"):
        Words()
        with gr.Column(elem_classes="nt-card nt-card-order"):
            form = OrderForm(desk)
        shown = lay_out_run()
        with gr.Column(elem_classes="nt-card nt-card-melons"):
            melons.build(scale(models("")))
    take_orders(form, desk, jobs)
    follow_runs(shown, form, jobs, models, controls, waiting_run.read())
