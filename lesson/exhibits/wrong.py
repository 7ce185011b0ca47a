"""Beginnings with a gap for a made-up name, and what the model says then, however sure it is.

A request: `form`, which beginning; `name`, what fills its gap. The judge knows two things: on Earth the sun
rises in the east, whatever a cat is called; and which countries are on the list of the lesson's own text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.playground import open_text
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import label, readable, visible
from lesson.views.bars import bars
from lesson.views.token import token_face
from lesson.views.tokens import faces
from lesson.words import Refusal, Text
from model.tokenizer import ASSETS

Verdict = Literal["true", "false", "made_up", "unclear"]

LONGEST_NAME = 24
LONGEST_ANSWER = 10  # tokens that are read on, to the end of a name
STOPS = '，。；：？！、“”「」《》\n,.;:?!"'
BETWEEN = ("东北", "东南", "northeast", "southeast")
WINDS = ("西", "南", "北", "west", "south", "north")
NO_NAME = Text(
    "先在空格里填一个名字，最多 {most} 个字。",
    "Fill the gap with a name first, of {most} characters at most.",
)
NO_SUCH_FORM = Text(
    "没有这个句子，请点一个列出来的。", "There is no such sentence; click one of those listed."
)

PHRASES: dict[str, Text] = {
    "wrongName": Text("空格里的名字", "The name in the gap"),
    "wrongAsk": Text("看它怎么说", "See what it says"),
    "wrongSays": Text("它会说：", "It says:"),
    "wrongSure": Text("第一个词元它就给了 {p}", "to the first token alone it gives {p}"),
    "wrong_true": Text("说对了。", "True."),
    "wrong_false": Text(
        "说错了：不管猫叫什么名字，太阳都从东边升起。",
        "False: whatever the cat is called, the sun rises in the east.",
    ),
    "wrong_made_up": Text(
        "编的：我们的名单上有 {n} 个国家，没有「{name}」。它可没说「不知道」。",
        "Made up: there is no “{name}” among the {n} countries on our list. It did not say that it does "
        "not know.",
    ),
    "wrong_unclear": Text("这一句说不上对错。", "This is neither true nor false."),
    "wrongTruth": Text("应该是「{truth}」，它却这么说。", "It should be “{truth}”, and it says this."),
    "wrongTry": Text("名字可以是：", "Names to try:"),
}


@dataclass(frozen=True)
class Form:
    """A beginning with a gap, names to try in it, and how an answer to it is judged."""

    id: str
    before: str
    after: str
    names: tuple[str, ...]
    topic: Literal["sun", "capital"]
    lang: Literal["zh", "en"]


FORMS = (
    Form("cat_zh", "我有一只猫叫", "。太阳从", ("点点", "金星", "火星"), "sun", "zh"),
    Form(
        "cat_en", "I have a cat called ", ". The sun rises from the", ("Mimi", "Venus", "Mars"), "sun", "en"
    ),
    Form("capital_zh", "", "的首都是", ("法国", "北加拿大", "香蕉国"), "capital", "zh"),
    Form("capital_en", "The capital of ", " is", ("France", "New Italy", "Wakanda"), "capital", "en"),
)


def answer(school: School, ask: Ask) -> Shown:
    """The bars after the filled-in beginning, the answer read on with the tallest bars, and the verdict."""
    form = next((one for one in FORMS if one.id == ask.get("form", FORMS[0].id)), None)
    if form is None:
        raise Refusal(NO_SUCH_FORM)
    name = params.prompt(ask.get("name")).strip()
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(NO_NAME.format(most=LONGEST_NAME))
    predictions = school.xiaobai
    tokenizer = predictions.tokenizer
    context = open_text(tokenizer, form.before + name + form.after).context
    raw = predictions(context)
    said = read_on(predictions, context)
    words = readable(tokenizer.decode_bytes(list(said)))
    truth = capitals()[form.lang].get(name) if form.topic == "capital" else None
    verdict = judged(form, words, truth)
    top, p = raw.top(1)[0]
    found = {
        "form": form.id, "name": name, "p": p, "first": label(tokenizer.token_bytes(top)), "said": words,
        "verdict": verdict, "entropy": raw.entropy, "topic": form.topic,
    }  # fmt: skip
    value = {
        **found, "name": visible(name), "raw_name": name, "said": visible(words.strip()), "truth": truth,
        "countries": len(capitals()[form.lang]), "bars": bars(tokenizer, raw, raw, rows=5, turned=False),
        "chips": faces(tokenizer, context), "top": token_face(tokenizer, top),
        "forms": [{**one.__dict__, "names": list(one.names)} for one in FORMS], "vocab": tokenizer.vocab_size,
    }  # fmt: skip
    return Shown(value, found)


def read_on(predictions: Predictions, context: tuple[int, ...]) -> tuple[int, ...]:
    """The most probable token after each other, up to the end of a name."""
    said: tuple[int, ...] = ()
    tokenizer = predictions.tokenizer
    for _ in range(LONGEST_ANSWER):
        token = int(predictions((*context, *said)).order[0])
        text = readable(tokenizer.token_bytes(token))
        if token == tokenizer.end_of_text or (text[:1] in STOPS and text):
            break
        said = (*said, token)
    return said


def judged(form: Form, said: str, truth: str | None) -> Verdict:
    """Whether an answer is true, false, made up (no country of that name is known), or none of these."""
    words = said.strip()
    if form.topic == "sun":
        if words.startswith(BETWEEN):
            return "unclear"  # so it does at some seasons
        return (
            "true" if words.startswith(("东", "east")) else "false" if words.startswith(WINDS) else "unclear"
        )
    if truth is not None:
        return "true" if words.startswith(truth) else "false"
    if form.lang == "en":
        return "made_up" if words[:1].isupper() else "unclear"
    return "unclear" if not words or words[0] in "哪什谁不了" else "made_up"


@cache
def capitals() -> Mapping[str, Mapping[str, str]]:
    """The countries and capitals of the lesson's own text, by language."""
    lines = (ASSETS / "corpus" / "facts" / "capitals.tsv").read_text(encoding="utf-8").splitlines()
    head, *table = (line.split("\t") for line in lines if line and not line.startswith("#"))
    columns = {name: head.index(name) for name in ("zh", "capital_zh", "en", "capital_en")}
    zh = {line[columns["zh"]]: line[columns["capital_zh"]] for line in table}
    en = {line[columns["en"]]: line[columns["capital_en"]] for line in table}
    return {"zh": zh, "en": en}


WRONG = Exhibit("wrong", answer)
