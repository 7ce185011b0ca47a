"""Held-out documents that training has all but seen: the same story, told again in another source.

A document is held out by its own hash, so one that differs in a single character is not known as the same.
What repeats is found by its pieces: twenty characters in a row, white space aside, stand in two texts only if
one was copied from the other, or both from a third.
"""

from collections.abc import Iterable, Iterator, Sequence

PIECE = 20  # characters
COPIED = 0.2  # a document of which more than this share of pieces was trained on is a near-duplicate


def pieces(document: str) -> Iterator[int]:
    """Yield a hash of every run of PIECE characters of a document, white space left out."""
    text = "".join(document.split())
    return (hash(text[i : i + PIECE]) for i in range(len(text) - PIECE + 1))


def near_duplicates(found: Sequence[str], trained: Iterable[str]) -> list[bool]:
    """Tell for each document whether more than COPIED of its pieces stand in the trained ones as well.

    >>> near_duplicates(["abcdefghijklmnopqrstuvwxyz", "zyx"], ["__abcdefghijklmnopqrstuvwxyz"])
    [True, False]
    """
    wanted = [list(pieces(document)) for document in found]
    looked_for = {piece for row in wanted for piece in row}
    seen = {piece for document in trained for piece in pieces(document) if piece in looked_for}
    return [bool(row) and sum(piece in seen for piece in row) > COPIED * len(row) for row in wanted]
