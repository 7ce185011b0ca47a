"""What the page is told: rows that add up, chips that say what they stand for, JSON without surprises."""

from __future__ import annotations

import base64
import dataclasses
import json

import numpy as np
import pytest
import torch

from lesson import playground
from lesson.params import knobs
from lesson.predictions import Predictions
from lesson.text import clean, visible
from lesson.ui.components import as_value
from lesson.ui.playground import answered, edit, pick, respond, step, turn, with_model
from lesson.views.scene import PARTS, scene
from model.config import GPTConfig
from model.gpt import GPT
from model.predictor import GPTPredictor
from tests.fakes import HOSTILE, FakePredictor, FakeTokenizer


@pytest.fixture
def predictions() -> Predictions:
    return Predictions(FakePredictor())


def tiny_gpt() -> GPTPredictor:
    torch.manual_seed(0)
    tokenizer = FakeTokenizer()
    model = GPT(GPTConfig(vocab_size=tokenizer.vocab_size, block_size=8, n_layer=2, n_head=2, n_embd=16))
    model.head.weight.data.normal_()
    return GPTPredictor(model, tokenizer)  # type: ignore[arg-type]


@pytest.mark.parametrize("turned", [{}, {"temperature": 0.5}, {"top_k": 2}, {"top_p": 0.5}, {"greedy": True}])
@pytest.mark.parametrize("rows", [1, 9, 50])
def test_rows_add_up_to_one(predictions: Predictions, turned: dict, rows: int) -> None:
    state = playground.open_text(predictions.tokenizer, "周一上班真的很", knobs({**turned, "rows": rows}))
    bars = scene(playground.draw_100(state), predictions)["bars"]
    assert bars["turned"] is bool(turned)
    for shown in range(rows + 1):
        for key, total in (("p", 1), ("q", 1), ("n", 100)):
            rest = bars["rest" if key == "p" else f"rest_{key}"][shown]
            assert sum(row[key] for row in bars["rows"][:shown]) + rest == pytest.approx(total, abs=1e-9)
    raw = predictions(state.context)
    assert [row["p"] for row in bars["rows"]] == [float(raw.probs[row["id"]]) for row in bars["rows"]]
    if turned.get("top_k"):
        assert [row["cut"] for row in bars["rows"][:3]] == [False, False, True][:rows]


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: ascii(raw)[:32])
def test_chips_say_exactly_what_was_typed(predictions: Predictions, raw: str) -> None:
    state = playground.open_text(predictions.tokenizer, raw)
    strip = scene(state, predictions)["strip"]
    begin, *chips = strip["chips"]
    assert begin["end"] and begin["ids"] == [predictions.tokenizer.end_of_text]
    text = "".join(chip["label"] for chip in chips).replace("◌", "")
    assert text == visible(clean(raw)).replace("◌", "")
    assert all("".join(part for part, _ in chip["s"]) == chip["label"] for chip in chips)
    assert bytes.fromhex("".join(chip["hex"] for chip in chips)) == clean(raw).encode()
    assert "\ufffd" not in text
    json.loads(as_value(strip))


def test_what_lies_left_of_the_block_is_marked(predictions: Predictions) -> None:
    strip = scene(playground.open_text(predictions.tokenizer, "周一" * 10), predictions)["strip"]
    assert [chip["gone"] for chip in strip["chips"]] == [True] * 5 + [False] * 16
    assert strip["gone"] == 5 and strip["block"] == 16


def test_the_throw_shows_what_happened(predictions: Predictions) -> None:
    state = playground.step(playground.open_text(predictions.tokenizer, "周一上班真的很"), predictions)
    throw = scene(state, predictions)["throw"]
    assert (
        throw["last"]["how"] == "drawn"
        and throw["last"]["low"] <= throw["last"]["dice"] <= throw["last"]["high"]
    )
    ends = [stretch["low"] + stretch["q"] for stretch in throw["stretches"]]
    assert [stretch["low"] for stretch in throw["stretches"]] == pytest.approx([0.0, *ends[:-1]])


