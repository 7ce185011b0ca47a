"""The learner's own training: the training tab tells this exhibit's script how it stands."""

from __future__ import annotations

from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.words import Refusal, Text

STATES = ("none", "waiting", "running", "ended")
NO_SUCH_STATE = Text(
    "没有听懂训练室的消息，请再练一次。", "The lab’s message made no sense; please train again."
)

PHRASES: dict[str, Text] = {
    "own_none": Text("还没有练过。", "Nothing has been trained yet."),
    "own_waiting": Text("正在排队。", "Waiting in the queue."),
    "own_running": Text("正在练……练完回来看。", "Training … come back when it is done."),
    "own_ended": Text("你的模型练完了。", "Your model is trained."),
    "ownGo": Text("去训练室", "To the training lab"),
    "ownHow": Text(
        "选「爽还是丧」，按开始，一两分钟就练完。留意三样东西：柱子、损失曲线、它写的句子。",
        "Choose “Great or gloomy” and press start; it takes a minute or two. Watch three things: the "
        "bars, the curves, what it writes.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """How the learner's own run stands."""
    state = ask.get("state", "none")
    if state not in STATES:
        raise Refusal(NO_SUCH_STATE)
    return Shown({"state": state}, {"state": state})


OWN_RUN = Exhibit("own_run", answer)
