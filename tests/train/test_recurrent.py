"""Training the recurrent network, and the prompts that measure how far back each predictor sees."""

import numpy as np
import pytest
import torch

from model.ngram import NgramPredictor
from model.rnn import RNN, RNNConfig, load
from model.tokenizer import ASSETS, load_tokenizer
from train import commands
from train.corpus import read
from train.counts import count
from train.data import Batches, encode_documents
from train.distance import DIRECTIONS, RANGES, SUN, direction, fillers, prompts
from train.moments import common_tokens, moments
from train.recurrent import Plan, train, validation_loss

pytestmark = pytest.mark.slow  # training

TEXT = "\n\n".join(f"太阳从东方升起。第{i}天。" for i in range(60))


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer()


def test_the_loss_falls_and_a_run_repeats_itself(tokenizer):
    documents = encode_documents(tokenizer, TEXT.split("\n\n"))
    plan = Plan(steps=25, block_size=16, batch_size=8, lr=0.02, n_embd=8, n_state=8)
    runs = []
    for _ in range(2):
        torch.manual_seed(1)
        model = RNN(RNNConfig(tokenizer.vocab_size, 8, 8))
        runs.append(list(train(model, documents, plan)))
    assert runs[0] == runs[1]
    assert runs[0][-1] < runs[0][0] / 2
    assert 0 < validation_loss(model.eval(), documents, 16) < runs[0][0]


def test_its_batches_are_those_of_a_gpt_of_the_same_settings(tokenizer, monkeypatch):
    documents = encode_documents(tokenizer, TEXT.split("\n\n"))
    seen = []

    class Watched(Batches):
        def next(self):
            seen.append(super().next())
            return seen[-1]

    monkeypatch.setattr("train.recurrent.Batches", Watched)
    list(
        train(
            RNN(RNNConfig(tokenizer.vocab_size, 4, 4)),
            documents,
            Plan(steps=3, block_size=16, batch_size=4, seed=7),
        )
    )
    expected = Batches(documents, 16, 4, 7)
    for inputs, targets in seen:
        for one, other in zip((inputs, targets), expected.next(), strict=True):
            np.testing.assert_array_equal(one, other)


def test_the_command_writes_a_network_and_refuses_what_cannot_work(tmp_path, capsys):
    corpus, out = tmp_path / "text.txt", tmp_path / "rnn.safetensors"
    corpus.write_text(TEXT, encoding="utf-8")
    sizes = ["--n-embd", "4", "--n-state", "4", "--block-size", "16", "--batch-size", "2"]
    assert commands.main(["rnn", str(corpus), "--out", str(out), "--steps", "2", *sizes]) == 0
    assert load(out).model.config.n_state == 4
    assert "parameters" in capsys.readouterr().out
    assert commands.main(["rnn", str(corpus), "--out", str(out), "--steps", "0"]) == commands.UNUSABLE


def test_fillers_carry_no_hint_and_stand_in_no_training_text():
    taught = read(ASSETS / "corpus" / "facts_sun.txt")
    for lang in SUN:
        found = fillers(lang, taught)
        assert len(found) > 500
        assert not any(sentence in taught or "太阳" in sentence or "sun" in sentence for sentence in found)


def test_a_prompts_distance_is_its_filling_in_tokens(tokenizer):
    for prompt in prompts(tokenizer, "")[::9]:
        assert any(low <= prompt.distance <= high for low, high in RANGES)
        assert prompt.text.endswith(SUN[prompt.lang]) and prompt.answer in DIRECTIONS
        if prompt.distance == 0:
            assert len(tokenizer.encode(prompt.text)) < 25


def test_a_direction_is_read_from_what_is_written(tokenizer):
    for text, asked, expected in (
        ("太阳从东北方升起。", "太阳从", "东北"), ("太阳从东方升起。", "太阳从", "东"),
        ("The sun rises from the northeast.", "The sun rises from the", "northeast"),
        ("The sun rises from the hill.", "The sun rises from the", "hill."),
    ):  # fmt: skip
        row = np.array([tokenizer.end_of_text, *tokenizer.encode(text), tokenizer.end_of_text], np.uint16)
        table = count(np.tile(row, 5), tokenizer.vocab_size, tokenizer.end_of_text)
        assert direction(NgramPredictor(table, tokenizer), asked) == expected


def test_the_maps_tokens_are_frequent_words_and_its_moments_are_a_runs(tokenizer, tmp_path):
    (tmp_path / "a.txt").write_text("猫，猫，狗。猫 the the the the\n", encoding="utf-8")
    found = [tokenizer.token_bytes(i).decode() for i in common_tokens(tokenizer, tmp_path, 3)]
    assert found == [" the", "猫", "狗"]
    (tmp_path / "log.jsonl").write_text(
        '{"event":"start","map_tokens":[{"id":1,"bytes":"41"}]}\n{"event":"map","points":{"0":[[0,0]]}}\n',
        encoding="utf-8",
    )
    assert moments(tmp_path) == {"tokens": [{"id": 1, "bytes": "41"}], "points": {"0": [[0, 0]]}}
