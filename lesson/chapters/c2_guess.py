"""Chapter 2: the one task, to give every token a probability of being next."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.guess import GUESS
from lesson.exhibits.options import ITEMS
from lesson.words import Text

ANDY = "刘德华是香港著名的"
MONDAY = "周一上班真的很"
SHORT, WIDE, LONGER, LONGEST = "人", "人类", "人类简", "我想阅读的书的名字叫《人类简"
UMBRELLA, FOUR = ITEMS[0].left, ("·is", "·was", "·will", "·were")


def p(facts: Facts, token: str) -> float:
    """The model's probability for a token, 0 if it is not among those listed."""
    return facts["p"].get(token, 0.0)  # type: ignore[union-attr]


def q(facts: Facts, token: str) -> float:
    """The same after the knobs."""
    return facts["q"].get(token, 0.0)  # type: ignore[union-attr]


def others(facts: Facts) -> float:
    """What all tokens but 丧 and 爽 have after the knobs."""
    return 1.0 - q(facts, "丧") - q(facts, "爽")


def tallest(facts: Facts) -> str:
    """The token with the highest bar."""
    return next(iter(facts["p"]))  # type: ignore[call-overload]


ONE_TASK = Part(
    id="task",
    heading=Text("它只做一件事", "It does one thing"),
    prose=(
        Text(
            "小白只会做一件事：看着左边的文字，给词表里的**每一个**词元一个概率，说它有多可能是下一个。"
            "所有概率加起来正好是 100%，一个词元也不漏。这叫**预测下一个词元**。",
            "XiaoBai does one thing only: it looks at the text on the left and gives **every** token of its "
            "vocabulary a probability of being next. They add up to exactly 100 %, and none is left out. "
            "This "
            "is **next-token prediction**.",
        ),
        Text(
            "「刘德华是香港著名的」，接下来是歌（手）、演（员）还是艺（人）？都说得通，所以三根柱子都不矮。"
            "可是一旦选定了「艺」，下一个字几乎就定了。",
            "“刘德华是香港著名的” (Andy Lau is a well-known Hong Kong …) may go on with 歌 (singer), "
            "演 (actor) or 艺 (artist). All three make sense, so all three bars are fairly tall. Yet "
            "once 艺 is "
            "chosen, there is hardly a doubt about the character after it.",
        ),
    ),
    exhibit=GUESS,
    opening={"text": ANDY, "show": ["draw"]},
    tasks=(
        Task(
            "draw",
            Text(
                "按「抽 100 次」：照着这些概率抽一百回，看实际次数跟柱子差多少。",
                "Press “Draw 100”: a hundred draws by these probabilities. How far from the bars do they "
                "fall?",
            ),
            done=lambda facts: facts["draws"] >= 100 and facts["text"] == ANDY,  # type: ignore[operator]
            solution={"text": ANDY, "move": {"kind": "draw"}},
            hint=Text(
                "橙色的短线就是抽出来的频率。多抽几百次，它多半会离柱子更近。",
                "The orange marks are the observed frequencies. Draw a few hundred more, and they tend to "
                "move "
                "closer to the bars.",
            ),
        ),
        Task(
            "artist",
            Text(
                "点「艺」那根柱子，再看看它对「人」有多大把握。",
                "Click the bar of 艺, then see how sure it is of 人.",
            ),
            done=lambda facts: facts["text"] == ANDY + "艺" and p(facts, "人") > 0.9,
            solution={"text": ANDY + "艺"},
            hint=Text("柱子本身就是按钮。", "Each bar is a button."),
        ),
        Task(
            "singer",
            Text(
                "撤销，改选「歌」。这回它对哪个字有把握？",
                "Undo, and choose 歌 instead. Which character is it sure of now?",
            ),
            done=lambda facts: facts["text"] == ANDY + "歌" and p(facts, "手") > 0.9,
            solution={"text": ANDY + "歌"},
            hint=Text("按「撤销」，或者直接点句子里的「艺」。", "Press “Undo”, or click 艺 in the sentence."),
        ),
    ),
)

