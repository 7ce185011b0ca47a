"""The everyday prompts: held out, with a rule that stands beside each, and counted as the rule says."""

from pathlib import Path

import pytest

from tests.fakes import FakePredictor
from train.corpus import read
from train.pretrain import LESSONS
from train.prompts import Prompt, ask, read_prompts, wilson

EVERYDAY = Path(__file__).resolve().parent.parent / "prompts" / "everyday.tsv"


def test_sixty_four_prompts_each_with_its_rule():
    prompts = read_prompts(EVERYDAY)
    assert len({prompt.text for prompt in prompts}) == len(prompts) == 64
    assert sum(prompt.language == "zh" for prompt in prompts) == 48
    for prompt in prompts:
        assert prompt.natural and all(prompt.natural) and prompt.text == prompt.text.strip()
        assert len(set(prompt.natural)) == len(prompt.natural), prompt.text


def test_none_stands_in_the_lesson_corpus():
    files = [*LESSONS.glob("**/*.txt"), *LESSONS.glob("**/*.tsv")]
    text = "\n".join(read(path) for path in files)
    assert [prompt.text for prompt in read_prompts(EVERYDAY) if prompt.text in text] == []


@pytest.mark.parametrize(
    ("language", "natural", "token", "counts"),
    [
        ("zh", "水 牛奶", "水", True),
        ("zh", "水 牛奶", "牛", True),
        ("zh", "。", "。”", True),
        ("zh", "水 牛奶", "奶", False),
        ("zh", "水", None, False),
        ("zh", "水", "", False),
        ("en", "water a", " water", True),
        ("en", "water a", " wat", True),
        ("en", "water a", " Water", True),
        ("en", "water a", " a", True),
        ("en", "water a", " w", False),
        ("en", "water a", "water", False),
        ("en", "water a", " waters", False),
        ("en", "water a", " ", False),
    ],
)
def test_a_token_counts_by_the_rule(language, natural, token, counts):
    assert Prompt(language, "", tuple(natural.split(" "))).accepts(token) is counts


def test_the_share_of_prompts_with_a_natural_token_among_five():
    predictor = FakePredictor({"你好": {"！": 0.9}, "太阳": {"从": 0.9}})
    prompts = [Prompt("zh", "你好", ("！", "，")), Prompt("zh", "太阳", ("升",))]
    report = ask(predictor, prompts)
    assert (report["natural"], report["share"], report["prompts"]) == (1, 0.5, 2)
    assert (report["low"], report["high"]) == wilson(1, 2)
    assert report["answers"][0]["top"][0] == "！" and len(report["answers"][0]["top"]) == 5


@pytest.mark.parametrize(("hits", "trials", "low", "high"), [(0, 10, 0, 0.2775), (10, 10, 0.7225, 1)])
def test_wilson_at_the_ends(hits, trials, low, high):
    assert wilson(hits, trials) == pytest.approx((low, high), abs=1e-4)
