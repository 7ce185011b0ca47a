"""A learner's own text: bytes that were typed, pasted or read from a file, and what is wrong with them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from lesson.text import clean, visible
from lesson.text_facts import TextFacts, text_facts
from lesson.words import Refusal, Text
from train.corpus import CorpusError, decoded, looks_like_text

OWN_LEAST = 300  # characters
OWN_MOST = 1_000_000  # bytes, as they are sent
PREVIEW_LINES, PREVIEW_CHARACTERS = 4, 60  # of each line

NOT_BYTES = Text("这段文字没有送全，请再试一次。", "The text did not arrive whole; please try again.")
TOO_SHORT = Text(
    "这段文字太短了：至少要 {least} 个字符，现在有 {count:,} 个。再多写一些，或者多粘贴几段。",
    "This text is too short: it needs {least} characters at least and has {count:,}. Please add some more.",
)
TOO_LONG = Text(
    "这段文字太长了：最多 {most:,} 字节，现在有 {count:,} 字节（一个汉字多半占 3 个字节）。请删掉一些，"
    "你写的内容还在。",
    "This text is too long: {most:,} bytes at most, and it has {count:,} (a Chinese character mostly"
    " takes 3)."
    " Please shorten it; nothing was lost.",
)
ODD_CHARACTERS = Text(
    "这段文字里有不少看不见的控制字符，不像是普通的文字。请换一段，或者先存成纯文本再复制。",
    "This text holds many invisible control characters and does not look like writing."
    " Please use another one, or save it as plain text before copying.",
)
MONOTONE = Text(
    "这段文字几乎只有一个字在重复，没有什么可学的。换一段有词有句的文字吧。",
    "This text repeats one character over and over, so there is nothing to learn."
    " Please give it real sentences.",
)
UTF_16 = Text(
    "这个文件是 UTF-16 编码的（记事本里叫 Unicode）。请用记事本打开，另存为 UTF-8，再选一次。",
    "This file is UTF-16 (Notepad calls it Unicode). Open it in Notepad, save it as UTF-8, and choose"
    " it again.",
)
NO_WRITING = Text("这是一个 {kind} 文件，不是纯文本。{zh}", "This is a {kind} file, not plain text. {en}")
COPY_IT = Text(
    "请打开它，把里面的文字复制出来，粘贴到上面的框里。",
    "Open it, copy the text in it, and paste it into the box above.",
)
ANOTHER = Text("请换一个 .txt 文件。", "Please choose a .txt file.")
KINDS = (  # how a file begins, what it is called, and what to do about it
    (b"PK\x03\x04", "Word (.docx) / ZIP", COPY_IT),
    (b"\xd0\xcf\x11\xe0", "Word (.doc)", COPY_IT),
    (b"%PDF", "PDF", COPY_IT),
    (b"{\\rtf", "RTF", COPY_IT),
    (b"\x89PNG", "PNG", ANOTHER),
    (b"\xff\xd8\xff", "JPEG", ANOTHER),
    (b"GIF8", "GIF", ANOTHER),
    (b"\x1f\x8b", "gzip", ANOTHER),
    (b"7z\xbc\xaf", "7z", ANOTHER),
    (b"Rar!", "RAR", ANOTHER),
    (b"\x7fELF", "ELF", ANOTHER),
)
MARKS_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class OwnText:
    """A text that may be trained on, and the encoding that it came in."""

    text: str
    encoding: str
    facts: TextFacts

    def preview(self) -> list[str]:
        """The first lines, cut short, so that a wrong encoding or a hidden mark is seen in time."""
        lines = [line for line in self.text[: 40 * PREVIEW_CHARACTERS].split("\n") if line.strip()]
        cut = (line[:PREVIEW_CHARACTERS] for line in lines[:PREVIEW_LINES])
        return [" ".join(visible(word) for word in line.split(" ")) for line in cut]

    @property
    def characters(self) -> int:
        """How many characters the text has, without the line end that own_text gives it."""
        return len(self.text) - 1


def own_text(value: object, *, typed: bool) -> OwnText:
    """What the page sends, base64 of a file's bytes or of what was typed; a Refusal says what to do."""
    if not isinstance(value, str):
        raise Refusal(NOT_BYTES)
    if len(value) > 4 * (OWN_MOST + 2) // 3 + 4:  # more than its bytes take; not even decoded
        raise Refusal(TOO_LONG.format(most=OWN_MOST, count=len(value) * 3 // 4))
    try:
        data = base64.b64decode(value.encode("ascii", "replace"), validate=True)
    except binascii.Error as error:
        raise Refusal(NOT_BYTES) from error
    if len(data) > OWN_MOST:
        raise Refusal(TOO_LONG.format(most=OWN_MOST, count=len(data)))
    text, encoding = (data.decode("utf-8", "replace"), "") if typed else file_text(data)
    text = checked(clean(text).strip()) + "\n"
    return OwnText(text, encoding, text_facts(text))


def file_text(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding; a Refusal says what to do with any other file."""
    for start, kind, do in KINDS:
        if data.startswith(start):
            raise Refusal(NO_WRITING.format(kind=kind, zh=do.zh, en=do.en))
    if data.startswith(MARKS_16):
        raise Refusal(UTF_16)
    try:
        return decoded(data)
    except CorpusError as error:
        raise Refusal(Text(error.zh, error.en)) from error


def checked(text: str) -> str:
    """A text that can be trained on; otherwise a Refusal says what is wrong with it."""
    if len(text) < OWN_LEAST:
        raise Refusal(TOO_SHORT.format(least=OWN_LEAST, count=len(text)))
    if not looks_like_text(text):
        raise Refusal(ODD_CHARACTERS)
    if len(set(text)) < 3:
        raise Refusal(MONOTONE)
    return text
