"""A real training in the page: from the order over live curves to the model in the playground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lesson.own_text import OWN_LEAST, OWN_MOST
from lesson.presets import MONDAY
from tests.browser.playground import (
    DESKTOP,
    HARM,
    HARMLESS,
    after,
    bar,
    bars,
    chips,
    foreign,
    opened,
    sums,
    text,
)
from tests.fakes import HOSTILE

RUN_SECONDS = 200  # a run itself may take 90; the rest is for a machine that is busy elsewhere
CUT_OFF = re.compile("AbortError|BodyStreamBuffer was aborted|network error|errored out", re.I)
EXACT = pytest.approx(1, abs=1e-6)
CURVE = """root => { const node = root.matches('[data-points]') ? root : root.querySelector('[data-points]');
  return [Number(node.dataset.points), node.dataset.val === '' ? null : Number(node.dataset.val)]; }"""
# What a canvas has written since its last clearing, kept where a test can read it.
LISTEN = """(() => {
  const ink = CanvasRenderingContext2D.prototype, clear = ink.clearRect, write = ink.fillText;
  ink.clearRect = function (...box) { this.canvas.dataset.written = ''; return clear.apply(this, box); };
  ink.fillText = function (words, ...at) {
    this.canvas.dataset.written = `${this.canvas.dataset.written ?? ''}|${words}`;
    return write.call(this, words, ...at);
  };
})()"""


@pytest.fixture
def context_options():
    return DESKTOP


@pytest.fixture
def lab(page: Page) -> Iterator[Page]:
    """The training tab; whatever still runs at the end is stopped, so that the next test need not wait."""
    page.add_init_script(LISTEN)
    opened(page)
    tab(page)
    yield page
    if state(page) in ("waiting", "running"):
        page.locator("#open-training").click()
        page.locator("#run-stop").click()
        ended(page)


def tab(page: Page) -> None:
    """Go to the training tab."""
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_visible()


def state(page: Page) -> str | None:
    """Where the run stands: none, waiting, running or ended."""
    return page.locator("#training").get_attribute("data-run")


def order(page: Page, lesson: str, size: str, probe: str | None = None) -> None:
    """Choose a text and a size, and start."""
    page.locator(f".nt-lesson[data-id='{lesson}']").click()
    page.locator(f".nt-size[data-id='{size}']").click()
    if probe is not None:
        page.locator("#probe-text").fill(probe)
    page.locator("#train-start").click()


def running(page: Page) -> None:
    """Wait until the run has learnt from something and been looked at twice."""
    expect(page.locator("#samples-list li").nth(1)).to_be_attached(timeout=1000 * RUN_SECONDS)


def ended(page: Page) -> None:
    """Wait for the end of the run."""
    expect(page.locator("#training")).to_have_attribute("data-run", "ended", timeout=1000 * RUN_SECONDS)


def probe(page: Page) -> dict[str, float]:
    """The watched bars by their words."""
    rows, rest = bars(page, "#probe-bars")
    assert sum(row["p"] for row in (*rows, rest)) == EXACT
    return {row["label"]: row["p"] for row in rows}


def curve(page: Page) -> Any:
    """How many points the training curve has, and the last validation loss."""
    return page.locator("#curve").evaluate(CURVE)


@pytest.mark.timeout(600)
def test_a_model_is_trained_and_taken_to_the_playground(lab: Page) -> None:
    page = lab
    shipped = bars(page)[0]
    expect(page.locator(".nt-share-words")).to_contain_text("丧 160 次，占 80%")
    order(page, "moods", "small")
    expect(page.locator("#run-state")).to_have_text("训练中", timeout=1000 * RUN_SECONDS)
    expect(page.locator("#order form")).to_be_hidden()
    running(page)
    first_points, first_loss = curve(page)
    first, first_step = probe(page), page.locator("#probe-bars .nt-asked span").text_content()
    assert foreign(page, "zh") == []
    page.locator("#lang").click()  # the figures change language while they grow
    expect(page.locator("#run-state")).to_have_text(re.compile("Training"))
    expect(page.locator("#curve-canvas")).to_have_attribute("data-written", re.compile("steps"))
    expect(page.locator("#curve-canvas")).to_have_attribute("aria-label", re.compile("^Loss curves at step"))
    assert foreign(page, "en") == []
    page.locator("#lang").click()
    expect(page.locator("#curve-canvas")).to_have_attribute("data-written", re.compile("步数"))
    ended(page)
    points, loss = curve(page)
    assert points > first_points and loss is not None and loss < first_loss
    learnt = probe(page)
    assert page.locator("#probe-bars .nt-asked span").text_content() != first_step and learnt != first
    assert learnt["丧"] == pytest.approx(0.8, abs=0.1)
    assert learnt["爽"] == pytest.approx(0.2, abs=0.1)
    expect(page.locator("#samples-list li")).not_to_have_count(0)
    expect(page.locator("#training").get_by_text("由模型生成")).to_be_visible()
    assert page.evaluate(HARM) == HARMLESS

    page.locator("#run-use").click()
    expect(page.locator("#model-badge")).to_contain_text("你训练的模型")
    expect(page.locator("#bars .nt-bars")).to_be_visible()
    assert text(page) == MONDAY
    rows, _ = bars(page)
    assert sums(page) == (EXACT, EXACT) and rows != shipped
    assert {row["label"]: row["p"] for row in rows[:2]} == pytest.approx(
        {word: p for word, p in learnt.items() if word in "丧爽"}, abs=1e-3
    )
    after(page, bar(page, 0).click)
    assert chips(page)[-1]["label"] == rows[0]["label"]
    after(page, page.locator("#step").click)
    assert sums(page) == (EXACT, EXACT)
    page.locator("#evidence-card > summary").click()  # and it can be traced to the text that it read
    expect(page.locator(".nt-evidence-told")).to_contain_text("这次训练的文本里", timeout=1000 * RUN_SECONDS)
    page.locator("#evidence-card > summary").click()

    page.locator("#open-training").click()
    page.locator("#run-back").click()
    expect(page.locator("#model-badge")).to_contain_text("小白")
    page.locator("#edit-sentence").click()
    page.locator("#sentence-input").fill(MONDAY)
    page.locator("#sentence-input").press("Enter")
    expect(page.locator("#sentence .nt-chip")).to_have_count(len(MONDAY) + 1)
    assert bars(page)[0] == shipped


@pytest.mark.timeout(600)
def test_one_trains_one_waits_and_each_can_be_stopped(
    lab: Page, browser: Browser, app_url: str, faults: list[str]
) -> None:
    page = lab
    order(page, "english", "large")
    running(page)
    context = browser.new_context(**DESKTOP)
    try:
        second = opened(context.new_page(), app_url)
        tab(second)
        order(second, "moods", "small")
        expect(second.locator("#run-state")).to_have_text("排队中：前面还有 1 个")
        second.locator("#run-stop").click()
        ended(second)
        expect(second.locator("#run-again")).to_be_visible()
        expect(second.locator("#run-use")).to_be_hidden()
    finally:
        context.close()
    page.reload()  # it goes on, and is found again
    page.locator("#open-training").click()
    expect(page.locator("#training")).to_have_attribute("data-run", "running")
    expect(page.locator("#run-stop")).to_be_enabled()
    page.locator("#run-stop").click()
    ended(page)
    expect(page.locator("#run-said")).to_have_text("已停下。")
    expect(page.locator("#run-use")).to_be_visible()
    page.locator("#run-again").click()
    expect(page.locator("#train-start")).to_be_enabled()
    faults[:] = [one for one in faults if not CUT_OFF.search(one)]  # Gradio tells of the reload


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_text_of_ones_own_that_is_too_short_gets_a_sentence_and_stays(lab: Page, lang: str) -> None:
    page = lab
    if lang == "en":
        page.locator("#lang").click()
    page.locator(".nt-lesson[data-id='own']").click()
    page.locator("#own-text").fill("今天天气真好。")
    page.locator("#train-start").click()
    sentence = f"至少要 {OWN_LEAST} 个字符，现在有 7 个" if lang == "zh" else f"needs {OWN_LEAST} characters"
    expect(page.locator("#train-message")).to_contain_text(sentence)
    expect(page.locator("#own-text")).to_have_value("今天天气真好。")
    expect(page.locator("#train-start")).to_be_enabled()
    page.locator("#own-text").fill("")
    expect(page.locator("#train-message")).to_be_hidden()
    page.locator("#train-start").click()
    expect(page.locator("#train-message")).to_be_visible()
    assert state(page) in (None, "none")


def test_a_text_of_ones_own_that_is_too_long_gets_a_sentence_and_stays(lab: Page) -> None:
    page = lab
    page.locator(".nt-lesson[data-id='own']").click()
    text = "今天天气真好。" * (OWN_MOST // 21 + 1)
    page.locator("#own-text").fill(text)
    page.locator("#train-start").click()
    expect(page.locator("#train-message")).to_contain_text(f"最多 {OWN_MOST:,} 字节，现在有 1,000,020 字节")
    assert page.locator("#own-text").input_value() == text
    page.locator("#own-text").fill("很" * 5_000)
    page.locator("#train-start").click()
    expect(page.locator("#train-message")).to_contain_text("没有什么可学的")


@pytest.mark.timeout(600)
def test_a_hostile_text_of_ones_own_does_no_harm(lab: Page) -> None:
    page = lab
    readable = [one for one in HOSTILE if 1 < len(one) < 100 and one.isprintable()]
    hostile = "\n\n".join(f"{one} 周一{one}。" for one in readable * 3)
    page.locator(".nt-lesson[data-id='own']").click()
    page.locator("#own-text").fill(hostile)
    order(page, "own", "small", probe="<img src=x onerror=window.__x=1>")
    running(page)
    expect(page.locator("#probe-bars .nt-asked b")).to_have_text("<img src=x onerror=window.__x=1>")
    assert page.evaluate(HARM) == HARMLESS
    page.locator("#run-stop").click()
    ended(page)
    assert page.evaluate(HARM) == HARMLESS
    page.locator("#run-use").click()
    expect(page.locator("#model-badge")).to_contain_text("你训练的模型")
    assert text(page) == "<img·src=x·onerror=window.__x=1>"
    for _ in range(4):
        after(page, page.locator("#step").click)
        assert page.evaluate(HARM) == HARMLESS and sums(page) == (EXACT, EXACT)
