import json
import math
import os
import resource
import signal
from contextlib import suppress

import pytest
import torch
from safetensors.torch import load_file, save_file

from model import checkpoint
from model.checkpoint import BEST, LAST, VOCABULARY, CheckpointError, load, read_tensors, save, write_tensors
from model.tokenizer import load_tokenizer, save_ranks
from tests.tiny import bytes_tokenizer, random_gpt

IDS = torch.tensor([[256, 1, 2, 3]])
CONFIG = {"vocab_size": 257, "block_size": 8, "n_layer": 2, "n_head": 2, "n_embd": 8, "dropout": 0.0}


@pytest.fixture
def folder(tmp_path):
    save_ranks(bytes_tokenizer().ranks, tmp_path / VOCABULARY)
    save(tmp_path / BEST, random_gpt(), bytes_tokenizer(), {"step": 7, "note": "好"})
    return tmp_path


def logits(path):
    return load(path).model(IDS)[0]


def rewrite(path, *, tensors=None, **metadata):
    """Write a well-formed safetensors file that says something else, as another program would."""
    old, said = read_tensors(path)
    said.pop("sha256")
    changed = {k: v for k, v in (said | metadata).items() if v is not None}
    save_file(old if tensors is None else tensors, path, metadata=changed)


def refused(path):
    with pytest.raises(CheckpointError) as error:
        load(path)
    assert error.value.zh.endswith("。") and error.value.en.endswith(".")
    assert str(error.value) == f"{error.value.zh} / {error.value.en}"


def test_what_was_saved_comes_back(folder):
    loaded = load(folder / BEST)
    assert torch.equal(loaded.model(IDS)[0], random_gpt()(IDS)[0])
    assert loaded.info == {"step": 7, "note": "好"}
    assert loaded.model.config == random_gpt().config and not loaded.model.training
    assert loaded.tokenizer.id == bytes_tokenizer().id
    assert not list(folder.glob("*.part"))


def test_a_folder_means_its_best_checkpoint_or_else_its_last(folder):
    save(folder / LAST, random_gpt(seed=1), bytes_tokenizer(), {})
    assert torch.equal(logits(folder), random_gpt()(IDS)[0])
    (folder / BEST).unlink()
    assert torch.equal(logits(folder), random_gpt(seed=1)(IDS)[0])
    (folder / LAST).unlink()
    refused(folder)


def test_a_truncated_file_is_refused(folder):
    data = (folder / BEST).read_bytes()
    for size in {0, 1, 7, 8, 9, 100, len(data) - 1, *range(0, len(data), 997)}:
        (folder / BEST).write_bytes(data[:size])
        refused(folder / BEST)
    (folder / BEST).write_bytes(data + b"more")
    refused(folder / BEST)


def test_a_flipped_bit_is_refused_or_does_no_harm(folder):
    """Every byte of the header, and the weights here and there."""
    data = (folder / BEST).read_bytes()
    expected = logits(folder / BEST)
    header = 8 + int.from_bytes(data[:8], "little")
    for place in [*range(0, header, 3), *range(header, len(data), 1499)]:
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << place % 8
        (folder / BEST).write_bytes(spoilt)
        with suppress(CheckpointError):
            assert torch.equal(logits(folder / BEST), expected), place


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!DOCTYPE html><html></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04" + bytes(1000),
        (1 << 60).to_bytes(8, "little") + b"{}",
        (100_000_000).to_bytes(8, "little") + b" " * 1000,
        (2).to_bytes(8, "little") + b"{}",
        (2).to_bytes(8, "little") + b"[]",
        bytes(range(256)) * 10,
    ],
    ids=["empty", "html", "png", "zip", "header 2^60", "header 100 MB", "no tensors", "a list", "bytes"],
)
def test_what_is_no_model_is_refused(folder, data):
    (folder / BEST).write_bytes(data)
    refused(folder / BEST)


def test_a_header_of_megabytes_is_refused_before_it_is_read(folder):
    save_file(load_file(folder / BEST), folder / BEST, metadata={"config": " " * 2_000_000})
    refused(folder / BEST)


def test_another_projects_file_is_refused(folder):
    save_file({"wte.weight": torch.zeros(3, 3)}, folder / BEST, metadata={"format": "pt"})
    refused(folder / BEST)
    save_file({"wte.weight": torch.zeros(3, 3)}, folder / BEST)
    refused(folder / BEST)


@pytest.mark.parametrize(
    "metadata",
    [
        {"config": None},
        {"info": None},
        {"tokenizer": None},
        {"config": "{"},
        {"config": "[]"},
        {"config": "null"},
        {"info": "{"},
        {"config": json.dumps(CONFIG | {"n_head": 3})},
        {"config": json.dumps(CONFIG | {"n_layer": 3})},
        {"config": json.dumps(CONFIG | {"n_layer": 10**9})},
        {"config": json.dumps(CONFIG | {"n_layer": "2"})},
        {"config": json.dumps(CONFIG | {"n_layer": 2.5})},
        {"config": json.dumps(CONFIG | {"vocab_size": 10**12})},
        {"config": json.dumps(CONFIG | {"n_embd": 1 << 40})},
        {"config": json.dumps(CONFIG | {"dropout": math.nan})},
        {"tokenizer": "0123456789abcdef"},
    ],
    ids=str,
)
def test_a_file_that_contradicts_itself_is_refused(folder, metadata):
    rewrite(folder / BEST, **metadata)
    refused(folder / BEST)


