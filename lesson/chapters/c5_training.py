"""Chapter 5: what learning from data is: a loss, many small steps down, and when to stop."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.melons import MELONS_EXHIBIT
from lesson.exhibits.own_run import OWN_RUN
from lesson.exhibits.recorded import RECORDED
from lesson.melons import grouped
from lesson.words import Text

MOODS, POEMS = "moods", "by_heart"  # the two recorded runs
FIRST, TWICE, HALF, LOWEST, STOPS = 0, 17, 6, 6, 11  # their moments, for the solutions

MELONS = Part(
    id="melons",
    heading=Text("十个西瓜，三个参数", "Ten melons, three parameters"),
    prose=(
        Text(
            "「从数据里学」是什么意思？看十个西瓜：色泽、根蒂、敲声是**特征**，熟没熟是**答案**，"
            "这十个瓜是**样本**。模型只有三个参数，一个特征一个；学完以后，它觉得青绿、蜷缩、浊响的瓜多"
            "半熟了。",
            "What does learning from data mean? Take ten melons: colour, root and knock sound are the "
            "**features**, "
            "ripe or not is the **answer**, the ten are the **sample**. The model has three "
            "parameters, one for each "
            "feature; once trained, it holds that melons that are green, curled and dull are most "
            "likely ripe.",
        ),
        Text(
            "猜熟没熟是**分类**，猜有多甜是**回归**；有答案可对，叫**监督学习**。不给答案，只按像不像分成堆，"
            "是**聚类**，属于无监督学习。只管分清谁是谁的模型叫判别式；能自己造出新样本的叫生成式，语言"
            "模型就是。",
            "Ripe or not is **classification**, how sweet is **regression**; with answers to check, this is "
            "**supervised** learning. Without answers, grouping by likeness is **clustering**, which "
            "is unsupervised. "
            "A model that only tells things apart is discriminative; one that can make new samples, as "
            "a language "
            "model does, is generative.",
        ),
        Text(
            "（西瓜的例子出自周志华《机器学习》；这十个瓜是我们编的，买瓜时别当真。）",
            "(The melons are the classic example of Zhou Zhihua’s Machine Learning; our ten are made "
            "up, and no "
            "guide to buying one.)",
        ),
    ),
    exhibit=MELONS_EXHIBIT,
    opening={"task": "ripe", "at": 0},
    tasks=(
        Task(
            "ripe",
            Text(
                "训练它，直到没见过的「青绿、蜷缩、浊响」的瓜，熟的概率超过 90%。",
                "Train it until a new melon that is green, curled and dull is ripe with a probability "
                "above 90 %.",
            ),
            done=lambda facts: facts["task"] == "ripe" and facts["new"] > 0.9,  # type: ignore[operator]
            solution={"task": "ripe", "at": 30},
            hint=Text(
                "把滑块往右拖：每一步，三个参数都挪一点点。",
                "Drag the slider: at every step all three parameters move a little.",
            ),
        ),
        Task(
            "groups",
            Text(
                "换成「只分堆」，一直分到堆不再变。它看过答案吗？",
                "Switch to “Only groups” and go on until they no longer change. Did it see any answer?",
            ),
            done=lambda facts: facts["task"] == "groups" and facts["settled"] is True,
            solution={"task": "groups", "at": len(grouped()) - 1},
            hint=Text("答案那一列写着「不给看」。", "Look at the column of answers: hidden."),
        ),
    ),
)

CLOZE = Part(
    id="cloze",
    heading=Text("做填空题，一遍又一遍", "Filling in blanks, over and over"),
    prose=(
        Text(
            "**预训练**就是做第 4 章的填空题：猜下一个词元，再和真相比。猜得准有奖，猜得差受罚；严格说，"
            "罚多少由**损失函数**算：给真相的概率越小，损失越大。整段文字的概率是各个词元概率的乘积，"
            "训练要让所有段落的概率一起变大；总的「不满意」就是损失。",
            "**Pre-training** is doing the exercises of chapter 4: guess the next token, compare with "
            "the truth. A "
            "good guess earns, a bad one costs; strictly, a **loss function** says how much: the less "
            "probability "
            "the truth was given, the higher the loss. A passage’s probability is the product of its "
            "tokens’; "
            "training raises it for all passages together, and the overall dissatisfaction is the loss.",
        ),
        Text(
            "参数一开始是随机数，谁也不去手工设定。**梯度下降**算出每个参数往哪边挪，损失会变小，就挪一点点，"
            "再做下一批题。下面是一次真实训练的录像：22 万个参数，挪了 160 次。"
            "最后一层从零开始，所以第 0 步它对谁都一样。",
            "The parameters start random, and nobody sets them by hand. **Gradient descent** works out "
            "which way "
            "each of them must move for the loss to fall, moves it a little, and turns to the next "
            "batch. Here is "
            "a recording of a real training: 220,000 parameters, moved 160 times. The last layer "
            "starts at zero, "
            "so at step 0 all tokens are alike to it.",
        ),
        Text(
            "大模型做的题有多少？打个比方（数字只是示意）：常用汉字 5000 个；7.5 万亿字的文章，"
            "每 2 万字切一段，就是 3.75 亿段。",
            "How many exercises for a large model? An illustration, not a measurement: 5,000 "
            "characters in use, "
            "and 7.5 trillion of them to read; cut into passages of 20,000, that is 375 million passages.",
        ),
    ),
    exhibit=RECORDED,
    opening={"run": MOODS, "at": 40},
    tasks=(
        Task(
            "uniform",
            Text("回到所有柱子一样高的那一刻。", "Go back to the moment when all bars are equally tall."),
            done=lambda facts: facts["run"] == MOODS and facts["uniform"] is True,
            solution={"run": MOODS, "at": FIRST},
            hint=Text(
                "拖到最左边：还一步都没有训练。", "All the way to the left: not a single step was made."
            ),
        ),
        Task(
            "half",
            Text(
                "找到验证损失第一次降到「瞎猜」的一半以下的那次检查。",
                "Find the first check at which validation loss is below half of that of blind guessing.",
            ),
            done=lambda facts: facts["run"] == MOODS and facts["first_half"] is True,
            solution={"run": MOODS, "at": HALF},
            hint=Text(
                "瞎猜是 6.88，一半是 3.44。用箭头一次走一格。",
                "Blind guessing is 6.88, half of it 3.44. Use the arrows.",
            ),
        ),
        Task(
            "twice",
            Text(
                "「丧」和「爽」起初不相上下。找到「丧」第一次超过「爽」两倍的那一刻。",
                "At first 丧 (gloomy) and 爽 (great) run side by side. Find the moment when 丧 is first "
                "more than "
                "twice 爽.",
            ),
            done=lambda facts: facts["run"] == MOODS and facts["first_twice"] is True,
            solution={"run": MOODS, "at": TWICE},
            hint=Text("在第 60 步到第 70 步之间。", "Between step 60 and step 70."),
        ),
    ),
)

BOOK = Part(
    id="book",
    heading=Text("读几遍才够？", "How often should one read it?"),
    prose=(
        Text(
            "一**批**（batch）好比课本的一章：做完这一章，参数才动一次。一**轮**（epoch）是把整本书读完一遍。"
            "一遍记不住，所以要读好几遍。读得太少，什么都没学会，叫**欠拟合**；读得太多，只会背书，叫**"
            "过拟合**。",
            "A **batch** is like a chapter of the textbook: the parameters move once it is worked "
            "through. An "
            "**epoch** is once through the whole book. Once is not enough to learn, so one reads it "
            "several times. "
            "Too few is **underfitting**; too many, and it only knows the book by heart: **overfitting**.",
        ),
        Text(
            "这一次只给 48 首诗，读了 76 遍。训练损失一路往下，可在留出来没给它读的诗句上，**验证损失**"
            "掉头往上，"
            "最后比瞎猜还高。就像背熟了一千道题的学生，一上考场就不及格。",
            "This one got 48 poems only, and read them 76 times. Training loss falls all the way, but "
            "on verses that "
            "were kept from it, **validation loss** turns up and ends above that of blind guessing: "
            "the student who "
            "learnt a thousand exercises by heart and fails the exam.",
        ),
        Text(
            "**早停**只看验证损失：连着五次检查都没有变好，就停，留下最好的那个存档。"
            "（图像分类也一样，比方说：学得太少，准确率 60% 上下；学 100 轮，训练图片上 90%，没见过的图"
            "片反而越来越差。）",
            "**Early stopping** watches validation loss only: after five checks without a better one "
            "it stops and "
            "keeps the best checkpoint. (Image classification, as an illustration: too few epochs, some 60 % "
            "correct; 100 epochs, 90 % on the training images, and ever fewer on new ones.)",
        ),
    ),
    exhibit=RECORDED,
    opening={"run": POEMS, "at": 40},
    tasks=(
        Task(
            "turn",
            Text(
                "走到验证损失掉头往上之前的那次检查，按「就留下这个存档」：早停留下的正是它。",
                "Go to the last check before validation loss turns up and press “Keep this checkpoint”"
                ": it is the "
                "one that early stopping keeps.",
            ),
            done=lambda facts: facts["run"] == POEMS and facts["kept"] is True,
            solution={"run": POEMS, "at": LOWEST, "keep": True},
            hint=Text(
                "橙色的线最低的地方，在第 25 步到第 35 步之间。",
                "Where the orange line is lowest, between steps 25 and 35.",
            ),
        ),
        Task(
            "stop",
            Text(
                "早停要再等五次检查才敢停。走到它停下来的那一刻。",
                "Early stopping dares to stop only five checks later. Go to the moment when it does.",
            ),
            done=lambda facts: facts["run"] == POEMS and facts["stops"] is True,
            solution={"run": POEMS, "at": STOPS},
            hint=Text("从最低点往右数五格。", "Five checks to the right of the lowest point."),
        ),
    ),
)

OWN = Part(
    id="own",
    heading=Text("轮到你了", "Your turn"),
    prose=(
        Text(
            "录像看完了，自己练一个。在训练室里，同样的柱子会在你眼前从一样高长成 0.2 和 0.8；"
            "换一篇课文再练，柱子就跟着换。也可以故意让它背书，再让早停来救。",
            "Enough of recordings: train a model yourself. In the lab the same bars grow from all alike to "
            "0.2 and 0.8 "
            "before your eyes; change the text, train again, and they follow. Or make it learn by "
            "heart on purpose "
            "and let early stopping come to the rescue.",
        ),
        Text(
            "这样练出来的是**预训练**模型，只会接着写。要它听话、答题、聊天，还得拿任务再练一阵，叫**微调**。"
            "聊天产品两样都做过；小白只做过第一样。",
            "What comes out is a **pre-trained** model, which only carries on texts. To obey, answer "
            "and chat it must "
            "be trained some more on such tasks: **fine-tuning**. Chat products have had both; XiaoBai "
            "only the first.",
        ),
    ),
    exhibit=OWN_RUN,
    opening={},
    tasks=(
        Task(
            "train",
            Text(
                "在训练室里练完一个模型，再回到这里。", "Train a model in the lab to its end, then come back."
            ),
            done=lambda facts: facts["state"] == "ended",
            solution={"state": "ended"},
            hint=Text(
                "选一篇课文，按开始，等它练完；中途停下也算。",
                "Choose a text, press start, wait; stopping it counts as well.",
            ),
        ),
    ),
)

CHAPTER = Chapter(
    id="training",
    title=Text("什么是训练", "Training"),
    question=Text("没有人告诉它规则，它怎么学会的？", "Nobody told it the rules, so how did it learn?"),
    aim=Text(
        "训练就是一遍遍做填空题，用梯度下降一点点降低损失；读得太多会背书，要看验证损失早停。",
        "Training is filling in blanks over and over, lowering the loss bit by bit by gradient "
        "descent; too much of "
        "it is learning by heart, so watch the validation loss and stop early.",
    ),
    minutes=8,
    parts=(MELONS, CLOZE, BOOK, OWN),
)
