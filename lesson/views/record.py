"""The evaluations of a run as the page keeps them: one line of JSON each, so that a longer list only grows.

The page drives bars, sample, exercises, map and the mark on the curve from these lines, without asking again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable

from lesson.text import byte_pieces, pieces
from lesson.views.token import Json, drawn, face
from train.events import Event
from train.snapshot import Evaluation, Snapshot

ROWS = 7  # of the probe's bars; they stand beside the curves


def records(now: Snapshot, token: str, *, recorded: bool = False) -> str:
    """All evaluations, after a line that says whose they are; at the end of a run all maps in one frame."""
    probe = now.start.get("config", {}).get("probe", "")
    head = {
        "token": token,
        "recorded": recorded,
        "asked": drawn_text(probe),
        "vocab": vocabulary(now),
        "map": [face(bytes.fromhex(one["bytes"])) for one in now.start.get("map_tokens", ())],
    }
    told: list[Json] = [head, *(record(one, vocabulary(now)) for one in now.evaluations)]
    if now.final_map:
        told.append({"maps": {str(one.step): one.points for one in now.evaluations}})
    return "\n".join(
        json.dumps(one, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for one in told
    )


def record(one: Evaluation, vocab: int) -> Json:
    """One evaluation: losses, bars, what was written, the next exercises, and the points of the map."""
    return {
        "step": one.step,
        "train": one.train_loss,
        "val": one.val_loss,
        "best": one.best,
        "bars": probe_rows(one.probe, one.step, vocab),
        "s": running_text(one.written),
        "batch": [exercise(row) for row in one.batch],
        "points": one.points,
        "share": one.share,
        "links": one.links,
    }


def exercise(row: Event) -> list[list[object]]:
    """A row of a batch: each token's pieces, and how many bits of surprise it was; none for the first."""
    shown = [running_text(bytes.fromhex(one)) if one else None for one in row["tokens"]]
    return [[face_, bits] for face_, bits in zip(shown, [None, *row["bits"]], strict=True)]


def vocabulary(now: Snapshot) -> int:
    """How many tokens the run's vocabulary has; 0 as long as that is not known."""
    return round(math.exp(now.start["uniform_loss"])) if now.start else 0


def probe_rows(probe: Event | None, step: int, vocab: int) -> Json:
    """The probe's bars as the playground's component draws them, and the step that they belong to."""
    top = probe["top"] if probe else []
    shares = [one["p"] for one in top]
    left = probe["rest"] if probe else 1.0
    rest = [left + sum(shares[i:]) for i in range(len(shares) + 1)][: ROWS + 1]
    faces = [(one, bytes.fromhex(one["bytes"])) for one in top[:ROWS]]
    return {
        "rows": [
            {"id": one["id"], **face(data, ends=not data), "p": one["p"], "q": one["p"], "cut": False, "n": 0}
            for one, data in faces
        ],
        "rest": rest,
        "rest_q": rest,
        "rest_n": [0] * len(rest),
        "turned": False,
        "draws": 0,
        "vocab": vocab,
        "text": drawn_text(probe["text"]) if probe else "",
        "at": step,
    }


def running_text(data: bytes) -> list[list[object]]:
    """Bytes as [text, is_mark] pieces of running text: a blank stays a blank, half a character becomes hex.

    >>> running_text(b"a b\\xe4\\xbd")
    [['a b', 0], ['⟨E4 BD⟩', 1]]
    """
    shown = drawn(byte_pieces(data))
    return joined([" ", 0] if mark and text == "·" else [text, mark] for text, mark in shown)


def drawn_text(text: str) -> list[list[object]]:
    """What was typed, as pieces of running text; a U+FFFD in it is a character like any other.

    >>> drawn_text("a b"), drawn_text("\\ufffd")
    ([['a b', 0]], [['⟨U+FFFD⟩', 1]])
    """
    shown = drawn(pieces(text))
    return joined([" ", 0] if mark and sign == "·" else [sign, mark] for sign, mark in shown)


def joined(parts: Iterable[list[object]]) -> list[list[object]]:
    """Neighbours of one kind as one."""
    out: list[list[object]] = []
    for text, mark in parts:
        if out and out[-1][1] == mark == 0:
            out[-1][0] = f"{out[-1][0]}{text}"
        else:
            out.append([text, mark])
    return out
