"""The words of a run while it goes on and afterwards, in both languages, as constant data for its scripts."""

from __future__ import annotations

from lesson.words import XIAOBAI, Text

PHRASES: dict[str, Text] = {
    "xiaobai": XIAOBAI,
    "aRun": Text("一次训练", "a run"),
    # what one can do
    "pauseRun": Text("暂停", "Pause"),
    "goOn": Text("接着练", "Go on"),
    "paused": Text("暂停中", "Paused"),
    "oneOfMine": Text("我也来练一个", "Train one of my own"),
    "watching": Text("你在看别人的训练，只能看", "You are watching somebody else’s run"),
    "lrGroup": Text("学习率，训练时也能改", "Learning rate; it can be changed while training"),
    "lrNow": Text("学习率", "learning rate"),
    "lrFactor": Text("（手调 ×{n}）", " (×{n} by hand)"),
    "watchLink": Text("复制观看链接", "Copy a link to watch"),
    "watchTitle": Text(
        "拿到链接的人可以一起看这次训练，但不能停下它，也拿不走模型",
        "Whoever has the link can watch this run, but neither stop it nor take its model",
    ),
    "watchCopied": Text(
        "链接复制好了：打开它就能一起看这次训练，但只能看。",
        "Link copied: whoever opens it watches this run, and can only watch.",
    ),
    "modelsLabel": Text("实验台用", "In the playground"),
    "download": Text("下载模型", "Download"),
    "downloadTitle": Text(
        "一个压缩包：权重、词表、说明；解开后可以用命令行打开，做法写在说明里",
        "A zip file with weights, vocabulary and a card; unpacked it opens with python app.py --model",
    ),
    "downloadGone": Text(
        "这个模型已经不在服务器上了，没法下载。",
        "This model is no longer on the server and cannot be downloaded.",
    ),
    "waitingTime": Text("大约还要等 {n} 秒。", " It will take about {n} seconds."),
    # back through the run
    "recorded": Text(
        "排队的时候先看一段录像：这是以前的一次真实训练，不是你的。",
        "While you wait, a recording: a real run of some time ago, not yours.",
    ),
    "scrub": Text("看训练中的哪一刻", "Which moment of the run to look at"),
    "scrubAt": Text("第 {step} 步　验证损失 {val}", "step {step}   validation loss {val}"),
    "scrubIsBest": Text("　最低", "   lowest"),
    "scrubPlay": Text("▶ 从头放", "▶ Play"),
    "scrubPause": Text("❚❚ 停住", "❚❚ Hold"),
    "scrubBest": Text("看验证损失最低的一步", "Go to the lowest"),
    "scrubLive": Text("回到最新", "Back to the latest"),
    "scrubNote": Text(
        "拖动它，回到训练中的任何一刻：曲线上的位置、概率、练习、地图和它写的话一起变。",
        "Drag it to any moment of the run: curve, probabilities, exercises, map and writing move together.",
    ),
    # the curve
    "curveYardsticks": Text("虚线：不用神经网络能到的水平", "dashed: what guessing and counting reach"),
    "curve_uniform": Text("瞎猜 {n}", "blind guessing {n}"),
    "curve_unigram": Text("只数每个词元多不多 {n}", "counting tokens {n}"),
    "curve_bigram": Text("再看前一个词元 {n}", "counting pairs {n}"),
    "curveChange": Text("学习率 ×{n}", "learning rate ×{n}"),
    "curveCompare": Text("和之前的训练比一比（验证损失）", "Compare with earlier runs (validation loss)"),
    "curveAlt": Text(
        "损失曲线，第 {step} 步：训练损失 {train}，验证损失 {val}；瞎猜是 {uniform}，只数词元是 {unigram}，"
        "再看前一个词元是 {bigram}。",
        "Loss curves at step {step}: training {train}, validation {val}; guessing blindly {uniform},"
        " counting tokens"
        " {unigram}, counting pairs {bigram}.",
    ),
    # exercises
    "batchTitle": Text("接下来要做的练习", "The exercises that come next"),
    "batchNote": Text(
        "上面小字是它读到的，下面是它该猜出来的下一个词元。猜之前，它对这个答案有多意外？颜色越深越意外。",
        "Above in small print what it reads, below the token that comes next. How surprised is it by"
        " that answer"
        " before it has learnt from it? The darker, the more.",
    ),
    "batchLow": Text("早料到了：0 比特", "expected: 0 bits"),
    "batchHigh": Text("和瞎猜一样，或者更意外", "as in blind guessing, or more"),
    "batchMean": Text("平均 {n} 比特", "{n} bits on average"),
    "batchTip": Text("意外 {bits} 比特，也就是只给了它 {p}", "{bits} bits of surprise: it gave it {p}"),
    # the map
    "mapTitle": Text("词元向量的地图", "The map of token vectors"),
    "mapPairs": Text("现在用法最像的：“{pairs}”。", "Used most alike now: “{pairs}”."),
    "mapNone": Text("还没有", "none yet"),
    "mapNote": Text(
        "每个词元有一个向量，模型靠它给这个词元打分。一开始全是零，挤在一点；常接在同样的话后面的，会学得"
        "越来越像，"
        "方向相近就连上线。橙色的是上面那句话的候选。",
        " By its vector the model scores a token as the next one. All begin as zeros, in one point;"
        " those that"
        " follow the same words grow alike, and a line joins those that point the same way. Orange are"
        " candidates for"
        " the beginning above.",
    ),
    "mapShare": Text(
        "图上只画得出差别最大的两个方向，占全部差别的 {n}%。",
        " The picture holds only the two directions of most difference, {n}% of it all.",
    ),
    "mapAlt": Text(
        "词元向量的地图，第 {step} 步。用法最像的几对：“{pairs}”。",
        "Map of token vectors at step {step}. Pairs that are used most alike: “{pairs}”.",
    ),
    # samples
    "samplesNote": Text(
        "灰色是给它的开头；⟨E4 BD⟩ 这样的是还拼不成字的字节。",
        "Grey is the beginning it was given; signs like ⟨E4 BD⟩ are bytes that make no character yet.",
    ),
}
