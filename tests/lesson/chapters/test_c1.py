"""What chapter 1 says about tokens is so, with the vocabulary that ships."""

import pytest

from lesson.chapters.c1_tokens import CHAPTER
from lesson.exhibits.pieces import PIECES
from lesson.predictions import Predictions
from lesson.school import School
from lesson.text import chips
from model import load
from model.bpe import split
from model.tokenizer import PATTERN

PARTS = {part.id: part for part in CHAPTER.parts}


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


def labels(school, text):
    tokenizer = school.tokenizer
    return [chip.label for chip in chips([tokenizer.token_bytes(i) for i in tokenizer.encode(text)])]


@pytest.mark.parametrize("part", CHAPTER.parts, ids=lambda part: part.id)
def test_the_opening_fulfils_nothing_and_every_solution_its_task(school, part):
    facts = part.exhibit.answer(school, part.opening).facts
    assert [task.id for task in part.tasks if task.done(facts)] == []
    for task in part.tasks:
        assert task.done(part.exhibit.answer(school, task.solution).facts), task.id


def test_the_vocabulary_is_as_large_as_the_prose_says(school):
    said = PARTS["numbers"].prose[0]
    assert f"{school.tokenizer.vocab_size:,}" in said.zh and f"{school.tokenizer.vocab_size:,}" in said.en
    assert all(school.tokenizer.encode(bytes([b]).decode("latin-1")) for b in range(128))
    held = {school.tokenizer.token_bytes(i) for i in range(school.tokenizer.vocab_size)}
    assert all(bytes([byte]) in held for byte in range(256))  # "all 256 bytes"


def test_roughly_a_character_or_a_word(school):
    assert labels(school, "周一上班真的很丧。") == list("周一上班真的很丧。")
    assert labels(school, "The sun rises") == ["The", "·sun", "·rises"]
    assert len(labels(school, "supercalifragilistic")) > 1  # "a rare one falls into several"
    assert split(PATTERN, "太阳") == ["太".encode(), "阳".encode()]  # "a section of its own"


@pytest.mark.parametrize("character", ["龘", "🙂"])
def test_the_hints_of_rare_characters_hold(school, character):
    task = {task.id: task for task in PARTS["bytes"].tasks}
    found = PIECES.answer(school, {"text": character})
    assert task["split"].done(found.facts)
    assert task["half"].done(
        PIECES.answer(school, {"text": character, "upto": found.facts["tokens"] - 1}).facts
    )


def test_a_full_stop_makes_the_end_likelier(school):
    ends = [
        PIECES.answer(school, {"text": text, "ends": True}).value["p_end"]
        for text in ("太阳从东边升起", "太阳从东边升起。")
    ]
    assert ends[1] > 100 * ends[0] and ends[1] > 0.02


def test_other_languages_pay(school):
    """The row that the hint points to is one of those that cost more than two tokens a character."""
    part = PARTS["ways"]
    task = next(task for task in part.tasks if task.id == "dear")
    rows = part.exhibit.answer(school, part.opening).value["languages"]
    longest = max(rows, key=lambda row: row["each"])
    assert task.done(part.exhibit.answer(school, {"text": longest["text"]}).facts)
    each = {row["id"]: row["each"] for row in rows}
    assert min(each["ja"], each["ru"], each["ko"]) > max(each["zh"], each["en"])
