"""The evidence card: it asks for the counts of the sentence as it stands, but only while it is open."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import gradio as gr

from lesson import params
from lesson.evidence import Corpus
from lesson.playground import Playground
from lesson.predictions import Predictions
from lesson.ui.components import SCENE, Piece, as_value
from lesson.views.evidence import evidence, no_evidence
from lesson.views.token import Json
from lesson.words import Text

PHRASES: dict[str, Text] = {
    "evidenceTitle": Text("证据：这些概率从哪儿来？", "Evidence: where do these probabilities come from?"),
    "evidenceHint": Text(
        "在模型读过的文字里数一数：这句话后面都接过什么",
        "count what came after these words in the text that the model read",
    ),
    "evidenceBuilding": Text(
        "正在给文本编索引，几秒钟就好……", "The text is being indexed; a few seconds more …"
    ),
    "evidenceUnknown": Text(
        "这个模型是用什么文字训练的，这里没有，所以没法数。",
        "The text that this model was trained on is not here, so there is nothing to count.",
    ),
    "evidenceWhole": Text(
        "「{text}」在{corpus}里出现了 {n} 次，后面接的是：",
        "“{text}” occurs {n} times in {corpus}. What came next:",
    ),
    "evidenceWholeOne": Text(
        "「{text}」在{corpus}里只出现了 {n} 次，后面接的是：",
        "“{text}” occurs {n} time in {corpus}. What came next:",
    ),
    "evidenceShortened": Text(
        "整句「{whole}」在{corpus}里一次也没出现过。"
        "去掉左边 {dropped} 个词元就有了：剩下的 {kept} 个出现了 {n} 次，后面接的是：",
        "“{whole}” never occurs in {corpus} as a whole. Without its first {dropped} tokens it does: "
        "the last {kept} occur {n} times. What came next:",
    ),
    "evidenceShortenedOne": Text(
        "整句「{whole}」在{corpus}里一次也没出现过。"
        "去掉左边 {dropped} 个词元就有了：剩下的 {kept} 个只出现了 {n} 次，后面接的是：",
        "“{whole}” never occurs in {corpus} as a whole. Without its first {dropped} tokens it does: "
        "the last {kept} occur {n} time. What came next:",
    ),
    "evidenceEmpty": Text(
        "句子还是空的。{corpus}里有 {n} 段短文，它们的第一个词元是：",
        "The sentence is still empty. These are the first tokens of the {n} texts in {corpus}:",
    ),
    "evidenceNothing": Text(
        "「{lost}」在{corpus}里没有出现过，连末尾的一小截也没有。",
        "“{lost}” never occurs in {corpus}, not even the very end of it.",
    ),
    "evidenceNothingNote": Text(
        "模型照样给出了概率：靠它读过的其他文字，也靠它学会的规律。",
        "The model gives probabilities all the same: "
        "from other texts that it read, and from the patterns it learnt.",
    ),
    "evidenceNote": Text(
        "数的是剩下的这一截，模型看的是整句，所以两边可以不一样。",
        "Only the part that was found is counted; the model sees the whole sentence, so the two may differ.",
    ),
    "evidenceCounted": Text("数出来的", "counted"),
    "evidenceModel": Text("模型的概率 p", "the model’s p"),
    "evidenceTimes": Text("{n} 次", "{n} times"),
    "evidenceTime": Text("{n} 次", "{n} time"),
    "evidenceWholeMix": Text(
        "再看训练用的全部文字（{tokens} 个词元，重复读的也算上）："
        "最后 {kept} 个词元「{text}」出现了 {n} 次，后面接的是",
        "And in the whole training text ({tokens} tokens, repetitions counted): its last {kept} tokens, "
        "“{text}”, occur {n} times, followed by",
    ),
    "evidenceWholeEmpty": Text(
        "再看训练用的全部文字（{tokens} 个词元，重复读的也算上），最常见的词元是",
        "And in the whole training text ({tokens} tokens, repetitions counted) the most frequent tokens are",
    ),
    "evidencePlaces": Text("找到的句子", "Sentences that were found"),
    "evidenceAbout": Text(
        "这些句子来自{corpus}：专门为这个网页写的 {documents} 段短文，共 {tokens} 个词元。"
        "按字数算，模型训练时读的文字有 {share} 是它，其余的没有放进这个网页。"
        "模型猜的时候并不翻这些句子：它只在训练时读过，留下的只有参数。",
        "These sentences are from {corpus}: {documents} short texts, {tokens} tokens, written for this app. "
        "By characters it is {share} of what the model read in training; the rest is not shipped. "
        "The model looks nothing up when it guesses: it read this in training and kept only its parameters.",
    ),
    "evidenceAboutAll": Text(
        "模型训练时只读了{corpus}（留作验证的除外），一共 {tokens} 个词元，全都在这里。"
        "模型猜的时候并不翻这些句子：它只在训练时读过，留下的只有参数。",
        "In training the model read {corpus} and nothing else: {tokens} tokens (those kept for validation "
        "left out), all of them here. "
        "The model looks nothing up when it guesses: it read this in training and kept only its parameters.",
    ),
}

Corpora = Callable[[str], Future[Corpus | None]]


class EvidenceCard(Piece):
    """Counts and sentences for the context on the screen, folded away until someone asks."""

    NAME = "evidence"

    def __init__(self) -> None:
        super().__init__(as_value(no_evidence(building=True)), elem_id="evidence", scene=SCENE)


def answer(state: Playground, predictions: Predictions, corpus: Future[Corpus | None], ask: object) -> Json:
    """The card for the sentence as it stands, marked with the question and the step that it belongs to."""
    marks: Json = {
        "ask": params.whole_number(ask, 0, 2**31) or 0,
        "version": state.version,
        "length": len(state.context),
    }
    if not corpus.done():
        return {**no_evidence(building=True), **marks}
    found = corpus.result() if corpus.exception() is None else None
    if found is None:
        return {**no_evidence(building=False), **marks}
    return {**evidence(found, predictions.tokenizer, state.context, predictions(state.context)), **marks}


def build(state: gr.State, models: Callable[[str], Predictions], corpora: Corpora) -> None:
    """Put the card on the page; ``state`` is the playground's."""
    card = EvidenceCard()

    def ask(current: Playground, event: gr.EventData) -> str:
        data = event._data if isinstance(event._data, dict) else {}
        return as_value(answer(current, models(current.model), corpora(current.model), data.get("ask")))

    card.ask(
        ask, [state], [card], show_progress="hidden", trigger_mode="always_last",
        concurrency_id="evidence", concurrency_limit=2, api_visibility="private",
    )  # fmt: skip
