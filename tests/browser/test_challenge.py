"""The challenge as a class plays it: ten rounds, alone or in two teams; and the teacher's plan."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground import DESKTOP, ENGLISH, PHONE


def start(page, address):
    page.goto(address)
    page.locator(".nt-ch-begin").click()
    expect(page.locator(".nt-ch")).to_have_attribute("data-round", "0")


def passage(page):
    return page.locator(".nt-ch-passage").inner_text()


def bet(page, option, weight):
    page.locator(".nt-ch-option").nth(option).click()
    page.locator(".nt-ch-sure input").fill(str(weight))
    page.locator(".nt-ch-reveal").click()


def play(page, teams):
    for at in range(10):
        expect(page.locator(".nt-ch")).to_have_attribute("data-round", str(at))
        for team in range(teams):
            bet(page, (at + 3 * team) % 6, 20 + 5 * at)
        expect(page.locator(".nt-ch-player")).to_have_count(teams + 1)
        page.locator(".nt-ch-next").click()
    expect(page.locator(".nt-ch")).to_have_attribute("data-stage", "end")


@pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH, PHONE], ids=["zh", "en", "phone"])
def test_ten_rounds_alone(page):
    start(page, "/#challenge=7")
    play(page, 1)
    lines = page.locator(".nt-ch-curves .line")
    expect(lines).to_have_count(2)
    expect(page.locator(".nt-ch-won li")).to_have_count(10)
    bits = [float(line.get_attribute("data-bits")) for line in lines.all()]
    assert all(0 < one < 200 for one in bits)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_two_teams_from_a_link_play_the_same_rounds(page):
    start(page, "/#challenge=7&in=zh&teams=2")
    first = passage(page)
    play(page, 2)
    expect(page.locator(".nt-ch-curves .line")).to_have_count(3)
    page.locator(".nt-ch-same").click()
    expect(page.locator(".nt-ch")).to_have_attribute("data-round", "0")
    assert passage(page) == first


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_an_answer_that_comes_after_quitting_opens_no_round(page):
    start(page, "/#challenge=7")
    bet(page, 0, 50)
    expect(page.locator(".nt-ch-next")).to_be_visible()
    page.evaluate("['next', 'quit'].forEach((name) => document.querySelector(`.nt-ch-${name}`).click())")
    page.wait_for_timeout(1500)  # the round that was asked for would be here by now
    expect(page.locator(".nt-ch")).to_have_attribute("data-stage", "start")
    page.locator(".nt-ch-begin").click()
    expect(page.locator(".nt-ch")).to_have_attribute("data-round", "0")
    bet(page, 0, 50)
    expect(page.locator(".nt-ch-next")).to_be_visible()


@pytest.mark.parametrize("context_options", [ENGLISH], ids=["en"])
def test_own_text_and_a_typed_guess(page):
    page.goto("/#challenge=3")
    page.locator("[data-own='1']").click()
    page.locator(".nt-ch-own").fill("too short")
    page.locator(".nt-ch-begin").click()
    expect(page.locator(".nt-ch > .nt-refusal")).to_contain_text("yields only")
    assert page.locator(".nt-ch-own").input_value() == "too short"
    page.locator(".nt-ch-own").fill("the cat sat on the mat and looked at the moon while the dog was asleep")
    page.locator(".nt-ch-begin").click()
    expect(page.locator(".nt-ch")).to_have_attribute("data-round", "0")
    page.locator("[data-how=type]").click()
    expect(page.locator(".nt-ch-reveal")).to_be_disabled()
    page.locator(".nt-ch-typed").fill("${alert(1)}")
    page.locator(".nt-ch-reveal").click()
    expect(page.locator(".nt-ch-what").first).to_contain_text("${alert(1)}")


@pytest.mark.parametrize("context_options", [DESKTOP], ids=["zh"])
def test_the_teachers_plan_lists_every_chapter(page):
    page.goto("/?chapter=guess")
    page.locator(".nt-plan-open").click()
    sheet = page.locator(".nt-plan-sheet")
    expect(sheet.locator("section")).to_have_count(page.locator(".nt-chapter-button").count())
    assert sheet.locator("tbody tr th").all_inner_texts()[-1].endswith("45")
    page.emulate_media(media="print")
    assert page.locator(".nt-plan").is_visible() and not page.locator("#header").is_visible()
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator(".nt-plan")).not_to_be_visible()
