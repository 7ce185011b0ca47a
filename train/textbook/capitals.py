"""Capitals of the world in Chinese and English."""

from train.textbook.grammar import COMMON, Grammar, table


def _values(row: dict[str, str], other: dict[str, str], short: bool) -> dict[str, str]:
    """Return the slots for one country, by its short name if it has one, and another to set beside it."""
    return {
        "国": row["short_zh" if short else "zh"], "都": row["capital_zh"], "洲": row["continent_zh"],
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
    """Return the documents on capitals: `times` of them for each country and language, no two alike."""
    grammar = Grammar("capitals", *COMMON, "capitals.txt")
    rows = table("capitals.tsv")
    found: dict[str, None] = {}
    for row in rows:
        for language in ("zh", "en"):
            start, times = len(found), int(row["times"])
            while len(found) < start + times:
                # one in eight says the plain sentence first
                section = language if (len(found) - start) % 8 else f"{language}_first"
                values = _values(row, _unlike(rows, row, grammar), short=len(found) % 4 == 3)
                found.setdefault(grammar.document(section, values))
    texts = list(found)
    grammar.random.shuffle(texts)
    return texts
