"""The n-gram predictor against dictionaries and the formulas of Chen & Goodman (1999), written out."""

from collections import Counter

import numpy as np
import pytest

from model import ngram
from model.checkpoint import CheckpointError, read_tensors, write_tensors
from model.ngram import NgramPredictor
from model.predictor import generate, start
from model.sampling import Sampling
from model.tokenizer import load_tokenizer
from tests.fakes import FakeTokenizer
from train.counts import USUAL_DISCOUNT, count, estimate_discounts, one_pass
from train.data import encode_documents

ORDER, WORDS, END = 5, 6, 6  # tokens 0 to 5, and end-of-text


class OfWords:
    """A tokenizer whose ids mean nothing."""

    vocab_size, end_of_text = WORDS + 1, END


def row_of(seed: int, documents: int = 120) -> list[int]:
    """Documents in which the next token depends on the two before it, each after an end-of-text."""
    rng, row = np.random.default_rng(seed), [END]
    for _ in range(documents):
        a, b = rng.integers(WORDS, size=2)
        for _ in range(rng.integers(1, 12)):
            a, b = b, rng.choice([(a + b) % WORDS, b, rng.integers(WORDS)], p=[0.6, 0.2, 0.2])
            row.append(int(b))
        row.append(END)
    return row


class Dictionaries:
    """Modified Kneser-Ney, interpolated, from Counters of tuples."""

    def __init__(self, row: list[int]) -> None:
        self.seen = Counter(
            tuple(row[i : i + n])
            for n in range(1, ORDER + 1)
            for i in range(len(row) - n + 1)
            if END not in row[i + 1 : i + n - 1] and (n > 1 or i > 0)
        )
        before = Counter(gram[1:] for gram in self.seen if len(gram) > 1)
        self.counts = {
            gram: c if len(gram) == ORDER or (len(gram) > 1 and gram[0] == END) else before[gram]
            for gram, c in self.seen.items()
        }
        self.discounts = {n: self.estimate(n) for n in range(1, ORDER + 1)}

    def estimate(self, n: int) -> list[float]:
        n1, n2, n3, n4 = (sum(c == k for g, c in self.counts.items() if len(g) == n) for k in (1, 2, 3, 4))
        if min(n1, n2, n3) == 0:
            return [0.0] + [None] * 3
        y = n1 / (n1 + 2 * n2)
        found = [1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
        return [0.0] + [d if 0 < d < k else USUAL_DISCOUNT for k, d in enumerate(found, 1)]

    def probability(self, token: int, context: tuple[int, ...]) -> float:
        n = len(context) + 1
        shorter = 1 / (WORDS + 1) if not context else self.probability(token, context[1:])
        after = {g[-1]: c for g, c in self.counts.items() if len(g) == n and g[:-1] == context}
        if not sum(after.values()):
            return shorter
        given_up = {t: self.discounts[n][min(c, 3)] for t, c in after.items()}
        share = (after.get(token, 0) - given_up.get(token, 0.0)) / sum(after.values())
        return share + sum(given_up.values()) / sum(after.values()) * shorter


def predictor_of(row: list[int], **options) -> NgramPredictor:
    return NgramPredictor(count(np.array(row, np.uint16), WORDS + 1, END, **options), OfWords())


@pytest.mark.parametrize("seed", [0, 1])
def test_agrees_with_dictionaries(seed):
    row = row_of(seed)
    ours, theirs = predictor_of(row), Dictionaries(row)
    for n, expected in theirs.discounts.items():
        if None not in expected:
            assert ours.table.discounts[n] == pytest.approx(expected)
    theirs.discounts = dict(enumerate(ours.table.discounts.tolist()))
    rng = np.random.default_rng(seed)
    ends, sizes = rng.integers(6, len(row), 60), rng.integers(1, 7, 60)
    contexts = [row[i - k : i] for i, k in zip(ends, sizes, strict=True)]
    contexts += [*rng.integers(WORDS + 1, size=(20, 4)).tolist(), [END], [END, 0, 1, 2, 3, 4], [3, END, 2]]
    for context in contexts:
        expected = [theirs.probability(t, tuple(context[-ORDER + 1 :])) for t in range(WORDS + 1)]
        assert ours.next_token(context).probs == pytest.approx(np.array(expected), abs=1e-12)


def test_every_count_is_the_text_s_own():
    row = row_of(2)
    theirs, ours = Dictionaries(row), predictor_of(row)
    for size in range(1, ORDER + 1):
        assert ours.table.levels[size].seen.sum() == sum(c for g, c in theirs.seen.items() if len(g) == size)
    for context in ([1], [1, 2], [END], [END, 3], [2, 2, 2]):
        used, seen, found = ours.followers(context)
        end = tuple(context[len(context) - used :])
        after = {g[-1]: c for g, c in theirs.seen.items() if len(g) == used + 1 and g[:-1] == end}
        assert dict(found) == after
        assert seen == sum(c for _, c in found) == theirs.seen[end]
        assert [c for _, c in found] == sorted((c for _, c in found), reverse=True)


@pytest.mark.parametrize("least_bits", [-np.inf, 0, 2, 5, np.inf])
@pytest.mark.parametrize("order", [1, 2, 5])
def test_adds_up_to_one_however_much_is_left_out(order, least_bits):
    predictor = predictor_of(row_of(3), order=order, least_bits=least_bits)
    assert predictor.block_size == order - 1
    for context in ([0], [1, 2, 3, 4], [END], [END, 5, 5, 5], [4, END, 4]):
        probs = predictor.next_token(context).probs
        assert probs.sum() == pytest.approx(1, abs=1e-9) and (probs > 0).all()


def test_what_saves_most_stays_and_so_do_its_beginnings():
    row = row_of(4)
    whole, small = predictor_of(row), predictor_of(row, least_bits=6)
    sizes = [[len(level.tokens) for level in p.table.levels] for p in (whole, small)]
    assert sizes[0][:2] == sizes[1][:2] == [1, WORDS + 1] and sizes[1][3] < sizes[0][3] / 2
    bits = [
        -sum(np.log2(p.next_token(row[max(0, i - 4) : i]).probs[row[i]]) for i in range(1, len(row)))
        for p in (whole, predictor_of(row, least_bits=3), predictor_of(row, order=1))
    ]
    assert bits[0] < bits[1] < bits[2]  # a little worse on its own text, and far better than no context


def test_an_unseen_context_backs_off_to_its_end():
    row = [END, 0, 1, 2, 3, END, 0, 1, 2, 4, END]
    predictor = predictor_of(row)
    assert (predictor.next_token([5, 5, 2]).probs == predictor.next_token([2]).probs).all()
    assert (predictor.next_token([5]).probs == predictor.next_token([5, 5]).probs).all()
    assert predictor.followers([5, 5, 2])[:2] == (1, 2)
    assert predictor.followers([5])[:2] == (0, len(row) - 1)


def test_only_the_last_block_of_a_context_is_seen():
    predictor = predictor_of(row_of(5))
    assert (predictor.next_token([3, 0, 1, 2, 3]).probs == predictor.next_token([0, 1, 2, 3]).probs).all()
    session = predictor.session()
    assert (session([0, 1]).probs == predictor.next_token([0, 1]).probs).all()


@pytest.mark.parametrize("context", [[], [7], [-1]])
def test_a_context_must_hold_tokens(context):
    with pytest.raises(ValueError, match="token"):
        predictor_of(row_of(6)).next_token(context)


def test_counts_that_cannot_be_estimated_get_the_usual_discount():
    for counts in ([1, 1, 1], [0, 0, 0], []):
        assert estimate_discounts(np.array(counts)).tolist() == [0] + 3 * [USUAL_DISCOUNT]


def test_a_pass_reads_documents_by_their_weights():
    tokenizer = FakeTokenizer()
    documents = encode_documents(tokenizer, ["ab", "c"], weight=2.0)
    row = one_pass(documents, tokenizer.end_of_text)
    assert tokenizer.decode(row.tolist()) == "ababcc"
    assert row[0] == row[-1] == tokenizer.end_of_text and (row == tokenizer.end_of_text).sum() == 5


@pytest.fixture
def written(tmp_path):
    """A small table in a file, and what it was made of."""
    tokenizer = load_tokenizer()
    found = ["周一上班真的很丧"] * 8 + ["周一上班真的很爽"] * 300
    row = one_pass(encode_documents(tokenizer, found), tokenizer.end_of_text)
    table = count(row, tokenizer.vocab_size, tokenizer.end_of_text)
    ngram.save(tmp_path / "counts.safetensors", table, tokenizer, {"tokens": len(row)})
    return tmp_path / "counts.safetensors", NgramPredictor(table, tokenizer)


def test_a_file_gives_the_same_predictor(written):
    path, predictor = written
    loaded = ngram.load(path)
    context = start(loaded.tokenizer, "周一上班真的很")
    assert (loaded.next_token(context).probs == predictor.next_token(context).probs).all()
    glad, sad = loaded.tokenizer.encode("爽丧")
    assert loaded.followers(context) == (4, 308, [(glad, 300), (sad, 8)])
    stop = {loaded.tokenizer.end_of_text}
    steps = generate(loaded, context, Sampling(0), seed=0, max_new_tokens=9, stop=stop)
    assert loaded.tokenizer.decode([step.chosen for step in steps]) == "爽"


def test_a_damaged_file_is_refused(written, tmp_path):
    tensors, metadata = read_tensors(written[0])
    for name, broken in (
        ("a tensor is missing", ({k: v for k, v in tensors.items() if k != "2.tokens"}, metadata)),
        ("a level is short", (tensors | {"3.tokens": tensors["3.tokens"][1:].clone()}, metadata)),
        ("no kind", (tensors, {})),
        ("no discounts", (tensors, metadata | {"discounts": "[]"})),
        ("levels out of reach", (tensors, metadata | {"levels": "0"})),
    ):
        write_tensors(tmp_path / "broken.safetensors", *broken)
        with pytest.raises(CheckpointError):
            pytest.fail(f"taken although {name}: {ngram.load(tmp_path / 'broken.safetensors')}")
