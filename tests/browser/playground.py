"""The page as a test sees it: what it opens, reads and does there, and what it waits for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=60_000)  # a machine that is busy elsewhere is slow, and no test fails for that

DESKTOP = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "reduced_motion": "reduce"}
MOVING = DESKTOP | {"reduced_motion": "no-preference"}
ENGLISH = DESKTOP | {"locale": "en-US"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "reduced_motion": "reduce",
}

Row = Mapping[str, Any]

ROWS = """rows => rows.map(row => ({
  ...row.dataset, i: Number(row.dataset.i), id: Number(row.dataset.id), p: Number(row.dataset.p),
  q: Number(row.dataset.q), n: Number(row.dataset.n), word: row.querySelector('.nt-word').textContent,
  figure: row.querySelector('.nt-value b').textContent, cut: row.classList.contains('cut'),
  rest: row.classList.contains('rest'), name: row.getAttribute('aria-label'),
}))"""
CHIPS = """chips => chips.map(chip => ({
  ...chip.dataset, at: Number(chip.dataset.at), ids: chip.dataset.ids.split(' ').map(Number),
  made: chip.dataset.made === '1', face: chip.querySelector('.nt-face').textContent,
  gone: chip.classList.contains('gone'), whole: !chip.classList.contains('half'),
  begin: chip.classList.contains('begin'),
}))"""
HARM = """() => ({
  ran: '__x' in window,
  links: [...document.querySelectorAll(
    'a[href], img, iframe, object, embed, form[action], base, link, script[src]')]
    .map((node) => node.href || node.src || node.action || node.data || '')
    .filter((address) => address && new URL(address, location.href).origin !== location.origin),
  planted: document.querySelectorAll(
    '.gradio-container :is(img, iframe, object, embed, a[href*=evil], a[href^=javascript])').length,
  broken: document.body.innerText.includes('\\ufffd') || [...document.querySelectorAll('*')].some((node) =>
    [...node.attributes].some((one) => one.value.includes('\\ufffd'))),
})"""
HARMLESS = {"ran": False, "links": [], "planted": 0, "broken": False}

# Everything that a reader sees or hears, but no content: the learner's text, tokens, texts to learn from.
WORDS = """() => {
  const content = '.nt-face, .nt-word, .nt-sample, .nt-quote, .nt-places p, .nt-places small, .nt-shares,'
    + ' .nt-excerpt, #lang, kbd, .nt-dice, .nt-fly, .nt-asked :is(b, i), .nt-samples-list p, .nt-chip small,'
    + ' textarea, script, style, noscript';
  const told = (node) => node.closest('.nt-told, .nt-told-throw, .nt-last');
  const tokens = [...document.querySelectorAll('[data-label]')].map(one => one.dataset.label).filter(Boolean);
  const shares = [...document.querySelectorAll('.nt-shares i')].map(one => one.textContent);
  const without = (words, tokens) => tokens.sort((a, b) => b.length - a.length)
    .reduce((left, token) => left.split(token).join(' '), words);
  const quoted = (words) => words.replace(/[“「][^”」]*[”」]/g, ' ');
  const seen = (node) => node.checkVisibility({ visibilityProperty: true })
    && !node.closest('#tabs > .tab-wrapper, .tab-container');
  const out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, words = walker.currentNode.textContent.trim();
    if (!words || node.closest(content) || !seen(node)) continue;
    if (told(node)) out.push(['told', without(quoted(words), tokens)]);
    else if (node.closest('.nt-share-words')) out.push(['shares', without(words, shares)]);
    else out.push([node.className || node.tagName, quoted(words)]);
  }
  for (const node of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (!seen(node) || node.closest('#lang, .nt-dice > i')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) {
      const words = node.getAttribute(name);
      if (words) out.push([`${node.id || node.className} ${name}`,
        node.dataset.label ? without(words, [node.dataset.label]) : quoted(words)]);
    }
  }
  return out;
}"""
LATIN = {"Next", "Token", "MB", "Ctrl", "Esc", "Shift"}

# A text as it is, even if it is not well formed: half a pair would not pass through a test's own wires.
TYPE = """(field, json) => {
  field.value = JSON.parse(json);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}"""
ROLLING = """(what) => {
  const needle = document.querySelector('#throw .nt-needle');
  const look = new MutationObserver(() => {
    if (needle.hidden) return;
    look.disconnect();
    document.querySelector(what).click();
  });
  look.observe(needle, { attributes: true });
}"""
TURN = """(input, value) => {
  input.value = value;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}"""


def opened(page: Page, address: str = "/") -> Page:
    """Go to the page and wait for its bars."""
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    expect(page.locator("#bars .nt-bars[data-ready=true] > .rest")).to_be_visible()
    return page


def bars(page: Page, where: str = "#bars") -> tuple[list[Row], Row]:
    """The rows as they are drawn, and the last one for everything else."""
    *rows, rest = page.locator(f"{where} .nt-bars > *").evaluate_all(ROWS)
    assert rest["rest"]
    return rows, rest


def sums(page: Page) -> tuple[float, float]:
    """What all rows on the page add up to, before and after the knobs."""
    rows, rest = bars(page)
    return sum(row["p"] for row in (*rows, rest)), sum(row["q"] for row in (*rows, rest))


def chips(page: Page) -> list[Row]:
    """The sentence's chips from left to right, the one for its beginning left out."""
    begin, *others = page.locator("#sentence .nt-chip").evaluate_all(CHIPS)
    assert begin["begin"] and begin["at"] == 0
    return others


