"""The built-in lessons of the training tab: a text each, a beginning to watch, and settings of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lesson.words import Text
from model.tokenizer import ASSETS
from train.corpus import documents, held_out, read
from train.stories.poems import poem_rows

CORPUS = ASSETS / "corpus"
LEARNT_BY_HEART = 48  # poems
STORY_CHARACTERS = 45_000
LONGEST_STORY = 700  # characters; short ones are seen whole more often
LONGEST_SUN = 24, 100  # characters, Chinese and English: the hint stands where a small context sees it
MONDAY, BAD, GOOD = "周一上班真的很", "丧", "爽"
MONDAYS = 200  # sentences, so that every per cent is a whole number of them
OTHER_DAYS = 60  # sentences on other days beside them; more of them blur what is learnt of Mondays
SHARE = 20  # per cent of 爽, until the slider says otherwise
WEEKDAY = re.compile(r"[^。：！，\n“]{2,12}真的很.[^。！？：“]*[。！]")
MONDAY_NAMES = ("周一", "星期一", "礼拜一")
TOLD_AGAIN = ("retold", "beginnings", "sentences")  # files of more tales, and of their beginnings again
SUN = re.compile(r"太阳从|sun rises")
PLAIN = re.compile(r"[\x00-\u024f\u2000-\u206f]*")  # Latin letters and punctuation


@dataclass(frozen=True)
class Share:
    """How often one continuation follows a sentence in a text."""

    word: str
    count: int


@dataclass(frozen=True)
class Lesson:
    """A text to train on, what to watch for, and the settings that make one see it.

    ``settings`` differ from those of the chosen size; ``blend`` makes the text anew from a share in per cent.
    """

    id: str
    title: Text
    aim: Text
    probe: str
    text: str
    shares: tuple[Share, ...] = ()
    probes: tuple[str, ...] = ()  # other beginnings worth watching
    probe_en: str = ""  # the one to begin with for those who read English, if it is another
    size: str = "small"
    settings: Mapping[str, float | int | bool] = field(default_factory=dict)
    goes_wrong: bool = False
    blend: Callable[[int], str] | None = None


def lessons() -> tuple[Lesson, ...]:
    """All built-in lessons, from assets/corpus: five that succeed, three that go wrong on purpose."""
    found = everything()
    return (moods(), sun(), chinese(), english(found), whole(found), by_heart(), a_taste(), too_fast())


def moods() -> Lesson:
    """Two moods in a proportion that the learner sets."""
    text = weekdays(SHARE)
    return Lesson(
        "moods",
        Text("爽还是丧", "Great or gloomy"),
        Text(
            "课文里「爽」占几成由你定；看练完以后，柱子是不是也长成几成。",
            "You set how often the text says “爽” (great) and not “丧” (gloomy); see whether the bars end "
            "up the same.",
        ),
        MONDAY, text, counted(text), settings={"steps": 180}, blend=weekdays,
    )  # fmt: skip


def sun() -> Lesson:
    """Season and planet decide where the sun rises."""
    return Lesson(
        "sun",
        Text("太阳从哪边升起", "Where the sun rises"),
        Text(
            "前面写着季节和星球；看同一个空，怎样跟着变成东、东北、西。",
            "A season or a planet stands before the blank: see it turn the answer to east, northeast or"
            " west.",
        ),
        "在金星上，太阳从",
        sunrises(),
        probes=(
            "The sun rises from the", "In the summer, the sun rises from the",
            "On Venus, the sun rises from the", "太阳从", "夏天，太阳从东", "在金星上，太阳从",
        ),
        probe_en="On Venus, the sun rises from the",
        size="medium",
    )  # fmt: skip


def chinese() -> Lesson:
    """Little stories, from babble to speech."""
    return Lesson(
        "stories_zh",
        Text("中文故事", "Chinese stories"),
        Text(
            "看它怎样从乱码写到词，再从词写到句子。",
            "See it go from gibberish to words, and on to sentences.",
        ),
        "从前有一只小",
        stories("stories_zh.txt"),
        size="medium",
    )


def english(found: list[str]) -> Lesson:
    """The English that we wrote, about as much as the little collections that others begin with."""
    text = "\n\n".join(d for d in found if PLAIN.fullmatch(d)) + "\n"
    return Lesson(
        "english",
        Text("英文课文", "Our English texts"),
        Text(
            "我们写的英文，{n} 个字符；看它先写出单词，再排成句子。",
            "The English we wrote, {n} characters: see words come first, then sentences.",
        ).format(n=f"{len(text):,}"),
        "Once upon a time, there was a", text, size="large",
    )  # fmt: skip


def whole(found: list[str]) -> Lesson:
    """What 小白's teachers wrote for it, but the tales that are told again."""
    text = "\n\n".join(found) + "\n"
    return Lesson(
        "corpus",
        Text("小白的课文", "XiaoBai’s lessons"),
        Text(
            "为小白写的课文，{n} 个字符，另有一万多篇小故事不算；看这么一会儿，只来得及读其中多小的一部分。",
            "Written for XiaoBai, {n} characters, and more than ten thousand little tales beside them: "
            "see how little of it there is time to read.",
        ).format(n=f"{len(text):,}"),
        "刘德华是香港著名的", text, probes=("刘德华是香港著名的", "太阳从", "The capital of France is"),
        size="large",
    )  # fmt: skip


