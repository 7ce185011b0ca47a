"""Chapter 2 as a learner does it: every task by typing, clicking and turning, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
ANDY = "刘德华是香港著名的"
SLIDE = (
    "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })); }"
)


def opened(page: Page) -> None:
    page.goto("/?chapter=guess")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    expect(exhibit(page, "cloze")).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-guess-{part} .nt-exhibit[data-ready]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-guess.{task}"].done')).to_be_visible()


def bar(here: Locator, label: str) -> Locator:
    return here.locator(f'button.nt-bar[data-label="{label}"]')


def slide(here: Locator, name: str, value: float) -> None:
    here.locator(f"input[data-name={name}]").evaluate(SLIDE, value)


def write(here: Locator, text: str) -> None:
    here.locator("input[type=text]").fill(text)
    here.locator("form button").click()
    expect(here).to_have_attribute("data-text", text)


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    task, heat, context, knobs, cloze = (
        exhibit(page, part) for part in ("task", "temperature", "context", "knobs", "cloze")
    )
    task.locator(".guess-draw").click()
    done(page, "draw")
    bar(task, "艺").click()
    expect(task).to_have_attribute("data-text", ANDY + "艺")
    assert float(bar(task, "人").get_attribute("data-p") or 0) > 0.9
    done(page, "artist")
    task.locator(".guess-undo").click()
    expect(task).to_have_attribute("data-text", ANDY)
    bar(task, "歌").click()
    done(page, "singer")

    slide(heat, "temperature", 0.3)
    done(page, "cold")
    expect(heat.locator(".guess-key")).to_be_visible()
    slide(heat, "temperature", 2)
    done(page, "hot")
    write(heat, "周五下班真的很")
    done(page, "order")

    context.locator(".nt-sample", has_text=re.compile("^人类简$")).click()
    done(page, "mankind")
    write(context, "我想阅读的书的名字叫《人类简")
    done(page, "sapiens")

    slide(knobs, "top_k", 2)
    done(page, "topk")
    expect(knobs.locator(".nt-bar.cut").first).to_be_visible()
    slide(knobs, "top_p", 0.4)
    done(page, "topp")

    labels = cloze.locator("button.nt-bar").evaluate_all("bars => bars.map(one => one.dataset.label)")
    others = [label for label in labels if label not in ("·is", "·was", "·will", "·were")]
    bar(cloze, others[0]).click()
    done(page, "other")
    expect(cloze.locator(".nt-guess-told")).to_be_visible()


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_nothing_overflows_on_a_phone(page: Page) -> None:
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_a_refused_sentence_stays_where_it_was_typed(page: Page) -> None:
    opened(page)
    here = exhibit(page, "context")
    here.locator("input[type=text]").evaluate(
        "(field) => { field.removeAttribute('maxlength'); field.value = '好'.repeat(2001); }"
    )
    here.locator("form button").click()
    expect(here.locator(".nt-refusal")).to_contain_text("2,001")
    assert len(here.locator("input[type=text]").input_value()) == 2001
