"""Well-known people and their callings, in stated proportions."""

from collections.abc import Iterator

from train.textbook.grammar import COMMON, Grammar, table

WOMEN = frozenset("梅艳芳 王菲 张曼玉 刘嘉玲 邓丽君 李清照 冰心 屠呦呦 李娜 郎平 郭晶晶 居里夫人".split())


def callings(cell: str) -> Iterator[tuple[str, int]]:
    """Yield (calling, number) from a cell such as `singer:8 football_player:6`."""
    for part in cell.split(" "):
        word, times = part.split(":")
        yield word.replace("_", " "), int(times)


def documents() -> list[str]:
    """Return the documents on people, with the numbers of facts/people.tsv for each calling."""
    grammar = Grammar("people", *COMMON, "people.txt")
    found: list[str] = []
    taken: set[str] = set()
    for row in table("people.tsv"):
        values = {"人": row["name"], "他": "她" if row["name"] in WOMEN else "他", "作": row["works"]}
        values |= {"称": row["who"], "有名": row["who"].replace("著名", "有名"), "地": row["who"][:-3]}
        for word, times in callings(row["callings"]):
            values |= {"句": f"{row['name']}是{row['who']}{word}", "职": word}
            # half of them begin with the sentence, half hold it further on; more documents say it otherwise
            parts = {"start": times // 2, "middle": times - times // 2, "other": times // 2}
            for section, count in parts.items():
                found += grammar.exactly(section, count, values, taken)
    for row in table("people_en.tsv"):
        for word, times in callings(row["callings"]):
            article = "an" if word[0] in "aeiou" else "a"
            values = {"Person": row["name"], "Calling": word, "From": row["from"], "An": article}
            found += grammar.exactly("en", times, values, taken)
    grammar.random.shuffle(found)
    return found
