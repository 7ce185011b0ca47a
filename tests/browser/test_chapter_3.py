"""Chapter 3 as a learner does it: stepping, stopping, walking in the tree, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
VENUS = "Venus is an interesting planet. The sun rises from"
ANDY = "刘德华是香港著名的"


def opened(page: Page) -> None:
    page.goto("/?chapter=loop")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    for part in ("round", "stop", "choice", "tree"):
        expect(exhibit(page, part)).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-loop-{part} .nt-exhibit[data-ready]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-loop.{task}"].done')).to_be_visible()


def answered(here: Locator, act) -> None:
    """Do something and wait for its answer."""
    before = here.get_attribute("data-answer")
    assert before is not None
    act()
    expect(here).not_to_have_attribute("data-answer", before)


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    steps, stop, choice, tree = (exhibit(page, part) for part in ("round", "stop", "choice", "tree"))

    for phase in "1234":  # each press lights one more step; the fourth appends
        expect(steps.locator("li.lit")).to_have_count(0 if phase == "1" else 1)
        steps.locator(".loop-next").click()
        expect(steps).to_have_attribute("data-phase", phase)
        expect(steps.locator("li.lit")).to_have_attribute("data-step", phase)
    expect(steps).to_have_attribute("data-text", f"{VENUS} the")
    done(page, "once")
    for phase in "1234":
        steps.locator(".loop-next").click()
        expect(steps).to_have_attribute("data-phase", phase)
    expect(steps).to_have_attribute("data-text", f"{VENUS} the west")
    done(page, "west")

    stop.locator(".loop-run").click()
    done(page, "count")
    expect(stop).to_have_attribute("data-made", "6")
    stop.locator(".loop-by-count").uncheck()
    answered(stop, lambda: stop.locator(".loop-run").click())
    done(page, "force")
    stop.locator(".loop-by-end").check()
    answered(stop, lambda: stop.locator(".loop-greedy").check())
    answered(stop, lambda: stop.locator(".loop-run").click())
    done(page, "end")

    choice.locator(".takes-again").click()
    done(page, "same")
    choice.locator("input[type=checkbox]").uncheck()
    done(page, "different")
    expect(choice.locator(".takes-list li")).to_have_count(5)

    grow = tree.locator(".tree-grow")
    for _ in range(9):
        if int(tree.get_attribute("data-leaves") or 0) < 12:
            answered(tree, grow.click)
    done(page, "grow")
    first, second = ("艺", "人") if tree.get_attribute("data-text") == ANDY else (",", "·there")
    tree.locator(f'.nt-node[data-label="{first}"]').first.click()
    expect(tree.locator(".nt-tree-text")).to_contain_text(first)
    tree.locator(f'.nt-node[data-label="{second}"]').first.press("Enter")
    done(page, "walk")
    expect(tree.locator(".nt-tree-joint b")).to_contain_text("%")
    tree.locator(".tree-prune").click()
    done(page, "prune")


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_nothing_overflows_on_a_phone(page: Page) -> None:
    opened(page)
    steps = exhibit(page, "round")
    for phase in "123":
        steps.locator(".loop-next").click()
        expect(steps).to_have_attribute("data-phase", phase)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_a_wrong_count_is_refused_in_a_sentence(page: Page) -> None:
    opened(page)
    stop = exhibit(page, "stop")
    stop.locator(".loop-count").fill("99")
    stop.locator(".loop-run").click()
    expect(stop.locator(".nt-refusal")).to_contain_text("1 到 24")
    assert stop.locator(".loop-count").input_value() == "99"
