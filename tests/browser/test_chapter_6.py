"""Chapter 6 as a learner does it: every task by typing and clicking, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, HARM, HARMLESS, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
VENUS = "Venus is an interesting planet. The sun rises from the"


def opened(page: Page) -> None:
    page.goto("/?chapter=context")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    for part in ("beside", "turn", "look", "elders"):
        expect(exhibit(page, part)).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-context-{part} [data-answer]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-context.{task}"].done')).to_be_visible()


def write(here: Locator, column: int, text: str, top: str) -> None:
    one = here.locator(".nt-contexts-one").nth(column)
    one.locator("textarea").fill(text)
    one.locator("button").first.click()
    expect(one).to_have_attribute("data-top", top)


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    beside, turn, look, elders = (exhibit(page, part) for part in ("beside", "turn", "look", "elders"))

    tops = [one.get_attribute("data-top") for one in beside.locator(".nt-contexts-one").all()]
    assert tops == ["·east", "·northeast", "·west"]
    write(beside, 0, "In the winter, the sun rises from the", "·southeast")
    done(page, "winter")
    write(
        beside,
        1,
        "Venus is hot. Tom opened the window and looked at the garden. The sun rises from the",
        "·west",
    )
    done(page, "far")
    beside.locator(".contexts-back").click()
    expect(beside.locator(".nt-contexts-one").first).to_have_attribute("data-top", "·east")

    write(turn, 0, "金星上，太阳从", "西")
    done(page, "turn")

    tokens, heads = look.locator(".nt-look-token"), look.locator(".nt-look-grid button")
    chinese = "金星" in (look.get_attribute("data-text") or "")
    hint, name = (1, "金") if chinese else (2, "enus")
    tokens.nth(hint).click()
    expect(look).to_have_attribute("data-out", str(hint))
    done(page, "without")
    expect(look.locator(".nt-look-told")).to_contain_text(name)
    shares = [int(one.inner_text().rstrip("%")) for one in heads.all()]
    assert max(shares) >= 30
    heads.nth(shares.index(max(shares))).click()
    expect(heads.nth(shares.index(max(shares)))).to_have_attribute("aria-pressed", "true")
    done(page, "head")
    if not chinese:
        look.locator(".nt-sample").first.click()
    stop = 11  # 。
    expect(tokens.nth(stop)).to_contain_text("。")
    tokens.nth(stop).click()
    expect(look).to_have_attribute("data-out", str(stop))
    shares = [int(one.inner_text().rstrip("%")) for one in heads.all()]
    heads.nth(shares.index(max(shares))).click()
    done(page, "vain")
    looked = [float(one.get_attribute("data-looked") or 0) for one in tokens.all()]
    assert sum(looked) == pytest.approx(1, abs=1e-4)

    elders.locator("[data-range='3']").click()
    expect(elders).to_have_attribute("data-range", "3")
    for _ in range(40):
        if elders.get_attribute("data-gpt") == "true" and elders.get_attribute("data-ngram") == "false":
            break
        before = elders.get_attribute("data-answer") or ""
        elders.locator(".elders-another").click()
        expect(elders).not_to_have_attribute("data-answer", before)
    done(page, "beats")
    for text in (VENUS.replace("Venus", "Mars"), VENUS):
        elders.locator("textarea").fill(text)
        elders.locator("form button").click()
        expect(elders).to_have_attribute("data-text", text)
    expect(elders.locator("[data-name=ngram]")).to_have_attribute("data-same", "true")
    done(page, "blind")
    expect(page.locator(".nt-task.done")).to_have_count(8)


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_on_a_phone_nothing_sticks_out_and_a_mistake_loses_nothing(page: Page) -> None:
    opened(page)
    look = exhibit(page, "look")
    look.locator("input[type=text]").fill("<b>x</b> ${1}")
    look.locator("form button").click()
    expect(look).to_have_attribute("data-text", "<b>x</b> ${1}")
    look.locator("input[type=text]").fill("的" * 60)
    look.locator("form button").click()
    expect(look.locator(".nt-refusal")).to_be_visible()
    assert look.locator("input[type=text]").input_value() == "的" * 60
    assert page.evaluate(HARM) == HARMLESS
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
