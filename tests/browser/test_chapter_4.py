"""Chapter 4 as a learner does it: every task by clicking and typing, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE

LEARNERS = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
SUN = "the sun rises from the east"
WIZARD = "哈利·波特戴着一副圆圆的眼镜，是一个年轻的巫师。"
LENGTHS = {WIZARD: 24, "Once upon a time, there was a young wizard called Harry Potter.": 19}  # in tokens


def opened(page: Page) -> None:
    page.goto("/?chapter=exam")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    for part in ("cutting", "options", "surprise", "adding"):
        expect(exhibit(page, part)).to_have_attribute("data-ready", "true")


def exhibit(page: Page, part: str) -> Locator:
    return page.locator(f"#exhibit-exam-{part} .nt-exhibit[data-ready]")


def done(page: Page, task: str) -> None:
    expect(page.locator(f'[id="task-exam.{task}"].done')).to_be_visible()


def write(here: Locator, text: str) -> None:
    here.locator("textarea").fill(text)
    here.locator("textarea").press("Enter")
    expect(here).to_have_attribute("data-text", text)


def before(here: Locator, token: str) -> None:
    """Click with the mouse at the very place between a token and the one before it."""
    box = here.locator(f".nt-cut-token[data-label='{token}'] .nt-face").bounding_box()
    assert box
    here.page.mouse.click(box["x"] - 2, box["y"] + box["height"] / 2)


@LEARNERS
def test_every_task(page: Page) -> None:
    opened(page)
    expect(page.locator(".nt-task.done")).to_have_count(0)
    cutting, options, coloured, adding = (
        exhibit(page, part) for part in ("cutting", "options", "surprise", "adding")
    )

    text = cutting.get_attribute("data-text") or ""
    young, at, odd = ("轻", 19, "戴") if text == WIZARD else ("·young", 8, "·Har")
    before(cutting, young)
    expect(cutting).to_have_attribute("data-at", str(at))
    done(page, "light")
    expect(cutting.locator(".nt-cut-token.away")).to_have_count(LENGTHS[text] - at - 1)
    expect(cutting.locator(f".nt-cut-token.right[data-label='{young}']")).to_have_count(1)
    if text == WIZARD:
        expect(cutting.locator(".nt-bar.chosen")).to_have_attribute("data-label", "轻")
    before(cutting, odd)
    done(page, "hard")
    cutting.locator(".nt-sample", has_text=SUN).click()
    expect(cutting).to_have_attribute("data-text", SUN)
    cutting.locator(".nt-cut-gap").nth(4).click()
    done(page, "the")
    cutting.locator(".cut-next").click()
    done(page, "east")
    expect(cutting.locator(".cut-next")).to_be_disabled()

    options.locator(".nt-option").nth(2).click()
    expect(options).to_have_attribute("data-pick", "2")
    expect(page.locator('[id="task-exam.option"].done')).to_have_count(0)
    options.locator(".nt-option").nth(1).click()
    done(page, "option")
    options.locator(".options-bare").click()
    done(page, "bare")
    expect(options.locator(".nt-bar").first).to_be_visible()

    coloured.locator(".nt-chip").first.click()
    expect(coloured.locator(".nt-chip.picked")).to_have_count(1)
    expect(page.locator('[id="task-exam.top"].done')).to_have_count(0)
    odd = "苹" if "苹" in (coloured.get_attribute("data-text") or "") else "·an"
    coloured.locator(f".nt-chip[data-label='{odd}']").click()
    done(page, "top")
    write(coloured, "我想阅读的书的名字叫《人类简史》。")
    done(page, "low")
    write(coloured, "书蓝的煮封云学里桌数")
    done(page, "high")

    product = adding.locator("tbody tr:last-child td:nth-child(4)")
    for row in range(1, 25):
        adding.locator(".surprise-next").click()
        expect(adding).to_have_attribute("data-rows", str(row))
        if product.inner_text() == "0.0000000000":
            break
    done(page, "tiny")
    expect(adding.locator(".nt-surprise-gone")).not_to_be_empty()
    adding.locator(".surprise-all").click()
    done(page, "loss")
    expect(adding.locator(".nt-surprise-sums li")).to_have_count(3)
    expect(page.locator(".nt-task.done")).to_have_count(11)


@LEARNERS
def test_the_sums_are_right(page: Page) -> None:
    """The last row's sum is that of the column, and the perplexity below is 2 to the mean."""
    opened(page)
    adding = exhibit(page, "adding")
    adding.locator(".surprise-all").click()
    n = LENGTHS[adding.get_attribute("data-text") or ""]
    expect(adding.locator("tbody tr")).to_have_count(n)
    rows = adding.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(c => c.textContent))"
    )
    bits = [float(row[2]) for row in rows]
    assert float(rows[-1][4]) == pytest.approx(sum(bits), abs=0.01 * len(bits))
    assert float(adding.get_attribute("data-perplexity") or 0) == pytest.approx(
        2 ** (sum(bits) / n), rel=0.01
    )
    assert float(rows[0][3]) == pytest.approx(2 ** -bits[0], rel=0.02)


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
def test_on_a_phone_a_finger_cuts_and_nothing_sticks_out(page: Page) -> None:
    opened(page)
    cutting = exhibit(page, "cutting")
    cutting.locator(".nt-cut-gap").nth(19).tap()
    done(page, "light")
    box = cutting.locator(".nt-cut-gap").nth(19).bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    write(cutting, "price is ${ 5 <img src=x onerror=alert(1)>")
    expect(cutting.locator(".nt-cut-token")).not_to_have_count(24)
    exhibit(page, "adding").locator(".surprise-all").tap()
    expect(exhibit(page, "adding").locator(".nt-surprise-sums li")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
