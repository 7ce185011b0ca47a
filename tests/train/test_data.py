from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny import bytes_tokenizer
from train.corpus import CorpusError, held_out
from train.data import Batches, TokenDocuments, encode_documents, join, last_tenth, split, windows


def numbered(lengths: list[int], weights: list[float] | None = None) -> TokenDocuments:
    """Documents in which every token is different."""
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    weight = np.ones(len(lengths)) if weights is None else np.array(weights, float)
    return TokenDocuments(np.arange(starts[-1]).astype(np.uint16), starts, weight)


def pairs(documents: TokenDocuments) -> set[tuple[int, int]]:
    """Neighbours inside documents."""
    rows = [documents.ids[a:b].tolist() for a, b in pairwise(documents.starts)]
    return {pair for row in rows for pair in pairwise(row)}


def test_every_document_begins_with_end_of_text():
    tokenizer = bytes_tokenizer()
    documents = encode_documents(tokenizer, ["ab", "你", ""], 2.5)
    assert documents.ids.tolist() == [256, 97, 98, 256, 0xE4, 0xBD, 0xA0, 256]
    assert documents.starts.tolist() == [0, 3, 7, 8]
    assert documents.weights.tolist() == [2.5] * 3 and len(documents) == 3
    assert len(encode_documents(tokenizer, []).ids) == 0


def test_sets_are_joined_end_to_end():
    tokenizer = bytes_tokenizer()
    parts = [
        encode_documents(tokenizer, ["ab"]),
        encode_documents(tokenizer, []),
        encode_documents(tokenizer, ["c", "d"], 0.5),
    ]
    whole = join(parts)
    expected = encode_documents(tokenizer, ["ab", "c", "d"])
    assert whole.ids.tolist() == expected.ids.tolist()
    assert whole.starts.tolist() == expected.starts.tolist()
    assert whole.weights.tolist() == [1, 0.5, 0.5]


def test_held_out_documents_validate():
    found = [f"第{i}篇文章" for i in range(3000)]
    training, validation = split(bytes_tokenizer(), found, block_size=8)
    assert len(validation) == sum(map(held_out, found))
    assert len(training) + len(validation) == 3000


def test_in_a_short_text_the_last_tenth_validates():
    tokenizer = bytes_tokenizer()
    training, validation = split(tokenizer, ["abcdefghi", "klmnopqrst"], block_size=4)
    whole = encode_documents(tokenizer, ["abcdefghi", "klmnopqrst"])
    assert np.concatenate([training.ids, validation.ids]).tolist() == whole.ids.tolist()
    assert len(training.ids) == len(whole.ids) * 9 // 10


@given(st.lists(st.integers(1, 20), max_size=10))
def test_the_cut_keeps_documents_apart(lengths):
    whole = numbered(lengths)
    parts = last_tenth(whole)
    assert np.concatenate([p.ids for p in parts]).tolist() == whole.ids.tolist()
    edges = [p.starts + shift for p, shift in zip(parts, (0, len(parts[0].ids)), strict=True)]
    assert set(whole.starts) <= set(np.concatenate(edges))
    for part in parts:
        assert (
            part.starts[0] == 0
            and part.starts[-1] == len(part.ids)
            and len(part.weights) == len(part.starts) - 1
        )


@given(st.integers(0, 60), st.integers(2, 16))
def test_a_text_is_refused_or_long_enough(length, block_size):
    """There is a window to train on, and at least one prediction to validate."""
    try:
        training, validation = split(bytes_tokenizer(), ["a" * length] if length else [], block_size)
    except CorpusError as error:
        assert "文本太短" in error.zh and "too short" in error.en
        assert length < 2 * block_size + 12
    else:
        assert len(training.ids) > block_size and len(validation.ids) > 1
        Batches(training, block_size, 2, 0).next()


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12), st.integers(1, 9), st.integers(0, 9))
def test_an_epoch_reads_every_token_once(lengths, block_size, seed):
    documents = numbered(lengths)
    rows = windows(documents, block_size, seed, epoch=0)
    assert rows.shape[1] == block_size + 1
    predicted = Counter(rows[:, 1:].flatten().tolist())
    assert set(predicted.values()) <= {1}
    # what is left out: the token before the first window, the random offset, and the end
    assert len(documents.ids) - len(predicted) <= 1 + block_size + block_size
    for row in rows.tolist():
        inside = [p for p in pairwise(row) if p[1] not in documents.starts]
        assert set(inside) <= pairs(documents)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12), st.integers(1, 9), st.integers(0, 9))
