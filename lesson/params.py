"""Every control of the page, declared once: name, kind, bounds, default, words; and the same as a link.

The part of a link after ``#`` never reaches a server's log. It holds the prompt, the picks and the knobs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from lesson.text import clean
from lesson.words import Refusal, Text

EXAMPLE = "周一上班真的很"  # the sentence that the page opens with
MAX_CHARACTERS = 2_000
MAX_TOKENS = 8_192  # 2,000 characters are at most 8,000 bytes, and a token has at least one
MAX_PICKS = 512
MAX_FRAGMENT = 32_000

NOT_A_NUMBER = Text(
    "「{zh}」要填一个数，请填 {low} 到 {high} 之间的数。", "“{en}” must be a number from {low} to {high}."
)
NOT_WHOLE = Text(
    "「{zh}」要填整数，请填 {low} 到 {high} 之间的整数。",
    "“{en}” must be a whole number from {low} to {high}.",
)
OUT_OF_RANGE = Text(
    "「{zh}」太大或太小了，请填 {low} 到 {high} 之间的数。", "“{en}” must lie between {low} and {high}."
)
NOT_A_SWITCH = Text("「{zh}」只能是开或关。", "“{en}” can only be on or off.")
NOT_TEXT = Text("这里要填一段文字。", "Please enter some text here.")
TOO_LONG = Text(
    "文字太长了：最多 {limit:,} 个字符，现在有 {count} 个。请删掉一些，你写的内容还在。",
    "This text has {count} characters, and {limit:,} is the most. Please shorten it; nothing was lost.",
)
BAD_LINK = Text(
    "这个链接不完整或已损坏，于是从例句开始。",
    "This link is incomplete or damaged, so we start from the example.",
)


@dataclass(frozen=True)
class Control:
    """One control: its name in links and calls, the kind and bounds of its value, and what people call it."""

    name: str
    kind: Literal["float", "int", "switch"]
    low: float
    high: float
    default: float | int | bool
    title: Text
    note: Text
    step: float = 1

    def parse(self, value: object) -> float | int | bool:
        """The value if it is of the right kind, finite and within bounds; else a Refusal says what to do."""
        if self.kind == "switch":
            if not isinstance(value, bool):
                raise Refusal(self._sentence(NOT_A_SWITCH))
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refusal(self._sentence(NOT_A_NUMBER))
        if isinstance(value, float) and not math.isfinite(value):
            raise Refusal(self._sentence(NOT_A_NUMBER))
        if not self.low <= value <= self.high:
            raise Refusal(self._sentence(OUT_OF_RANGE))
        if self.kind == "float":
            return float(value) + 0.0  # -0.0 becomes 0.0
        if value != int(value):
            raise Refusal(self._sentence(NOT_WHOLE))
        return int(value)

    def read(self, text: str) -> float | int | bool:
        """The value written as text in a link."""
        if self.kind == "switch":
            return self.parse({"1": True, "0": False}.get(text))
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", text, flags=re.ASCII):
            raise Refusal(self._sentence(NOT_A_NUMBER))
        return self.parse(
            float(text) if self.kind == "float" else int(text) if text.lstrip("-").isdigit() else None
        )

    def write(self, value: float | int | bool) -> str:
        """The value as text for a link."""
        return str(int(value)) if self.kind != "float" else f"{value:.6f}".rstrip("0").rstrip(".")

    def _sentence(self, sentence: Text) -> Text:
        low, high = (f"{bound:,.12g}" for bound in (self.low, self.high))
        return sentence.format(zh=self.title.zh, en=self.title.en, low=low, high=high)


TEMPERATURE = Control(
    "temperature",
    "float",
    0.0,
    2.0,
    1.0,
    Text("温度", "Temperature"),
    Text(
        "低：更保守，只爱高的柱子；高：更大胆，柱子变平。",
        "Low: cautious, tall bars win. High: daring, bars flatten.",
    ),
    0.05,
)
TOP_K = Control(
    "top_k",
    "int",
    0,
    100_000,
    0,
    Text("只留前 k 个", "Keep the top k"),
    Text("只在最高的 k 根柱子里选，或者不限。", "Choose among the k tallest bars only, or set no limit."),
)
TOP_P = Control(
    "top_p",
    "float",
    0.01,
    1.0,
    1.0,
    Text("累计概率 p", "Cumulative p"),
    Text(
        "从最高的柱子往下加，加到 p 为止，后面的都不要。",
        "Add up from the tallest bar until p is reached; drop the rest.",
    ),
    0.01,
)
GREEDY = Control(
    "greedy",
    "switch",
    0,
    1,
    False,
    Text("总选最高的", "Always the tallest"),
    Text(
        "开：不掷骰子，每次都选最高的柱子。关：按概率抽。",
        "On: no dice, always the tallest bar. Off: draw by probability.",
    ),
)
SEED = Control(
    "seed",
    "int",
    0,
    4_294_967_295,
    42,
    Text("随机种子", "Seed"),
    Text(
        "同一个种子，掷出同样的骰子，得到同样的句子。",
        "The same seed throws the same dice and gives the same sentence.",
    ),
)
ROWS = Control(
    "rows",
    "int",
    1,
    50,
    9,
    Text("列出几个", "Rows"),
    Text("列出最高的几根柱子，其余的合成一根。", "How many bars are listed; all others are added up in one."),
)
TOKENS = Control(
    "tokens",
    "int",
    1,
    MAX_PICKS,
    20,
    Text("生成几个词元", "Tokens"),
    Text("往后写多少个词元。", "How many tokens to write."),
)

KNOBS = (TEMPERATURE, TOP_K, TOP_P, GREEDY, SEED, ROWS)


@dataclass(frozen=True)
class Knobs:
    """Where the playground's knobs stand; every value has passed its control."""

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    greedy: bool = False
    seed: int = 42
    rows: int = 9


