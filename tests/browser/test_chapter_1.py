"""Chapter 1 as a learner does it: every task by typing and clicking, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])


def opened(page: Page) -> None:
    page.goto("/?chapter=tokens")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    expect(exhibit(page, "merging")).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-tokens-{part} .nt-exhibit[data-ready]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-tokens.{task}"].done')).to_be_visible()


def write(here: Locator, text: str) -> None:
    here.locator("input[type=text]").fill(text)
    here.locator("form button").click()
    expect(here).to_have_attribute("data-text", text)


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    numbers, pieces, ways, merging = (exhibit(page, part) for part in ("numbers", "bytes", "ways", "merging"))

    write(numbers, "The sun rises from the east.")
    expect(numbers.locator(".nt-chip")).to_have_count(7)
    done(page, "fewer")
    numbers.locator(".pieces-ends").click()
    done(page, "end")
    expect(numbers.locator(".nt-chip.begin")).to_have_count(2)

    write(pieces, "我是龘")
    done(page, "split")
    expect(pieces.locator(".nt-chip").last).to_have_attribute("data-label", "龘")
    pieces.locator(".pieces-apart").click()
    expect(pieces.locator(".nt-chip").last).to_have_attribute("data-label", "⟨98⟩")
    pieces.locator("input[type=range]").press("ArrowLeft")
    done(page, "half")
    expect(pieces.locator(".nt-pieces-half")).to_contain_text("E9 BE")

    write(ways, "The sun rises from the east")
    done(page, "words")
    dearest = ways.locator(".nt-encodings-language").last
    dearest.click()
    done(page, "dear")

    merging.locator(".merges-next").click()
    expect(merging).to_have_attribute("data-step", "1")
    merging.locator(".merges-back").click()
    expect(merging).to_have_attribute("data-step", "0")
    for step in range(1, int(merging.get_attribute("data-all") or 0) + 1):
        merging.locator(".merges-next").click()
        expect(merging).to_have_attribute("data-step", str(step))
    done(page, "merged")
    expect(merging.locator(".merges-next")).to_be_disabled()
    write(merging, "my grandmother")
    merging.locator(".merges-all").click()
    done(page, "long")
    expect(page.locator(".nt-task.done")).to_have_count(8)


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_on_a_phone_nothing_sticks_out_and_a_mistake_loses_nothing(page: Page) -> None:
    opened(page)
    numbers = exhibit(page, "numbers")
    write(numbers, "<b>x</b> ${1}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    numbers.locator("input[type=text]").fill("")
    numbers.locator("form button").tap()
    expect(numbers.locator(".nt-refusal")).to_be_visible()
    merging = exhibit(page, "merging")
    merging.locator("input[type=text]").fill("太阳" * 40)
    merging.locator("form button").tap()
    expect(merging.locator(".nt-refusal")).to_contain_text("240")
    expect(merging.locator("input[type=text]")).to_have_value("太阳" * 40)