def test_whole_windows_cut_no_document_that_fits(lengths, block_size, seed):
    documents = numbered(lengths)
    rows = windows(documents, block_size, seed, epoch=0, whole=True).tolist()
    read = {token for row in rows for token in row}
    for begin, end in pairwise(documents.starts.tolist()):
        if end - begin <= block_size and read.issuperset(range(begin, end)):
            assert any(set(row).issuperset(range(begin, end)) for row in rows)
    assert len(documents.ids) - len(read) <= block_size  # what is left out: the end
    starts = set(documents.starts.tolist())
    for row in rows:  # a window begins with a document, or goes on in one that does not fit
        at = np.searchsorted(documents.starts, row[0], side="right") - 1
        assert row[0] in starts or documents.starts[at + 1] - documents.starts[at] > block_size


def test_windows_are_in_another_order_every_epoch_and_for_every_seed():
    documents = numbered([30] * 20)
    rows = [windows(documents, 8, seed, epoch).tolist() for seed, epoch in ((0, 0), (0, 1), (1, 0), (0, 0))]
    assert rows[0] == rows[3] and rows[0] != rows[1] and rows[0] != rows[2]


@pytest.mark.parametrize("weight", [0.25, 1.0, 2.0, 2.75])
def test_a_weight_says_how_often_a_pass_reads_a_document(weight):
    documents = numbered([10] * 200, [weight] * 200)
    seen = [len(windows(documents, 9, seed=0, epoch=epoch)) * 9 / 2000 for epoch in range(20)]
    assert np.mean(seen) == pytest.approx(weight, rel=0.02, abs=0.03)
    counts = Counter(windows(documents, 9, 0, 0)[:, 1:].flatten().tolist())
    assert max(counts.values()) <= np.ceil(weight)


def test_small_weights_may_leave_an_epoch_empty_but_not_the_run():
    batches = Batches(numbered([6] * 12, [0.1] * 12), block_size=5, batch_size=3, seed=0)
    for _ in range(30):
        inputs, _ = batches.next()
        assert inputs.shape == (3, 5)
    assert batches.epoch > 30


@pytest.mark.parametrize("documents", [numbered([5]), numbered([]), numbered([100] * 3, [0.0] * 3)])
def test_a_text_without_a_window_is_refused(documents):
    with pytest.raises(ValueError, match="longer than a window"):
        Batches(documents, block_size=5, batch_size=3, seed=0)


@settings(max_examples=50)
@given(st.integers(12, 80), st.integers(1, 5), st.integers(1, 11))
def test_batches_give_every_window_once_an_epoch(length, block_size, batch_size):
    documents = numbered([length])
    batches = Batches(documents, block_size, batch_size, seed=4)
    rows = []
    while batches.cursor[0] < 3:
        inputs, targets = batches.next()
        assert inputs.shape == targets.shape == (batch_size, block_size)
        assert inputs.dtype == targets.dtype == np.int64
        assert (inputs[:, 1:] == targets[:, :-1]).all()
        rows += np.concatenate([inputs, targets[:, -1:]], axis=1).tolist()
    expected = [row for epoch in range(3) for row in windows(documents, block_size, 4, epoch).tolist()]
    assert rows[: len(expected)] == expected


@given(st.integers(0, 12))
def test_the_cursor_is_all_that_must_be_kept(steps):
    documents = numbered([7, 30, 11], [1.0, 1.5, 0.5])
    whole, first = Batches(documents, 5, 3, 1), Batches(documents, 5, 3, 1)
    for _ in range(steps):
        whole.next()
        first.next()
    second = Batches(documents, 5, 3, 1)
    second.cursor = first.cursor
    for _ in range(10):
        for a, b in zip(whole.next(), second.next(), strict=True):
            assert (a == b).all()
        assert whole.cursor == second.cursor and whole.epoch == second.epoch
