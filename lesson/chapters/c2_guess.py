"""Chapter 2: the one task, to give every token a probability of being next."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.guess import GUESS
from lesson.words import Text

MONDAY = "周一上班真的很"


def p(facts: Facts, token: str) -> float:
    """The model's probability for a token, 0 if it is not among those listed."""
    return facts["p"].get(token, 0.0)  # type: ignore[union-attr]


ONE_TASK = Part(
    id="task",
    heading=Text("它只做一件事", "It does one thing"),
    prose=(
        Text(
            "小白只会做一件事：看着左边的文字，给词表里的**每一个**词元一个概率，说它有多可能是下一个。"
            "所有概率加起来正好是 100%，一个词元也不漏。",
            "XiaoBai does one thing only: it looks at the text on the left and gives **every** token of its "
            "vocabulary a probability of being next. All of them add up to exactly 100 %; none is left out.",
        ),
        Text(
            "这些概率不是谁规定的，是它从读过的文字里学来的：在那些文字里，「周一上班真的很」后面，"
            "每十次有八次是「丧」，两次是「爽」。",
            "Nobody laid these probabilities down. They come from the text that it was trained on: there, "
            "“周一上班真的很” (work on a Monday is really …) goes on with 丧 (gloomy) eight times in ten, "
            "and with 爽 (great) twice.",
        ),
    ),
    exhibit=GUESS,
    opening={"text": MONDAY, "show": ["draw"]},
    tasks=(
        Task(
            "pick",
            Text("点一根柱子，把那个词元接到句子后面。", "Click a bar to append its token to the sentence."),
            done=lambda facts: facts["how"] == "clicked",
            solution={"link": "text=%E5%91%A8%E4%B8%80&picks=10"},
            hint=Text("柱子本身就是按钮。", "Each bar is a button."),
        ),
    ),
)

CHAPTER = Chapter(
    id="guess",
    title=Text("猜下一个词元", "Guess the next token"),
    question=Text("它凭什么知道下一个字？", "How can it know what comes next?"),
    aim=Text(
        "语言模型给每个词元一个「是下一个」的概率，加起来是 100%；概率来自训练文字。",
        "A language model gives every token a probability of being next; they add up to 100 % and come from "
        "the training text.",
    ),
    minutes=6,
    parts=(ONE_TASK,),
)
