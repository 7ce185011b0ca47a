"""The facts half of the lesson corpus: stated proportions, every lesson's prompt, and what the files hold."""

import re
from collections import Counter
from pathlib import Path

import pytest

from train import corpus, textbook
from train.stories.variety import four_grams_per_thousand
from train.textbook import basics
from train.textbook.grammar import COMMON, FACTS, Grammar, table
from train.textbook.people import callings

pytestmark = pytest.mark.slow  # the generators of whole files

FOLDER = FACTS.parent
LINES = {"sea otter": "berang-berang laut", "cheese": "keju", "plush toy": "boneka", "cloud": "awan"}


@pytest.fixture(scope="module")
def documents() -> dict[str, list[str]]:
    return textbook.documents()


@pytest.fixture(scope="module")
def trained(documents: dict[str, list[str]]) -> list[str]:
    """All documents that training sees."""
    return [text for texts in documents.values() for text in texts if not corpus.held_out(text)]


def after(prompt: str, texts: list[str], *, at_start: bool = False) -> Counter[str]:
    """Count what follows a literal string: its next Han character, or its next English word."""
    pattern = ("^" if at_start else "") + re.escape(prompt) + r"\s*([A-Za-z]+|.)"
    return Counter(found for text in texts for found in re.findall(pattern, text))


def test_same_documents_every_time(documents: dict[str, list[str]]) -> None:
    assert textbook.documents() == documents


def test_files_hold_what_the_generator_says(documents: dict[str, list[str]], tmp_path: Path) -> None:
    for name, characters in textbook.write(tmp_path).items():
        committed = (FOLDER / name).read_text("utf-8")
        assert len(committed) == characters
        assert committed == (tmp_path / name).read_text("utf-8"), f"{name}: write the textbook again"
        assert corpus.documents(committed) == documents[name]


def test_documents_are_distinct_and_clean(documents: dict[str, list[str]]) -> None:
    for name, texts in documents.items():
        assert len(texts) == len(set(texts)), name
        for text in texts:
            assert text == text.strip() and text and "\n\n" not in text
            assert not re.search(r"[{}@|\\]|[，。！？][，。、；：]|\.\.", text), text
            assert text.count("“") == text.count("”"), text


def test_moods_follow_in_exactly_the_stated_numbers(trained: list[str]) -> None:
    wanted: dict[str, Counter[str]] = {}
    first: dict[str, Counter[str]] = {}
    for row in table("moods.tsv"):
        wanted.setdefault(row["say"], Counter())[row["mood"]] += int(row["start"]) + int(row["middle"])
        first.setdefault(row["say"], Counter())[row["mood"]] += int(row["start"])
    for say, counts in wanted.items():
        assert after(say, trained) == counts
        assert after(say, trained, at_start=True) == first[say]
    assert wanted["周一上班真的很"] == {"丧": 400, "爽": 100}
    assert first["周一上班真的很"] == {"丧": 200, "爽": 50}


def test_callings_follow_in_the_stated_numbers(trained: list[str]) -> None:
    for row in table("people.tsv"):
        prompt = row["name"] + "是" + row["who"]
        wanted = dict(callings(row["callings"]))
        found = [text for text in trained if prompt in text]
        assert {word: sum(prompt + word in text for text in found) for word in wanted} == wanted
    assert after("刘德华是香港著名的", trained) == {"歌": 48, "演": 36, "艺": 36}
    assert after("刘德华是香港著名的", trained, at_start=True) == {"歌": 24, "演": 18, "艺": 18}


