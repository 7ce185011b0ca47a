"""The only file that reads or writes weights: one safetensors file, written whole or not at all."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from model.config import GPTConfig
from model.gpt import GPT
from model.tokenizer import RANKS, BPETokenizer, load_tokenizer

BEST, LAST, RESUME, VOCABULARY = (
    "best.safetensors",
    "last.safetensors",
    "last.resume.safetensors",
    "tokenizer.tiktoken",
)
SEAL = "sha256"
MAX_HEADER = 1 << 20  # bytes; a header describes some hundred tensors, and a huge one is an attack
WEIGHTS = (torch.float32, torch.float16, torch.bfloat16)


class CheckpointError(ValueError):
    """A file that is no model of ours; says why in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Checkpoint:
    """A model ready to use, its tokenizer, and what its training wrote down about itself."""

    model: GPT
    tokenizer: BPETokenizer
    info: dict[str, Any]


def write_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str]) -> None:
    """Write a safetensors file so that a reader sees the whole old file or the whole new one.

    Raises OSError if the disk is full; the old file is then untouched.
    """
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
        save_file(tensors, part, metadata=metadata | {SEAL: seal(tensors, metadata)})
        part.chmod(0o644)  # safetensors makes it readable by its owner alone
        with open(part, "rb") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except SafetensorError as error:  # safetensors wraps the system's "no space left on device"
        raise OSError(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def seal(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> str:
    """Return a fingerprint of all that a file says, by which damage to it is seen."""
    said = {k: v for k, v in metadata.items() if k != SEAL}
    digest = sha256(json.dumps(said, sort_keys=True).encode())
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name} {tensor.dtype} {list(tensor.shape)}".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data if tensor.numel() else b"")
    return digest.hexdigest()


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Return the tensors and the metadata of a safetensors file. Raises CheckpointError."""
    try:
        with open(path, "rb") as file:
            if int.from_bytes(file.read(8), "little") > MAX_HEADER:
                raise not_a_model(path)
        with safe_open(path, framework="pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            metadata = file.metadata() or {}
    except SafetensorError as error:
        raise not_a_model(path) from error
    except OSError as error:
        raise missing(path) from error
    if metadata.get(SEAL, "") not in ("", seal(tensors, metadata)):  # files of before the seal have none
        raise not_a_model(path)
    return tensors, metadata


def missing(path: Path) -> CheckpointError:
    """Return the error for a path that leads to no file."""
    return CheckpointError(f"找不到模型文件 {path}。", f"There is no model file {path}.")


def not_a_model(path: Path) -> CheckpointError:
    """Return the error for a file that is something else, or damaged."""
    return CheckpointError(
        f"{Path(path).name} 不是本项目的模型文件，或者已经损坏。",
        f"{Path(path).name} is not a model of this project, or it is damaged.",
    )


def save(path: Path, model: GPT, tokenizer: BPETokenizer, info: dict[str, Any]) -> None:
    """Write a model, its config, its tokenizer's fingerprint, and its training's figures (JSON values)."""
    metadata = {
        "config": json.dumps(asdict(model.config)),
        "tokenizer": tokenizer.id,
        "info": json.dumps(info, ensure_ascii=False),
    }
    write_tensors(path, model.state_dict(), metadata)


def load(path: Path) -> Checkpoint:
    """Return the model of a checkpoint file or a run's folder, ready to predict. Raises CheckpointError."""
    path = resolve(Path(path))
    tensors, metadata = read_tensors(path)
    model = build(path, tensors, metadata)
    return Checkpoint(model.eval(), tokenizer_of(path, metadata["tokenizer"]), json.loads(metadata["info"]))


def resolve(path: Path) -> Path:
    """Return the checkpoint that a path means: itself, or in a folder the best one, or else the last."""
    if not os.path.isdir(path):
        return path
    return path / BEST if (path / BEST).exists() else path / LAST


def build(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str]) -> GPT:
    """Return the GPT that the tensors describe; every name, shape and number is checked first."""
    try:
        values = json.loads(metadata["config"])
        config = GPTConfig(**{f.name: values[f.name] for f in fields(GPTConfig)})
        json.loads(metadata["info"])
        promised = config.vocab_size * config.n_embd + config.n_layer * config.n_embd**2
        if promised > sum(p.numel() for p in tensors.values()):  # lest it cost more memory than the file
            raise not_a_model(path)
        model = GPT(config)
        expected = {name: p.shape for name, p in model.state_dict().items()}
    except (KeyError, TypeError, ValueError) as error:
        raise not_a_model(path) from error
    found = {name: p.shape for name, p in tensors.items() if p.dtype in WEIGHTS}
    if found != expected or len(tensors) != len(found) or "tokenizer" not in metadata:
        raise not_a_model(path)
    if not all(bool(torch.isfinite(p).all()) for p in tensors.values()):
        raise CheckpointError(
            f"{path.name} 里有不是数的权重（训练大概失败了）。",
            f"{path.name} holds weights that are no numbers; its training probably failed.",
        )
    model.load_state_dict({name: p.float() for name, p in tensors.items()})
    return model


def tokenizer_of(path: Path, fingerprint: str) -> BPETokenizer:
    """Return the tokenizer kept beside a checkpoint, or the shipped one; CheckpointError if neither fits."""
    tokenizer = tokenizer_beside(path)
    if tokenizer.id != fingerprint:
        raise CheckpointError(
            f"{path.name} 要配另一个词表（{VOCABULARY}），它不在旁边。",
            f"{path.name} needs another vocabulary ({VOCABULARY}), which is not beside it.",
        )
    return tokenizer


def tokenizer_beside(path: Path) -> BPETokenizer:
    """Return the vocabulary kept in a checkpoint's folder, or else the shipped one."""
    beside = path.parent / VOCABULARY
    try:
        return load_tokenizer(beside if beside.exists() else RANKS)
    except (ValueError, LookupError) as error:
        raise CheckpointError(f"词表 {beside} 已经损坏。", f"The vocabulary {beside} is damaged.") from error
