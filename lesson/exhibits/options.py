"""An ordinary four-option cloze, for contrast: both sides of the blank and a list; then without either.

A request: `item`, a number; `pick`, an option's number, if one was picked; `bare` takes the options and the
right side away, which leaves what a language model gets.
"""

from __future__ import annotations

from dataclasses import dataclass

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.school import School
from lesson.views.bars import bars
from lesson.words import Text

ROWS = 6


@dataclass(frozen=True)
class Item:
    """A sentence with a blank, four options, each one token, and the place of the right one."""

    left: str
    right: str
    options: tuple[str, str, str, str]
    answer: int


ITEMS = (
    Item("Ben took his umbrella because it", " raining.", (" is", " was", " will", " were"), 1),
    Item("The sky is", ", so we do not need an umbrella.", (" blue", " green", " winter", " too"), 0),
)

PHRASES: dict[str, Text] = {
    "optionsRight": Text("对，选 {letter}。", "Right, it is {letter}."),
    "optionsWrong": Text(
        "{letter} 不对，看看空格两边，再选一个。", "Not {letter}. Look at both sides and pick again."
    ),
    "optionsBare": Text("拿走选项，遮住右边", "Take the options, hide the right side"),
    "optionsBack": Text("放回来", "Put them back"),
    "optionsOther": Text("换一题", "Another item"),
    "optionsTold": Text(
        "只看左边，四个选项一共得 {sum}，别的词元分走 {rest}。",
        "From the left side alone, the four options get {sum} together, and other tokens the remaining "
        "{rest}.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """The item, whether the pick was right, and once it is bare, the model's bars for the left side alone."""
    tokenizer = school.tokenizer
    number = params.whole_number(ask.get("item"), 0, len(ITEMS) - 1) or 0
    item = ITEMS[number]
    pick = params.whole_number(ask.get("pick"), 0, len(item.options) - 1)
    bare = ask.get("bare") is True
    guess = school.xiaobai((tokenizer.end_of_text, *tokenizer.encode(item.left)))
    p = [float(guess.probs[tokenizer.encode(option)[0]]) for option in item.options]
    found = {"right": pick == item.answer, "bare": bare, "p": p, "options": sum(p)}
    value = {
        "item": number, "items": len(ITEMS), "left": item.left, "right": item.right,
        "pick": pick, "bare": bare,
        "options": [option.strip() for option in item.options], "correct": found["right"],
        "p": p, "sum": sum(p),
        "bars": bars(tokenizer, guess, guess, rows=ROWS, turned=False) if bare else None,
    }  # fmt: skip
    return Shown(value, found)


OPTIONS = Exhibit("options", answer)
