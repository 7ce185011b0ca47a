"""A token as the page's components read it: pieces to draw, a plain label, its bytes in hex."""

from __future__ import annotations

from collections.abc import Sequence

from lesson.text import Piece, byte_pieces, label
from model.tokenizer import Tokenizer

Json = dict[str, object]


def drawn(pieces: Sequence[Piece]) -> list[list[object]]:
    """Pieces as [text, is_mark] pairs."""
    return [[piece.text, int(piece.mark)] for piece in pieces]


def face(data: bytes, *, ends: bool = False) -> Json:
    """A token's face from its bytes; ``ends`` marks the end-of-text token, which the page names in words."""
    return {"s": drawn(byte_pieces(data)), "label": label(data), "hex": data.hex(" ").upper(), "end": ends}


def token_face(tokenizer: Tokenizer, token: int) -> Json:
    """The face of one token of the vocabulary, with its id."""
    return {"id": token, **face(tokenizer.token_bytes(token), ends=token == tokenizer.end_of_text)}
