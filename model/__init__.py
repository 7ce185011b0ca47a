"""What a language model is: text to tokens, tokens to probabilities, probabilities to a choice."""

from pathlib import Path

from model import checkpoint
from model.predictor import GPTPredictor
from model.tokenizer import ASSETS

XIAOBAI = ASSETS / "xiaobai.safetensors"


def load(path: str | Path = XIAOBAI) -> GPTPredictor:
    """Return a predictor: 小白 by default, or any checkpoint file or training folder. Raises CheckpointError.

    >>> llm = load()
    >>> probs = llm.predict_next_token_probabilities("The capital of Indonesia is")
    >>> round(sum(probs.values()), 6)
    1.0
    """
    loaded = checkpoint.load(Path(path))
    return GPTPredictor(loaded.model, loaded.tokenizer)
