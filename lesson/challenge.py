"""The challenge: guess the next token and say how sure you are, ten times, against the model.

Nothing is kept between two requests: the seed and the language (or the learner's own text) name ten
questions, the same for everybody; a request names one of them and what was bet on it.

The score of a round is how surprising the truth was, in bits: log2 of 1/p, with p the probability that
was given to it. Less is better. A bet of w on one token gives that token w and spreads 1 - w evenly over
all others it is told from. So nobody does better than by betting what they really believe.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lesson import params
from lesson.predictions import Predictions
from lesson.text import clean, whole_text
from lesson.words import Refusal, Text
from model.predictor import NextToken
from model.tokenizer import Tokenizer
from train.kept_out import MARK, passages

ROUNDS = 10
OPTIONS, FAVOURITES = 6, 3  # candidates in all; the model's own among them
LEAST_WEIGHT, MOST_WEIGHT = 1, 99  # per cent: a wrong 100 would cost infinitely many bits
MOST_SEED = 9_999
MOST_TEAMS = 2
MOST_GUESS = 40  # characters
FIRST_PLACE = 4  # tokens of an own text that stand before the first question
LOOKED_AT = 60  # tokens of a prediction among which the model's candidates are found

NO_SUCH_ROUND = Text("这一题没有看懂，请重新开一局。", "That round made no sense; please start a new game.")
NO_GUESS = Text("先猜一个词，再亮答案。", "Make a guess first, then see the answer.")
LONG_GUESS = Text(
    "只猜下一个词就够了，最多 {most} 个字符。", "Just the next word, please: {most} characters at most."
)
NO_WEIGHT = Text(
    "把握要在 {low}% 到 {high}% 之间。", "How sure you are must lie between {low} % and {high} %."
)
SHORT_TEXT = Text(
    "这段文字出不了 {rounds} 道题，只够 {count} 道。再多写几句吧，写好的都还在。",
    "This text yields only {count} of {rounds} questions. Please add a few sentences; nothing was lost.",
)


@dataclass(frozen=True)
class Question:
    """A text's tokens, and the place of the one that is asked for."""

    ids: tuple[int, ...]
    place: int

    @property
    def truth(self) -> int:
        """The token that really comes next."""
        return self.ids[self.place]

    def context(self, tokenizer: Tokenizer) -> tuple[int, ...]:
        """What is shown, and what the model predicts from."""
        return (tokenizer.end_of_text, *self.ids[: self.place])


@dataclass(frozen=True)
class Bet:
    """Somebody's guess: whether it is right, how sure they were, and the probability of the truth."""

    said: str
    right: bool
    weight: float
    p: float

    @property
    def bits(self) -> float:
        """How surprised they were by the truth."""
        return bits(self.p)


def bits(p: float) -> float:
    """The surprise of something that was given probability p.

    >>> bits(0.25)
    2.0
    """
    return -math.log2(p)


def given_to_truth(right: bool, weight: float, told_from: int) -> float:
    """The probability that a bet gives to the truth, which is one of ``told_from`` tokens.

    >>> given_to_truth(True, 0.6, 6), round(given_to_truth(False, 0.6, 6), 3)
    (0.6, 0.08)
    """
    return weight if right else (1 - weight) / (told_from - 1)


def questions(tokenizer: Tokenizer, ask: Mapping[str, object]) -> tuple[Question, ...]:
    """The ten questions that a request's seed and text stand for, the same ones each time."""
    seed = params.whole_number(ask.get("seed"), 0, MOST_SEED)
    if seed is None:
        raise Refusal(NO_SUCH_ROUND)
    if ask.get("text") is not None:
        return own_questions(tokenizer, params.prompt(ask["text"]), seed)
    language = "en" if ask.get("lang") == "en" else "zh"
    draw = random.Random(f"{language} {seed}")
    chosen = draw.sample(passages(language), ROUNDS)
    cut = [written(tokenizer, passage) for passage in chosen]
    return tuple(Question(ids, draw.choice(places)) for ids, places in cut)


