"""Chapter 6: what stands further left turns the answer, and how a model finds it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.contexts import CONTEXTS
from lesson.exhibits.elders import ELDERS
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.look import LOOK
from lesson.words import Text

EAST, SUMMER, VENUS = (
    "The sun rises from the",
    "In the summer, the sun rises from the",
    "Venus is an interesting planet. The sun rises from the",
)
MARS_ZH, MARS_EN = "火星上，太阳从", "Mars is an interesting planet. The sun rises from the"
VENUS_ZH, VENUS_EN = "金星是一颗有趣的行星。太阳从", "Venus is a planet. The sun rises from the"
EASTS, WESTS, SOUTHS = ("东", "·east"), ("西", "·west"), ("南", "·southeast")
SURE = 0.5


def contexts(facts: Facts) -> Sequence[Mapping[str, object]]:
    """The beginnings that stand side by side."""
    return facts["contexts"]  # type: ignore[return-value]


def says(context: Mapping[str, object], words: Sequence[str]) -> bool:
    """Whether a beginning's most likely token is one of these, and more likely than all others together."""
    return context["top"] in words and context["p"] > SURE  # type: ignore[operator]


def one_changed(new: str, old: str) -> bool:
    """Whether one character, or one word between spaces, is another.

    >>> one_changed("金星上", "火星上"), one_changed("On Venus", "On Mars"), one_changed("金木", "火水")
    (True, True, False)
    """
    for a, b in ((list(new), list(old)), (new.split(" "), old.split(" "))):
        if len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
            return True
    return False


def far(context: Mapping[str, object], tokens_between: int = 10) -> bool:
    """Whether the answer is west although Venus was named many tokens before the sun."""
    text = str(context["text"])
    for hint, sun in (("Venus", "sun"), ("金星", "太阳")):
        if hint in text and sun in text and says(context, WESTS):
            before, after = text.rindex(hint) + len(hint), text.rindex(sun)
            names = context["tokens"]
            size = len("".join(names)) or 1  # type: ignore[arg-type]
            if after > before and (after - before) / size * len(names) >= tokens_between:  # type: ignore[arg-type]
                return True
    return False


BESIDE = Part(
    id="beside",
    heading=Text("同一个空，不同的答案", "The same blank, other answers"),
    prose=(
        Text(
            "三句话的结尾一个字不差，答案却不同：**东、东北、西**。左边远处的一个词，把它扳过来了。"
            "猜得准，先要读出季节、地点和话题。",
            "All three end in the very same words, yet the answers differ: **east, northeast, west**. A "
            "word further left did that. To guess well, a model has to work out season, place and topic "
            "first.",
        ),
        Text(
            "天文上是这样：北半球的夏天，太阳从东偏北升起，只有春分、秋分前后才从正东；金星自东向西转，站"
            "在那里，太阳会从西边升起，只要云层肯让你看见。可小白不懂天文，它说「西」，只因为它读过的文字"
            "这样写。至于「太阳从苹果里升起」，几乎没有人写过。",
            "The astronomy is right: in the northern summer the sun rises north of due east, and due east "
            "only around the equinoxes; Venus turns the other way, so there it would rise in the west, if "
            "the clouds let it be seen. But XiaoBai knows no astronomy: it says west because its text "
            "does. And “the sun rises from an apple” is hardly ever written.",
        ),
    ),
    exhibit=CONTEXTS,
    opening={"texts": [EAST, SUMMER, VENUS]},
    tasks=(
        Task(
            "winter",
            Text(
                "改写一个开头，让答案变成东南（英文是 southeast），概率过半才算。",
                "Rewrite one beginning so that the answer is southeast, with more than 50 %.",
            ),
            done=lambda facts: any(says(one, SOUTHS) for one in contexts(facts)),
            solution={"texts": [EAST, "In the winter, the sun rises from the", VENUS]},
            hint=Text(
                "夏天偏北，那么哪个季节偏南？用中文的话，写到「太阳从东」为止，看下一个是不是「南」。",
                "Summer leans north. Which season leans south?",
            ),
        ),
        Task(
            "far",
            Text(
                "线索不必紧挨着空：在「Venus」（或「金星」）和「太阳」之间至少隔开 10 个词元，"
                "答案还是西（概率过半）。",
                "The hint need not stand close by: put at least 10 tokens between “Venus” and “the sun”, "
                "and still get west with more than 50 %.",
            ),
            done=lambda facts: any(far(one) for one in contexts(facts)),
            solution={
                "texts": [
                    EAST, SUMMER,
                    "Venus is hot. Tom opened the window and looked at the garden. The sun rises from the",
                ]
            },
            hint=Text(
                "在两句之间插一句不相干的话，比如有人打开了窗户。",
                "Put a sentence between them that has nothing to do with it: someone opens a window.",
            ),
        ),
    ),
)  # fmt: skip

