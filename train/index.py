"""An index of a text: where a context stands in it, how often, and what followed each time.

A suffix array lists all places of the text in the order of what is written from there on. The places where a
context stands are then neighbours, and bisection finds the first and the last of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.tokenizer import Tokenizer
from train.data import TokenDocuments, encode_documents, join

BIG_ENDIAN = np.dtype(">u2")  # the bytes of big-endian ids sort as the ids do
IDS_IN_A_KEY, BITS = 3, 21  # an id with room for one more value, three times in a key of 64 bits


@dataclass(frozen=True)
class Place:
    """A document, without the end-of-text before it, and the context in it: ``ids[start:stop]``."""

    source: str
    ids: tuple[int, ...]
    start: int
    stop: int


@dataclass(frozen=True)
class Occurrences:
    """How often the last ``length`` tokens of a context stand in a text, and what follows them there.

    A count of 0 says that not even the last token occurs. A length of 0 with a count is that of an empty
    context: what follows are the first tokens of documents. end-of-text as a next token is a document's end.
    """

    length: int
    count: int
    next_counts: tuple[tuple[int, int], ...]  # (id, times), the most frequent first
    places: tuple[Place, ...]


class Index:
    """All places of a text, sorted; made once and then only read, so that any number of readers may ask.

    ``sources`` names the file of each document. It takes 6 bytes a token.
    """

    def __init__(
        self, documents: TokenDocuments, end_of_text: int, sources: Sequence[str] | None = None
    ) -> None:
        ids = np.append(documents.ids, np.uint16(end_of_text))  # the last document ends like the others
        sorted_places = suffix_array(ids)
        self.end_of_text = end_of_text
        self.tokens, self.documents = len(documents.ids), len(documents)
        self._places = sorted_places[sorted_places < self.tokens]
        self._vocabulary = np.unique(ids)
        self._bytes = ids.astype(BIG_ENDIAN).tobytes()
        self._ids = np.frombuffer(self._bytes, BIG_ENDIAN)
        self._starts = documents.starts
        self._sources = sources if sources is not None else [""] * len(documents)

    @classmethod
    def build(cls, tokenizer: Tokenizer, texts: Mapping[str, Sequence[str]]) -> Index:
        """Return the index of some documents by the name of their source."""
        parts = [encode_documents(tokenizer, found) for found in texts.values()]
        sources = [name for name, found in texts.items() for _ in found]
        return cls(join(parts), tokenizer.end_of_text, sources)

    def occurrences(self, context: Sequence[int], *, places: int = 5) -> Occurrences:
        """Return where a context occurs, shortened from the left until it does.

        Only what follows the context's last end-of-text is looked for, so nothing is found across documents.
        """
        wanted = [*context]
        while self.end_of_text in wanted:
            wanted = wanted[wanted.index(self.end_of_text) + 1 :]
        if not wanted:
            low, high = self._range([self.end_of_text])
            return self._told(low, high, 0, places)
        length = self._longest(wanted)
        if not length:
            return Occurrences(0, 0, (), ())
        low, high = self._range(wanted[-length:])
        return self._told(low, high, length, places)

    def _longest(self, wanted: Sequence[int]) -> int:
        """Return how many tokens of the end occur together; where some do, fewer do too."""

        def missing(length: int) -> bool:
            low, high = self._range(wanted[-length:])
            return low == high

        return bisect_left(range(1, len(wanted) + 1), True, key=missing)

    def _range(self, pattern: Sequence[int]) -> tuple[int, int]:
        """Return the first of the sorted places where a pattern stands, and the one after the last."""
        key = np.array(pattern, BIG_ENDIAN).tobytes()

        def written(place: int) -> bytes:
            begin = BIG_ENDIAN.itemsize * int(place)
            return self._bytes[begin : begin + len(key)]

        low = bisect_left(self._places, key, key=written)  # type: ignore[arg-type]
        return low, bisect_right(self._places, key, lo=low, key=written)  # type: ignore[arg-type]

    def _told(self, low: int, high: int, length: int, places: int) -> Occurrences:
        runs, sizes = self._runs(
            low, high, shift=max(length, 1)
        )  # an empty context is the end-of-text itself
        order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)]
        chosen = spread([(int(runs[i]), int(sizes[i])) for i in order[:places]], places)
        return Occurrences(
            length=length,
            count=high - low,
            next_counts=tuple((int(self._vocabulary[i]), int(sizes[i])) for i in order),
            places=tuple(self._place(int(self._places[one]), length) for one in chosen),
        )

    def _runs(self, low: int, high: int, *, shift: int) -> tuple[np.ndarray, np.ndarray]:
        """Return for every token where the places begin that it follows ``shift`` further on, and how many.

        The places are sorted by that token too, so all are bisected for at once: a comma has a million.
        """
        first = np.full(len(self._vocabulary), low)
        last = np.full(len(self._vocabulary), high)
        for _ in range((high - low).bit_length()):
            middle = (first + last) // 2
            following = self._ids[self._places[np.minimum(middle, high - 1)] + shift]
            below = (following < self._vocabulary) & (first < last)
            first = np.where(below, middle + 1, first)
            last = np.where(below, last, middle)
        return first, np.diff(np.append(first, high))

    def _place(self, begin: int, length: int) -> Place:
        document = int(np.searchsorted(self._starts, begin, side="right")) - 1
        first, last = int(self._starts[document]) + 1, int(self._starts[document + 1])
        start = begin - first if length else 0
        return Place(self._sources[document], tuple(self._ids[first:last].tolist()), start, start + length)


def spread(runs: Sequence[tuple[int, int]], wanted: int) -> list[int]:
    """Return places from runs (begin, size), one from each run in turn, and those of one run far apart.

    >>> spread([(0, 100), (200, 1)], 4)
    [16, 200, 50, 83]
    """
    turns = [(turn, run) for turn in range(wanted) for run, (_, size) in enumerate(runs) if turn < size]
    turns = turns[:wanted]
    shares = [sum(one == run for _, one in turns) for run in range(len(runs))]
    return [runs[run][0] + (2 * turn + 1) * runs[run][1] // (2 * shares[run]) for turn, run in turns]


def suffix_array(ids: np.ndarray) -> np.ndarray:
    """Return the places of a text (n,) uint16, sorted by what is written from there to the end; (n,) int32.

    Prefix doubling: places sorted by their first k tokens are sorted by 2k with the rank of the place k
    further on as the second key, and only those that are still equal are sorted again.
    """
    places, rank = by_first_ids(ids)
    known = IDS_IN_A_KEY
    equal = np.flatnonzero(repeated(rank[places])).astype(np.int32)  # indices into places
    while len(equal):
        begins = places[equal]
        beyond = np.minimum(begins.astype(np.int64) + known, len(ids))
        key = rank[begins].astype(np.int64) << 32 | rank[beyond]
        order = np.argsort(key)
        begins = begins[order]
        places[equal] = begins
        heads, sizes = equal_runs(key[order])
        rank[begins] = np.repeat(equal[heads], sizes) + 1
        equal = equal[np.repeat(sizes > 1, sizes)]
        known *= 2
    return places


def by_first_ids(ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return places sorted by their first tokens, and each place's rank from 1 on, 0 beyond the end."""
    padded = np.zeros(len(ids) + IDS_IN_A_KEY, np.int64)
    padded[: len(ids)] = ids
    padded[: len(ids)] += 1  # 0 is what stands beyond the end
    key = np.zeros(len(ids), np.int64)
    for step in range(IDS_IN_A_KEY):
        key = key << BITS | padded[step : step + len(ids)]
    places = np.argsort(key).astype(np.int32)
    heads, sizes = equal_runs(key[places])
    rank = np.zeros(len(ids) + 1, np.int32)
    rank[places] = np.repeat(heads, sizes) + 1
    return places, rank


def equal_runs(ascending: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the runs of equal values begin, and their sizes."""
    new = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    heads = np.flatnonzero(new)
    return heads, np.diff(np.append(heads, len(ascending)))


def repeated(ascending: np.ndarray) -> np.ndarray:
    """Return for each value whether it is there more than once; (n,) bool."""
    _, sizes = equal_runs(ascending)
    return np.repeat(sizes > 1, sizes)