def spoilt(name):
    tensors = {k: v.clone() for k, v in random_gpt().state_dict().items()}
    weight = tensors["blocks.0.up.weight"]
    match name:
        case "NaN":
            weight[3, 3] = math.nan
        case "infinity":
            weight[3, 3] = -math.inf
        case "transposed":
            tensors["blocks.0.up.weight"] = weight.T.contiguous()
        case "extra":
            tensors["extra"] = torch.zeros(1)
        case "missing":
            del tensors["head.weight"]
        case "whole numbers":
            tensors["blocks.0.up.weight"] = weight.long()
        case "complex":
            tensors["blocks.0.up.weight"] = weight.to(torch.complex64)
        case "8 bits":
            tensors["blocks.0.up.weight"] = weight.to(torch.float8_e4m3fn)
        case "extra whole number":
            tensors["extra"] = torch.zeros(1, dtype=torch.long)
    return tensors


@pytest.mark.parametrize(
    "name",
    "NaN|infinity|transposed|extra|missing|whole numbers|complex|8 bits|extra whole number".split("|"),
)
def test_tensors_that_do_not_fit_are_refused(folder, name):
    rewrite(folder / BEST, tensors=spoilt(name))
    refused(folder / BEST)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_weights_of_16_bits_are_read_as_they_are(folder, dtype):
    tensors = {k: v.to(dtype) for k, v in random_gpt().state_dict().items()}
    rewrite(folder / BEST, tensors=tensors)
    loaded = load(folder / BEST).model.state_dict()
    assert all(torch.equal(loaded[k], v.float()) for k, v in tensors.items())


def test_a_file_without_a_seal_still_loads(folder):
    """Such were written before there was one."""
    rewrite(folder / BEST)
    assert torch.equal(logits(folder / BEST), random_gpt()(IDS)[0])


def test_a_model_without_its_vocabulary_is_refused(folder):
    (folder / VOCABULARY).unlink()  # then the shipped one would be taken
    refused(folder / BEST)


def test_a_damaged_vocabulary_is_refused(folder):
    (folder / VOCABULARY).write_text("what?\n")
    refused(folder / BEST)


def test_the_shipped_vocabulary_needs_none_beside(tmp_path):
    save(tmp_path / "a.safetensors", random_gpt(8192), load_tokenizer(), {})
    assert load(tmp_path / "a.safetensors").tokenizer.vocab_size == 8192


def test_an_exception_before_the_file_is_put_in_place_leaves_the_old_one(folder, monkeypatch):
    expected = logits(folder / BEST)
    for step in ("save_file", "os.fsync", "os.replace"):
        with monkeypatch.context() as patch:
            patch.setattr(
                f"model.checkpoint.{step}", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full"))
            )
            with pytest.raises(OSError):
                save(folder / BEST, random_gpt(seed=1), bytes_tokenizer(), {})
        assert torch.equal(logits(folder / BEST), expected)
        assert not list(folder.glob("*.part"))


@pytest.mark.parametrize(
    "step, survives", [("save_file", "old"), ("os.fsync", "old"), ("os.replace", "old"), ("os.close", "new")]
)
def test_a_kill_at_any_point_of_saving_leaves_a_whole_file(folder, monkeypatch, step, survives):
    new = random_gpt(seed=1)
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(f"model.checkpoint.{step}", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        save(folder / BEST, new, bytes_tokenizer(), {})
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    expected = new if survives == "new" else random_gpt()
    assert torch.equal(logits(folder / BEST), expected(IDS)[0])
    save(folder / BEST, new, bytes_tokenizer(), {})  # what the kill left over is in nobody's way
    assert torch.equal(logits(folder / BEST), new(IDS)[0])
    assert not list(folder.glob("*.part"))


def test_a_full_disk_leaves_the_old_file(folder):
    """A limit on the size of files stands for a full disk."""
    expected = logits(folder / BEST)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(OSError):
            save(folder / BEST, random_gpt(seed=1), bytes_tokenizer(), {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert torch.equal(logits(folder / BEST), expected)
    assert not list(folder.glob("*.part"))


def test_any_tensor_can_be_kept(tmp_path):
    tensors = {
        "scalar": torch.tensor(3.0),
        "empty": torch.zeros(0, 4),
        "bytes": torch.arange(5, dtype=torch.uint8),
        "half": torch.ones(2, 3, dtype=torch.bfloat16),
        "turned": torch.arange(6.0).view(2, 3).T,
    }
    write_tensors(tmp_path / "a", tensors, {"中": "文"})
    found, metadata = read_tensors(tmp_path / "a")
    assert metadata["中"] == "文"
    assert all(torch.equal(found[k], v) and found[k].dtype == v.dtype for k, v in tensors.items())


def test_a_path_that_leads_nowhere_is_refused(tmp_path):
    refused(tmp_path / "missing.safetensors")
    refused(tmp_path)
    refused(tmp_path / ("x" * 300))
    assert checkpoint.resolve(tmp_path / "a") == tmp_path / "a"
