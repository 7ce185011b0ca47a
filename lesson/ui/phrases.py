"""Every word of the playground's page, in both languages, as constant data that its scripts choose from."""

from __future__ import annotations

from lesson.params import MAX_CHARACTERS, TOO_LONG
from lesson.words import BEGINNING, ENDING, EVERYTHING_ELSE, MADE_BY_MODEL, Text

PHRASES: dict[str, Text] = {
    # the page
    "title": Text("下一个词 · Next Token", "Next Token · 下一个词"),
    "logoHead": Text("下一个", "Next "),
    "logoTail": Text("词", "Token"),
    "tabPlayground": Text("实验台", "Playground"),
    "tabTraining": Text("训练", "Training"),
    "projector": Text("投影", "Projector"),
    "projectorTitle": Text("放大，适合投在大屏幕上", "Larger, for a big screen"),
    "copyLink": Text("复制链接", "Copy link"),
    "copyLinkTitle": Text("复制一个链接：打开就是现在这一步", "Copy a link that opens at this very step"),
    "copied": Text("链接已复制，打开就是现在这一步。", "Link copied. It opens at this very step."),
    "copyByHand": Text("请按 Ctrl+C 复制选中的链接。", "Press Ctrl+C to copy the selected link."),
    "linkField": Text("这一步的链接", "Link to this step"),
    "langTitle": Text("Switch to English", "切换到中文"),
    "badgeTitle": Text("正在使用的模型", "The model in use"),
    "parameters": Text("{n}参数", "{n} params"),
    "ms": Text("每步 {n} 毫秒", "{n} ms/step"),
    "slow": Text(
        "服务器没有回应。请看看网络，再点一次。",
        "The server did not answer. Please check the connection and try again.",
    ),
    # the sentence
    "tagline": Text(
        "语言模型只做一件事：看着前面的词元，猜下一个。",
        "A language model does one thing: guess the next token.",
    ),
    "taglineDo": Text("点一根柱子，替它选。", "Click a bar to choose for it."),
    "sentence": Text("句子，一块是一个词元", "The sentence, one chip a token"),
    "blank": Text(
        "空格：下一个词元会接在这里。点击可修改句子。",
        "The blank: the next token goes here. Click to edit the sentence.",
    ),
    "edit": Text("改句子", "Edit"),
    "editTitle": Text("改成你自己的句子（按 E 键）", "Write a sentence of your own (press E)"),
    "take": Text("就用这句", "Use this"),
    "cancel": Text("取消", "Cancel"),
    "editHint": Text(
        "回车确定，Esc 取消，Shift + 回车换行", "Enter to use it, Esc to cancel, Shift + Enter for a new line"
    ),
    "input": Text("你的句子", "Your sentence"),
    "tooLong": TOO_LONG.format(limit=MAX_CHARACTERS, count="{n}"),
    "samples": Text("或者试试：", "Or try:"),
    "beginning": BEGINNING,
    "ending": ENDING,
    "madeByModel": MADE_BY_MODEL,
    "madeNote": Text("颜色越深，模型给它的概率越高", "the darker, the more probable the model thought it"),
    "chosenByYou": Text("你选的", "chosen by you"),
    "gone": Text(
        "灰色的 {n} 个词元太靠前，模型已经看不见了：它一次最多看 {block} 个。",
        "The {n} grey tokens are too far back for the model to see: it sees {block} at a time.",
    ),
    "chip": Text("{token}，编号 {id}", "{token}, id {id}"),
    "tipId": Text("编号 {id}", "id {id}"),
    "tipBytes": Text("字节 {hex}", "bytes {hex}"),
    "tipNoBytes": Text("特殊词元，读者看不见", "a special token that readers never see"),
    "tipP": Text("模型给它的概率 {p}", "the model gave it {p}"),
    "tipBack": Text("点一下：回到猜它的那一刻", "click: back to the moment it was guessed"),
    # the four steps
    "step1": Text("切成词元", "cut into tokens"),
    "step2": Text("猜：每个词元一个概率", "guess: a probability for every token"),
    "step3": Text("挑一个", "choose one"),
    "step4": Text("接到后面，再来一遍", "append, and again"),
    "loopLabel": Text(
        "四步循环：切成词元，猜，挑一个，接到后面，再来一遍。",
        "A loop of four steps: cut into tokens, guess, choose one, append, and again.",
    ),
    # the model
    "brain": Text("模型看到的", "What the model sees"),
    "vector": Text("词向量", "vector"),
    "layer": Text("第 {n} 层", "layer {n}"),
    "facts": Text("{layers} 层 · 每个向量 {width} 个数", "{layers} layers · {width} numbers"),
    "vectorNote": Text(
        "最后一个词元变成一串数，一层一层改写，最后变成 {vocab} 个词元的打分。",
        "The last token as numbers, rewritten layer by layer: in the end a score for each of {vocab} tokens.",
    ),
    "noVectors": Text(
        "它给词表里的每个词元打一个分，一个也不漏。",
        "It gives every token of its vocabulary a score, leaving none out.",
    ),
    # the bars
    "bars": Text(
        "下一个词元的概率，点一个就接到句子后面", "Probabilities of the next token; click one to append it"
    ),
    "rest": EVERYTHING_ELSE,
    "restShort": Text("其余", "rest"),
    "keyP": Text("p：模型自己的概率", "p: the model’s own"),
    "keyQ": Text("p′：拧过旋钮之后", "p′: after the knobs"),
    "keySeen": Text("抽 {n} 次的实际频率", "observed in {n} draws"),
    "times": Text("{n} 次", "{n}×"),
    "cutAway": Text("被旋钮去掉了", "cut by the knobs"),
    # transport
    "step": Text("猜一个", "Guess one"),
    "spaceKey": Text("空格", "space"),
    "auto": Text("自动", "Auto"),
    "pause": Text("暂停", "Pause"),
    "autoTitle": Text("一个接一个地猜下去", "Guess one after another"),
    "speed": Text("自动的速度", "Speed"),
    "slowly": Text("慢", "slow"),
    "normally": Text("中", "mid"),
    "fast": Text("快", "fast"),
    "draw": Text("抽 100 次", "Draw 100"),
    "drawTitle": Text(
        "按现在的柱子抽 100 次，不接到句子后面，只看频率",
        "Draw from these bars 100 times without appending; watch the frequencies",
    ),
    "undo": Text("撤销", "Undo"),
    "undoTitle": Text("撤销上一步（退格键）", "Undo the last change (Backspace)"),
    "reset": Text("重来", "Reset"),
    "resetTitle": Text("回到最初的句子", "Back to the sentence as it was typed"),
    # the dice
    "beforeThrow": Text(
        "按「猜一个」：掷出 0 到 1 之间的一个随机数，落在哪一段，就选哪个词元。",
        "Press “Guess one”: a random number from 0 to 1 falls on a stretch, and that token is chosen.",
    ),
    "beforeGreedy": Text(
        "现在不掷骰子：每次都选最高的柱子。", "No dice now: the tallest bar is taken every time."
    ),
    "lastThrow": Text("上一步", "Last step"),
    "toldDrawn": Text(
        "随机数 {dice} 落在「{token}」这一段（{low}–{high}%），于是选了「{token}」。",
        "The random number {dice} fell on the stretch of “{token}” ({low}–{high}%), so “{token}” was chosen.",
    ),
    "toldGreedy": Text(
        "没有掷骰子：直接选了最高的「{token}」（模型给它 {p}）。",
        "No dice: the tallest, “{token}”, was taken (the model gave it {p}).",
    ),
    "toldClicked": Text("「{token}」是你选的，模型给它 {p}。", "You chose “{token}”; the model gave it {p}."),
    "dice": Text("骰子：0 到 100%，按概率分段", "The dice: 0 to 100%, divided by probability"),
    # the knobs
    "temperatureLow": Text("保守", "cautious"),
    "temperatureHigh": Text("大胆", "daring"),
    "moreKnobs": Text("更多旋钮", "More knobs"),
    "noLimit": Text("不限", "no limit"),
    "knobsDefault": Text("恢复原样", "As it was"),
    "choosing": Text("怎么挑", "How to choose"),
    "byDice": Text("掷骰子", "throw dice"),
    "tallest": Text("总选最高的", "take the tallest"),
    "newSeed": Text("换一个", "another"),
}
