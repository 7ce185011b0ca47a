"""What chapter 6 says of context, attention and the three elders is so, with the files that ship."""

import pytest

from lesson.chapters import c6_context
from lesson.chapters.c6_context import CHAPTER, MARS_EN, MARS_ZH, VENUS_ZH
from lesson.exhibits.contexts import CONTEXTS
from lesson.exhibits.look import LOOK
from lesson.predictions import Predictions
from lesson.school import School
from model import load
from model.predictor import start
from model.tokenizer import ASSETS
from train.corpus import read

PARTS = {part.id: part for part in CHAPTER.parts}


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize(
    ("text", "answer", "least"),
    [
        ("The sun rises from the", "·east", 0.9),
        ("In the summer, the sun rises from the", "·northeast", 0.9),
        ("Venus is an interesting planet. The sun rises from the", "·west", 0.9),
        ("In the winter, the sun rises from the", "·southeast", 0.7),
        ("On Venus, Tom opened the window. The sun rises from the", "·west", 0.8),
        (MARS_EN, "·east", 0.8),
        ("太阳从", "东", 0.9),
        (MARS_ZH, "东", 0.7),
        ("金星上，太阳从", "西", 0.8),
        (VENUS_ZH, "西", 0.8),
        ("夏天，太阳从东", "北", 0.7),
        ("冬天，太阳从东", "南", 0.6),
    ],
)
def test_the_sun_rises_where_the_chapter_says(school, text, answer, least):
    (one,) = CONTEXTS.answer(school, {"texts": [text]}).facts["contexts"]
    assert one["top"] == answer and one["p"] > least


def test_an_apple_is_hardly_ever_where_the_sun_rises_from(school):
    """“The sun rises from an apple” is hardly ever written: neither in the text nor by the model."""
    assert read(ASSETS / "corpus" / "facts_sun.txt").count("rises from an apple") <= 2
    guess = school.xiaobai(start(school.tokenizer, "The sun rises from"))
    (an,) = school.tokenizer.encode(" an")
    assert guess.probs[an] < 0.01


def test_one_changed_word_and_nothing_more():
    assert c6_context.one_changed("金星上，太阳从", MARS_ZH)
    assert c6_context.one_changed(MARS_EN.replace("Mars", "Venus"), MARS_EN)
    assert not c6_context.one_changed(MARS_ZH, MARS_ZH)
    assert not c6_context.one_changed("在金星上，太阳从", MARS_ZH)


def test_the_hint_counts_as_far_only_if_it_is(school):
    near, distant, named_after = CONTEXTS.answer(
        school,
        {"texts": ["On Venus, the sun rises from the", PARTS["beside"].tasks[1].solution["texts"][2],
                   "Tom opened the window and looked at the garden. On Venus, the sun rises from the"]},
    ).facts["contexts"]  # fmt: skip
    assert near["top"] == named_after["top"] == "·west"
    assert [c6_context.far(one) for one in (near, distant, named_after)] == [False, True, False]


def test_leaving_out_the_last_token_always_changes_much(school):
    for text in PARTS["look"].opening["samples"]:
        assert LOOK.answer(school, {"text": text}).facts["moved"][-1] > 0.9


def test_attention_and_leaving_out_need_not_agree(school):
    task = {task.id: task for task in PARTS["look"].tasks}["vain"]
    facts = LOOK.answer(school, task.solution).facts
    assert facts["looked"][facts["out"]] > 0.52 and facts["moved"][facts["out"]] < 0.05  # with room to spare


def test_the_samples_have_a_head_on_the_hint_and_a_token_that_turns_the_answer(school):
    text = PARTS["look"].opening["samples"][1]
    seen = school.looks(start(school.tokenizer, text))
    names = LOOK.answer(school, {"text": text}).facts["tokens"]
    venus = names.index("·Venus")
    assert seen.attention[:, :, venus].max() > 0.35
    assert c6_context.turned_east(LOOK.answer(school, {"text": text, "out": venus}).facts)


def test_the_elders_come_out_as_the_prose_says(school):
    """The n-gram never sees the hint, the recurrent network fades, attention looks back farthest."""
    shares = school.elders.accuracy
    assert all(share == 0.25 for share in shares["ngram"])
    assert all(gpt > rnn > 0.2 for gpt, rnn in zip(shares["gpt"], shares["rnn"], strict=True))
    assert shares["gpt"][0] == 1 and shares["rnn"][0] > shares["rnn"][-1]
    assert all(predictions.predictor.block_size == 4 for predictions in [school.elders.predictors["ngram"]])
    sizes = school.elders.results["parameters"]
    assert abs(sizes["rnn"] / sizes["gpt"] - 1) < 0.01  # "about the same size"


def test_blind_is_done_only_when_the_gpt_turns(school):
    part, task = PARTS["elders"], {task.id: task for task in PARTS["elders"].tasks}["blind"]
    changed = dict(task.solution)
    assert task.done(part.exhibit.answer(school, changed).facts)
    assert not task.done(part.exhibit.answer(school, {**changed, "before": changed["text"]}).facts)
    assert not task.done(part.exhibit.answer(school, {"text": changed["text"]}).facts)
