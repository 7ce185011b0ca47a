"""Chapter 9 as a learner does it: asking, naming cats and countries, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])


def opened(page: Page) -> None:
    page.goto("/?chapter=unknown")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    for part in ("unsure", "trusted", "sure", "echo"):
        expect(exhibit(page, part)).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-unknown-{part} .nt-exhibit[data-ready]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-unknown.{task}"].done')).to_be_visible()


def write(here: Locator, text: str) -> None:
    here.locator("input[type=text]").fill(text)
    here.locator("form button").click()


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    unsure, trusted, sure, echo = (exhibit(page, part) for part in ("unsure", "trusted", "sure", "echo"))

    write(unsure, "我的名字叫")
    done(page, "high")
    expect(unsure.locator(".nt-unsure-told")).to_be_visible()
    unsure.locator(".nt-sample").last.click()
    done(page, "low")
    expect(unsure.locator(".nt-unsure-scale i")).to_have_count(3)  # every sentence tried has left its mark

    bars = trusted.locator(".nt-honest-chart button")
    bars.nth(7).click()
    done(page, "half")
    expect(trusted.locator(".nt-honest-told")).to_contain_text("%")
    for i in range(bars.count()):
        bars.nth(i).click()
        expect(bars.nth(i)).to_have_attribute("aria-pressed", "true")
    done(page, "widest")

    expect(sure).to_have_attribute("data-verdict", "true")
    sure.locator("[data-form=cat_en]").click()
    expect(sure).to_have_attribute("data-form", "cat_en")
    write(sure, "Venus")
    expect(sure).to_have_attribute("data-verdict", "false")
    done(page, "cat")
    sure.locator("[data-form=capital_en]").click()
    expect(sure).to_have_attribute("data-form", "capital_en")
    write(sure, "New Italy")
    done(page, "country")
    write(sure, "Catland")
    done(page, "doubt")

    echo.locator(".nt-sample").first.click()
    done(page, "question")
    expect(echo.locator("li[data-kind=question]").first).to_be_visible()
    write(echo, "“今天星期几？”“")
    done(page, "answer")


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_nothing_overflows_on_a_phone(page: Page) -> None:
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_a_name_that_is_code_stays_text(page: Page) -> None:
    opened(page)
    sure = exhibit(page, "sure")
    write(sure, "<img onerror=x()>${1}")
    expect(sure).to_have_attribute("data-name", "<img·onerror=x()>${1}")
    assert sure.locator("img").count() == 0
    write(sure, " ")
    expect(sure.locator(".nt-refusal")).to_contain_text("24")
