"""A checkpoint whose scores are divided by one number, so that it says no more than it knows.

A model that has read its texts many times is a little surer on new ones than it is right. One temperature on
all its scores mends most of that (Guo et al. 2017) and changes no order: what was first stays first.
"""

from pathlib import Path
from typing import Any

import torch

from model import checkpoint


def temper(path: Path, temperature: float, out: Path) -> dict[str, Any]:
    """Write a model whose logits are those of `path` divided by temperature; return what it says of itself.

    Raises ValueError for a temperature that is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"temperature must be above 0, not {temperature}")
    found = checkpoint.load(path)
    with torch.no_grad():
        found.model.head.weight /= temperature
    info = {"tempered": {"temperature": temperature, "of": found.info}}
    checkpoint.save(out, found.model, found.tokenizer, info)
    return info
