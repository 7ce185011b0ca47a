"""Keep a tiny checkpoint of a release: `python -m tests.released NAME` writes the folder of that name."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import torch

from model.checkpoint import BEST, LAST, VOCABULARY, load
from model.tokenizer import save_ranks
from tests.tiny import CONFIG, TEXT, bytes_tokenizer, trainer

SETTINGS = replace(CONFIG, n_layer=1, probe="", sample_tokens=0)
HALF = 6  # steps after which the run was stopped


def main(name: str) -> None:
    """Train for half a run, and write down what the model says and what the other half would have lost."""
    out = Path(__file__).parent / name
    whole = [event["train_loss"] for event in trainer(out, SETTINGS).run() if event["event"] == "step"]
    run = trainer(out, SETTINGS)
    list(run.run(lambda: run.progress.step == HALF))
    (out / BEST).unlink()
    save_ranks(bytes_tokenizer().ranks, out / VOCABULARY)
    ids = [bytes_tokenizer().end_of_text, *"周一".encode()]
    logits = load(out / LAST).model(torch.tensor([ids]))[0][0, -1].tolist()
    expected = {
        "text": TEXT,
        "settings": asdict(SETTINGS),
        "ids": ids,
        "losses": whole[HALF:],
        "logits": logits,
    }
    (out / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
