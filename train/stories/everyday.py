"""Everyday paragraphs and dialogues from frames, in Chinese and in English."""

import random

from train.stories.chinese import closed, sentences
from train.stories.grammar import Expansion, Tables
from train.stories.tables import Skeleton, content_lines, read_skeletons


def paragraph(rng: random.Random, tables: Tables, frame: Skeleton, joint: str) -> str:
    """One document of the frame; a sentence that begins with a line break starts a new line."""
    expansion = Expansion(tables, rng)
    text = joint.join(sentences(expansion, frame.lines, optional=0.65))
    return text.replace(joint + "\\n", "\n").replace("\\n", "\n")


def paragraphs(files: tuple[str, ...], tables: Tables, joint: str, seed: int, scale: float) -> list[str]:
    """Distinct documents, each frame in proportion to the weight that stands after its name."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for file in files:
        for frame in read_skeletons(file):
            for _ in range(round(int(frame.kind) * scale)):
                found[paragraph(rng, tables, frame, joint)] = None
    out = list(found)
    rng.shuffle(out)
    return out


def single_lines(file: str, tables: Tables, seed: int, times: int) -> list[str]:
    """Distinct documents of a file whose every line is one whole document, `\\n` a line break."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for line in content_lines(file):
        for _ in range(times):
            found[closed(Expansion(tables, rng).text(line)).replace("\\n", "\n")] = None
    out = list(found)
    rng.shuffle(out)
    return out