@dataclass(frozen=True)
class Link:
    """What a link says: the prompt as text or as token ids, the picks after it, and the knobs.

    ``typed`` are the places of those picks that the learner wrote.
    """

    text: str | None = None
    ids: tuple[int, ...] | None = None
    picks: tuple[int, ...] = ()
    typed: tuple[int, ...] = ()
    knobs: Knobs = Knobs()


def knobs(values: Mapping[str, object], base: Knobs | None = None) -> Knobs:
    """Knobs with some values changed; unknown names are ignored, wrong values raise a Refusal."""
    known = {field.name: getattr(base or Knobs(), field.name) for field in fields(Knobs)}
    known.update(
        {control.name: control.parse(values[control.name]) for control in KNOBS if control.name in values}
    )
    return Knobs(**known)


def prompt(value: object) -> str:
    """A prompt as the model may read it; a Refusal for anything but text of at most MAX_CHARACTERS."""
    if not isinstance(value, str):
        raise Refusal(NOT_TEXT)
    if len(value) > 2 * MAX_CHARACTERS:  # do not clean what is refused anyway
        raise Refusal(TOO_LONG.format(limit=MAX_CHARACTERS, count=f"{len(value):,}"))
    text = clean(value)
    if len(text) > MAX_CHARACTERS:
        raise Refusal(TOO_LONG.format(limit=MAX_CHARACTERS, count=f"{len(text):,}"))
    return text


def whole_number(value: object, low: int, high: int) -> int | None:
    """The value if it is a whole number from ``low`` to ``high``, else None (bool and text are none)."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if low <= value <= high else None


def write_fragment(link: Link) -> str:
    """The part of a link after ``#``; knobs that stand at their default are left out."""
    pairs: list[tuple[str, str]] = []
    if link.text is not None:
        pairs.append(("text", link.text))
    if link.ids is not None:
        pairs.append(("ids", _join(link.ids)))
    if link.picks:
        pairs.append(("picks", _join(link.picks)))
    if link.typed:
        pairs.append(("typed", _join(link.typed)))
    for control in KNOBS:
        value = getattr(link.knobs, control.name)
        if value != control.default:
            pairs.append((control.name, control.write(value)))
    return urlencode(pairs)


def read_fragment(fragment: object) -> Link:
    """What a link says; a Refusal if it is damaged. Its ids still have to be checked against a vocabulary."""
    if not isinstance(fragment, str) or len(fragment) > MAX_FRAGMENT:
        raise Refusal(BAD_LINK)
    try:
        given = dict(
            parse_qsl(fragment.removeprefix("#"), keep_blank_values=True, max_num_fields=32, errors="strict")
        )
    except ValueError as error:
        raise Refusal(BAD_LINK) from error
    link = Link(
        text=prompt(given["text"]) if "text" in given else None,
        ids=_split(given["ids"], MAX_TOKENS) if "ids" in given else None,
        picks=_split(given.get("picks", ""), MAX_TOKENS),
        typed=_split(given.get("typed", ""), MAX_TOKENS),
        knobs=knobs(
            {control.name: control.read(given[control.name]) for control in KNOBS if control.name in given}
        ),
    )
    typed = set(link.typed)
    if any(place >= len(link.picks) for place in typed) or len(link.picks) - len(typed) > MAX_PICKS:
        raise Refusal(BAD_LINK)
    return link


def _join(ids: tuple[int, ...]) -> str:
    return ".".join(str(token) for token in ids)


def _split(text: str, most: int) -> tuple[int, ...]:
    """Token ids written with dots between them."""
    if not text:
        return ()
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})*", text, flags=re.ASCII):
        raise Refusal(BAD_LINK)
    ids = tuple(int(part) for part in text.split("."))
    if len(ids) > most:
        raise Refusal(BAD_LINK)
    return ids
