"""What a run needs to go on as if it had not been interrupted, in one file that is complete by itself."""

import json
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from model.checkpoint import RESUME, CheckpointError, read_tensors, write_tensors
from train.config import TrainConfig
from train.data import TokenDocuments

if TYPE_CHECKING:
    from train.trainer import Trainer

MAY_DIFFER = {"max_seconds", "checkpoint_seconds", "compile"}  # settings that do not change the losses


@dataclass
class Progress:
    """Where a run stands."""

    steps: int
    step: int = 0
    seconds: float = 0.0
    val_loss: float = float("inf")
    best_val_loss: float = float("inf")
    best_step: int = 0
    bad_evals: int = 0
    lr_factor: float = 1.0  # what the learning rate was multiplied by on the way
    paused: float = 0.0  # seconds that the run stood still; they are not among `seconds`


class Clock:
    """Counts a run's seconds, step by step, and how long a step took lately."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.seconds_a_step = 0.0
        self._last = time.perf_counter()

    def tick(self) -> None:
        """Note that a step has ended; the average forgets old steps, so a slow first one is soon gone."""
        now = time.perf_counter()
        took, self._last = now - self._last, now
        self.progress.seconds += took
        self.seconds_a_step = 0.9 * self.seconds_a_step + 0.1 * took if self.seconds_a_step else took

    def skip(self) -> float:
        """Leave out the time since the last step, and return how long that was."""
        now = time.perf_counter()
        took, self._last = now - self._last, now
        return took


def save_state(trainer: "Trainer") -> None:
    """Write weights, optimizer, random numbers, position in the data and progress. Raises OSError."""
    tensors: dict[str, Tensor] = {f"model.{name}": p for name, p in trainer.model.state_dict().items()}
    for i, optimizer in enumerate(trainer.optimizers):
        for j, state in optimizer.state_dict()["state"].items():
            tensors |= {f"optimizer.{i}.{j}.{name}": torch.as_tensor(value) for name, value in state.items()}
    tensors["rng"] = torch.get_rng_state()
    if trainer.device.startswith("cuda"):
        tensors["rng_cuda"] = torch.cuda.get_rng_state()
    metadata = {
        "progress": json.dumps(asdict(trainer.progress)),
        "cursor": json.dumps(trainer.batches.cursor),
        "train": json.dumps(asdict(trainer.config)),
        "threads": str(torch.get_num_threads()),
        "tokenizer": trainer.tokenizer.id,
        "text": text_id(trainer.training),
    }
    write_tensors(trainer.out / RESUME, tensors, metadata)


def text_id(documents: TokenDocuments) -> str:
    """Return a fingerprint of the training text, by which a resumed run knows that it is the same."""
    digest = sha256(documents.ids.tobytes())
    digest.update(documents.starts.tobytes() + documents.weights.tobytes())
    return digest.hexdigest()[:16]


def load_state(trainer: "Trainer") -> Progress:
    """Put a trainer back where it was saved. Raises CheckpointError, or ValueError if settings differ."""
    tensors, metadata = read_tensors(trainer.out / RESUME)
    try:
        stored = json.loads(metadata["train"])
        progress = Progress(**json.loads(metadata["progress"]))
        epoch, window = json.loads(metadata["cursor"])
        threads = int(metadata["threads"])
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{RESUME} 读不出来。", f"{RESUME} cannot be read.") from error
    refuse_changes(stored, asdict(trainer.config))
    if metadata.get("tokenizer") != trainer.tokenizer.id:
        raise ValueError("the run was started with another vocabulary")
    if metadata.get("text", text_id(trainer.training)) != text_id(trainer.training):
        raise ValueError("the run was started with another text")
    trainer.model.load_state_dict(part(tensors, "model."))
    for i, optimizer in enumerate(trainer.optimizers):
        restore_optimizer(optimizer, part(tensors, f"optimizer.{i}."))
    torch.set_num_threads(threads)  # sums come out bit for bit the same only with the same number of threads
    torch.set_rng_state(tensors["rng"])
    if "rng_cuda" in tensors:
        torch.cuda.set_rng_state(tensors["rng_cuda"])
    trainer.batches.cursor = (epoch, window)
    return progress


def refuse_changes(stored: dict, now: dict) -> None:
    """Raise ValueError naming every setting in which a resumed run differs from the one that was started.

    A setting that was not there when the run was started had the value that is now its default.
    """
    stored = asdict(TrainConfig()) | stored
    changed = [
        f"{name} was {stored.get(name)} and is {value}"
        for name, value in now.items()
        if name not in MAY_DIFFER and stored.get(name) != value
    ]
    if changed:
        raise ValueError("a run goes on with the settings it was started with: " + "; ".join(changed))


def part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Return the tensors whose names begin with a prefix, without it."""
    return {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}


def restore_optimizer(optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    """Give an optimizer its moments back; names are "<parameter>.<moment>"."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        index, moment = name.split(".", 1)
        state.setdefault(int(index), {})[moment] = tensor
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
