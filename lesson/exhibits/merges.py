"""Byte-pair encoding in slow motion: the bytes of the learner's own text, merged pair by pair.

A request: `text`; `step` merges have been made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lesson import params
from lesson.exhibits.exhibit import Ask, Exhibit, Shown
from lesson.passage import NOTHING
from lesson.school import School
from lesson.text import label
from lesson.views.token import Json, face
from lesson.words import Refusal, Text
from model.bpe import bpe_merge_steps, single_bytes, split
from model.tokenizer import PATTERN, BPETokenizer

MOST_BYTES = 120
PAIRS_LISTED = 6

TOO_LONG = Text(
    "这段文字有 {count} 个字节，慢动作里最多放得下 {most} 个，请写短一点。",
    "This text has {count} bytes, and {most} is the most in slow motion. Please write less.",
)
NO_RANKS = Text("这个模型的词表不是合并出来的。", "This model’s vocabulary was not made by merging.")
PHRASES: dict[str, Text] = {
    "mergesStep": Text("第 {step} 次合并，一共 {all} 次", "merge {step} of {all}"),
    "mergesStart": Text(
        "开始：{bytes} 个字节，一个也没合并。竖线是不能跨过的边界。",
        "The start: {bytes} bytes, nothing merged yet. No merge crosses a vertical line.",
    ),
    "mergesTold": Text(
        "「{left}」+「{right}」→「{both}」，编号 {id}。现在是 {n} 块。",
        "“{left}” + “{right}” → “{both}”, id {id}. That leaves {n} pieces.",
    ),
    "mergesEnd": Text(
        "再没有能合并的对子了：这就是 {n} 个词元。", "No pair is left to merge: these are the {n} tokens."
    ),
    "mergesPairs": Text(
        "这一段里能合并的对子，编号最小的先来：", "Pairs that could merge here; the lowest id goes first:"
    ),
    "mergesNext": Text("合并一次", "Merge once"),
    "mergesAll": Text("合并到底", "Merge to the end"),
    "mergesSlider": Text("合并了几次", "Merges made"),
}


@dataclass(frozen=True)
class Merge:
    """One merge: in which piece, at which place in it, of which two parts, and all parts afterwards."""

    piece: int
    at: int
    left: bytes
    right: bytes
    parts: tuple[bytes, ...]


def answer(school: School, ask: Ask) -> Shown:
    """The parts after `step` merges, the merge that was made last, and what could be merged next."""
    tokenizer = school.tokenizer
    if not isinstance(tokenizer, BPETokenizer):
        raise Refusal(NO_RANKS)
    pieces = split(PATTERN, checked(ask.get("text")))
    merges = all_merges(tokenizer.ranks, pieces)
    step = min(params.whole_number(ask.get("step"), 0, MOST_BYTES) or 0, len(merges))
    groups = parts_after(pieces, merges[:step])
    count = sum(len(parts) for parts in groups)
    last = merges[step - 1] if step else None
    tokens = [part for merge in parts_after(pieces, merges) for part in merge]
    found = {
        "step": step, "all": len(merges), "bytes": sum(map(len, pieces)), "parts": count,
        "longest": max(len(part.decode(errors="ignore").strip()) for part in tokens),
    }  # fmt: skip
    coming = merges[step] if step < len(merges) else None
    value: Json = {
        **found,
        "text": b"".join(pieces).decode(),
        "groups": [[part_face(tokenizer, part) for part in parts] for parts in groups],
        "made": merged(tokenizer, last) if last else None,
        "fresh": [last.piece, last.at] if last else None,
        "pairs": pairs(tokenizer, groups[coming.piece]) if coming else [],
    }
    return Shown(value, found)


def checked(text: object) -> str:
    """The text, if it is short enough to be watched; else a Refusal."""
    given = params.prompt(text)
    size = len(given.encode())
    if not given:
        raise Refusal(NOTHING)
    if size > MOST_BYTES:
        raise Refusal(TOO_LONG.format(count=size, most=MOST_BYTES))
    return given


def all_merges(ranks: dict[bytes, int], pieces: Sequence[bytes]) -> list[Merge]:
    """Every merge that makes the tokens of some pieces, one piece after the other."""
    found: list[Merge] = []
    for number, piece in enumerate(pieces):
        before = single_bytes(piece)
        for parts in bpe_merge_steps(ranks, piece):
            at = next(i for i, (old, new) in enumerate(zip(before, parts, strict=False)) if old != new)
            found.append(Merge(number, at, before[at], before[at + 1], tuple(parts)))
            before = parts
    return found


def parts_after(pieces: Sequence[bytes], merges: Sequence[Merge]) -> list[tuple[bytes, ...]]:
    """The parts of each piece after some merges."""
    groups = [tuple(single_bytes(piece)) for piece in pieces]
    for merge in merges:
        groups[merge.piece] = merge.parts
    return groups


def merged(tokenizer: BPETokenizer, merge: Merge) -> Json:
    """A merge in words: its two parts, what they became, and its id."""
    both = merge.left + merge.right
    ends = {"left": label(merge.left), "right": label(merge.right)}
    return {**ends, "both": label(both), "id": tokenizer.ranks[both]}


def pairs(tokenizer: BPETokenizer, parts: Sequence[bytes]) -> list[Json]:
    """The neighbours in a piece that could be merged, the one that is next first."""
    ranks = tokenizer.ranks
    known = {ranks[left + right]: (left, right) for left, right in pairwise(parts) if left + right in ranks}
    return [
        {"left": label(left), "right": label(right), "id": rank}
        for rank, (left, right) in sorted(known.items())[:PAIRS_LISTED]
    ]


def part_face(tokenizer: BPETokenizer, part: bytes) -> Json:
    """A part as a chip; every part has an id, for only tokens are ever made."""
    return {"id": tokenizer.ranks[part], **face(part)}


MERGES = Exhibit("merges", answer)