def by_heart() -> Lesson:
    """Too little text, read too often."""
    return Lesson(
        "by_heart",
        Text("背书", "Learnt by heart"),
        Text(
            "只有 {n} 首诗，读了又读：训练损失一路往下，验证损失掉头往上，早停来救。",
            "{n} poems, over and over: training loss falls, validation loss turns up,"
            " early stopping steps in.",
        ).format(n=LEARNT_BY_HEART),
        "床前明月光，疑是地上",
        poems(LEARNT_BY_HEART),
        settings={"steps": 240, "early_stop": True},
        goes_wrong=True,
    )  # fmt: skip


def a_taste() -> Lesson:
    """Stopped long before it has learnt anything."""
    return Lesson(
        "taste",
        Text("浅尝", "Only a taste"),
        Text(
            "课文还没读完半遍就停：看没练够的模型写些什么。",
            "Stopped before half the text was read: see what it writes.",
        ),
        "从前有一只小",
        stories("stories_zh.txt"),
        settings={"steps": 12},
        goes_wrong=True,
    )  # fmt: skip


def too_fast() -> Lesson:
    """A learning rate that ends in no number at all.

    The normalization inside the model makes it very patient: a learning rate a hundred times too large only
    throws the loss up, and it comes down again. What truly diverges is the pull towards zero: each step
    multiplies a weight by 1 - lr * weight_decay, and beyond lr * weight_decay = 2 that is an ever longer
    swing to the other side. So weight decay is on here, and the rate climbs to a thousand times the usual.
    """
    return Lesson(
        "too_fast",
        Text("学习率太大", "Learning rate too high"),
        Text(
            "学习率一步步往平时的一千倍爬：看损失先降、再飞，最后不再是一个数。",
            "The learning rate climbs towards a thousand times the usual: the loss falls, soars,"
            " and ends as no number.",
        ),
        MONDAY, weekdays(SHARE),
        settings={"lr": 20.0, "weight_decay": 1.0, "warmup": 200, "steps": 120}, goes_wrong=True,
    )  # fmt: skip


def counted(text: str) -> tuple[Share, ...]:
    """The two moods and how often each follows in the very text that is trained on."""
    return tuple(Share(word, text.count(MONDAY + word)) for word in (BAD, GOOD))


def weekdays(share: int) -> str:
    """Sentences on the days of the week; exactly ``share`` per cent of the Mondays are 爽, evenly spread.

    No Monday is one of the documents that are held out, and any stretch of the text has the same share, so
    the proportion that is trained on is the one that was asked for.
    """
    found = [m[0] for d in documents(read(CORPUS / "facts_moods.txt")) if (m := WEEKDAY.match(d))]
    good, bad = (
        [d for d in found if d.startswith(MONDAY + mood) and not held_out(d)] for mood in (GOOD, BAD)
    )
    rest = [d for d in found if not any(name in d for name in MONDAY_NAMES)][:OTHER_DAYS]
    wanted, mixed, used = round(MONDAYS * share / 100), [], 0
    for i in range(MONDAYS):
        now = (i + 1) * wanted // MONDAYS
        mixed.append(good[used % len(good)] if now > used else bad[(i - used) % len(bad)])
        used = now
        mixed += rest[i * len(rest) // MONDAYS : (i + 1) * len(rest) // MONDAYS]
    return "\n\n".join(mixed) + "\n"


def sunrises() -> str:
    """Short sentences on where the sun rises, in both languages."""
    found = [d for d in documents(read(CORPUS / "facts_sun.txt")) if SUN.search(d)]
    return "\n\n".join(d for d in found if len(d) <= LONGEST_SUN[bool(PLAIN.fullmatch(d))]) + "\n"


def stories(name: str, most: int = STORY_CHARACTERS) -> str:
    """The first short stories of a corpus file, about as many characters as a minute can teach."""
    taken: list[str] = []
    size = 0
    for story in documents(read(CORPUS / name)):
        if len(story) <= LONGEST_STORY and size < most:
            taken.append(story)
            size += len(story)
    return "\n\n".join(taken) + "\n"


def poems(count: int) -> str:
    """The first classical poems of the table, each a document of its own."""
    found = [verses.replace("/", "\n") for _, _, _, verses, _ in poem_rows()]
    return "\n\n".join(found[:count]) + "\n"


def everything() -> list[str]:
    """Every document of the lesson corpus but the tales that are told again: they are half of it."""
    paths = (path for path in sorted(CORPUS.glob("*.txt")) if not path.name.startswith(TOLD_AGAIN))
    return [d for path in paths for d in documents(read(path))]
