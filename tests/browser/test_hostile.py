"""Hostile text wherever text is shown: nothing runs, nothing leaves, and it reads as it was meant."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from lesson.predictions import Predictions
from lesson.text import clean, visible
from lesson.ui.page import build
from lesson.ui.server import application
from tests.browser.playground import (
    DESKTOP,
    HARM,
    HARMLESS,
    after,
    bar,
    bars,
    chips,
    opened,
    rewritten,
    sums,
)
from tests.conftest import free_port, watch
from tests.fakes import HOSTILE, WORDS, FakePredictor, FakeTokenizer

pytestmark = pytest.mark.filterwarnings("ignore::Warning:gradio.queueing")  # its own use of pandas
ZALGO = "Z" + "".join(chr(0x300 + i % 112) for i in range(500))
TEXTS = (  # reliability.md, I1 to I3, as far as the shared list lacks them
    "👨‍👩‍👧‍👦" * 40,
    "".join(map(chr, range(1, 32))),
    "".join(map(chr, range(0x7F, 0xA0))),
    "\u202a\u202b\u202c\u202d\u202eabc",
    "\u2066\u2067\u2068\u2069abc",
    "\u200b\u200c\u200d\u2060\u200e\u200f",
    "\ufe0f\u180e\U000e0101",
    "\u115f\u1160\uffa0\u034f",
    "\U000f0000\U0010fffd\U0001fffe",
    "\ufffd\ufffd a \ufffd",
    "很\ud83d很",
    "\udc00",
    ZALGO,
    "\u0301\u0302",
    "عربي ABC עברית",
    "<svg/onload=window.__x=1>",
    "<script src=https://evil.example/x.js></script>",
    "<img src=https://evil.example/x.png>",
    "<iframe srcdoc='<script>parent.__x=1</script>'>",
    "<a href=javascript:window.__x=1>x</a>",
    "'\"><img src=x onerror=window.__x=1>",
    "]]><!-- -->",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "$x$ $$\\href{javascript:window.__x=1}{x}$$",
    "[x](javascript:window.__x=1)",
    "{n} {token} {text} {lost}",
    "data:text/html,<script>window.__x=1</script>",
    "__proto__",
    "constructor",
    "null",
    "NaN",
    "\\u003cscript\\u003e",
    "%3Cscript%3E",
    "&#60;b&#62; &amp;amp;",
    "<|im_start|>",
    "<s>",
    "[INST]",
    "<|start|><|end|><pad><unk>",
)
MARKUP = tuple(one for one in (*HOSTILE, *TEXTS) if any(sign in one for sign in "<{$&%[`\\="))


@pytest.fixture
def context_options():
    return DESKTOP


def meant(text: str) -> str:
    """What a text must read like: every character visible, and none that was not in it."""
    return visible(clean(text))


def without_stands(shown: str) -> str:
    """A shown text without the circles that an accent alone stands on."""
    return shown.replace("◌", "")


def batches(texts: Iterable[str], most: int = 500) -> Iterator[str]:
    """The texts a line each, several at a time: each alone would be a hundred visits to the page."""
    lines: list[str] = []
    for text in dict.fromkeys(map(clean, texts)):
        if lines and sum(map(len, lines)) + len(text) > most:
            yield "\n".join(lines)
            lines = []
        lines.append(text)
    yield "\n".join(lines)


def test_every_text_reads_as_it_was_meant_in_the_strip(page: Page) -> None:
    opened(page)
    for text in ("", *batches((*HOSTILE, *TEXTS)), "x" * 2_000):
        rewritten(page, text)
        shown = chips(page)
        assert without_stands("".join(chip["label"] for chip in shown)) == without_stands(meant(text))
        assert all(chip["face"] == chip["label"] for chip in shown), ascii(text)
        assert sums(page) == (pytest.approx(1, abs=1e-6),) * 2
        assert page.evaluate(HARM) == HARMLESS, ascii(text)


def test_what_cannot_be_sent_as_it_is_still_gets_an_answer(page: Page) -> None:
    opened(page)
    for text in ("\ud83d", "\ude00\ud83d", "很\ud83d很", "\udc00x", "a\r\nb", "\x00", "周\x00一"):
        rewritten(page, text)
        shown = "".join(chip["label"] for chip in chips(page))
        assert shown == meant(text) and "\ufffd" not in shown
        assert ("⟨U+FFFD⟩" in shown) == any("\ud800" <= char <= "\udfff" for char in text)
        assert page.evaluate(HARM) == HARMLESS
    after(page, bar(page, 0).click)


def test_markup_in_the_evidence_the_dice_and_the_tips(page: Page) -> None:
    page.add_init_script("localStorage.setItem('next-token-evidence', '1')")
    opened(page)
    card = page.locator("#evidence-card")
    expect(card).to_have_attribute("data-state", "found", timeout=120_000)
    for text in batches(MARKUP, most=300):
        rewritten(page, text)
        sentence = page.locator("#sentence")
        now = f"{sentence.get_attribute('data-version')} {sentence.get_attribute('data-length')}"
        expect(card).to_have_attribute("data-step", now)
        page.locator("#sentence .nt-chip").last.hover()
        expect(page.locator("#nt-tip")).to_have_class("nt-tip on")
        bar(page, 0).hover()
        assert page.evaluate(HARM) == HARMLESS, text


def test_links_that_hold_it(page: Page) -> None:
    for text in ("<img src=x onerror=window.__x=1>", "\u202eabc{{x}}${1}", "<|endoftext|>a&b=c#d%"):
        page.goto("about:blank")
        page.goto(f"/#text={quote(text)}")
        expect(page.locator("#sentence")).to_have_attribute("data-version", "1")
        assert "".join(chip["label"] for chip in chips(page)) == meant(text)
        assert page.evaluate(HARM) == HARMLESS


def test_a_typed_special_token_is_ordinary_text(page: Page) -> None:
    opened(page)
    rewritten(page, "<|endoftext|>周一")
    assert "".join(chip["label"] for chip in chips(page)) == "<|endoftext|>周一"
    assert page.locator("#sentence .nt-chip.begin").count() == 1


class HostilePredictor(FakePredictor):
    """A model whose vocabulary is hostile; every token of it is likely somewhere."""

    def __init__(self) -> None:
        super().__init__(says={})
        words = dict.fromkeys(clean(text) for text in (*HOSTILE, *TEXTS) if len(text) < 600)
        self.hostile = [word for word in words if len(word.encode()) > 1]
        self.tokenizer = FakeTokenizer((*WORDS, *(word for word in self.hostile if word not in WORDS)))


@pytest.fixture(scope="module")
def hostile_url() -> Iterator[str]:
    """Address of the same page over a model whose every token is hostile."""
    predictions, port = Predictions(HostilePredictor()), free_port()
    page = build(lambda name: predictions)
    config = uvicorn.Config(application(page), host="127.0.0.1", port=port, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def hostile_page(browser: Browser, hostile_url: str) -> Iterator[Page]:
    faults: list[str] = []
    context = browser.new_context(base_url=hostile_url, **DESKTOP)
    context.on("page", lambda opened: watch(opened, urlsplit(hostile_url).netloc, faults))
    yield context.new_page()
    context.close()
    assert faults == []


def test_hostile_tokens_in_bars_dice_and_chips(hostile_page: Page) -> None:
    page, tokenizer = hostile_page, HostilePredictor().tokenizer
    opened(page)
    page.locator("#more-knobs > summary").click()
    page.locator("#rows").evaluate("node => { node.value = 50; node.dispatchEvent(new Event('change')); }")
    expect(page.locator("#bars .nt-bars > *")).to_have_count(51)
    met: set[int] = set()
    for _ in range(5):
        rows, _ = bars(page)
        for row in rows:
            data = tokenizer.token_bytes(row["id"])
            if not data:
                assert row["word"] == "结束"
                continue
            try:
                text = data.decode()
            except UnicodeDecodeError:
                assert row["label"] == row["word"] == f"⟨{data.hex(' ').upper()}⟩"
                continue
            assert (
                without_stands(row["label"]) == without_stands(visible(text)) and row["word"] == row["label"]
            )
            assert row["name"].startswith(f"{row['label']}, p ")
            met.add(row["id"])
        assert len({row["id"] for row in rows}) == 50 and sums(page) == (pytest.approx(1, abs=1e-6),) * 2
        assert page.evaluate(HARM) == HARMLESS
        wildest = max(rows, key=lambda row: (row["id"] >= 256) * len(row["label"]))
        bar(page, wildest["i"]).dispatch_event("pointerover", {"pointerType": "mouse"})
        expect(page.locator("#nt-tip > b")).to_have_text(wildest["label"])
        after(page, lambda row=wildest: bar(page, row["i"]).dispatch_event("click"))
        assert chips(page)[-1]["label"].endswith(wildest["label"].lstrip("◌"))
        expect(page.locator("#told-throw")).to_contain_text(wildest["label"])
        after(page, page.locator("#step").click)
    assert len(met) > 60
    assert page.evaluate(HARM) == HARMLESS


def test_the_list_covers_what_it_should() -> None:
    kinds = {unicodedata.category(char) for text in (*HOSTILE, *TEXTS) for char in text}
    assert {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Mn", "Lo", "So", "Sk"} <= kinds
