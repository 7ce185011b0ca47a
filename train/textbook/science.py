"""Small science for school, and what a language model is, in plain words."""

from train.textbook.grammar import COMMON, Grammar

SECTIONS = {"zh_science": 480, "zh_model": 300, "en_science": 320, "en_model": 200}


def documents() -> list[str]:
    """Return the documents on science and on language models in both languages."""
    grammar = Grammar("science", *COMMON, "science.txt")
    found = [document for name, count in SECTIONS.items() for document in grammar.several(name, count)]
    grammar.random.shuffle(found)
    return found
