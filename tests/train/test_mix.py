from itertools import pairwise

import pytest

from tests.tiny import bytes_tokenizer
from train.corpus import CorpusError, held_out
from train.mix import MIX, held_out_part, read_documents, sources, training_part
from train.pretrain import LESSONS, encode_mix

HEAD = "file\tread\tlanguage\tkind\tdocuments\tcharacters\tlicence\tsource\tcommit\n"
FOUND = [f"第{i}篇文章" for i in range(400)]


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(FOUND), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n\n".join(FOUND[::-1]), encoding="gb18030")
    rows = [
        "a.txt\t0.5\tzh\tplain\t400\t2000\tCC0\thttps://a\tabc",
        'b.txt\t3\tzh\tfacts "q"\t1\t2\tMIT\tours\t-',
    ]
    (tmp_path / "mix.tsv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_a_mix_is_read(texts):
    first, second = sources(texts / "mix.tsv")
    assert (first.file, first.weight, first.kind, first.documents, first.licence) == (
        "a.txt",
        0.5,
        "plain",
        400,
        "CC0",
    )
    assert (second.weight, second.kind) == (3.0, 'facts "q"')


def test_the_shipped_mix_names_a_licence_and_a_weight_for_every_source():
    mix = sources(MIX)
    assert mix and all(s.weight > 0 and s.licence and s.source and s.file for s in mix)
    assert len({s.file for s in mix}) == len(mix)


def test_each_part_of_the_training_has_weights_of_its_own(texts):
    table = texts / "parts.tsv"
    table.write_text(
        HEAD.replace("read", "read\tfirst") + "a.txt\t2\t0\tzh\tx\t1\t1\tMIT\tours\t-\n", "utf-8"
    )
    assert [s.weight for s in sources(table)] == [2.0] and sources(table, "first") == ()
    with pytest.raises(CorpusError, match=r"parts\.tsv 里没有“last”这一列"):
        sources(table, "last")


def test_held_out_documents_are_never_trained_on():
    kept, trained = held_out_part(FOUND), training_part(FOUND)
    assert kept and not any(map(held_out, trained)) and all(map(held_out, kept))
    assert sorted(kept + trained) == sorted(FOUND)


def test_documents_come_from_the_first_folder_that_has_them(texts, tmp_path):
    assert read_documents("b.txt", texts / "none", texts) == FOUND[::-1]
    with pytest.raises(CorpusError, match=r"没有 c\.txt"):
        read_documents("c.txt", texts, LESSONS)


def test_a_mix_becomes_weighted_tokens(texts):
    tokenizer = bytes_tokenizer()
    training, validation = encode_mix(tokenizer, texts, sources(texts / "mix.tsv"))
    trained = len(training_part(FOUND))
    assert training.weights.tolist() == [0.5] * trained + [3.0] * trained
    held = [tokenizer.decode(validation.ids[a:b]) for a, b in pairwise(validation.starts)]
    assert held == held_out_part(FOUND)  # of plain text alone
