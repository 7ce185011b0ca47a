"""Evidence: what followed the end of this sentence in a text that the model read, and what the model says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lesson.evidence import Corpus
from lesson.text import byte_pieces
from lesson.views.token import Json, drawn, token_face
from model.ngram import NgramPredictor
from model.predictor import NextToken
from model.tokenizer import Tokenizer
from train.index import Occurrences, Place

COUNTED_ROWS, UNSEEN_ROWS = 5, 2
PLACES = 5
WHOLE_ROWS = 6
NOWHERE = Occurrences(0, 0, (), ())
TOKENS_BEFORE, TOKENS_AFTER = 30, 24  # of a place; the rest of its document is left out
CONTINUATION = bytes(range(0x80, 0xC0))  # bytes of a character that began before the piece
LAST_CHARACTER = re.compile(rb"[\xc0-\xff][\x80-\xbf]*\Z")  # it may be cut off


def no_evidence(*, building: bool) -> Json:
    """The card while the text is still being indexed, or where the model's training text is not here."""
    return {"state": "building" if building else "unknown"}


def evidence(corpus: Corpus, tokenizer: Tokenizer, context: Sequence[int], raw: NextToken) -> Json:
    """Counts and places of the longest end of the context that occurs; p is that of the whole context."""
    text = context[len(context) - _since_end(context, tokenizer.end_of_text) :]
    found = _occurrences(corpus, tokenizer, text)
    kept = len(text) - found.length
    return {
        "state": "found" if found.count else "nothing",
        "corpus": {
            "name": corpus.name.json(),
            "share": corpus.share,
            "documents": corpus.index.documents,
            "tokens": corpus.index.tokens,
        },
        "empty": not text,
        "dropped": kept,
        "kept": found.length,
        "lost": _running(tokenizer, text[:kept]),
        "match": _running(tokenizer, text[kept:]),
        "count": found.count,
        **_rows(tokenizer, found, raw),
        "whole": _whole(corpus.counts, tokenizer, context) if corpus.counts else None,
        "places": [_place(tokenizer, place) for place in found.places],
    }


def _occurrences(corpus: Corpus, tokenizer: Tokenizer, text: Sequence[int]) -> Occurrences:
    """Where the longest end of a text occurs that does not begin within a character."""
    found = corpus.index.occurrences(text, places=PLACES)
    begin = len(text) - found.length
    while begin < len(text) and tokenizer.token_bytes(text[begin])[0] in CONTINUATION:
        begin += 1
    if begin == len(text) - found.length:
        return found
    return corpus.index.occurrences(text[begin:], places=PLACES) if begin < len(text) else NOWHERE


def _rows(tokenizer: Tokenizer, found: Occurrences, raw: NextToken) -> Json:
    """The most frequent next tokens, then likely ones that never came next, then all others together."""
    if not found.count:
        return {"rows": [], "rest": {"n": 0, "p": 0.0}}
    times = dict(found.next_counts)
    counted = [token for token, _ in found.next_counts[:COUNTED_ROWS]]
    likely = [token for token, _ in raw.top(COUNTED_ROWS + UNSEEN_ROWS) if token not in counted]
    listed = [*counted, *likely[:UNSEEN_ROWS]]
    rows = [
        {**token_face(tokenizer, token), "n": times.get(token, 0), "p": float(raw.probs[token])}
        for token in listed
    ]
    left = 1.0 - sum(float(raw.probs[token]) for token in listed)
    rest = found.count - sum(times.get(token, 0) for token in listed)
    return {"rows": rows, "rest": {"n": rest, "p": left if left > 1e-12 else 0.0}}


def _whole(counts: NgramPredictor, tokenizer: Tokenizer, context: Sequence[int]) -> Json:
    """What was counted in the whole training text after the last few tokens; rare followers are not kept."""
    size, seen, followed = counts.followers(context)
    listed = followed[:WHOLE_ROWS]
    return {
        "match": _running(tokenizer, context[len(context) - size :]),
        "kept": size,
        "count": seen,
        "rows": [{**token_face(tokenizer, token), "n": n} for token, n in listed],
        "rest": seen - sum(n for _, n in listed),
        "tokens": int(counts.table.levels[0].seen[0]),
    }


def _place(tokenizer: Tokenizer, place: Place) -> Json:
    """A piece of a document with the context and the token after it told apart."""
    first, last = max(0, place.start - TOKENS_BEFORE), place.stop + 1 + TOKENS_AFTER
    ends = place.stop >= len(place.ids)
    before = tokenizer.decode_bytes(place.ids[first : place.start])
    after = tokenizer.decode_bytes(place.ids[place.stop + 1 : last])
    following = tokenizer.end_of_text if ends else place.ids[place.stop]
    return {
        "source": place.source,
        "before": _shown(before if first == 0 else before.lstrip(CONTINUATION)),
        "match": _running(tokenizer, place.ids[place.start : place.stop]),
        "next": {**token_face(tokenizer, following), "s": _running(tokenizer, [following])},
        "after": _shown(after if last >= len(place.ids) else LAST_CHARACTER.sub(b"", after)),
        "begins": first == 0,
        "ends": last >= len(place.ids),
    }


def _running(tokenizer: Tokenizer, ids: Sequence[int]) -> list[list[object]]:
    """Tokens as pieces of running text, in which a space is a space and needs no sign."""
    return _shown(tokenizer.decode_bytes(ids))


def _shown(data: bytes) -> list[list[object]]:
    return [[" ", 0] if mark and text == "·" else [text, mark] for text, mark in drawn(byte_pieces(data))]


def _since_end(context: Sequence[int], end_of_text: int) -> int:
    """How many tokens follow the last end-of-text."""
    backwards = list(reversed(context))
    return backwards.index(end_of_text) if end_of_text in backwards else len(backwards)
