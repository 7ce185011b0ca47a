"""The same text by models of several sizes: what each would say next, and in how few bits it packs the text.

A request tells the text. A text's surprise in bits is the size to which the model can compress it.
"""

from __future__ import annotations

from lesson import params, passage
from lesson.exhibits.exhibit import Ask, Exhibit, Facts, Shown
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import label
from lesson.views.bars import bars
from lesson.views.token import Json
from lesson.words import Refusal, Text
from model.predictor import start

MOST_CHARACTERS = 60  # every model reads the whole text
ROWS = 5

TOO_LONG = Text(
    "这里最多 {most} 个字符：每个模型都要把它读一遍。",
    "{most} characters at most here: every model has to read it.",
)
NO_TEXT = Text("先写一句话。", "Please write something first.")

PHRASES: dict[str, Text] = {
    "familyField": Text("同一句话，让每个模型接", "One text for all models"),
    "familyAsk": Text("问问它们", "Ask them"),
    "familyParameters": Text("{n} 参数", "{n} parameters"),
    "familyPacked": Text(
        "这句话压成 {bits} 比特，是原来 {raw} 比特的 {share}",
        "packs the text into {bits} bits, {share} of the {raw} that it takes as it stands",
    ),
    "familyPackedWorse": Text(
        "这句话压成 {bits} 比特，比原来的 {raw} 比特还大",
        "packs the text into {bits} bits, more than the {raw} that it takes as it stands",
    ),
    "familyAlone": Text(
        "现在只有小白一个在；它的妹妹们练好以后会站到它旁边。",
        "XiaoBai is alone here for now; its sisters will stand beside it once they are trained.",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """Each model's bars after the text, and the bits that it needs for the text."""
    text = params.prompt(ask.get("text"))
    if not text.strip():
        raise Refusal(NO_TEXT)
    if len(text) > MOST_CHARACTERS:
        raise Refusal(TOO_LONG.format(most=MOST_CHARACTERS))
    raw = 8 * len(text.encode())
    columns = [column(school.model(name), name, text) for name in school.names]
    last = columns[-1]
    found: Facts = {"text": text, "models": len(columns), "share": last["bits"] / raw, "top": last["top"]}  # type: ignore[operator]
    return Shown({"text": text, "raw": raw, "columns": columns}, found)


def column(predictions: Predictions, name: str, text: str) -> Json:
    """One model's answer."""
    tokenizer = predictions.tokenizer
    ids = start(tokenizer, text)
    packed = float(passage.read(predictions, ids[1:]).bits.sum())
    after, anatomy = predictions(ids), predictions.anatomy()
    return {
        "id": name, "name": predictions.name.json(), "parameters": anatomy.parameters if anatomy else None,
        "bits": packed, "top": label(tokenizer.token_bytes(int(after.top(1)[0][0]))),
        "bars": bars(tokenizer, after, after, rows=ROWS, turned=False),
    }  # fmt: skip


FAMILY = Exhibit("family", answer)
