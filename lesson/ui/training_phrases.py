"""Every word of the training tab, in both languages, as constant data that its scripts choose from."""

from __future__ import annotations

from lesson.ui.melons_phrases import PHRASES as MELONS
from lesson.words import MADE_BY_MODEL, Text

PHRASES: dict[str, Text] = {
    **MELONS,
    "trainTagline": Text(
        "训练就是一遍又一遍地做填空题：猜错了，就把参数拧一点点。",
        "Training is one exercise over and over: guess the next token, and after a miss, adjust.",
    ),
    "trainTaglineDo": Text("选一篇课文，亲眼看一个模型学会说话。", "Watch a model learn to speak."),
    # what to train on
    "chooseLesson": Text("选一篇课文", "Choose a text"),
    "ownTitle": Text("你自己的文字", "A text of your own"),
    "ownAbout": Text(
        "写、粘贴，或者选一个文本文件，至少 {least} 个字符。只用来训练这一次；没人再看，"
        "过一小时就跟模型一起删掉。",
        "Type, paste or choose a text file, {least} characters at least. Used for this run only, and"
        " deleted with its model, an hour after the last look.",
    ),
    "ownLabel": Text("你的文字，空一行就是另一篇", "Your text; a blank line begins another piece"),
    "ownHint": Text(
        "也可以把文件拖进来。空一行就是另一篇；几千个字就能学出样子。",
        "Or drop a file here. A blank line begins another piece; a few thousand characters already show.",
    ),
    "ownFile": Text("选一个文本文件……", "Choose a text file…"),
    "ownDrop": Text("不用这个文件", "Do not use this file"),
    "ownReading": Text("正在读……", "Reading…"),
    "ownRead": Text(
        "{n} 个字符，按 {encoding} 读出来的。这是你的文字吗？",
        "{n} characters, read as {encoding}. Is this your text?",
    ),
    "ownTooLong": Text(
        "这段文字太长了：最多 {most} 字节，现在有 {count} 字节（一个汉字多半占 3 个字节）。请删掉一些，"
        "你写的内容还在。",
        "This text is too long: {most} bytes at most, and it has {count} (a Chinese character mostly"
        " takes 3)."
        " Please shorten it; nothing was lost.",
    ),
    "ownUnreadable": Text(
        "这个文件打不开，请再选一次。", "This file cannot be opened; please choose it again."
    ),
    "shareTitle": Text("「{text}」后面，「{word}」占", "After “{text}”, “{word}” comes in"),
    "shareOf": Text("{word} {count} 次，占 {share}", "{word} {count} times, {share}"),
    "reading": Text("课文开头，全文 {n} 个字符：", "How the text begins; {n} characters in all:"),
    # how it is trained
    "moreSettings": Text("更多设置", "More settings"),
    "settingsReset": Text("恢复这一课的设置", "Back to this lesson’s settings"),
    "settingsChanged": Text("改了 {n} 项", "{n} changed"),
    "estimate": Text(
        "约 {seconds} 秒，课文约读 {epochs} 遍，约用 {memory} MB 内存",
        "about {seconds} s, the text read about {epochs} times, about {memory} MB of memory",
    ),
    "estimateUnread": Text(
        "约 {seconds} 秒，约用 {memory} MB 内存", "about {seconds} s, about {memory} MB of memory"
    ),
    "estimating": Text("正在量这台机器的速度……", "Measuring how fast this machine is…"),
    # how large
    "chooseSize": Text("选大小", "Choose a size"),
    "sizeFacts": Text(
        "约 {n}参数 · {layers} 层 · 看 {block} 个词元",
        "about {n} parameters · {layers} layers · sees {block} tokens",
    ),
    "chooseProbe": Text("盯着哪句话看", "Which beginning to watch"),
    "probeHint": Text("训练时一直问它：这后面是什么？", "All through training it is asked: what comes next?"),
    "start": Text("开始训练", "Start training"),
    "startHint": Text(
        "就在这台服务器上真的训练，一次最多 {n} 秒。",
        "It really trains, on this server, for {n} seconds at most.",
    ),
    "startHintFree": Text("就在这台机器上真的训练。", "It really trains, on this machine."),
    "sending": Text("正在送出文字……", "Sending your text…"),
    "again": Text("再练一次", "Train again"),
    "againTitle": Text("换课文、换大小，重新开始", "Choose another text or size and start anew"),
    "ordered": Text("{lesson} · {size}", "{lesson} · {size}"),
    # how it goes
    "waiting": Text("排队中：前面还有 {n} 个", "Waiting: {n} ahead of you"),
    "waitingHint": Text(
        "一次只训练一个模型。轮到你就自动开始，别关页面。",
        "One model trains at a time. Yours starts by itself when it is your turn; keep the page open.",
    ),
    "loading": Text("准备中：读课文、学词表", "Getting ready: reading the text, learning its vocabulary"),
    "running": Text("训练中", "Training"),
    "stopping": Text("正在停下，先存好模型", "Stopping; saving the model first"),
    "ended": Text("训练结束", "Training has ended"),
    "failed": Text("训练失败", "Training failed"),
    "stop": Text("停下", "Stop"),
    "leave": Text("不排了", "Leave the queue"),
    "useModel": Text("拿到实验台用", "Use this model in the playground"),
    "useXiaobai": Text("换回小白", "Back to XiaoBai"),
    "used": Text("实验台现在用的是你训练的模型。", "The playground now uses the model you trained."),
    "usedXiaobai": Text("实验台换回了小白。", "The playground is back with XiaoBai."),
    "figStep": Text("步", "step"),
    "figStepNote": Text("每步看 {n} 段文字", "{n} stretches of text each"),
    "figEpoch": Text("课文读了", "text read"),
    "timesRead": Text("{n} 遍", "{n} times"),
    "figTrain": Text("训练损失", "training loss"),
    "figVal": Text("验证损失", "validation loss"),
    "figSpeed": Text("每秒词元", "tokens a second"),
    "figLeft": Text("还要约", "time left"),
    "figTook": Text("用了", "took"),
    "seconds": Text("{n} 秒", "{n} s"),
    "progress": Text("训练进度", "Progress of training"),
    # what is seen
    "curveTitle": Text(
        "损失：平均每猜一次有多意外", "Loss: how surprised it is by the next token, on average"
    ),
    "curveTrain": Text("训练：正在读的课文", "training text"),
    "curveVal": Text("验证：没读过的部分", "validation: text it has not read"),
    "curveSteps": Text("步数", "steps"),
    "curveLoss": Text("损失", "loss"),
    "curveTable": Text("看数字", "In figures"),
    "curveRead": Text(
        "第 {step} 步　训练 {train}　验证 {val}", "step {step}   training {train}   validation {val}"
    ),
    "curveBroken": Text("第 {step} 步：不再是数", "step {step}: no longer a number"),
    "probeTitle": Text("同一句话，它现在怎么猜", "The same beginning, and what it guesses now"),
    "probeBars": Text("下一个词元的概率，随训练变化", "Probabilities of the next token as training goes on"),
    "probeAt": Text("第 {n} 步", "step {n}"),
    "probeStart": Text("第 0 步：每个词元都一样，{p}", "step 0: all tokens alike, {p} each"),
    "samplesTitle": Text("它写的话", "What it writes"),
    "samplesList": Text("每次检查时模型写的一段话", "What the model wrote at each check"),
    "madeBy": MADE_BY_MODEL,
}
