"""A run in the page: pause, the learning rate, the slider back through it, a link to watch, earlier runs."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from model import load
from tests.browser.playground import DESKTOP, HARM, HARMLESS, PHONE, bars, opened

PATIENCE = 1000 * 300  # ms; a run itself may take 90 s, the rest is for a machine that is busy elsewhere
SCRUB = """(slider, value) => {
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
SHOWN = """() => ({
  step: Number(document.querySelector('.nt-scrub').dataset.step),
  bars: Number(document.querySelector('#probe-bars .nt-asked b').dataset.at),
  mark: document.querySelector('#curve-canvas').dataset.mark,
  map: Number(document.querySelector('#token-map').dataset.step),
  sample: Number(document.querySelector('#samples-list [aria-current]').dataset.step),
  surprise: document.querySelector('.nt-batch li').dataset.bits,
})"""


@pytest.fixture
def context_options():
    return DESKTOP


def training(page: Page) -> Page:
    """The training tab."""
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_attached()
    return page


@pytest.fixture
def lab(page: Page) -> Iterator[Page]:
    """The training tab; whatever still runs at the end is stopped."""
    yield training(opened(page))
    if page.locator("#training").get_attribute("data-run") in ("waiting", "running"):
        page.locator("#run-stop").click()
        ended(page)


def start(page: Page) -> None:
    """Order what the form offers first, and wait until it learns."""
    expect(page.locator("#train-start")).to_be_enabled()
    page.locator("#train-start").click()
    expect(page.locator("#training")).to_have_attribute("data-run", "running", timeout=PATIENCE)
    expect(page.locator("#run-pause")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#samples-list li").nth(1)).to_be_attached(timeout=PATIENCE)


def ended(page: Page) -> None:
    """Wait for the end of the run."""
    expect(page.locator("#training")).to_have_attribute("data-run", "ended", timeout=PATIENCE)


def step(page: Page) -> int:
    """The step that the card shows."""
    return int(page.locator(".nt-run").get_attribute("data-step") or 0)


@pytest.mark.timeout(900)
def test_a_run_is_paused_changed_watched_scrubbed_and_taken_home(
    lab: Page, browser: Browser, app_url: str, tmp_path
) -> None:
    page = lab
    start(page)
    # paused: it stands still, says for how long, and goes on
    page.locator("#run-pause").click()
    expect(page.locator("#run-state")).to_have_text("暂停中", timeout=PATIENCE)
    expect(page.locator("#run-said")).to_contain_text("最多停")
    stood = step(page)
    page.wait_for_timeout(2500)
    assert step(page) == stood
    # another learning rate is marked, also while it is paused
    page.locator("#run-lr [data-factor='0.5']").click()
    expect(page.locator(".nt-run")).to_have_attribute("data-factor", "0.5", timeout=PATIENCE)
    # a link for the others: they look, and can do nothing else
    page.evaluate(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"
    )
    page.locator("#run-watch").click()
    expect(page.locator("#nt-toast")).to_contain_text("只能看")
    link = page.evaluate("window.copied")
    assert re.search(r"#watch=[\w-]{20,}$", link)
    context = browser.new_context(base_url=app_url, **PHONE)
    try:
        other = context.new_page()
        other.goto(link)
        expect(other.locator("#run-state")).to_have_text("暂停中", timeout=PATIENCE)
        expect(other.locator(".nt-run-ordered")).to_contain_text("只能看")
        for hidden in ("#run-stop", "#run-pause", "#run-lr", "#run-watch", "#run-use", "#run-download"):
            expect(other.locator(hidden)).to_be_hidden()
        assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        context.close()
    page.locator("#run-pause").click()
    expect(page.locator("#run-state")).to_have_text("训练中", timeout=PATIENCE)
    ended(page)
    # afterwards: one slider moves everything, and asks the server for nothing
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    last = page.evaluate(SHOWN)
    page.locator("#scrub").evaluate(SCRUB, "1")
    seen = page.evaluate(SHOWN)
    assert seen["step"] == seen["bars"] == seen["map"] == seen["sample"] == int(seen["mark"]) < last["step"]
    assert float(seen["surprise"]) > float(last["surprise"])
    rows, rest = bars(page, "#probe-bars")
    assert sum(row["p"] for row in (*rows, rest)) == pytest.approx(1, abs=1e-6)
    assert [url for url in asked if "heartbeat" not in url] == []
    page.locator("#scrub-live").click()
    assert page.evaluate(SHOWN) == last
    assert page.evaluate(HARM) == HARMLESS
    # the model as a file, which opens again
    with page.expect_download() as download:
        page.locator("#run-download").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    predictor = load(tmp_path / "next-token-model" / "model.safetensors")
    told = predictor.predict_next_token_probabilities("周一上班真的很")
    shown = {row["label"]: row["p"] for row in bars(page, "#probe-bars")[0][:2]}
    assert {word: told[word] for word in shown} == pytest.approx(shown, abs=1e-3)
    # reloaded, the page finds its run again, with all its records
    page.reload()
    training(page)
    ended(page)
    assert page.evaluate(SHOWN)["step"] == last["step"]


@pytest.mark.timeout(900)
def test_who_waits_sees_a_recording_and_earlier_runs_can_be_compared(
    lab: Page, browser: Browser, app_url: str
) -> None:
    context = browser.new_context(base_url=app_url, **DESKTOP)
    try:
        first = training(opened(context.new_page()))
        start(first)
        lab.locator("#train-start").click()
        expect(lab.locator("#training")).to_have_attribute("data-run", "waiting")
        expect(lab.locator(".nt-recorded")).to_contain_text("录像")
        expect(lab.locator("#curve-canvas")).to_be_visible()
        assert int(lab.locator(".nt-scrub").get_attribute("data-records") or 0) > 5
        first.locator("#run-stop").click()
        ended(first)
    finally:
        context.close()
    expect(lab.locator("#training")).to_have_attribute("data-run", "running", timeout=PATIENCE)
    expect(lab.locator(".nt-recorded")).to_be_hidden()
    expect(lab.locator("#samples-list li").nth(1)).to_be_attached(timeout=PATIENCE)
    lab.locator("#run-stop").click()
    ended(lab)
    lab.locator("#run-again").click()
    start(lab)
    box = lab.locator(".nt-overlays input")
    expect(box).to_have_count(1)
    box.check()
    expect(lab.locator("#curve-canvas")).to_have_attribute("data-over", "1")
    lab.locator("#run-stop").click()
    ended(lab)
    expect(lab.locator("#run-models option")).to_have_count(3)


def test_a_link_to_a_run_that_is_gone_says_so(page: Page) -> None:
    page.goto("/#watch=" + "x" * 22)
    expect(page.locator("#nt-toast")).to_contain_text("找不到这次训练", timeout=PATIENCE)
    expect(page.locator("#train-start")).to_be_visible()
    assert "watch" not in page.evaluate("location.hash")
    assert json.loads(page.evaluate("sessionStorage.getItem('next-token-runs') ?? '[]'")) == []
