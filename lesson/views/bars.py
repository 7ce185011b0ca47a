"""The bars: the most likely tokens with p and p′, what was observed, and everything else in one last bar."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lesson.views.token import Json, token_face
from model.predictor import NextToken
from model.tokenizer import Tokenizer


def bars(
    tokenizer: Tokenizer,
    raw: NextToken,
    shaped: NextToken,
    *,
    rows: int,
    turned: bool,
    counts: Mapping[int, int] | None = None,
) -> Json:
    """Rows by p, each with p (the model) and q = p′ (after the knobs); ``rest[n]`` is all but the first n.

    A page that shows fewer rows than it was given still adds up to one: it takes the rest after its last row.
    """
    listed = [int(token) for token, _ in raw.top(rows)]
    seen = counts or {}
    draws = sum(seen.values())
    p, q = raw.probs[listed], shaped.probs[listed]
    taken = np.array([seen.get(token, 0) for token in listed])
    return {
        "rows": [
            {
                **token_face(tokenizer, token),
                "p": float(p[row]),
                "q": float(q[row]),
                "cut": bool(q[row] == 0.0 < p[row]),
                "n": int(taken[row]),
            }
            for row, token in enumerate(listed)
        ],
        "rest": _rest(float(raw.probs.sum()), p),
        "rest_q": _rest(float(shaped.probs.sum()), q),
        "rest_n": [int(draws - taken[:row].sum()) for row in range(len(listed) + 1)],
        "turned": turned,
        "draws": draws,
        "vocab": tokenizer.vocab_size,
    }


def _rest(total: float, shares: np.ndarray) -> list[float]:
    """What is left after the first 0, 1, 2 … shares; an empty rest is 0, not the crumbs of rounding."""
    left = total - np.concatenate([[0.0], np.cumsum(shares)])
    return [float(share) if share > 1e-12 else 0.0 for share in left]
