"""The reliability diagram: of the tokens that 小白 gave some probability, how many came true?

It was measured beforehand on held-out text (`python -m train family`); nothing is worked out here.
"""

from __future__ import annotations

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.words import Refusal, Text

NOT_MEASURED = Text("这个模型还没有量过。", "This model has not been measured yet.")
FEW = 100
"""Tokens below which a bar says little: a share of so few is off by five points and more by chance."""
EYE = 0.01
"""Gaps that differ by less look alike on the diagram."""
NO_SUCH_BIN = Text("图上没有这一格，请再点一次。", "There is no such bar; please click again.")
PHRASES: dict[str, Text] = {
    "honestLabel": Text(
        "可靠性图：横轴是小白说的概率，竖轴是说中的比例。",
        "Reliability: what XiaoBai said, and how often it came true.",
    ),
    "honestSaid": Text("它说的概率", "what it said"),
    "honestTrue": Text("说中的比例", "came true"),
    "honestBin": Text(
        "在它给第一名 {low}–{high} 的 {n} 个词元里，它平均说 {said}，实际说中 {true}。",
        "Of the {n} tokens whose first choice it gave {low}–{high}, it said {said} on average,"
        " and {true} came true.",
    ),
    "honestFew": Text("这一格只有 {n} 个词元，不好下结论。", "Only {n} tokens fall here; too few to judge."),
    "honestAll": Text(
        "量了 {tokens} 个没有参加训练的词元，平均相差 {ece}（期望校准误差）。点一格看看。",
        "Measured on {tokens} held-out tokens; the average gap is {ece} (expected calibration error)."
        " Click a bar.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """All bins, and the one that was clicked."""
    report = school.calibration
    if report is None:
        raise Refusal(NOT_MEASURED)
    bins = report["bins"]
    chosen = None
    if ask.get("bin") is not None:
        chosen = params.whole_number(ask["bin"], 0, len(bins) - 1)
        if chosen is None:
            raise Refusal(NO_SUCH_BIN)
    value = {"bins": bins, "tokens": report["tokens"], "ece": report["ece"], "chosen": chosen, "few": FEW}
    facts: dict[str, object] = {"said": None, "widest": False}
    if chosen is not None:
        gaps = [abs(one["confidence"] - one["accuracy"]) if one["count"] >= FEW else 0.0 for one in bins]
        facts = {"said": bins[chosen]["confidence"], "widest": gaps[chosen] > max(gaps) - EYE}
    return Shown(value, facts)


HONEST = Exhibit("honest", answer)
