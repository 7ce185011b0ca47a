"""Capitals of the world in Chinese and English."""

from train.textbook.grammar import COMMON, Grammar, table


def _values(row: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Return the slots for one country and another country to set beside it."""
    return {
        "国": row["zh"], "都": row["capital_zh"], "洲": row["continent_zh"],
        "另国": other["zh"], "另都": other["capital_zh"],
        "Land": row["en"], "Capital": row["capital_en"], "Continent": row["continent_en"],
        "LandS": row["en"][0].upper() + row["en"][1:],
        "Land2": other["en"], "Capital2": other["capital_en"],
        "Land2S": other["en"][0].upper() + other["en"][1:],
    }  # fmt: skip


def _unlike(rows: list[dict[str, str]], row: dict[str, str], grammar: Grammar) -> dict[str, str]:
    """Return another country, one whose capital does not simply repeat its name."""
    others = [o for o in rows if o is not row and o["zh"] != o["capital_zh"]]
    return grammar.random.choice(others)


def documents() -> list[str]:
    """Return the documents on capitals: `times` of them for each country and language."""
    grammar = Grammar("capitals", *COMMON, "capitals.txt")
    rows = table("capitals.tsv")
    found: list[str] = []
    for row in rows:
        for language in ("zh", "en"):
            for _ in range(int(row["times"]) - 1):
                found.append(grammar.document(language, _values(row, _unlike(rows, row, grammar))))
            found.append(_plain(row, language))
    grammar.random.shuffle(found)
    return list(dict.fromkeys(found))


def _plain(row: dict[str, str], language: str) -> str:
    if language == "zh":
        return f"{row['zh']}的首都是{row['capital_zh']}。"
    return f"The capital of {row['en']} is {row['capital_en']}."
