"""English stories in the language of a five-year-old."""

import random
import re

from train.stories.chinese import sentences
from train.stories.grammar import Expansion, Tables
from train.stories.tables import Skeleton, content_lines, read_skeletons, read_words

PLOTS = ("plots_en.txt", "plots_en2.txt")
_VOWEL = re.compile(r"\b([Aa]) (?=[aeiou])(?!one\b|use)")
_SENTENCE = re.compile(r"(^|[.!?] )([a-z])")


def polish(text: str) -> str:
    """Write `an` before vowels and a capital at the start of every sentence."""
    text = _VOWEL.sub(r"\1n ", text)
    return _SENTENCE.sub(lambda m: m[1] + m[2].upper(), text)


def hero(rng: random.Random, tables: Tables, child: bool) -> dict[str, str]:
    """The words bound for one story: names, pronouns, a friend and an elder."""
    girl = rng.random() < 0.5
    names = rng.sample(tables["girl" if girl else "boy"], 3)
    other = rng.sample(tables["boy" if girl else "girl"], 2)
    words = dict(
        zip(("he", "him", "his"), ("she", "her", "her") if girl else ("he", "him", "his"), strict=True)
    )
    words |= dict(
        zip(("he2", "him2", "his2"), ("he", "him", "his") if girl else ("she", "her", "her"), strict=True)
    )
    elder = rng.choice(tables["elder_child" if child else "elder_animal"])
    species, species2 = rng.sample(tables["animal"], 2)
    words |= {"hero": names[0], "friend": other[0], "friend2": names[1], "elder": elder}
    kind = ("girl" if girl else "boy") if child else species
    kind2 = ("boy" if girl else "girl") if child else species2
    words |= {"kind": kind, "kind2": kind2}
    return words | {
        key.capitalize(): words[key].capitalize() for key in ("he", "his", "he2", "his2", "elder")
    }


def stories(seed: int, per_plot: int) -> list[str]:
    """That many distinct stories a plot, in shuffled order."""
    rng = random.Random(seed)
    tables = read_words("words_en.txt")
    openings = {plan.kind: plan for plan in read_skeletons("openings_story_en.txt")}
    endings = content_lines("endings_en.txt")
    found: dict[str, None] = {}
    for file in PLOTS:
        for plot in read_skeletons(file):
            for _ in range(per_plot):
                found[story(rng, tables, plot, openings, endings)] = None
    out = list(found)
    rng.shuffle(out)
    return out


def story(
    rng: random.Random, tables: Tables, plot: Skeleton, openings: dict[str, Skeleton], endings: list[str]
) -> str:
    """One story: an opening that names the hero, the plot, sometimes a closing sentence."""
    child = plot.kind == "child" or (plot.kind == "any" and rng.random() < 0.5)
    expansion = Expansion(tables, rng, hero(rng, tables, child))
    parts = sentences(expansion, openings["child" if child else "animal"].lines)
    parts += sentences(expansion, plot.lines, optional=0.6)
    if rng.random() < 0.35:
        parts.append(expansion.line(rng.choice(endings)))
    return polish(" ".join(parts))
