"""A trained model as one file to take home: weights, vocabulary, and a card that says what they are."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from model import checkpoint
from model.checkpoint import VOCABULARY
from model.tokenizer import save_ranks

FOLDER = "next-token-model"
WEIGHTS, CARD = "model.safetensors", "card.txt"
SETTINGS = ("n_layer", "n_head", "n_embd", "block_size", "batch_size", "lr", "dropout", "seed")


def package(path: Path) -> bytes:
    """Return a zip file with a checkpoint, its vocabulary and its card. Raises CheckpointError or OSError.

    The weights are read first: what is handed out is whole.
    """
    read = checkpoint.load(path)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:  # weights do not get smaller
        archive.write(path, f"{FOLDER}/{WEIGHTS}")
        vocabulary = path.parent / VOCABULARY
        if vocabulary.exists():
            archive.write(vocabulary, f"{FOLDER}/{VOCABULARY}")
        else:
            save_ranks(read.tokenizer.ranks, beside := path.parent / f"{VOCABULARY}.copy")
            archive.write(beside, f"{FOLDER}/{VOCABULARY}")
            beside.unlink()
        archive.writestr(f"{FOLDER}/{CARD}", card(read))
    return data.getvalue()


def card(read: checkpoint.Checkpoint) -> str:
    """Return what one should know of a model, in both languages."""
    info, told = read.info, read.info.get("train", {})
    loss = info.get("val_loss")
    figures = {
        "parameters": read.model.num_params(),
        "vocabulary": read.tokenizer.vocab_size,
        "step": info.get("step"),
        "validation loss (nats)": None if loss is None else round(loss, 4),
        **{name: told[name] for name in SETTINGS if name in told},
    }
    lines = [f"{name}: {json.dumps(value)}" for name, value in figures.items() if value is not None]
    return "\n".join([*HEAD, *lines, *TAIL]) + "\n"


HEAD = (
    "在“下一个词”的网页里训练的小模型 · a small model trained in the page of Next Token",
    "",
)
TAIL = (
    "",
    "打开它：把这个文件夹放到“下一个词”的代码旁边，运行",
    "Open it: put this folder beside the code of Next Token and run",
    "",
    f"    python app.py --model {FOLDER}/{WEIGHTS}",
    "",
    f"{WEIGHTS} 是权重，{VOCABULARY} 是词表，两个文件要放在一起。训练用的文字不在里面。",
    f"{WEIGHTS} holds the weights, {VOCABULARY} the vocabulary; keep them together. The text that it was",
    "trained on is not in here. It only learnt from that text, and what it writes may be wrong.",
)
