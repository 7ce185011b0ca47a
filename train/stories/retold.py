"""Tales with slots, told several times with other words each: assets/corpus/tales/, for the next training.

A file there holds a tale a paragraph. `[a/b]` chooses; `{thing=a/b}` chooses and keeps the word, `{thing}`
repeats it; `{girl}` and `{boy}` are first names, the same throughout a tale, `{girl2}` and `{boy2}` others.
"""

import random
import re
from pathlib import Path

from train.corpus import documents, read
from train.stories.english import polish
from train.stories.grammar import Expansion, Tables, TemplateError
from train.stories.tables import FOLDER

TALES = FOLDER.parent / "tales"
TIMES = 4  # that each tale is told
NAMES: dict[str, Tables] = {  # few and plain, so that they are soon known as names
    language: {kind: list(names.split()) for kind, names in kinds.items()}
    for language, kinds in {
        "zh": {
            "girl": "小红 小美 小丽 小芳 小兰 小梅 小云 小玉 丽丽 玲玲 婷婷 莉莉",
            "boy": "小明 小刚 小军 小强 小宝 小杰 小亮 小华 明明 强强 冬冬 乐乐",
        },
        "en": {
            "girl": "Lily Anna Mia Lucy Emma Molly Jane Amy Kate Sara Ella Nora",
            "boy": "Tom Ben Sam Max Leo Jack Tim Dan Peter Henry Luke Adam",
        },
    }.items()
}
_KEPT = re.compile(r"\{([a-z]+)=([^{}]*)\}")


def tell(tale: str, names: Tables, rng: random.Random) -> str:
    """Return one telling of a tale. Raises TemplateError for one that cannot be told.

    >>> tell("{pet=cat/cat}, {pet}[!/!]", {}, random.Random(0))
    'cat, cat!'
    """
    tables = names | {name: words.split("/") for name, words in _KEPT.findall(tale)}
    text = Expansion(tables, rng).text(_KEPT.sub(r"{\1}", tale))
    if re.search(r"[\[\]{}/|=\n]", text):
        raise TemplateError(tale)
    return text


def tellings(language: str, *, seed: int, times: int = TIMES, folder: Path = TALES) -> list[str]:
    """Return distinct tellings of every tale of a language, at most so many of each, in shuffled order."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for path in sorted(folder.glob(f"{language}_*.txt")):
        for tale in documents(read(path)):
            for _ in range(times):
                text = tell(tale, NAMES[language], rng)
                found[polish(text) if language == "en" else text] = None
    out = list(found)
    rng.shuffle(out)
    return out
