"""Documents as token ids, and the endless row of batches made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.tokenizer import Tokenizer
from train.corpus import CorpusError, held_out

MIN_VALIDATION_WINDOWS = 4


@dataclass(frozen=True)
class TokenDocuments:
    """Documents end to end; each begins with end-of-text. weights says how often a pass reads each."""

    ids: np.ndarray  # (tokens,) uint16
    starts: np.ndarray  # (documents + 1,) int64: where each begins, and where the last one ends
    weights: np.ndarray  # (documents,) float64

    def __len__(self) -> int:
        return len(self.weights)


def encode_documents(tokenizer: Tokenizer, found: Sequence[str], weight: float = 1.0) -> TokenDocuments:
    """Return the token ids of documents, each after an end-of-text token."""
    parts = [np.array([tokenizer.end_of_text, *tokenizer.encode(d)], dtype=np.uint16) for d in found]
    starts = np.concatenate([[0], np.cumsum([len(p) for p in parts])]).astype(np.int64)
    ids = np.concatenate(parts) if parts else np.zeros(0, np.uint16)
    return TokenDocuments(ids, starts, np.full(len(parts), weight))


def join(parts: Sequence[TokenDocuments]) -> TokenDocuments:
    """Return several sets of documents as one."""
    shifts = np.cumsum([0, *(len(p.ids) for p in parts)])
    starts = [p.starts[:-1] + shift for p, shift in zip(parts, shifts, strict=False)]
    return TokenDocuments(
        np.concatenate([p.ids for p in parts]),
        np.concatenate([*starts, shifts[-1:]]),
        np.concatenate([p.weights for p in parts]),
    )


def split(
    tokenizer: Tokenizer, found: Sequence[str], block_size: int
) -> tuple[TokenDocuments, TokenDocuments]:
    """Return training and validation documents: the held-out ones, or in a short text its last tenth.

    Raises CorpusError if the training part is shorter than one block.
    """
    train, val = ([d for d in found if held_out(d) == kept] for kept in (False, True))
    training, validation = encode_documents(tokenizer, train), encode_documents(tokenizer, val)
    if len(validation.ids) <= MIN_VALIDATION_WINDOWS * block_size:
        training, validation = last_tenth(encode_documents(tokenizer, found))
    have, need = len(training.ids), block_size + 1
    if have < need or len(validation.ids) < 2:
        raise CorpusError(
            f"文本太短：只有 {have} 个词元可以用来训练，而一个窗口要 {need} 个。请多给些文字。",
            f"The text is too short: {have} tokens to train on, a window takes {need}. Give it more text.",
        )
    return training, validation


def last_tenth(documents: TokenDocuments) -> tuple[TokenDocuments, TokenDocuments]:
    """Cut the token row at nine tenths; a document that the cut goes through stands on both sides."""
    cut = len(documents.ids) * 9 // 10
    inside = documents.starts[(documents.starts > 0) & (documents.starts < cut)]
    after = documents.starts[(documents.starts > cut) & (documents.starts < len(documents.ids))] - cut
    rows = []
    for ids, starts in ((documents.ids[:cut], inside), (documents.ids[cut:], after)):
        bounds = np.concatenate([[0], starts, [len(ids)]]).astype(np.int64)
        rows.append(TokenDocuments(ids, bounds, np.ones(len(bounds) - 1)))
    return rows[0], rows[1]


class Batches:
    """Endless training batches; `cursor` (epoch, window) says where it stands and can be set to go on there.

    In every epoch the documents are shuffled, laid end to end from a random offset, cut into windows, and the
    windows shuffled. All of it follows from (seed, epoch), so nothing but the cursor needs to be stored.
    With `whole`, no document that fits into a window is cut: see `whole_windows`.
    """

    def __init__(
        self, documents: TokenDocuments, block_size: int, batch_size: int, seed: int, whole: bool = False
    ) -> None:
        if documents.weights @ np.diff(documents.starts) <= block_size:
            raise ValueError(f"a pass over the text must be longer than a window of {block_size} tokens")
        self.documents, self.block_size, self.batch_size, self.seed = documents, block_size, batch_size, seed
        self.whole = whole
        self.cursor = (0, 0)
        self._epoch = -1
        self._windows = np.zeros((0, block_size + 1), np.uint16)

    @property
    def epoch(self) -> float:
        """Return how many times the text has been gone through."""
        epoch, window = self.cursor
        return epoch + (window / len(self._windows) if self._epoch == epoch else 0.0)

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Return inputs and targets, each (batch_size, block_size) int64; targets are one token ahead."""
        epoch, window = self.cursor
        rows: list[np.ndarray] = []
        while len(rows) < self.batch_size:
            if self._epoch != epoch:
                self._epoch = epoch
                self._windows = windows(self.documents, self.block_size, self.seed, epoch, self.whole)
            take = self._windows[window : window + self.batch_size - len(rows)]
            rows.extend(take)
            window += len(take)
            if window >= len(self._windows):
                epoch, window = epoch + 1, 0
        self.cursor = (epoch, window)
        batch = np.stack(rows).astype(np.int64)
        return batch[:, :-1], batch[:, 1:]


def windows(
    documents: TokenDocuments, block_size: int, seed: int, epoch: int, whole: bool = False
) -> np.ndarray:
    """Return one epoch's (windows, block_size + 1) token ids; neighbours share a token, if `whole` more."""
    rng = np.random.default_rng([seed, epoch])
    copies = np.floor(documents.weights + rng.random(len(documents))).astype(int)
    order = rng.permutation(np.repeat(np.arange(len(documents)), copies))
    parts = [documents.ids[documents.starts[i] : documents.starts[i + 1]] for i in order]
    row = np.concatenate([documents.ids[:0], *parts])
    if len(row) <= block_size:  # the dice left too little of documents that weigh less than one
        return np.zeros((0, block_size + 1), row.dtype)
    if whole:
        begins = whole_windows(np.cumsum([0, *map(len, parts)]), block_size)
    else:
        offset = int(rng.integers(block_size)) if len(row) > 2 * block_size else 0
        begins = np.arange(offset, len(row) - block_size, block_size)
    cut = np.lib.stride_tricks.sliding_window_view(row, block_size + 1)
    return cut[begins[rng.permutation(len(begins))]]


def whole_windows(starts: np.ndarray, block_size: int) -> np.ndarray:
    """Return where windows begin if a document that a window's end cuts begins the next one, when it fits.

    A prompt stands at the beginning of a window with nothing before it; in windows cut anywhere few
    documents do, and the model is then less sure of what it learned.
    Source: Ding et al. 2024, "Fewer Truncations Improve Language Modeling".

    >>> whole_windows(np.array([0, 3, 6, 9]), block_size=4).tolist()  # without it: 0, 4
    [0, 3]
    """
    found, at = [], 0
    while at + block_size < starts[-1]:
        found.append(at)
        last = np.searchsorted(starts, at + block_size, side="right") - 1  # the document at the window's end
        fits = starts[last + 1] - starts[last] <= block_size
        at = int(starts[last]) if fits and starts[last] > at else at + block_size
    return np.array(found, dtype=np.int64)
