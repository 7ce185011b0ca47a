"""Chapter 3: encode, predict, choose, append, and again; and the tree of what might have been."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.loop import LOOP
from lesson.exhibits.takes import TAKES
from lesson.exhibits.tree import TREE
from lesson.words import Text

VENUS = "Venus is an interesting planet. The sun rises from"
ANDY = "刘德华是香港著名的"
WEEKEND, WEEKEND_EN = "周末，我", "At the weekend, we"
CAPITAL, ONCE = "The capital of Indonesia is", "Once upon a time"
WALKS = ("艺人", ",·there")  # likely ways on from ANDY and from ONCE, two tokens each

ROUND = Part(
    id="round",
    heading=Text("四步一圈", "Four steps make a round"),
    prose=(
        Text(
            "一次只猜一个词元，怎么写出整篇文章？靠转圈。**编码**：把文字切成词元，换成编号和向量；"
            "**预测**：给每个词元一个概率；**选择**：挑一个；**接上**：放到末尾，从头再来。",
            "How does a thing that guesses one token at a time write a whole text? By going round. "
            "**Encode**: cut "
            "the text into tokens, ids and vectors. **Predict**: a probability for every token. "
            "**Choose** one. "
            "**Append** it, and start again.",
        ),
        Text(
            "拿自己刚写的词元当下一次预测的依据，这叫**自回归**。所以聊天软件的回答总是一个词一个词蹦出来。"
            "训练的时候不一样：下一个词元总用课本上的原文，不用它自己猜的。",
            "Predicting from what it has just written itself is called **autoregressive**; it is why chat "
            "programs answer word by word. In training it is different: there the next token always "
            "comes from the "
            "textbook, not from its own guess.",
        ),
    ),
    exhibit=LOOP,
    opening={"text": VENUS, "show": ["steps", "seed", "edit"]},
    tasks=(
        Task(
            "once",
            Text(
                "按「下一步」，一步一步走完一圈，直到新词元接上。",
                "Press “Next step” until a whole round is done and a token has been appended.",
            ),
            done=lambda facts: facts["made"] == 1 and facts["how"] in ("drawn", "greedy"),
            solution={"text": VENUS, "move": {"kind": "step"}},
            hint=Text("四步要按四下。", "Four steps, four presses."),
        ),
        Task(
            "west",
            Text(
                "再走一圈：「the」接上之后，它猜太阳从哪边升起？",
                "Go round once more: with “the” appended, where does it say the sun rises?",
            ),
            done=lambda facts: facts["prompt"] == VENUS and facts["text"] == f"{VENUS} the west",
            solution={"link": "text=Venus+is+an+interesting+planet.+The+sun+rises+from&picks=305.3589"},
            hint=Text(
                "金星上，太阳从西边升起。要是抽到了别的词，按「换个骰子」，从头再走。",
                "Seen from Venus, the sun rises in the west. If another token was drawn, press “Other "
                "dice” and "
                "start again.",
            ),
        ),
    ),
)

STOP = Part(
    id="stop",
    heading=Text("什么时候停", "When to stop"),
    prose=(
        Text(
            "圈可以一直转下去，总得有个停的条件。常见的有两个：写满一定**个数**就停，哪怕话没说完；"
            "选中了**结束词元**就停，那是它自己觉得写完了。",
            "The loop could go on for ever, so something has to stop it. Two conditions are usual: a "
            "**number** of "
            "tokens, even in the middle of a sentence; or the **end token** being chosen, by which the "
            "model itself "
            "says that it has finished.",
        ),
        Text(
            "结束词元也在词表里，也有自己的概率，只是读者看不见它。要是不理会它，文字就会换个话题接着写。",
            "The end token is in the vocabulary and has a probability like any other; readers just never "
            "see it. "
            "If it is ignored, the text goes on with something else.",
        ),
    ),
    exhibit=LOOP,
    opening={"text": ANDY, "show": ["stops", "seed", "edit"], "en": {"text": CAPITAL}},
    tasks=(
        Task(
            "count",
            Text("让它写满 6 个词元就停。话说完了吗？", "Stop it after 6 tokens. Had it finished?"),
            done=lambda facts: facts["stopped"] == "count" and facts["written"] == 6,
            solution={"text": ANDY, "move": {"kind": "run"}, "stops": {"count": 6, "end": False}},
            hint=Text(
                "只勾第一个方框，按「写到停为止」。",
                "Tick the first box only, and press “Run until it stops”.",
            ),
        ),
        Task(
            "end",
            Text("让它靠结束词元自己停下来。", "Let it stop by itself, at the end token."),
            done=lambda facts: facts["stopped"] == "end",
            solution={
                "text": ANDY,
                "knobs": {"greedy": True},
                "move": {"kind": "run"},
                "stops": {"count": None, "end": True},
            },
            hint=Text(
                "只勾第二个方框。写太长就按「换个骰子」再试。",
                "Tick the second box only. If it writes too long, press “Other dice” and try again.",
            ),
        ),
        Task(
            "force",
            Text("两个条件都不要，看看会怎样。", "Take away both conditions and see what happens."),
            done=lambda facts: facts["stopped"] == "force",
            solution={"text": ANDY, "move": {"kind": "run"}, "stops": {"count": None, "end": False}},
            hint=Text("两个方框都不打钩。", "Neither box ticked."),
        ),
    ),
)

CHOICE = Part(
    id="choice",
    heading=Text("同一个问题，不同的回答", "Same question, different answers"),
    prose=(
        Text(
            "怎么「选」？最省事的是每次都选最高的，叫**贪心**；聊天软件通常按概率掷骰子，叫**采样**。"
            "贪心永远写出同一段话；骰子换了，话就跟着换。",
            "How to choose? The simplest way is to take the tallest bar every time: **greedy**. Chat "
            "programs usually "
            "throw dice by the probabilities: **sampling**. Greedy always writes the same text; other "
            "dice write "
            "another.",
        ),
        Text(
            "这里把同一个开头写五遍，每遍一副骰子。每遍后面的数是整段续写的**联合概率**："
            "每个词元的概率乘起来，越写越小。",
            "Here the same beginning is continued five times with five dice. The figure beside each is the "
            "**joint probability** of the whole continuation: its tokens’ probabilities multiplied, smaller "
            "with each one.",
        ),
    ),
    exhibit=TAKES,
    opening={"text": WEEKEND, "greedy": True, "en": {"text": WEEKEND_EN}},
    tasks=(
        Task(
            "same",
            Text(
                "现在是贪心。按「再来五遍」换五副骰子，有变化吗？",
                "It is greedy now. Press “Five more” for other dice. Does anything change?",
            ),
            done=lambda facts: facts["distinct"] == 1 and facts["seed"] != 42,
            solution={"text": WEEKEND, "greedy": True, "seed": 47},
            hint=Text("「总选最高的」要开着。", "“Take the tallest” has to be on."),
        ),
        Task(
            "different",
            Text(
                "关掉「总选最高的」，让五遍至少写出四种。",
                "Turn “take the tallest” off and get at least four different texts out of five.",
            ),
            done=lambda facts: facts["distinct"] >= 4,  # type: ignore[operator]
            solution={"text": WEEKEND},
            hint=Text("温度越高，写法越多。", "The higher the temperature, the more they differ."),
        ),
    ),
)

BRANCHES = Part(
    id="tree",
    heading=Text("没走的那些路", "The ways not taken"),
    prose=(
        Text(
            "每一步都有好几个候选，每个候选后面又有好几个：所有可能的文字长成一棵**树**。"
            "100% 的树干从左边出发，每到一个词元就分开；枝有多粗，就是走到那里的联合概率。",
            "At each step there are several good candidates, and several after each of those: all "
            "possible texts "
            "form a **tree**. A trunk of 100 % starts on the left and divides at every token; a branch "
            "is as thick "
            "as the joint probability of getting there.",
        ),
        Text(
            "「长一圈」只打开最粗的几片叶子，这就是**束搜索**的想法。剪掉一枝，别处的概率不变：那是模型的，"
            "不因你看不看而改。",
            "“Grow” opens only the thickest leaves: the idea of **beam search**. Pruning a branch changes "
            "no other probability: they are the model’s, whether you look at them or not.",
        ),
    ),
    exhibit=TREE,
    opening={"text": ANDY, "show": ["edit"], "en": {"text": ONCE}},
    tasks=(
        Task(
            "grow",
            Text("让树长到至少 12 片叶子。", "Grow the tree to at least 12 leaves."),
            done=lambda facts: facts["leaves"] >= 12,  # type: ignore[operator]
            solution={
                "text": ANDY,
                "opened": [[], [787], [787, 718], [1214], [1214, 314]],
                "act": {"kind": "grow"},
            },
            hint=Text("多按几次「长一圈」。", "Press “Grow” a few times."),
        ),
        Task(
            "walk",
            Text(
                "走到「艺」「人」，读出联合概率。它等于哪两个数的乘积？",
                "Walk to 艺 and 人 (in English, from “Once upon a time” to the comma and “there”) and read "
                "the "
                "joint probability. Which two numbers is it the product of?",
            ),
            done=lambda facts: facts["branch"] in WALKS and 0 < facts["joint"] < 1,  # type: ignore[operator]
            solution={"text": ANDY, "act": {"kind": "walk", "text": "艺人"}},
            hint=Text(
                "先点「艺」，再点它后面的「人」。", "Click 艺, then 人 behind it; or the comma, then “there”."
            ),
        ),
        Task(
            "prune",
            Text(
                "走到一枝上，把它剪掉。别的枝变粗了吗？",
                "Walk to a branch and prune it. Did the others get thicker?",
            ),
            done=lambda facts: facts["act"] == "prune",
            solution={"text": ANDY, "opened": [[], [787]], "act": {"kind": "prune", "path": [787]}},
            hint=Text("先点一个词元，再按「剪掉这一枝」。", "Click a token, then “Prune this branch”."),
        ),
    ),
)

CHAPTER = Chapter(
    id="loop",
    title=Text("四步循环", "The loop of four steps"),
    question=Text("一次猜一个，怎么写成一篇？", "One guess at a time: how does that become a text?"),
    aim=Text(
        "编码、预测、选择、接上，周而复始，直到停止条件满足；选法不同，同一个开头就有不同的下文。",
        "Encode, predict, choose, append, until a stop condition holds; how it chooses decides what one "
        "beginning "
        "becomes.",
    ),
    minutes=8,
    parts=(ROUND, STOP, CHOICE, BRANCHES),
)
