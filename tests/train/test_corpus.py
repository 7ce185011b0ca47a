import io
import zipfile
from hashlib import sha256
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from train.corpus import CorpusError, decode, documents, held_out, read

ZH = "周一上班真的很累，周二也是。\n小白每天都在读书，它想知道下一个词是什么。\n" * 3
EN = "The sun rises from the east; it isn't late.\n"
RARE = "𠮷野家的龘字，㐀㐁，𪚥。"
FRENCH = "L'été dernier, la forêt était déjà dorée; nous avons mangé là-bas. À bientôt!\n" * 3


@pytest.mark.parametrize(
    "data, text",
    [
        (ZH.encode(), ZH),
        (ZH.encode("utf-8-sig"), ZH),
        (EN.encode(), EN),
        (FRENCH.encode(), FRENCH),
        ("👨‍👩‍👧‍👦 ไทย עברית".encode(), "👨‍👩‍👧‍👦 ไทย עברית"),
        (ZH.encode("gbk"), ZH),
        (ZH.encode("gb2312"), ZH),
        (RARE.encode("gb18030"), RARE),
        ("你".encode("gbk"), "你"),
        (ZH.encode("utf-16"), ZH),
        (b"\xfe\xff" + ZH.encode("utf-16-be"), ZH),
        (b"", ""),
        (b"a", "a"),
        ("一\r\n二\r三\n".encode(), "一\n二\n三\n"),
        (("字" * 1_000_000).encode(), "字" * 1_000_000),
    ],
    ids="utf8 bom en fr world gbk gb2312 gb18030 short utf16le utf16be empty one crlf million".split(),
)
def test_text_is_read_in_its_encoding(data, text):
    assert decode(data) == text


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("a.txt", ZH)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + Random(0).randbytes(1000),
        archive(),
        b"\x1f\x8b\x08\x00" + Random(1).randbytes(1000),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        b"\x7fELF\x02\x01\x01" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        Random(2).randbytes(5000),
        ZH.encode() + b"\0",
        b"a\0b\0",
        bytes(1000),
        FRENCH.encode("latin-1"),
        ZH.encode()[:-2],
        ZH.encode()[1:],
        ZH.encode("utf-8-sig")[:-2],
        ZH.encode("utf-16-le"),
        ZH.encode("utf-16")[:-1],
        ZH.encode("utf-32"),
        ("\x01\x02\x03" * 10).encode(),
    ],
    ids="png zip gzip pdf elf office jpeg random nul nuls zeros latin1 cut headless bomcut utf16 odd16 utf32 "
    "control".split(),
)
def test_what_is_no_text_is_refused_in_both_languages(data):
    with pytest.raises(CorpusError) as error:
        decode(data)
    assert error.value.zh.endswith("。") and error.value.en.endswith(".")
    assert any("一" <= c <= "鿿" for c in error.value.zh)


@given(st.text("周一上班真的很累，。\n", min_size=2, max_size=60), st.integers(1, 2), st.booleans())
def test_a_character_cut_in_two_is_never_read_as_another(text, cut, at_the_end):
    """Half of all cut Chinese texts in UTF-8 would pass as GB18030 and read as nonsense."""
    data = text.encode()
    edge = text[-1] if at_the_end else text[0]
    assume(edge != "\n" and len(set(text) - {"\n", edge}) > 0)
    with pytest.raises(CorpusError):
        decode(data[:-cut] if at_the_end else data[cut:])


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]).filter(
            lambda c: c != "\ufeff"
        )
    )
)
def test_any_utf8_text_is_read_as_it_is(text):
    assume(not text.startswith(("PK\x03", "%PDF")))
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-8-sig")) == text


def test_a_missing_file_is_refused(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(CorpusError, match="打不开文件"):
            read(path)


def test_any_name_will_do(tmp_path):
    for name in ("CON", "🙂.txt", "a\nb", "x" * 200, "课文.txt"):
        (tmp_path / name).write_bytes(ZH.encode("gbk"))
        assert read(tmp_path / name) == ZH


def test_documents_stand_between_blank_lines():
    assert documents("\n\n a\nb \n \t \n\n\nc\n\n") == [" a\nb ", "c"]
    assert documents("") == documents(" \n\n") == []


@given(st.lists(st.text("ab中 ", min_size=1).filter(str.strip)))
def test_documents_come_back(found):
    assert documents("\n\n".join(found)) == found


@given(st.text())
def test_documents_lose_no_character_but_blank_lines(text):
    kept = [line for line in text.split("\n") if line.strip()]
    assert "\n".join(documents(text)).split("\n") == (kept or [""])


def test_held_out_is_sha256_modulo_100():
    found = [f"第{i}篇" for i in range(3000)]
    expected = [d for d in found if int(sha256(d.encode()).hexdigest(), 16) % 100 == 1]
    assert [d for d in found if held_out(d)] == expected
    assert 10 < len(expected) < 60
