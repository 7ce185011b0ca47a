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
    "Every morning the sun comes up in",
    "The sun always rises in",
    "We all know that the sun comes up from",
    "At dawn, you can see the sun rising from",
    "Here on Earth, the sun rises each day in",
)
LIU = (
    "刘德华是香港有名的",
    "大家都知道，刘德华是来自香港的",
    "在香港，刘德华是一位家喻户晓的",
    "刘德华是我妈妈最喜欢的",
    "说起刘德华，他可是香港很红的",
)

ROWS = (
    Row(
        "周一上班真的很",
        (Likely("丧", 0.77, 0.83), Likely("爽", 0.17, 0.23)),
        (
            "星期一去上班真是太",
            "每到周一要上班，心情就特别",
            "周一一大早去公司上班，感觉好",
            "礼拜一又得去上班了，整个人都很",
            "想到周一要上班，我就觉得很",
        ),
    ),
    Row("刘德华是香港著名的", (AmongFirst("歌演艺", 3), Together("歌演艺", 0.8)), LIU),
    Row("刘德华是香港著名的艺", (Likely("人", 0.9),), tuple(text + "艺" for text in LIU)),
    Row(
        "人",
        (AmongFirst("类们", 10),),
        (
            "地球上的人",
            "很久很久以前的人",
            "科学家一直在研究人",
            "街上来来往往的人",
            "保护环境就是保护我们人",
        ),
    ),
    Row(
        "人类简",
        (Spelled("史"), Others("史", 2, 0.02)),
        (
            "我最近在看人类简",
            "书架上放着一本人类简",
            "朋友推荐我读人类简",
            "赫拉利写过一本书，叫人类简",
            "他昨天刚看完人类简",
        ),
    ),
    Row(
        "我想阅读的书的名字叫《人类简",
        (Likely("史", 0.95),),
        (
            "我想读一本书，书名是《人类简",
            "我想去图书馆借《人类简",
            "我打算在网上买一本《人类简",
            "最近特别想看的一本书是《人类简",
            "你好，我想借一本书，名字叫《人类简",
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
            "During the summer months, the sun comes up in the",
            "On summer mornings, the sun rises from the",
            "When summer comes, the sun starts rising in the",
            "In the middle of summer, you can see the sun come up from the",
            "It is summer now, so the sun rises in the",
        ),
    ),
    Row(
        "Venus is an interesting planet. The sun rises from the",
        (Spelled(" west"),),
        (
            "On Venus, the sun comes up in the",
            "Venus spins backwards, so over there the sun rises in the",
            "If you lived on Venus, you would see the sun come up from the",
            "Venus is a strange world. Every day there, the sun rises from the",
            "Unlike on Earth, a sunrise on Venus happens in the",
        ),
    ),
    Row(
        "太阳从",
        (Spelled("东"),),
        (
            "每天早上，太阳都从",
            "在地球上，太阳总是从",
            "我们都知道，太阳是从",
            "天亮的时候，太阳会从",
            "清晨起来，看见太阳正从",
        ),
    ),
    Row(
        "金星上，太阳从",
        (Spelled("西"),),
        (
            "在金星上，太阳是从",
            "金星和地球不一样，那里的太阳从",
            "如果你住在金星，就会看到太阳从",
            "金星是倒着转的，所以太阳从",
            "金星上的早晨，太阳会从",
        ),
    ),
    Row(
        "The capital of Indonesia is",
        (Spelled(" Jakarta"),),
        (
            "Indonesia's capital city is",
            "The capital city of Indonesia is called",
            "The name of Indonesia's capital is",
            "Indonesia is a country in Southeast Asia, and its capital is",
            "We learned in school that the capital of Indonesia is",
        ),
    ),
    Row(
        "印度尼西亚的首都是",
        (Spelled("雅加达"),),
        (
            "印尼的首都是",
            "印度尼西亚的首都叫",
            "印尼这个国家的首都是",
            "印度尼西亚是一个东南亚国家，它的首都是",
            "大家都知道，印尼的首都就是",
        ),
    ),
    Row(
        PATTERN,
        (Spelled(" awan"),),
        (
            "book => buku\nhouse => rumah\nfish => ikan\ncloud =>",
            "cat => kucing\nmilk => susu\ntree => pohon\ncloud =>",
            "rain => hujan\nmoon => bulan\nflower => bunga\ncloud =>",
            "chair => kursi\nbread => roti\nbird => burung\ncloud =>",
            "star => bintang\nmountain => gunung\nshoe => sepatu\ncloud =>",
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
