"""Sentence frames that a teacher can read, and the drawing of documents from them."""

import random
import re
from collections.abc import Mapping
from pathlib import Path

from train.corpus import held_out

FACTS = Path(__file__).resolve().parents[2] / "assets" / "corpus" / "facts"
COMMON = ("common.txt", "life.txt", "did.txt")
_SLOT = re.compile(r"\{([^{}]*)\}")


def table(name: str) -> list[dict[str, str]]:
    """Read the tab-separated table `name` of the facts folder; its first line names the columns."""
    lines = [line for line in (FACTS / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    columns = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{name}: {len(cells)} cells instead of {len(columns)}: {line!r}")
        rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def sections(name: str) -> dict[str, list[str]]:
    """Read a frames file: `@name` opens a section, a line is one way of saying it, # a comment."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in (FACTS / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            current = found.setdefault(line[1:].strip(), [])
        elif current is None:
            raise ValueError(f"{name}: a line before the first @section: {line!r}")
        else:
            current.append(line)
    return found


class Grammar:
    """Draws documents from frames; every section is a shuffled deck, so that all its lines get used.

    In a frame, {a|b} chooses here, {name} draws from section `name` (or from the values given), {name#1}
    draws once and repeats the same draw within a document, and \\n is a line break.
    """

    def __init__(self, seed: str, *files: str) -> None:
        self.random = random.Random(seed)
        self._sections: dict[str, list[str]] = {}
        for name in files:
            for section, lines in sections(name).items():
                self._sections.setdefault(section, []).extend(lines)
        self._decks: dict[str, list[str]] = {}

    def lines(self, section: str) -> list[str]:
        """Return all frames of a section."""
        return self._sections[section]

    def draw(self, section: str) -> str:
        """Return the next frame of a section, unexpanded."""
        deck = self._decks.get(section)
        if not deck:
            deck = list(self._sections[section])
            self.random.shuffle(deck)
            self._decks[section] = deck
        return deck.pop()

    def say(self, frame: str, values: Mapping[str, str] | None = None) -> str:
        """Return `frame` with all its slots filled."""
        known = dict(values or {})

        def fill(match: re.Match[str]) -> str:
            """Return what stands in one slot's place."""
            slot = match.group(1)
            if slot in known:
                return known[slot]
            if "|" in slot:
                return self.random.choice(slot.split("|"))
            name, _, label = slot.partition("#")
            text = self.say(self.draw(name), known)
            if label:
                known[slot] = text
            return text

        while _SLOT.search(frame):
            frame = _SLOT.sub(fill, frame)
        return frame.replace("\\n", "\n")

    def document(self, section: str, values: Mapping[str, str] | None = None) -> str:
        """Return one document drawn from a section."""
        return self.say(self.draw(section), values).strip()

    def several(self, section: str, count: int, values: Mapping[str, str] | None = None) -> list[str]:
        """Return up to `count` documents of a section, no two of them alike."""
        seen: dict[str, None] = {}
        for _ in range(count * 4):
            if len(seen) == count:
                break
            seen.setdefault(self.document(section, values))
        return list(seen)

    def exactly(self, section: str, count: int, values: Mapping[str, str], taken: set[str]) -> list[str]:
        """Return `count` new documents, none of them held out, so that counts stay exact; adds to `taken`."""
        kept: list[str] = []
        for _ in range(count * 200):
            if len(kept) == count:
                return kept
            document = self.document(section, values)
            if document not in taken and not held_out(document):
                taken.add(document)
                kept.append(document)
        raise ValueError(f"too few ways of saying {section!r} for {count} different documents")
