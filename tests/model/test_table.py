"""What 小白 must show: the table is sound, and the shipped weights still reach what they reached."""

import json
from dataclasses import replace

import pytest

import model
from model import ngram
from model.tokenizer import ASSETS, load_tokenizer
from tests.fakes import FakePredictor
from train import mix, show
from train.claims import AmongFirst, Likely, Others, Spelled, Together, probability
from train.corpus import read
from train.pretrain import LESSONS

SHOWN = ASSETS / "shown.json"  # what `python -m train show --json` said of the shipped weights
MOST = 0.001  # of the training tokens, for any prompt as a literal string


def test_every_row_has_five_paraphrases_of_its_own():
    for row in show.ROWS:
        assert row.claims and len({row.prompt, *row.paraphrases}) == 6


def test_no_prompt_is_learnt_by_sheer_repetition():
    tokenizer, tokens = load_tokenizer(), int(ngram.load().table.levels[0].seen[0])  # that the training reads
    weights = {source.file: source.weight for source in mix.sources()}
    texts = {path.name: read(path) for path in LESSONS.glob("*.txt") if path.name in weights}
    for row in show.ROWS:
        if len(row.prompt) > 1:  # a single character stands everywhere
            times = sum(weights[name] * text.count(row.prompt) for name, text in texts.items())
            assert times * len(tokenizer.encode(row.prompt)) / tokens <= MOST, row.prompt


@pytest.mark.parametrize(
    ("claim", "passed"),
    [
        (Likely("丧", 0.77, 0.83), True),
        (Likely("爽", 0.77, 0.83), False),
        (AmongFirst("爽丧", 2), True),
        (AmongFirst("爽累", 2), False),
        (Together("丧爽", 0.99), True),
        (Together("爽累", 0.5), False),
        (Others("丧", 1, 0.1), True),
        (Others("丧", 2, 0.1), False),
        (Spelled("丧"), True),
        (Spelled("爽"), False),
    ],
)
def test_a_claim_is_measured_on_the_bars(claim, passed):
    predictor = FakePredictor({"周一上班真的很": {"丧": 0.8, "爽": 0.195, "累": 0.003}})
    row = show.Row("周一上班真的很", (claim,), ())
    report = show.show(predictor, [row])["rows"][0]
    assert report["passed"] is report["claims"][0]["passed"] is passed
    assert "丧" in report["claims"][0]["measured"] or "爽" in report["claims"][0]["measured"]


def test_a_word_of_several_tokens_counts_as_a_whole():
    predictor = FakePredictor({"一": {"开": 0.999999}, "一开": {"心": 0.5, "上": 0.499999}})
    assert probability(predictor, "一", "开心") == pytest.approx(0.5, rel=1e-3)


def test_a_report_reads_as_text():
    predictor = FakePredictor()
    report = show.show(predictor, [replace(show.ROWS[0], paraphrases=("周一", "一"))])
    assert json.loads(json.dumps(report)) == report
    text = show.lines(report)
    assert text.startswith("pass  '周一上班真的很'") and text.endswith("1 of 1 rows pass")
    assert len(report["continuations"]) == len(show.CONTINUED) * len(show.SEEDS)


@pytest.mark.skipif(not (SHOWN.exists() and model.XIAOBAI.exists()), reason="no weights have been shipped")
def test_the_shipped_weights_show_what_they_showed():
    recorded = {row["prompt"]: row for row in json.loads(SHOWN.read_text(encoding="utf-8"))["rows"]}
    assert set(recorded) == {row.prompt for row in show.ROWS}
    predictor = model.load()
    for row in show.ROWS:
        if recorded[row.prompt]["passed"]:
            assert show.check(predictor, row.prompt, row.claims)["passed"], row.prompt
