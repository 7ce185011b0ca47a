"""The index of a text, against a scan that looks at every place."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.tokenizer import load_tokenizer
from tests.fakes import FakeTokenizer
from train.data import TokenDocuments
from train.index import Index, suffix_array

END = 7
documents = st.lists(st.lists(st.integers(0, 3), max_size=12), min_size=1, max_size=8)
contexts = st.lists(st.integers(0, 5) | st.just(END), max_size=14)


def indexed(found: list[list[int]]) -> Index:
    rows = [[END, *one] for one in found]
    starts = np.cumsum([0, *map(len, rows)])
    ids = np.array([i for row in rows for i in row], np.uint16)
    names = [f"file {i}" for i in range(len(rows))]
    return Index(TokenDocuments(ids, starts, np.ones(len(rows))), END, names)


def scan(found: list[list[int]], wanted: list[int]) -> Counter:
    """What follows a context, looked for at every place of every document."""
    following: Counter = Counter()
    for document in found:
        row = [*document, END]
        for place in range(len(document) - len(wanted) + 1 if wanted else 1):
            if row[place : place + len(wanted)] == wanted:
                following[row[place + len(wanted)]] += 1
    return following


@given(documents, contexts)
def test_it_finds_what_a_scan_finds(found, context):
    told = indexed(found).occurrences(context)
    wanted = context[len(context) - context[::-1].index(END) :] if END in context else context
    lengths = [n for n in range(len(wanted) + 1) if scan(found, wanted[len(wanted) - n :])]
    length = max(lengths)
    if wanted and not length:
        assert (told.length, told.count, told.next_counts, told.places) == (0, 0, (), ())
        return
    following = scan(found, wanted[len(wanted) - length :])
    assert told.length == length
    assert told.count == following.total()
    assert list(told.next_counts) == sorted(following.items(), key=lambda one: (-one[1], one[0]))


@given(documents, contexts, st.integers(1, 6))
def test_places_are_real_distinct_and_show_the_most_frequent_first(found, context, most):
    told = indexed(found).occurrences(context, places=most)
    assert len(told.places) == min(most, told.count)
    assert len({(one.source, one.start) for one in told.places}) == len(told.places)
    for one in told.places:
        assert list(one.ids) == found[int(one.source.split()[1])]
        assert list(one.ids[one.start : one.stop]) == context[len(context) - told.length :]
    following = [(*one.ids, END)[one.stop] for one in told.places]
    shown = min(most, len(told.next_counts))
    assert following[:shown] == [token for token, _ in told.next_counts[:shown]]


@given(st.lists(st.integers(0, 2**16 - 1) | st.integers(0, 1), max_size=200))
def test_a_suffix_array_sorts_all_suffixes(ids):
    places = suffix_array(np.array(ids, np.uint16)).tolist()
    assert places == sorted(range(len(ids)), key=lambda place: ids[place:])


@pytest.mark.parametrize("ids", [[5] * 500, [1, 2] * 400, [65535] * 9])
def test_long_repeats_are_sorted_too(ids):
    places = suffix_array(np.array(ids, np.uint16)).tolist()
    assert places == sorted(range(len(ids)), key=lambda place: ids[place:])


def test_counts_of_a_text_and_the_files_they_come_from():
    tokenizer = load_tokenizer()
    sad, glad = "周一上班真的很丧。", "周一上班真的很爽！"
    index = Index.build(tokenizer, {"a.txt": [sad] * 8, "b.txt": [glad] * 2})
    told = index.occurrences([tokenizer.end_of_text, *tokenizer.encode("明天周一上班真的很")])
    assert (told.count, told.length, index.documents) == (10, 7, 10)
    assert [(tokenizer.decode([token]), times) for token, times in told.next_counts] == [("丧", 8), ("爽", 2)]
    assert [one.source for one in told.places] == ["a.txt", "b.txt", "a.txt", "b.txt", "a.txt"]


def test_the_empty_context_is_followed_by_the_first_tokens_of_documents():
    tokenizer = FakeTokenizer()
    index = Index.build(tokenizer, {"a": ["太阳", "太阳"], "b": ["你好", ""]})
    told = index.occurrences([tokenizer.end_of_text])
    assert (told.length, told.count) == (0, 4)
    assert told.next_counts[0] == (tokenizer.encode("太")[0], 2)
    assert (tokenizer.end_of_text, 1) in told.next_counts


def test_an_index_of_nothing_finds_nothing():
    index = Index.build(FakeTokenizer(), {"empty": []})
    assert index.occurrences([1, 2]).count == index.occurrences([]).count == 0
