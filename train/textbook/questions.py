"""Questions carried on by more questions, and questions carried on by answers."""

from train.textbook.grammar import COMMON, Grammar

SECTIONS = {"zh_asks": 420, "zh_answers": 420, "en_asks": 220, "en_answers": 260}


def documents() -> list[str]:
    """Return the documents of questions in both languages."""
    grammar = Grammar("questions", *COMMON, "questions.txt")
    found = [document for name, count in SECTIONS.items() for document in grammar.several(name, count)]
    grammar.random.shuffle(found)
    return found
