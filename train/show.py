"""What 小白 must show: the lesson's own examples, with the figures they have to reach, and a check of them.

Five other wordings of each stand beside it, written after the training by someone who had not read its texts.
They are reported the same way, and nothing is asked of them.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import XIAOBAI
from model.predictor import Predictor
from model.sampling import Sampling
from train.claims import AmongFirst, Claim, Likely, Others, Spelled, Together, continuation
from train.scoring import open_predictor

READING_TEMPERATURE = 0.8
SEEDS = (0, 1, 2)
CONTINUATION_TOKENS = 40


@dataclass(frozen=True)
class Row:
    """One line of the table: a context, what it must show, and five other wordings of the context."""

    prompt: str
    claims: tuple[Claim, ...]
    paraphrases: tuple[str, ...]


PATTERN = "sea otter => berang-berang laut\ncheese => keju\nplush toy => boneka\ncloud =>"
WORDINGS = (
    "Day after day, the sun comes up from",
    "At dawn, the sun appears in",
    "Our teacher told us that the sun always rises in",
    "If you want to watch the sunrise, look toward",
    "The place where the sun first shows up each morning is in",
)
LIU = (
    "刘德华是一位很红的香港",
    "在香港，刘德华是一名家喻户晓的",
    "我妈妈喜欢的刘德华是香港的一位知名",
    "说到刘德华，他是香港非常出名的",
    "刘德华出生在香港，是一位大名鼎鼎的",
)

ROWS = (
    Row(
        "周一上班真的很",
        (Likely("丧", 0.77, 0.83), Likely("爽", 0.17, 0.23)),
        (
            "刚过完周末就得回公司干活，我觉得特别",
            "星期一的早晨坐在办公室里，心情非常",
            "一想到今天是周一要上班，我就很",
            "礼拜一上班让人觉得格外",
            "又到了周一，开始工作的我有点",
        ),
    ),
    Row("刘德华是香港著名的", (AmongFirst("歌演艺", 3), Together("歌演艺", 0.8)), LIU),
    Row("刘德华是香港著名的艺", (Likely("人", 0.9),), tuple(text + "艺" for text in LIU)),
    Row(
        "人",
        (AmongFirst("类们", 10),),
        (
            "很久很久以前，人",
            "地球上的人",
            "科学家发现，人",
            "为了生活得更好，人",
            "从古到今，人",
        ),
    ),
    Row(
        "人类简",
        (Spelled("史"), Others("史", 2, 0.02)),
        (
            "老师推荐大家读人类简",
            "我最近在看人类简",
            "你有没有听说过人类简",
            "图书馆里有一本人类简",
            "赫拉利写的那本书叫人类简",
        ),
    ),
    Row(
        "我想阅读的书的名字叫《人类简",
        (Likely("史", 0.95),),
        (
            "我想看的那本书叫《人类简",
            "我打算读一本书，书名是《人类简",
            "有本书我一直很想读，它叫作《人类简",
            "我想去图书馆借来看的书是《人类简",
            "如果有时间，我要读的书的题目是《人类简",
        ),
    ),
    Row("The sun rises from", (Likely(" the", 0.8),), WORDINGS),
    Row(
        "The sun rises from the",
        (Spelled(" east"), Likely(" east", 0.6)),
        tuple(text + " the" for text in WORDINGS),
    ),
    Row(
        "In the summer, the sun rises from the",
        (Spelled(" northeast"),),
        (
            "During summer, the sun comes up in the",
            "On a summer morning, the sun appears in the",
            "In summertime, sunrise happens in the",
            "When it is summer, you can see the sun rise in the",
            "All through the summer months, the sun climbs up from the",
        ),
    ),
    Row(
        "Venus is an interesting planet. The sun rises from the",
        (Spelled(" west"),),
        (
            "Venus is a strange planet. There, the sun comes up in the",
            "On Venus, things are different. The sun rises in the",
            "Let's talk about the planet Venus. Its sunrise happens in the",
            "If you lived on Venus, you would see the sun rise from the",
            "Venus is a fascinating world. In the morning, the sun appears in the",
        ),
    ),
    Row(
        "太阳从",
        (Spelled("东"),),
        (
            "天亮的时候，太阳从",
            "我们都知道，太阳升起的方向是",
            "想看日出的话，要面朝",
            "老师说，太阳每天都由",
            "早晨的太阳总会出现在",
        ),
    ),
    Row(
        "金星上，太阳从",
        (Spelled("西"),),
        (
            "如果你站在金星上，会看到太阳从",
            "金星上日出的方向是",
            "要是住在金星，每天的太阳都打",
            "金星很特别，那里的太阳从",
            "想在金星这颗行星上看日出，要面向",
        ),
    ),
    Row(
        "The capital of Indonesia is",
        (Spelled(" Jakarta"),),
        (
            "The capital city of Indonesia is called",
            "Indonesia is a country whose capital is",
            "If you ask me what the capital of Indonesia is, the answer is",
            "In Indonesia, the capital city is named",
            "The city that serves as the capital of Indonesia is",
        ),
    ),
    Row(
        "印度尼西亚的首都是",
        (Spelled("雅加达"),),
        (
            "印度尼西亚这个国家的首都叫",
            "作为印尼首都的城市是",
            "老师问印度尼西亚的首都是哪座城市，答案是",
            "印度尼西亚把首都设在",
            "我知道印尼首都的名字叫做",
        ),
    ),
    Row(
        PATTERN,
        (Spelled(" awan"),),
        (
            "door => pintu\ndog => anjing\nsea => laut\ncloud =>",
            "hand => tangan\nfire => api\nschool => sekolah\ncloud =>",
            "window => jendela\negg => telur\nnight => malam\ncloud =>",
            "sugar => gula\nhorse => kuda\nstone => batu\ncloud =>",
            "wind => angin\ntable => meja\neye => mata\ncloud =>",
        ),
    ),
)

CONTINUED = ("中国的首都是", "床前明月", "从前有", "妈妈", "今天天气", "Once upon a time")


def check(predictor: Predictor, prompt: str, claims: Sequence[Claim]) -> dict[str, Any]:
    """Return what was measured after a prompt, claim by claim."""
    results = [(claim, *claim.check(predictor, prompt)) for claim in claims]
    found = [
        {"claim": type(claim).__name__, "measured": measured, "passed": passed}
        for claim, measured, passed in results
    ]
    return {"prompt": prompt, "claims": found, "passed": all(passed for _, _, passed in results)}


def show(predictor: Predictor, rows: Sequence[Row] = ROWS) -> dict[str, Any]:
    """Return every row with its figures and its paraphrases', and the continuations for a reader to judge."""
    sampling = Sampling(READING_TEMPERATURE)
    return {
        "rows": [
            check(predictor, row.prompt, row.claims)
            | {"paraphrases": [check(predictor, text, row.claims) for text in row.paraphrases]}
            for row in rows
        ],
        "continuations": [
            {
                "prompt": text,
                "seed": seed,
                "text": continuation(predictor, text, sampling, seed=seed, tokens=CONTINUATION_TOKENS),
            }
            for text in CONTINUED
            for seed in SEEDS
        ],
    }


