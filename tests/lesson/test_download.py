"""A trained model as a file: what is in it, that it opens again, and who may have it."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from lesson.model_file import CARD, FOLDER, WEIGHTS, package
from lesson.ui.download import ADDRESS, route
from model import checkpoint, load
from model.checkpoint import LAST, VOCABULARY
from model.tokenizer import save_ranks
from tests.tiny import bytes_tokenizer, random_gpt
from train.jobs import Jobs


@pytest.fixture
def trained(tmp_path) -> Path:
    """A folder as a run leaves it."""
    tokenizer = bytes_tokenizer(["爽".encode()])
    folder = tmp_path / "run"
    folder.mkdir()
    save_ranks(tokenizer.ranks, folder / VOCABULARY)
    info = {"step": 12, "val_loss": 1.25, "train": {"n_layer": 2, "lr": 0.02, "probe": "秘密"}}
    checkpoint.save(folder / LAST, random_gpt(tokenizer.vocab_size), tokenizer, info)
    return folder


@pytest.fixture
def jobs(trained, tmp_path):
    """Jobs whose child leaves that model at once."""
    script = tmp_path / "child.py"
    script.write_text(
        "import json, shutil, sys\n"
        "out = sys.argv[sys.argv.index('--out') + 1]\n"
        f"for name in {[LAST, VOCABULARY]!r}: shutil.copy({str(trained)!r} + '/' + name, out)\n"
        "print(json.dumps({'event': 'done', 'step': 1, 'reason': 'steps', 'val_loss': 1.0}))\n",
        encoding="utf-8",
    )
    with Jobs(command=(sys.executable, str(script))) as opened:
        yield opened


@pytest.fixture
def client(jobs):
    app = FastAPI()
    route(jobs)(app)
    return TestClient(app)


def test_the_file_opens_again_with_the_same_predictions(trained, tmp_path):
    with zipfile.ZipFile(io.BytesIO(package(trained / LAST))) as archive:
        assert {Path(name).name for name in archive.namelist()} == {WEIGHTS, VOCABULARY, CARD}
        card = archive.read(f"{FOLDER}/{CARD}").decode()
        archive.extractall(tmp_path / "home")
    again, before = load(tmp_path / "home" / FOLDER / WEIGHTS), load(trained)
    text = "爽a"
    told = [one.predict_next_token_probabilities(text) for one in (again, before)]
    assert told[0] == told[1] and again.tokenizer.id == before.tokenizer.id
    assert "validation loss (nats): 1.25" in card and "lr: 0.02" in card and "秘密" not in card


def test_only_the_owner_of_an_ended_run_gets_it(client, jobs):
    token = jobs.submit("text", [], "anna")
    jobs.until_ended(token, 0.05)
    reply = client.post(ADDRESS, json={"token": token})
    assert reply.status_code == 200 and "attachment" in reply.headers["content-disposition"]
    assert zipfile.is_zipfile(io.BytesIO(reply.content)) and reply.headers["cache-control"] == "no-store"
    for wrong in ({"token": jobs.watch_token(token)}, {"token": "x"}, {"token": 3}, {}, [], None):
        assert client.post(ADDRESS, json=wrong).status_code == 404
    for body in (b"", b"\xff", b"[" * 50_000):
        assert client.post(ADDRESS, content=body).status_code == 404
    assert client.get(f"{ADDRESS}?token={token}").status_code in (404, 405)


def test_a_damaged_model_is_not_handed_out(client, jobs, trained):
    (trained / LAST).write_bytes((trained / LAST).read_bytes()[:-9])
    token = jobs.submit("text", [], "anna")
    jobs.until_ended(token, 0.05)
    assert client.post(ADDRESS, json={"token": token}).status_code == 404
