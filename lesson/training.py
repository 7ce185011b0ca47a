"""The training tab without the page: sizes, and what a learner may order, weighed before it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lesson.estimate import Estimate, Shape, Speeds, parameters
from lesson.evidence import Corpus, lesson_corpus, run_text
from lesson.own_text import OwnText
from lesson.predictions import Predictions
from lesson.presets import SHARE, Lesson
from lesson.settings import Settings, settings
from lesson.text import clean
from lesson.text_facts import TextFacts, text_facts
from lesson.words import Refusal, Text
from model import load
from train.child import step_back
from train.jobs import JobError, Jobs

OWN = "own"  # the lesson whose text is the learner's
LONG_TEXT = 20_000  # characters; such a text takes longer to learn
MOST_PROBE = 60  # characters; longer than that lies before the context of the small sizes
EVALUATIONS = 20  # in a run; each gives a point of the validation curve, bars and a sample
ROOM = 0.8  # of the time that a run may take is filled at most, unless the learner asks for more
UNTYPED = TextFacts(0, 4000, 1024)  # stands for an own text before there is one

MODEL_NAME = Text("你训练的模型", "Your model")
PROBE_TOO_LONG = Text(
    "要看的开头太长了：最多 {most} 个字符，现在有 {count} 个。",
    "That beginning is too long: {most} characters at most, and it has {count}.",
)
NO_TEXT = Text("请先选一篇课文。", "Please choose a text first.")
NO_OWN_TEXT = Text(
    "还没有你的文字：请在框里写或粘贴一段，也可以选一个 .txt 文件。",
    "There is no text of yours yet: type or paste one into the box, or choose a .txt file.",
)
NO_SIZE = Text("请先选一个大小。", "Please choose a size first.")
NO_SHARE = Text("比例要在 0 到 100 之间。", "The share must be from 0 to 100.")
NO_MODEL = Text("这次训练还没有存下模型。", "This training has not saved a model yet.")
NOT_TEXT = Text("这里要填一段文字。", "Please enter some text here.")


@dataclass(frozen=True)
class Size:
    """A model that can be trained while one watches, and how it is trained if nothing else is said."""

    id: str
    title: Text
    n_layer: int
    n_embd: int
    block_size: int
    batch_size: int
    steps: int
    steps_long: int  # for a text of more than LONG_TEXT characters
    n_head: int = 4

    def shape(self, vocabulary: int) -> Shape:
        """The model that this size makes of a vocabulary."""
        return Shape(self.n_layer, self.n_head, self.n_embd, vocabulary)

    def usual(self, characters: int) -> Settings:
        """How a text of that length is trained on."""
        steps = self.steps_long if characters > LONG_TEXT else self.steps
        return Settings(self.block_size, self.batch_size, steps)


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
    seconds: float | None  # that it should take


@dataclass(frozen=True)
class Plan:
    """What a form asks for, checked, and about what it takes; ``refusal`` says why it may not start."""

    lesson: Lesson | None
    size: Size
    settings: Settings
    facts: TextFacts
    estimate: Estimate | None  # None until this machine has been measured
    refusal: Text | None = None

    @property
    def epochs(self) -> float:
        """How often the text is read, about."""
        return self.settings.steps * self.settings.batch_size * self.settings.block_size / self.facts.tokens


class Desk:
    """Takes orders: knows the lessons, how fast this machine is, and how long a run may take."""

    def __init__(self, lessons: tuple[Lesson, ...], speeds: Speeds, limit: float | None) -> None:
        self.lessons, self.speeds, self.limit = lessons, speeds, limit
        self.facts = {lesson.id: text_facts(lesson.text) for lesson in lessons}

    def plan(self, data: Mapping[str, object], own: TextFacts | None, *, wait: bool = True) -> Plan:
        """What the form asks for; a Refusal if it makes no sense.

        Unless told to ``wait``, nothing is measured: the estimate may be missing.
        """
        size = next((one for one in SIZES if one.id == data.get("size")), None)
        if size is None:
            raise Refusal(NO_SIZE)
        lesson = next((one for one in self.lessons if one.id == data.get("lesson")), None)
        if lesson is None and data.get("lesson") != OWN:
            raise Refusal(NO_TEXT)
        facts = self.facts[lesson.id] if lesson else own or UNTYPED
        given = data.get("settings")
        usual = self.usual(lesson, size, facts)
        shape = size.shape(facts.vocabulary)
        if not wait and not self.speeds.known(shape):
            return Plan(lesson, size, settings(given, vars(usual)), facts, None)
        chosen = settings(given, vars(self.fitting(shape, usual, size)))
        estimate = self.speeds.estimate(shape, chosen, size.usual(0))
        try:
            estimate.refuse_over(self.limit, chosen.steps)
        except Refusal as refusal:
            return Plan(lesson, size, chosen, facts, estimate, refusal.text)
        return Plan(lesson, size, chosen, facts, estimate)

    def usual(self, lesson: Lesson | None, size: Size, facts: TextFacts) -> Settings:
        """The settings of a lesson at a size, before the learner changes any."""
        return settings(dict(lesson.settings) if lesson else None, vars(size.usual(facts.characters)))

    def fitting(self, shape: Shape, usual: Settings, size: Size) -> Settings:
        """The same with as many steps as this machine has time for; on a slow one a lesson is shorter."""
        if self.limit is None:
            return usual
        estimate = self.speeds.estimate(shape, usual, size.usual(0))
        return replace(
            usual, steps=max(1, min(usual.steps, int(ROOM * self.limit / estimate.seconds_a_step)))
        )

    def measure(self, plan: Plan) -> None:
        """Measure how fast this machine trains a plan's size, unless that is known.

        Takes a few seconds of a core; the calling thread, which has to be one of its own, steps back for it.
        """
        step_back()
        self.speeds.learn(plan.size.shape(plan.facts.vocabulary), plan.size.usual(0))

    def order(self, data: Mapping[str, object], own: OwnText | None = None) -> Order:
        """What the page asks for, checked, its text made; otherwise a Refusal."""
        plan = self.plan(data, own.facts if own else None)
        if plan.lesson is None and own is None:
            raise Refusal(NO_OWN_TEXT)
        if plan.refusal is not None:
            raise Refusal(plan.refusal)
        text = own.text if plan.lesson is None and own else lesson_text(plan.lesson, data.get("share"))
        probe = own_probe(data.get("probe"), plan.lesson.probe if plan.lesson else opening(text))
        return Order(text, options(plan, probe), probe, plan.estimate.until_end if plan.estimate else None)


def lesson_text(lesson: Lesson | None, share: object) -> str:
    """A lesson's text, made with the share that the slider says if it has one. Raises Refusal."""
    if lesson is None:
        raise Refusal(NO_OWN_TEXT)
    if lesson.blend is None:
        return lesson.text
    share = SHARE if share is None else share
    if isinstance(share, bool) or not isinstance(share, int) or not 0 <= share <= 100:
        raise Refusal(NO_SHARE)
    return lesson.blend(share)


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