TURN = Part(
    id="turn",
    heading=Text("改一个字", "Change one word"),
    prose=(
        Text(
            "金星和火星只差一个字，太阳升起的方向却相反。改一个字，看看整排柱子怎样跟着倒向另一边。",
            "Venus and Mars are one word apart, and the sun rises on opposite sides. Change one word and "
            "see all the bars swing over. (火星上，太阳从 means: on Mars, the sun rises from.)",
        ),
    ),
    exhibit=CONTEXTS,
    opening={"texts": [MARS_ZH, MARS_EN]},
    tasks=(
        Task(
            "turn",
            Text(
                "任选一个开头，只改一个字（英文改一个词），让「东」变成「西」（概率过半）。",
                "Change just one word in either of them so that east becomes west, with more than 50 %.",
            ),
            done=lambda facts: any(
                one_changed(str(one["text"]), old) and says(one, WESTS)
                for one, old in zip(contexts(facts), (MARS_ZH, MARS_EN), strict=False)
            ),
            solution={"texts": ["金星上，太阳从", MARS_EN]},
            hint=Text("哪颗行星是倒着转的？", "Which planet turns the other way round?"),
        ),
    ),
)  # fmt: skip


def turned_east(facts: Facts) -> bool:
    """Whether leaving one token out turned west to east."""
    return facts["top"] in WESTS and facts["now"] in EASTS


def on_hint(facts: Facts) -> bool:
    """Whether one head gives a token that names Venus at least three tenths of its attention."""
    if facts["layer"] is None:
        return False
    pairs = zip(facts["tokens"], facts["looked"], strict=True)  # type: ignore[call-overload]
    return any(name in ("金", "·Venus", "enus", "Venus") and share >= 0.3 for name, share in pairs)


def seen_in_vain(facts: Facts) -> bool:
    """Whether a head looks hard at a token whose absence changes next to nothing, and that token is out."""
    out = facts["out"]
    if facts["layer"] is None or out is None:
        return False
    return facts["looked"][out] >= 0.5 and facts["moved"][out] < 0.1  # type: ignore[index]


LOOKED = Part(
    id="look",
    heading=Text("它看了哪儿，什么改变了它", "Where it looked, and what changed it"),
    prose=(
        Text(
            "小白每一层有几个「头」。每个头在每个位置上，把 100% 的**注意力**分给这里的词元和左边所有的词元："
            "蓝条就是它看了哪儿。",
            "Each layer of XiaoBai has several “heads”. At every position a head deals out 100 % of "
            "**attention** among the token there and all those to its left: blue is where it looked.",
        ),
        Text(
            "橙条是另一种量法：把这个词元**去掉**，再猜一次，有多少概率挪了地方。注意力说的是看了哪儿，去"
            "掉说的是改变了什么；两样都不等于「原因」。去掉最后一个词元，往往会大变，因为问题本身变了。",
            "Orange is another measure: **leave the token out**, guess again, and see how much "
            "probability has moved. Attention is where a head looked, leaving out is what it changed; "
            "neither is the reason. Leaving out the last token mostly changes much, for then the question "
            "is another one.",
        ),
    ),
    exhibit=LOOK,
    opening={
        "text": VENUS_ZH,
        "samples": [
            VENUS_ZH,
            "On Venus, Tom opened the window. The sun rises from the",
            "我想阅读的书的名字叫《人类简",
        ],
        "en": {"text": VENUS_EN},
    },
    tasks=(
        Task(
            "without",
            Text(
                "去掉一个词元，让答案从「西」变成「东」。",
                "Leave out one token so that the answer turns from west to east.",
            ),
            done=turned_east,
            solution={"text": VENUS_ZH, "out": 1},
            hint=Text(
                "哪个词元的橙条又长，又不是最后一个？",
                "Which token has a long orange bar and is not the last one?",
            ),
        ),
        Task(
            "head",
            Text(
                "找一个头，它从句末把至少 30% 的注意力放在线索（金、Venus）上。",
                "Find a head that, from the end, puts at least 30 % of its attention on the hint (金, "
                "Venus).",
            ),
            done=on_hint,
            solution={"text": VENUS_ZH, "layer": 2, "head": 3},
            hint=Text(
                "下面的格子里，颜色最深的就是看得最多的头。点它。",
                "In the grid below the darkest cell is the head that looks most. Click it.",
            ),
        ),
        Task(
            "vain",
            Text(
                "找一个词元：有一个头把一半以上的注意力给了它，去掉它却几乎没变（不到 10%）。选中那个头，"
                "去掉那个词元。",
                "Find a token that a head gives more than half of its attention, and yet leaving it out "
                "changes less than 10 %. Choose that head, leave that token out.",
            ),
            done=seen_in_vain,
            solution={"text": VENUS_ZH, "layer": 1, "head": 2, "out": 11},
            hint=Text(
                "去掉句子中间的句号，再看第 2 层。",
                "In the Chinese sentence leave out the full stop, 。, and look at layer 2.",
            ),
        ),
    ),
)  # fmt: skip


