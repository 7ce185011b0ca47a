"""The components that show a run; like the playground's, constant templates, fed with one string each.

Card, curve and slider are fed by the server; bars, exercises, map and samples follow the slider in the page.
"""

from __future__ import annotations

import gradio as gr

from lesson.ui.components import Bars, Piece, Title, as_value, joined
from lesson.views.run import probe_bars
from train.snapshot import Snapshot

STAGE = "training"
SHARED = "lab"  # the script of what they share


class LabPiece(Piece):
    """A component of a run: its script comes after what all of them share."""

    @classmethod
    def source(cls) -> str:
        """What they share, then the component's own."""
        return joined(SHARED, cls.NAME)


class RunCard(LabPiece):
    """Where a run stands: its place in the queue, figures, pause, stop, and what to do with the model."""

    NAME = "run"

    def __init__(self) -> None:
        super().__init__(elem_id="run", stage=STAGE)


class Scrubber(LabPiece):
    """The slider over a run's evaluations; its value is a line of JSON for each (lesson.views.record)."""

    NAME = "scrubber"

    def __init__(self) -> None:
        super().__init__("", elem_id="scrubber")


class Curve(LabPiece):
    """Training and validation loss on a canvas, with what guessing and counting reach; figures in a table."""

    NAME = "curve"

    def __init__(self) -> None:
        super().__init__(elem_id="curve")


class ProbeBars(Bars):
    """The playground's bars, only to look at, under the beginning that they continue."""

    NAME = "probe"

    def __init__(self) -> None:
        super().__init__(as_value(probe_bars(Snapshot("waiting"))), elem_id="probe-bars")

    @classmethod
    def source(cls) -> str:
        """The bars' own script, and one that feeds them."""
        return joined(SHARED, Bars.NAME, cls.NAME)


class Exercises(LabPiece):
    """What the next batch asks, coloured by the model's surprise."""

    NAME = "batch"

    def __init__(self) -> None:
        super().__init__(elem_id="exercises")


class Map(LabPiece):
    """Where the vectors of frequent tokens lie."""

    NAME = "map"

    def __init__(self) -> None:
        super().__init__(elem_id="map")


class Samples(LabPiece):
    """What the model wrote at each evaluation, from babble to speech."""

    NAME = "samples"

    def __init__(self) -> None:
        super().__init__(elem_id="samples")


def lay_out_run() -> list[RunCard | Curve | Scrubber]:
    """Put a run's components on the page; returned are those that the server feeds."""
    with gr.Column(elem_classes="nt-card nt-card-run nt-while"):
        card = RunCard()
    with gr.Column(elem_classes="nt-card-scrub nt-while"):
        scrubber = Scrubber()
    with gr.Row(elem_classes="nt-lab nt-while"):
        with gr.Column(elem_classes="nt-card nt-card-curve"):
            Title("curveTitle")
            curve = Curve()
        with gr.Column(elem_classes="nt-card nt-card-probe"):
            Title("probeTitle")
            ProbeBars()
    with gr.Column(elem_classes="nt-card nt-card-exercises nt-while"):
        Title("batchTitle")
        Exercises()
    with gr.Row(elem_classes="nt-lab nt-lab-after nt-while"):
        with gr.Column(elem_classes="nt-card nt-card-samples"):
            Title("samplesTitle")
            Samples()
        with gr.Column(elem_classes="nt-card nt-card-map"):
            Title("mapTitle")
            Map()
    return [card, curve, scrubber]
