"""The map of token vectors as a Plotly figure: a cloud of tokens, one found, and those nearest to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Thread

import numpy as np
import plotly.graph_objects as go

from lesson.text import escape, readable
from model.tokenizer import Tokenizer

FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
LIGHT = {"ink": "#5d6779", "found": "#c94a16", "near": "#2b68d9", "grid": "#e6e2d8"}
DARK = {"ink": "#a4adbc", "found": "#ff8b55", "near": "#6ea2ff", "grid": "#2c323d"}
HEIGHT = 560


def warm() -> None:
    """Draw a small map in the background: Plotly loads its parts with the first, and no learner waits."""

    def draw() -> None:
        for shape in (go.Scatter(x=[0], y=[0]), go.Scatter3d(x=[0], y=[0], z=[0])):
            go.Figure(shape, go.Layout(height=HEIGHT)).to_json()

    Thread(target=draw, name="plotly", daemon=True).start()


def figure(
    tokenizer: Tokenizer,
    points: Mapping[int, np.ndarray],
    found: int,
    near: Sequence[int],
    dims: int,
    *,
    dark: bool,
) -> go.Figure:
    """A figure of tokens at their (3,) points, of which the first ``dims`` are drawn."""
    colours = DARK if dark else LIGHT
    rest = [i for i in points if i != found and i not in near]
    traces = [
        cloud(tokenizer, points, rest, dims, {"size": 12, "color": colours["ink"]}),
        cloud(tokenizer, points, near, dims, {"size": 17, "color": colours["near"]}),
        cloud(tokenizer, points, [found], dims, {"size": 24, "color": colours["found"]}),
    ]
    axis = {
        "showticklabels": False,
        "title": "",
        "gridcolor": colours["grid"],
        "zerolinecolor": colours["grid"],
    }
    place = {"paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}
    scene = {f"{name}axis": {**axis, "showbackground": False} for name in "xyz"} | {"aspectmode": "cube"}
    axes = {"scene": scene} if dims == 3 else {"xaxis": axis, "yaxis": axis}
    return go.Figure(
        traces,
        go.Layout(
            height=HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=False, font={"family": FONT},
            dragmode="turntable" if dims == 3 else "pan", **place, **axes,
        ),
    )  # fmt: skip


def cloud(
    tokenizer: Tokenizer,
    points: Mapping[int, np.ndarray],
    ids: Sequence[int],
    dims: int,
    font: Mapping[str, object],
) -> go.Scatter | go.Scatter3d:
    """Some tokens, each written at its point; hovering tells its number."""
    at = np.array([points[i] for i in ids], dtype=float).reshape(-1, 3).round(4).tolist()
    said: dict[str, object] = {
        "mode": "text",
        "text": [name(tokenizer, i) for i in ids],
        "textfont": {**font, "family": FONT},
        "hovertext": [f"{name(tokenizer, i)} · {i}" for i in ids],
        "hoverinfo": "text",
        "x": [point[0] for point in at],
        "y": [point[1] for point in at],
    }
    if dims == 3:
        return go.Scatter3d(**said, z=[point[2] for point in at])
    return go.Scatter(**said)


def name(tokenizer: Tokenizer, token: int) -> str:
    """A token's text as Plotly may be given it, without the space before a word."""
    return escape(readable(tokenizer.token_bytes(token)).strip()) or str(token)
