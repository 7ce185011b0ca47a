"""The short texts that were written one by one: well formed, and of one language a file."""

import re

import pytest

from train.corpus import documents, read
from train.kept_out import kept_out
from train.pretrain import LESSONS


@pytest.fixture(scope="module", params=["tales_zh.txt", "tales_en.txt"])
def tales(request: pytest.FixtureRequest) -> list[str]:
    return documents(read(LESSONS / request.param))


def test_each_is_one_finished_paragraph(tales: list[str]) -> None:
    assert len(tales) == len(set(tales)) > 1_500
    assert not [text for text in tales if "\n" in text or text[-1] not in '.!?"。！？”']


def test_each_is_of_one_language(tales: list[str]) -> None:
    for text in tales:
        if text.isascii():
            assert text.count('"') % 2 == 0, text
        else:
            assert not re.search(r"[A-Za-z,.!?:;\"'()<>]", text), text
            assert text.count("“") == text.count("”"), text
    assert len({text.isascii() for text in tales}) == 1


def test_none_is_a_passage_of_the_challenge(tales: list[str]) -> None:
    assert not [text for text in tales if kept_out(text)]
