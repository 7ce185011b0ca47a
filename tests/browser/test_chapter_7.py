"""Chapter 7 as a learner does it: every task by typing and clicking, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, HARM, HARMLESS, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
CHART = ".nt-plot"


def opened(page: Page) -> None:
    page.goto("/?chapter=vectors")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    for part in ("map", "pair", "twice", "moments"):
        expect(exhibit(page, part)).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-vectors-{part} [data-answer]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-vectors.{task}"].done')).to_be_visible()


def find(here: Locator, text: str, label: str) -> None:
    here.locator("input").fill(text)
    here.locator("form button").click()
    expect(here).to_have_attribute("data-found", label)


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    nearest, pair, twice, moments = (exhibit(page, part) for part in ("map", "pair", "twice", "moments"))

    expect(page.locator(CHART).first.locator("svg.main-svg").first).to_be_visible()
    find(nearest, "三", "三")
    expect(nearest.locator(".nt-atlas-near li")).to_have_count(8)
    done(page, "number")
    find(nearest, "dog", "·dog")
    find(nearest, "狗", "狗")
    done(page, "animal")
    nearest.locator("[data-dims='3']").click()
    done(page, "solid")
    expect(nearest).to_have_attribute("data-dims", "3")

    one, other = pair.locator(".nt-pair-one").all()
    for row, words in ((one, "星期"), (other, "三四")):
        for field, word in zip(row.locator("input").all(), words, strict=True):
            field.fill(word)
    pair.locator("button").click()
    done(page, "follow")
    done(page, "alike")
    for row, words in ((one, "人类"), (other, "人们")):
        for field, word in zip(row.locator("input").all(), words, strict=True):
            field.fill(word)
    pair.locator(".nt-pair-before input").fill("他是一个好")
    pair.locator("button").click()
    done(page, "depends")

    twice.locator("[data-layer='0']").click()
    done(page, "start")
    for field, text in zip(twice.locator("input").all(), ("今天天气很好", "他有一个爱好"), strict=True):
        field.fill(text)
    twice.locator("form > button").click()
    done(page, "apart")

    slider = moments.locator("input")
    slider.press("Home")
    done(page, "origin")
    slider.press("End")
    expect(moments).to_have_attribute("data-step", "300")
    moments.locator(".nt-moment[data-label='爽'] text").click()
    done(page, "mood")
    expect(moments.locator(".nt-moment.near")).to_have_count(4)
    expect(page.locator(".nt-task.done")).to_have_count(10)


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_on_a_phone_nothing_sticks_out_and_a_mistake_loses_nothing(page: Page) -> None:
    opened(page)
    nearest = exhibit(page, "map")
    nearest.locator("input").fill("太阳系<b>")
    nearest.locator("form button").click()
    expect(nearest.locator(".nt-refusal")).to_contain_text("太阳系<b>")
    assert nearest.locator("input").input_value() == "太阳系<b>"
    assert page.evaluate(HARM) == HARMLESS
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
