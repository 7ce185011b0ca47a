"""The evidence card: closed it asks for nothing; open it follows the sentence and says what was counted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lesson.params import EXAMPLE
from model.tokenizer import ASSETS
from tests.browser.playground import DESKTOP, after, bar, bars, opened, rewritten
from train.corpus import documents, held_out, read

ROWS = """rows => rows.map(row => ({
  id: Number(row.dataset.id), n: Number(row.dataset.n), p: Number(row.dataset.p),
}))"""


@pytest.fixture
def context_options():
    return DESKTOP


def unfold(page: Page) -> None:
    page.locator("#evidence-card > summary").click()
    expect(page.locator("#evidence-card")).to_have_attribute("data-state", "found")


def followed(page: Page) -> None:
    """Wait until the card is about the sentence on the screen."""
    sentence = page.locator("#sentence")
    step = f"{sentence.get_attribute('data-version')} {sentence.get_attribute('data-length')}"
    expect(page.locator("#evidence-card")).to_have_attribute("data-step", step)


def test_counts_are_those_of_the_files_and_p_that_of_the_bars(page: Page) -> None:
    opened(page)
    unfold(page)
    shipped = [one for file in ASSETS.glob("corpus/*.txt") for one in documents(read(file))]
    times = sum(one.count(EXAMPLE) for one in shipped if not held_out(one))
    expect(page.locator(".nt-evidence-told")).to_contain_text(f"「{EXAMPLE}」在课本语料里出现了 {times:,} 次")
    rows = page.locator(".nt-counted > li").evaluate_all(ROWS)
    assert sum(row["n"] for row in rows) == times
    assert sum(row["p"] for row in rows) == pytest.approx(1, abs=1e-6)
    shown = {row["id"]: row["p"] for row in bars(page)[0]}
    compared = [(row["p"], shown[row["id"]]) for row in rows if row["id"] in shown]
    assert compared and all(mine == pytest.approx(theirs, abs=1e-6) for mine, theirs in compared)
    assert 0 < page.locator(".nt-places > li").count() <= 5
    assert set(page.locator(".nt-places p > b").all_inner_texts()) == {EXAMPLE}


def test_it_follows_the_sentence_and_shows_text_as_text(page: Page) -> None:
    opened(page)
    expect(page.locator("#evidence-card")).not_to_have_attribute(
        "data-step", "0 8"
    )  # closed: nothing was asked
    unfold(page)
    after(page, bar(page, 0).click)
    followed(page)
    expect(page.locator(".nt-evidence-told b")).to_contain_text(EXAMPLE[-1])
    rewritten(page, "<img src=x onerror=window.__x=1>龘")
    followed(page)
    expect(page.locator(".nt-evidence-told")).to_contain_text("没有出现过")
    expect(page.locator(".nt-evidence-told .nt-quote")).to_have_text("<img src=x onerror=window.__x=1>龘")
    assert page.evaluate("window.__x") is None and page.locator("#evidence img").count() == 0
    page.locator("#lang").click()
    expect(page.locator(".nt-evidence-told")).to_contain_text("never occurs in the lesson corpus")
