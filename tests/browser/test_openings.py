"""An exhibit opens in the page's language where its chapter has a text for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import DESKTOP, ENGLISH

HAN = re.compile(r"[\u4e00-\u9fff]")
PARTS = (("loop", "stop"), ("loop", "choice"), ("loop", "tree"), ("exam", "cutting"), ("unknown", "echo"))


def exhibit(page: Page, chapter: str, part: str):
    here = page.locator(f"#exhibit-{chapter}-{part} .nt-exhibit[data-ready]")
    expect(here).to_have_attribute("data-ready", "true")
    return here


@pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("chapter", sorted({chapter for chapter, _ in PARTS}))
def test_it_opens_in_the_language_of_the_page(page: Page, chapter: str, context_options) -> None:
    page.goto(f"/?chapter={chapter}")
    for part in (part for name, part in PARTS if name == chapter):
        text = exhibit(page, chapter, part).get_attribute("data-text") or ""
        assert text and bool(HAN.search(text)) is (context_options is DESKTOP)


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_what_is_untouched_follows_the_language_and_what_is_not_stays(page: Page) -> None:
    page.goto("/?chapter=loop")
    stop, tree = exhibit(page, "loop", "stop"), exhibit(page, "loop", "tree")
    stop.locator("input[type=text]").fill("太阳从")
    stop.locator("form button").click()
    expect(stop).to_have_attribute("data-text", "太阳从")
    page.locator("#lang").click()
    expect(tree).to_have_attribute("data-text", "Once upon a time")
    expect(stop).to_have_attribute("data-text", "太阳从")
    tree.locator(".tree-grow").click()
    tree.locator(".tree-reset").click()
    expect(tree).to_have_attribute("data-text", "Once upon a time")
