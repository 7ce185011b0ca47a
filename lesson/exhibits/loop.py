"""The four steps of a language model, one after another: encode, predict, choose, append, and when to stop.

A request is that of a sentence and its bars; its move may also be `run`: on and on until it stops. The
answer holds a whole round, with the throw to come, so that the page lights its steps at the learner's pace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lesson import params, playground
from lesson.exhibits import guess
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.playground import Pick, Playground
from lesson.predictions import Predictions
from lesson.school import School
from lesson.views.scene import scene
from lesson.views.token import Json, token_face
from lesson.words import Refusal, Text
from model.predictor import Step, generate

FULL = 120  # tokens that may be made in all
MOST = 24  # a run without a stop condition is cut here

NOT_A_COUNT = Text(
    "要写几个词元？请填 1 到 {most} 之间的整数。", "How many tokens? A whole number from 1 to {most}, please."
)
TOO_LONG = Text(
    "已经写了将近 {most} 个词元，够长了。请按「重来」。",
    "That makes nearly {most} tokens, which is long enough. Please press “Reset”.",
)

PHRASES: dict[str, Text] = {
    "loopNext": Text("下一步", "Next step"),
    "loopSeed": Text("换个骰子", "Other dice"),
    "loopRun": Text("写到停为止", "Run until it stops"),
    "loopEncode": Text("编码", "Encode"),
    "loopPredict": Text("预测", "Predict"),
    "loopChoose": Text("选择", "Choose"),
    "loopAppend": Text("接上", "Append"),
    "loopEncodeNote": Text(
        "每个词元换成编号，再换成 {width} 个数。下面是最后一个词元「{token}」的。",
        "Each token becomes its id, and that becomes {width} numbers: below, those of the last, “{token}”.",
    ),
    "loopPredictNote": Text(
        "{layers} 层算下来，那串数变了样，读出每个词元的概率。",
        "{layers} layers rewrite the numbers, and every token’s probability is read off them.",
    ),
    "loopChooseNote": Text(
        "掷出 {dice}，落在「{token}」这一段。", "The dice shows {dice}, on the stretch of “{token}”."
    ),
    "loopChooseTallest": Text("不掷骰子，选最高的「{token}」。", "No dice: the tallest, “{token}”."),
    "loopAppendNote": Text(
        "「{token}」接到了句子末尾。新句子从第一步再来一遍。",
        "“{token}” was appended. The new sentence begins again at the first step.",
    ),
    "loopAppendEnd": Text(
        "这次选中的是结束词元：它认为这段文字写完了。",
        "The end token was chosen: as far as it can tell, this text is finished.",
    ),
    "loopStops": Text("什么时候停？", "When to stop?"),
    "loopStopCount": Text("写满", "after"),
    "loopStopTokens": Text("个词元", "tokens"),
    "loopStopEnd": Text("选中结束词元就停", "when the end token is chosen"),
    "loopByCount": Text("停了：写满了 {n} 个词元。", "Stopped: {n} tokens were written."),
    "loopByEnd": Text(
        "停了：第 {n} 个选中的是结束词元。", "Stopped: the token chosen at number {n} was the end token."
    ),
    "loopByForce": Text(
        "没有一个条件管用，它写了 {n} 个还不停，只好替你掐断。",
        "Nothing told it to stop. After {n} tokens the page cut it off.",
    ),
    "loopLayer": Text("第 {n} 层之后", "after layer {n}"),
}


@dataclass(frozen=True)
class Stops:
    """When a run stops: after so many tokens, at the end token, or neither."""

    count: int | None
    end: bool


def answer(school: School, ask: Ask) -> Shown:
    """A round of the loop after the move, and why a run stopped."""
    predictions = school.model(ask.get("model", "xiaobai"))
    before = guess.opened(predictions, ask)
    given = ask.get("move")
    stopped, written = "", 0
    if isinstance(given, Mapping) and given.get("kind") == "run":
        state, stopped = run(before, predictions, stops(ask.get("stops")))
        written = len(state.now.picks) - len(before.now.picks)
    else:
        state = guess.moved(before, predictions, given)
    found = {**guess.facts(state, predictions), "stopped": stopped, "written": written}
    shown = scene(state, predictions)
    parts = {part: shown[part] for part in ("strip", "bars", "throw", "knobs", "brain")}
    told = {"prompt": found["prompt"], "ended": found["ended"], "stopped": stopped, "written": written}
    return Shown({**parts, **told, "coming": coming(state, predictions)}, found)


def stops(given: object) -> Stops:
    """The stop conditions of a request; a Refusal for a count that is none."""
    values = given if isinstance(given, Mapping) else {}
    if values.get("count") is None:
        return Stops(None, values.get("end") is True)
    count = params.whole_number(values.get("count"), 1, MOST)
    if count is None:
        raise Refusal(NOT_A_COUNT.format(most=MOST))
    return Stops(count, values.get("end") is True)


def run(state: Playground, predictions: Predictions, until: Stops) -> tuple[Playground, str]:
    """Steps until a stop condition holds, and its name: `count`, `end`, or `force` at MOST tokens."""
    end = predictions.tokenizer.end_of_text
    steps = generate(
        predictions.predictor, state.context, playground.sampling(state.knobs), seed=state.knobs.seed,
        max_new_tokens=min(until.count or MOST, MOST), stop=(end,) if until.end else (),
    )  # fmt: skip
    picks = tuple(picked(step, greedy=state.knobs.greedy) for step in steps)
    if len(state.now.picks) + len(picks) > FULL:
        raise Refusal(TOO_LONG.format(most=FULL))
    state = replace(state, now=replace(state.now, picks=state.now.picks + picks))
    if until.end and picks[-1].id == end:
        return state, "end"
    return state, "count" if until.count else "force"


def picked(step: Step, *, greedy: bool) -> Pick:
    """A step of the running loop as the playground keeps it."""
    p, q = float(step.raw.probs[step.chosen]), float(step.shaped.probs[step.chosen])
    if greedy:
        return Pick(step.chosen, p, q, "greedy")
    low = playground.stretch_begin(step.shaped, step.chosen)
    return Pick(step.chosen, p, q, "drawn", step.dice, low, min(1.0, low + q))


def coming(state: Playground, predictions: Predictions) -> Json:
    """The choice that the next step will make: its token, p, and the throw."""
    pick = playground.step(state, predictions).now.picks[-1]
    face = token_face(predictions.tokenizer, pick.id)
    return {
        **face,
        "how": pick.how,
        "p": pick.p,
        "q": pick.p_shaped,
        "dice": pick.dice,
        "low": pick.low,
        "high": pick.high,
    }


LOOP = Exhibit("loop", answer)
