"""How a run ended, explained: what happened, why, and which model was kept."""

from __future__ import annotations

import math

from lesson.words import Text
from train.snapshot import Snapshot

RISEN = 1.04  # times the best validation loss: so far above it the text is being learnt by heart
WORSE_THAN_NOTHING = 1.02  # times the loss of the first evaluation, which is that of guessing blindly
STILL_FALLING = 0.06  # share of the whole fall that fell in the last fifth of the run

ENDS = {
    "steps": Text(
        "练完了。验证损失从 {first} 降到了 {last}：原来像在 {choices} 个词元里瞎猜，现在像只在 {left} 个"
        "里犹豫。",
        "Finished. Validation loss fell from {first} to {last}: at first it was like guessing among {choices}"
        " tokens, now like wavering between {left}.",
    ),
    "too_few": Text(
        "练完了，可是损失还在往下掉：课文只读了 {epochs} 遍，没学够就停了（浅尝辄止）。多练几步，它还能猜"
        "得更准。",
        "Finished, but the loss was still falling: the text was read only {epochs} times, too little to"
        " learn it."
        " With more steps it would guess better.",
    ),
    "by_heart": Text(
        "练完了，但是练过了头：验证损失在第 {best} 步最低（{best_loss}），后来又升到 {last}，训练损失却还"
        "在降。"
        "它在背课文，没读过的句子反而猜得更差了（过拟合）。留下的是最后一步的模型；打开“提前停”，留下的就"
        "是最好的那个。",
        "Finished, but it trained too long: validation loss was lowest at step {best} ({best_loss}) and"
        " has risen to"
        " {last} since, while training loss kept falling. It learns the text by heart and guesses worse"
        " on what it"
        " has not read (overfitting). The model of the last step is kept; early stopping would keep the"
        " best one.",
    ),
    "diverged": Text(
        "练完了，可是损失比瞎猜还高：学习率太大，每一步都跨过了头，参数来回乱跳，什么也学不住。把学习率改"
        "小再试。",
        "Finished, but the loss is above blind guessing: with so large a learning rate every step"
        " overshoots, the"
        " parameters jump about and nothing sticks. Try again with a smaller one.",
    ),
    "early_stop": Text(
        "提前停了：验证损失从第 {best} 步起不再下降，再练下去就是背课文（过拟合）。留下的是第 {best} 步的"
        "模型。",
        "Stopped early: from step {best} on validation loss fell no more, and going on would only be"
        " learning the"
        " text by heart (overfitting). The model of step {best} is kept.",
    ),
    "time": Text(
        "时间到了：一次训练最多 {cap} 秒。练到了第 {step} 步，留下的就是这一步的模型。",
        "Time is up: one run may take {cap} seconds. It came as far as step {step}, whose model is kept.",
    ),
    "stopped": Text("已停下。", "Stopped."),
    "abandoned": Text(
        "一分钟没有人看，所以停下了，让给后面的人。",
        "Nobody watched for a minute, so it was stopped for those who wait.",
    ),
    "non_finite_loss": Text(
        "训练失败：第 {step} 步的损失不再是一个数（曲线上的 ▲）。学习率太大，每一步都跨过了头，参数越飞越远，"
        "最后超出了计算机能记的数。训练就停在这里；留下的是第 {best} 步的模型，那是这之前最好的。把学习率"
        "改小再试。",
        "Training failed: at step {step} the loss was no longer a number (▲ on the curve). With so large"
        " a learning"
        " rate every step overshoots, and the parameters flew off until no number could hold them. It"
        " stopped there;"
        " kept is the model of step {best}, the best one before. Try again with a smaller learning rate.",
    ),
    "disk_full": Text(
        "训练停了：服务器的磁盘满了，后来学到的没有存下来。请告诉管理员。",
        "Training stopped: the server’s disk is full, so what was learnt last is not saved."
        " Please tell whoever runs it.",
    ),
    "memory": Text(
        "训练失败：内存不够了。换一个小一点的模型、短一点的上下文，或者每步少看几段，再试。",
        "Training failed: it ran out of memory. Please try a smaller model, a shorter context or a"
        " smaller batch.",
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
PAUSED = Text(
    "暂停着，停着的时间不算在内。最多停 {seconds} 秒，到时会自己接着练，好让后面的人轮得到。",
    "Paused. The time does not count, but after {seconds} seconds at most it goes on by itself, for others"
    " wait.",
)
WENT_ON = Text("停得够久了，已经自己接着练了。", "It was paused long enough and went on by itself.")
RESUMED = Text(
    "训练的进程被系统关掉过，已经从第 {step} 步接着练；结果和没断过一模一样。",
    "The system cut the training off; it went on from step {step}, with the same result as if nothing"
    " had been.",
)


def said(now: Snapshot) -> Text | None:
    """What is to be told of a run beyond its figures, while it goes on and when it has ended."""
    if now.state == "ended":
        return ended(now)
    if now.unsaved:
        return UNSAVED
    if now.paused:
        return PAUSED.format(seconds=round(now.pause_left))
    if now.pause_over:
        return WENT_ON
    return RESUMED.format(step=now.start.get("step", 0)) if now.resumed else None


def ended(now: Snapshot) -> Text:
    """How a run ended, as sentences; what the command itself said of a text that it refused."""
    if now.end == "refused" and " / " in now.message:
        zh, en = now.message.splitlines()[-1].split(" / ", 1)
        return Text(zh, en)
    kind = judged(now) if now.end == "steps" else now.end
    looks = now.evaluations
    first, last = (one[0].val_loss if one else None for one in (looks, looks[::-1]))
    best = next((one.val_loss for one in looks if one.step == now.best_step), None)
    cap = now.start.get("config", {}).get("max_seconds")
    return ENDS.get(kind, ENDS["crashed"]).format(
        step=now.step.get("step", 0), best=now.best_step or 0, cap=f"{cap:g}" if cap else "–",
        best_loss=two(best), first=two(first), last=two(last), choices=number(first), left=number(last),
        epochs=f"{now.step.get('epoch') or 0:.1f}",
    )  # fmt: skip


def judged(now: Snapshot) -> str:
    """What became of a run that took all its steps: well learnt, too little, by heart, or nothing at all."""
    told = [(one.step, one.val_loss) for one in now.evaluations if one.val_loss is not None]
    if len(told) < 2:
        return "steps"
    (_, first), (step, last) = told[0], told[-1]
    best = min(loss for _, loss in told)
    if last > WORSE_THAN_NOTHING * first:
        return "diverged"
    if last > RISEN * best:
        return "by_heart"
    before = next((loss for at, loss in reversed(told) if at <= 0.8 * step), first)
    return "too_few" if before - last > STILL_FALLING * max(first - last, 1e-9) else "steps"


def two(loss: float | None) -> str:
    """A loss with two digits."""
    return "–" if loss is None else f"{loss:.2f}"


def number(loss: float | None) -> str:
    """Among how many equally likely tokens one would be as uncertain (perplexity).

    >>> number(0.0), number(6.2383)
    ('1.0', '512')
    """
    choices = math.exp(min(loss or 0.0, 50.0))
    return f"{choices:.1f}" if choices < 10 else f"{choices:,.0f}"
