import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from model.checkpoint import Checkpoint
from model.config import GPTConfig
from model.gpt import GPT
from tests.tiny import bytes_tokenizer, random_gpt
from train.corpus import held_out
from train.evaluate import evaluate_documents, evaluate_files, scored_windows


def untrained(words=()) -> Checkpoint:
    tokenizer = bytes_tokenizer(words)
    return Checkpoint(GPT(GPTConfig(tokenizer.vocab_size, 8, 1, 2, 8)).eval(), tokenizer, {})


def test_a_model_without_opinion_costs_the_logarithm_of_its_vocabulary():
    """Two documents, one of 4 characters in 12 bytes and as many tokens, one of 30 bytes."""
    report = evaluate_documents(untrained(), ["周一上班", "a" * 30])
    assert report["loss"] == pytest.approx(math.log(257), rel=1e-6)
    assert (report["tokens"], report["characters"], report["bytes"]) == (42, 34, 42)
    assert report["bits_per_byte"] == pytest.approx(math.log2(257), rel=1e-6)
    assert report["bits_per_char"] == pytest.approx(math.log2(257) * 42 / 34, rel=1e-6)


def test_tokens_of_several_bytes_cost_less_a_byte():
    report = evaluate_documents(untrained(["周".encode()]), ["周周周周"])
    assert (report["tokens"], report["characters"], report["bytes"]) == (4, 4, 12)
    assert report["bits_per_byte"] == pytest.approx(math.log2(258) / 3, rel=1e-6)
    assert report["bits_per_char"] == pytest.approx(math.log2(258), rel=1e-6)


def test_windows_and_batches_change_nothing():
    """Every document read by itself, token by token, in the context that it is said to have."""
    checkpoint = Checkpoint(random_gpt(), bytes_tokenizer(), {})
    found = ["a", "abc", "周一上班真的很累", "x" * 100, "The sun rises.", "b" * 8, "c" * 9]
    nats = 0.0
    for document in found:
        ids = [256, *document.encode()]
        for place in range(1, len(ids)):
            begin = 0
            while begin + 8 < place:  # the first window of eight that reaches so far, four further each
                begin += 4
            logits, _ = checkpoint.model(torch.tensor([ids[begin:place]]))
            nats += F.cross_entropy(logits[0, -1], torch.tensor(ids[place])).item()
    report = evaluate_documents(checkpoint, found)
    assert report["loss"] * report["tokens"] == pytest.approx(nats, rel=1e-4)


@given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 12))
def test_windows_score_every_token_once(ids, block_size):
    scored, seen = [], []
    for window, skip in scored_windows(ids, block_size):
        assert 2 <= len(window) <= block_size + 1 and 0 <= skip < len(window) - 1
        scored += window[1 + skip :]
        seen.append(skip)
    assert scored == ids[1:]
    assert all(
        skip >= block_size // 2 for skip in seen[1:]
    )  # what is scored later has half a block before it


def test_files_are_cut_into_documents_and_may_be_held_out(tmp_path):
    found = [f"第{i}篇" for i in range(1000)]
    (tmp_path / "a").write_text("\n\n".join(found[:100]), encoding="utf-8")
    (tmp_path / "b").write_text("\n\n\n".join(found[100:]), encoding="gb18030")
    paths = [tmp_path / "a", tmp_path / "b"]
    assert evaluate_files(untrained(), paths) == evaluate_documents(untrained(), found)
    kept = [d for d in found if held_out(d)]
    assert kept and evaluate_files(untrained(), paths, only_held_out=True) == evaluate_documents(
        untrained(), kept
    )


@pytest.mark.parametrize("text", ["", "\n\n \n"])
def test_no_text_cannot_be_measured(tmp_path, text):
    (tmp_path / "a").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="no text to measure"):
        evaluate_files(untrained(), [tmp_path / "a"])
