"""The page's own components: a constant template and one script each, fed with one JSON string.

Gradio runs a gr.HTML template as code, so no text of a user, a corpus or a model may ever be part of it.
Here templates are constant files and every value reaches the document through textContent, in a script.
"""

from __future__ import annotations

import json
from abc import ABCMeta
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

import gradio as gr
from gradio.components.base import Component

from lesson.params import KNOBS
from lesson.ui.phrases import PHRASES
from lesson.views.scene import PARTS
from lesson.words import SAMPLE_PROMPTS, Text

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SCENE = "playground"  # the components that are fed together
STAGE = "playground"  # the element that holds them


def joined(*names: str) -> str:
    """Several scripts run as one, started as soon as the header has set up what all of them share.

    Each sees the names of those before it and may use them anew, for it stands in a block of its own.
    """
    files = [(ASSETS / "js" / f"{name}.js").read_text(encoding="utf-8") for name in names]
    body = "\n{\n".join(files) + "\n}" * (len(files) - 1)
    return (
        "const shared = (window.nextToken ||= { queue: [] });\n"
        f"const mount = (page) => {{\n{body}\n}};\n"
        "if (shared.ready) mount(shared); else shared.queue.push(mount);"
    )


def dictionary(phrases: dict[str, Text]) -> dict[str, dict[str, str]]:
    """Phrases as the page's scripts read them."""
    return {key: text.json() for key, text in phrases.items()}


def as_value(data: object) -> str:
    """Data as a component's value; NaN would not be JSON, so it is refused here."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Quietly(type(gr.HTML)):
    """Makes component classes without the .pyi file that Gradio writes beside the source of each."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> type:
        """Skip Gradio's own step; its events and arguments are inherited from gr.HTML."""
        return ABCMeta.__new__(cls, name, bases, attributes)


class Piece(gr.HTML, metaclass=Quietly):
    """A component of assets/html and assets/js; its value is a JSON string that only its script reads."""

    NAME: ClassVar[str]

    def __init__(self, value: str = "null", **props: object) -> None:
        super().__init__(
            value=value,
            html_template=(ASSETS / "html" / f"{self.NAME}.html").read_text(encoding="utf-8"),
            js_on_load=self.source(),
            apply_default_css=False,
            **props,  # type: ignore[arg-type]
        )

    def get_config(self) -> dict[str, Any]:  # type: ignore[override]
        """What Gradio tells a page of the component. Each new session asks anew for what never changes.

        It is what gr.HTML has to tell, no more: Gradio would look for attributes called like the arguments
        of our own constructors, and gr.HTML takes any word that stands in quotes in a script for an event.
        """
        if "told" not in self.__dict__:
            self.told = Component.get_config(self, gr.HTML) | {"component_class_name": type(self).__name__}
        return {**self.told, "value": self.value}

    @classmethod
    def source(cls) -> str:
        """What runs when the component is mounted."""
        return joined(cls.NAME)

    def postprocess(self, value: str | None) -> str | None:
        """Pass the JSON string on; it is never parsed as markup."""
        return value


class Header(Piece):
    """Name, model badge, tabs, language, projector, link; it also sets up what all scripts share."""

    NAME = "header"

    def __init__(self, tabs: Sequence[tuple[str, str]], phrases: dict[str, Text] | None = None) -> None:
        words = dictionary({**PHRASES, **Knobs.words(), **(phrases or {})})
        super().__init__(elem_id="header", tabs=list(tabs), parts=list(PARTS), words=words)

    @classmethod
    def source(cls) -> str:
        """The shared part first, then the header's own; not deferred like the others."""
        files = [
            (ASSETS / "js" / name).read_text(encoding="utf-8")
            for name in ("runtime.js", "progress.js", "kit.js", "header.js")
        ]
        return "window.nextToken ||= { queue: [] };\n" + "\n".join(files)


class Loop(Piece):
    """The drawing that joins sentence, model, bars and dice to one loop."""

    NAME = "loop"

    def __init__(self) -> None:
        super().__init__(elem_id="loop", scene=SCENE, stage=STAGE)


class Strip(Piece):
    """The sentence as token chips with a blinking blank; edited in place."""

    NAME = "strip"

    def __init__(self, value: str) -> None:
        super().__init__(value, elem_id="strip", scene=SCENE, blank="blank", samples=list(SAMPLE_PROMPTS))


class Bars(Piece):
    """Probability bars; with a scene they are clicked and named after their step, without one they only show.

    The value is what lesson.views.bars.bars returns, as JSON; in a scene with the step that it belongs to.
    """

    NAME = "bars"

    def __init__(self, value: str, *, elem_id: str, scene: str | None = None) -> None:
        super().__init__(value, elem_id=elem_id, scene=scene, clickable=scene is not None)


class Transport(Piece):
    """Guess one, run, draw a hundred times."""

    NAME = "transport"

    def __init__(self) -> None:
        super().__init__(elem_id="transport", scene=SCENE, stage=STAGE)


class Throw(Piece):
    """The dice strip and what the last throw decided."""

    NAME = "throw"

    def __init__(self, value: str) -> None:
        super().__init__(value, elem_id="throw", scene=SCENE)


class Knobs(Piece):
    """Temperature in sight, the other knobs folded away; bounds and words are those of lesson.params."""

    NAME = "knobs"

    def __init__(self, value: str) -> None:
        controls = {control.name: asdict(control) for control in KNOBS}
        super().__init__(value, elem_id="knobs", scene=SCENE, controls=controls)

    @staticmethod
    def words() -> dict[str, Text]:
        """The controls' titles and notes as phrases."""
        titles = {f"knob_{control.name}": control.title for control in KNOBS}
        return titles | {f"note_{control.name}": control.note for control in KNOBS}


class Brain(Piece):
    """The model as a small live thing."""

    NAME = "brain"

    def __init__(self, value: str) -> None:
        super().__init__(value, elem_id="brain", scene=SCENE)


class Title(Piece):
    """A card's heading: a numbered step of the loop, or plain words."""

    NAME = "title"

    def __init__(self, words: str, *, step: int | None = None) -> None:
        super().__init__(words=words, step=step)