def written(tokenizer: Tokenizer, passage: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A built-in passage's tokens, and the places that its marks point at."""
    ids = tuple(tokenizer.encode(passage.replace(MARK, "")))
    marks, length = set(), 0
    for part in passage.split(MARK)[:-1]:
        length += len(part.encode())
        marks.add(length)
    marked = (at for at, start in starts(tokenizer, ids) if start in marks)
    return ids, tuple(at for at in marked if askable(tokenizer, ids, at))


def own_questions(tokenizer: Tokenizer, text: str, seed: int) -> tuple[Question, ...]:
    """Ten places of the learner's own text, from left to right."""
    ids = tuple(tokenizer.encode(text.strip()))
    fit = [at for at in range(FIRST_PLACE, len(ids)) if askable(tokenizer, ids, at)]
    if len(fit) < ROUNDS:
        raise Refusal(SHORT_TEXT.format(rounds=ROUNDS, count=len(fit)))
    draw = random.Random(seed)
    return tuple(Question(ids, at) for at in sorted(draw.sample(fit, ROUNDS)))


def starts(tokenizer: Tokenizer, ids: Sequence[int]) -> list[tuple[int, int]]:
    """Each token's place, and the byte at which it begins."""
    out, length = [], 0
    for at, token in enumerate(ids):
        out.append((at, length))
        length += len(tokenizer.token_bytes(token))
    return out


def askable(tokenizer: Tokenizer, ids: Sequence[int], at: int) -> bool:
    """Whether a person can be asked for a token: a whole word or character, not cut out of a longer one."""
    before, after = (word_end(tokenizer, ids, place) for place in (at, at + 1))
    return before and after and is_word(tokenizer, ids[at])


def word_end(tokenizer: Tokenizer, ids: Sequence[int], at: int) -> bool:
    """Whether no alphabetic word goes on across the border before the token at a place."""
    if not 0 < at < len(ids):
        return True
    left, right = (whole_text(tokenizer.token_bytes(token)) for token in (ids[at - 1], ids[at]))
    if not left or not right:
        return False
    return not (spelt(left[-1]) and spelt(right[0]))


def spelt(char: str) -> bool:
    """Whether a character is a letter of a script that is spelt in words, or an apostrophe in one."""
    return char in "'’" or (unicodedata.category(char)[0] == "L" and unicodedata.category(char) != "Lo")


def is_word(tokenizer: Tokenizer, token: int) -> bool:
    """Whether a token is something that one can say: whole characters, a letter or a character among them."""
    text = whole_text(tokenizer.token_bytes(token))
    return bool(text) and any(unicodedata.category(char)[0] == "L" for char in text or "")


def alike(tokenizer: Tokenizer, truth: int, token: int) -> bool:
    """Whether a token could stand in the list beside the truth: a word, after a blank if that one is."""
    text, wanted = (tokenizer.token_bytes(one).decode("utf-8", "ignore") for one in (token, truth))
    bare = text.strip()
    loose = len(bare) == 1 and spelt(bare) and bare not in ("a", "I")  # a letter is the beginning of a word
    return is_word(tokenizer, token) and not loose and text.startswith(" ") == wanted.startswith(" ")


def options(
    tokenizer: Tokenizer, asked: Sequence[Question], at: int, prediction: NextToken, seed: int
) -> tuple[int, ...]:
    """The candidates of a round, shuffled: the truth, the model's favourites, truths of other rounds."""
    question = asked[at]
    taken = [question.truth]
    liked = (int(token) for token, _ in prediction.top(LOOKED_AT))
    fit = (token for token in liked if token != question.truth and alike(tokenizer, question.truth, token))
    taken += list(fit)[:FAVOURITES]
    draw = random.Random(f"{seed} {at}")
    rest = (*(one.truth for one in asked), *question.ids)
    others = [token for token in rest if alike(tokenizer, question.truth, token)]
    draw.shuffle(others)
    taken += [token for token in dict.fromkeys(others) if token not in taken][: OPTIONS - len(taken)]
    draw.shuffle(taken)
    return tuple(taken)


def judged(tokenizer: Tokenizer, truth: int, told: tuple[int, ...], given: object) -> Bet:
    """A bet as it counts: an option by its id, or words, of which the beginning is compared."""
    bet = given if isinstance(given, Mapping) else {}
    weight = params.whole_number(bet.get("weight"), LEAST_WEIGHT, MOST_WEIGHT)
    if weight is None:
        raise Refusal(NO_WEIGHT.format(low=LEAST_WEIGHT, high=MOST_WEIGHT))
    share = weight / 100
    if "id" in bet:
        token = params.whole_number(bet["id"], 0, tokenizer.vocab_size - 1)
        if token is None or token not in told:
            raise Refusal(NO_GUESS)
        right = token == truth
        said = whole_text(tokenizer.token_bytes(token)) or ""
        return Bet(said.strip(), right, share, given_to_truth(right, share, len(told)))
    said = typed(bet.get("text"))
    wanted = (whole_text(tokenizer.token_bytes(truth)) or "").strip()
    right = begins_with(said, wanted)
    return Bet(said, right, share, given_to_truth(right, share, tokenizer.vocab_size))


def typed(text: object) -> str:
    """A typed guess without the blanks around it."""
    if not isinstance(text, str) or not clean(text).strip():
        raise Refusal(NO_GUESS)
    if len(text) > MOST_GUESS:
        raise Refusal(LONG_GUESS.format(most=MOST_GUESS))
    return clean(text).strip()


def begins_with(said: str, wanted: str) -> bool:
    """Whether what was said begins with the token: more characters may follow, more letters may not.

    >>> begins_with("年轻", "年"), begins_with("The", "the"), begins_with("them", "the")
    (True, True, False)
    """
    said, wanted = said.casefold(), wanted.casefold()
    rest = said[len(wanted) :]
    return said.startswith(wanted) and not (rest and spelt(rest[0]) and spelt(wanted[-1]))


def at_round(predictions: Predictions, ask: Mapping[str, object]) -> tuple[Question, int, tuple[int, ...]]:
    """The question that a request is about, the number of its round, and its candidates."""
    asked = questions(predictions.tokenizer, ask)
    at = params.whole_number(ask.get("round"), 0, ROUNDS - 1)
    if at is None:
        raise Refusal(NO_SUCH_ROUND)
    prediction = predictions(asked[at].context(predictions.tokenizer))
    seed = params.whole_number(ask.get("seed"), 0, MOST_SEED) or 0
    return asked[at], at, options(predictions.tokenizer, asked, at, prediction, seed)


def bets(tokenizer: Tokenizer, truth: int, told: tuple[int, ...], given: object) -> tuple[Bet, ...]:
    """What one player, or each of two teams, has bet."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_TEAMS:
        raise Refusal(NO_GUESS)
    return tuple(judged(tokenizer, truth, told, one) for one in given)
