"""Every word of the melons, in both languages."""

from __future__ import annotations

from lesson.words import Text

PHRASES: dict[str, Text] = {
    "melonsTitle": Text(
        "只有三个参数的模型：十个西瓜，哪个熟？", "A model of three parameters: ten melons, which are ripe?"
    ),
    "melonsIntro": Text(
        "看色泽、根蒂、敲声，猜西瓜熟没熟。三个特征各记作 +1 或 −1，各乘一个参数，加起来，再变成概率。"
        "十个西瓜是我们编的，不能拿来挑瓜。",
        "Look at colour, root and knock, and guess whether a melon is ripe. Each feature counts as +1 or −1"
        " and is multiplied by one parameter; their sum becomes a probability. The ten melons are made up:"
        " no guide to buying one.",
    ),
    "melonsRipeness": Text("分类：熟不熟", "Classification: ripe or not"),
    "melonsSweetness": Text("回归：有多甜", "Regression: how sweet"),
    "melonsGroups": Text("聚类：没有答案", "Clustering: no answers"),
    "melonsModes": Text("想学什么", "What to learn"),
    "melonsColour": Text("色泽", "colour"),
    "melonsRoot": Text("根蒂", "root"),
    "melonsKnock": Text("敲声", "knock"),
    "melonsColourPlus": Text("青绿", "green"),
    "melonsColourMinus": Text("乌黑", "black"),
    "melonsRootPlus": Text("蜷缩", "curled"),
    "melonsRootMinus": Text("硬挺", "stiff"),
    "melonsKnockPlus": Text("浊响", "dull"),
    "melonsKnockMinus": Text("清脆", "crisp"),
    "melonsAnswer": Text("答案", "answer"),
    "melonsRipe": Text("熟", "ripe"),
    "melonsUnripe": Text("生", "unripe"),
    "melonsSaysRipe": Text("模型说：熟的概率", "model: chance of ripe"),
    "melonsSaysSweet": Text("模型说：比平均甜几度", "model: degrees above average"),
    "melonsGroup": Text("分到的组", "its group"),
    "melonsNumber": Text("第 {n} 个西瓜", "melon {n}"),
    "melonsFlip": Text(
        "第 {n} 个西瓜，{feature}：{value}。点一下换一种", "Melon {n}, {feature}: {value}. Click to change"
    ),
    "melonsAsked": Text("改过", "changed"),
    "melonsStep": Text("走一步", "One step"),
    "melonsRun": Text("连续走", "Run"),
    "melonsPause": Text("停", "Pause"),
    "melonsReset": Text("重来", "Start over"),
    "melonsAt": Text("第 {n} 步 / {all}", "step {n} of {all}"),
    "melonsLoss": Text("损失 {n}", "loss {n}"),
    "melonsWeights": Text("三个参数", "Three parameters"),
    "melonsHint": Text(
        "点一下特征，换成另一种，看概率怎么变；训练用的还是原来的十个。",
        "Click a feature to change it, and see the probability move;"
        " training still uses the ten as they were.",
    ),
    "melonsGroupsHow": Text(
        "不给答案，只看谁跟谁像：分成两堆，每堆取个中心，再重新分，直到没有西瓜换堆。",
        "No answers, only likeness: two groups, each with its centre, grouped again until no melon moves.",
    ),
    "melonsGroupsSay": Text(
        "没有西瓜再换堆了。现在揭开答案：分出来的两堆，和熟、生对上了 {n} 个。",
        "No melon moves any more. Now see the answers: the groups match ripe and unripe for {n} of ten.",
    ),
    "melonsSame": Text("同一幅图，换成会说话的模型", "The same picture for a model that talks"),
    "melonsHere": Text("西瓜", "Melons"),
    "melonsSees": Text("看见什么", "sees"),
    "melonsSeesHere": Text("3 个特征", "3 features"),
    "melonsSeesThere": Text("前面的词元，最多 {block} 个", "the tokens so far, up to {block}"),
    "melonsTurns": Text("可以拧的参数", "parameters to turn"),
    "melonsGives": Text("给出什么", "gives"),
    "melonsGivesHere": Text("1 个概率：熟", "1 probability: ripe"),
    "melonsGivesThere": Text("{vocab} 个概率：每个词元一个", "{vocab} probabilities, one for each token"),
    "melonsLearns": Text("怎么学", "learns"),
    "melonsLearnsBoth": Text(
        "猜，算损失，把参数往损失小的方向拧一点；再来",
        "guess, take the loss, turn the parameters a little downhill; again",
    ),
}
