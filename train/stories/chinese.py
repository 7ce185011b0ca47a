"""Chinese stories: a hero, an opening, a plot skeleton and sometimes a closing sentence."""

import random
import re
from dataclasses import dataclass

from train.stories.grammar import Expansion, Tables
from train.stories.synonyms import groups, reworded
from train.stories.tables import Skeleton, content_lines, read_skeletons, read_words

PLOTS = ("plots_zh.txt", "plots_zh2.txt", "plots_zh3.txt", "plots_zh4.txt")
_HERO_PLURAL = re.compile(r"(?<![把给被替])它们")


def hero(rng: random.Random, tables: Tables, child: bool) -> dict[str, str]:
    """The words bound for one story: the hero, the friends, an elder and their pronouns."""
    if not child:
        species, *friends = (item.partition("@") for item in rng.sample(tables["walker"], 4))
        name = rng.choice(tables["name"])
        people = {"sp": species[0], "m": species[2], "ta": "它", "ta2": "它"}
        people |= {"friend": friends[0][0], "friend2": friends[1][0], "friend3": friends[2][0]}
        elders = rng.sample(tables["elder_animal"], 2)
        people["full"] = species[0] + name
    else:
        girl = rng.random() < 0.5
        name = rng.choice(tables["girl" if girl else "boy"])
        friend_girl = rng.random() < 0.5
        friends = [n for n in rng.sample(tables["girl" if friend_girl else "boy"], 4) if n != name]
        people = {"boygirl": "女孩" if girl else "男孩", "ta": "她" if girl else "他"}
        people |= {"ta2": "她" if friend_girl else "他", "sp": "孩子"}
        people |= {"friend": friends[0], "friend2": friends[1], "friend3": friends[2]}
        elders = rng.sample(tables["elder_child"], 2)
        people["full"] = rng.choice(["", "", "女孩" if girl else "男孩"]) + name
    return people | {"hero": name, "elder": elders[0], "elder2": elders[1]}


def sentences(expansion: Expansion, lines: tuple[str, ...], optional: float = 0.5) -> list[str]:
    """Expand a skeleton's lines, leaving out the `?` lines by chance."""
    kept = [
        line.removeprefix("? ")
        for line in lines
        if not line.startswith("? ") or expansion.rng.random() < optional
    ]
    return [closed(expansion.line(line)) for line in kept]


def closed(sentence: str) -> str:
    """The sentence with its Chinese full stop, where the chosen words brought none; 吗 asks."""
    if sentence and not sentence.isascii() and not re.search("([。！？…：—]|[。！？…]”)$", sentence):
        sentence += "。"
    sentence = re.sub("([。！？…])”。", r"\1”", sentence)
    return sentence.replace("吗。", "吗？").replace("吧？", "吧。")


@dataclass(frozen=True)
class Material:
    """What every story draws from: words, openings and details by kind of hero, closing sentences."""

    tables: Tables
    openings: dict[str, Skeleton]
    details: dict[str, list[str]]
    endings: list[str]
    synonyms: dict[str, list[str]]


def material() -> Material:
    """Read the tables of the Chinese stories."""
    return Material(
        tables=read_words("words_zh.txt"),
        openings={plan.kind: plan for plan in read_skeletons("openings_story_zh.txt")},
        details={kind: content_lines(f"details_{kind}_zh.txt") for kind in ("animal", "child")},
        endings=content_lines("endings_zh.txt"),
        synonyms=groups("synonyms_zh.txt"),
    )


def story(rng: random.Random, source: Material, plot: Skeleton) -> str:
    """One story of the plot, with or without an introduction of its hero."""
    child = plot.kind == "child" or (plot.kind == "any" and rng.random() < 0.45)
    kind = "child" if child else "animal"
    expansion = Expansion(source.tables, rng, hero(rng, source.tables, child))
    parts: list[str] = []
    if rng.random() < 0.65:
        parts += sentences(expansion, source.openings[kind].lines, optional=0.35)
        expansion.bound["full"] = expansion.bound["hero"]
        if rng.random() < 0.65:
            parts.append(
                Expansion(source.tables, rng, expansion.bound).line(rng.choice(source.details[kind]))
            )
    parts += sentences(expansion, plot.lines, optional=0.6)
    if rng.random() < 0.45:
        mother_spoke = "妈妈" in "".join(parts)
        fitting = [line for line in source.endings if not (mother_spoke and line.startswith("妈妈"))]
        parts.append(closed(expansion.line(rng.choice(fitting))))
    text = reworded("".join(parts), source.synonyms, rng)
    if text.count(expansion.bound["hero"]) < 3:
        return story(rng, source, plot)
    return _HERO_PLURAL.sub("他们", text) if child else text.replace("他们", "它们")


def stories(seed: int, per_plot: int) -> list[str]:
    """That many distinct stories a plot, in shuffled order."""
    rng, source = random.Random(seed), material()
    found: dict[str, None] = {}
    for file in PLOTS:
        for plot in read_skeletons(file):
            for _ in range(per_plot):
                found[story(rng, source, plot)] = None
    out = list(found)
    rng.shuffle(out)
    return out
