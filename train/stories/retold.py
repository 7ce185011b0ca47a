"""Tales with slots, told whole and as far as their first sentence or two: assets/corpus/tales/.

A file there holds a tale a paragraph. `[a/b]` chooses; `{thing=a/b}` chooses and keeps the word, `{thing}`
repeats it; `{girl}` and `{boy}` are first names, the same throughout a tale, `{girl2}` and `{boy2}` others.
A small model says one sentence well and loses the thread of five, so it also reads the beginnings of these
tales by themselves, a sentence or two, in the very words of the whole tale.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from train.corpus import documents, read
from train.stories.english import polish
from train.stories.grammar import Expansion, Tables, TemplateError
from train.stories.tables import FOLDER

TALES = FOLDER.parent / "tales"
MOST = {"zh": (20, 32), "en": (50, 80)}  # characters of a beginning of one sentence, and of two
ALIKE = {"zh": 4, "en": 16}  # characters by which beginnings are alike: "今天天气", "Once upon a time"
MOST_ALIKE = 100  # beginnings, so that none of the lessons' prompts is a thousandth of all that is read
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


def tellings(language: str, *, seed: int, folder: Path = TALES) -> list[str]:
    """Return a telling of every tale of a language, without repetition, in shuffled order."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    for path in sorted(folder.glob(f"{language}_*.txt")):
        for tale in documents(read(path)):
            text = tell(tale, NAMES[language], rng)
            found[polish(text) if language == "en" else text] = None
    out = list(found)
    rng.shuffle(out)
    return out


def beginnings(
    told: Sequence[str], language: str, *, seed: int, sentences: Sequence[int] = (1, 2)
) -> list[str]:
    """Return the short beginnings of tellings but dialogues, of as many sentences each, in shuffled order.

    Of those that begin alike only the first MOST_ALIKE stay.
    """
    begun = (
        beginning
        for text in told
        if text[0] not in '“"'
        for number in sentences
        if len(beginning := first_sentences(text, number)) <= MOST[language][number - 1]
    )
    out = list(dict.fromkeys(begun))
    random.Random(seed).shuffle(out)
    return few_alike(out, ALIKE[language])


def few_alike(texts: Sequence[str], characters: int, most: int = MOST_ALIKE) -> list[str]:
    """Return texts without those whose first characters are the same as those of `most` texts before them.

    >>> few_alike(["cat", "cow", "car", "dog"], characters=2, most=1)
    ['cat', 'cow', 'dog']
    """
    seen: Counter[str] = Counter()
    kept = []
    for text in texts:
        seen[text[:characters]] += 1
        if seen[text[:characters]] <= most:
            kept.append(text)
    return kept
