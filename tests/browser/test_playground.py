"""What a learner does in the playground: choose, guess, go back, turn knobs, write, send a link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from lesson.params import EXAMPLE, MAX_CHARACTERS
from model import load
from model.sampling import throw
from model.tokenizer import load_tokenizer
from tests.browser.playground import (
    DESKTOP,
    MOVING,
    after,
    bar,
    bars,
    chips,
    labels,
    more_knobs,
    opened,
    rewritten,
    step,
    sums,
    text,
    turn,
    while_the_dice_rolls,
    write,
)

SEED = 42
EXACT = pytest.approx(1, abs=1e-6)
COMPOSED = """(node, key) => node.dispatchEvent(
  new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))"""


@pytest.fixture
def context_options():
    return DESKTOP


def test_a_clicked_bar_is_appended_and_the_next_bars_are_there(page: Page) -> None:
    opened(page)
    before = bars(page)[0]
    after(page, bar(page, 1).click)
    last = chips(page)[-1]
    assert last["label"] == before[1]["label"] and last["ids"] == [before[1]["id"]]
    assert last["made"] and last["how"] == "clicked"
    rows, _ = bars(page)
    assert [row["p"] for row in rows] != [row["p"] for row in before] and sums(page) == (EXACT, EXACT)
    expect(page.locator("#told-throw")).to_contain_text(f"「{before[1]['label']}」是你选的")
    expect(page.locator("#strip .nt-legend")).to_contain_text("由模型生成")
    step(page)


def test_keys_1_to_9_choose_the_bars(page: Page) -> None:
    opened(page)
    for key in "123456789":
        chosen = bars(page)[0][int(key) - 1]
        after(page, lambda key=key: page.keyboard.press(key))
        assert chips(page)[-1]["ids"][-1] == chosen["id"]
        assert sums(page) == (EXACT, EXACT)


def test_space_throws_the_dice_that_the_seed_foretells(page: Page) -> None:
    opened(page)
    for _ in range(3):
        rows, _ = bars(page)
        dice = throw(SEED, int(page.locator("#sentence").get_attribute("data-length") or 0))
        ends = [sum(row["p"] for row in rows[: i + 1]) for i in range(len(rows))]
        foretold = next((row["id"] for row, end in zip(rows, ends, strict=True) if dice < end), None)
        after(page, lambda: page.keyboard.press(" "))
        last = chips(page)[-1]
        assert last["how"] == "drawn"
        if foretold is not None:
            assert last["ids"][-1] == foretold
        else:
            assert last["ids"][-1] not in [row["id"] for row in rows]
        expect(page.locator("#told-throw")).to_contain_text(f"{dice:.3f}")


def test_the_button_guesses_and_space_after_it_guesses_again(page: Page) -> None:
    opened(page)
    after(page, page.locator("#step").click)
    after(page, lambda: page.keyboard.press(" "))
    assert [chip["how"] for chip in chips(page) if chip["made"]] == ["drawn", "drawn"]


def test_undo_takes_back_and_reset_begins_again(page: Page) -> None:
    opened(page)
    expect(page.locator("#undo")).to_be_disabled()
    first = bars(page)
    after(page, bar(page, 0).click)
    after(page, bar(page, 2).click)
    two = text(page)
    after(page, page.locator("#undo").click)
    assert len(text(page)) < len(two) and two.startswith(text(page))
    after(page, lambda: page.keyboard.press("Backspace"))
    assert text(page) == EXAMPLE and bars(page) == first
    for _ in range(3):
        after(page, lambda: page.keyboard.press(" "))
    after(page, page.locator("#reset").click)
    assert text(page) == EXAMPLE and bars(page) == first
    expect(page.locator("#strip .nt-legend")).to_be_hidden()


def test_a_chip_leads_back_to_the_moment_it_was_guessed(page: Page) -> None:
    opened(page)
    first = bars(page)
    after(page, bar(page, 0).click)
    after(page, bar(page, 0).click)
    place = len(EXAMPLE)
    after(page, page.locator("#sentence .nt-chip").nth(place + 1).click)
    assert text(page) == EXAMPLE and bars(page) == first
    after(page, bar(page, 3).click)
    assert chips(page)[-1]["ids"] == [first[0][3]["id"]]
    after(page, page.locator("#sentence .nt-chip").nth(3).click)
    assert text(page) == EXAMPLE[:2] and not any(chip["made"] for chip in chips(page))
    after(page, page.locator("#sentence .nt-chip").nth(0).click)
    assert text(page) == "" and sums(page) == (EXACT, EXACT)


def test_a_hundred_draws_lie_over_the_bars_and_append_nothing(page: Page) -> None:
    opened(page)
    before = bars(page)
    for draws in (100, 200):
        page.locator("#draw").click()
        expect(page.locator("#bars .key-seen")).to_contain_text(str(draws))
        rows, rest = bars(page)
        assert sum(row["n"] for row in (*rows, rest)) == draws
    assert rows[0]["n"] == pytest.approx(200 * rows[0]["p"], abs=45)
    assert [row["p"] for row in rows] == [row["p"] for row in before[0]] and text(page) == EXAMPLE
    after(page, bar(page, 0).click)
    expect(page.locator("#bars .key-seen")).to_be_hidden()


def test_temperature_changes_p_shaped_and_never_p(page: Page) -> None:
    opened(page)
    before, rest_before = bars(page)
    expect(page.locator("#bars .key-p")).to_be_hidden()
    turn(page, "temperature", 1.8)
    expect(page.locator("#bars .nt-bars")).to_have_class(re.compile("turned"))
    rows, rest = bars(page)
    assert [row["p"] for row in rows] == [row["p"] for row in before] and rest["p"] == rest_before["p"]
    assert rows[0]["q"] < rows[0]["p"] and rest["q"] > rest["p"] and sums(page) == (EXACT, EXACT)
    expect(page.locator("#bars .key-p")).to_be_visible()
    expect(bar(page, 0).locator("small")).to_contain_text("p ")
    turn(page, "temperature", 0)
    expect(bar(page, 0)).to_have_attribute("data-q", "1")
    rows, rest = bars(page)
    assert [row["q"] for row in (*rows[1:], rest)] == [0] * len(rows)
    page.locator("#knobs-default").click()
    expect(page.locator("#bars .nt-bars")).not_to_have_class(re.compile("turned"))
    assert bars(page) == (before, rest_before)
    expect(page.locator("#knobs-default")).to_be_hidden()


def test_tokens_that_top_k_and_top_p_cut_stay_in_sight_at_zero(page: Page) -> None:
    opened(page)
    more_knobs(page)
    before, _ = bars(page)
    turn(page, "top-k", 1)  # the slider's second station: the two tallest
    expect(page.locator("#top-k-value")).to_have_text("2")
    expect(bar(page, 2)).to_have_attribute("data-q", "0")
    rows, rest = bars(page)
    assert [row["cut"] for row in rows] == [False, False, *[True] * (len(rows) - 2)] and rest["q"] == 0
    assert [row["p"] for row in rows] == [row["p"] for row in before]
    assert rows[0]["q"] == pytest.approx(rows[0]["p"] / (rows[0]["p"] + rows[1]["p"]), abs=1e-6)
    assert all(row["figure"] == "0%" and "被旋钮去掉了" in row["name"] for row in rows[2:])
    style = "node => getComputedStyle(node.querySelector('.nt-word')).textDecorationLine"
    assert bar(page, 3).evaluate(style) == "line-through" and bar(page, 1).evaluate(style) == "none"
    page.locator("#knobs-default").click()
    expect(bar(page, 2)).not_to_have_attribute("data-q", "0")
    turn(page, "top-p", round(before[0]["p"] / 2, 2))
    expect(bar(page, 0)).to_have_attribute("data-q", "1")
    assert [row["cut"] for row in bars(page)[0]] == [False, *[True] * (len(rows) - 1)]
    after(page, bar(page, 4).click)  # the learner may still choose what the dice no longer can
    assert chips(page)[-1]["ids"] == [before[4]["id"]]


def test_greedy_takes_the_tallest_every_time(page: Page) -> None:
    opened(page)
    more_knobs(page)
    page.locator("label[for='greedy']").click()
    expect(page.locator("#throw .nt-before")).to_contain_text("不掷骰子")
    for _ in range(3):
        tallest = bars(page)[0][0]
        after(page, lambda: page.keyboard.press(" "))  # Space guesses, also right after a click on a knob
        assert chips(page)[-1]["ids"][-1] == tallest["id"] and chips(page)[-1]["how"] == "greedy"
    expect(page.locator("#told-throw")).to_contain_text("没有掷骰子")
    page.locator("#greedy-draw").click()
    expect(page.locator("#bars .nt-bars")).not_to_have_class(re.compile("turned"))
    after(page, page.locator("#step").click)
    assert chips(page)[-1]["how"] == "drawn"


def test_more_rows_still_add_up(page: Page) -> None:
    opened(page)
    more_knobs(page)
    for rows in (3, 30):
        turn(page, "rows", rows)
        expect(page.locator("#bars .nt-bars > *")).to_have_count(rows + 1)
        assert sums(page) == (EXACT, EXACT)


def test_a_copied_link_opens_the_same_text_elsewhere(page: Page, browser: Browser, app_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page)
    more_knobs(page)
    page.locator("#seed").fill("7")
    page.locator("#seed").press("Enter")
    turn(page, "temperature", 1.5)
    expect(page.locator("#temperature-value")).to_have_text("1.5")
    for _ in range(3):
        after(page, page.locator("#step").click)
    after(page, bar(page, 1).click)
    page.locator("#copy-link").click()
    expect(page.locator("#nt-toast")).to_contain_text("链接已复制")
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(f"{app_url}/?lang=zh#") and EXAMPLE not in link.split("#")[0]
    other = browser.new_context(**DESKTOP)
    try:
        second = other.new_page()
        second.goto(link)
        length = page.locator("#sentence").get_attribute("data-length") or ""
        expect(second.locator("#sentence")).to_have_attribute("data-length", length)
        assert [chip["ids"] for chip in chips(second)] == [chip["ids"] for chip in chips(page)]
        assert bars(second) == bars(page)
        for _ in range(3):  # and from there the same seed throws the same dice
            after(page, page.locator("#step").click)
            after(second, second.locator("#step").click)
        assert [chip["ids"] for chip in chips(second)] == [chip["ids"] for chip in chips(page)]
    finally:
        other.close()


def test_without_a_clipboard_the_link_lies_in_a_field(page: Page, app_url: str) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('none'))")
    opened(page)
    page.locator("#copy-link").click()
    expect(page.locator("#link-field")).to_be_focused()
    chosen = page.evaluate("() => getSelection().toString() || document.activeElement.value")
    assert chosen.startswith(f"{app_url}/?lang=zh#")
    expect(page.locator("#nt-toast")).to_contain_text("Ctrl+C")
    page.locator("#link-field").press("Escape")
    expect(page.locator("#link-field")).to_be_hidden()


def test_a_damaged_link_opens_the_example_and_says_so(page: Page) -> None:
    page.goto("/#text=%E5%91%A8&picks=1.x")
    expect(page.locator("#nt-toast")).to_contain_text("链接")
    assert text(page) == EXAMPLE


def test_the_sentence_is_edited_in_place(page: Page) -> None:
    opened(page)
    field = page.locator("#sentence-input")
    page.keyboard.press("e")
    expect(field).to_be_focused()
    expect(field).to_have_value(EXAMPLE)
    field.fill("太阳从")
    after(page, lambda: field.press("Enter"))
    expect(field).to_be_hidden()
    assert text(page) == "太阳从"
    page.locator("#blank").click()
    field.fill("月亮从西边")
    field.press("Escape")
    expect(field).to_be_hidden()
    assert text(page) == "太阳从"
    page.locator("#edit-sentence").click()
    expect(field).to_have_value("太阳从")
    field.fill("第一行")
    field.press("Shift+Enter")
    field.type("第二行")
    after(page, page.locator("#sentence-take").click)
    assert text(page) == "第一行⏎第二行"
    page.locator("#edit-sentence").click()
    after(page, page.locator(".nt-sample", has_text="The sun rises").click)
    assert text(page) == "The·sun·rises·from·the"


def test_shortcut_keys_rest_while_someone_types_or_composes(page: Page) -> None:
    opened(page)
    before = step(page)
    page.keyboard.press("e")
    field = page.locator("#sentence-input")
    expect(field).to_be_focused()
    page.keyboard.type("1 e2 ")
    expect(field).to_have_value(EXAMPLE + "1 e2 ")
    field.evaluate(COMPOSED, "Enter")
    field.evaluate(COMPOSED, "Escape")
    expect(field).to_be_visible()
    field.press("Escape")
    for key in ("1", " ", "e", "Backspace"):
        page.locator("body").evaluate(COMPOSED, key)
    for key in ("Control+1", "Alt+1"):
        page.keyboard.press(key)
    expect(field).to_be_hidden()
    assert step(page) == before
    after(page, lambda: page.keyboard.press("1"))
    assert int(step(page)[0] or 0) == int(before[0] or 0) + 1


def test_two_clicks_before_the_answer_choose_once(page: Page) -> None:
    opened(page)
    first = bars(page)[0]
    twice = "() => [0, 1].forEach(i => document.querySelector(`#bars button[data-i='${i}']`).click())"
    after(page, lambda: page.evaluate(twice))
    after(page, page.locator("#step").click)
    assert next(chip["ids"] for chip in chips(page) if chip["made"]) == [first[0]["id"]]
    assert int(page.locator("#sentence").get_attribute("data-version") or 0) == 2


@pytest.mark.parametrize("context_options", [MOVING])
def test_a_click_on_bars_that_are_over_is_refused(page: Page) -> None:
    opened(page)
    while_the_dice_rolls(page, "#bars button[data-i='1']")  # chosen already, but the old bars still stand
    page.keyboard.press(" ")
    expect(page.locator("#nt-toast")).to_contain_text("这一步已经过去了")
    assert [chip["how"] for chip in chips(page) if chip["made"]] == ["drawn"]
    after(page, lambda: page.keyboard.press("1"))
    assert [chip["how"] for chip in chips(page) if chip["made"]] == ["drawn", "clicked"]


def test_a_text_that_is_too_long_gets_a_sentence_and_stays(page: Page) -> None:
    opened(page)
    long = "很" * (MAX_CHARACTERS + 1)
    write(page, long)
    message = page.locator("#sentence-message")
    expect(message).to_contain_text("最多 2,000 个字符，现在有 2,001 个")
    expect(page.locator("#sentence-input")).to_have_value(long)
    expect(page.locator("#sentence-count")).to_have_text("2,001 / 2,000")
    page.locator("#sentence-input").fill("很" * 100_000)  # more than one request may weigh
    page.locator("#sentence-input").press("Enter")
    expect(message).to_contain_text("现在有 100,000 个")
    page.locator("#sentence-input").fill(long)
    page.locator("#sentence-input").press("Enter")
    page.locator("#lang").click()
    expect(message).to_contain_text("2,001 characters, and 2,000 is the most")
    page.locator("#sentence-input").press("Escape")
    assert text(page) == EXAMPLE
    rewritten(page, long[1:])
    assert text(page) == long[1:]


def test_what_lies_left_of_the_block_is_greyed(page: Page) -> None:
    opened(page)
    block, written = load().block_size, 300
    rewritten(page, "上" * written)
    begin = page.locator("#sentence .nt-chip").first
    gone = [chip["gone"] for chip in chips(page)]
    assert gone == [True] * (written - block) + [False] * block
    expect(begin).to_have_class(re.compile("gone"))
    expect(page.locator("#strip .nt-gone")).to_contain_text(str(written + 1 - block))
    expect(page.locator("#strip .nt-gone")).to_contain_text(str(block))
    shade = "node => Number(getComputedStyle(node).opacity)"
    assert begin.evaluate(shade) < 0.6 < page.locator("#sentence .nt-chip").last.evaluate(shade)
    assert sums(page) == (EXACT, EXACT)


def test_an_empty_text_asks_what_opens_a_text(page: Page) -> None:
    opened(page)
    rewritten(page, "")
    assert chips(page) == [] and sums(page) == (EXACT, EXACT)
    after(page, bar(page, 0).click)
    assert len(chips(page)) == 1


def test_bytes_fuse_to_a_character_as_soon_as_it_is_whole(page: Page) -> None:
    rare = load_tokenizer().encode("龘")
    assert len(rare) > 1
    page.goto(f"/#ids={rare[0]}")
    expect(page.locator("#sentence")).to_have_attribute("data-length", "2")
    half = chips(page)
    assert len(half) == 1 and not half[0]["whole"] and re.fullmatch(r"⟨[0-9A-F ]+⟩", half[0]["face"])
    page.goto("about:blank")
    page.goto(f"/#ids={rare[0]}&picks={'.'.join(map(str, rare[1:]))}")
    expect(page.locator("#sentence")).to_have_attribute("data-length", str(1 + len(rare)))
    whole = chips(page)
    assert len(whole) == 1 and whole[0]["face"] == "龘" and whole[0]["ids"] == rare and whole[0]["whole"]


def test_auto_goes_on_until_it_is_paused(page: Page) -> None:
    opened(page)
    page.locator("[data-speed='fast']").click()
    page.locator("#auto").click()
    expect(page.locator("#auto")).to_have_text("暂停")
    grown = page.locator("#sentence .nt-chip").nth(len(EXAMPLE) + 4)
    expect(grown).to_be_visible()
    page.locator("#auto").click()
    expect(page.locator("#auto")).to_have_text("自动")
    expect(page.locator("#auto")).to_have_attribute("aria-pressed", "false")


def test_hover_tells_id_bytes_and_probability(page: Page) -> None:
    opened(page)
    row = bars(page)[0][0]
    bar(page, 0).hover()
    tip = page.locator("#nt-tip")
    expect(tip).to_contain_text(f"编号 {row['id']}")
    expect(tip).to_contain_text(row["label"].encode().hex(" ").upper())
    expect(page.locator("#blank .nt-face")).to_have_text(row["label"])  # a look at it in the blank
    page.locator("#sentence .nt-chip").nth(1).hover()
    expect(tip).to_contain_text(EXAMPLE[0].encode().hex(" ").upper())


def test_every_sentence_to_try_gives_bars(page: Page) -> None:
    opened(page)
    for i in range(5):
        page.locator("#edit-sentence").click()
        sample = page.locator(".nt-sample").nth(i)
        words = sample.text_content() or ""
        if words != EXAMPLE:
            after(page, sample.click)
        else:  # the same text again changes nothing
            sample.click()
            expect(page.locator("#sentence-editor")).to_be_hidden()
        assert text(page) == words.replace(" ", "·") and sums(page) == (EXACT, EXACT)
        assert len(set(labels(bars(page)[0]))) == 9
