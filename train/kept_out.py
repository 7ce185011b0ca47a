"""The passages of the challenge, which no model may be trained on: told by their hashes."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from model.tokenizer import ASSETS
from train.corpus import documents, read

FOLDER = ASSETS / "challenge"
MARK = "|"  # stands in a passage's file where it may be cut


@cache
def passages(language: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the passages of a language as they are written, with their marks; zh and en are there."""
    return tuple(documents(read(folder / f"{language}.txt")))


@cache
def hashes(folder: Path = FOLDER) -> frozenset[str]:
    """Return the SHA-256 of every passage, without marks."""
    files = sorted(folder.glob("*.txt"))
    return frozenset(digest(text.replace(MARK, "")) for file in files for text in documents(read(file)))


def digest(text: str) -> str:
    """Return the SHA-256 of a text without the blanks around it."""
    return sha256(text.strip().encode("utf-8", "replace")).hexdigest()


def kept_out(document: str, known: Iterable[str] | None = None) -> bool:
    """Tell whether a document is a passage of the challenge, or has one as a line.

    >>> kept_out("\\u4e00\\n\\u4e8c", {digest("\\u4e8c")}), kept_out("\\u4e00\\u4e8c", {digest("\\u4e8c")})
    (True, False)
    """
    refused = hashes() if known is None else frozenset(known)
    return any(digest(part) in refused for part in {document, *document.split("\n")})
