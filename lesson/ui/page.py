"""The whole page: header, tabs, and the endpoints that programs may call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gradio as gr
from gradio.themes import Base

from lesson.predictions import Predictions
from lesson.ui import evidence, playground, tree
from lesson.ui.components import Header
from lesson.ui.playground import Controls
from lesson.words import PRODUCT, Text

STYLES = Path(__file__).resolve().parents[2] / "assets" / "css"
SYSTEM_FONTS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)
MONO_FONTS = ("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace")

Tab = Callable[[Controls], None]  # fills a tab; it may drive the playground through its controls


def build(
    models: Callable[[str], Predictions],
    *,
    training: Tab | None = None,
    lessons: Tab | None = None,
    challenge: Tab | None = None,
    phrases: dict[str, Text] | None = None,
    endpoints: Callable[[Predictions], None] | None = None,
    corpora: evidence.Corpora | None = None,
) -> gr.Blocks:
    """Build the page; other tabs are there if something fills them.

    ``phrases`` are the words of other tabs, for the same run-time switch of language; ``corpora`` gives the
    evidence card a model's training text.
    """
    shipped = models("")
    fills = {"training": training, "lessons": lessons, "challenge": challenge}
    others = {name: fill for name, fill in fills.items() if fill}
    tabs = [(name, f"tab{name.capitalize()}") for name in ("playground", *others)]
    with gr.Blocks(
        title=f"{PRODUCT.zh} · {PRODUCT.en}", analytics_enabled=False, delete_cache=(600, 3600)
    ) as page:
        Header(tabs, {**evidence.PHRASES, **tree.PHRASES, **(phrases or {})})
        with gr.Tabs(selected="playground", elem_id="tabs"):
            with gr.Tab(PRODUCT.zh, id="playground", elem_id="tab-playground"):
                controls = playground.build(models, playground.first_scene(shipped))
                with gr.Column(elem_id="playground-below"):
                    tree.build(controls, models)
                    if corpora:
                        evidence.build(controls.state, models, corpora)
            for name, fill in others.items():
                with gr.Tab(name, id=name, elem_id=f"tab-{name}"):
                    fill(controls)
        if endpoints:
            endpoints(shipped)
    return page


def style() -> str:
    """All style sheets, in the order of their names."""
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sorted(STYLES.glob("*.css")))


def theme() -> Base:
    """A theme of system fonts only, so that no font is ever requested."""
    return Base(font=SYSTEM_FONTS, font_mono=MONO_FONTS)
