"""What programs may call: /predict, /generate and /tokenize, with the same JSON as the command line."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.events import api

from lesson import params
from lesson.params import ROWS, SEED, TEMPERATURE, TOKENS, TOP_K, TOP_P
from lesson.predictions import Predictions
from lesson.words import Refusal
from model.report import generate_report, predict_report, tokenize_report
from model.sampling import Sampling


def sampling(temperature: object, top_k: object, top_p: object) -> Sampling:
    """The knobs of a call; None and 0 stand for no limit."""
    k = TOP_K.parse(0 if top_k is None else top_k)
    p = TOP_P.parse(1.0 if top_p is None else top_p)
    return Sampling(
        temperature=TEMPERATURE.parse(temperature), top_k=int(k) or None, top_p=None if p >= 1 else p
    )


def add(predictions: Predictions) -> None:
    """Add the three endpoints to the page; call it inside a gr.Blocks."""
    predictor = predictions.predictor

    def predict(
        text: str,
        rows: float = 10,
        temperature: float = 1.0,
        top_k: float | None = None,
        top_p: float | None = None,
    ) -> dict[str, Any]:
        with polite():
            knobs = sampling(temperature, top_k, top_p)
            return predict_report(predictor, params.prompt(text), int(ROWS.parse(rows)), knobs)

    def generate(
        text: str,
        tokens: float = 20,
        temperature: float = 1.0,
        top_k: float | None = None,
        top_p: float | None = None,
        seed: float = 42,
    ) -> dict[str, Any]:
        with polite():
            knobs = sampling(temperature, top_k, top_p)
            count, start = int(TOKENS.parse(tokens)), int(SEED.parse(seed))
            return generate_report(predictor, params.prompt(text), count, knobs, start)

    def tokenize(text: str) -> dict[str, Any]:
        with polite():
            return tokenize_report(predictor.tokenizer, params.prompt(text))

    for call in (predict, generate, tokenize):
        api(call, api_name=call.__name__, concurrency_id="infer", concurrency_limit=2)


class polite:
    """Turns a Refusal into an error whose message reaches the caller, in both languages."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Refusal):
            raise gr.Error(f"{error.text.zh} / {error.text.en}", print_exception=False) from error
