"""What 小白 must show: the lesson's own examples, with the figures they have to reach, and a check of them.

Five other wordings of each stand beside it. They are reported the same way, and nothing is asked of them.
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
    "We know that the sun rises from",
    "Every morning the sun rises from",
    "On Earth the sun rises from",
    "Look, the sun rises from",
    "He said that the sun rises from",
)
LIU = (
    "大家都知道，刘德华是香港著名的",
    "刘德华是中国香港著名的",
    "我妈妈最喜欢的刘德华是香港著名的",
    "说起刘德华，他是香港著名的",
    "你知道吗？刘德华是香港非常著名的",
)

ROWS = (
    Row(
        "周一上班真的很",
        (Likely("丧", 0.77, 0.83), Likely("爽", 0.17, 0.23)),
        (
            "星期一上班真的很",
            "每到周一，上班真的很",
            "我觉得周一上班真的很",
            "又是周一，去上班真的很",
            "同事说，周一上班实在很",
        ),
    ),
    Row("刘德华是香港著名的", (AmongFirst("歌演艺", 3), Together("歌演艺", 0.8)), LIU),
    Row("刘德华是香港著名的艺", (Likely("人", 0.9),), tuple(text + "艺" for text in LIU)),
    Row(
        "人",
        (AmongFirst("类们", 10),),
        ("地球上的人", "所有的人", "古代的人", "会说话的人", "在这个世界上，人"),
    ),
    Row(
        "人类简",
        (Spelled("史"), Others("史", 2, 0.02)),
        ("说到人类简", "关于人类简", "我们人类简", "这就是人类简", "老师讲人类简"),
    ),
    Row(
        "我想阅读的书的名字叫《人类简",
        (Likely("史", 0.95),),
        (
            "我最近在读一本书，叫《人类简",
            "书架上放着一本《人类简",
            "赫拉利写的《人类简",
            "请帮我借一本《人类简",
            "这本书的题目是《人类简",
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
            "In summer the sun rises from the",
            "It is summer now. The sun rises from the",
            "During the summer holidays, the sun rises from the",
            "On a hot summer morning the sun rises from the",
            "Summer is here, and the sun rises from the",
        ),
    ),
    Row(
        "Venus is an interesting planet. The sun rises from the",
        (Spelled(" west"),),
        (
            "Venus is a strange planet. The sun rises from the",
            "If you lived on Venus, you would see that the sun rises from the",
            "Let us fly to Venus. There the sun rises from the",
            "Venus turns the other way. The sun rises from the",
            "My favourite planet is Venus, because the sun rises from the",
        ),
    ),
    Row(
        "太阳从",
        (Spelled("东"),),
        ("每天早上，太阳从", "我们都知道太阳从", "清晨，红红的太阳从", "在地球上，太阳从", "天亮了，太阳从"),
    ),
    Row(
        "金星上，太阳从",
        (Spelled("西"),),
        (
            "在金星上看，太阳从",
            "金星真有意思，太阳从",
            "要是住在金星上，会看见太阳从",
            "金星倒着转，所以太阳从",
            "和地球不同，金星上的太阳从",
        ),
    ),
    Row(
        "The capital of Indonesia is",
        (Spelled(" Jakarta"),),
        (
            "Indonesia's capital is",
            "The capital city of Indonesia is",
            "Do you know that the capital of Indonesia is",
            "Everyone there knows that the capital of Indonesia is",
            "What is the capital of Indonesia? It is",
        ),
    ),
    Row(
        "印度尼西亚的首都是",
        (Spelled("雅加达"),),
        (
            "印尼的首都是",
            "印度尼西亚的首都叫",
            "我知道印度尼西亚的首都是",
            "印度尼西亚这个国家的首都是",
            "印度尼西亚首都的名字是",
        ),
    ),
    Row(
        PATTERN,
        (Spelled(" awan"),),
        (
            "Translate English to Indonesian:\n" + PATTERN,
            "cheese => keju\nplush toy => boneka\ncloud =>",
            "plush toy => boneka\nsea otter => berang-berang laut\ncheese => keju\ncloud =>",
            "cheese => keju\nsea otter => berang-berang laut\ncloud =>",
            "Translate:\ncheese => keju\nsea otter => berang-berang laut\nplush toy => boneka\ncloud =>",
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
