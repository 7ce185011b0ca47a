"""A text for training: read with care, cut into documents, a part of them held out."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

HAN_START, HAN_END = "\u4e00", "\u9fff"
MAX_CONTROL_SHARE = 0.001
MAGIC = {
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\x7fELF": "ELF",
    b"\xff\xd8\xff": "JPEG",
    b"\xd0\xcf\x11\xe0": "Office",
}


class CorpusError(ValueError):
    """A text that cannot be trained on; says why in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-16 with a mark, UTF-8, or GB18030, each taken strictly.

    Raises CorpusError.

    >>> decode("你好".encode("gb18030"))
    '你好'
    """
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of the encoding that it came in.

    A guessing library reads short GBK texts wrongly, so there is no guess: what is neither is refused.
    Raises CorpusError.

    >>> decoded("你好".encode())
    ('你好', 'UTF-8')
    """
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            raise CorpusError(
                f"这是一个 {kind} 文件，不是纯文本。", f"This is a {kind} file, not plain text."
            )
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for name in ["utf-16"] if marked else ["utf-8-sig"] if is_cut_utf8(data) else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if looks_like_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n"), name.upper().removesuffix("-SIG")
    raise CorpusError(
        "读不懂这个文件：它既不是 UTF-8，也不是 GB18030 编码的文本。请另存为 UTF-8 再试。",
        "This file is neither UTF-8 nor GB18030 text. Save it as UTF-8 and try again.",
    )


def is_cut_utf8(data: bytes) -> bool:
    """Tell whether the bytes are UTF-8 with a character cut at an end: as GB18030 they may read as nonsense.

    >>> is_cut_utf8("你好".encode()[:-1]), is_cut_utf8("你好".encode()), is_cut_utf8("你好".encode("gb18030"))
    (True, False, False)
    """
    whole = data[:3].lstrip(bytes(range(0x80, 0xC0))) + data[3:]
    try:
        whole.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return False
        whole = whole[: error.start]
    else:
        if len(whole) == len(data):
            return False
    return not whole.isascii()


def looks_like_text(text: str) -> bool:
    """Tell whether the text is free of control and private-use characters, signs of a wrong encoding."""
    odd = sum((c < " " and c not in "\n\r\t\f") or "\ue000" <= c <= "\uf8ff" or c == "\x7f" for c in text)
    return "\0" not in text and odd <= MAX_CONTROL_SHARE * len(text)


def read(path: Path) -> str:
    """Return the text of a file. Raises CorpusError if it is missing or no text."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise CorpusError(f"打不开文件 {path}。", f"Cannot open {path}: {error.strerror}.") from error
    return decode(data)


def documents(text: str) -> list[str]:
    """Return the documents of a text: what stands between blank lines.

    >>> documents("一\\n二\\n\\n三\\n")
    ['一\\n二', '三']
    """
    found: list[str] = []
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line)
        elif lines:
            found.append("\n".join(lines))
            lines = []
    return found


def write_documents(out: Path, found: Mapping[str, list[str]]) -> dict[str, int]:
    """Write files of documents into a folder, a blank line between two; return each file's characters."""
    out.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    for name, texts in found.items():
        content = "\n\n".join(texts) + "\n"
        (out / name).write_text(content, encoding="utf-8", newline="\n")
        sizes[name] = len(content)
    return sizes


def held_out(document: str) -> bool:
    """Tell whether a document is kept out of training: SHA-256 of its UTF-8, modulo 100, is 1."""
    return int(sha256(document.encode("utf-8", "replace")).hexdigest(), 16) % 100 == 1
