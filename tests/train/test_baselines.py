import math

import numpy as np
import pytest

from tests.tiny import CONFIG, TEXT, bytes_tokenizer, trainer
from train.baselines import add_one, baseline_losses, kneser_ney
from train.data import TokenDocuments, split


def row(ids) -> TokenDocuments:
    return TokenDocuments(np.array(ids, np.uint16), np.array([0, len(ids)]), np.ones(1))


def test_both_are_distributions_over_the_whole_vocabulary():
    rng = np.random.default_rng(0)
    ids = rng.integers(0, 20, 500)
    assert add_one(np.bincount(ids, minlength=25).astype(float)).sum() == pytest.approx(1)
    for before in (0, 7, 24):  # 24 never occurs: nothing is known of what follows it
        p = kneser_ney(ids, np.ones(500), 25, np.full(25, before), np.arange(25))
        assert p.sum() == pytest.approx(1) and (p > 0).all()


def test_a_bigram_model_knows_what_follows_what():
    losses = baseline_losses(row([0, 1, 2] * 200), row([0, 1, 2] * 20), vocab_size=3, most=60)
    assert losses["unigram"] == pytest.approx(math.log(3), abs=0.01)
    assert losses["bigram"] < 0.02


def test_weights_count_as_often_as_a_pass_reads():
    ids = np.array([0] * 10 + [1] * 10, np.uint16)
    heavy = TokenDocuments(ids, np.array([0, 10, 20]), np.array([9.0, 1.0]))
    zeros = baseline_losses(heavy, row([0] * 5), vocab_size=2, most=4)
    assert zeros["unigram"] == pytest.approx(-math.log(91 / 102))


def test_a_run_tells_them_and_they_lie_in_order(tmp_path):
    start = next(iter(trainer(tmp_path).run()))
    told = start["baselines"]
    assert told["bigram"] < told["unigram"] < start["uniform_loss"]
    training, validation = split(bytes_tokenizer(), TEXT.split("\n\n"), CONFIG.block_size)
    size = (len(validation.ids) - 1) // CONFIG.block_size
    most = min(CONFIG.eval_windows, size) * CONFIG.block_size
    assert told == baseline_losses(training, validation, 257, most)
