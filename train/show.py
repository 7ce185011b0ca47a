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
    "The sun comes up in",
    "Every morning the sun rises in",
    "We all know that the sun rises from",
    "Each day the sun comes up from",
    "At dawn, you can see the sun rising in",
)
LIU = (
    "刘德华是香港的一位著名",
    "来自香港的刘德华是一位很有名的",
    "大家都知道，刘德华是香港有名的",
    "香港的刘德华是一名",
    "刘德华，香港知名",
)

ROWS = (
    Row(
        "周一上班真的很",
        (Likely("丧", 0.77, 0.83), Likely("爽", 0.17, 0.23)),
        (
            "星期一去上班真的好",
            "每到周一要上班，我就特别",
            "周一又要上班了，感觉好",
            "礼拜一上班真是太",
            "周一早上去上班，心情真的很",
        ),
    ),
    Row("刘德华是香港著名的", (AmongFirst("歌演艺", 3), Together("歌演艺", 0.8)), LIU),
    Row("刘德华是香港著名的艺", (Likely("人", 0.9),), tuple(text + "艺" for text in LIU)),
    Row(
        "人",
        (AmongFirst("类们", 10),),
        (
            "地球上的人",
            "善良的人",
            "古代的人",
            "远古时期，人",
            "这里的人",
        ),
    ),
    Row(
        "人类简",
        (Spelled("史"), Others("史", 2, 0.02)),
        (
            "我最近在看人类简",
            "赫拉利写的人类简",
            "老师推荐我们读人类简",
            "你有没有读过人类简",
            "请给我介绍一下人类简",
        ),
    ),
    Row(
        "我想阅读的书的名字叫《人类简",
        (Likely("史", 0.95),),
        (
            "我想看的那本书叫《人类简",
            "我打算读一本书，书名是《人类简",
            "这个假期我想读的书是《人类简",
            "我最想读的一本书名叫《人类简",
            "老师，我想借一本书，名字叫《人类简",
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
            "In summer the sun rises in the",
            "On a summer morning, the sun rises from the",
            "When it is summer, the sun comes up from the",
            "The summer sun rises in the",
        ),
    ),
    Row(
        "Venus is an interesting planet. The sun rises from the",
        (Spelled(" west"),),
        (
            "On Venus, the sun rises in the",
            "Venus is a strange world. There, the sun comes up in the",
            "If you stood on Venus, you would see the sun rise from the",
            "Venus spins the opposite way to Earth, so the sun comes up from the",
            "Let's talk about the planet Venus. The sun there rises in the",
        ),
    ),
    Row(
        "太阳从",
        (Spelled("东"),),
        (
            "每天早上，太阳从",
            "我们都知道，太阳是从",
            "清晨的太阳总是从",
            "天亮了，太阳慢慢从",
            "在地球上，太阳每天都从",
        ),
    ),
    Row(
        "金星上，太阳从",
        (Spelled("西"),),
        (
            "在金星上，太阳是从",
            "如果站在金星上看，太阳会从",
            "金星和地球不一样，那里的太阳从",
            "金星的自转方向和地球相反，所以太阳从",
            "你知道吗？金星上的太阳是从",
        ),
    ),
    Row(
        "The capital of Indonesia is",
        (Spelled(" Jakarta"),),
        (
            "Indonesia's capital is",
            "The capital city of Indonesia is",
            "The name of Indonesia's capital city is",
            "Indonesia is a country in Southeast Asia, and its capital is",
            "The city that serves as the capital of Indonesia is",
        ),
    ),
    Row(
        "印度尼西亚的首都是",
        (Spelled("雅加达"),),
        (
            "印尼的首都是",
            "印度尼西亚首都的名字叫",
            "印度尼西亚是东南亚国家，它的首都是",
            "我们知道，印度尼西亚的首都叫做",
            "印度尼西亚这个国家的首都是",
        ),
    ),
    Row(
        PATTERN,
        (Spelled(" awan"),),
        (
            "cat => kucing\nhouse => rumah\nbook => buku\ncloud =>",
            "polar bear => beruang kutub\nmilk => susu\numbrella => payung\ncloud =>",
            "sea turtle => penyu\nbread => roti\nmountain => gunung\ncloud =>",
            "ice cream => es krim\nhorse => kuda\nriver => sungai\ncloud =>",
            "traffic light => lampu lalu lintas\negg => telur\nelephant => gajah\ncloud =>",
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
