"""The header: on a desk's screen one line in both languages, and what has no room is left out whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE, opened

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
# The middles of the header's parts, and the badge's parts that are in sight, are cut off, or are hidden.
PLACES = """() => {
  const middle = (node) => { const box = node.getBoundingClientRect(); return (box.top + box.bottom) / 2; };
  const badge = document.querySelector('#model-badge'), frame = badge.getBoundingClientRect();
  const parts = [...badge.children].map((part) => [part.textContent, part.getBoundingClientRect()]);
  const below = ([, box]) => box.top >= frame.bottom - 1;
  return {
    middles: ['.nt-logo', '.nt-tabs', '#model-badge', '.nt-tools']
      .map((selector) => middle(document.querySelector(selector))),
    shown: parts.filter((part) => !below(part)).map(([words]) => words),
    cut: parts.filter((part) => !below(part)).filter(([, box]) => box.right > frame.right + 1).length,
  };
}"""


def measured(page: Page) -> dict:
    """Measure the header once the badge is there: it is drawn by another part of the page than the bars."""
    expect(page.locator("#model-badge")).to_contain_text("MB")
    return page.evaluate(PLACES)


@pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH, DESKTOP | LAPTOP, ENGLISH | LAPTOP], ids=str)
def test_on_a_desk_the_header_is_one_line(page: Page) -> None:
    places = measured(opened(page))
    assert max(places["middles"]) - min(places["middles"]) < 2
    assert len(places["shown"]) >= 3 and not places["cut"]


@pytest.mark.parametrize("context_options", [PHONE])
def test_on_a_phone_the_badge_leaves_out_what_has_no_room(page: Page) -> None:
    places = measured(opened(page, "/?lang=zh"))
    assert places["shown"][0] == "小白" and not places["cut"]
    assert places["middles"][0] == pytest.approx(places["middles"][3], abs=2)
    assert places["middles"][1] == pytest.approx(places["middles"][2], abs=2)
