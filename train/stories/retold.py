"""Tales with slots, told several times with other words each and to different lengths: assets/corpus/tales/.

A file there holds a tale a paragraph. `[a/b]` chooses; `{thing=a/b}` chooses and keeps the word, `{thing}`
repeats it; `{girl}` and `{boy}` are first names, the same throughout a tale, `{girl2}` and `{boy2}` others.
A small model says one sentence well and loses the thread of five, so it is to read texts that end early as
well. All of this is for the next training: the models that ship have not read it.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path

from train.corpus import documents, read
from train.stories.english import polish
from train.stories.grammar import Expansion, Tables, TemplateError
from train.stories.tables import FOLDER

TALES = FOLDER.parent / "tales"
LENGTHS = (1, 1, 2, None, None)  # sentences of each telling of a tale; None: all of them
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
_END = re.compile(r"""[。！？]”?|[.!?]"?(?= [A-Z"])""")


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


def first_sentences(text: str, number: int) -> str:
    """Return the first sentences of a text, and what a quotation then still lacks; a dialogue is not cut.

    >>> first_sentences('Tom ran. "Stop! Tom!" said Ann. He fell.', 2)
    'Tom ran. "Stop! Tom!" said Ann.'
    """
    if text[0] in '“"':
        return text
    for end in list(_END.finditer(text))[number - 1 :]:
        begun = text[: end.end()]
        if begun.count("“") == begun.count("”") and begun.count('"') % 2 == 0:
            return begun
    return text


def tellings(
    language: str, *, seed: int, lengths: Sequence[int | None] = LENGTHS, folder: Path = TALES
) -> list[str]:
    """Return distinct tellings of every tale of a language, one of each length, in shuffled order."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for path in sorted(folder.glob(f"{language}_*.txt")):
        for tale in documents(read(path)):
            for length in lengths:
                text = tell(tale, NAMES[language], rng)
                text = first_sentences(text, length) if length else text
                found[polish(text) if language == "en" else text] = None
    out = list(found)
    rng.shuffle(out)
    return out
