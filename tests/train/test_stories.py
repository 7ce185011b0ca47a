"""The stories and everyday texts: deterministic, distinct, well formed, and what the files hold."""

import random
import re
from pathlib import Path

import pytest

from train import stories
from train.stories.grammar import Expansion, TemplateError
from train.stories.tables import FOLDER, read_words
from train.stories.variety import four_grams_per_thousand, variety

pytestmark = pytest.mark.slow  # the generators of whole files

CHINESE = ("stories_zh.txt", "everyday_zh.txt", "openings_zh.txt", "poems_bare_zh.txt", "poems_zh.txt")


@pytest.fixture(scope="module")
def documents() -> dict[str, list[str]]:
    return stories.documents()


def test_generation_is_deterministic(documents: dict[str, list[str]]) -> None:
    assert stories.documents() == documents


def test_committed_files_equal_generator_output(tmp_path: Path) -> None:
    for name, characters in stories.write(tmp_path).items():
        committed = (FOLDER.parent / name).read_text("utf-8")
        assert len(committed) == characters
        assert committed == (tmp_path / name).read_text("utf-8")


def test_documents_are_distinct_blocks(documents: dict[str, list[str]]) -> None:
    assert all(len(texts) == len(set(texts)) for texts in documents.values())
    begun = ("beginnings_", "sentences_")  # say again how the tales begin
    everything = [text for name, texts in documents.items() if not name.startswith(begun) for text in texts]
    assert len(everything) == len(set(everything))
    assert all(text.strip() == text and "\n\n" not in text and text for text in everything)


def test_no_template_marks_remain(documents: dict[str, list[str]]) -> None:
    for texts in documents.values():
        assert not [text for text in texts if re.search(r"[\[\]{}|\\@%]", text)]


def test_hero_is_named_again_and_again(documents: dict[str, list[str]]) -> None:
    words = read_words("words_zh.txt")
    names = [item for table in ("name", "boy", "girl") for item in words[table]]
    assert len(set(names)) >= 80
    for text in documents["stories_zh.txt"]:
        assert max(text.count(name) for name in names) >= 3, text
    names = [item for table in ("boy", "girl") for item in read_words("words_en.txt")[table]]
    for text in documents["stories_en.txt"]:
        assert max(len(re.findall(rf"\b{name}\b", text)) for name in names) >= 3, text


def test_chinese_has_full_width_punctuation_only(documents: dict[str, list[str]]) -> None:
    for name in CHINESE:
        for text in documents[name]:
            assert not re.search(r"[,.!?:;\"'()<>]", text), text
            assert not re.search(r"[，。！？][，。、；：]", text), text
            assert not re.search(r"吗。|静偷偷|——。|[一-鿿]”[一-鿿]{2}$", text), text
            assert text.count("“") == text.count("”"), text


def test_english_has_no_chinese_characters(documents: dict[str, list[str]]) -> None:
    for name in ("stories_en.txt", "everyday_en.txt"):
        assert not [text for text in documents[name] if not text.isascii()]
        assert not [text for text in documents[name] if re.search(r"\ba [aeio]|  ", text)]


def test_chinese_variety_over_a_mixed_sample(documents: dict[str, list[str]]) -> None:
    mixed = [text for name in CHINESE for text in documents[name]]
    assert variety(mixed, 10_000) > 600


def test_four_grams_of_known_texts() -> None:
    assert four_grams_per_thousand("abcd" * 250) == 4.0
    assert four_grams_per_thousand("abc") == 0.0


def test_expansion_keeps_a_word_and_finds_another() -> None:
    expansion = Expansion({"thing": ["风筝@只", "书@本"]}, random.Random(0))
    first = expansion.text("{thing}")
    assert expansion.text("{thing}") == first
    assert expansion.text("{thing2}") != first
    assert expansion.word("thing.m") == {"风筝": "只", "书": "本"}[first]


@pytest.mark.parametrize("template", ["{missing}", "[a/b", "a]b", "{open"])
def test_broken_templates_are_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        Expansion({}, random.Random(0)).text(template)
