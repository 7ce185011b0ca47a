"""The same text cut in several ways, and what a character costs in several languages.

A request: `text`.
"""

from __future__ import annotations

from lesson.encodings import Way, ways
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import tokens
from lesson.school import School
from lesson.text import byte_pieces
from lesson.views.token import Json, drawn
from lesson.words import Text

MOST_TOKENS = 400
DRAWN = 120  # pieces of a row; more would be a grey wall

# The same thing said in several languages; only the first two are languages that 小白 learnt to write.
SENTENCES = (
    ("zh", Text("中文", "Chinese"), "今天天气很好，我们去公园玩。"),
    ("en", Text("英语", "English"), "The weather is nice today, so we are going to the park."),
    ("id", Text("印尼语", "Indonesian"), "Cuaca hari ini bagus, jadi kita pergi ke taman."),
    ("ja", Text("日语", "Japanese"), "今日は天気がいいので、公園へ行きます。"),
    ("ru", Text("俄语", "Russian"), "Сегодня хорошая погода, и мы идём в парк."),
    ("ko", Text("韩语", "Korean"), "오늘은 날씨가 좋아서 우리는 공원에 갑니다."),
    ("emoji", Text("表情符号", "emoji"), "☀️🌳🚶😀🎈"),
)

PHRASES: dict[str, Text] = {
    "encodingsPieces": Text("{n} 块", "pieces: {n}"),
    "encodingsMissing": Text("没有安装", "not installed"),
    "encodingsMore": Text("……还有 {n} 块", "… and {n} more"),
    "encodingsNote": Text(
        "前四种不需要额外的文件。后两种要用各自的词表文件，本网页不去下载：服务器上装了才会显示。",
        "The first four need no file. The last two need their rank files, which this page never downloads: "
        "they show only if the server has them.",
    ),
    "encodingsLanguages": Text(
        "同一个意思，小白平均每个字符用几个词元（现场量的，点一行试试）",
        "The same meaning: XiaoBai’s tokens per character, measured just now (click a row to try it)",
    ),
}


def answer(school: School, ask: Ask) -> Shown:
    """The rows of all ways to cut the text, and XiaoBai's tokens per character by language."""
    tokenizer = school.tokenizer
    text = tokenizer.decode(tokens(tokenizer, ask.get("text"), MOST_TOKENS))
    rows = [cut_row(way, text) for way in ways(tokenizer)]
    counts = {str(row["name"]): row["n"] for row in rows}
    languages: list[Json] = [
        {
            "id": name, "words": words.json(), "text": sentence,
            "each": len(tokenizer.encode(sentence)) / len(sentence),
        }
        for name, words, sentence in SENTENCES
    ]  # fmt: skip
    found = {"text": text, "counts": counts, "characters": len(text), "each": counts["xiaobai"] / len(text)}  # type: ignore[operator]
    return Shown({"text": text, "rows": rows, "languages": languages}, found)


def cut_row(way: Way, text: str) -> Json:
    """One way's pieces as they are drawn, and how many there are; None if it is not installed."""
    if way.cut is None:
        return {"name": way.name, "words": way.words.json(), "n": None, "pieces": []}
    cut = way.cut(text)
    faces = [drawn(byte_pieces(data)) for data in cut[:DRAWN]]
    return {"name": way.name, "words": way.words.json(), "n": len(cut), "pieces": faces}


ENCODINGS = Exhibit("encodings", answer)
