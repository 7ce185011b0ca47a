"""The training tab's own components; like the playground's, constant templates fed with one JSON string."""

from __future__ import annotations

from dataclasses import asdict

from lesson.own_text import OWN_LEAST, OWN_MOST
from lesson.presets import SHARE, Lesson
from lesson.settings import EPOCHS, SETTINGS
from lesson.training import SIZES, UNTYPED, Desk, Size, size_parameters
from lesson.ui.components import Piece, joined
from lesson.views.token import Json

STAGE = "training"
EXCERPT = 260  # characters of a text that are shown


def lesson_card(lesson: Lesson, desk: Desk) -> Json:
    """What the form shows of a built-in text."""
    facts = desk.facts[lesson.id]
    return {
        "id": lesson.id,
        "title": lesson.title.json(),
        "aim": lesson.aim.json(),
        "wrong": lesson.goes_wrong,
        "probe": lesson.probe,
        "probe_en": lesson.probe_en or lesson.probe,
        "probes": list(lesson.probes),
        "size": lesson.size,
        "excerpt": lesson.text[:EXCERPT].rstrip().replace("\n\n", "\n"),
        "characters": facts.characters,
        "tokens": facts.tokens,
        "shares": [asdict(share) for share in lesson.shares],
        "parameters": size_parameters(facts),
        "settings": {size.id: asdict(desk.usual(lesson, size, facts)) for size in SIZES},
    }


def size_card(size: Size) -> Json:
    """What the form shows of a size."""
    return {
        "id": size.id,
        "title": size.title.json(),
        "layers": size.n_layer,
        "width": size.n_embd,
        "block": size.block_size,
    }


class Words(Piece):
    """The tab's one sentence."""

    NAME = "words"


class OrderForm(Piece):
    """What to train on, how large, which beginning to watch, and how; folds away while a run goes on."""

    NAME = "order"

    def __init__(self, desk: Desk) -> None:
        own = {"tokens": 0, "parameters": size_parameters(UNTYPED)}
        super().__init__(
            elem_id="order",
            lessons=[lesson_card(lesson, desk) for lesson in desk.lessons],
            sizes=[size_card(size) for size in SIZES],
            own={
                "least": OWN_LEAST,
                "most": OWN_MOST,
                "facts": own,
                "settings": {size.id: asdict(desk.usual(None, size, UNTYPED)) for size in SIZES},
            },
            share=SHARE,
            controls=[asdict(control) for control in SETTINGS],
            epochs={"title": EPOCHS.title.json(), "note": EPOCHS.note.json()},
            seconds=desk.limit,
        )

    @classmethod
    def source(cls) -> str:
        """The form's script after those of its two parts."""
        return joined("own_text", "settings", cls.NAME)
