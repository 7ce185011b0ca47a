"""Evidence: counts beside p, which text answers for which model, and what the card says of it."""

import json
import re
import threading
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lesson.evidence import LESSON_CORPUS, Corpus, Evidence, lesson_corpus, run_text, share
from lesson.playground import open_text
from lesson.predictions import Predictions
from lesson.ui.components import PHRASES as PLAYGROUND_PHRASES
from lesson.ui.evidence import PHRASES, answer
from lesson.views.evidence import TOKENS_BEFORE, evidence, no_evidence
from model.ngram import NgramPredictor
from model.tokenizer import load_tokenizer
from tests.fakes import HOSTILE, FakePredictor, FakeTokenizer
from train.corpus import documents, held_out
from train.counts import count
from train.index import Index
from train.mix import Source

ASSETS = Path(__file__).resolve().parents[2] / "assets"
MONDAY = "周一上班真的很"
TEXTS = {
    "moods.txt": [f"{MONDAY}丧。"] * 8 + [f"今天{MONDAY}爽！"] * 2,
    "sun.txt": ["The sun rises from the east"],
}


def source(file: str, weight: float, characters: int) -> Source:
    return Source(file, weight, "zh-Hans", "plain", 1, characters, "CC0 1.0", "here", "-")


def corpus(texts=TEXTS) -> Corpus:
    return Corpus(LESSON_CORPUS, Index.build(FakeTokenizer(), texts), 0.25)


def told(text: str, texts=TEXTS) -> dict:
    """The card's data after a text, as the page gets it."""
    predictor = FakePredictor()
    context = [predictor.tokenizer.end_of_text, *predictor.tokenizer.encode(text)]
    data = evidence(corpus(texts), predictor.tokenizer, context, predictor.next_token(context))
    return json.loads(json.dumps(data, allow_nan=False))


def written(pieces: list) -> str:
    return "".join(text for text, _ in pieces)


def test_counts_stand_beside_the_models_probabilities():
    data = told(MONDAY)
    assert (data["state"], data["count"], data["kept"], data["dropped"]) == ("found", 10, 7, 0)
    assert [(row["label"], row["n"]) for row in data["rows"][:2]] == [("丧", 8), ("爽", 2)]
    assert [round(row["p"], 1) for row in data["rows"][:2]] == [0.8, 0.2]
    assert data["corpus"]["share"] == 0.25 and data["corpus"]["documents"] == 11


@pytest.mark.parametrize("text", [MONDAY, "The sun", "", "太", "火星" + MONDAY])
def test_rows_and_the_rest_add_up(text):
    data = told(text)
    assert data["rest"]["n"] + sum(row["n"] for row in data["rows"]) == data["count"]
    assert data["rest"]["p"] + sum(row["p"] for row in data["rows"]) == pytest.approx(
        1 if data["rows"] else 0
    )


def test_likely_tokens_that_never_came_next_are_shown_with_zero():
    data = told(MONDAY)
    assert any(row["n"] == 0 and row["p"] > 0 for row in data["rows"])


def test_a_context_is_shortened_from_the_left_and_both_parts_are_told():
    data = told("太阳说：" + MONDAY)
    assert (written(data["lost"]), written(data["match"])) == ("太阳说：", MONDAY)
    assert data["count"] == 10 and data["kept"] == 7
    assert data["dropped"] == len(FakeTokenizer().encode("太阳说："))


def test_an_end_that_begins_within_a_character_does_not_count():
    assert FakeTokenizer().encode("鿘")[-1] == FakeTokenizer().encode("龘")[-1]
    data = told("鿘", {"a": ["龘龘"]})
    assert (data["state"], data["count"], data["match"]) == ("nothing", 0, [])
    data = told("龘", {"a": ["龘龘好"]})
    assert (data["count"], data["dropped"], [row["n"] for row in data["rows"][:2]]) == (2, 0, [1, 1])


def test_nothing_found_is_said_with_the_text_kept():
    data = told("qq", {"a": ["周一"]})
    assert (data["state"], written(data["lost"]), data["rows"], data["places"]) == ("nothing", "qq", [], [])


def test_the_empty_sentence_is_followed_by_first_tokens():
    data = told("")
    assert data["empty"] and data["count"] == 11
    assert (data["rows"][0]["label"], data["rows"][0]["n"]) == ("周", 8)


def test_places_show_the_context_the_next_token_and_where_they_come_from():
    first, second = told(MONDAY)["places"][:2]
    assert (first["source"], written(first["match"]), first["next"]["label"]) == ("moods.txt", MONDAY, "丧")
    assert (written(second["before"]), second["next"]["label"], written(second["after"])) == (
        "今天",
        "爽",
        "！",
    )
    assert first["begins"] and first["ends"]
    assert told("east")["places"] == []  # in the text it is one token with the blank before it
    place = told("The sun rises from the")["places"][0]
    assert (written(place["match"]), place["next"]["label"]) == ("The sun rises from the", "·east")


def test_long_documents_are_cut_at_whole_characters():
    (place,) = told("你好", {"a": ["龘" * 99 + "你好太" + "龘" * 99]})["places"]
    assert not place["begins"] and not place["ends"]
    assert set(written(place["before"])) == {"龘"} == set(written(place["after"]))
    assert len(written(place["before"])) == TOKENS_BEFORE // 3


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_may_be_looked_for_and_found(text):
    data = told(text.replace("\x00", ""), {"a": [text.replace("\x00", "") or "x"]})
    assert data["state"] in ("found", "nothing")
    assert "�" not in json.dumps(data, ensure_ascii=False).replace("⟨U+FFFD⟩", "")


