"""Chapter 8: what "large" means, what grows with size, and what a pattern in the prompt can do."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.family import FAMILY
from lesson.exhibits.learning import LEARNING
from lesson.exhibits.scaling import SCALING
from lesson.exhibits.shots import SHOTS
from lesson.exhibits.sizes import SIZES
from lesson.words import Text

CAPITAL, CAPITAL_ZH, SUN = "The capital of Indonesia is", "印度尼西亚的首都是", "太阳从东边升起，从西边落下。"
SUN_EN = "The sun rises from the east."


def pair(facts: Facts, *models: str) -> bool:
    """These two are compared."""
    return facts["pair"] == set(models)


ORDERS = Part(
    id="orders",
    heading=Text("差着好多个零", "Many zeros apart"),
    prose=(
        Text(
            "「大」语言模型有多大？大在**参数**：可以挪动的数有多少个。西瓜模型有 3 个，小白有几百万个，"
            "BERT-Large 有 3.4 亿，GPT-3 有 1750 亿；GPT-4 据报道有 1.8 万亿，没有得到证实。",
            "How large is a **large** language model? Count its **parameters**, the numbers that "
            "training moves. The "
            "melons had 3, XiaoBai has millions, BERT-Large 340 million, GPT-3 175 billion; GPT-4 is "
            "reported to "
            "have 1.8 trillion, which was never confirmed.",
        ),
        Text(
            "相差这么远，普通的尺子画不下，所以用**对数尺**：每往右一格，不是加一，而是乘十。"
            "在这把尺子上，一样的距离是一样的倍数。",
            "No ordinary scale could show them side by side, so this one is **logarithmic**: a line "
            "further to the "
            "right is not one more but ten times as many. Equal distances are equal ratios.",
        ),
    ),
    exhibit=SIZES,
    opening={},
    tasks=(
        Task(
            "gpt3",
            Text(
                "比一比小白和 GPT-3：差多少倍？",
                "Compare XiaoBai with GPT-3: how many times larger is GPT-3?",
            ),
            done=lambda facts: pair(facts, "xiaobai", "gpt3"),
            solution={"a": "xiaobai", "b": "gpt3"},
            hint=Text("点这两个模型。", "Click these two models."),
        ),
        Task(
            "eleven",
            Text(
                "找出相差 11 个零以上的两个模型。",
                "Find two models that are more than eleven zeros apart.",
            ),
            done=lambda facts: facts["ratio"] > 1e11,  # type: ignore[operator]
            solution={"a": "melons", "b": "gpt4"},
            hint=Text("最小的和最大的。", "The smallest and the largest."),
        ),
    ),
)

SCALE = Part(
    id="scale",
    heading=Text("越大越好？", "The larger, the better?"),
    prose=(
        Text(
            "参数更多、读得更多，损失就更低，而且降得很有规律，这叫**规模定律**。可它说的只是损失，"
            "没有说什么时候会做算术、会写诗。",
            "More parameters and more text, lower loss, and regularly so: a **scaling law**. But it "
            "speaks of loss "
            "only, not of when a model will be able to add or to write a poem.",
        ),
        Text(
            "有些本领，小模型完全不会，大到一定程度好像突然会了，叫**涌现**。其中有一部分出在量法上："
            "每个词元的把握是慢慢涨的，可要是整个答案全对才算数，分数就会突然跳起来。下面自己试试。",
            "Some abilities are absent in small models and seem to appear past a size: **emergence**. "
            "Part of that "
            "lies in how one measures: the probability of each token creeps up, but if only a wholly "
            "right answer "
            "counts, the score leaps. Try it below.",
        ),
    ),
    exhibit=SCALING,
    opening={"p": 60, "length": 5},
    tasks=(
        Task(
            "lost",
            Text(
                "每个词元都有 90% 的机会猜对，可答案长到几个词元，全对的机会就不到一半？",
                "Each token has a 90 % chance of being right. How long must the answer be for less than an "
                "even "
                "chance to get "
                "all of it right?",
            ),
            done=lambda facts: facts["p"] == 0.9 and facts["whole"] < 0.5,  # type: ignore[operator]
            solution={"p": 90, "length": 7},
            hint=Text("p 放在 90%，再把长度往右拖。", "Set p to 90 % and drag the length to the right."),
        ),
        Task(
            "leap",
            Text(
                "答案有 20 个词元以上。p 要多高，全对的机会才过一半？看看它从哪里开始猛涨。",
                "For an answer of 20 tokens or more, how high must p be for an even chance? See where "
                "the curve "
                "begins to leap.",
            ),
            done=lambda facts: facts["length"] >= 20 and facts["whole"] > 0.5,  # type: ignore[operator]
            solution={"p": 98, "length": 20},
            hint=Text("要在 96% 以上。", "Above 96 %."),
        ),
    ),
)

LEARN = Part(
    id="learn",
    heading=Text("一起上课", "In one class"),
    prose=(
        Text(
            "图上这几个模型读的是同样的文字，先后次序也一样，只有大小不同。横轴上的同一点，就是它们读到了"
            "同一个地方。这些线是训练时一步一步记下来的。",
            "The models on this chart read the same text in the same order; only their sizes differ. One "
            "place on "
            "the axis is one place in that text for all of them. The lines were logged, step by step, as "
            "they "
            "trained.",
        ),
        Text(
            "读同样多的文字，大模型错得更少。可天下没有白吃的午餐：它每读一步，要多算好几倍。",
            "After the same text the larger model makes fewer mistakes. It is no free lunch: each step "
            "costs it "
            "several times the arithmetic.",
        ),
    ),
    exhibit=LEARNING,
    opening={"at": 0},
    tasks=(
        Task(
            "overtake",
            Text(
                "最小的那个读完了全部文字。最大的读到哪一刻，验证损失就已经不比它最后的高？",
                "The smallest has read everything. At which check has the largest already come down to where "
                "the smallest ends?",
            ),
            done=lambda facts: bool(facts["overtakes"]),
            solution={"at": 2},
            hint=Text(
                "图下面写着最小的那个最后的损失。", "The smallest one’s last loss is written below the chart."
            ),
        ),
    ),
)

FAMILY_PART = Part(
    id="family",
    heading=Text("同一句话，大大小小的模型", "One text, models of several sizes"),
    prose=(
        Text(
            "让每个模型接同一句话，再看它们各有几成把握。模型越大，装得下的知识越多："
            "印度尼西亚的首都是哪里，小白答得出雅加达（Jakarta）。（首都正在往努山塔拉搬，它还没有听说。）",
            "Let every model carry on the same text and see how sure each is. The larger a model, the "
            "more it can "
            "hold: ask for the capital of Indonesia, and XiaoBai says Jakarta. (The capital is moving "
            "to Nusantara, "
            "which it has not heard of.)",
        ),
        Text(
            "语言模型也可以看成**知识的压缩**：猜得越准，记下一段文字要的比特越少。熟悉的句子能压到原来"
            "的几分之一；"
            "要是乱敲一通，它反而压得更大。",
            "A language model can also be seen as **compressed knowledge**: the better it guesses, the "
            "fewer bits it "
            "takes to write a text down. Familiar sentences shrink to a fraction; random keys grow instead.",
        ),
    ),
    exhibit=FAMILY,
    opening={
        "text": "周一上班真的很",
        "tries": [CAPITAL, CAPITAL_ZH, SUN],
        "en": {"text": "I feel so", "tries": [CAPITAL, SUN_EN, CAPITAL_ZH]},
    },
    tasks=(
        Task(
            "capital",
            Text(
                "问它们印度尼西亚的首都，中文英文都行。",
                "Ask them for the capital of Indonesia, in English or Chinese.",
            ),
            done=lambda facts: facts["text"] in (CAPITAL, CAPITAL_ZH),
            solution={"text": CAPITAL},
            hint=Text("点现成的句子就好。", "Click one of the sentences below the field."),
        ),
        Task(
            "pack",
            Text(
                "找一句至少十个字符的话，小白能压到原来的五分之一以下。",
                "Find a text of ten characters or more that XiaoBai packs into less than a fifth.",
            ),
            done=lambda facts: len(str(facts["text"])) >= 10 and facts["share"] < 0.2,  # type: ignore[operator]
            solution={"text": SUN},
            hint=Text(
                "它课文里的话最好压，比如太阳从哪边升起。",
                "Sentences of its lessons pack best, such as where the sun rises.",
            ),
        ),
        Task(
            "swell",
            Text("再写一串它压得更大的东西。", "Now write something that it only makes larger."),
            done=lambda facts: facts["share"] > 1,  # type: ignore[operator]
            solution={"text": "qzxj vkwp"},
            hint=Text("闭着眼睛敲几下键盘，敲字母。", "Close your eyes and hit a few letter keys."),
        ),
    ),
)

FEW_SHOT = Part(
    id="shots",
    heading=Text("给几个例子就会？", "A few examples are enough?"),
    prose=(
        Text(
            "不说要它做什么，只在前面摆几个例子：sea otter => berang-berang laut，cheese => keju，"
            "plush toy => boneka，再写 cloud =>，它就接 awan（印尼语的「云」）。这叫**少样本提示**。",
            "Do not say what is wanted, only show some examples: sea otter => berang-berang laut, "
            "cheese => keju, "
            "plush toy => boneka, then write cloud =>, and it answers awan, Indonesian for cloud. This "
            "is called "
            "**few-shot** prompting.",
        ),
        Text(
            "可别以为它是从三个例子里学会的：awan 是训练的时候学来的，参数一个也没有动。"
            "例子只告诉它：要的是哪一种语言。换成汉语的例子，awan 就不见了；汉语它也未必答得对，毕竟太小。",
            "But it did not learn that from three examples: awan was learnt in training, and no "
            "parameter has moved. "
            "The pattern only tells which language is wanted. With Chinese examples awan is gone; and "
            "whether it "
            "then gets the Chinese right is another matter, small as it is.",
        ),
    ),
    exhibit=SHOTS,
    opening={"which": "id", "word": "cloud"},
    tasks=(
        Task(
            "bare",
            Text(
                "把例子都去掉，cloud => 后面还是 awan 吗？",
                "Take all examples away. Is it still awan after cloud =>?",
            ),
            done=lambda facts: facts["which"] == "none" and facts["word"] == "cloud",
            solution={"which": "none", "word": "cloud"},
            hint=Text("点「不给例子」。", "Click “None”."),
        ),
        Task(
            "help",
            Text(
                "找一个词：有了三个印尼语的例子，写对的概率涨到两倍以上。",
                "Find a word for which the three Indonesian examples more than double its chance of "
                "being right.",
            ),
            done=lambda facts: facts["which"] == "id" and facts["p"] > 2 * facts["bare"],  # type: ignore[operator]
            solution={"which": "id", "word": "house"},
            hint=Text("换几个词试试，比如 house。", "Try some words, house for one."),
        ),
        Task(
            "other",
            Text(
                "用例子把 cloud => 后面的 awan 压到 70% 以下。",
                "Use examples to bring awan after cloud => below 70 %.",
            ),
            done=lambda facts: facts["word"] == "cloud" and facts["p"] < 0.7,  # type: ignore[operator]
            solution={"which": "zh", "word": "cloud"},
            hint=Text("让例子要另外一种语言。", "Let the examples ask for another language."),
        ),
    ),
)

CHAPTER = Chapter(
    id="large",
    title=Text("大", "Large"),
    question=Text("为什么大家都要把它做得那么大？", "Why does everybody build them so large?"),
    aim=Text(
        "「大」差的是好多个数量级；参数和文字越多，损失越低；例子只说明要什么，知识来自训练。",
        "“Large” means many orders of magnitude; more parameters and text lower the loss; examples "
        "only say what is "
        "wanted, the knowledge comes from training.",
    ),
    minutes=8,
    parts=(ORDERS, SCALE, LEARN, FAMILY_PART, FEW_SHOT),
)
