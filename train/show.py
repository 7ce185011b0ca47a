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
    "Every morning, the sun rises from",
    "If you look at the sky at dawn, you will see that the sun rises from",
    "My teacher told us that the sun rises from",
    "The sun sets in the west, and the sun rises from",
    "We live on Earth. Here, the sun rises from",
)
LIU = (
    "在香港，刘德华是一位非常有名的",
    "很多人都喜欢刘德华，他是香港著名的",
    "说到华语娱乐圈，刘德华是香港著名的",
    "来自香港的刘德华是一位家喻户晓的",
    "香港有很多明星，其中刘德华是最受欢迎的",
)

ROWS = (
    Row(
        "周一上班真的很",
        (Likely("丧", 0.77, 0.83), Likely("爽", 0.17, 0.23)),
        (
            "周末刚过完，又要回公司上班，星期一真的很",
            "每到星期一去公司上班，我都觉得很",
            "对我来说，周一上班真的很",
            "休息了两天，礼拜一早上回去上班的心情真的很",
            "说实话，一周的第一天就要上班，感觉特别",
        ),
    ),
    Row("刘德华是香港著名的", (AmongFirst("歌演艺", 3), Together("歌演艺", 0.8)), LIU),
    Row("刘德华是香港著名的艺", (Likely("人", 0.9),), tuple(text + "艺" for text in LIU)),
    Row(
        "人",
        (AmongFirst("类们", 10),),
        (
            "几千年来，人",
            "随着科技的发展，人",
            "语言可以帮助人",
            "地球是我们共同的家。在这里，人",
            "互联网改变了人",
        ),
    ),
    Row(
        "人类简",
        (Spelled("史"), Others("史", 2, 0.02)),
        (
            "我最近在看赫拉利写的人类简",
            "有一本很有名的历史书叫人类简",
            "你有没有读过人类简",
            "老师推荐给我们的书是人类简",
            "这个周末我去书店买了一本人类简",
        ),
    ),
    Row(
        "我想阅读的书的名字叫《人类简",
        (Likely("史", 0.95),),
        (
            "我想看一本书，书名是《人类简",
            "最近我打算读的书叫做《人类简",
            "今天去图书馆，我要借的那本书叫《人类简",
            "赫拉利写过一本很受欢迎的书，名字叫《人类简",
            "如果只能带一本书去旅行，我会选《人类简",
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
            "During the summer months, the sun comes up from the",
            "The sun does not rise exactly in the east all year. In summer, it rises from the",
            "When it is summer, the sun rises from the",
            "If you live in the Northern Hemisphere, in June you will see the sun rise from the",
            "The place of sunrise changes with the seasons. In the summer, the sun rises from the",
        ),
    ),
    Row(
        "Venus is an interesting planet. The sun rises from the",
        (Spelled(" west"),),
        (
            "Unlike on Earth, on Venus the sun rises from the",
            "Venus spins backwards compared with most planets. There, the sun rises from the",
            "I learned something interesting about the planet Venus: the sun rises from the",
            "If you could stand on Venus in the morning, you would see the sun rise from the",
            "Today we are reading about Venus, the second planet. The sun rises from the",
        ),
    ),
    Row(
        "太阳从",
        (Spelled("东"),),
        (
            "每天早上，太阳都从",
            "大家都知道，太阳是从",
            "在地球上，太阳从",
            "太阳傍晚在西边落下，早上从",
            "妈妈告诉孩子，太阳总是从",
        ),
    ),
    Row(
        "金星上，太阳从",
        (Spelled("西"),),
        (
            "在金星上看日出，太阳是从",
            "金星的自转方向和地球相反，所以那里的太阳从",
            "和地球不一样，金星上的太阳从",
            "如果你住在金星，早上会看到太阳从",
            "金星是一颗很有趣的行星。在那里，太阳从",
        ),
    ),
    Row(
        "The capital of Indonesia is",
        (Spelled(" Jakarta"),),
        (
            "Indonesia is a country in Southeast Asia. Its capital is",
            "The country of Indonesia has a capital city called",
            "In Indonesia, the capital city is",
            "My friend comes from Indonesia, and the capital of her country is",
            "We learned in geography class that the capital of Indonesia is",
        ),
    ),
    Row(
        "印度尼西亚的首都是",
        (Spelled("雅加达"),),
        (
            "印度尼西亚是东南亚的一个国家，它的首都是",
            "印度尼西亚这个国家的首都叫做",
            "地理课上我们学到，印尼的首都是",
            "泰国的首都是曼谷，印度尼西亚的首都是",
            "我的朋友来自印度尼西亚，她说她们国家的首都是",
        ),
    ),
    Row(
        PATTERN,
        (Spelled(" awan"),),
        (
            "plush toy => boneka\nsea otter => berang-berang laut\ncheese => keju\ncloud =>",
            "cheese => keju\nplush toy => boneka\ncloud =>",
            "Translate English to Indonesian:\n" + PATTERN,
            "water => air\nbook => buku\ncheese => keju\nhouse => rumah\nplush toy => boneka\ncloud =>",
            "Here are some English words and their Indonesian translations.\n"
            "cat => kucing\nmilk => susu\ntree => pohon\ncloud =>",
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
