import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.predictor import GPTPredictor, NextToken
from model.report import generate_report, predict_report, token_text, tokenize_report
from model.sampling import Sampling
from tests.fakes import HOSTILE
from tests.tiny import bytes_tokenizer, random_gpt

KNOBS = [
    Sampling(),
    Sampling(0),
    Sampling(0.3, 5, 0.8),
    Sampling(5.0),
    Sampling(1.0, 1),
    Sampling(1.0, None, 0.1),
]


@pytest.fixture(scope="module")
def wide():
    return GPTPredictor(random_gpt(258), bytes_tokenizer(["上".encode()]))


@pytest.mark.parametrize("rows", [0, 1, 10, 257, 258, 1000])
@pytest.mark.parametrize("knobs", KNOBS, ids=str)
def test_listed_and_rest_are_one_and_the_knobs_never_touch_p(wide, rows, knobs):
    report = predict_report(wide, "周上", rows, knobs)
    plain = predict_report(wide, "周上", rows, Sampling())
    assert set(report) == {"context", "top", "rest", "rest_shaped", "entropy_bits"}
    assert len(report["top"]) == min(rows, 258)
    assert [(r["id"], r["p"]) for r in report["top"]] == [(r["id"], r["p"]) for r in plain["top"]]
    assert (report["rest"], report["entropy_bits"]) == (plain["rest"], plain["entropy_bits"])
    assert sum(r["p"] for r in report["top"]) + report["rest"] == pytest.approx(1, abs=1e-6)
    assert sum(r["p_shaped"] for r in report["top"]) + report["rest_shaped"] == pytest.approx(1, abs=1e-6)
    for row in report["top"]:
        assert set(row) == {"id", "token", "bytes", "p", "p_shaped"}
        assert bytes.fromhex(row["bytes"]) == wide.tokenizer.token_bytes(row["id"])
        assert row["token"] == token_text(wide.tokenizer, row["id"])


def test_cut_tokens_have_no_probability_at_all(wide):
    report = predict_report(wide, "周", 258, Sampling(top_k=5))
    assert all(row["p_shaped"] > 0 for row in report["top"][:5])
    assert all(row["p_shaped"] == 0.0 and row["p"] > 0 for row in report["top"][5:])
    greedy = predict_report(wide, "周", 258, Sampling(0))
    assert [row["p_shaped"] for row in greedy["top"]] == [1.0] + [0.0] * 257


def test_p_is_over_the_whole_vocabulary_at_temperature_one(wide):
    report = predict_report(wide, "周", 258, Sampling(0.2, 3, 0.5))
    logits = wide.next_token(report["context"]).logits.astype(np.float64)
    probs = np.exp(logits) / np.exp(logits).sum()
    assert [row["p"] for row in report["top"]] == pytest.approx(sorted(probs, reverse=True), rel=1e-9)
    assert report["entropy_bits"] == pytest.approx(-(probs * np.log2(probs)).sum())


def test_every_context_begins_with_end_of_text(wide):
    assert predict_report(wide, "", 3, Sampling())["context"] == [257]
    assert predict_report(wide, "上a", 3, Sampling())["context"] == [257, 256, 97]


def test_a_token_is_null_where_its_bytes_are_no_whole_character(wide):
    rows = {r["id"]: r["token"] for r in predict_report(wide, "", 258, Sampling())["top"]}
    assert (rows[97], rows[256], rows[0xE4], rows[257]) == ("a", "上", None, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_has_reports_that_json_can_hold(wide, text):
    clean = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    for report in (
        predict_report(wide, text, 5, Sampling()),
        generate_report(wide, text, 3, Sampling(), 0),
        tokenize_report(wide.tokenizer, text),
    ):
        again = json.dumps(report, ensure_ascii=False, allow_nan=False).encode()
        assert json.loads(again) == report
    assert generate_report(wide, text, 0, Sampling(), 0) == {"text": clean, "continuation": "", "steps": []}


@settings(max_examples=30)
@given(st.integers(0, 10**18), st.sampled_from(KNOBS))
def test_the_same_seed_writes_the_same_and_every_step_is_true(seed, knobs):
    llm = GPTPredictor(random_gpt(258), bytes_tokenizer(["上".encode()]))
    report = generate_report(llm, "周上", 6, knobs, seed)
    assert report == generate_report(llm, "周上", 6, knobs, seed)
    assert set(report) == {"text", "continuation", "steps"}
    context = [257, *llm.tokenizer.encode("周上")]
    for step in report["steps"]:
        assert set(step) == {"id", "token", "p", "p_shaped", "dice"}
        assert step["p"] == pytest.approx(llm.next_token(context).probs[step["id"]], rel=1e-3)
        assert step["p_shaped"] > 0 and 0 <= step["dice"] < 1
        context.append(step["id"])
    assert report["continuation"] == llm.tokenizer.decode([s["id"] for s in report["steps"]])
    assert report["text"] == "周上" + report["continuation"]


def test_writing_ends_where_the_model_ends_its_text(wide, monkeypatch):
    monkeypatch.setattr(wide, "session", lambda: lambda _: NextToken(np.eye(258)[257] * 100))
    report = generate_report(wide, "周", 5, Sampling(), 0)
    assert [s["id"] for s in report["steps"]] == [257]
    assert (report["text"], report["continuation"]) == ("周", "")


@given(st.text())
def test_the_bytes_of_the_tokens_are_the_texts(text):
    rows = tokenize_report(bytes_tokenizer(["上".encode()]), text)["tokens"]
    assert b"".join(bytes.fromhex(row["bytes"]) for row in rows) == text.encode()
    assert all(set(row) == {"id", "text", "bytes"} for row in rows)