TEMPERATURE = Part(
    id="temperature",
    heading=Text("概率从哪里来，温度改了什么", "Where probabilities come from, and what temperature does"),
    prose=(
        Text(
            "这些概率不是谁规定的，是从训练文字里学来的：在那些文字里，「周一上班真的很」后面，"
            "十次有八次是「丧」，两次是「爽」。",
            "Nobody laid these probabilities down. They come from the training text: there, "
            "“周一上班真的很” (work "
            "on a Monday is really …) goes on with 丧 (gloomy) eight times in ten and with 爽 (great) twice.",
        ),
        Text(
            "**温度**是选词之前的一个旋钮：模型先给每个词元打分，分数都除以温度，再换算成概率。"
            "p 是模型自己的，p′ 是拧过旋钮之后的。温度低，高的更高；温度高，大家拉平。",
            "**Temperature** is a knob for choosing: the model’s scores are all divided by it before "
            "they are "
            "turned into probabilities. p is the model’s own, p′ is after the knob. Low temperature "
            "makes tall "
            "bars taller; high temperature levels them.",
        ),
        Text(
            "分数除以同一个正数，大小次序不会变。所以温度怎么拧，「爽」也高不过「丧」。想让它变高，"
            "只能改左边的文字。",
            "Dividing all scores by the same positive number never changes their order. So no "
            "temperature can make "
            "爽 taller than 丧. For that, the text on the left has to change.",
        ),
    ),
    exhibit=GUESS,
    opening={"text": MONDAY, "show": ["temperature", "edit"]},
    tasks=(
        Task(
            "cold",
            Text(
                "找一个温度，让「丧」的 p′ 超过 0.95。", "Find a temperature at which 丧 exceeds 0.95 in p′."
            ),
            done=lambda facts: facts["text"] == MONDAY and q(facts, "丧") > 0.95 > p(facts, "丧"),
            solution={"text": MONDAY, "knobs": {"temperature": 0.3}},
            hint=Text("往「保守」那头拧。", "Turn towards “cautious”."),
        ),
        Task(
            "hot",
            Text(
                "再找一个温度，让「丧」和「爽」以外的词加起来超过三分之一。",
                "Then find one at which all but 丧 and 爽 together get more than a third.",
            ),
            done=lambda facts: facts["text"] == MONDAY and others(facts) > 1 / 3,
            solution={"text": MONDAY, "knobs": {"temperature": 2}},
            hint=Text(
                "拧到「大胆」那头，看最后一根灰柱子。", "Turn all the way to “daring” and watch the grey bar."
            ),
        ),
        Task(
            "order",
            Text(
                "「爽」怎样才能最高？温度不行，改改左边的句子，比如换成周五下班。",
                "How can 爽 become the tallest? Temperature cannot do it. Rewrite the sentence: Friday "
                "evening, say.",
            ),
            done=lambda facts: tallest(facts) == "爽",
            solution={"text": "周五下班真的很"},
            hint=Text(
                "试试「周五下班真的很」。", "Try “周五下班真的很” (going home on a Friday is really …)."
            ),
        ),
    ),
)

CONTEXT = Part(
    id="context",
    heading=Text("左边越长，猜得越准", "The longer the text, the narrower the guess"),
    prose=(
        Text(
            "只给一个「人」字，后面多半是「类」「们」。给「人类」，后面什么都可能来。"
            "给「人类简」，是「史」还是「介」「要」？再往左添上「我想阅读的书的名字叫《」，就只剩一个答案了。",
            "After the single character 人 there will mostly be 类 (人类, mankind) or 们 (人们, people). "
            "After 人类 nearly anything may come. After 人类简, is it 史 (history), 介 or 要? Put “the book "
            "that I want to read is called 《” before it, and one answer is left.",
        ),
        Text(
            "**熵**量的就是「有多拿不准」，单位是比特：0 比特是十足的把握；每多 1 比特，"
            "就好比备选多了一倍。"
            "上下文往往能让它变小，却不是每多一个字都变小：比一比前两句。",
            "**Entropy** measures how unsure a guess is, in bits. Zero bits is certain; each bit more is "
            "like "
            "twice as many candidates. More context usually makes it smaller, though not every character "
            "does: compare the first two.",
        ),
    ),
    exhibit=GUESS,
    opening={"text": SHORT, "show": ["edit", "entropy"], "samples": [SHORT, WIDE, LONGER, LONGEST]},
    tasks=(
        Task(
            "mankind",
            Text(
                "试试「人类简」，找到「史」。它现在有几成把握？",
                "Try 人类简 and find 史. How sure of it is XiaoBai now?",
            ),
            done=lambda facts: facts["text"] == LONGER and p(facts, "史") > 0.2,
            solution={"text": LONGER},
            hint=Text("点一下列出来的第三句。", "Click the third of the sentences listed."),
        ),
        Task(
            "sapiens",
            Text(
                "在「人类简」左边添字，让「史」超过 95%。",
                "Add text to the left of 人类简 until 史 exceeds 95 %.",
            ),
            done=lambda facts: facts["text"].endswith(LONGER) and p(facts, "史") > 0.95,  # type: ignore[union-attr]
            solution={"text": LONGEST},
            hint=Text(
                "最后一句就行。你自己的句子也许也行。",
                "The last one does it. One of your own may do as well.",
            ),
        ),
    ),
)

