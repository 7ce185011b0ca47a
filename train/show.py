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
    "We all know that the sun rises from",
    "Look at the sky: the sun rises from",
    "At dawn the sun rises from",
    "My teacher told us that the sun rises from",
)
LIU = (
    "刘德华是一位著名的香港",
    "大家都知道，刘德华是香港很有名的",
    "香港的刘德华是一名非常出色的",
    "刘德华出生于香港，是家喻户晓的",
    "我妈妈很喜欢刘德华，他是香港最受欢迎的男",
)

ROWS = (
    Row(
        "周一上班真的很",
        (Likely("丧", 0.77, 0.83), Likely("爽", 0.17, 0.23)),
        (
            "星期一去上班真的很",
            "每到周一要上班，我的心情就很",
            "周末过完了，周一又要上班，感觉真的很",
            "今天是周一，一大早就来上班，真是太",
            "说实话，礼拜一上班让人觉得特别",
        ),
    ),
    Row("刘德华是香港著名的", (AmongFirst("歌演艺", 3), Together("歌演艺", 0.8)), LIU),
    Row("刘德华是香港著名的艺", (Likely("人", 0.9),), tuple(text + "艺" for text in LIU)),
    Row(
        "人",
        (AmongFirst("类们", 10),),
        (
            "地球是我们人",
            "语言是全人",
            "科技的进步改变了人",
            "很久以前，人",
            "动物是人",
        ),
    ),
    Row(
        "人类简",
        (Spelled("史"), Others("史", 2, 0.02)),
        (
            "我最近在读人类简",
            "老师推荐我们看人类简",
            "赫拉利写的那本书叫人类简",
            "你看过人类简",
            "图书馆里有一本人类简",
        ),
    ),
    Row(
        "我想阅读的书的名字叫《人类简",
        (Likely("史", 0.95),),
        (
            "我想看一本书，书名是《人类简",
            "我最近想读的书叫做《人类简",
            "尤瓦尔·赫拉利的代表作是《人类简",
            "老师，请问图书馆有没有《人类简",
            "我打算这个假期读完《人类简",
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
            "In summer, the sun comes up from the",
            "During the summer months, the sun rises in the",
            "On a summer morning, the sun rises from the",
            "It is summer now, so the sun rises from the",
            "When it is summer in Beijing, the sun rises towards the",
        ),
    ),
    Row(
        "Venus is an interesting planet. The sun rises from the",
        (Spelled(" west"),),
        (
            "Venus spins backwards. There, the sun rises from the",
            "On Venus, the sun rises from the",
            "Venus is different from Earth. On this planet the sun comes up from the",
            "If you lived on Venus, you would see the sun rise from the",
            "Let's talk about Venus. Every day the sun rises from the",
        ),
    ),
    Row(
        "太阳从",
        (Spelled("东"),),
        (
            "每天早上，太阳从",
            "我们都知道，太阳从",
            "清晨，太阳慢慢地从",
            "天亮了，一轮红日从",
            "在地球上，太阳总是从",
        ),
    ),
    Row(
        "金星上，太阳从",
        (Spelled("西"),),
        (
            "在金星上，太阳从",
            "金星和地球不一样，那里的太阳从",
            "如果你住在金星上，会看到太阳从",
            "金星是逆向自转的，所以太阳从",
            "老师说，金星上的太阳是从",
        ),
    ),
    Row(
        "The capital of Indonesia is",
        (Spelled(" Jakarta"),),
        (
            "Indonesia's capital is",
            "The capital city of Indonesia is",
            "Indonesia is a country in Southeast Asia, and its capital is",
            "What is the capital of Indonesia? It is",
            "Q: What is the capital city of Indonesia?\nA:",
        ),
    ),
    Row(
        "印度尼西亚的首都是",
        (Spelled("雅加达"),),
        (
            "印尼的首都是",
            "印度尼西亚的首都叫",
            "印度尼西亚是东南亚国家，它的首都是",
            "问：印度尼西亚的首都是哪里？答：",
            "我们知道，印尼这个国家的首都是",
        ),
    ),
    Row(
        PATTERN,
        (Spelled(" awan"),),
        (
            "cheese => keju\nplush toy => boneka\nsea otter => berang-berang laut\ncloud =>",
            "Translate English to Indonesian:\ncat => kucing\nhouse => rumah\nbook => buku\ncloud =>",
            "water => air\nfish => ikan\nmoon => bulan\nrain => hujan\nstar => bintang\ncloud =>",
            "English => Indonesian\ncheese => keju\nmilk => susu\ncloud =>",
            "Please translate these words into Indonesian.\n"
            "sun => matahari\nflower => bunga\nplush toy => boneka\ntree => pohon\ncloud =>",
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