ELDER = Part(
    id="elders",
    heading=Text("三代模型，同一道题", "Three generations, one question"),
    prose=(
        Text(
            "这三个模型读的是同一份课文。**n-gram** 只数过最后 4 个词元后面接过什么，再往前就看不见；"
            "**循环网络**（RNN）一路"
            "读来，把全部前文压进一个向量，越早的越容易被冲淡；**GPT** 的注意力在每个位置都能直接回头看任"
            "何一个词元。",
            "All three learnt from the same text. The **n-gram** counted what followed the last four "
            "tokens and sees nothing else; the **recurrent network** (RNN) reads on and squeezes everything "
            "into one vector, where what is distant fades; the **GPT** can look back at any token from "
            "every position.",
        ),
        Text(
            "图里是 200 道它们都没见过的题：先给线索，再插进 0 到 40 个词元的闲话，最后问太阳。两个网络大"
            "小相当，读的文字和次序一样。量出来什么样，就画成什么样。",
            "The chart shows 200 prompts that none of them has seen: a hint, then 0 to 40 tokens of small "
            "talk, then the sun. Both networks have about the same size and read the same text in the "
            "same order. It is drawn as measured, whatever it is.",
        ),
    ),
    exhibit=ELDERS,
    opening={"range": 0, "number": 0},
    tasks=(
        Task(
            "beats",
            Text(
                "找一道线索隔得远（至少 20 个词元）的题，GPT 答对了，n-gram 答错了。",
                "Find a prompt whose hint is far (20 tokens or more) that the GPT gets right and the "
                "n-gram wrong.",
            ),
            done=lambda facts: bool(
                facts["right"]["gpt"] and not facts["right"]["ngram"] and facts["distance"] >= 20  # type: ignore[index,operator]
            ),
            solution={"range": 3, "number": 0},
            hint=Text(
                "把距离往右调，多换几道题。",
                "Move the distance to the right and try several prompts.",
            ),
        ),
        Task(
            "blind",
            Text(
                "改掉开头的季节或行星，让 GPT 换了答案，而 n-gram 的柱子一模一样。",
                "Change the season or planet so that the GPT’s answer changes while the n-gram’s bars "
                "stay exactly the same.",
            ),
            done=lambda facts: bool(facts["same"]["ngram"] and not facts["same"]["gpt"] and facts["turned"]),  # type: ignore[index]
            solution={"text": VENUS, "before": MARS_EN},
            hint=Text(
                "最后 4 个词元不要动，只改前面的。",
                "Leave the last four tokens alone and change what stands before them.",
            ),
        ),
    ),
)  # fmt: skip

CHAPTER = Chapter(
    id="context",
    title=Text("上下文", "Context changes everything"),
    question=Text("同一个空，为什么答案会变？", "Why does the same blank have different answers?"),
    aim=Text(
        "前面的文字决定后面怎么猜；注意力让每个位置都能直接看到前面任何一个词元，n-gram 和循环网络做不到。",
        "What stands before decides the guess; attention lets every position look straight at any earlier "
        "token, which an n-gram and a recurrent network cannot.",
    ),
    minutes=8,
    parts=(BESIDE, TURN, LOOKED, ELDER),
)
