"""The training tab without the page: texts to train on, sizes, and what a learner may order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import torch

from lesson.predictions import Predictions
from lesson.text import clean
from lesson.words import Refusal, Text
from model import load
from model.config import GPTConfig
from model.gpt import GPT
from model.tokenizer import ASSETS
from train.corpus import documents, looks_like_text, read
from train.jobs import JobError, Jobs

CORPUS = ASSETS / "corpus"
OWN_LEAST, OWN_MOST = 300, 200_000  # characters
LONG_TEXT = 20_000  # characters; such a text takes longer to learn
MOST_PROBE = 60  # characters; longer than that lies before the context of the small sizes
STORY_CHARACTERS = 45_000
LONGEST_STORY = 700  # characters; short ones are seen whole more often
VOCABULARY_LEAST, VOCABULARY_MOST = 512, 4096
EVALUATIONS = 20  # in a run; each gives a point of the validation curve, bars and a sample
MONDAY, BAD, GOOD = "周一上班真的很", "丧", "爽"
WEEKDAY = re.compile(r"[^。：！，\n“]{2,12}真的很.[^。！？：“]*[。！]")
WORD = re.compile(r"[A-Za-z]+")

MODEL_NAME = Text("你训练的模型", "Your model")
TOO_SHORT = Text(
    "这段文字太短了：至少要 {least} 个字符，现在有 {count:,} 个。再多写一些，或者多粘贴几段。",
    "This text is too short: it needs {least} characters at least and has {count:,}. Please add some more.",
)
TOO_LONG = Text(
    "这段文字太长了：最多 {most:,} 个字符，现在有 {count:,} 个。请删掉一些，你写的内容还在。",
    "This text is too long: {most:,} characters at most, and it has {count:,}."
    " Please shorten it; nothing was lost.",
)
ODD_CHARACTERS = Text(
    "这段文字里有不少看不见的控制字符，不像是普通的文字。请换一段，或者先存成纯文本再复制。",
    "This text holds many invisible control characters and does not look like writing."
    " Please use another one, or save it as plain text before copying.",
)
MONOTONE = Text(
    "这段文字几乎只有一个字在重复，没有什么可学的。换一段有词有句的文字吧。",
    "This text repeats one character over and over, so there is nothing to learn."
    " Please give it real sentences.",
)
PROBE_TOO_LONG = Text(
    "要看的开头太长了：最多 {most} 个字符，现在有 {count} 个。",
    "That beginning is too long: {most} characters at most, and it has {count}.",
)
NO_TEXT = Text("请先选一篇课文。", "Please choose a text first.")
NO_SIZE = Text("请先选一个大小。", "Please choose a size first.")
NO_MODEL = Text("这次训练还没有存下模型。", "This training has not saved a model yet.")
NOT_TEXT = Text("这里要填一段文字。", "Please enter some text here.")


@dataclass(frozen=True)
class Share:
    """How often one continuation follows a sentence in a text."""

    word: str
    count: int


@dataclass(frozen=True)
class Lesson:
    """A text to train on, and a beginning to watch; `shares` tell how often what follows that one."""

    id: str
    title: Text
    about: Text
    probe: str
    text: str
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Size:
    """A model that can be trained while one watches, and how long."""

    id: str
    title: Text
    n_layer: int
    n_embd: int
    block_size: int
    batch_size: int
    steps: int
    steps_long: int  # for a text of more than LONG_TEXT characters
    n_head: int = 4


SIZES = (
    Size("small", Text("小", "Small"), 2, 64, 32, 32, 160, 320),
    Size("medium", Text("中", "Medium"), 3, 96, 48, 16, 260, 400),
    Size("large", Text("大", "Large"), 4, 128, 64, 16, 260, 340),
)


@dataclass(frozen=True)
class Order:
    """A training as it is handed to the jobs: the text, and the options of `python -m train`."""

    text: str
    options: tuple[str, ...]
    probe: str


def lessons() -> tuple[Lesson, ...]:
    """The built-in texts, from assets/corpus; proportions are counted in the very text that is trained on."""
    mood, zh, en = weekdays(), stories("stories_zh.txt"), stories("stories_en.txt")
    shares = (Share(BAD, mood.count(MONDAY + BAD)), Share(GOOD, mood.count(MONDAY + GOOD)))
    moods = Text("{n} 句话，说的都是星期几过得怎么样。", "{n} sentences on how the days of the week feel.")
    zh_about = Text("{n} 篇小动物的故事，都是为小白写的。", "{n} little stories about animals, in Chinese.")
    en_about = Text("{n} 篇英文小故事，词不难，句子短。", "{n} little stories in plain English.")
    return (
        Lesson("moods", Text("星期几的心情", "Weekday moods"), counted(moods, mood), MONDAY, mood, shares),
        Lesson("stories_zh", Text("中文故事", "Chinese stories"), counted(zh_about, zh), "从前有一只小", zh),
        Lesson(
            "stories_en", Text("英文故事", "English stories"), counted(en_about, en),
            "Once upon a time, there was a", en,
        ),
    )  # fmt: skip


def counted(words: Text, text: str) -> Text:
    """Words with the number of a text's documents filled in."""
    return words.format(n=f"{len(documents(text)):,}")


