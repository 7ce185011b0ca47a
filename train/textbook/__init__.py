"""The facts half of the lesson corpus: documents drawn from the tables and frames of assets/corpus/facts."""

from collections.abc import Callable
from pathlib import Path

from train.corpus import write_documents
from train.textbook import basics, books, capitals, moods, people, questions, science, sun, translation

SUBJECTS: dict[str, Callable[[], list[str]]] = {
    "facts_moods.txt": moods.documents,
    "facts_people.txt": people.documents,
    "facts_sun.txt": sun.documents,
    "facts_capitals.txt": capitals.documents,
    "facts_books.txt": books.documents,
    "facts_translation.txt": translation.documents,
    "facts_questions.txt": questions.documents,
    "facts_basics.txt": basics.documents,
    "facts_science.txt": science.documents,
}


def documents() -> dict[str, list[str]]:
    """Return the documents of every file, the same ones every time."""
    return {name: subject() for name, subject in SUBJECTS.items()}


def write(out: Path) -> dict[str, int]:
    """Write every file into the folder `out`, a blank line between documents; return its characters."""
    return write_documents(out, documents())
