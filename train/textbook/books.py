"""人类, 人们 and a shelf of books; what follows 人类简 has the proportions of facts/human.tsv."""

from train.textbook.grammar import COMMON, Grammar, table

OFTEN = "人类简史"  # the lesson's book stands in the table several times and so gets more documents
EACH = 11


def documents() -> list[str]:
    """Return the documents on people in general and on books."""
    grammar = Grammar("books", *COMMON, "books.txt")
    found: list[str] = []
    taken: set[str] = set()
    for row in table("books.tsv"):
        values = {"书": row["title"], "作者": row["author"], "内容": row["about"]}
        for section in ("start", "middle"):
            found += grammar.exactly(section, EACH, values, taken)
    for row in table("human.tsv"):
        found += grammar.exactly(row["section"], int(row["times"]), {}, taken)
    grammar.random.shuffle(found)
    return found
