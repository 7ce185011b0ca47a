"""Events of the page's own: how they are connected, and how a component is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradio.blocks import Block

from lesson import params
from lesson.ui.components import as_value
from lesson.words import Text

OWN_TEXT = "own_text"  # the name of the one event whose body may be large


def answer(data: object, notice: Text | None = None, **more: object) -> str:
    """What a component is told: which of its messages this answers, and what was wrong with it."""
    number = params.whole_number(data.get("answer"), 0, 2**31) if isinstance(data, dict) else None
    return as_value({"answer": number or 0, "notice": notice.json() if notice else None, **more})


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
