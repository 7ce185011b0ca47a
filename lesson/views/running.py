"""Running text as the page draws it: blanks stay blanks, what else cannot be seen becomes a sign."""

from __future__ import annotations

from lesson.text import byte_pieces

BLANK = "·"  # the sign that lesson.text has for one


def running(data: bytes) -> list[list[object]]:
    """Text, or the bytes that a model wrote, as [text, is_mark] pairs.

    >>> running(b"a b\\xe4")
    [['a', 0], [' ', 0], ['b', 0], ['⟨E4⟩', 1]]
    """
    return [
        [" ", 0] if piece.mark and piece.text == BLANK else [str(piece.text), int(piece.mark)]
        for piece in byte_pieces(data)
    ]
