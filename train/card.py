"""The model card, written from what was measured: no figure in it was typed by hand."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from model.tokenizer import ASSETS, RANKS, load_tokenizer
from train import mix, show
from train.compare import PLAIN_NEW
from train.corpus import read
from train.family import NGRAM, read_family
from train.pretrain import LESSONS, PLAIN

CARD = ASSETS / "MODEL_CARD.md"
SHOWN = ASSETS / "shown.json"
INTRO = ASSETS / "card.md"  # the words around the figures
TITLES = {
    "xiaobai": "小白 XiaoBai", "sister192": "192", "sister128": "128", "sister64": "64", NGRAM: "5-gram",
}  # fmt: skip
GROUPS = {
    PLAIN: "浅近中文 plain Chinese", PLAIN_NEW: "其中无近似重复的 of it, without near-duplicates",
    "zh": "全部中文 all Chinese", "en": "全部英文 all English", "all": "全部 all",
}  # fmt: skip
Family = Mapping[str, Mapping[str, Any]]  # by name


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table.

    >>> print(table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [head, *rows]
    drawn = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([drawn[0], "|---" * len(head) + "|", *drawn[1:]])


def models(family: Family) -> str:
    """Return how large each model is, how long it was trained, and its figures on held-out text."""
    rows = []
    for name, one in family.items():
        run, figures, asked = one.get("training"), one["figures"], one["prompts"]
        rows.append(
            [
                TITLES[name],
                f"{one['parameters']:,}" if one["parameters"] else "–",
                f"{one['non_embedding']:,}" if one["non_embedding"] else "–",
                f"{one['bytes'] / 1e6:.1f} MB",
                f"{run['tokens'] / 1e6:.1f} M" if run else "–",
                f"{run['hours']:.2f}" if run else "–",
                f"{figures[PLAIN]['bits_per_char']:.3f}",
                f"{figures['en']['bits_per_byte']:.3f}",
                f"{one['calibration']['ece']:.4f}",
                f"{asked['share']:.2f} ({asked['low']:.2f}–{asked['high']:.2f})",
            ]
        )
    head = [
        "模型 model", "参数 parameters", "除词表外 without embeddings", "文件 file",
        "词元 tokens", "小时 hours",
        "浅近中文 bits/char", "英文 English bits/byte", "ECE", "日常开头 everyday prompts (95 %)",
    ]  # fmt: skip
    return table(head, rows)


def by_source(family: Family) -> str:
    """Return bits per character and per byte of each held-out source, for every model."""
    first = next(iter(family.values()))["figures"]
    names = [*GROUPS, *(name for name in first if name not in GROUPS)]
    rows = []
    for source in names:
        if source in first:
            figures = [one["figures"][source] for one in family.values()]
            cells = [f"{f['bits_per_char']:.3f} · {f['bits_per_byte']:.3f}" for f in figures]
            rows.append([GROUPS.get(source) or source, *cells])
    return table(["bits/char · bits/byte", *(TITLES[name] for name in family)], rows)


def reliability(report: Mapping[str, Any]) -> str:
    """Return the reliability diagram as a table: what was said, and how much of it came true."""
    rows = [
        [
            f"{b['low']:.2f}–{b['high']:.2f}",
            f"{b['count']:,}",
            f"{b['confidence']:.3f}",
            f"{b['accuracy']:.3f}",
        ]
        for b in report["bins"]
        if b["count"]
    ]
    return table(["第一名的概率 top probability", "词元 tokens", "说 said", "中 came true"], rows)


def shown(report: Mapping[str, Any]) -> str:
    """Return the table of what must be shown, with how many paraphrases show it as well."""
    rows = []
    for row in report["rows"]:
        right = sum(other["passed"] for other in row["paraphrases"])
        measured = "；".join(claim["measured"] for claim in row["claims"])
        prompt = row["prompt"].replace("\n", " ⏎ ")
        rows.append([prompt, measured, "✓" if row["passed"] else "✗", f"{right}/{len(row['paraphrases'])}"])
    return table(["开头 context", "量得 measured", "", "换个说法 paraphrases"], rows)


def continuations(report: Mapping[str, Any]) -> str:
    """Return what the model wrote, as it came."""
    return "\n".join(
        f"- `{c['prompt']}` (seed {c['seed']}) {json.dumps(c['text'], ensure_ascii=False)}"
        for c in report["continuations"]
    )


def recipe(family: Family) -> str:
    """Return the settings of each part of a training."""
    rows = []
    for name, one in family.items():
        for number, part in enumerate(one.get("training", {}).get("parts", ()), start=1):
            rows.append(
                [
                    f"{TITLES[name]} · {number}",
                    mix.PARTS[number - 1],
                    f"{part['passes']:.2f}",
                    f"{part['steps']:,}",
                ]
                + [f"{part[key]:g}" for key in ("batch_size", "block_size", "lr", "warmup", "decay", "seed")]
                + [part["precision"], f"{part['hours']:.2f}"]
            )
    head = [
        "部分 part",
        "权重 weights",
        "遍 passes",
        "步 steps",
        "batch",
        "block",
        "lr",
        "warmup",
        "decay",
        "seed",
        "precision",
        "小时 hours",
    ]
    return table(head, rows)


def manifest(sources: Sequence[mix.Source]) -> str:
    """Return where every text of the mix comes from, and how often the whole training reads it."""
    rows = [[s.file, f"{s.weight:g}", f"{s.characters:,}", s.licence, s.source, s.commit] for s in sources]
    return table(
        ["文本 text", "遍 times read", "字符 characters", "许可 licence", "来源 source", "版本 version"], rows
    )


def standing(tokens: int) -> dict[str, tuple[int, float]]:
    """Return for every example how often it stands in the lesson corpus, word for word, and its share.

    The share is what part of the `tokens` of the whole training the readings of these places are.
    """
    texts = [(s.weight, read(LESSONS / s.file)) for s in mix.sources() if (LESSONS / s.file).exists()]
    tokenizer = load_tokenizer(RANKS)
    found: dict[str, tuple[int, float]] = {}
    for prompt in (*(row.prompt for row in show.ROWS), *show.CONTINUED):
        times = [(weight, text.count(prompt)) for weight, text in texts]
        readings = sum(weight * n for weight, n in times)
        found[prompt] = sum(n for _, n in times), readings * len(tokenizer.encode(prompt)) / tokens
    return found


def put_there(tokens: int) -> str:
    """Return the table of what was put into the lesson corpus on purpose."""
    rows = [
        [prompt.replace("\n", " ⏎ "), f"{times:,}", f"{share:.3%}"]
        for prompt, (times, share) in standing(tokens).items()
    ]
    head = [
        "例子 example",
        "在课本语料里的次数 times in the lesson corpus",
        "占全部训练词元 of all tokens trained on",
    ]
    return table(head, rows)


def varied(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Return how varied the lesson corpus is beside plain Chinese, at samples of several lengths."""
    rows = [
        [f"{int(n):,}", f"{one['lesson']:.0f}", f"{one['plain']:.0f}", f"{one['lesson'] / one['plain']:.0%}"]
        for n, one in figures.items()
    ]
    return table(["字符 characters", "课本语料 lesson corpus", "浅近中文 plain Chinese", "比 ratio"], rows)


