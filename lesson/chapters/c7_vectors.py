"""Chapter 7: a token becomes a vector; what is alike points the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.map import MAP
from lesson.exhibits.moments import MOMENTS
from lesson.exhibits.pair import PAIR
from lesson.exhibits.twice import TWICE
from lesson.words import Text

NUMBERS = frozenset("一二两三四五六七八九十") | {
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
}
ANIMALS = frozenset("猫狗羊牛马猪鸡鸭鹅兔猴鸟鱼虎狼熊鼠蛇龟鹿狐象豹犬狮蛙") | {
    "cat", "dog", "cow", "sheep", "duck", "bird", "horse", "pig", "rabbit", "fox", "bear", "mouse", "dogs",
}  # fmt: skip
MOODS = ("爽", "累")


def kin(facts: Facts, family: frozenset[str], least: int) -> bool:
    """Whether a token of a family was looked for, and as many of its nearest are of the family too."""
    near: Sequence[tuple[str, float]] = facts["near"]  # type: ignore[assignment]
    found = str(facts["found"]).replace("·", "").strip()
    return facts["table"] == "head" and found in family and sum(name in family for name, _ in near) >= least


def pairs(facts: Facts) -> Sequence[Mapping[str, Any]]:
    """What was measured of the two pairs."""
    return facts["pairs"]  # type: ignore[return-value]


def any_pair(facts: Facts, cosines: tuple[float, float], shares: tuple[float, float]) -> bool:
    """Whether one of the two pairs has a cosine and a probability within bounds."""
    return any(
        cosines[0] <= one["cosine"] <= cosines[1] and shares[0] <= one["p"] <= shares[1]
        for one in pairs(facts)
    )


NEAREST = Part(
    id="map",
    heading=Text("每个词元是一个点", "Every token is a point"),
    prose=(
        Text(
            "在小白里，每个词元都是一串数，叫**向量**，好比空间里的一个点、一个方向。两个向量的夹角越小，"
            "**余弦**越接近 1，两个词元就越像：它们能出现在差不多的地方。",
            "Inside XiaoBai every token is a row of numbers, a **vector**: a point, a direction in space. "
            "The smaller the angle between two of them, the closer their **cosine** is to 1, and the more "
            "alike the tokens: they may stand in much the same places.",
        ),
        Text(
            "每个词元其实有两个向量。「猜它用的」从零开始，全是学来的；「读它用的」从随机数开始，训练不长"
            "，随机的成分还很多。换一张表看看，邻居差多少。",
            "In fact a token has two vectors. The one that it is guessed by began at zero, so all of it "
            "was learnt. The one that it is read by began at random, and after a short training much of "
            "that is left. Switch, and compare the neighbours.",
        ),
    ),
    exhibit=MAP,
    opening={
        "find": "爸", "table": "head", "dims": 2,
        "samples": ["东", "他", "春", "mother", "France"],
        "en": {"find": "mother", "samples": ["he", "spring", "France", "东", "爸"]},
    },
    tasks=(
        Task(
            "number",
            Text(
                "找一个表示数目的字或词，让最近的 8 个里至少 5 个也是数字。",
                "Find a number word of whose eight nearest at least five are numbers too.",
            ),
            done=lambda facts: kin(facts, NUMBERS, 5),
            solution={"find": "三"},
            hint=Text(
                "别用阿拉伯数字，写汉字或英文单词；表要用「猜它用的向量」那一张。",
                "A Chinese character or an English word, no digits; and the table of “vectors it guesses "
                "by”.",
            ),
        ),
        Task(
            "animal",
            Text(
                "找一种动物，让最近的 8 个里至少 3 个也是动物。",
                "Find an animal of whose eight nearest at least three are animals too.",
            ),
            done=lambda facts: kin(facts, ANIMALS, 3),
            solution={"find": "狗"},
            hint=Text(
                "常见的动物排得更好：小白读到它们的次数多。",
                "Common animals have settled better: XiaoBai has read of them more often.",
            ),
        ),
        Task(
            "solid",
            Text("换成立体图，拖着它转一转。", "Switch to 3-D and turn it round."),
            done=lambda facts: facts["dims"] == 3,
            solution={"find": "三", "dims": 3},
            hint=Text("按「立体」。", "Press “3-D”."),
        ),
    ),
)  # fmt: skip

ALIKE = Part(
    id="pair",
    heading=Text("像，还是接得上？", "Alike, or likely to follow?"),
    prose=(
        Text(
            "「人类」「人们」天天连在一起，可「人」和「类」、「人」和「们」的向量并不像。**像**，是能互相"
            "替换；**接**，是一个跟在另一个后面。两样是两回事，要分开量。",
            "人类 (mankind) and 人们 (people) stand together every day, and yet the vectors of 人 and 类, "
            "of 人 and 们 are not alike. To be **alike** is to fit the same places; to **follow** is to "
            "come right after. These are two things, measured apart.",
        ),
        Text(
            "「人」后面接「类」还是接「们」，要看再往前写了什么。在最下面那一格里加几个字，余弦不动，p "
            "却变了。",
            "And whether 类 or 们 comes next depends on what stands before. Put some words before them: "
            "the cosine stays, p moves.",
        ),
    ),
    exhibit=PAIR,
    opening={"pairs": [["人", "类"], ["人", "们"]]},
    tasks=(
        Task(
            "follow",
            Text(
                "找一对接得紧却不像的：p 在 70% 以上，余弦不到 0.3。",
                "Find a pair that follows closely but is not alike: p above 70 %, cosine below 0.3.",
            ),
            done=lambda facts: any_pair(facts, (-1, 0.3), (0.7, 1)),
            solution={"pairs": [["星", "期"], ["人", "们"]]},
            hint=Text(
                "说到今天是哪一天，头一个字一出来，第二个字几乎跑不掉。",
                "Try 星 and 期, the two halves of 星期 (week).",
            ),
        ),
        Task(
            "alike",
            Text(
                "找一对很像、却几乎不会接着写的：余弦 0.5 以上，p 不到 5%。",
                "Find a pair that is alike but hardly ever follows: cosine above 0.5, p below 5 %.",
            ),
            done=lambda facts: any_pair(facts, (0.5, 1), (0, 0.05)),
            solution={"pairs": [["三", "四"], ["人", "们"]]},
            hint=Text(
                "能互相替换的词：两个数字，或者「他」和另一个字。",
                "Words that can stand for one another: two numbers, or he and she.",
            ),
        ),
        Task(
            "depends",
            Text(
                "在前面加几个字，让其中一对的 p 降到 5% 以下。",
                "Put words before them so that the p of one pair falls below 5 %.",
            ),
            done=lambda facts: bool(facts["before"])
            and any(one["tokens"][0] == "人" and one["p"] < 0.05 for one in pairs(facts)),
            solution={"pairs": [["人", "类"], ["人", "们"]], "before": "他是一个好"},
            hint=Text(
                "「一个好＿」后面是一个人，不是一群人。",
                "After 一个好 (a good …) comes one person, not many.",
            ),
        ),
    ),
)  # fmt: skip

SAME = Part(
    id="twice",
    heading=Text("同一个字，两个意思", "The same word, two meanings"),
    prose=(
        Text(
            "「校长」的「长」和「很长」的「长」，读进来时是同一个向量。每过一层，它就吸收一些左边的内容，"
            "两个「长"
            "」越走越远。",
            "长 in 校长 (headmaster) and in 很长 (very long) are read in as one vector. With every layer "
            "it takes in more of what stands to its left, and the two 长 drift apart.",
        ),
        Text(
            "位置也有用：GPT-2 给每个位置另加一个位置向量；小白不加，它在算注意力时，按位置把查询向量和键向量"
            "（query 和 key）**旋转**一个角度（RoPE）。所以在小白里，读进来的向量与位置无关，余弦正好是 1。",
            "Position counts too: GPT-2 adds a position vector to each token; XiaoBai instead **rotates** "
            "the "
            "query and key vectors by their position when attention is worked out (RoPE). So what is read "
            "in does not "
            "depend on the place, and its cosine is exactly 1.",
        ),
    ),
    exhibit=TWICE,
    opening={"texts": ["我在北京", "他去北京"]},
    tasks=(
        Task(
            "apart",
            Text(
                "写两句话，停在同一个字上，让它最后一层的余弦低于 0.5。",
                "Write two texts that end in the same token, so that after the last layer its cosine is "
                "below 0.5. (Here they end in 北京, Beijing.)",
            ),
            done=lambda facts: facts["cosines"][-1] < 0.5,  # type: ignore[index]
            solution={"texts": ["今天天气很好", "他有一个爱好"]},
            hint=Text(
                "一个字两个意思：爱好和很好，校长和很长。",
                "One character, two meanings: 爱好 and 很好, 校长 and 很长.",
            ),
        ),
        Task(
            "start",
            Text(
                "两句话不同，选「读进来的时候」，看余弦是不是正好 1。",
                "With two different texts choose “as it is read in” and see whether the cosine is exactly "
                "1.",
            ),
            done=lambda facts: facts["layer"] == 0 and not facts["same"] and facts["cosines"][0] > 0.9999,  # type: ignore[index]
            solution={"texts": ["我在北京", "他去北京"], "layer": 0},
            hint=Text("点最上面一行。", "Click the topmost row."),
        ),
    ),
)  # fmt: skip

GROWN = Part(
    id="moments",
    heading=Text("地图是怎样长出来的", "How the map comes about"),
    prose=(
        Text(
            "这是训练室里「爽还是丧」的一次小训练，300 步。六十个最常用的词元，七个时刻，都画在最后一刻的"
            "坐标里。没有人告诉它哪些字相近；只因为能填进同样的空，它们就聚到了一起。",
            "This is a small training of 300 steps, the one on 爽 and 丧 from the training lab: the "
            "sixty most frequent tokens at seven moments, all drawn in the axes of the last. Nobody told "
            "it which are alike; they gathered only because they fill the same blanks.",
        ),
    ),
    exhibit=MOMENTS,
    opening={},
    tasks=(
        Task(
            "origin",
            Text(
                "回到训练之前，看所有词元在哪儿。",
                "Go back to before the training and see where all tokens are.",
            ),
            done=lambda facts: facts["step"] == 0,
            solution={"moment": 0},
            hint=Text("把滑块拖到最左。", "Move the slider all the way to the left."),
        ),
        Task(
            "mood",
            Text(
                "到最后一刻，点一个说心情、紧挨着「丧」的词元。",
                "At the last moment click the token of a mood that lies close to 丧 (gloomy).",
            ),
            done=lambda facts: facts["step"] == facts["last"] and facts["picked"] in MOODS,
            solution={"moment": 6, "pick": 9},
            hint=Text(
                "「周一上班真的很＿」里，还能填什么？",
                "What else fits into 周一上班真的很＿? 爽 (great) and 累 (tired).",
            ),
        ),
    ),
)  # fmt: skip

CHAPTER = Chapter(
    id="vectors",
    title=Text("词向量", "Vectors"),
    question=Text("一个字怎么变成数？", "How does a word become numbers?"),
    aim=Text(
        "词元变成向量，用法相近的方向也相近，用夹角的余弦来量；像不像和接不接是两回事，而且都随上下文变。",
        "Tokens become vectors, and those used alike point alike, measured by the cosine of their angle; "
        "being alike and following are two things, and context changes both.",
    ),
    minutes=8,
    parts=(NEAREST, ALIKE, SAME, GROWN),
)
