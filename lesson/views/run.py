"""A job as the page's components read it: where it stands, the probe's bars, and what it wrote so far."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lesson.text import pieces
from lesson.views.curve import curve
from lesson.views.token import Json, face
from lesson.words import Text
from train.snapshot import Evaluation, Snapshot

ROWS = 7  # of the probe's bars; they stand beside the curves
BROKEN_BYTES = "□"  # stands for bytes that a young model wrote and that make no character

ENDS = {
    "steps": Text("练完了。", "Finished."),
    "early_stop": Text(
        "练完了：验证损失不再下降，于是提前停了。", "Finished early: the validation loss had stopped falling."
    ),
    "time": Text(
        "时间到了：一次训练最多这么久。练到的都在。",
        "Time is up: one run may take this long. What it learnt is kept.",
    ),
    "stopped": Text("已停下。", "Stopped."),
    "abandoned": Text(
        "一分钟没有人看，所以停下了，让给后面的人。",
        "Nobody watched for a minute, so it was stopped for those who wait.",
    ),
    "non_finite_loss": Text(
        "训练失败：第 {step} 步的损失不再是一个数（步子太大，参数飞出去了）。保留的是这之前最好的模型。",
        "Training failed: at step {step} the loss was no longer a number: too large a step threw the"
        " parameters off. The best model before that is kept.",
    ),
    "disk_full": Text(
        "训练停了：服务器的磁盘满了，模型没有存下来。请告诉管理员。",
        "Training stopped: the server’s disk is full, so the model was not saved."
        " Please tell whoever runs it.",
    ),
    "memory": Text(
        "训练失败：内存不够了。换一个小一点的模型再试。",
        "Training failed: it ran out of memory. Please try a smaller model.",
    ),
    "killed": Text(
        "训练中断了：它被系统关掉了，多半是内存不够。换一个小一点的再试。",
        "Training was cut off by the system, most likely for want of memory. Please try a smaller model.",
    ),
    "crashed": Text(
        "训练出错停下了，这不是你的问题。请再试一次。",
        "Training broke off with an error. It is not your fault; please try again.",
    ),
    "refused": Text(
        "这段文字没法用来训练，请换一段试试。", "This text cannot be trained on; please try another."
    ),
}
UNSAVED = Text(
    "磁盘快满了，模型暂时存不下来，训练还在继续。",
    "The disk is almost full: the model cannot be saved for now; training goes on.",
)


def run(now: Snapshot, token: str, *, model: bool = False, notice: Text | None = None) -> Json:
    """Where a run stands, in figures; ``model`` says that there is one to take to the playground."""
    step, start = now.step, now.start
    cap = start.get("config", {}).get("max_seconds")
    left = step.get("seconds_left")
    if left is not None and cap is not None:
        left = max(0.0, min(left, cap - step["seconds"]))
    return {
        "token": token,
        "state": now.state,
        "place": now.place,
        "stopping": now.stopping,
        "end": now.end,
        "failed": now.failed,
        "said": said(now).json() if now.state == "ended" else UNSAVED.json() if now.unsaved else None,
        "notice": notice.json() if notice else None,
        "model": model,
        "probe": start.get("config", {}).get("probe", ""),
        "loading": now.state == "running" and not start,
        "step": step.get("step", 0),
        "steps": start.get("steps"),
        "seconds": step.get("seconds"),
        "left": left if now.state == "running" else None,
        "speed": step.get("tokens_per_second"),
        "epoch": step.get("epoch"),
        "batch": start.get("config", {}).get("batch_size"),
        "parameters": start.get("parameters"),
        "tokens": start.get("train_tokens"),
        "train_loss": step.get("train_loss"),
        "val_loss": now.evaluations[-1].val_loss if now.evaluations else None,
    }


def said(now: Snapshot) -> Text:
    """How a run ended, as a sentence; what the command itself said of a text that it refused."""
    if now.end == "refused" and " / " in now.message:
        zh, en = now.message.splitlines()[-1].split(" / ", 1)
        return Text(zh, en)
    return ENDS.get(now.end, ENDS["crashed"]).format(step=now.step.get("step", 0))


def probe_bars(now: Snapshot) -> Json:
    """The probe's bars as the playground's component draws them, and the step that they belong to."""
    probe = now.probe
    if probe is None:
        return {
            "rows": [],
            "rest": [1.0],
            "rest_q": [1.0],
            "rest_n": [0],
            "turned": False,
            "draws": 0,
            "vocab": 0,
            "text": "",
            "at": 0,
        }
    shares = [one["p"] for one in probe["top"]]
    rest = [probe["rest"] + sum(shares[i:]) for i in range(len(shares) + 1)][: ROWS + 1]
    faces = [(one, bytes.fromhex(one["bytes"])) for one in probe["top"][:ROWS]]
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
        "vocab": round(math.exp(now.start["uniform_loss"])) if now.start else 0,
        "text": drawn_text(probe["text"], typed=True),
        "at": now.probe_step,
    }


def samples(now: Snapshot) -> Json:
    """What the model wrote at each evaluation, after the probe that it was given."""
    asked = now.probe["text"] if now.probe else ""
    return {"asked": drawn_text(asked, typed=True), "rows": [sample(one, asked) for one in now.evaluations]}


def sample(one: Evaluation, asked: str) -> Json:
    """One sample without the probe that it begins with."""
    written = one.sample.removeprefix(asked)
    return {"step": one.step, "loss": one.val_loss, "s": drawn_text(written)}


def drawn_text(text: str, *, typed: bool = False) -> list[list[object]]:
    """Running text as [text, is_mark] pairs; a blank stays a blank, and broken bytes become one plain sign.

    What was typed has no broken bytes: a U+FFFD in it is a character like any other.

    >>> drawn_text("a b"), drawn_text("\ufffd", typed=True)
    ([['a b', 0]], [['⟨U+FFFD⟩', 1]])
    """
    out: list[list[object]] = []

    def add(piece: str, mark: int) -> None:
        if out and out[-1][1] == mark:
            out[-1][0] = f"{out[-1][0]}{piece}"
        else:
            out.append([piece, mark])

    for i, word in enumerate(text.split(" ")):
        if i:
            add(" ", 0)
        for j, part in enumerate([word] if typed else word.split("\ufffd")):
            if j:
                add(BROKEN_BYTES, 1)
            for piece in pieces(part):
                add(piece.text, int(piece.mark))
    return out


def views(now: Snapshot, token: str, *, model: bool = False, notice: Text | None = None) -> Sequence[Json]:
    """All that the page shows of a run: figures, curves, bars, samples."""
    return run(now, token, model=model, notice=notice), curve(now), probe_bars(now), samples(now)
