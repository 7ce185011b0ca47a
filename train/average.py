"""Two checkpoints of one line of training, averaged weight by weight.

Sources: Izmailov et al. 2018 (averages of one run), Wortsman et al. 2022 (model soups).
"""

from pathlib import Path
from typing import Any

from torch import Tensor

from model import checkpoint


def average(first: Path, second: Path, share: float, out: Path) -> dict[str, Any]:
    """Write (1 - share) x first + share x second as a model of its own; return what it says about itself.

    Raises ValueError for a share outside [0, 1] or models of different shapes or vocabularies.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must be from 0 to 1, not {share}")
    one, other = checkpoint.load(first), checkpoint.load(second)
    if one.model.config != other.model.config or one.tokenizer.id != other.tokenizer.id:
        raise ValueError("only models of the same shape and the same vocabulary can be averaged")
    weights: dict[str, Tensor] = other.model.state_dict()
    for name, weight in one.model.state_dict().items():
        weights[name].lerp_(weight, 1 - share)
    info = {"average": {"share": share, "first": one.info, "second": other.info}}
    checkpoint.save(out, other.model, other.tokenizer, info)
    return info
