"""Ways to cut a text beside our own: simple ones that need no file, and well-known ones if theirs is here.

A well-known encoding consists of a pattern, which tiktoken ships, and a file of ranks, which it would
download. Nothing is downloaded here: an encoding is used only if its file, unchanged, lies in the folder that
TIKTOKEN_CACHE_DIR names, and otherwise the page says that it is not installed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1, sha256
from pathlib import Path

import tiktoken

from lesson.words import Text
from model.tokenizer import Tokenizer

FOLDER = "TIKTOKEN_CACHE_DIR"
ADDRESS = (
    "https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"  # tiktoken names files after it
)

Cut = Callable[[str], list[bytes]]


@dataclass(frozen=True)
class WellKnown:
    """An encoding that tiktoken knows, by its name, and the SHA-256 of its file of ranks."""

    name: str
    sha256: str
    words: Text

    @property
    def file(self) -> str:
        """What tiktoken calls the file in its cache."""
        return sha1(ADDRESS.format(name=self.name).encode()).hexdigest()  # noqa: S324  a name, no secret


WELL_KNOWN = (
    WellKnown(
        "cl100k_base",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
        Text("GPT-4 的编码 cl100k_base", "cl100k_base, the encoding of GPT-4"),
    ),
    WellKnown(
        "o200k_base",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
        Text("GPT-4o 的编码 o200k_base", "o200k_base, the encoding of GPT-4o"),
    ),
)


@dataclass(frozen=True)
class Way:
    """One way to cut a text: its name, what it is called, and the cut; None if it is not installed."""

    name: str
    words: Text
    cut: Cut | None


def by_character(text: str) -> list[bytes]:
    """A text cut into its characters.

    >>> [piece.decode() for piece in by_character("我 I")]
    ['我', ' ', 'I']
    """
    return [char.encode() for char in text]


def by_byte(text: str) -> list[bytes]:
    """A text cut into the bytes of its UTF-8.

    >>> by_byte("é")
    [b'\\xc3', b'\\xa9']
    """
    return [bytes([byte]) for byte in text.encode()]


def by_space(text: str) -> list[bytes]:
    """A text cut into what stands between blanks, each with the blanks before it.

    >>> [piece.decode() for piece in by_space("the sun 太阳升起。")]
    ['the', ' sun', ' 太阳升起。']
    """
    return [piece.encode() for piece in re.findall(r"\s*\S+|\s+", text)]


def ways(tokenizer: Tokenizer) -> tuple[Way, ...]:
    """Our encoding, the three that need no file, and the well-known ones, installed or not."""
    return (
        Way(
            "xiaobai",
            Text(
                f"小白的词表（{tokenizer.vocab_size:,} 个词元）", f"XiaoBai’s {tokenizer.vocab_size:,} tokens"
            ),
            lambda text: [tokenizer.token_bytes(token) for token in tokenizer.encode(text)],
        ),
        Way("characters", Text("一个字符一块", "one piece a character"), by_character),
        Way("bytes", Text("一个字节一块（UTF-8）", "one piece a byte (UTF-8)"), by_byte),
        Way("spaces", Text("按空格切", "cut at spaces"), by_space),
        *(Way(one.name, one.words, well_known(one, os.environ.get(FOLDER, ""))) for one in WELL_KNOWN),
    )


@lru_cache(maxsize=8)
def well_known(one: WellKnown, folder: str) -> Cut | None:
    """How a well-known encoding cuts; None unless its file is in the folder, unchanged."""
    path = Path(folder) / one.file
    if not folder or not path.is_file() or sha256(path.read_bytes()).hexdigest() != one.sha256:
        return None  # tiktoken would go and download it
    encoding = tiktoken.get_encoding(one.name)
    return lambda text: [encoding.decode_single_token_bytes(i) for i in encoding.encode_ordinary(text)]
