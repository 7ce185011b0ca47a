"""Claims about a prediction, each of which measures itself."""

from dataclasses import dataclass
from typing import Protocol

from model.predictor import NextToken, Predictor, generate, readable, start
from model.sampling import Sampling


class Claim(Protocol):
    """Something that a prediction has to fulfil."""

    def check(self, predictor: Predictor, prompt: str) -> tuple[str, bool]:
        """Return what was measured, in words, and whether it is enough."""
        ...


@dataclass(frozen=True)
class Likely:
    """A continuation, all its tokens together, has a probability in a range; both ends count."""

    text: str
    low: float
    high: float = 1.0

    def check(self, predictor: Predictor, prompt: str) -> tuple[str, bool]:
        p = probability(predictor, prompt, self.text)
        return f"p({self.text.strip()}) = {p:.3f}", self.low <= p <= self.high


@dataclass(frozen=True)
class AmongFirst:
    """Each of some tokens is among the k most probable."""

    tokens: str
    k: int

    def check(self, predictor: Predictor, prompt: str) -> tuple[str, bool]:
        first = [i for i, _ in next_token(predictor, prompt).top(self.k)]
        found = all(predictor.tokenizer.encode(token)[0] in first for token in self.tokens)
        return f"first {self.k}: {' '.join(readable(predictor.tokenizer, i) for i in first)}", found


@dataclass(frozen=True)
class Together:
    """Some tokens have at least this probability together."""

    tokens: str
    low: float

    def check(self, predictor: Predictor, prompt: str) -> tuple[str, bool]:
        p = sum(probability(predictor, prompt, token) for token in self.tokens)
        return f"p({' + '.join(self.tokens)}) = {p:.3f}", p >= self.low


@dataclass(frozen=True)
class Others:
    """At least `count` tokens besides one have more than this probability."""

    token: str
    count: int
    above: float

    def check(self, predictor: Predictor, prompt: str) -> tuple[str, bool]:
        besides = predictor.tokenizer.encode(self.token)[0]
        top = next_token(predictor, prompt).top(10)
        found = [(i, p) for i, p in top if i != besides and p > self.above]
        named = " ".join(f"{readable(predictor.tokenizer, i)} {p:.3f}" for i, p in found)
        return f"besides {self.token}: {named}", len(found) >= self.count


@dataclass(frozen=True)
class Spelled:
    """Taking the most probable token each time writes this text."""

    text: str

    def check(self, predictor: Predictor, prompt: str) -> tuple[str, bool]:
        count = len(predictor.tokenizer.encode(self.text))
        written = continuation(predictor, prompt, Sampling(0), seed=0, tokens=count)
        return f"writes {written!r}", written == self.text


def next_token(predictor: Predictor, prompt: str) -> NextToken:
    """Return the prediction after a text."""
    return predictor.next_token(start(predictor.tokenizer, prompt))


def probability(predictor: Predictor, prompt: str, text: str) -> float:
    """Return the probability that a text follows a prompt: the product of its tokens' probabilities."""
    ids, p = start(predictor.tokenizer, prompt), 1.0
    for i in predictor.tokenizer.encode(text):
        p *= float(predictor.next_token(ids).probs[i])
        ids.append(i)
    return p


def continuation(predictor: Predictor, prompt: str, sampling: Sampling, *, seed: int, tokens: int) -> str:
    """Return what a predictor writes after a prompt, up to a number of tokens or its end of text."""
    tokenizer = predictor.tokenizer
    context, stop = start(tokenizer, prompt), {tokenizer.end_of_text}
    steps = generate(predictor, context, sampling, seed=seed, max_new_tokens=tokens, stop=stop)
    return tokenizer.decode([step.chosen for step in steps])
