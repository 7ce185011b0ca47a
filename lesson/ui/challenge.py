"""The challenge tab: one component with one event; every request tells all there is to know of a round."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

import gradio as gr

from lesson import params
from lesson.predictions import Predictions
from lesson.school import School
from lesson.ui.components import Piece, as_value, joined
from lesson.ui.playground import BROKEN, Controls
from lesson.views.challenge import round_view
from lesson.views.token import Json
from lesson.words import Refusal, Text

LOG = logging.getLogger(__name__)
PHRASES: dict[str, Text] = {
    "tabChallenge": Text("挑战", "Challenge"),
    "chLead": Text(
        "十道题，和小白比一比：谁更会猜下一个词？",
        "Ten rounds against XiaoBai: who is better at the next word?",
    ),
    "chRule1": Text(
        "看左边的文字，猜下一个词，再说你有几成把握。",
        "Read the text, guess the next word, and say how sure you are.",
    ),
    "chRule2": Text(
        "押几成，你猜的词就得几成，剩下的平分给别的词。真相得到的概率是 p，就记 log₂(1/p) 比特的意外："
        "50% 记 1，25% 记 2，1% 记 6.6。意外少的赢。",
        "Your guess gets the share that you name, and the others split the rest evenly. If the truth "
        "got probability p, that counts log₂(1/p) bits of surprise: 1 for 50 %, 2 for 25 %, 6.6 for 1 "
        "%. The least surprised wins.",
    ),
    "chRule3": Text(
        "所以别吹牛，也别谦虚：心里有几成就押几成，长久下来最划算。",
        "So do not boast and do not be modest: in the long run, nothing beats saying what you really "
        "believe.",
    ),
    "chWho": Text("谁来猜", "Who guesses"),
    "chAlone": Text("我一个人", "Just me"),
    "chTwo": Text("A、B 两队", "Two teams"),
    "chText": Text("用什么文字", "Which texts"),
    "chOurs": Text("自带的短文", "Built-in"),
    "chOwn": Text("我自己的文字", "My own text"),
    "chSeed": Text("题号（0–9999）", "Number of the game (0–9999)"),
    "chDice": Text("换一套题", "Another one"),
    "chSeedNote": Text(
        "同一个题号，全班做的是同样的十道题；点「复制链接」发给大家。自带的短文都没有给小白读过。",
        "The same number gives the whole class the same ten rounds; send it round with “Copy link”. "
        "XiaoBai was never trained on the built-in texts.",
    ),
    "chBegin": Text("开始", "Start"),
    "chResume": Text("接着上一局", "Go on with the last game"),
    "chQuit": Text("退出", "Leave"),
    "chRound": Text("第 {n} 题，共 {all} 题", "Round {n} of {all}"),
    "chYou": Text("你", "You"),
    "chTeamA": Text("A 队", "Team A"),
    "chTeamB": Text("B 队", "Team B"),
    "chYourGuess": Text("下一个词是什么？", "What comes next?"),
    "chTurn": Text("轮到 {who}", "{who}’s turn"),
    "chHow": Text("怎么猜", "How to guess"),
    "chPick": Text("看着选", "Choose"),
    "chType": Text("自己写", "Type it"),
    "chSure": Text("你有几成把握？", "How sure are you?"),
    "chStake": Text(
        "猜对：记 {right} 比特。猜错：记 {wrong} 比特。", "If right: {right} bits. If wrong: {wrong} bits."
    ),
    "chReveal": Text("亮答案", "Show the answer"),
    "chHandOver": Text("押好了，轮到下一队", "Done, next team"),
    "chFairPick": Text(
        "真相就在这 {n} 个里，剩下的把握平分给另外 {others} 个；{name}没有这张单子，要在 {vocab} 个词元"
        "里猜，所以这样玩人占便宜。",
        "The truth is one of these {n}, and what is left of your 100 % is split among the other "
        "{others}. {name} has no such list but all {vocab} tokens, so this way favours people.",
    ),
    "chFairType": Text(
        "写一个字或一个词就够了，只看开头的那个词元对不对。剩下的把握平分给词表里其余的词元，和{name}一"
        "样，要在 {vocab} 个里猜。",
        "One word is enough; only its first token counts. What is left of your 100 % is split among "
        "the rest of the {vocab} tokens, the very task that {name} has.",
    ),
    "chHumanWon": Text(
        "真相是「{truth}」。这一题，{who}赢。", "The truth is “{truth}”. This round goes to {who}."
    ),
    "chModelWon": Text(
        "真相是「{truth}」。这一题，{who}赢。", "The truth is “{truth}”. This round goes to {who}."
    ),
    "chWonBy": Text("第 {n} 题：{who}赢", "Round {n}: {who} won"),
    "chBits": Text("{n} 比特", "{n} bits"),
    "chRank": Text("真相排第 {n} 名", "truth at rank {n}"),
    "chBarsHead": Text("{name}的柱子：", "The bars of {name}:"),
    "chNext": Text("下一题", "Next round"),
    "chFinish": Text("看结果", "See the result"),
    "chHumanWins": Text("{who}赢了！", "{who} won!"),
    "chModelWins": Text("这一局{who}赢了。", "{who} won this game."),
    "chSum": Text(
        "{who}一共 {bits} 比特，好比每题给真相 {p}",
        "{who}: {bits} bits in all, as if the truth got {p} each time",
    ),
    "chSumEnd": Text("。", "."),
    "chAxis": Text(
        "意外累计（比特），横轴是题号；低的赢", "Bits of surprise so far, by round; the lowest wins"
    ),
    "chCurveNote": Text(
        "哪一段线陡，哪一题就猜砸了；平的地方猜得准。训练模型，就是让它这条线尽量低：这正是损失。",
        "A steep stretch is a bad guess, a flat one a good guess. Training a model means pressing this "
        "line down: it is the loss.",
    ),
    "chWhere": Text("人赢在哪里", "Where people won"),
    "chWonHere": Text("{who}赢 {n} 比特", "{who} won by {n} bits"),
    "chLostHere": Text("{who}赢 {n} 比特", "{who} won by {n} bits"),
    "chAgain": Text("再来一局", "Another game"),
    "chSame": Text("同样的题再来一次", "The same rounds again"),
    "chLink": Text("复制这局的链接", "Copy a link to this game"),
}


class Challenge(Piece):
    """The whole game: start, rounds, final picture."""

    NAME = "challenge"

    def __init__(self) -> None:
        super().__init__(elem_id="challenge")

    @classmethod
    def source(cls) -> str:
        """The final picture's script first, then the game's own."""
        return joined("challenge_curves", "challenge")


def answer(predictions: Predictions, data: object) -> Json:
    """What the game's script is told: a round, or what is wrong with the request."""
    given: Mapping[str, object] = data if isinstance(data, dict) else {}
    reply: Json = {"answer": params.whole_number(given.get("answer"), 0, 2**31) or 0}
    try:
        return {**reply, "shown": round_view(predictions, given)}
    except Refusal as refusal:
        return {**reply, "notice": refusal.text.json()}
    except Exception:  # the page must hear of it; what happened is for the log, without what was typed
        LOG.exception("the challenge failed")
        return {**reply, "notice": BROKEN.json()}


def tab(school: School) -> Callable[[Controls], None]:
    """What fills the challenge tab."""

    def fill(_: Controls) -> None:
        piece = Challenge()

        def ask(event: gr.EventData) -> str:
            return as_value(answer(school.xiaobai, event._data))

        piece.ask(
            ask, None, [piece], show_progress="hidden", trigger_mode="multiple",
            concurrency_id="infer", concurrency_limit=2, api_visibility="private",
        )  # fmt: skip

    return fill
