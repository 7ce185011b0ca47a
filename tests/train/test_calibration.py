"""Reliability by hand, and the same figures from a predictor as from the evaluation of its checkpoint."""

import json
import math

import numpy as np
import pytest
import torch

from model.checkpoint import Checkpoint
from model.config import GPTConfig
from model.gpt import GPT
from model.predictor import GPTPredictor, NextToken
from model.tokenizer import load_tokenizer
from tests.fakes import FakePredictor, FakeTokenizer
from train.calibration import BINS, calibrate, chart, reliability
from train.compare import measure, per_unit, table
from train.evaluate import evaluate_documents
from train.scoring import predictions


def test_a_case_worked_out_by_hand():
    confidence = np.array([0.95, 0.95, 0.95, 0.95, 0.5, 0.5, 0.05])
    correct = np.array([True, True, True, False, True, False, False])
    report = reliability(confidence, correct, bins=10)
    # 4 of 7 in the last bin miss by 0.95 - 0.75, 2 in the fifth by nothing, 1 in the first by 0.05
    assert report["ece"] == pytest.approx((4 * 0.2 + 2 * 0 + 0.05) / 7)
    assert [b["count"] for b in report["bins"]] == [1, 0, 0, 0, 2, 0, 0, 0, 0, 4]
    assert report["bins"][9]["accuracy"] == 0.75 and report["bins"][9]["confidence"] == pytest.approx(0.95)
    assert report["bins"][1]["accuracy"] is None
    assert report["accuracy"] == 4 / 7 and report["tokens"] == 7
    assert json.loads(json.dumps(report)) == report
    assert chart(report).endswith("expected calibration error 0.1214 over 7 tokens")


def test_the_edges_fall_into_a_bin():
    report = reliability(np.array([0.0, 1 / BINS, 1.0], np.float32), np.array([False, False, True]))
    assert sum(b["count"] for b in report["bins"]) == 3 and report["bins"][-1]["count"] == 1


def test_gaps_of_both_signs_do_not_cancel_between_bins():
    report = reliability(np.array([0.9, 0.1]), np.array([False, True]))
    assert report["ece"] == pytest.approx(0.9) and report["accuracy"] == report["confidence"] == 0.5


def test_without_text_there_is_nothing_to_measure():
    with pytest.raises(ValueError, match="no text"):
        calibrate(FakePredictor(), [])


class Honest:
    """Says 3/4 for one of two tokens, whatever came before."""

    tokenizer, block_size = FakeTokenizer(), 4

    def next_token(self, context):
        probs = np.full(self.tokenizer.vocab_size, 1e-12)
        probs[ord("a")], probs[ord("b")] = 0.75, 0.25
        return NextToken(np.log(probs))

    def session(self):
        return self.next_token


def test_one_that_says_what_happens_is_calibrated():
    assert calibrate(Honest(), ["aaab", "aaba"])["ece"] == pytest.approx(0, abs=1e-9)
    assert calibrate(Honest(), ["aaaa"])["ece"] == pytest.approx(0.25)
    bits = per_unit([measure(Honest(), ["aaab"])])["bits_per_char"]
    assert bits == pytest.approx((3 * math.log2(4 / 3) + 2) / 4)


@pytest.fixture(scope="module")
def small():
    """A small model of random weights, with its tokenizer."""
    torch.manual_seed(0)
    tokenizer = load_tokenizer()
    model = GPT(GPTConfig(tokenizer.vocab_size, block_size=8, n_layer=1, n_head=1, n_embd=8))
    torch.nn.init.normal_(model.head.weight)
    return Checkpoint(model.eval(), tokenizer, {})


DOCUMENTS = ["今天天气很好，我们一起去公园玩。", "The cat sat on the mat.", "好"]


def test_windows_give_every_token_once_and_the_figures_of_the_evaluation(small):
    predictor = GPTPredictor(small.model, small.tokenizer)
    truth = np.concatenate([truth for _, truth in predictions(predictor, DOCUMENTS)])
    assert sorted(truth) == sorted(i for d in DOCUMENTS for i in small.tokenizer.encode(d))
    ours, theirs = per_unit([measure(predictor, DOCUMENTS)]), evaluate_documents(small, DOCUMENTS)
    for name in ("bits_per_char", "bits_per_byte", "loss", "tokens"):
        assert ours[name] == pytest.approx(theirs[name], rel=1e-5)


def test_a_comparison_is_a_table_with_a_row_a_source():
    figures = {"bits_per_char": 5.0, "bits_per_byte": 1.75}
    text = table({"5-gram": {"plain": figures}, "小白": {"plain": figures}})
    assert text.splitlines()[-1] == "| plain | 5.000 | 1.750 | 5.000 | 1.750 |"
