"""Text to token ids and back: byte-level BPE whose pieces never glue two Han characters together."""

import base64
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import tiktoken

ASSETS = Path(__file__).resolve().parent.parent / "assets"
RANKS = ASSETS / "tokenizer.tiktoken"

# One Han character at a time; then a word with the space before it, up to two digits, punctuation, blanks.
PATTERN = r"\p{Han}| ?[\p{L}&&[^\p{Han}]]+|\p{N}{1,2}| ?[^\s\p{L}\p{N}]+|\s+"

# tiktoken panics on one match of about a million characters (openai/tiktoken#245): text goes in by pieces.
PIECE = 50_000
SURROGATES = re.compile("[\ud800-\udfff]")


class Tokenizer(Protocol):
    """What a predictor needs of a tokenizer; ids run from 0 to vocab_size - 1."""

    @property
    def vocab_size(self) -> int: ...
    @property
    def end_of_text(self) -> int: ...
    def encode(self, text: str) -> list[int]: ...
    def decode(self, ids: Sequence[int]) -> str: ...
    def decode_bytes(self, ids: Sequence[int]) -> bytes: ...
    def token_bytes(self, id: int) -> bytes: ...


class BPETokenizer:
    """Byte-level BPE served by tiktoken, plus one special token, end-of-text, which text never becomes.

    >>> tokenizer = load_tokenizer()
    >>> [tokenizer.decode([i]) for i in tokenizer.encode("周一上班")]
    ['周', '一', '上', '班']
    >>> tokenizer.decode(tokenizer.encode("龘 <|endoftext|> 🙂"))
    '龘 <|endoftext|> 🙂'
    """

    def __init__(self, ranks: dict[bytes, int], name: str = "next-token") -> None:
        self.ranks = ranks
        self.end_of_text = len(ranks)
        self.vocab_size = len(ranks) + 1
        self._bytes = [b""] * self.vocab_size
        for piece, rank in ranks.items():
            self._bytes[rank] = piece
        self.encoding = tiktoken.Encoding(name, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})

    @property
    def id(self) -> str:
        """Return a short fingerprint of the ranks, by which a checkpoint knows its tokenizer."""
        return sha256(b"\0".join(self._bytes)).hexdigest()[:16]

    def encode(self, text: str) -> list[int]:
        """Return the ids of any text; a lone surrogate, which is no character, becomes U+FFFD."""
        text = SURROGATES.sub("\ufffd", text)
        ids: list[int] = []
        for part in pieces(text):
            ids += self.encoding.encode_ordinary(part)
        return ids

    def decode_bytes(self, ids: Sequence[int]) -> bytes:
        """Return the exact bytes of the tokens; end-of-text has none."""
        return b"".join(self._bytes[i] for i in ids)

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of the tokens; bytes that are no whole character become U+FFFD."""
        return self.decode_bytes(ids).decode("utf-8", "replace")

    def token_bytes(self, id: int) -> bytes:
        """Return one token's bytes, in general not a whole character."""
        return self._bytes[id]


def pieces(text: str) -> list[str]:
    """Cut a long text at line ends, or failing that anywhere, into parts that tiktoken can take.

    >>> pieces("ab\\ncd")
    ['ab\\ncd']
    """
    parts = []
    start = 0
    while len(text) - start > PIECE:
        cut = text.rfind("\n", start, start + PIECE) + 1 or start + PIECE
        parts.append(text[start:cut])
        start = cut
    return [*parts, text[start:]]


def save_ranks(ranks: dict[bytes, int], path: Path) -> None:
    """Write ranks in tiktoken's own format: base64 of the bytes, a blank, the rank, a line each."""
    lines = [
        f"{base64.b64encode(piece).decode()} {rank}\n"
        for piece, rank in sorted(ranks.items(), key=lambda x: x[1])
    ]
    path.write_text("".join(lines), encoding="ascii")


def load_tokenizer(path: Path = RANKS) -> BPETokenizer:
    """Return the tokenizer of a ranks file; nothing is downloaded. Raises ValueError if it is no ranks file.

    >>> load_tokenizer().vocab_size
    8192
    """
    return parse_ranks(Path(path).read_text(encoding="ascii"))


@lru_cache(maxsize=8)  # by content, for a new run may put another vocabulary in the same place
def parse_ranks(text: str) -> BPETokenizer:
    """Return the tokenizer of a ranks file's text. Raises ValueError."""
    ranks = {}
    for line in text.splitlines():
        piece, rank = line.split()
        ranks[base64.b64decode(piece, validate=True)] = int(rank)
    if sorted(ranks.values()) != list(range(len(ranks))) or not all(bytes([b]) in ranks for b in range(256)):
        raise ValueError("ranks run from 0 without a gap, and each of the 256 bytes has one")
    return BPETokenizer(ranks)
