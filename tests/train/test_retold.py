"""The tales with slots: every one can be told, and what comes out is well formed."""

import random
import re
from collections import Counter

import pytest

from train.corpus import documents, read
from train.stories.grammar import TemplateError
from train.stories.retold import MOST, MOST_ALIKE, NAMES, TALES, beginnings, first_sentences, tell, tellings


def test_a_word_that_was_chosen_is_said_again():
    tale = "{girl}有一只{pet=猫/狗}。{pet}[跑/跳]了，{girl2}和{girl}笑了。"
    told = {tell(tale, NAMES["zh"], random.Random(seed)) for seed in range(30)}
    assert len(told) > 10
    for text in told:
        name, pet, act, other, again = re.fullmatch(
            r"(..)有一只(.)。(.)(?:跑|跳)了，(..)和(..)笑了。", text
        ).groups()
        assert pet == act and name == again != other


@pytest.mark.parametrize("tale", ["{who}来了。", "[早/晚", "一/二", "{a=猫}在{b}上。", "一\n二"])
def test_a_tale_that_cannot_be_told_is_refused(tale):
    with pytest.raises(TemplateError):
        tell(tale, NAMES["zh"], random.Random(0))


@pytest.mark.parametrize("name", ["girl", "boy"])
@pytest.mark.parametrize("language", NAMES)
def test_names_tell_girls_from_boys(language, name):
    assert len(set(NAMES[language][name])) == len(NAMES[language][name]) >= 10
    assert not set(NAMES[language]["girl"]) & set(NAMES[language]["boy"])


def test_a_language_is_told_from_its_own_files(tmp_path):
    (tmp_path / "zh_a.txt").write_text("[一/二/三]只猫。\n\n{girl}笑了。\n", encoding="utf-8")
    (tmp_path / "en_a.txt").write_text("a [ape/owl] sat.\n", encoding="utf-8")
    assert tellings("en", seed=1, folder=tmp_path)[0] in ("An ape sat.", "An owl sat.")
    told = tellings("zh", seed=1, folder=tmp_path)
    assert len(told) == 2 and told == tellings("zh", seed=1, folder=tmp_path)


def test_beginnings_are_short_and_in_the_words_of_the_whole_tale(tmp_path):
    long = "很" * MOST["zh"][0]
    tales = ("狗来了。猫跑了。鸟飞了。", f"他{long}高。我矮。", f"我矮。他{long}高。", "“你好！”“你好！”")
    (tmp_path / "zh_a.txt").write_text("\n\n".join(tales), encoding="utf-8")
    told = tellings("zh", seed=1, folder=tmp_path)
    begun = beginnings(told, "zh", seed=1)
    assert sorted(begun) == sorted(["狗来了。", "狗来了。猫跑了。", tales[1], "我矮。", tales[2]])
    assert begun == beginnings(told, "zh", seed=1)


def test_few_beginnings_are_alike():
    tales = [f"今天天气{i}。" for i in range(2 * MOST_ALIKE)] + ["今天下雨。"]
    begun = beginnings(tales, "zh", seed=1)
    assert len(begun) == MOST_ALIKE + 1 and "今天下雨。" in begun


@pytest.mark.parametrize(
    ("text", "number", "begun"),
    [
        ("猫跑了。狗来了。", 1, "猫跑了。"),
        ("猫跑了。狗来了。", 5, "猫跑了。狗来了。"),
        ("妈妈说：“别怕。我来了。”他笑了。", 1, "妈妈说：“别怕。我来了。”"),
        ("“几点了？”“三点。”", 1, "“几点了？”“三点。”"),
        ("A cat ran. It fell.", 1, "A cat ran."),
        ('Ann asked, "Where is he?" and ran. He hid.', 1, 'Ann asked, "Where is he?" and ran.'),
    ],
)
def test_a_text_ends_early_only_where_a_sentence_does(text, number, begun):
    assert first_sentences(text, number) == begun


@pytest.mark.slow  # tells every tale
@pytest.mark.parametrize("language", NAMES)
def test_every_tale_can_be_told_and_is_a_tale_of_its_own(language):
    tales = [tale for path in TALES.glob(f"{language}_*.txt") for tale in documents(read(path))]
    assert len(tales) > 2_000 and [tale for tale, n in Counter(tales).items() if n > 1] == []
    told = tellings(language, seed=1)
    assert 0.99 * len(tales) < len(told) <= len(tales)
    begun = beginnings(told, language, seed=1)
    assert len(set(begun)) == len(begun) > 4_000 and max(map(len, begun)) <= MOST[language][1]
    assert all(any(text.startswith(beginning) for text in told) for beginning in begun[:20])
    for text in told:
        assert "\n" not in text and text[-1] in '.!?"。！？”…', text
        if language == "en":
            assert text.isascii() and text.count('"') % 2 == 0, text
            assert not re.search(r"\b[Aa] [aeio]|  |[\[\]{}|=/]", text), text
        else:
            assert not re.search(r"[A-Za-z,.!?:;\"'()<>\s]", text), text
            assert not re.search(r"[，。！？][，。、；：]", text), text
            assert text.count("“") == text.count("”"), text
