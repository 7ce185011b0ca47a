"""Ways to cut: each loses nothing, and a well-known one is used only if its file is here; none is fetched."""

from hashlib import sha256

import pytest
import tiktoken

from lesson import encodings
from lesson.encodings import FOLDER, WELL_KNOWN, WellKnown, ways
from lesson.exhibits.encodings import ENCODINGS, SENTENCES
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Text
from model import load
from model.tokenizer import save_ranks

TEXTS = ["我爱读《人类简史》。", "  two  blanks\nand a line ", "🙂龘", "a"]


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch):
    def refuse(*_):
        raise AssertionError("a file would have been downloaded")

    monkeypatch.setattr("tiktoken.load.read_file", refuse)
    monkeypatch.delenv(FOLDER, raising=False)


@pytest.mark.parametrize("text", TEXTS)
def test_every_way_keeps_every_byte(school, text):
    for way in ways(school.tokenizer):
        assert way.cut is None or b"".join(way.cut(text)) == text.encode()


def test_the_counts_are_those_of_the_text(school):
    counts = ENCODINGS.answer(school, {"text": "我爱 New York🙂"}).facts["counts"]
    assert counts == {
        "xiaobai": len(school.tokenizer.encode("我爱 New York🙂")), "characters": 12, "bytes": 6 + 9 + 4,
        "spaces": 3, "cl100k_base": None, "o200k_base": None,
    }  # fmt: skip


def test_languages_are_measured(school):
    rows = {row["id"]: row for row in ENCODINGS.answer(school, {"text": "a"}).value["languages"]}
    for name, _, sentence in SENTENCES:
        assert rows[name]["each"] == len(school.tokenizer.encode(sentence)) / len(sentence)
    assert rows["en"]["each"] < rows["id"]["each"] < rows["zh"]["each"] < rows["ko"]["each"]


def one(tmp_path, damage: bytes = b"") -> WellKnown:
    """An encoding whose file of ranks, 256 bytes and a pair, lies in a folder."""
    path = tmp_path / "ranks"
    save_ranks({**{bytes([i]): i for i in range(256)}, b"ab": 256}, path)
    found = WellKnown("little", sha256(path.read_bytes()).hexdigest(), Text("小", "little"))
    path.rename(tmp_path / found.file)
    (tmp_path / found.file).write_bytes((tmp_path / found.file).read_bytes() + damage)
    return found


def test_a_file_that_is_there_is_used(tmp_path, monkeypatch):
    little = one(tmp_path)
    ranks = {**{bytes([i]): i for i in range(256)}, b"ab": 256}
    made = tiktoken.Encoding("little", pat_str=r"\w+|\W+", mergeable_ranks=ranks, special_tokens={})
    monkeypatch.setattr(encodings.tiktoken, "get_encoding", {"little": made}.__getitem__)
    cut = encodings.well_known(little, str(tmp_path))
    assert cut is not None and cut("abc") == [b"ab", b"c"]


def test_a_file_that_is_damaged_or_missing_is_not(tmp_path):
    assert encodings.well_known(one(tmp_path, damage=b"x"), str(tmp_path)) is None
    assert encodings.well_known(WELL_KNOWN[0], str(tmp_path)) is None
    assert encodings.well_known(WELL_KNOWN[0], "") is None


def test_the_names_and_hashes_are_tiktokens_own(monkeypatch):
    """If tiktoken moved its files or changed them, the page would never find them."""
    from tiktoken_ext import openai_public  # noqa: PLC0415

    asked = {}
    monkeypatch.setattr(
        openai_public, "load_tiktoken_bpe", lambda at, expected_hash: asked.update({at: expected_hash})
    )
    for known in WELL_KNOWN:
        getattr(openai_public, known.name)()
        assert asked[encodings.ADDRESS.format(name=known.name)] == known.sha256
