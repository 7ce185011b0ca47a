"""Byte-pair encoding, slow enough to read: what tiktoken does to encode and rustbpe does to train.

A text is first split by a pattern; inside each piece, bytes are merged pair by pair. A `ranks` table says
which merges exist and which come first: token bytes to rank, and the rank is the token's id.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex


def split(pattern: str, text: str) -> list[bytes]:
    """Return the pieces, as UTF-8, that a pattern cuts a text into; no merge crosses their borders.

    >>> [piece.decode() for piece in split(r"\\p{Han}| ?[\\p{L}&&[^\\p{Han}]]+", "我爱 New York")]
    ['我', '爱', ' New', ' York']
    """
    # V1 makes && mean "and" inside a set, as it does for tiktoken.
    return [match.group().encode() for match in regex.finditer(pattern, text, regex.V1)]


def single_bytes(piece: bytes) -> list[bytes]:
    """Return the parts of a piece before any merge.

    >>> single_bytes("爱".encode())
    [b'\\xe7', b'\\x88', b'\\xb1']
    """
    return [bytes([value]) for value in piece]


def bpe_merge_steps(ranks: dict[bytes, int], piece: bytes) -> Iterator[list[bytes]]:
    """Yield the parts of a piece after each merge: lowest rank first, the leftmost among equals.

    >>> ranks = {b"an": 256, b"ana": 257}
    >>> for parts in bpe_merge_steps(ranks, b"banana"):
    ...     print(*(part.decode() for part in parts))
    b an a n a
    b an an a
    b an ana
    """
    parts = single_bytes(piece)
    while True:
        joined = [left + right for left, right in pairwise(parts)]
        mergeable = [(ranks[both], at) for at, both in enumerate(joined) if both in ranks]
        if not mergeable:
            return
        _, at = min(mergeable)
        parts = [*parts[:at], joined[at], *parts[at + 2 :]]
        yield parts


def encode(ranks: dict[bytes, int], text: str, pattern: str) -> list[int]:
    """Return the token ids of a text that holds no lone surrogate.

    >>> ranks = train(["low lower lowest"], 258, r" ?\\w+")
    >>> encode(ranks, "slow", r" ?\\w+")
    [115, 257]
    """
    ids: list[int] = []
    for piece in split(pattern, text):
        *_, parts = single_bytes(piece), *bpe_merge_steps(ranks, piece)
        ids += [ranks[part] for part in parts]
    return ids


def train(texts: Iterable[str], vocab_size: int, pattern: str) -> dict[bytes, int]:
    """Learn ranks: all 256 bytes, then over and over the most frequent pair, of equals that of lowest ids.

    Fewer than `vocab_size` come back when the texts run out of pairs.

    >>> ranks = train(["low lower lowest"], 260, r" ?\\w+")
    >>> list(ranks)[256:]
    [b'lo', b'low', b' low', b' lowe']
    """
    counts = Counter(piece for text in texts for piece in split(pattern, text))
    parts_of = {piece: single_bytes(piece) for piece in counts}
    ranks = {bytes([value]): value for value in range(256)}
    while len(ranks) < vocab_size:
        pairs: Counter[tuple[bytes, bytes]] = Counter()
        for piece, parts in parts_of.items():
            for pair in pairwise(parts):
                pairs[pair] += counts[piece]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], ranks[pair[0]], ranks[pair[1]]))
        ranks[b"".join(best)] = len(ranks)
        parts_of = {piece: merge(parts, best) for piece, parts in parts_of.items()}
    return ranks


def merge(parts: list[bytes], pair: tuple[bytes, bytes]) -> list[bytes]:
    """Return the parts with every occurrence of a pair made one, from left to right.

    >>> merge([b"a", b"a", b"a", b"b"], (b"a", b"a"))
    [b'aa', b'a', b'b']
    """
    merged: list[bytes] = []
    at = 0
    while at < len(parts):
        size = 2 if tuple(parts[at : at + 2]) == pair else 1
        merged.append(b"".join(parts[at : at + size]))
        at += size
    return merged
