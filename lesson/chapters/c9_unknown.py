"""Chapter 9: what a language model cannot know, how unsure it is, and how sure it can be when it is wrong."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.guess import GUESS
from lesson.exhibits.honest import HONEST
from lesson.exhibits.takes import TAKES
from lesson.exhibits.wrong import WRONG
from lesson.words import Text

TIME, NAME, SUN = "现在的时间是", "我的名字叫", "The sun rises from the"
NICE = "今天天气不错。"
MANY = "小明问：“你叫什么名字？你几岁了？"
SPOKEN = "“今天星期几？”“"
TIME_EN, NAME_EN, WENT = "It is now", "Your name is", "I went to the"
NICE_EN, MANY_EN = "The weather is", 'Anna asked many questions. "What is your name? What time is it?'
SPOKEN_EN = '"What day is it today?" asked Tom. "'


def bits(facts: Facts) -> float:
    """The entropy of the bars."""
    return facts["entropy"]  # type: ignore[return-value]


def counted(facts: Facts, what: str) -> int:
    """How many of the five texts are of a kind."""
    return facts[what]  # type: ignore[return-value]


def written(facts: Facts) -> bool:
    """Whether the learner wrote anything."""
    return bool(str(facts["prompt"]).strip())


UNSURE = Part(
    id="unsure",
    heading=Text("诚实的「不知道」", "An honest “I don’t know”"),
    prose=(
        Text(
            "小白没有钟表，没有窗户，也不知道你是谁。它只读过训练文字，那里面没有今天的天气，也没有你的名字。"
            "聊天软件能报时、查天气，是因为有人在模型外面接了**工具**。",
            "XiaoBai has no clock and no window, and no idea who you are. It has read its training text, "
            "in which "
            "there is neither today’s weather nor your name. Chat programs can tell the time because "
            "someone has "
            "added **tools** around the model.",
        ),
        Text(
            "它不会说「不知道」，可柱子会：心里没底时，概率摊得很薄，**熵**就高。"
            "熵 8 比特，好比在 256 个一样可能的词元里猜。",
            "It does not say “I don’t know”, but its bars do: where it has nothing to go by, probability "
            "is spread "
            "thin and **entropy** is high. Eight bits is as unsure as among 256 equally likely tokens.",
        ),
    ),
    exhibit=GUESS,
    opening={
        "text": "周一上班真的很",
        "show": ["edit", "entropy"],
        "samples": [TIME, NAME, SUN],
        "en": {"text": WENT, "samples": [TIME_EN, NAME_EN, SUN]},
    },
    tasks=(
        Task(
            "high",
            Text(
                "找一个开头，让熵超过 6.5 比特。比如问它你的名字。",
                "Find a beginning with an entropy above 6.5 bits. Ask for your name, for instance.",
            ),
            done=lambda facts: written(facts) and bits(facts) > 6.5,
            solution={"text": NAME},
            hint=Text("试试「我的名字叫」。", "Try “Your name is”, or “我的名字叫” (my name is)."),
        ),
        Task(
            "low",
            Text(
                "再找一个开头，让熵低于 0.3 比特。",
                "Then find one with an entropy below 0.3 bits.",
            ),
            done=lambda facts: written(facts) and bits(facts) < 0.3,
            solution={"text": SUN},
            hint=Text("找一句它读过许多遍的话。", "Something that it has read many times."),
        ),
    ),
)

TRUSTED = Part(
    id="trusted",
    heading=Text("它说八成，就有八成吗？", "Does 80 % mean 80 %?"),
    prose=(
        Text(
            "天气预报说「降水概率 80%」，怎样才算准？把所有说 80% 的日子放在一起，真下雨的该占八成左右。"
            "小白也可以这样查：拿它没有读过的文字，逐个词元猜，再按第一名的概率分成 15 格，"
            "数一数每格里猜中的占多少。",
            "When is a forecast of “80 % rain” right? Put together all days of which it said 80 %: it "
            "should have "
            "rained on about eight in ten. XiaoBai can be checked in the same way. On text that it has "
            "never read, "
            "guess every token, sort the guesses into 15 bars by the probability of the first choice, and "
            "count "
            "how many came true.",
        ),
        Text(
            "柱子贴着斜线，说明它的概率说到做到，这叫**校准**得好。可这只是对它读过的那一类文字而言；"
            "下一节里的问题，训练文字里根本没有。",
            "Bars that follow the diagonal mean that its probabilities keep their word: it is well "
            "**calibrated**. "
            "That holds for the kind of text it has read. The questions of the next part are not in there "
            "at all.",
        ),
    ),
    exhibit=HONEST,
    opening={},
    tasks=(
        Task(
            "half",
            Text(
                "点一格，它在那里平均说的概率在 45% 到 55% 之间。实际猜中了多少？",
                "Click a bar in which it said between 45 % and 55 % on average. How many came true?",
            ),
            done=lambda facts: facts["said"] is not None and 0.45 <= facts["said"] <= 0.55,  # type: ignore[operator]
            solution={"bin": 7},
            hint=Text("正中间的那一格。", "The one in the middle."),
        ),
        Task(
            "widest",
            Text(
                "找出说的和做到的差得最远的一格（不算词元太少的斜纹格）。",
                "Find the bar where what it said and what came true are furthest apart (striped bars hold "
                "too few "
                "tokens to count).",
            ),
            done=lambda facts: bool(facts["widest"]),
            solution={"bin": 8},
            hint=Text("看黑线离柱顶有多远。", "Look how far the dark line is from the top of its bar."),
        ),
    ),
)

SURE = Part(
    id="sure",
    heading=Text("错得理直气壮", "Wrong, and sure of it"),
    prose=(
        Text(
            "柱子高，只说明训练文字里常这么写，不说明这是真的。它没有见过的事，也会照着见过的样子编下去，"
            "这叫**幻觉**。编出来的话，读着一样流利。",
            "A tall bar says that the training text often went on like this. It does not say that this "
            "is true. "
            "Where training had nothing to say, it goes on in the manner of what it has seen. That is "
            "called a "
            "**hallucination**, and it sounds just as fluent.",
        ),
        Text(
            "书上写着，从金星上看，太阳从西边升起。可要是「金星」只是一只猫的名字呢？再编一个国家，"
            "问问它的首都。",
            "Its books say that, seen from Venus, the sun rises in the west. What if Venus is only the "
            "name of a cat? "
            "And invent a country, and ask for its capital.",
        ),
    ),
    exhibit=WRONG,
    opening={"form": "cat_zh", "name": "点点", "en": {"form": "cat_en", "name": "Mimi"}},
    tasks=(
        Task(
            "cat",
            Text(
                "给猫起个名字，让小白说错太阳从哪边升起，而且给第一个词元的概率超过 50%。",
                "Name the cat so that XiaoBai is wrong about where the sun rises, with more than 50 % "
                "for the first "
                "token.",
            ),
            done=lambda facts: facts["verdict"] == "false" and facts["topic"] == "sun" and facts["p"] > 0.5,  # type: ignore[operator]
            solution={"form": "cat_en", "name": "Venus"},
            hint=Text("用一颗行星的名字。", "Use the name of a planet."),
        ),
        Task(
            "country",
            Text(
                "编一个不存在的国家，让它给「首都」的第一个词元超过 50%。",
                "Invent a country so that the first token of its “capital” gets more than 50 %.",
            ),
            done=lambda facts: facts["verdict"] == "made_up" and facts["p"] > 0.5,  # type: ignore[operator]
            solution={"form": "capital_en", "name": "New Italy"},
            hint=Text(
                "名字里藏一个真国家，比如「北加拿大」「New Italy」。",
                "Hide a real country in the name: 北加拿大 (North Canada), New Italy.",
            ),
        ),
        Task(
            "doubt",
            Text(
                "再编一个国家，让它心里没底：熵超过 4 比特。它说了「不知道」吗？",
                "Invent another one of which it is unsure: entropy above 4 bits. Does it say that it "
                "does not know?",
            ),
            done=lambda facts: facts["topic"] == "capital" and facts["verdict"] != "true" and bits(facts) > 4,
            solution={"form": "capital_en", "name": "Catland"},
            hint=Text("起一个跟哪国都不像的名字。", "Make up a name that is like no country’s."),
        ),
    ),
)

ECHO = Part(
    id="echo",
    heading=Text("接话茬", "Carrying on"),
    prose=(
        Text(
            "小白是**基座模型**：它不回答问题，只把文字接下去。一个问题后面，书上常常是另一个问题，"
            "那它就接着问，或者干脆结束。",
            "XiaoBai is a **base model**: it does not answer questions, it carries the text on. In its "
            "books a "
            "question is often followed by another question, so it goes on asking, or simply ends.",
        ),
        Text(
            "想让它「回答」，得把文字写成回答该出现的样子，比如一段对话。聊天软件用的模型，"
            "是后来又拿问答专门训练过的。",
            "To get an “answer”, write a text in which an answer is what comes next: a dialogue, for "
            "instance. The "
            "models behind chat programs were trained further on questions with their answers.",
        ),
    ),
    exhibit=TAKES,
    opening={
        "text": NICE,
        "temperature": 0.7,
        "samples": [MANY, "今天天气怎么样？", MANY_EN, SPOKEN],
        "en": {"text": NICE_EN, "samples": [MANY_EN, "How is the weather today?", MANY, SPOKEN_EN]},
    },
    tasks=(
        Task(
            "question",
            Text(
                "向它提问（以问号结尾），让五遍里至少有两遍接的还是问题。",
                "Ask it something that ends with a question mark, and get at least two of five to go on "
                "with a "
                "question.",
            ),
            done=lambda facts: bool(facts["asks"]) and counted(facts, "questions") >= 2,  # type: ignore[operator]
            solution={"text": MANY, "temperature": 0.7},
            hint=Text(
                "连问两个问题，它就更想接着问了。",
                "Ask two in a row, and it is all the more likely to ask on.",
            ),
        ),
        Task(
            "answer",
            Text(
                "把问题写成对话，写到回答的前引号（“）为止，让五遍里至少三遍接的是陈述句。",
                "Write the question as a dialogue that stops after an opening quotation mark, and get at "
                "least three "
                "statements.",
            ),
            done=lambda facts: (
                not facts["asks"]
                and any(mark in str(facts["text"]) for mark in "？?")
                and counted(facts, "statements") >= 3
            ),  # type: ignore[operator]
            solution={"text": SPOKEN, "temperature": 0.7},
            hint=Text(
                "试试「“今天星期几？”“」。五遍说的是同一天吗？它哪儿知道今天星期几。",
                "Try the last sentence listed. Is it the same day five times? How could it know?",
            ),
        ),
    ),
)

CHAPTER = Chapter(
    id="unknown",
    title=Text("它不知道什么", "What it does not know"),
    question=Text("它说得这么肯定，就是真的吗？", "It sounds so sure. Is it true?"),
    aim=Text(
        "语言模型是概率机器：熵高是老实的「不知道」，概率高不等于真；基座模型只会接话茬。",
        "A language model is a probability machine: high entropy is an honest “I don’t know”, high "
        "probability is "
        "not truth, and a base model only carries on.",
    ),
    minutes=7,
    parts=(UNSURE, TRUSTED, SURE, ECHO),
)
