"""What the page shows before anything is clicked."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from playwright.sync_api import Page, expect

from lesson.params import EXAMPLE
from model import load
from model.report import predict_report
from model.sampling import Sampling
from tests.browser.playground import DESKTOP, bars, chips, opened, sums, text
from tests.conftest import ROOT

SECONDS_TO_BARS = 5 * 2.5  # a test allows five times the figure that is promised


@pytest.fixture
def context_options():
    return DESKTOP


def test_the_example_and_its_bars_are_there(page: Page) -> None:
    begin = time.monotonic()
    opened(page)
    assert time.monotonic() - begin < SECONDS_TO_BARS
    assert text(page) == EXAMPLE == "周一上班真的很"
    assert not any(chip["made"] for chip in chips(page))
    expect(page.locator("#blank")).to_be_visible()
    rows, rest = bars(page)
    assert len(rows) == 9 and all(row["p"] > 0 for row in rows) and rest["word"] == "其余所有词"
    assert [row["p"] for row in rows] == sorted((row["p"] for row in rows), reverse=True)
    assert sums(page) == (pytest.approx(1, abs=1e-6), pytest.approx(1, abs=1e-6))


def test_the_bars_are_the_models_own_figures(page: Page) -> None:
    opened(page)
    rows, rest = bars(page)
    report = predict_report(load(), EXAMPLE, len(rows), Sampling())
    assert [row["id"] for row in rows] == [row["id"] for row in report["top"]]
    assert [row["p"] for row in rows] == pytest.approx([row["p"] for row in report["top"]], abs=1e-6)
    assert rest["p"] == pytest.approx(report["rest"], abs=1e-6)
    assert [chip["ids"] for chip in chips(page)] == [[id] for id in report["context"][1:]]


def test_the_command_line_says_the_same(page: Page) -> None:
    opened(page)
    rows, rest = bars(page)
    command = [sys.executable, "-m", "model", "predict", EXAMPLE, "--rows", str(len(rows)), "--json"]
    said = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120).stdout)
    seen = [(row["id"], row["token"].replace(" ", "·")) for row in said["top"]]  # a blank is made visible
    assert [(row["id"], row["label"]) for row in rows] == seen
    assert [row["p"] for row in rows] == pytest.approx([row["p"] for row in said["top"]], abs=1e-6)
    assert rest["p"] == pytest.approx(said["rest"], abs=1e-6)


def test_each_bar_is_as_long_as_it_says(page: Page) -> None:
    opened(page)
    shown = page.locator("#bars .nt-bars > *").evaluate_all(
        """rows => rows.map(row => [
          row.querySelector('u.p').getBoundingClientRect().width / row.querySelector('.nt-track').clientWidth,
          Number(row.dataset.p)])"""
    )
    for width, p in shown:
        assert width == pytest.approx(p, abs=0.02)


def test_the_loop_and_the_model_are_in_sight(page: Page) -> None:
    opened(page)
    for part in ("#sentence", "#bars .nt-bars", "#dice", "#step", "#temperature", "#brain canvas"):
        expect(page.locator(part).first).to_be_in_viewport()
    expect(page.locator("#model-badge")).to_contain_text("小白")
    expect(page.locator("#model-badge")).to_contain_text("MB")
    assert page.title() == "下一个词 · Next Token"
