"""Reading the word tables, plots and frames that a teacher can open and change."""

from dataclasses import dataclass
from pathlib import Path

from train.stories.grammar import Tables

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "corpus" / "stories"


@dataclass(frozen=True)
class Skeleton:
    """A document's plan: its name, who it suits, and one line of alternatives a sentence."""

    name: str
    kind: str
    lines: tuple[str, ...]


def content_lines(name: str) -> list[str]:
    """The lines of a table file without blank lines and `%` comments."""
    text = (FOLDER / name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("%")]


def read_words(name: str) -> Tables:
    """Word tables: lines `table: word | word@measure word`, a table may take several lines."""
    tables: Tables = {}
    for line in content_lines(name):
        table, _, words = line.partition(":")
        tables.setdefault(table.strip(), []).extend(word.strip() for word in words.split("|"))
    return tables


def read_skeletons(name: str) -> list[Skeleton]:
    """Skeletons: a heading `# name kind`, then its sentence lines."""
    found: list[tuple[list[str], list[str]]] = []
    for line in content_lines(name):
        if line.startswith("#"):
            found.append((line[1:].split(), []))
        else:
            found[-1][1].append(line)
    return [Skeleton(head[0], head[1] if len(head) > 1 else "any", tuple(lines)) for head, lines in found]