def text(page: Page) -> str:
    """The sentence as its chips spell it."""
    return "".join(chip["label"] for chip in chips(page))


def step(page: Page) -> tuple[str | None, str | None]:
    """The step that strip and bars both show."""
    names = ("data-version", "data-length")
    strip, shown = page.locator("#sentence"), page.locator("#bars .nt-bars")
    step = tuple(strip.get_attribute(name) for name in names)
    assert step == tuple(shown.get_attribute(name) for name in names)
    return step


def after(page: Page, act: Callable[[], object]) -> None:
    """Do something that changes the sentence, and wait for its answer."""
    before = page.locator("#sentence").get_attribute("data-version")
    assert before is not None
    act()
    expect(page.locator("#sentence")).not_to_have_attribute("data-version", before)


def bar(page: Page, i: int) -> Locator:
    """The bar in one row."""
    return page.locator(f"#bars button[data-i='{i}']")


def write(page: Page, sentence: str) -> None:
    """Write the sentence anew, whatever it consists of, and take it, without waiting."""
    page.locator("#edit-sentence").click()
    page.locator("#sentence-input").evaluate(TYPE, json.dumps(sentence))
    page.locator("#sentence-input").press("Enter")


def rewritten(page: Page, sentence: str) -> None:
    """Write the sentence anew and wait for its chips."""
    after(page, lambda: write(page, sentence))
    expect(page.locator("#sentence-editor")).to_be_hidden()


def turn(page: Page, name: str, value: float) -> None:
    """Turn one knob, as its slider or field would say it."""
    page.locator(f"#{name}").evaluate(TURN, value)


def more_knobs(page: Page) -> None:
    """Unfold the knobs that are not in sight at first."""
    page.locator("#more-knobs > summary").click()
    expect(page.locator("#top-k")).to_be_visible()


def while_the_dice_rolls(page: Page, what: str) -> None:
    """Arrange that something is clicked at the very moment when the dice begins to roll."""
    page.evaluate(ROLLING, what)


def labels(rows: Sequence[Row]) -> list[str]:
    """The rows' words."""
    return [row["label"] for row in rows]


def foreign(page: Page, lang: str) -> list[list[str]]:
    """Where a word of the other language is left."""
    found = page.evaluate(WORDS)
    assert len(found) > 30
    if lang == "en":
        return [one for one in found if re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", one[1])]
    without_bytes = [(one, re.sub(r"⟨[0-9A-F ]+⟩", "", one[1])) for one in found]
    return [one for one, words in without_bytes if set(re.findall(r"[A-Za-z]{2,}", words)) - LATIN]
