"""Names in gaps: what counts as true, false, made up, and neither."""

import pytest

from lesson.exhibits.wrong import FORMS, LONGEST_NAME, WRONG, capitals, judged
from lesson.predictions import Predictions
from lesson.school import School
from lesson.words import Refusal
from model import load

BY_ID = {form.id: form for form in FORMS}


@pytest.fixture(scope="module")
def school() -> School:
    return School(Predictions(load()))


@pytest.mark.parametrize(
    ("form", "said", "truth", "verdict"),
    [
        ("cat_zh", "东边升起", None, "true"),
        ("cat_zh", "西边升起", None, "false"),
        ("cat_zh", "东北方", None, "unclear"),
        ("cat_zh", "海上", None, "unclear"),
        ("cat_en", " east", None, "true"),
        ("cat_en", " west", None, "false"),
        ("cat_en", " southeast", None, "unclear"),
        ("capital_en", " Paris", "Paris", "true"),
        ("capital_en", " Rome", "Paris", "false"),
        ("capital_en", " Rome", None, "made_up"),
        ("capital_en", " a city", None, "unclear"),
        ("capital_zh", "哪里", None, "unclear"),
        ("capital_zh", "开罗", None, "made_up"),
        ("capital_zh", "", None, "unclear"),
    ],
)
def test_the_verdict(form, said, truth, verdict):
    assert judged(BY_ID[form], said, truth) == verdict


def test_the_countries_are_those_of_the_lesson_s_text():
    assert capitals()["zh"]["法国"] == "巴黎" and capitals()["en"]["France"] == "Paris"
    assert len(capitals()["zh"]) == len(capitals()["en"]) > 150
    invented = {name for form in FORMS if form.topic == "capital" for name in form.names[1:]}
    assert not invented & {*capitals()["zh"], *capitals()["en"]}


def test_a_real_country_gets_its_capital(school):
    shown = WRONG.answer(school, {"form": "capital_en", "name": "France"})
    assert (shown.facts["verdict"], shown.value["truth"], shown.value["said"]) == ("true", "Paris", "Paris")


@pytest.mark.parametrize(
    "ask", [{}, {"name": " "}, {"name": "x" * (LONGEST_NAME + 1)}, {"name": 3}, {"name": "x", "form": "dog"}]
)
def test_a_wrong_request_is_refused(school, ask):
    with pytest.raises(Refusal):
        WRONG.answer(school, ask)
