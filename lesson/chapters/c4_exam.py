"""Chapter 4: any text is an exam, and a model's marks are its loss."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.cut import CUT
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.options import OPTIONS
from lesson.exhibits.surprise import SURPRISE
from lesson.words import Text

WIZARD = "哈利·波特戴着一副圆圆的眼镜，是一个年轻的巫师。"
WIZARD_EN = "Once upon a time, there was a young wizard called Harry Potter."
SUN = "the sun rises from the east"
APPLE, APPLE_EN = "太阳从苹果里升起。", "The sun rises from an apple."


def cut_before(facts: Facts, left: str, answer: str) -> bool:
    """The cut stands between these words."""
    question: str = facts["question"]  # type: ignore[assignment]
    return question.lower().endswith(left) and facts["answer"] == answer


def perplexity(facts: Facts, low: float, high: float) -> bool:
    """A passage of at least ten tokens whose perplexity lies in between."""
    return facts["tokens"] >= 10 and low < facts["perplexity"] < high  # type: ignore[operator]


CUTTING = Part(
    id="cutting",
    heading=Text("剪一刀，就是一道题", "One cut, one question"),
    prose=(
        Text(
            "做题要有题目和答案，去哪里找？随便拿一段文字，剪一刀：左边是**题目**，右边第一个词元是**答案**，"
            "剩下的扔掉。答案就写在原文里，不用谁来批改。",
            "An exercise needs a question and an answer. Where do they come from? Take any text and cut it: "
            "the left side is the **question**, the first token to the right is the **answer**, the rest is "
            "thrown away. The answer stands in the text itself; nobody has to mark it.",
        ),
        Text(
            "换个地方剪，又是一道新题。所以无论什么内容、什么语言，一篇文字有多少个词元，就能出多少道题；"
            "整个互联网的文字，就是做不完的习题集。",
            "Cut elsewhere and you have another one. So a text of any kind, in any language, yields as many "
            "questions as it has tokens, and the text of the whole internet is a book of exercises without "
            "end.",
        ),
    ),
    exhibit=CUT,
    opening={
        "text": WIZARD,
        "at": 13,
        "samples": [SUN, "我想阅读的书的名字叫《人类简史》。"],
        "en": {"text": WIZARD_EN, "at": 6, "samples": [SUN, WIZARD]},
    },
    tasks=(
        Task(
            "light",
            Text(
                "把这句话剪一刀，让答案是「轻」。",
                "Cut the sentence about the wizard so that the answer is “young” (in Chinese, “轻”).",
            ),
            done=lambda facts: cut_before(facts, "年", "轻") or cut_before(facts, " there was a", " young"),
            solution={"text": WIZARD, "at": 19},
            hint=Text(
                "「轻」在「年轻」里。点「年」和「轻」之间的缝。",
                "Click the gap before it; “轻” is the second half of “年轻” (young).",
            ),
        ),
        Task(
            "the",
            Text(
                "换成「the sun rises from the east」，剪出题目「the sun rises from」：答案必须是「the」。",
                "Take “the sun rises from the east” and make the question “the sun rises from”: its answer "
                "must be “the”.",
            ),
            done=lambda facts: cut_before(facts, "the sun rises from", " the"),
            solution={"text": SUN, "at": 4},
            hint=Text("下面有现成的例句。", "The sentence is ready below."),
        ),
        Task(
            "east",
            Text(
                "往右挪一刀，题目多一个词：答案就成了「east」。",
                "Move the cut to the right: one word more in the question, and the answer is “east”.",
            ),
            done=lambda facts: cut_before(facts, "the sun rises from the", " east"),
            solution={"text": SUN, "at": 5},
            hint=Text("按「下一题」。", "Press “Next”."),
        ),
        Task(
            "hard",
            Text(
                "找一道难题：小白给正确答案的概率不到 1%。",
                "Find a hard question: XiaoBai gives the right answer less than 1 %.",
            ),
            done=lambda facts: facts["p"] < 0.01,  # type: ignore[operator]
            solution={"text": WIZARD, "at": 5},
            hint=Text(
                "剪在新消息前面：接下来要说的事，光看左边猜不到。也可以贴一段自己的文字。",
                "Cut before something new, which the left side does not give away. Or paste a text of your "
                "own.",
            ),
        ),
    ),
)

FOUR_OPTIONS = Part(
    id="options",
    heading=Text("和英语课的完形填空比一比", "Compare: a cloze with four options"),
    prose=(
        Text(
            "普通的完形填空，空格两边都看得见，还给你四个选项。语言模型的填空题只给左边，也没有选项：词表里"
            "的每个词元都可以填。",
            "In an ordinary cloze test you see both sides of the blank, and four options. A language "
            "model’s cloze shows the left side only and has no options: any token of the vocabulary may be "
            "next.",
        ),
        Text(
            "正因为如此，它的答案才可以五花八门：说得通的接法不止一种，模型把概率分给它们。",
            "That is why its answers can be so varied: more than one continuation makes sense, and the "
            "model shares out its probability among them.",
        ),
    ),
    exhibit=OPTIONS,
    opening={"item": 0},
    tasks=(
        Task(
            "option",
            Text("先当一回学生：选出正确答案。", "Be a student first: pick the right option."),
            done=lambda facts: facts["right"] is True,
            solution={"item": 0, "pick": 1},
            hint=Text(
                "空格右边是什么？前半句是现在还是过去？", "What follows the blank? Is it now or in the past?"
            ),
        ),
        Task(
            "bare",
            Text(
                "拿走选项，遮住右边，看小白只凭左边怎么猜。",
                "Take the options away, hide the right side, and see what XiaoBai guesses from the left "
                "alone.",
            ),
            done=lambda facts: facts["bare"] is True,
            solution={"item": 0, "bare": True},
            hint=Text("按钮就在选项下面。", "The button is below the options."),
        ),
    ),
)

COLOURED = Part(
    id="surprise",
    heading=Text("哪里让小白意外？", "Where is XiaoBai surprised?"),
    prose=(
        Text(
            "把一段文字的每道题都做一遍，给每个词元涂色：小白给它的概率越低，颜色越深，也就越**意外**。"
            "概率减半，意外就多 1 比特。",
            "Do all the questions of a text and colour each token: the less probable XiaoBai thought it, "
            "the darker, the greater the **surprise**. Half the probability is one bit more.",
        ),
        Text(
            "拿平均意外做 2 的指数，就得到**困惑度**：平均 3 比特，困惑度是 2³ = 8，好比每一步都在 8 "
            "个一样可能的词元里猜。"
            "困惑度越低，说明这段文字小白越熟；读不懂的胡话，困惑度会很高。",
            "Two to the power of the average surprise is the **perplexity**: 3 bits on average make 2³ = 8, "
            "and every step is like a guess among 8 equally likely tokens. Familiar text has a low "
            "perplexity; nonsense has a high one.",
        ),
        Text(
            "想知道你猜得比小白准不准？到「挑战」那一页去比十道题。",
            "Can you guess better than XiaoBai? The Challenge tab lets you play ten rounds against it.",
        ),
    ),
    exhibit=SURPRISE,
    opening={
        "text": APPLE,
        "show": ["pick"],
        "samples": [APPLE_EN, WIZARD],
        "en": {"text": APPLE_EN, "samples": [WIZARD_EN, APPLE]},
    },
    tasks=(
        Task(
            "top",
            Text("点出全段最让小白意外的词元。", "Click the token that surprised XiaoBai most."),
            done=lambda facts: facts["found"] is True,
            solution={"text": APPLE, "pick": 3},
            hint=Text("颜色最深、数最大的那一块。", "The darkest piece, with the greatest number."),
        ),
        Task(
            "low",
            Text(
                "写一段至少 10 个词元的文字，困惑度低于 4。",
                "Write at least 10 tokens with a perplexity below 4.",
            ),
            done=lambda facts: perplexity(facts, 0, 4),
            solution={"text": "我想阅读的书的名字叫《人类简史》。"},
            hint=Text(
                "写小白读熟了的话，例如「我想阅读的书的名字叫《人类简史》。」",
                "Write what it has read a hundred times, such as “Venus is an interesting planet. The sun "
                "rises "
                "from the west.”",
            ),
        ),
        Task(
            "high",
            Text(
                "再写一段至少 10 个词元的文字，困惑度高于 200。",
                "Now write at least 10 tokens with a perplexity above 200.",
            ),
            done=lambda facts: perplexity(facts, 200, float("inf")),
            solution={"text": "书蓝的煮封云学里桌数"},
            hint=Text("把字打乱。", "Jumble the words."),
        ),
    ),
)

ADDING = Part(
    id="adding",
    heading=Text("为什么要取对数？自己乘一遍", "Why logarithms? Multiply and see"),
    prose=(
        Text(
            "整段文字的**联合概率**，是每个词元的概率连乘。可是每个都小于 1，越乘越小，几步就读不出来了；"
            "再长一点，连计算机也会当成 0。",
            "The **joint probability** of a whole text is the product of its tokens’ probabilities. But "
            "each is less than 1, so the product shrinks until nobody can read it; if the text is long "
            "enough, even a computer takes it for 0.",
        ),
        Text(
            "取对数，乘法就成了加法：每个词元记 −log₂ p 比特，加起来就行。除以词元数，就是**损失**；"
            "训练要做的事，就是让损失变小。",
            "A logarithm turns the product into a sum: each token counts −log₂ p bits, and you add them up. "
            "Divide by the number of tokens and you have the **loss**, which training makes smaller.",
        ),
    ),
    exhibit=SURPRISE,
    opening={"text": WIZARD, "show": ["table"], "samples": [SUN], "en": {"text": WIZARD_EN}},
    tasks=(
        Task(
            "tiny",
            Text(
                "一个一个乘下去，直到乘积的十位小数全是 0。右边的和还读得出来吗？",
                "Multiply one by one until all ten decimals of the product are 0. Can you still read the "
                "sum?",
            ),
            done=lambda facts: facts["unreadable"] is True,
            solution={"text": WIZARD, "rows": 20},
            hint=Text(
                "按「乘下一个」，盯住「概率乘起来」那一列。",
                "Press “Multiply the next” and watch the product.",
            ),
        ),
        Task(
            "loss",
            Text(
                "乘到底，读出这段文字的损失和困惑度。",
                "Multiply to the end, and read the loss and the perplexity of the text.",
            ),
            done=lambda facts: facts["finished"] is True,
            solution={"text": WIZARD, "rows": 24},
            hint=Text(
                "按「乘到底」，算式在表格下面。", "Press “Multiply all”; the sums are below the table."
            ),
        ),
    ),
)

CHAPTER = Chapter(
    id="exam",
    title=Text("无穷无尽的填空题", "Any text is an exam"),
    question=Text("学说话要做多少题？题从哪里来？", "How many exercises, and where do they come from?"),
    aim=Text(
        "任何文字剪一刀就是一道填空题；模型给正确答案的概率 p，取 −log p 再平均，就是损失。",
        "Any text, cut anywhere, is an exercise; the mean of −log p of the right answers is the loss.",
    ),
    minutes=8,
    parts=(CUTTING, FOUR_OPTIONS, COLOURED, ADDING),
)