def options(plan: Plan, probe: str) -> tuple[str, ...]:
    """What `python -m train` is told."""
    size = plan.size
    values = {
        "vocab-size": plan.facts.vocabulary,
        "n-layer": size.n_layer,
        "n-head": size.n_head,
        "n-embd": size.n_embd,
        **plan.settings.options(),
        "eval-every": max(1, plan.settings.steps // EVALUATIONS),
        "eval-windows": 16,
        "sample-tokens": 40,
        "checkpoint-seconds": 20,
        "probe": probe,
    }
    return tuple(
        (f"--{name}" if value else f"--no-{name}") if isinstance(value, bool) else f"--{name}={value}"
        for name, value in values.items()
    )


def size_parameters(facts: TextFacts) -> list[int]:
    """How many numbers a model of each size learns over a text's vocabulary."""
    return [parameters(size.shape(facts.vocabulary)) for size in SIZES]


def corpora(
    jobs: Jobs, models: Callable[[str], Predictions], *, shipped: bool
) -> Callable[[str], Corpus | None]:
    """What opens the text that a model read, by the model's name: its run's, or the lesson corpus for "".

    ``shipped`` says whether "" is the model that read the lesson corpus. What is opened may raise JobError.
    """

    def corpus(token: str) -> Corpus | None:
        predictor = models(token).predictor
        if token:
            return run_text(predictor.tokenizer, jobs.text(token), predictor.block_size)
        return lesson_corpus(predictor.tokenizer) if shipped else None

    return corpus


def trained(jobs: Jobs, token: str) -> Predictions:
    """The model that a job left, opened from its folder. Raises a Refusal or CheckpointError."""
    try:
        path = jobs.model_path(token)
    except JobError as error:
        raise Refusal(Text(error.zh, error.en)) from error
    if path is None:
        raise Refusal(NO_MODEL)
    return Predictions(load(path), MODEL_NAME)