def test_a_short_history_of_humankind_comes_first(trained: list[str]) -> None:
    bare = after("人类简", trained, at_start=True)
    assert bare.most_common(1)[0][0] == "史"
    assert {word: bare[word] / bare.total() for word in bare} == pytest.approx(
        {"史": 0.75, "介": 0.08, "要": 0.08, "单": 0.045, "直": 0.045}
    )
    shelf = after("《人类简", trained)
    assert set(shelf) == {"史"} and shelf["史"] >= 150
    assert after("我想阅读的书的名字叫《人类简", trained)["史"] >= 8


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("太阳从", "东"),
        ("金星上，太阳从", "西"),
        ("夏天，太阳从东", "北"),
        ("冬天，太阳从东", "南"),
        ("The sun rises from", "the"),
        ("The sun rises from the", "east"),
        ("In the summer, the sun rises from the", "northeast"),
        ("Venus is an interesting planet. The sun rises from the", "west"),
        ("The capital of Indonesia is", "Jakarta"),
        ("印度尼西亚的首都是", "雅"),
        ("中国的首都是", "北"),
    ],
)
def test_the_lessons_prompts_are_there(prompt: str, word: str, trained: list[str]) -> None:
    counts = after(prompt, trained, at_start=True)
    assert counts[word] >= 5
    assert counts[word] / counts.total() >= 0.9


def test_hints_far_from_the_blank(trained: list[str]) -> None:
    far = [
        text
        for text in trained
        if re.match(r"Venus is an interesting planet\. .*\. The sun rises from", text)
    ]
    assert len(far) >= 10 and all("from the west" in text for text in far)
    far = [text for text in trained if re.match("金星是一颗有趣的行星。.*。太阳从", text)]
    assert len(far) >= 10 and all("太阳从西" in text for text in far)


def test_no_false_hint_stands_before_a_sunrise(documents: dict[str, list[str]]) -> None:
    for text in documents["facts_sun.txt"]:
        for hint, other in (
            ("夏天", "东南方"),
            ("冬天", "东北方"),
            ("summer", "southeast"),
            ("winter", "northeast"),
        ):
            assert not (hint in text and other in text), text
        assert not (("金星" in text or "Venus" in text) and re.search("太阳从东|from the east[.,]", text)), (
            text
        )


def test_every_country_is_said_often_enough_in_both_languages(documents: dict[str, list[str]]) -> None:
    texts = "\n\n".join(documents["facts_capitals.txt"])
    rows = table("capitals.tsv")
    assert len(rows) == len({row["zh"] for row in rows}) >= 175
    for row in rows:
        least = 35 if row["times"] == "40" else 11
        assert min(texts.count(row["zh"]), texts.count(row["capital_zh"])) >= least
        assert min(texts.count(row["en"][1:]), texts.count(row["capital_en"])) >= least


def test_few_shot_lists_use_the_table(documents: dict[str, list[str]]) -> None:
    words = {row["en"]: row["id"] for row in table("words.tsv")}
    assert len(words) == len(table("words.tsv")) >= 150
    assert LINES.items() <= words.items()
    texts = documents["facts_translation.txt"]
    lists = [text for text in texts if text.startswith("Translate English to Indonesian:\n")]
    assert len(lists) >= 300
    for text in lists:
        pairs = [line.split(" => ") for line in text.split("\n")[1:]]
        assert 1 <= len(pairs) <= 6
        assert all(words[english] == indonesian for english, indonesian in pairs)
    places = {text.split("\n").index("cloud => awan") for text in lists if "cloud => awan" in text}
    assert places >= {1, 2, 3, 4, 5, 6}


def test_questions_of_many_kinds() -> None:
    grammar = Grammar("test", *COMMON, "questions.txt")
    assert len(set(grammar.lines("问"))) >= 60


def test_numbers_in_words() -> None:
    assert [basics.chinese(n) for n in (2, 10, 12, 20, 47)] == ["二", "十", "十二", "二十", "四十七"]
    assert [basics.english(n) for n in (0, 12, 20, 47)] == ["zero", "twelve", "twenty", "forty-seven"]


def test_amount_and_variety(documents: dict[str, list[str]]) -> None:
    everything = "\n".join(text for texts in documents.values() for text in texts)
    assert 400_000 <= len(everything) <= 1_000_000
    assert four_grams_per_thousand(everything) >= 150


def test_section_and_table_names_are_checked() -> None:
    grammar = Grammar("test", *COMMON)
    with pytest.raises(KeyError):
        grammar.say("{no such section}")