def card(known: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """Return the whole card: assets/card.md with its {holes} filled."""
    family = {one["name"]: one for one in known["models"]}
    filled = {
        "models": models(family), "by_source": by_source(family), "recipe": recipe(family),
        "reliability": reliability(family["xiaobai"]["calibration"]), "shown": shown(report),
        "tokens_measured": f"{family['xiaobai']['calibration']['tokens']:,}",
        "ece": f"{family['xiaobai']['calibration']['ece']:.4f}",
        "continuations": continuations(report), "manifest": manifest(mix.sources()),
        "put_there": put_there(family["xiaobai"]["training"]["tokens"]),
        "variety": varied(known["variety"]),
    }  # fmt: skip
    text = INTRO.read_text(encoding="utf-8")
    for hole, words in filled.items():
        text = text.replace("{" + hole + "}", words)
    return text


def card_command(argv: Sequence[str]) -> int:
    """Write the model card from assets/family.json, assets/shown.json and the mix."""
    parser = argparse.ArgumentParser("python -m train card", description=card_command.__doc__)
    parser.add_argument("--out", type=Path, default=CARD)
    args = parser.parse_args(argv)
    report = json.loads(SHOWN.read_text(encoding="utf-8"))
    args.out.write_text(card(read_family(), report), encoding="utf-8")
    return 0
