"""A tiny template language: `[a/b]` chooses, `{table}` looks up a word and keeps it for the document."""

import random
import re

Tables = dict[str, list[str]]

_SLOT = re.compile(r"(?P<table>.*?[a-z_])(?P<nth>\d*)(?:\.(?P<part>[a-z]+))?$")


class TemplateError(ValueError):
    """A template that cannot be expanded; the message quotes it."""


class Expansion:
    """One document in the making: the words already chosen stay the same until its end."""

    def __init__(self, tables: Tables, rng: random.Random, bound: dict[str, str] | None = None):
        self.tables = tables
        self.rng = rng
        self.bound = dict(bound or {})

    def text(self, template: str) -> str:
        """Expand one template, choices first and words inside the chosen branch only."""
        out, position = self._sequence(template, 0, top=True)
        if position != len(template):
            raise TemplateError(template)
        return out

    def line(self, alternatives: str) -> str:
        """Expand one of the alternatives separated by ` | `."""
        return self.text(self.rng.choice(alternatives.split(" | ")))

    def _sequence(self, template: str, position: int, *, top: bool) -> tuple[str, int]:
        out: list[str] = []
        while position < len(template):
            char = template[position]
            if char == "[":
                branches, position = split_choice(template, position)
                out.append(self.text(self.rng.choice(branches)))
            elif char == "{":
                end = template.find("}", position)
                if end < 0:
                    raise TemplateError(template)
                out.append(self.word(template[position + 1 : end]))
                position = end + 1
            elif char == "]" and top:
                raise TemplateError(template)
            else:
                out.append(char)
                position += 1
        return "".join(out), position

    def word(self, slot: str) -> str:
        """The word of a slot: `thing`, `thing2` (another one), `thing.m` (what follows its @)."""
        if slot in self.bound:
            return self.bound[slot]
        match = _SLOT.match(slot)
        if match is None or match["table"] not in self.tables:
            raise TemplateError(f"no table for {{{slot}}}")
        table, key = match["table"], match["table"] + match["nth"]
        if key not in self.bound:
            used = {value for name, value in self.bound.items() if name.rstrip("0123456789") == table}
            free = [item for item in self.tables[table] if item.partition("@")[0] not in used]
            noun, _, attribute = self.rng.choice(free or self.tables[table]).partition("@")
            self.bound[key] = self.text(noun) if "{" in noun else noun
            self.bound[key + ".m"] = attribute
        return self.bound[slot]


def split_choice(template: str, start: int) -> tuple[list[str], int]:
    """The branches of the choice that opens at `start`, and the position after its bracket."""
    depth, branch, branches = 0, start + 1, []
    for position in range(start, len(template)):
        char = template[position]
        if char == "[":
            depth += 1
        elif char == "/" and depth == 1:
            branches.append(template[branch:position])
            branch = position + 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return [*branches, template[branch:position]], position + 1
    raise TemplateError(template)