def test_vectors_are_the_models_own() -> None:
    predictions = Predictions(tiny_gpt())
    state = playground.open_text(predictions.tokenizer, "周一上班真的很周一上班真的很")
    brain = scene(state, predictions)["brain"]
    vectors = predictions.see(state.context).vectors
    told = np.frombuffer(base64.b64decode(brain["vectors"]["data"]), np.int8).reshape(3, 16)
    peaks = np.array(brain["vectors"]["peaks"])[:, None]
    assert np.abs(told / 127 * peaks - vectors).max() <= (peaks / 127).max()
    assert brain["about"]["parameters"] == sum(p.numel() for p in predictions.predictor.model.parameters())
    plain = predictions.predictor.next_token(state.context)
    assert predictions(state.context).probs == pytest.approx(plain.probs, abs=1e-6)


def test_a_predictor_without_vectors_invents_none(predictions: Predictions) -> None:
    assert scene(playground.open_text(predictions.tokenizer, ""), predictions)["brain"]["vectors"] is None


def test_the_same_context_is_worked_out_once() -> None:
    fake = FakePredictor()
    predictions = Predictions(fake)
    state = playground.open_text(fake.tokenizer, "周一")
    for _ in range(5):
        scene(state, predictions)
    assert fake.calls == 1 and predictions.milliseconds is not None


def test_a_reply_names_its_action_and_step(predictions: Predictions) -> None:
    state = playground.open_text(predictions.tokenizer, "周一")
    new, reply = answered(state, predictions, step, {"answer": 7})
    assert set(reply) == set(PARTS)
    assert {(part["answer"], part["version"], part["length"]) for part in reply.values()} == {(7, 1, 4)}
    assert reply["strip"]["move"]["id"] == new.context[-1]


@pytest.mark.parametrize(
    "move, data",
    [
        (pick, {"id": 3, "version": 9, "length": 3}),
        (pick, {}),
        (turn, {"values": {"temperature": float("nan")}}),
        (turn, {"values": "x"}),
        (edit, {"text": None}),
        (edit, "no dictionary"),
        (pick, None),
    ],
)
def test_a_refused_move_changes_nothing_and_says_why(predictions: Predictions, move, data) -> None:
    state = playground.open_text(predictions.tokenizer, "周一")
    new, reply = answered(state, predictions, move, data)
    assert new is state
    assert reply["strip"]["notice"]["zh"] and reply["strip"]["notice"]["en"]


def test_too_long_a_text_is_kept(predictions: Predictions) -> None:
    state = playground.open_text(predictions.tokenizer, "周一")
    _, reply = answered(state, predictions, edit, {"text": "很" * 2_001})
    assert reply["strip"]["draft"] == "很" * 2_001 and "2,001" in reply["strip"]["notice"]["zh"]
    _, reply = answered(state, predictions, edit, {"text": "\ud83d" * 5_000})
    as_value(reply).encode()


def test_a_failing_model_is_said_in_a_sentence(predictions: Predictions) -> None:
    state = playground.open_text(predictions.tokenizer, "周一")

    def breaks(*_: object) -> playground.Playground:
        raise RuntimeError("out of order")

    new, reply = answered(state, predictions, breaks, {"answer": 1})
    assert new is state and "再试" in reply["strip"]["notice"]["zh"]


def test_views_are_frozen_values(predictions: Predictions) -> None:
    state = playground.open_text(predictions.tokenizer, "周一")
    assert scene(state, predictions)["bars"] == scene(dataclasses.replace(state), predictions)["bars"]


def test_a_trained_model_that_is_gone_gives_way_to_the_shipped_one(predictions: Predictions) -> None:
    def models(name: str) -> Predictions:
        if name:
            raise FileNotFoundError
        return predictions

    state = playground.open_text(predictions.tokenizer, "周一", model="gone")
    new, reply = respond(state, models, step, {"answer": 4})
    assert new.model == "" and new.version == 1
    assert reply["bars"]["answer"] == 4 and reply["strip"]["notice"]["en"]


def test_another_model_reads_the_same_text(predictions: Predictions) -> None:
    state = playground.step(
        playground.open_text(predictions.tokenizer, "周一", knobs({"seed": 5})), predictions
    )
    fresh = with_model(state, lambda name: predictions, "trained")
    text = playground.sentence(state, predictions.tokenizer)
    assert playground.sentence(fresh, predictions.tokenizer) == text
    assert (fresh.model, fresh.version, fresh.knobs) == ("trained", state.version + 1, state.knobs)
