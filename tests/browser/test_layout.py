"""How the page stands: sizes, light and dark, projector, targets, keyboard, motion."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import (
    DESKTOP,
    MOVING,
    PHONE,
    after,
    bar,
    bars,
    chips,
    more_knobs,
    opened,
    rewritten,
    sums,
    while_the_dice_rolls,
)

DARK = DESKTOP | {"color_scheme": "dark"}
PROJECTOR = DESKTOP | {"viewport": {"width": 1280, "height": 800}}
TABLET = DESKTOP | {"viewport": {"width": 820, "height": 1180}}

# What sticks out of the window, although the page cuts it off there, and cannot be scrolled to.
STICKING_OUT = """() => [...document.querySelectorAll('.gradio-container *')].filter((node) => {
  if (!node.checkVisibility({ visibilityProperty: true })) return false;
  if (node.closest('.nt-hidden, #tabs > .tab-wrapper, .tab-container, svg')) return false;
  const inside = (box) => box.right <= innerWidth + 1 && box.left >= -1;
  const box = node.getBoundingClientRect();
  if (box.width === 0 || inside(box)) return false;
  for (let up = node.parentElement; up && up.tagName !== 'BODY'; up = up.parentElement) {
    const scrolls = /auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX);
    if (scrolls && inside(up.getBoundingClientRect())) return false;
  }
  return true;
}).map((node) => `${node.tagName}.${node.className} ${Math.round(node.getBoundingClientRect().right)}`)"""
SMALL = """() => [...document.querySelectorAll(
  'button, summary, select, textarea, input:not([type=checkbox], [type=radio]), .nt-lesson, .nt-size')]
  .filter((node) => node.checkVisibility({ visibilityProperty: true })
    && !node.closest('#tabs > .tab-wrapper, .tab-container, .nt-sentence'))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
  .map(([node, box]) => `${node.id || node.className || node.textContent} ${box.width} × ${box.height}`)"""
CONTRAST = """(selector) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return /rgba\\(.*, 0\\)|transparent/.test(colour) ? ground(node.parentElement) : colour;
  };
  const node = document.querySelector(selector);
  const [ink, paper] = [light(getComputedStyle(node).color), light(ground(node))];
  return [(Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05), paper];
}"""
FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  return [node.id || node.dataset.i || node.dataset.at || node.dataset.speed || node.tagName,
    node.closest('#bars') ? 'bar' : node.closest('#sentence') ? 'chip' : '',
    style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0];
}"""
# A fade is no motion.
MOVES = """() => document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 50)
  .map((one) => one.animationName ?? one.transitionProperty ?? 'script')
  .filter((what) => !/opacity|color/.test(what))"""


@pytest.fixture
def context_options():
    return DESKTOP


