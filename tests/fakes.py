"""Small stand-ins with the real interfaces: a hand-made tokenizer, and a predictor without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from model.predictor import NextToken

WORDS = (
    "周",
    "一",
    "上",
    "班",
    "真",
    "的",
    "很",
    "丧",
    "爽",
    "累",
    "忙",
    "开",
    "心",
    "，",
    "。",
    "！",
    "太",
    "阳",
    "从",
    "东",
    "边",
    "你",
    "好",
    "The",
    " sun",
    " rises",
    " from",
    " the",
    " east",
    " west",
    "east",
    "\n",
    "\n\n",
    "  ",
)

# Texts that break pages which are careless with text; see what each would do in its own context.
HOSTILE = (
    "",
    " ",
    "\n\n\n",
    "\t",
    "a\r\nb",
    "\x00",
    "\x07\x1b[31m",
    "\x7f\x85",
    "\ufeff",
    "\u2028\u2029",
    "\u202eabc\u2066",
    "\ud83d",
    "\ude00\ud83d",
    "\ufffd",
    "👨\u200d👩\u200d👧\u200d👦",
    "👍🏽",
    "🇨🇳",
    "a" + "\u0301" * 500,
    "\u1112\u1161\u11ab",
    "𠮷",
    "سلام hello",
    "ก็ไม่",
    "\ufdd0\uffff",
    "\ue000",
    "Ｆｕｌｌ　ｗｉｄｔｈ",
    "é",
    "e\u0301",
    "龘",
    "\u3164\u2800\u00ad",
    "<script>window.__x=1</script>",
    "<img src=x onerror=window.__x=1>",
    "<svg onload=window.__x=1>",
    "</textarea>",
    "<style>*{display:none}</style>",
    "javascript:alert(1)",
    "&lt;i&gt;",
    "<b>bold</b><br>x",
    "<a href=https://evil.example>x</a>",
    "%{x} %{y}",
    "$\\href{https://evil.example}{x}$",
    "![x](https://evil.example/x.png)",
    "{{constructor}}",
    "{{#each value}}",
    "${window.__x=1}",
    "price is ${ 5",
    "${eval('window.__x=1')}",
    "C:\\users \\u12",
    "`${1}`",
    "=cmd()",
    "\\n",
    "<|endoftext|>",
    "<|bos|>",
    "[MASK]",
    "</s>",
)


class FakeTokenizer:
    """Single bytes and a few words, longest match first; its last id is end-of-text."""

    def __init__(self, words: Sequence[str] = WORDS) -> None:
        self._bytes = [bytes([value]) for value in range(256)]
        self._bytes += [word.encode() for word in words if len(word.encode()) > 1]
        self._ids = {data: token for token, data in enumerate(self._bytes)}
        self.end_of_text = len(self._bytes)
        self._bytes.append(b"")
        self.vocab_size = len(self._bytes)
        self.id = "fake"

    def encode(self, text: str) -> list[int]:
        data = text.encode("utf-8", errors="replace")
        ids, place = [], 0
        longest = max(map(len, self._bytes))
        while place < len(data):
            size = next(n for n in range(longest, 0, -1) if data[place : place + n] in self._ids)
            ids.append(self._ids[data[place : place + size]])
            place += size
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        return self.decode_bytes(ids).decode("utf-8", errors="replace")

    def decode_bytes(self, ids: Sequence[int]) -> bytes:
        return b"".join(self._bytes[token] for token in ids)

    def token_bytes(self, id: int) -> bytes:
        return self._bytes[id]


class FakePredictor:
    """Says what it is told after a given text, and otherwise something that only the context decides."""

    block_size = 16

    def __init__(self, says: Mapping[str, Mapping[str, float]] | None = None) -> None:
        self.tokenizer = FakeTokenizer()
        self._says = (
            says
            if says is not None
            else {"周一上班真的很": {"丧": 0.796, "爽": 0.198, "累": 0.003, "忙": 0.001}}
        )
        self.calls = 0

    def next_token(self, context: Sequence[int]) -> NextToken:
        self.calls += 1
        tokens = list(context)[-self.block_size :]
        seed = int.from_bytes(hashlib.sha256(str(tokens).encode()).digest()[:8], "big")
        logits = np.random.default_rng(seed).normal(0, 2.5, self.tokenizer.vocab_size)
        logits[:256] -= 6  # single bytes are rare
        probs = np.exp(logits - logits.max())
        probs /= probs.sum()
        told = self._says.get(self.tokenizer.decode([t for t in context if t != self.tokenizer.end_of_text]))
        if told:
            probs *= 1 - sum(told.values())
            for word, p in told.items():
                probs[self.tokenizer.encode(word)[0]] += p
        probs /= probs.sum()
        return NextToken(np.log(probs).astype(np.float32))

    def session(self) -> Callable[[Sequence[int]], NextToken]:
        return self.next_token
