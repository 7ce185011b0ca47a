"""The one door for untrusted text: what users type and what models say becomes safe, visible text here.

Nothing on the page may show bytes or text that did not pass through this module. Every character that a
reader could not see (a control, a direction mark, half of a character) comes out as a visible sign.
"""

from __future__ import annotations

import codecs
import html
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MOST_TOKENS_IN_A_CHARACTER = 8  # a character has at most 4 bytes; merged tokens may carry halves of two

# Characters of visible categories that nevertheless draw nothing.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd")
_SIGNS = {" ": "·", "\n": "⏎", "\t": "⇥"}
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


class Shown(str):
    """Text in which every character can be seen; only this module makes it."""

    __slots__ = ()


@dataclass(frozen=True)
class Piece:
    """A run of characters shown as they are, or one sign (``mark``) that stands for something invisible."""

    text: Shown
    mark: bool = False


@dataclass(frozen=True)
class Chip:
    """``count`` tokens from ``start`` on drawn as one chip; ``whole`` if their bytes are whole characters."""

    start: int
    count: int
    pieces: tuple[Piece, ...]
    whole: bool

    @property
    def label(self) -> Shown:
        """The chip's whole text."""
        return Shown("".join(piece.text for piece in self.pieces))


def clean(text: str) -> str:
    """Text as a model may read it: no lone surrogates, no NUL, line ends as LF. It is not normalised further.

    >>> clean("a\\r\\nb\\x00\\ud83d")
    'a\\nb\\ufffd'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def pieces(text: str) -> tuple[Piece, ...]:
    """Text cut into runs that are shown as they are and signs for what cannot be seen."""
    out: list[Piece] = []
    run = ""
    for char in text:
        sign = _sign(char)
        if sign is None:
            if not run and unicodedata.combining(char):
                out.append(Piece(Shown("◌"), mark=True))  # an accent needs something to stand on
            run += char
            continue
        if run:
            out.append(Piece(Shown(run)))
            run = ""
        out.append(Piece(Shown(sign), mark=True))
    if run:
        out.append(Piece(Shown(run)))
    return tuple(out)


def visible(text: str) -> Shown:
    """Text with a visible sign for every invisible character.

    >>> visible("a b\\n\\u202e")
    'a·b⏎⟨U+202E⟩'
    """
    return Shown("".join(piece.text for piece in pieces(text)))


def byte_pieces(data: bytes) -> tuple[Piece, ...]:
    """Bytes cut into pieces: whole characters as text, anything else as hex in angle brackets."""
    out: list[Piece] = []
    text, loose = "", bytearray()

    def flush() -> None:
        nonlocal text
        if text:
            out.extend(pieces(text))
            text = ""
        if loose:
            out.append(Piece(Shown(f"⟨{loose.hex(' ').upper()}⟩"), mark=True))
            loose.clear()

    for char in data.decode("utf-8", errors="surrogateescape"):
        escaped = "\udc80" <= char <= "\udcff"  # surrogateescape: a byte that is in no whole character
        if bool(loose) != escaped:
            flush()
        if escaped:
            loose.append(ord(char) - 0xDC00)
        else:
            text += char
    flush()
    return tuple(out)


def label(data: bytes) -> Shown:
    """One token's bytes as text; bytes that are not a whole character become ``⟨E4 BD⟩``, never U+FFFD.

    >>> label(b" the"), label(b"\\xe4\\xbd")
    ('·the', '⟨E4 BD⟩')
    """
    return Shown("".join(piece.text for piece in byte_pieces(data)))


def escape(text: str) -> str:
    """Visible text, escaped for the few places that read markup (Plotly labels)."""
    return html.escape(visible(text), quote=True)


def whole_text(data: bytes) -> str | None:
    """The text of some bytes, or None where they are not whole characters."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def readable(data: bytes) -> str:
    """The text of some bytes without those that belong to no whole character."""
    return data.decode("utf-8", errors="ignore")


def chips(tokens: Sequence[bytes]) -> list[Chip]:
    """Tokens as chips: bytes of one character fuse into one chip as soon as the character is complete.

    A token without bytes (end of text) is a chip without pieces, for the caller to name.
    """
    out: list[Chip] = []
    start = 0
    while start < len(tokens):
        count = _whole_run(tokens, start)
        data = b"".join(tokens[start : start + max(count, 1)])
        out.append(Chip(start, max(count, 1), byte_pieces(data), whole=count > 0))
        start += max(count, 1)
    return out


def _whole_run(tokens: Sequence[bytes], start: int) -> int:
    """How many tokens from ``start`` on make whole characters together, or 0."""
    if not tokens[start]:
        return 1
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    for index in range(start, min(len(tokens), start + MOST_TOKENS_IN_A_CHARACTER)):
        if not tokens[index]:
            return 0
        try:
            decoder.decode(tokens[index])
        except UnicodeDecodeError:
            return 0
        if not decoder.getstate()[0]:
            return index - start + 1
    return 0


def _sign(char: str) -> str | None:
    """The visible sign for a character that cannot be seen, or None for one that can."""
    if char in _SIGNS:
        return _SIGNS[char]
    if unicodedata.category(char) in _HIDDEN_CATEGORIES or char in _BLANK_LETTERS or _is_selector(char):
        return f"⟨U+{ord(char):04X}⟩"
    return None


def _is_selector(char: str) -> bool:
    """Whether a character only selects a variant of its neighbour."""
    return (
        "\ufe00" <= char <= "\ufe0f" or "\u180b" <= char <= "\u180f" or "\U000e0100" <= char <= "\U000e01ef"
    )