# ---- which text answers for which model ----------------------------------------


def test_the_share_is_weighted_and_computed_from_the_mix():
    mix = [source("ours.txt", 4, 100), source("theirs.txt", 0.5, 800), source("more.txt", 1, 800)]
    assert share(mix, ["ours.txt"]) == 400 / 1600
    assert share(mix, []) == 0.0


def test_the_lesson_corpus_is_what_is_shipped_without_what_was_held_out(tmp_path):
    found = [f"第{n}句。" for n in range(300)]
    (tmp_path / "ours.txt").write_text("\n\n".join(found), encoding="utf-8")
    mix = [source("ours.txt", 3, 100), source("absent.txt", 1, 900)]
    shipped = lesson_corpus(load_tokenizer(), folder=tmp_path, mix=mix)
    assert shipped.index.documents == sum(not held_out(one) for one in found) < 300
    assert shipped.share == 0.25


def test_the_real_lesson_corpus_says_what_the_files_say():
    tokenizer = load_tokenizer()
    shipped = lesson_corpus(tokenizer)
    text = "\n\n".join((ASSETS / "corpus" / "facts_moods.txt").read_text(encoding="utf-8").split("\n\n"))
    kept = [one for one in documents(text) if not held_out(one)]
    found = shipped.index.occurrences(tokenizer.encode(MONDAY))
    assert found.length == 7 and found.count >= sum(one.count(MONDAY) for one in kept) > 0
    assert 0 < shipped.share < 1


def test_the_text_of_a_run_is_searched_without_what_validates():
    text = "\n\n".join(f"第{n}天，太阳从东边升起来。" for n in range(200))
    own = run_text(load_tokenizer(), text, 16)
    assert own.share == 1.0 and 0 < own.index.tokens < len(load_tokenizer().encode(text))


def test_each_model_has_its_own_corpus_opened_once_in_the_background():
    opened, go = [], threading.Event()

    def open_corpus(name: str) -> Corpus | None:
        go.wait(10)
        opened.append(name)
        return corpus() if not name else None

    texts = Evidence(open_corpus)
    assert not texts("").done()
    assert answer(state(), predictions(), texts(""), 3)["state"] == "building"
    go.set()
    found = texts("").result(10)
    assert found is not None and found.index.documents == 11
    assert texts("trained").result(10) is None and texts("").result() is found
    for n in range(9):
        texts(f"run {n}").result(10)
    assert texts("").result() is found and opened.count("") == 1


def predictions() -> Predictions:
    return Predictions(FakePredictor())


def state():
    return open_text(FakeTokenizer(), MONDAY)


def test_the_answer_names_its_question_and_its_step():
    ready: Future = Future()
    ready.set_result(corpus())
    data = answer(state(), predictions(), ready, 7)
    assert (data["ask"], data["version"], data["length"], data["count"]) == (7, 0, 8, 10)
    assert answer(state(), predictions(), ready, "nonsense")["ask"] == 0


@pytest.mark.parametrize("broken", [None, ValueError("damaged")])
def test_a_model_without_a_text_is_told_as_such(broken):
    text: Future = Future()
    text.set_exception(broken) if broken else text.set_result(None)
    assert (
        answer(state(), predictions(), text, 1)["state"] == no_evidence(building=False)["state"] == "unknown"
    )


# ---- words ----------------------------------------


def test_every_word_that_the_card_uses_is_there_in_both_languages():
    template = (ASSETS / "html" / "evidence.html").read_text(encoding="utf-8")
    code = (ASSETS / "js" / "evidence.js").read_text(encoding="utf-8")
    keys = {*re.findall(r'data-t="(\w+)"', template), *re.findall(r"'(evidence\w+)'", code)}
    keys |= {"evidenceWhole", "evidenceShortened", "evidenceWholeOne", "evidenceShortenedOne"}
    assert keys <= PHRASES.keys()
    assert not PHRASES.keys() & PLAYGROUND_PHRASES.keys()
    holes = re.compile(r"\{\w+\}")
    for words in PHRASES.values():
        assert set(holes.findall(words.zh)) == set(holes.findall(words.en))


def test_the_script_makes_no_markup():
    code = (ASSETS / "js" / "evidence.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", code)


def test_the_whole_training_text_is_counted_beside_the_part_that_is_here():
    tokenizer = FakeTokenizer()
    row = [tokenizer.end_of_text]
    for text in [f"{MONDAY}丧"] * 3 + [f"{MONDAY}爽"]:
        row += [*tokenizer.encode(text), tokenizer.end_of_text]
    table = count(np.array(row), tokenizer.vocab_size, tokenizer.end_of_text)
    counted = replace(corpus(), counts=NgramPredictor(table, tokenizer))
    context = [tokenizer.end_of_text, *tokenizer.encode(MONDAY)]
    data = evidence(counted, tokenizer, context, FakePredictor().next_token(context))
    whole = data["whole"]
    assert (whole["kept"], whole["count"], whole["rest"]) == (4, 4, 0)
    assert written(whole["match"]) == MONDAY[-4:]
    assert [(one["label"], one["n"]) for one in whole["rows"]] == [("丧", 3), ("爽", 1)]
    assert whole["tokens"] == len(row) - 1


def test_without_a_table_nothing_is_said_of_the_whole():
    assert told(MONDAY)["whole"] is None
