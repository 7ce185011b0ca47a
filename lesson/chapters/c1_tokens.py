"""Chapter 1: tokens, the numbered pieces that every text is cut into."""

from __future__ import annotations

from lesson.chapters.chapter import Chapter, Part, Task
from lesson.exhibits.encodings import ENCODINGS
from lesson.exhibits.exhibit import Facts
from lesson.exhibits.merges import MERGES
from lesson.exhibits.pieces import PIECES
from lesson.words import Text


def fewer_tokens(facts: Facts) -> bool:
    """A text of at least eight characters that takes fewer tokens."""
    return 8 <= facts["characters"] > facts["tokens"]  # type: ignore[operator]


def word_by_word(facts: Facts) -> bool:
    """At least four words, each of them one token."""
    counts: dict[str, int] = facts["counts"]  # type: ignore[assignment]
    return 4 <= counts["spaces"] == counts["xiaobai"]


def merged_out(facts: Facts) -> bool:
    """The merging has come to its end."""
    return 0 < facts["all"] == facts["step"]  # type: ignore[operator]


NUMBERED = Part(
    id="numbers",
    heading=Text("每一块都有编号", "Every piece has a number"),
    prose=(
        Text(
            "模型不认识字，只会算数。所以一句话先要切成一块一块的**词元**，每块在词表里有一个编号，"
            "像身份证号一样。小白的词表里有 8,192 个词元。",
            "A model cannot read; it can only calculate. So a sentence is first cut into **tokens**, and "
            "each has a number of its own, its id, in the vocabulary. XiaoBai’s vocabulary holds 8,192 "
            "tokens.",
        ),
        Text(
            "一个词元大致是一个汉字或一个英文单词，标点也算。但只是大致：常见的英文单词连同前面的空格（画成 "
            "`·`）是一块，少见的单词要拆成好几块。",
            "A token is, roughly, one Chinese character or one English word; punctuation counts too. But "
            "only roughly: a common English word is one piece together with the space before it (drawn as "
            "`·`), while a rare one falls into several.",
        ),
        Text(
            "还有一个**特殊词元**，读者从来看不见。小白读的每篇文章，开头和结尾都有它；小白自己写完了，"
            "写出的也是它。"
            "轮到它被选中，程序就知道该停了；没有它，谁也不知道话说完了没有。",
            "And there is a **special token** that readers never see. It stands at the beginning and at the "
            "end of every text that XiaoBai reads, and XiaoBai writes it when a text of its own is over. "
            "Once "
            "it is chosen, the program knows that it is time to stop; without it, nobody could tell whether "
            "the text is finished.",
        ),
    ),
    exhibit=PIECES,
    opening={
        "text": "周一上班真的很丧。",
        "show": ["ends"],
        "samples": ["太阳从东边升起。", "我爱 NY 🙂"],
        "en": {
            "text": "The sun",
            "samples": ["The sun rises from the east.", "太阳从东边升起。", "I ♥ NY 🙂"],
        },
    },
    tasks=(
        Task(
            "fewer",
            Text(
                "写一段至少 8 个字符的文字，让词元比字符少。",
                "Write at least 8 characters that take fewer tokens than characters.",
            ),
            done=fewer_tokens,
            solution={"text": "The sun rises from the east."},
            hint=Text(
                "一个汉字一般就是一块。换一种文字试试。",
                "A Chinese character is usually one piece. Try another script.",
            ),
        ),
        Task(
            "end",
            Text("让开头和结尾的特殊词元现身。", "Make the special tokens at both ends show themselves."),
            done=lambda facts: facts["ends"] is True,
            solution={"text": "太阳从东边升起。", "ends": True},
            hint=Text(
                "按「显示特殊词元」，再比一比：一句话有没有句号，小白认为到此结束的概率差多少？",
                "Press “Show special tokens”. Then compare: how likely does XiaoBai think the end, with and "
                "without a full stop?",
            ),
        ),
    ),
)

FALLING_APART = Part(
    id="bytes",
    heading=Text("生僻字会散成字节", "Rare characters fall into bytes"),
    prose=(
        Text(
            "词表装不下世上所有的字。好在每个字在电脑里本来就存成几个**字节**，也就是 0 到 255 的数，"
            "常写成两位十六进制，例如 `E9`。一个汉字通常占三个字节，一个表情符号多半占四个或更多。",
            "No vocabulary holds every character in the world. But a computer stores each character as a "
            "few **bytes** anyway, numbers from 0 to 255, often written with two hexadecimal digits like "
            "`E9`. Most Chinese characters take three of them, most emoji four or more.",
        ),
        Text(
            "256 种字节，小白的词表里全有，所以什么字都拼得出来：常用字一字一块，生僻字散成几块，字节凑齐了"
            "才成一个字。没凑齐的，这里照实写出字节。",
            "XiaoBai’s vocabulary has all 256 bytes, so it can spell anything: common characters stay "
            "whole, rare ones fall into several tokens, and become a character only when all bytes are "
            "there. Until then you see the bytes as they are.",
        ),
    ),
    exhibit=PIECES,
    opening={
        "text": "我爱太阳",
        "show": ["apart", "upto"],
        "samples": ["床前明月光", "Hello!"],
        "en": {"text": "I love the sun", "samples": ["Hello!", "床前明月光"]},
    },
    tasks=(
        Task(
            "split",
            Text(
                "找一个字，让它要用不止一个词元。找到以后拆开看看。",
                "Find a character that takes more than one token. Then take it apart.",
            ),
            done=lambda facts: facts["most"] >= 2,  # type: ignore[operator]
            solution={"text": "龘"},
            hint=Text("三条龙叠在一起的「龘」？一张笑脸？", "A triple dragon, “龘”? A smiley?"),
        ),
        Task(
            "half",
            Text(
                "拖动滑块，只读前几个词元，停在半个字上。",
                "Drag the slider, so that only the first few tokens are read, and stop in the middle of a "
                "character.",
            ),
            done=lambda facts: facts["half"] is True,
            solution={"text": "我是龘", "upto": 3},
            hint=Text(
                "先要有一个由几块组成的字，例如「龘」或 🙂，再把滑块往左拖一格。",
                "You need a character of several tokens, “龘” or 🙂, say. Then move the slider left by one.",
            ),
        ),
    ),
)

