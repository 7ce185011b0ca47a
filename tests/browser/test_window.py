"""A window changes its size: Gradio folds tab buttons away then, and the page's own must go on working."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lesson.chapters import CHAPTERS
from tests.browser.playground import DESKTOP, PHONE

SHOWN = {"training": "#order", "lessons": "#chapters", "challenge": "#challenge", "playground": "#bars"}


@pytest.mark.parametrize(
    ("context_options", "size"), [(DESKTOP, (700, 800)), (PHONE, (844, 390))], ids=["desktop", "phone"]
)
def test_all_tabs_and_chapters_open_after_the_window_was_resized(page: Page, size: tuple[int, int]) -> None:
    page.goto("/?chapter=tokens")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(500)  # Gradio counts its buttons when the window has come to rest
    for chapter in CHAPTERS:
        page.locator(f".nt-chapter-button[data-id={chapter.id}]").click()
        expect(page.locator(".nt-chapter-title:visible")).to_have_text(chapter.title.zh)
    for tab, part in SHOWN.items():
        page.locator(f"#open-{tab}").click()
        expect(page.locator(part)).to_be_visible()