def weekdays() -> str:
    """First sentences on the days of the week; any stretch of them holds four 丧 to one 爽 on Mondays."""
    found = [m[0] for d in documents(read(CORPUS / "facts_moods.txt")) if (m := WEEKDAY.match(d))]
    bad, good = ([d for d in found if d.startswith(MONDAY + mood)] for mood in (BAD, GOOD))
    rest = [d for d in found if not d.startswith(MONDAY)]
    groups = min(len(good), len(bad) // 4)
    mixed: list[str] = []
    for i in range(groups):
        mixed += [*bad[4 * i : 4 * i + 2], good[i], *bad[4 * i + 2 : 4 * i + 4]]
        mixed += rest[i * len(rest) // groups : (i + 1) * len(rest) // groups]
    return "\n\n".join(mixed) + "\n"


def stories(name: str, most: int = STORY_CHARACTERS) -> str:
    """The first short stories of a corpus file, about as many characters as a minute can teach."""
    taken: list[str] = []
    size = 0
    for story in documents(read(CORPUS / name)):
        if len(story) <= LONGEST_STORY and size < most:
            taken.append(story)
            size += len(story)
    return "\n\n".join(taken) + "\n"


def vocabulary_size(text: str) -> int:
    """How many tokens the run's own vocabulary has: bytes, and room for the text's characters and words.

    A character of three bytes takes two merges, the first of them shared with its neighbours in Unicode. A
    vocabulary that fits the text makes a run several times faster than the shipped one of 8,192.
    """
    characters = {char.encode("utf-8", "replace") for char in text if char > "\x7f"}
    words = Counter(WORD.findall(text))
    common = sum(count >= 5 for count in words.values())
    wanted = 257 + len(characters) + len({char[:2] for char in characters}) + 2 * common
    rounded = -(-wanted // 128) * 128
    return min(max(rounded, VOCABULARY_LEAST), VOCABULARY_MOST)


def parameters(size: Size, vocab_size: int) -> int:
    """How many numbers a model of this size learns."""
    with torch.device("meta"):  # counted without taking memory for them
        config = GPTConfig(vocab_size, size.block_size, size.n_layer, size.n_head, size.n_embd)
        return sum(weight.numel() for weight in GPT(config).parameters())


def own_text(value: object) -> str:
    """A text that was typed or pasted, fit to be trained on; otherwise a Refusal says what to do."""
    if not isinstance(value, str):
        raise Refusal(NOT_TEXT)
    if len(value) > 2 * OWN_MOST:  # do not clean what is refused anyway
        raise Refusal(TOO_LONG.format(most=OWN_MOST, count=len(value)))
    text = clean(value).strip()
    if len(text) > OWN_MOST:
        raise Refusal(TOO_LONG.format(most=OWN_MOST, count=len(text)))
    if len(text) < OWN_LEAST:
        raise Refusal(TOO_SHORT.format(least=OWN_LEAST, count=len(text)))
    if not looks_like_text(text):
        raise Refusal(ODD_CHARACTERS)
    if len(set(text)) < 3:
        raise Refusal(MONOTONE)
    return text + "\n"


def own_probe(value: object, default: str) -> str:
    """The beginning whose next token is watched; the text's own default if it was left empty."""
    if not isinstance(value, str):
        raise Refusal(NOT_TEXT)
    if len(value) > MOST_PROBE:
        raise Refusal(PROBE_TOO_LONG.format(most=MOST_PROBE, count=len(value)))
    probe = clean(value)
    return probe if probe.strip() else default


def opening(text: str) -> str:
    """The beginning that is watched if none was given: the first few characters, or the first two words.

    >>> opening("人生若只如初见"), opening("It was a dark night.")
    ('人生若只', 'It was')
    """
    words = text.split(maxsplit=2)[:2]
    return " ".join(words)[:20] if words and words[0].isascii() else text.strip()[:4].split("\n")[0]


def order(known: tuple[Lesson, ...], data: Mapping[str, object]) -> Order:
    """What the page asks for, checked; otherwise a Refusal."""
    size = next((one for one in SIZES if one.id == data.get("size")), None)
    if size is None:
        raise Refusal(NO_SIZE)
    lesson = next((one for one in known if one.id == data.get("lesson")), None)
    if lesson is None and data.get("lesson") != "own":
        raise Refusal(NO_TEXT)
    text = lesson.text if lesson else own_text(data.get("text"))
    probe = own_probe(data.get("probe"), lesson.probe if lesson else opening(text))
    return Order(text, options(size, text, probe), probe)


def options(size: Size, text: str, probe: str) -> tuple[str, ...]:
    """What `python -m train` is told."""
    steps = size.steps_long if len(text) > LONG_TEXT else size.steps
    values = {
        "vocab-size": vocabulary_size(text),
        "n-layer": size.n_layer,
        "n-head": size.n_head,
        "n-embd": size.n_embd,
        "block-size": size.block_size,
        "batch-size": size.batch_size,
        "steps": steps,
        "eval-every": max(1, steps // EVALUATIONS),
        "eval-windows": 16,
        "sample-tokens": 40,
        "checkpoint-seconds": 20,
        "probe": probe,
    }
    return tuple(f"--{name}={value}" for name, value in values.items())


def trained(jobs: Jobs, token: str) -> Predictions:
    """The model that a job left, opened from its folder. Raises a Refusal or CheckpointError."""
    try:
        path = jobs.model_path(token)
    except JobError as error:
        raise Refusal(Text(error.zh, error.en)) from error
    if path is None:
        raise Refusal(NO_MODEL)
    return Predictions(load(path), MODEL_NAME)
