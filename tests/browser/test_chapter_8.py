"""Chapter 8 as a learner does it: every task by hand, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE

both = pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])


def shown(page, part):
    return page.locator(f"#exhibit-large-{part} .nt-exhibit[data-ready]")


def ask_family(page, text):
    exhibit = shown(page, "family")
    exhibit.locator("input[type=text]").fill(text)
    exhibit.locator("form button").click()
    expect(exhibit).to_have_attribute("data-text", text)


@both
def test_every_task_can_be_done_by_hand(page):
    page.goto("/?chapter=large")
    sizes = shown(page, "orders")
    for name in ("xiaobai", "gpt3"):
        sizes.locator(f"[data-id={name}]").click()
        expect(sizes.locator(f"[data-id={name}]")).to_have_attribute("aria-pressed", "true")
    for name in ("melons", "gpt4"):
        sizes.locator(f"[data-id={name}]").click()
        expect(sizes.locator(f"[data-id={name}]")).to_have_attribute("aria-pressed", "true")
    expect(sizes.locator(".nt-sizes-told")).to_contain_text("11.8")

    scale = shown(page, "scale")
    expect(scale).to_have_attribute("data-ready", "true")
    scale.locator("input[name=p]").fill("90")
    scale.locator("input[name=length]").fill("7")
    expect(page.locator('[id="task-large.lost"].done')).to_be_attached()
    scale.locator("input[name=length]").fill("20")
    scale.locator("input[name=p]").fill("98")

    learn, arrived = shown(page, "learn"), page.locator('[id="task-large.overtake"].done')
    expect(learn).to_have_attribute("data-at", "0")
    for at in range(1, 17):
        if arrived.is_visible():
            break
        learn.locator(".learn-forth").click()
        expect(learn).to_have_attribute("data-at", str(at))
    expect(learn.locator(".nt-learn-list li")).to_have_count(int(learn.get_attribute("data-models") or 0))

    family = shown(page, "family")
    family.locator(".nt-family-tries button").first.click()
    expect(family).to_have_attribute("data-text", "The capital of Indonesia is")
    ask_family(page, "太阳从东边升起，从西边落下。")
    ask_family(page, "qzxj vkwp")

    shots = shown(page, "shots")
    expect(shots.locator(".nt-shots-wrote")).to_contain_text("awan")
    for which, word in (("none", "cloud"), ("zh", "cloud"), ("id", "house")):
        shots.locator(f"[data-which={which}]").click()
        expect(shots).to_have_attribute("data-which", which)
        shots.locator(f"[data-word={word}]").click()
        expect(shots).to_have_attribute("data-word", word)
    for task in (
        "gpt3",
        "eleven",
        "lost",
        "leap",
        "overtake",
        "capital",
        "pack",
        "swell",
        "bare",
        "help",
        "other",
    ):
        expect(page.locator(f'[id="task-large.{task}"].done')).to_be_attached()


@pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
@pytest.mark.parametrize(("chapter", "parts"), [("large", 5), ("training", 4)])
def test_nothing_overflows_a_phone(page, chapter, parts):
    page.goto(f"/?chapter={chapter}")
    expect(page.locator(f"[id^=exhibit-{chapter}-] .nt-exhibit[data-ready=true]")).to_have_count(parts)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
