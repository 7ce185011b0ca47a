"""The training tab's own components; like the playground's, constant templates fed with one JSON string."""

from __future__ import annotations

from collections.abc import Sequence

from lesson.training import OWN_LEAST, OWN_MOST, SIZES, Lesson, parameters, vocabulary_size
from lesson.ui.components import ASSETS, Bars, Piece
from lesson.views.token import Json

STAGE = "training"
OWN_VOCABULARY = 1024  # before a text is typed, to count parameters with
EXCERPT = 140  # characters of a text on its card
PART_CHARACTERS = 10_000  # a longer text is sent in parts, for the server takes no large bodies


def joined(*names: str) -> str:
    """Several scripts run as one, started as soon as the header has set up what all of them share."""
    body = "\n".join((ASSETS / "js" / f"{name}.js").read_text(encoding="utf-8") for name in names)
    return (
        "const shared = (window.nextToken ||= { queue: [] });\n"
        f"const mount = (page) => {{\n{body}\n}};\n"
        "if (shared.ready) mount(shared); else shared.queue.push(mount);"
    )


def lesson_card(lesson: Lesson) -> Json:
    """What the form shows of a built-in text."""
    vocabulary = vocabulary_size(lesson.text)
    return {
        "id": lesson.id,
        "title": lesson.title.json(),
        "about": lesson.about.json(),
        "probe": lesson.probe,
        "excerpt": "" if lesson.shares else lesson.text[:EXCERPT].split("\n")[0],
        "after": lesson.probe,
        "shares": [{"word": share.word, "count": share.count} for share in lesson.shares],
        "parameters": [parameters(size, vocabulary) for size in SIZES],
    }


class Words(Piece):
    """The tab's one sentence."""

    NAME = "words"


class OrderForm(Piece):
    """What to train on, how large, which beginning to watch; folds away while a run goes on."""

    NAME = "order"

    def __init__(self, lessons: Sequence[Lesson], seconds: float | None) -> None:
        super().__init__(
            elem_id="order",
            lessons=[lesson_card(lesson) for lesson in lessons],
            sizes=[
                {
                    "id": s.id,
                    "title": s.title.json(),
                    "layers": s.n_layer,
                    "width": s.n_embd,
                    "block": s.block_size,
                }
                for s in SIZES
            ],
            own={
                "least": OWN_LEAST,
                "most": OWN_MOST,
                "parameters": [parameters(s, OWN_VOCABULARY) for s in SIZES],
            },
            seconds=seconds,
            part=PART_CHARACTERS,
        )


class RunCard(Piece):
    """Where a run stands: its place in the queue, figures, stop, and what to do with the model."""

    NAME = "run"

    def __init__(self) -> None:
        super().__init__(elem_id="run", stage=STAGE)


class Curve(Piece):
    """Training and validation loss on a canvas, with the loss of blind guessing; figures in a table."""

    NAME = "curve"

    def __init__(self) -> None:
        super().__init__(elem_id="curve")


class ProbeBars(Bars):
    """The playground's bars, only to look at, under the beginning that they continue."""

    NAME = "probe"

    def __init__(self, value: str) -> None:
        super().__init__(value, elem_id="probe-bars")

    @classmethod
    def source(cls) -> str:
        """The bars' own script and a caption's."""
        return joined(Bars.NAME, cls.NAME)


class Samples(Piece):
    """What the model wrote at each evaluation, from babble to speech."""

    NAME = "samples"

    def __init__(self) -> None:
        super().__init__(elem_id="samples")