OTHER_WAYS = Part(
    id="ways",
    heading=Text("还有别的切法", "There are other ways to cut"),
    prose=(
        Text(
            "按字符切最简单，可是字符有十几万种，英文还得一个字母一个字母地读。按字节切，词表只要 256 项，一"
            "句话却变得很长。按空格切，英文正好一词一块，中文整句都粘在一起。",
            "Cutting into characters is the simplest, but there are more than 150,000 of them, and English "
            "has to be read letter by letter. Bytes need a vocabulary of only 256, but a sentence grows "
            "long. Spaces suit English, a word a piece, but glue a whole Chinese sentence together.",
        ),
        Text(
            "所以今天的模型大多走中间路线：常见的合成一块，少见的拆开。什么算常见，"
            "要看词表是从什么文字里学来的。"
            "小白的词表主要来自中文和英文，别的语言就吃亏：说同样的话，要用更多的词元。",
            "So most of today’s models take a middle way: what is common makes one piece, what is rare is "
            "taken "
            "apart. What counts as common depends on the text that the vocabulary was learnt from. "
            "XiaoBai’s comes mostly from Chinese and English; other languages pay for it with more tokens "
            "for the same words.",
        ),
    ),
    exhibit=ENCODINGS,
    opening={"text": "我爱读《人类简史》。", "en": {"text": "I love reading, don’t you?"}},
    tasks=(
        Task(
            "words",
            Text(
                "写一句至少四个词的英文，让小白切的块数和按空格切的一样多。",
                "Write at least four English words that XiaoBai cuts into as many pieces as the spaces do.",
            ),
            done=word_by_word,
            solution={"text": "The sun rises from the east"},
            hint=Text("用常见的词，别加标点。", "Use common words and no punctuation."),
        ),
        Task(
            "dear",
            Text(
                "找一段文字，小白平均每个字符要用不止 2 个词元。",
                "Find a text that costs XiaoBai more than 2 tokens a character.",
            ),
            done=lambda facts: facts["each"] > 2,  # type: ignore[operator]
            solution={"text": "오늘은 날씨가 좋아서"},
            hint=Text("看看下面哪一行最长，点它一下。", "See which row below is the longest, and click it."),
        ),
    ),
)

MERGING = Part(
    id="merging",
    heading=Text("从字节合并成词元", "From bytes to tokens, merge by merge"),
    prose=(
        Text(
            "小白的词表是这样学来的：起初只有 256 个字节；数一数训练文字里哪两块最常挨在一起，就把它们合成新"
            "的一块，发下一个编号；再数，再合，直到词表满。这叫**字节对编码**（BPE）。",
            "XiaoBai’s vocabulary was learnt like this: begin with the 256 bytes; count which two pieces "
            "stand side by side most often in the training text, make them one new piece with the next id; "
            "count again, merge again, until the vocabulary is full. This is **byte-pair encoding** (BPE).",
        ),
        Text(
            "切新的文字，就照着重做一遍：从字节开始，每次在能合并的对子里挑编号最小的，也就是最早学会的，"
            "直到没有对子可合。每个汉字自成一段，英文单词连着前面的空格是一段，合并从不跨段。",
            "To cut a new text, the merges are done over: start from bytes and, of all pairs that can "
            "merge, take the one with the lowest id, the earliest learnt, until no pair is left. Each "
            "Chinese character is a section of its own, each English word with the space before it is one, "
            "and no merge leaves its section.",
        ),
    ),
    exhibit=MERGES,
    opening={"text": "sunflower 太阳", "step": 0},
    tasks=(
        Task(
            "merged",
            Text(
                "换成你自己的一句话也行：一步一步合并到底。",
                "With this text or your own: merge step by step to the end.",
            ),
            done=merged_out,
            solution={"text": "sunflower 太阳", "step": 9},
            hint=Text(
                "按「合并一次」，看每次选中了哪一对。", "Press “Merge once” and watch which pair is taken."
            ),
        ),
        Task(
            "long",
            Text(
                "写一个至少 8 个字母的英文单词，让它最后合成一整块。",
                "Write an English word of at least 8 letters that ends up as one single piece.",
            ),
            done=lambda facts: facts["longest"] >= 8 and merged_out(facts),  # type: ignore[operator]
            solution={"text": "my grandmother", "step": 14},
            hint=Text(
                "要常见的词，前面留一个空格，例如「my grandmother」，然后合并到底。",
                "Take a common word with a space before it, as in “my grandmother”, and merge to the end.",
            ),
        ),
    ),
)

CHAPTER = Chapter(
    id="tokens",
    title=Text("词元", "Tokens"),
    question=Text("一句话在小白眼里是什么样子？", "What does a sentence look like to XiaoBai?"),
    aim=Text(
        "文字先切成有编号的词元，常见的合成一块，生僻的散成字节；词元不等于字，也不等于词。",
        "Text is first cut into numbered tokens: what is common is one piece, what is rare falls into "
        "bytes; a token is neither a character nor a word.",
    ),
    minutes=7,
    parts=(NUMBERED, FALLING_APART, OTHER_WAYS, MERGING),
)