KNOBS = Part(
    id="knobs",
    heading=Text("砍掉不靠谱的尾巴", "Cutting off the tail"),
    prose=(
        Text(
            "几千个词元，每个都分到一点点概率，加起来也不少；抽签时万一抽中一个，句子就毁了。"
            "**top-k** 只留最高的 k 个；**top-p** 从最高的往下加，加够 p 就停，只留加进来的这些。",
            "Thousands of tokens have a tiny probability each, and together it is not so tiny: draw one "
            "of them, "
            "and the sentence is spoilt. **Top-k** keeps the k tallest bars only. **Top-p** adds up from the "
            "tallest until p is reached, and keeps just those.",
        ),
        Text(
            "砍掉的词元 p′ 是 0，留下的按比例放大，加起来还是 100%。模型自己的 p 一点儿没动。",
            "Tokens that are cut have p′ = 0, and those that stay are scaled up to 100 % again. The "
            "model’s own p "
            "does not change at all.",
        ),
    ),
    exhibit=GUESS,
    opening={"text": MONDAY, "show": ["top_k", "top_p"]},
    tasks=(
        Task(
            "topk",
            Text("用 top-k 只留「丧」和「爽」两个。", "With top-k, leave 丧 and 爽 and nothing else."),
            done=lambda facts: q(facts, "丧") + q(facts, "爽") > 0.9999 and q(facts, "爽") > 0,
            solution={"text": MONDAY, "knobs": {"top_k": 2}},
            hint=Text("把第一个旋钮拧到 2。", "Turn the first knob to 2."),
        ),
        Task(
            "topp",
            Text(
                "再用 top-p 连「爽」也砍掉，只剩「丧」。",
                "Then cut 爽 as well with top-p, so that 丧 stands alone.",
            ),
            done=lambda facts: q(facts, "丧") > 0.9999,
            solution={"text": MONDAY, "knobs": {"top_p": 0.5}},
            hint=Text(
                "只要 top-p 不超过「丧」自己的概率，它一个就够了。",
                "Once top-p is no more than the probability of 丧, that one token is enough.",
            ),
        ),
    ),
)

EXAM = Part(
    id="cloze",
    heading=Text("一种特别的完形填空", "A special kind of cloze test"),
    prose=(
        Text(
            f"英语考试里的完形填空长这样：{UMBRELLA} ＿ raining. A. is　B. was　C. will　D. were。"
            "空格左右都有字，选项只有四个，答案只有一个。",
            f"A cloze item in an English exam: {UMBRELLA} ＿ raining. A. is; B. was; C. will; D. were. "
            "There is text on both sides of the blank, there are four options, and one of them is right.",
        ),
        Text(
            "小白的考卷只有左半句，没有选项：八千多个词元都是选项。正因为这样，它的答案才能千变万化，"
            "同一个开头接得出数不清的下文。",
            "XiaoBai gets the left half and no list: more than eight thousand tokens are its options. "
            "That is "
            "exactly why its answers can be so varied, and why one beginning has countless ways to go on.",
        ),
    ),
    exhibit=GUESS,
    opening={"text": UMBRELLA, "show": ["entropy"]},
    tasks=(
        Task(
            "other",
            Text(
                "点一个不在 A、B、C、D 里的词元。它也接得下去吗？",
                "Click a token that is none of A to D. Can the sentence go on from there?",
            ),
            done=lambda facts: (
                facts["prompt"] == UMBRELLA and facts["made"] == 1 and facts["last"] not in FOUR
            ),
            solution={"text": UMBRELLA, "move": {"kind": "pick", "id": 305}},
            hint=Text("除了那四个，点哪一根都行。", "Any bar but those four."),
        ),
    ),
)

CHAPTER = Chapter(
    id="guess",
    title=Text("猜下一个词元", "Guess the next token"),
    question=Text("它凭什么知道下一个字？", "How can it know what comes next?"),
    aim=Text(
        "语言模型给每个词元一个「是下一个」的概率，加起来是 100%；概率来自训练文字，温度不改变次序。",
        "A language model gives every token a probability of being next; they add up to 100 %, they come "
        "from "
        "the training text, and temperature never changes their order.",
    ),
    minutes=8,
    parts=(ONE_TASK, TEMPERATURE, CONTEXT, KNOBS, EXAM),
)
