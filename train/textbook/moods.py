"""Weekday moods: how often each mood follows each sentence is fixed, its surroundings vary."""

from train.textbook.grammar import COMMON, Grammar, table


def documents() -> list[str]:
    """Return the documents on the days of the week, with the counts of facts/moods.tsv exactly."""
    grammar = Grammar("moods", *COMMON, "moods.txt")
    found: list[str] = []
    taken: set[str] = set()
    for row in table("moods.tsv"):
        english = "_en" if row["say"].isascii() else ""
        values = {"say": row["say"], "mood": row["mood"]}
        values |= {"after": "{after_" + row["kind"] + "}", "After": "{After_" + row["kind"] + "}"}
        for section in ("start", "middle"):
            found += grammar.exactly(section + english, int(row[section]), values, taken)
    grammar.random.shuffle(found)
    return found
