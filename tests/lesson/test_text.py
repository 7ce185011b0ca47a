"""The one door for untrusted text, with the hostile strings that it must make harmless and visible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import text
from tests.fakes import HOSTILE


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: ascii(raw)[:32])
def test_hostile_strings_become_visible(raw: str) -> None:
    cleaned = text.clean(raw)
    shown = text.visible(cleaned)
    assert "\ufffd" not in shown and "\x00" not in cleaned
    cleaned.encode("utf-8")
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in shown)
    assert " " not in shown


def test_markup_is_left_as_typed() -> None:
    assert text.visible("<b>{{x}}${1}</b>") == "<b>{{x}}${1}</b>"
    assert text.escape("<a href='x'>&lt;") == "&lt;a·href=&#x27;x&#x27;&gt;&amp;lt;"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (" a\tb\n", "·a⇥b⏎"),
        ("\u202eabc", "⟨U+202E⟩abc"),
        ("\ufffd", "⟨U+FFFD⟩"),
        ("\u3000", "⟨U+3000⟩"),
        ("👨\u200d👩", "👨⟨U+200D⟩👩"),
        ("\u0301", "◌\u0301"),
        ("e\u0301", "e\u0301"),
        ("\u3164", "⟨U+3164⟩"),
        ("𠮷", "𠮷"),
    ],
)
def test_visible(raw: str, shown: str) -> None:
    assert text.visible(raw) == shown


def test_clean_surrogates_line_ends_and_nul() -> None:
    assert text.clean("\ud83d\r\na\rb\x00") == "\ufffd\na\nb"
    assert text.clean("e\u0301") == "e\u0301"


def test_label_of_halves() -> None:
    assert text.label(b"\xe4\xbd") == "⟨E4 BD⟩"
    assert text.label("好".encode() + b"\xe4") == "好⟨E4⟩"
    assert text.label(b"\xef\xbf\xbd") == "⟨U+FFFD⟩"
    assert text.label(b"") == ""


@pytest.mark.parametrize("first", range(256))
def test_every_byte_pair_has_a_visible_label(first: int) -> None:
    for second in range(256):
        shown = text.label(bytes([first, second]))
        assert shown and "\ufffd" not in shown and shown.isprintable()


def test_bytes_fuse_when_the_character_is_complete() -> None:
    ni = "你".encode()
    open_chips = text.chips([b"", b"a", ni[:1], ni[1:2]])
    assert [(chip.label, chip.count, chip.whole) for chip in open_chips] == [
        ("", 1, True),
        ("a", 1, True),
        ("⟨E4⟩", 1, False),
        ("⟨BD⟩", 1, False),
    ]
    closed = text.chips([b"", b"a", ni[:1], ni[1:2], ni[2:]])
    assert [(chip.label, chip.start, chip.count) for chip in closed] == [
        ("", 0, 1),
        ("a", 1, 1),
        ("你", 2, 3),
    ]


def test_a_broken_character_stays_broken() -> None:
    shown = text.chips([b"\xe4", b"a", b"\xbd\xa0"])
    assert [chip.label for chip in shown] == ["⟨E4⟩", "a", "⟨BD A0⟩"]


@given(st.lists(st.binary(max_size=5), max_size=30))
def test_chips_cover_every_token_once(tokens: list[bytes]) -> None:
    shown = text.chips(tokens)
    assert [chip.start for chip in shown] == [
        sum(chip.count for chip in shown[:i]) for i in range(len(shown))
    ]
    assert sum(chip.count for chip in shown) == len(tokens)
    assert not any("\ufffd" in chip.label for chip in shown)


@given(st.text())
def test_cut_anywhere_whole_text_is_shown_as_typed(raw: str) -> None:
    data = text.clean(raw).encode()
    assert text.label(data) == text.visible(text.clean(raw))
    assert text.readable(data) == text.whole_text(data) == text.clean(raw)
