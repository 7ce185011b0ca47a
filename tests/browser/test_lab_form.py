"""The order form of the training tab in a browser: slider, settings, a file of one's own, the melons."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from lesson.melons import KINDS, MELONS, ripeness
from lesson.own_text import OWN_MOST
from lesson.presets import BAD, GOOD
from tests.browser.playground import DESKTOP, ENGLISH, HARM, HARMLESS, PHONE, bars, foreign, opened
from tests.browser.test_training import RUN_SECONDS, ended, order, state

POEM = "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n\n春眠不觉晓，处处闻啼鸟。\n\n"


@pytest.fixture
def context_options(request):
    return getattr(request, "param", DESKTOP)


@pytest.fixture
def form(page: Page) -> Iterator[Page]:
    """The order form, weighed; whatever runs at the end is stopped."""
    opened(page)
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_visible()
    expect(page.locator("#estimate")).to_have_text(re.compile(r"\d"), timeout=1000 * RUN_SECONDS)
    yield page
    if state(page) in ("waiting", "running"):
        page.locator("#run-stop").click()
        ended(page)


def slide(page: Page, share: int) -> None:
    """Put the slider somewhere."""
    page.locator("#share").evaluate(
        "(node, value) => { node.value = value; node.dispatchEvent(new Event('input', { bubbles: true })); }",
        share,
    )


@pytest.mark.timeout(600)
def test_the_bars_say_what_the_slider_said(form: Page) -> None:
    page = form
    slide(page, 70)
    expect(page.locator(".nt-share-words")).to_contain_text("爽 140 次，占 70%")
    slide(page, 20)
    expect(page.locator(".nt-share-words")).to_contain_text("丧 160 次，占 80%；爽 40 次，占 20%")
    order(page, "moods", "small")
    ended(page)
    learnt = {row["label"]: row["p"] for row in bars(page, "#probe-bars")[0]}
    assert learnt[GOOD] == pytest.approx(0.2, abs=0.05) and learnt[BAD] == pytest.approx(0.8, abs=0.05)


@pytest.mark.timeout(600)
def test_a_learning_rate_far_too_high_ends_in_no_number(form: Page) -> None:
    page = form
    order(page, "too_fast", "small")
    ended(page)
    expect(page.locator("#run-state")).to_have_text("训练失败")
    expect(page.locator("#run-said")).to_contain_text("不再是一个数")
    expect(page.locator("#run-use")).to_be_visible()  # the best model before that is kept


@pytest.mark.timeout(600)
def test_a_text_learnt_by_heart_is_stopped_early(form: Page) -> None:
    page = form
    order(page, "by_heart", "small")
    ended(page)
    expect(page.locator("#run-said")).to_contain_text("验证损失")
    learnt = {row["label"]: row["p"] for row in bars(page, "#probe-bars")[0]}
    assert learnt["霜"] > 0.5


def test_settings_are_shown_changed_weighed_and_refused_with_the_sum(form: Page) -> None:
    page = form
    page.locator(".nt-lesson[data-id='by_heart']").click()
    page.locator("#more-settings > summary").click()
    expect(page.locator("#set-early-stop")).to_be_checked()
    expect(page.locator("#set-steps")).to_have_value("240")
    page.locator("#set-epochs").fill("8")
    # all is shown anew, which does not take what is being typed
    page.locator("#set-dropout").evaluate("node => node.dispatchEvent(new Event('change'))")
    expect(page.locator("#set-epochs")).to_have_value("8")
    page.locator("#set-epochs").press("Tab")
    expect(page.locator("#set-steps")).to_have_value(re.compile(r"^1\d$"))
    page.locator("#set-steps").fill("90000")
    page.locator("#set-steps").press("Tab")
    expect(page.locator("#estimate")).to_have_text(
        re.compile(r"90,000 步 × [\d.]+ 秒 = [\d,]+ 秒，超过这里的 90 秒")
    )
    page.locator("#train-start").click()
    expect(page.locator("#train-message")).to_contain_text("超过这里的 90 秒")
    page.locator("#set-dropout").fill("7")
    page.locator("#set-dropout").press("Tab")
    expect(page.locator("#estimate")).to_contain_text("丢弃率")
    page.locator("#settings-reset").click()
    expect(page.locator("#set-steps")).to_have_value("240")
    expect(page.locator("#estimate")).to_contain_text("内存")


def test_a_file_is_read_previewed_and_others_are_refused(form: Page) -> None:
    page = form
    page.locator(".nt-lesson[data-id='own']").click()
    chooser = page.locator("#own-file")
    text = (POEM * 5_000).encode("gb18030")  # well over what any other event may weigh
    chooser.set_input_files({"name": "<b>诗</b>.txt", "mimeType": "text/plain", "buffer": text})
    expect(page.locator(".nt-file-head span")).to_contain_text("GB18030")
    expect(page.locator(".nt-file-head b")).to_have_text("<b>诗</b>.txt")
    expect(page.locator(".nt-file-lines p").first).to_have_text(
        "床前明月光，疑是地上霜。举头望明月，低头思故乡。"
    )
    expect(page.locator("#probe-text")).to_have_value("床前明月")
    chooser.set_input_files({"name": "a.docx", "mimeType": "text/plain", "buffer": b"PK\3\4" + b"x" * 500})
    expect(page.locator("#train-message")).to_contain_text("粘贴")
    expect(page.locator(".nt-file")).to_be_hidden()  # a refused file is not "being read" for ever
    big = b"a" * (OWN_MOST + 1)
    chooser.set_input_files({"name": "big.txt", "mimeType": "text/plain", "buffer": big})
    expect(page.locator("#train-message")).to_contain_text("1,000,001")
    expect(page.locator("#own-text")).to_be_visible()
    chooser.set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": text})
    expect(page.locator(".nt-file-head span")).to_contain_text(f"{len((POEM * 5_000).strip()):,}")
    page.locator("#own-file-drop").click()
    expect(page.locator("#own-text")).to_be_visible()
    assert page.evaluate(HARM) == HARMLESS


def test_a_melon_is_learnt_step_by_step_and_can_be_changed(form: Page) -> None:
    page, moments = form, ripeness()
    page.locator("#melons summary").click()
    first = page.locator("#melons tbody tr[data-i='0']")
    for step in range(3):
        says = moments[step].says[KINDS.index(MELONS[0].features)]
        assert float(first.get_attribute("data-says") or "nan") == pytest.approx(says, abs=1e-5)
        page.locator(".nt-melons-step").click()
    before = float(first.get_attribute("data-says") or "nan")
    first.locator(".nt-melon-flip").nth(2).click()
    assert float(first.get_attribute("data-says") or "nan") < before
    page.locator(".nt-melons-modes button[data-mode='groups']").click()
    expect(page.locator(".nt-melon-answer").first).to_have_text("？")
    page.locator(".nt-melons-step").click()
    page.locator(".nt-melons-step").click()
    expect(page.locator(".nt-melons-hint")).to_contain_text("9 个")


@pytest.mark.parametrize(
    "context_options", [DESKTOP, ENGLISH, PHONE], indirect=True, ids=["zh", "en", "phone"]
)
def test_the_form_speaks_one_language_and_fits(form: Page) -> None:
    page = form
    page.locator("#more-settings > summary").click()
    page.locator("#melons summary").click()
    assert foreign(page, page.evaluate("window.nextToken.lang")) == []
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
