"""First lessons: numbers and sums in words, days, opposites, animals, food, family, measure words."""

from collections.abc import Callable

from train.textbook.grammar import COMMON, Grammar

SECTIONS = {"zh_small": 700, "en_small": 300}
SUMS = 260
DIGITS = "零一二三四五六七八九"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ZH_FRAMES = (
    "{a}加{b}等于{c}。",
    "{a}加{b}等于{c}，{c}减{b}等于{a}。",
    "{c}减{a}等于{b}。",
    "{kid}有{a两}块糖，{kin}又给了{b两}块，现在一共有{c}块。",
    "{spot}有{a两}个人，又来了{b两}个人，一共{c}个人。",
    "“{a}加{b}等于几？”{teacher}问。“等于{c}。”{kid}答。",
    "树上有{c}只鸟，飞走了{a两}只，还剩{b两}只。",
    "问：{a}加{b}是多少？\n答：{c}。",
    "{pal}买了{a两}个苹果和{b两}个梨，一共{c}个水果。{aside}",
    "{kid}原来有{c}元，买{thing}花了{a两}元，还剩{b两}元。",
)
EN_FRAMES = (
    "{a!} plus {b} is {c}.",
    "{c!} minus {a} is {b}.",
    "{Name} has {a} apples and {Name} has {b}. Together they have {c}.",
    '"What is {a} plus {b}?" asked {Name}. "{c!}," said {Name}.',
    "There were {c} birds in the tree. {a!} of them flew away, and {b} stayed.",
    "Q: What is {a} plus {b}?\nA: {c!}.",
)


def chinese(number: int) -> str:
    """Return a number from 0 to 99 in Chinese words."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def english(number: int) -> str:
    """Return a number from 0 to 99 in English words."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")


def _sums(grammar: Grammar, frames: tuple[str, ...], words: Callable[[int], str]) -> list[str]:
    """Return little sums, most of them below twenty."""
    found = []
    for _ in range(SUMS):
        frame = grammar.random.choice(frames)
        a, b = grammar.random.randint(2, 10), grammar.random.randint(2, grammar.random.choice((9, 10, 30)))
        values = {"a": words(a), "b": words(b), "c": words(a + b)}
        # before a measure word, 二 is said 两
        values |= {name + "两": "两" if value == "二" else value for name, value in values.items()}
        values |= {name + "!": value.capitalize() for name, value in values.items()}
        found.append(grammar.say(frame, values))
    return found


def _counting(grammar: Grammar) -> list[str]:
    """Return short counts upwards and downwards in both languages."""
    found = []
    for words, comma, stop in ((chinese, "、", "。"), (english, ", ", ".")):
        for _ in range(40):
            first, step = grammar.random.randint(1, 40), grammar.random.choice((1, 1, 1, 2, 5, 10))
            run = [n for n in range(first, first + 9 * step, step) if n < 100]
            run = run[::-1] if grammar.random.random() < 0.25 else run
            found.append(comma.join(map(words, run)) + stop)
    return found


def documents() -> list[str]:
    """Return the documents of the first lessons."""
    grammar = Grammar("basics", *COMMON, "basics.txt")
    found = [document for name, count in SECTIONS.items() for document in grammar.several(name, count)]
    found += _sums(grammar, ZH_FRAMES, chinese)
    found += _sums(grammar, EN_FRAMES, english)
    found += _counting(grammar)
    grammar.random.shuffle(found)
    return list(dict.fromkeys(found))