def fits(page: Page) -> None:
    """Nothing lies beyond the window's edge."""
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate("() => document.body.scrollWidth <= Math.ceil(innerWidth)")
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("context_options", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_needs_scrolling_sideways(page: Page, lang: str) -> None:
    opened(page, f"/?lang={lang}")
    fits(page)
    more_knobs(page)
    page.locator("#evidence-card > summary").click()
    expect(page.locator("#evidence-card")).to_have_attribute("data-state", "found", timeout=120_000)
    rewritten(page, "The capital of Indonesia is " + "supercalifragilistic" * 5 + " 很" * 40)
    fits(page)
    page.locator("#edit-sentence").click()
    fits(page)
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_visible()
    page.locator(".nt-lesson[data-id='own']").click()
    expect(page.locator("#own-text")).to_be_visible()
    fits(page)


@pytest.mark.parametrize("context_options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_pressed_is_large_enough(page: Page) -> None:
    opened(page)
    more_knobs(page)
    after(page, bar(page, 0).click)
    assert page.evaluate(SMALL) == []
    page.locator("#edit-sentence").click()
    assert page.evaluate(SMALL) == []
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_visible()
    page.locator(".nt-lesson[data-id='own']").click()
    expect(page.locator("#own-text")).to_be_visible()
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("context_options", [PHONE])
def test_on_a_phone_a_tap_appends_and_the_rows_add_up(page: Page) -> None:
    opened(page)
    rows, _ = bars(page)
    assert len(rows) == 6 and sums(page) == (pytest.approx(1, abs=1e-6),) * 2
    after(page, bar(page, 5).tap)
    assert chips(page)[-1]["ids"] == [rows[5]["id"]]
    after(page, page.locator("#step").tap)
    assert sums(page) == (pytest.approx(1, abs=1e-6),) * 2


@pytest.mark.parametrize("context_options", [PROJECTOR])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_projector_enlarges_and_is_remembered(page: Page, lang: str) -> None:
    opened(page, f"/?lang={lang}")
    size = "node => node.getBoundingClientRect().height"
    before = bar(page, 0).locator(".nt-word").evaluate(size)
    page.locator("#projector").click()
    expect(page.locator("#projector")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#bars .nt-bars > *")).to_have_count(6)
    assert bar(page, 0).locator(".nt-word").evaluate(size) > 1.2 * before
    assert sums(page) == (pytest.approx(1, abs=1e-6),) * 2
    fits(page)
    after(page, lambda: page.keyboard.press("5"))
    page.locator("#open-training").click()
    expect(page.locator("#train-start")).to_be_visible()
    fits(page)
    expect(page.locator("#estimate")).to_have_text(re.compile(r"\d"))  # no answer is awaited when we leave
    opened(page, f"/?lang={lang}")
    expect(page.locator("#projector")).to_have_attribute("aria-pressed", "true")
    page.locator("#projector").click()
    expect(page.locator("#bars .nt-bars > *")).to_have_count(10)


@pytest.mark.parametrize("context_options", [DESKTOP, DARK], ids=["light", "dark"])
def test_light_and_dark_are_both_readable(page: Page, context_options: dict) -> None:
    opened(page)
    dark = context_options.get("color_scheme") == "dark"
    for where in ("#sentence .nt-chip:nth-child(2) .nt-face", "#bars .nt-word", "#bars .nt-value b", "h1"):
        contrast, ground = page.evaluate(CONTRAST, where)
        assert contrast > 7 and (ground < 0.1) == dark, where
    for where in (".nt-small", ".nt-badge", "#bars .rest .nt-word", "#projector", ".nt-tagline"):
        assert page.evaluate(CONTRAST, where)[0] >= 4.5, where
    assert page.evaluate(CONTRAST, "#step")[0] >= 3  # large and bold


def test_everything_is_reached_and_used_by_keyboard(page: Page) -> None:
    opened(page)
    after(page, lambda: page.keyboard.press("1"))
    reached: list[tuple[str, str, bool]] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        now = tuple(page.evaluate(FOCUSED))
        if now[0] == "BODY" or (reached and now == reached[0]):
            break
        reached.append(now)
    names = {name for name, _, _ in reached}
    assert {"lang", "projector", "copy-link", "open-playground", "undo", "reset", "edit-sentence"} <= names
    assert {"step", "auto", "draw", "slow", "normal", "fast", "temperature", "blank"} <= names
    assert [name for name, kind, _ in reached if kind == "bar"] == [str(i) for i in range(9)]
    assert sum(kind == "chip" for _, kind, _ in reached) == len(chips(page)) + 2  # the beginning, the blank
    assert all(outline for _, kind, outline in reached if kind)
    assert not [name for name in names if name.startswith("tab-")]  # Gradio's own tabs are out of sight
    after(page, lambda: bar(page, 0).press("Enter"))
    assert chips(page)[-1]["how"] == "clicked"
    page.locator("#open-playground").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#open-training")).to_be_focused()
    expect(page.locator("#train-start")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#step")).to_be_visible()


def test_the_bars_have_names_for_those_who_hear_them(page: Page) -> None:
    opened(page)
    rows, rest = bars(page)
    for row in rows:
        assert row["name"] == f"{row['label']}, p {row['figure']}"
    assert rest["name"].startswith("其余所有词, p ")
    assert page.locator("#bars button:not([aria-label]), #sentence button:not([aria-label])").count() == 0
    expect(page.locator("#bars .nt-told")).to_contain_text(rows[0]["label"])


def test_reduced_motion_moves_nothing(page: Page) -> None:
    opened(page)
    after(page, lambda: page.keyboard.press(" "))
    assert page.evaluate(MOVES) == []
    after(page, bar(page, 0).click)
    assert page.evaluate(MOVES) == []
    expect(page.locator(".nt-fly")).to_have_count(0)


@pytest.mark.parametrize("context_options", [MOVING])
def test_a_guess_is_shown_and_another_click_skips_it(page: Page) -> None:
    opened(page)
    while_the_dice_rolls(page, "#step")
    page.keyboard.press(" ")
    expect(page.locator("#sentence .nt-chip.made")).to_have_count(2)
    expect(page.locator("#playground")).to_have_attribute("data-phase", "2")
    expect(page.locator(".nt-fly")).to_have_count(0)
    expect(page.locator("#throw .nt-last")).to_be_visible()


@pytest.mark.parametrize("context_options", [PROJECTOR, PHONE], ids=["projector", "phone"])
def test_the_open_chapter_is_seen_in_its_bar_and_a_reload_stays_there(page: Page) -> None:
    page.goto("/?chapter=unknown")
    for chapter in ("unknown", "tokens"):
        button = page.locator(f".nt-chapter-button[data-id={chapter}]")
        if chapter == "tokens":
            button.click()
            page.reload()
        expect(button).to_have_attribute("aria-current", "true")
        expect(button).to_be_in_viewport(ratio=0.9)
    assert page.url.endswith("chapter=tokens")
