"""Chapter 5 as a learner does it: every task by hand, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground import DESKTOP, ENGLISH

both = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])


def shown(page, part):
    return page.locator(f"#exhibit-training-{part} .nt-exhibit[data-ready]")


def scrub(page, part, at):
    exhibit = shown(page, part)
    exhibit.locator("input[type=range]").fill(str(at))
    expect(exhibit).to_have_attribute("data-at", str(at))
    return exhibit


@both
def test_every_task_can_be_done_by_hand(page):
    page.goto("/?chapter=training")
    exhibit = shown(page, "melons")
    expect(exhibit).to_have_attribute("data-at", "0")
    scrub(page, "melons", 30)
    exhibit.locator("[data-task=groups]").click()
    expect(exhibit).to_have_attribute("data-task", "groups")
    exhibit.locator("input[type=range]").press("End")

    exhibit = scrub(page, "cloze", 0)
    expect(exhibit.locator(".nt-bar").first.locator("b")).to_have_text("0.1%")
    scrub(page, "cloze", 5)
    exhibit.locator(".rec-forth").click()
    scrub(page, "cloze", 17)

    exhibit = scrub(page, "book", 20)
    exhibit.locator(".rec-keep").click()
    expect(exhibit.locator(".rec-told")).not_to_be_empty()
    scrub(page, "book", 6)
    exhibit.locator(".rec-keep").click()
    scrub(page, "book", 11)

    expect(shown(page, "own")).to_have_attribute("data-state", "none")
    page.evaluate("() => window.nextToken.training.listeners.forEach((listener) => listener('ended'))")
    for task in ("ripe", "groups", "uniform", "half", "twice", "turn", "stop", "train"):
        expect(page.locator(f'[id="task-training.{task}"].done')).to_be_attached()


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_the_lab_is_one_click_away(page):
    page.goto("/?chapter=training")
    shown(page, "own").locator(".own-go").click()
    expect(page.locator("body")).to_have_attribute("data-tab", "training")
