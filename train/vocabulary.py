"""Learn a byte-level BPE vocabulary from texts (rustbpe does the counting)."""

from collections.abc import Iterable

import rustbpe

from model.tokenizer import PATTERN, BPETokenizer, pieces


def train_tokenizer(texts: Iterable[str], vocab_size: int) -> BPETokenizer:
    """Return a tokenizer of at most vocab_size tokens, end-of-text among them; a small text yields fewer.

    Raises ValueError below 257, for 256 bytes and end-of-text are always there, and above what 16 bits hold.
    """
    if not 257 <= vocab_size <= 1 << 16:
        raise ValueError(f"vocab_size must be from 257 to {1 << 16}, not {vocab_size}")
    learner = rustbpe.Tokenizer()  # pyright: ignore[reportAttributeAccessIssue]
    learner.train_from_iterator(
        (part for text in texts for part in pieces(text)), vocab_size - 1, pattern=PATTERN
    )
    return BPETokenizer({bytes(piece): rank for piece, rank in learner.get_mergeable_ranks()})
