import unicodedata
from itertools import pairwise

import pytest
import rustbpe
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from model import bpe
from model.tokenizer import PATTERN, load_tokenizer

TEXTS = [
    "",
    " ",
    "周一上班真的很爽，周二也是。",
    "The capital of Indonesia is Jakarta; it isn't Bali.",
    "１２３ 12345 3.14159 〇一二",
    "mixed 中英 text,带\t制表符\r\n\n  and  blanks  ",
    "👨‍👩‍👧‍👦 👍🏽 🇨🇳 🙂🙂🙂",
    "龘靐齉爩 𠮷野家",
    "e\u0301 é ﷽ ไทย עברית العربية 한국어 ひらがな",
    "<|endoftext|> \x00\x1c\x85\u00a0\u2028\u3000\ufeff",
]
# A character that only a newer Unicode assigns may be a letter to one regex engine and not yet to another.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"]))
# Few letters make many ties and overlaps, which is where two trainers would part.
TIED_TEXT = st.text("ab 中文1", max_size=60)


def encoding(ranks: dict[bytes, int]) -> tiktoken.Encoding:
    return tiktoken.Encoding("test", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})


def same_cut(text: str) -> bool:
    """Give every piece, and every two glued together, a token: then only the same cut encodes the same."""
    pieces = bpe.split(PATTERN, text)
    glued = [left + right for left, right in pairwise(pieces)]
    tokens = dict.fromkeys([*(bytes([value]) for value in range(256)), *pieces, *glued])
    ranks = {token: rank for rank, token in enumerate(tokens)}
    return encoding(ranks).encode_ordinary(text) == [ranks[piece] for piece in pieces]


@pytest.mark.parametrize("text", TEXTS)
def test_encodes_as_tiktoken_does(text):
    tokenizer = load_tokenizer()
    assert bpe.encode(tokenizer.ranks, text, PATTERN) == tokenizer.encode(text)


@given(ANY_TEXT)
def test_encodes_any_text_as_tiktoken_does(text):
    tokenizer = load_tokenizer()
    assert bpe.encode(tokenizer.ranks, text, PATTERN) == tokenizer.encode(text)


@given(st.lists(TIED_TEXT, max_size=4), TIED_TEXT)
def test_encodes_as_tiktoken_does_with_ranks_of_its_own(texts, text):
    ranks = bpe.train(texts, 300, PATTERN)
    assert bpe.encode(ranks, text, PATTERN) == encoding(ranks).encode_ordinary(text)


@given(ANY_TEXT)
def test_splits_any_text_as_tiktoken_does(text):
    assert b"".join(bpe.split(PATTERN, text)) == text.encode()
    assert same_cut(text)


@pytest.mark.slow
def test_splits_around_every_character_as_tiktoken_does():
    characters = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cs", "Cn", "Co")]
    for start in range(0, len(characters), 5000):
        assert same_cut("".join(f" {c}{c}a1{c}" for c in characters[start : start + 5000]))


def test_a_han_character_is_never_merged_with_its_neighbour():
    tokens = [token.decode("utf-8", "ignore") for token in load_tokenizer().ranks]
    assert [token for token in tokens if len(token) > 1 and any("一" <= c <= "鿿" for c in token)] == []


@given(st.lists(TIED_TEXT, max_size=4))
def test_trains_as_rustbpe_does(texts):
    oracle = rustbpe.Tokenizer()
    oracle.train_from_iterator(iter(texts), 300, pattern=PATTERN)
    expected = {bytes(token): rank for token, rank in oracle.get_mergeable_ranks()}
    assert bpe.train(texts, 300, PATTERN) == expected


def test_merge_steps_end_where_encode_does():
    ranks = load_tokenizer().ranks
    steps = list(bpe.bpe_merge_steps(ranks, b" language"))
    assert [len(parts) for parts in steps] == list(range(8, 8 - len(steps), -1))
    assert all(b"".join(parts) == b" language" for parts in steps)
    assert [ranks[part] for part in steps[-1]] == bpe.encode(ranks, " language", PATTERN)
    assert list(bpe.bpe_merge_steps(ranks, b"a")) == []