def show_command(argv: Sequence[str]) -> int:
    """Print what a model shows of what it must: every row with the value measured, and pass or fail."""
    parser = argparse.ArgumentParser("python -m train show", description=show_command.__doc__)
    parser.add_argument("--model", type=Path, default=XIAOBAI, help="a checkpoint or a table of counts")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    report = show(open_predictor(args.model))
    text = json.dumps(report, ensure_ascii=False, indent=1) if args.json else lines(report)
    sys.stdout.write(text + "\n")
    return 0


def lines(report: dict[str, Any]) -> str:
    """Return a report to be read."""
    found = []
    for row in report["rows"]:
        right = sum(other["passed"] for other in row["paraphrases"])
        verdict = "pass" if row["passed"] else "FAIL"
        found.append(f"{verdict}  {row['prompt']!r}  ({right} of {len(row['paraphrases'])} paraphrases pass)")
        found += [f"      {'+' if c['passed'] else '-'} {c['measured']}" for c in row["claims"]]
        for other in row["paraphrases"]:
            measured = "; ".join(c["measured"] for c in other["claims"])
            found.append(f"        {'+' if other['passed'] else '-'} {other['prompt']!r}: {measured}")
    found += [f"{c['prompt']} [{c['seed']}] {c['text']!r}" for c in report["continuations"]]
    passed = sum(row["passed"] for row in report["rows"])
    return "\n".join([*found, f"{passed} of {len(report['rows'])} rows pass"])
