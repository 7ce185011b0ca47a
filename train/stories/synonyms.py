"""Words that may stand for each other anywhere, so that one sentence is read in many wordings."""

import random
import re

from train.stories.tables import content_lines


def groups(file: str) -> dict[str, list[str]]:
    """Every word of the file -> its group, itself included."""
    rows = [[word.strip() for word in line.split("|")] for line in content_lines(file)]
    return {word: row for row in rows for word in row}


def reworded(text: str, synonyms: dict[str, list[str]], rng: random.Random) -> str:
    """The text with each known word replaced by a random member of its group, longest match first."""
    pattern = "|".join(map(re.escape, sorted(synonyms, key=len, reverse=True)))
    return re.sub(pattern, lambda match: rng.choice(synonyms[match[0]]), text)
