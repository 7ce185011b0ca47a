"""Few-shot translation: lists of word pairs in the textbook form and in others."""

from train.textbook.grammar import Grammar, table

NAMES = {"en": "English", "zh": "Chinese", "id": "Indonesian", "fr": "French"}
IN_CHINESE = {"en": "英语", "zh": "汉语", "id": "印度尼西亚语", "fr": "法语"}
# (from, to, documents); Indonesian stands first, because the lesson's prompt asks for it
PAIRS = (
    ("en", "id", 760),
    ("en", "zh", 220),
    ("zh", "en", 220),
    ("en", "fr", 130),
    ("zh", "id", 90),
    ("id", "en", 60),
)
ARROWS = 0.6  # share of documents in the textbook form
CLOUD = 0.2  # share of English-Indonesian documents that contain the lesson's word


def _lines(form: int, pairs: list[tuple[str, str]], source: str, target: str) -> str:
    """Return word pairs in one of the forms seen in textbooks and word lists."""
    a, b = NAMES[source], NAMES[target]
    arrows = [f"{left} => {right}" for left, right in pairs]
    if form == 0:
        return f"Translate {a} to {b}:\n" + "\n".join(arrows)
    if form == 1:
        return "\n".join(arrows)
    if form == 2:
        return "\n".join(f"{a}: {left} {b}: {right}" for left, right in pairs)
    if form == 3:
        return f"{a} to {b}: " + "; ".join(arrows) + "."
    if form == 4:
        return f"把{IN_CHINESE[source]}翻译成{IN_CHINESE[target]}：\n" + "\n".join(arrows)
    if form == 5:
        c, d = IN_CHINESE[source], IN_CHINESE[target]
        return "\n".join(f"{c}：{left}　{d}：{right}" for left, right in pairs)
    if form == 6:
        return " ".join(f"The {b} word for {left} is {right}." for left, right in pairs)
    if form == 7:
        return "，".join(f"{left}用{IN_CHINESE[target]}说是{right}" for left, right in pairs) + "。"
    return f"{a} - {b}\n" + "\n".join(f"{left}, {right}" for left, right in pairs)


def documents() -> list[str]:
    """Return lists of 1 to 6 translated words with random words, orders and forms."""
    random = Grammar("translation").random
    rows = table("words.tsv")
    cloud = next(row for row in rows if row["en"] == "cloud")
    deck: list[dict[str, str]] = []
    found: list[str] = []
    for source, target, count in PAIRS:
        for _ in range(count):
            chosen: list[dict[str, str]] = []
            wanted = random.choice((1, 2, 3, 3, 4, 4, 4, 5, 6))
            while len(chosen) < wanted:
                if not deck:
                    deck = random.sample(rows, len(rows))
                row = deck.pop()
                if row not in chosen:
                    chosen.append(row)
            if target == "id" and cloud not in chosen and random.random() < CLOUD:
                chosen[random.randrange(len(chosen))] = cloud
            form = 0 if random.random() < ARROWS else random.randrange(1, 9)
            found.append(_lines(form, [(row[source], row[target]) for row in chosen], source, target))
    random.shuffle(found)
    return list(dict.fromkeys(found))
