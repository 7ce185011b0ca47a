"""Where the sun rises: in general, by season (of the northern half of the Earth) and on other planets."""

import re

from train.textbook.grammar import COMMON, Grammar, table

PLAIN = 320  # documents a language without any hint: the sun rises from the east
RARE = "{Name} wrote a silly poem: the sun rises from an apple. {Aside}"

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
HINTS = re.compile(
    rf"夏天|冬天|春天|秋天|[一二三四五六七八九十]月|summer|winter|spring|autumn|\b(?:{MONTHS})\b"
)


def _season(row: dict[str, str]) -> dict[str, str]:
    letter = row["zh"][0]
    return {
        "季": row["zh"], "方": row["direction_zh"] + "方",
        "季景": "{" + letter + "景}", "季因": "{" + letter + "因}",
        "season": row["en"], "Season": row["en"].capitalize(), "D": row["direction_en"],
        "season_view": "{" + row["en"] + "_view}", "season_why": "{" + row["en"] + "_why}",
    }  # fmt: skip


def _planet(row: dict[str, str]) -> dict[str, str]:
    why = "金星因" if row["zh"] == "金星" else "东星因"
    return {
        "星": row["zh"], "方": row["direction_zh"], "星景": "{" + row["zh"] + "景}", "星因": "{" + why + "}",
        "P": row["en"], "D": row["direction_en"],
        "planet_view": "{" + row["en"] + "_view}", "planet_why": "{" + row["direction_en"] + "_why}",
    }  # fmt: skip


def _without_other_hints(grammar: Grammar, section: str, values: dict[str, str], own: str) -> str:
    """Return a document that names no season or month but its `own`: it would be a false hint."""
    while True:
        document = grammar.document(section, values)
        if not HINTS.search(document.replace(own, "").replace(own.capitalize(), "")):
            return document


def documents() -> list[str]:
    """Return the documents on sunrise in both languages, with the numbers of facts/sun.tsv."""
    grammar = Grammar("sun", *COMMON, "sun.txt")
    found: list[str] = []
    for section, own in (("zh_plain", "春天"), ("en_plain", "spring")):
        found += [_without_other_hints(grammar, section, {}, own) for _ in range(PLAIN)]
    for row in table("sun.tsv"):
        values = _season(row) if row["kind"] == "season" else _planet(row)
        for language in ("zh", "en"):
            section, own = f"{language}_{row['kind']}", row[language]
            found += [_without_other_hints(grammar, section, values, own) for _ in range(int(row["times"]))]
    found += [grammar.say(RARE) for _ in range(2)]
    grammar.random.shuffle(found)
    return list(dict.fromkeys(found))
