"""Predictions as plain dictionaries, ready for JSON: one shape for command line, web endpoints and tests."""

from typing import Any

from model.predictor import NextToken, Predictor, generate, shape, start
from model.sampling import Sampling
from model.tokenizer import Tokenizer

Report = dict[str, Any]


def token_text(tokenizer: Tokenizer, id: int) -> str | None:
    """Return a token's text, or None where its bytes are not whole characters.

    >>> from model.tokenizer import load_tokenizer
    >>> tokenizer = load_tokenizer()
    >>> token_text(tokenizer, tokenizer.encode("好")[0]), token_text(tokenizer, tokenizer.encode("龘")[0])
    ('好', None)
    """
    try:
        return tokenizer.token_bytes(id).decode()
    except UnicodeDecodeError:
        return None


def token_row(tokenizer: Tokenizer, id: int, raw: NextToken, shaped: NextToken) -> Report:
    """Return one token with the model's probability and the one after the knobs."""
    return {
        "id": id,
        "token": token_text(tokenizer, id),
        "bytes": tokenizer.token_bytes(id).hex(),
        "p": float(raw.probs[id]),
        "p_shaped": float(shaped.probs[id]),
    }


def predict_report(predictor: Predictor, text: str, rows: int, sampling: Sampling) -> Report:
    """Return the `rows` most probable next tokens and what is left for all others; p and rest add up to one.

    p is the model's own, over the whole vocabulary at temperature 1; p_shaped is what the knobs make of it.
    """
    context = start(predictor.tokenizer, text)
    raw = predictor.next_token(context)
    shaped = shape(raw, sampling)
    ids = [id for id, _ in raw.top(rows)]
    top = [token_row(predictor.tokenizer, id, raw, shaped) for id in ids]
    return {
        "context": context,
        "top": top,
        "rest": raw.rest(rows),
        "rest_shaped": float(shaped.probs[raw.order[rows:]].sum()),
        "entropy_bits": raw.entropy,
    }


def generate_report(predictor: Predictor, text: str, tokens: int, sampling: Sampling, seed: int) -> Report:
    """Return a continuation of up to `tokens` tokens, for each its probability and the dice that chose it.

    It ends early where the model ends its text. The same seed gives the same text.
    """
    tokenizer = predictor.tokenizer
    context = start(tokenizer, text)
    steps, chosen = [], []
    stop = {tokenizer.end_of_text}
    for step in generate(predictor, context, sampling, seed=seed, max_new_tokens=tokens, stop=stop):
        row = token_row(tokenizer, step.chosen, step.raw, step.shaped)
        steps.append({name: row[name] for name in ("id", "token", "p", "p_shaped")} | {"dice": step.dice})
        chosen.append(step.chosen)
    continuation = tokenizer.decode(chosen)
    return {"text": tokenizer.decode(context) + continuation, "continuation": continuation, "steps": steps}


def tokenize_report(tokenizer: Tokenizer, text: str) -> Report:
    """Return the tokens of a text; their bytes, end to end, are the text's own."""
    return {
        "tokens": [
            {"id": id, "text": token_text(tokenizer, id), "bytes": tokenizer.token_bytes(id).hex()}
            for id in tokenizer.encode(text)
        ]
    }
