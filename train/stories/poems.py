"""The poems every pupil knows, whole, each with plain introductions in varied wording."""

import random

from train.stories.tables import content_lines

INTRODUCTIONS = (
    "{poet}的《{title}》是{of}一首有名的诗，写的是{theme}：",
    "《{title}》的作者是{poet}。这首诗写了{theme}。",
    "今天老师教我们背《{title}》，这是{dynasty}{poet}写的：",
    "你会背{poet}的《{title}》吗？全诗是这样的：",
    "小朋友们一起读古诗《{title}》：",
    "我最喜欢的一首古诗是{poet}的《{title}》，它写的是{theme}。",
    "奶奶教我念{poet}的诗：",
    "{dynasty}的{poet}写过一首诗，叫《{title}》，写的是{theme}：",
    "课本里有一首诗，题目是《{title}》，作者{poet}：",
    "晚上，爸爸和我一起背诵《{title}》：",
)
AFTERWARDS = (
    "这首诗写的是{theme}。",
    "读了这首诗，我们能感受到{theme}。",
    "这就是{poet}的《{title}》，很多孩子都会背。",
    "诗虽然不长，却写出了{theme}。",
    "我已经会背了，还背给妈妈听。",
    "老师说，这首诗写的是{theme}，要好好体会。",
)


def poem_rows() -> list[list[str]]:
    """Title, poet, dynasty, verses (a stroke between their lines) and theme of every poem of the table."""
    return [row.split("\t") for row in content_lines("poems_zh.tsv")]


def bare_poems() -> list[str]:
    """Every poem by itself, on one line: a document of its own, as somebody begins who recites it."""
    return [verses.replace("/", "") for _, _, _, verses, _ in poem_rows()]


def poem_documents(seed: int, versions: int) -> list[str]:
    """Every poem once with its title, then with introductions before or words after."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for title, poet, dynasty, verses, theme in poem_rows():
        title = title.partition("（")[0]
        words = {"title": title, "poet": poet, "dynasty": dynasty, "theme": theme, "of": dynasty}
        lines = verses.replace("/", "\n")
        found[f"《{title}》\n{dynasty} · {poet}\n{lines}"] = None
        for before in rng.sample(INTRODUCTIONS, versions):
            body = lines if rng.random() < 0.5 else "".join(lines.split("\n"))
            after = "\n" + rng.choice(AFTERWARDS).format(**words) if "{theme}" not in before else ""
            found[before.format(**words) + "\n" + body + after] = None
    out = list(found)
    rng.shuffle(out)
    return out
