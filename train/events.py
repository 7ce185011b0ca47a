"""What a run says while it trains: one small dictionary an event, as JSON one line each."""

import json
import math
from typing import Any

Event = dict[str, Any]


def to_line(event: Event) -> str:
    """Return an event as one line of JSON; a number that is not finite becomes null.

    >>> to_line({"event": "step", "step": 1, "train_loss": float("nan")})
    '{"event": "step", "step": 1, "train_loss": null}'
    """
    return json.dumps(finite(event), ensure_ascii=False, allow_nan=False)


def finite(value: Any) -> Any:
    """Return the value with None for every float in it that JSON has no word for."""
    if isinstance(value, dict):
        return {k: finite(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
