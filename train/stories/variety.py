"""How varied a text is: distinct character 4-grams per 1,000 characters."""

import random


def four_grams_per_thousand(text: str) -> float:
    """Distinct character 4-grams per 1,000 characters of the whole text."""
    if len(text) < 4:
        return 0.0
    return 1000 * len({text[i : i + 4] for i in range(len(text) - 3)}) / len(text)


def sample(documents: list[str], characters: int, seed: int = 0) -> str:
    """Whole documents in random order, cut at that many characters, line breaks removed."""
    shuffled = documents[:]
    random.Random(seed).shuffle(shuffled)
    return "".join("".join(shuffled).split("\n"))[:characters]


def variety(documents: list[str], characters: int, samples: int = 3) -> float:
    """Mean distinct 4-grams per 1,000 characters over random samples of one length."""
    texts = [sample(documents, characters, seed) for seed in range(samples)]
    return sum(map(four_grams_per_thousand, texts)) / len(texts)
