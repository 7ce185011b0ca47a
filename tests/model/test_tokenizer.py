import pytest
import tiktoken
import tiktoken.load
from hypothesis import example, given
from hypothesis import strategies as st

from model.bpe import bpe_merge_steps
from model.tokenizer import PATTERN, RANKS, load_tokenizer, parse_ranks, pieces, save_ranks
from tests.fakes import HOSTILE
from tests.tiny import bytes_tokenizer

SPECIAL = ("<|endoftext|>", "<|bos|>", "<|im_start|>", "<end>", "</s>", "[MASK]", "<|fim_prefix|>")

ORACLE = tiktoken.Encoding(
    "oracle", pat_str=PATTERN, mergeable_ranks=tiktoken.load.load_tiktoken_bpe(str(RANKS)), special_tokens={}
)


def cleaned(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@given(st.text(st.characters(exclude_categories=[])))
@example("\ud83d")
@example("\ude00\ud83d")
@example("a\udcffb")
def test_any_text_comes_back(text):
    tokenizer = load_tokenizer()
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == cleaned(text)
    assert b"".join(map(tokenizer.token_bytes, ids)) == cleaned(text).encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back(text):
    tokenizer = load_tokenizer()
    assert tokenizer.decode(tokenizer.encode(text)) == cleaned(text)


@given(st.text())
def test_it_is_what_tiktoken_makes_of_the_ranks_file(text):
    assert load_tokenizer().encode(text) == ORACLE.encode(text, disallowed_special=())


@pytest.mark.parametrize("text", SPECIAL)
def test_typed_text_never_becomes_a_special_token(text):
    tokenizer = load_tokenizer()
    ids = tokenizer.encode(f"a{text}b")
    assert tokenizer.end_of_text not in ids
    assert tokenizer.decode(ids) == f"a{text}b"


@pytest.mark.parametrize("text", [" " * 1_000_000, "a" * 1_000_000, "🙂" * 200_000, "\n" * 1_000_000])
def test_a_huge_text_comes_back(text):
    tokenizer = load_tokenizer()
    assert tokenizer.decode(tokenizer.encode(text)) == text


@given(st.text("ab \n", max_size=300), st.integers(1, 40))
def test_pieces_add_up_and_end_at_line_ends(text, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("model.tokenizer.PIECE", size)
        parts = pieces(text)
    assert "".join(parts) == text
    assert all(len(part) <= size for part in parts)
    assert all(part.endswith("\n") or len(part) == size for part in parts[:-1])


def test_every_token_has_its_bytes():
    tokenizer = load_tokenizer()
    assert tokenizer.vocab_size == 8192 and tokenizer.end_of_text == 8191
    every = range(tokenizer.vocab_size)
    assert tokenizer.token_bytes(tokenizer.end_of_text) == b""
    assert tokenizer.decode([tokenizer.end_of_text]) == ""
    assert [tokenizer.ranks[tokenizer.token_bytes(i)] for i in every[:-1]] == list(every[:-1])
    assert all(tokenizer.decode_bytes([i]) == tokenizer.token_bytes(i) for i in every)
    assert tokenizer.decode_bytes(every) == b"".join(map(tokenizer.token_bytes, every))


def test_every_byte_and_pair_of_bytes_can_be_said():
    ranks = load_tokenizer().ranks
    for first in range(256):
        assert bytes([first]) in ranks
        for second in range(256):
            pair = bytes([first, second])
            *_, last = [[bytes([first]), bytes([second])], *bpe_merge_steps(ranks, pair)]
            assert b"".join(last) == pair and all(piece in ranks for piece in last)


@given(st.text(st.sampled_from("周一上班真的很丧爽龘靐齉𠮷 a，1\n"), max_size=40))
def test_no_token_holds_two_han_characters(text):
    tokenizer = load_tokenizer()
    for i in tokenizer.encode(text):
        held = tokenizer.token_bytes(i).decode("utf-8", "ignore")
        assert len(held) == 1 or not any("\u4e00" <= c <= "\u9fff" for c in held)


def test_common_characters_are_one_token_and_rare_ones_their_bytes():
    tokenizer = load_tokenizer()
    assert [tokenizer.decode([i]) for i in tokenizer.encode("周一上班真的很爽")] == list("周一上班真的很爽")
    assert len(tokenizer.encode("龘")) in (2, 3)


def test_a_vocabulary_can_be_written_and_read(tmp_path):
    tokenizer = bytes_tokenizer([b"ab", b"\xe4\xbd"])
    save_ranks(tokenizer.ranks, tmp_path / "a")
    again = load_tokenizer(tmp_path / "a")
    assert (again.ranks, again.id) == (tokenizer.ranks, tokenizer.id)
    assert tokenizer.id != bytes_tokenizer().id


def test_another_vocabulary_in_the_same_place_is_seen(tmp_path):
    for words in ([b"ab"], [b"cd"]):
        save_ranks(bytes_tokenizer(words).ranks, tmp_path / "a")
        assert load_tokenizer(tmp_path / "a").token_bytes(256) == words[0]


def damaged() -> dict[str, str]:
    good = RANKS.read_text(encoding="ascii").splitlines(keepends=True)[:300]
    return {
        "a line is missing": "".join(good[:100] + good[101:]),
        "the last line is cut": "".join(good)[:-3],
        "bytes are missing": "".join(good[:200]),
        "it is no base64": "???? 0\n",
        "it is a web page": "<html>\n",
        "it is empty": "",
    }


@pytest.mark.parametrize("text", damaged().values(), ids=damaged().keys())
def test_a_damaged_vocabulary_is_refused(text):
    with pytest.raises(ValueError):
        parse_ranks(text)
