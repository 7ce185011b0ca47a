"""The training loop, to be read from top to bottom: batch, loss, backward, step; it yields, never prints."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import Tensor

from model import checkpoint
from model.config import GPTConfig
from model.gpt import GPT
from model.predictor import GPTPredictor
from model.tokenizer import BPETokenizer
from train import ranks
from train.baselines import baseline_losses
from train.config import TrainConfig
from train.control import LEAST_FACTOR, MOST_FACTOR, PAUSE_SECONDS, Command
from train.data import Batches, TokenDocuments
from train.events import Event, finite
from train.loss import linear_cross_entropy
from train.optim import make_optimizers
from train.precision import autocast, resolve_precision
from train.schedule import lr_scale
from train.state import Clock, Progress, load_state, save_state
from train.token_map import TokenMap
from train.watch import batch_report, evaluation_loss, evaluation_windows, probe_report, written

WARM_UP_STEPS, TIMED_STEPS = 2, 5  # the first steps compile and allocate
PAUSE_LOOKS = 0.5  # seconds between two looks whether a pause is over
NO_MEMORY = ("allocate memory", "not enough memory", "out of memory", "can't allocate")
Commands = Callable[[float], Command | None]  # the next thing to do, waited for so many seconds


class Trainer:
    """One run: a model, its data, and all it takes to stop at any step and go on as if nothing had been."""

    def __init__(
        self,
        config: TrainConfig,
        tokenizer: BPETokenizer,
        training: TokenDocuments,
        validation: TokenDocuments,
        out: Path,
        *,
        init: GPT | None = None,
        device: str = "cpu",
    ) -> None:
        if problems := config.problems():
            raise ValueError("; ".join(problems))
        if config.batch_size % ranks.world():
            raise ValueError(f"batch_size must be a multiple of {ranks.world()}, the number of processes")
        self.config = replace(config, precision=resolve_precision(config.precision, device))
        self.tokenizer, self.out, self.device = tokenizer, out, device
        torch.manual_seed(config.seed)
        self.model = GPT(gpt_config(config, tokenizer.vocab_size)).to(device)
        if init is not None:
            self.model.load_state_dict(init.state_dict())
        self.optimizers = make_optimizers(self.model, config.lr, config.weight_decay, self.config.precision)
        self.batches = Batches(training, config.block_size, config.batch_size, config.seed, config.whole)
        self.training, self.validation = training, validation
        self.progress = Progress(steps=config.steps or config.max_steps)
        self.map = TokenMap(tokenizer, training)
        self.hidden = torch.compile(self.model.hidden, dynamic=False) if config.compile else self.model.hidden

    def resume(self) -> None:
        """Go back to the checkpoint in `out`. Raises CheckpointError, or ValueError if settings differ."""
        self.progress = load_state(self)

    def set_minutes(self, minutes: float) -> None:
        """Turn minutes into a number of steps, which is stored, from the time that a few steps take now."""
        if not 0 < minutes < math.inf:
            raise ValueError(f"minutes must be above 0, not {minutes}")
        for _ in range(WARM_UP_STEPS):
            self._trial_step()
        started = time.perf_counter()
        for _ in range(TIMED_STEPS):
            self._trial_step()
        seconds = (time.perf_counter() - started) / TIMED_STEPS
        steps = ranks.agree(max(1, round(60 * minutes / seconds)))
        self.config = replace(self.config, steps=steps)
        self.progress.steps = steps

    def _trial_step(self) -> None:
        """Do a step's work without learning from it: weights, data and random numbers stay as they were."""
        rng, cursor = torch.get_rng_state(), self.batches.cursor
        self._backward()
        self.model.zero_grad(set_to_none=True)
        torch.set_rng_state(rng)
        self.batches.cursor = cursor

    def run(
        self, should_stop: Callable[[], bool] = lambda: False, commands: Commands = lambda seconds: None
    ) -> Iterator[Event]:
        """Train to the end, yielding events; `should_stop` and `commands` are asked before every step."""
        try:
            yield from self._run(should_stop, commands)
        except FloatingPointError as error:  # the weights are spoilt now; the last checkpoint is not
            yield self._failed("non_finite_loss", str(error))
        except (MemoryError, RuntimeError) as error:
            if not isinstance(error, MemoryError) and not any(words in str(error) for words in NO_MEMORY):
                raise
            yield self._failed("memory", str(error).split("\n")[0])

    def _run(self, should_stop: Callable[[], bool], commands: Commands) -> Iterator[Event]:
        progress, config, loss = self.progress, self.config, math.nan
        yield self._start()
        if progress.step == 0:  # saved before it is looked at: a run that goes on from here looks for itself
            yield self._save(checkpoint.LAST)
            yield self._evaluate(loss)
        clock, saved = Clock(progress), time.perf_counter()
        while (reason := ranks.agree(self._reason(should_stop))) is None:
            if (command := commands(0.0)) is not None:
                yield from self._obey(command, commands, should_stop, clock)
                continue
            loss = self._step()
            progress.step += 1
            clock.tick()
            yield self._step_event(loss, clock.seconds_a_step)
            if not math.isfinite(loss):
                raise FloatingPointError("the loss is no finite number any more")
            if progress.step % config.eval_every == 0:
                yield from self._look(loss)
            if time.perf_counter() - saved > config.checkpoint_seconds:
                yield self._save(checkpoint.LAST)
                saved = time.perf_counter()
        if reason in ("stopped", "time"):  # resumed, it must not remember a look that it would not take
            yield self._save(checkpoint.LAST)
        if not math.isnan(loss) and progress.step % config.eval_every:
            yield from self._look(loss)
        if reason in ("steps", "early_stop"):
            yield self._save(checkpoint.LAST)
        if maps := self.map.together():
            yield {"event": "map", "step": progress.step, "points": maps}
        yield {
            "event": "done", "step": progress.step, "reason": reason, "train_loss": loss,
            "val_loss": progress.val_loss, "best_val_loss": progress.best_val_loss,
            "best_step": progress.best_step, "seconds": progress.seconds,
        }  # fmt: skip

    def _obey(
        self, command: Command, commands: Commands, should_stop: Callable[[], bool], clock: Clock
    ) -> Iterator[Event]:
        """Do what was asked. A change is saved before it is told: whoever has heard of it can rely on it."""
        progress = self.progress
        if command.do == "lr":
            factor = progress.lr_factor * command.factor
            progress.lr_factor = min(max(factor, LEAST_FACTOR), MOST_FACTOR)
            yield self._save(checkpoint.LAST)
            yield {"event": "lr", "step": progress.step, "factor": progress.lr_factor}
        elif command.do == "pause" and (left := PAUSE_SECONDS - progress.paused) > 0:
            yield self._save(checkpoint.LAST)
            yield {"event": "paused", "step": progress.step, "seconds_left": left}
            clock.skip()
            asked: Command | None = None
            while progress.paused < PAUSE_SECONDS and not should_stop():
                asked = commands(PAUSE_LOOKS)
                progress.paused += clock.skip()
                if asked is not None and asked.do == "resume":
                    break
                if asked is not None and asked.do == "lr":
                    yield from self._obey(asked, commands, should_stop, clock)
            yield {"event": "resumed", "step": progress.step, "asked": asked is not None}

    def _step(self) -> float:
        loss = self._backward()
        scale = lr_scale(self.progress.step, self.progress.steps, self.config.warmup, self._decay)
        scale *= self.progress.lr_factor
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group.setdefault("peak_lr", group["lr"]) * scale
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return loss.item()

    def _backward(self) -> Tensor:
        """Return the loss of the next batch, its gradients worked out."""
        batch = (ranks.share(rows) for rows in self.batches.next())
        inputs, targets = (torch.from_numpy(rows).to(self.device) for rows in batch)  # (B, T) each
        self.model.train()
        with autocast(self.device, self.config.precision):
            hidden = self.hidden(inputs)  # (B, T, C)
        hidden = hidden.to(getattr(torch, self.config.precision)).flatten(0, 1)
        loss = linear_cross_entropy(hidden, self.model.head.weight, targets.flatten())
        loss.backward()
        return ranks.average(loss, list(self.model.parameters()))

    @property
    def _decay(self) -> float:
        return self.config.decay if self.config.steps else 0.0  # an open end has nothing to fall towards

    def _evaluate(self, train_loss: float) -> Event:
        progress = self.progress
        predictor = GPTPredictor(self.model, self.tokenizer)
        progress.val_loss = evaluation_loss(self.model, self.validation, self.config, self.device)
        if not math.isfinite(progress.val_loss):
            raise FloatingPointError("the validation loss is no finite number any more")
        text = written(predictor, self.config)
        best = progress.val_loss < progress.best_val_loss
        if best:
            progress.best_val_loss, progress.best_step, progress.bad_evals = (
                progress.val_loss,
                progress.step,
                0,
            )
        else:
            progress.bad_evals += 1
        return {
            "event": "eval", "step": progress.step, "val_loss": progress.val_loss, "train_loss": train_loss,
            "best": best, "probe": probe_report(predictor, self.config.probe),
            "sample": self.config.probe + text.decode("utf-8", "replace"), "written": text.hex(),
            "batch": self._exercises(), "map": self.map.look(self.model, progress.step),
        }  # fmt: skip

    def _exercises(self) -> list[Event]:
        """Return the beginning of the batch that comes next, with the model's surprise; the cursor stays."""
        cursor = self.batches.cursor
        inputs, targets = self.batches.next()
        self.batches.cursor = cursor
        return batch_report(self.model, self.tokenizer, inputs, targets, self.device)

    def _look(self, train_loss: float) -> Iterator[Event]:
        event = self._evaluate(train_loss)
        yield event
        if event["best"]:
            yield self._save(checkpoint.BEST)

    def _reason(self, should_stop: Callable[[], bool]) -> str | None:
        """Return why the run is over, or None if it is not."""
        progress, config = self.progress, self.config
        patient = progress.bad_evals < config.patience or (config.steps is not None and not config.early_stop)
        if not patient:
            return "early_stop"
        if progress.step >= progress.steps:
            return "steps"
        if config.max_seconds is not None and progress.seconds >= config.max_seconds:
            return "time"
        return "stopped" if should_stop() else None

    def _save(self, name: str) -> Event:
        progress = self.progress
        info = {"step": progress.step, "val_loss": finite(progress.val_loss), "train": asdict(self.config)}
        if not all(bool(p.isfinite().all()) for p in self.model.parameters()):
            raise FloatingPointError("weights that are no numbers are not saved")
        try:
            if ranks.rank() == 0:
                checkpoint.save(self.out / name, self.model, self.tokenizer, info)
            if ranks.rank() == 0 and name == checkpoint.LAST:
                save_state(self)
        except OSError as error:  # a full disk: the old files are whole, and training need not stop for it
            return self._failed("disk_full", str(error))
        return {"event": "checkpoint", "step": self.progress.step, "path": name}

    def _failed(self, cause: str, message: str) -> Event:
        return {"event": "failed", "step": self.progress.step, "cause": cause, "message": message}

    def _start(self) -> Event:
        return {
            "event": "start", "step": self.progress.step, "config": asdict(self.config),
            "parameters": self.model.num_params(), "train_tokens": len(self.training.ids),
            "val_tokens": len(self.validation.ids), "steps": self.progress.steps,
            "tokens_per_step": self.config.tokens_per_step, "threads": torch.get_num_threads(),
            "uniform_loss": math.log(self.tokenizer.vocab_size), "baselines": self._baselines(),
            "lr_factor": self.progress.lr_factor,
            "map_tokens": [{"id": i, "bytes": self.tokenizer.token_bytes(i).hex()} for i in self.map.tokens],
        }  # fmt: skip

    def _baselines(self) -> dict[str, float]:
        count, size = evaluation_windows(self.validation, self.config)
        return baseline_losses(self.training, self.validation, self.tokenizer.vocab_size, count * size)

    def _step_event(self, loss: float, seconds_a_step: float) -> Event:
        progress = self.progress
        return {
            "event": "step", "step": progress.step, "train_loss": loss,
            "lr": self.optimizers[-1].param_groups[0]["lr"],
            "tokens_per_second": self.config.tokens_per_step / seconds_a_step, "seconds": progress.seconds,
            "seconds_left": (progress.steps - progress.step) * seconds_a_step, "epoch": self.batches.epoch,
        }  # fmt: skip


def gpt_config(config: TrainConfig, vocab_size: int) -> GPTConfig:
    """Return the shape of the model that a run trains."""
    return GPTConfig(
        vocab_size, config.block_size, config.n_layer, config.n_head, config.n_embd, config.dropout
    )
