"""No passage of the challenge is trained on, and the lesson corpus holds no piece of one."""

import pytest

from train.corpus import documents, read
from train.kept_out import FOLDER, MARK, hashes, kept_out, passages
from train.mix import training_part
from train.pretrain import LESSONS

PIECE = {"zh": 20, "en": 30}  # characters: longer than an ordinary turn of phrase of either language


def plain(language):
    return [passage.replace(MARK, "") for passage in passages(language)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_passages_are_enough_and_not_too_long(language):
    found = plain(language)
    assert len(set(found)) == len(found) >= 12
    assert all(60 <= len(text) <= 330 for text in found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_passage_is_refused_wherever_documents_are_chosen(language):
    text = plain(language)[0]
    ordinary = ["今天天气很好。", "The weather is fine."]
    assert training_part([*ordinary, text, f"标题\n{text}\n结尾"]) == ordinary
    assert kept_out(f"  {text} ") and not kept_out(text[:-1])


def test_every_passage_has_its_hash():
    assert len(hashes()) == len(plain("zh")) + len(plain("en"))
    assert {file.stem for file in FOLDER.glob("*.txt")} == {"zh", "en"}


@pytest.mark.slow
def test_no_piece_of_a_passage_stands_in_the_lesson_corpus():
    corpus = "\n\n".join(read(path) for path in sorted(LESSONS.glob("*.txt")))
    pieces = [
        text[i : i + size]
        for language, size in PIECE.items()
        for text in plain(language)
        for i in range(len(text) - size + 1)
    ]
    assert len(pieces) > 3000
    assert [piece for piece in pieces if piece in corpus] == []
    assert not any(kept_out(document) for document in documents(corpus))
