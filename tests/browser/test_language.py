"""Two languages, switched while the page runs: every word of the page, and nothing of the content."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lesson.params import EXAMPLE
from tests.browser.playground import DESKTOP, ENGLISH, after, bar, bars, foreign, more_knobs, opened, text


@pytest.fixture
def context_options():
    return DESKTOP


def everything(page: Page) -> None:
    """Unfold and provoke all the words that the playground has."""
    more_knobs(page)
    page.locator("#evidence-card > summary").click()
    expect(page.locator("#evidence-card")).to_have_attribute("data-state", "found", timeout=120_000)
    page.locator("#draw").click()
    expect(page.locator("#bars .key-seen")).to_be_visible()


def test_a_switch_leaves_no_word_of_the_other_language(page: Page) -> None:
    opened(page)
    after(page, bar(page, 0).click)
    after(page, page.locator("#step").click)
    everything(page)
    sentence, rows = text(page), bars(page)[0]
    assert foreign(page, "zh") == []
    page.locator("#lang").click()
    expect(page.locator("#step")).to_contain_text("Guess one")
    assert foreign(page, "en") == []
    assert text(page) == sentence and [row["id"] for row in bars(page)[0]] == [row["id"] for row in rows]
    assert page.locator("html").get_attribute("lang") == "en"
    after(page, page.locator("#step").click)  # and what comes later is in the new language too
    page.locator("#more-knobs > summary").click()
    page.locator("#edit-sentence").click()
    assert foreign(page, "en") == []
    page.locator("#sentence-cancel").click()
    page.locator("#lang").click()
    expect(page.locator("#step")).to_contain_text("猜一个")
    assert foreign(page, "zh") == [] and page.locator("html").get_attribute("lang") == "zh-CN"


def test_the_training_tab_too(page: Page) -> None:
    opened(page)
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_visible()
    page.locator(".nt-lesson[data-id='own']").click()
    expect(page.locator("#own-text")).to_be_visible()
    page.locator("#train-start").click()
    expect(page.locator("#train-message")).to_be_visible()
    assert foreign(page, "zh") == []
    page.locator("#lang").click()
    expect(page.locator("#train-start")).to_contain_text("Start training")
    assert foreign(page, "en") == []


@pytest.mark.parametrize("context_options", [ENGLISH])
def test_an_english_browser_gets_english_and_the_same_example(page: Page) -> None:
    opened(page)
    assert text(page) == EXAMPLE and foreign(page, "en") == []
    expect(page.locator("#bars .rest .nt-word")).to_have_text("all others")
    page.locator("#edit-sentence").click()
    page.locator("#sentence-input").fill("x" * 2_001)
    page.locator("#sentence-input").press("Enter")
    expect(page.locator("#sentence-message")).to_contain_text("2,000 is the most")


@pytest.mark.parametrize("context_options", [ENGLISH])
def test_the_choice_is_remembered_and_a_link_may_choose(page: Page) -> None:
    opened(page)
    page.locator("#lang").click()
    expect(page.locator("#step")).to_contain_text("猜一个")
    opened(page, "/")
    expect(page.locator("#step")).to_contain_text("猜一个")
    opened(page, "/?lang=en")
    expect(page.locator("#step")).to_contain_text("Guess one")
    assert page.evaluate("() => localStorage.getItem('next-token-lang')") == "en"


def test_without_storage_the_page_works_all_the_same(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } })"
    )
    opened(page)
    page.locator("#lang").click()
    expect(page.locator("#step")).to_contain_text("Guess one")
    after(page, bar(page, 0).click)
