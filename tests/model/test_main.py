import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from model.__main__ import main
from model.checkpoint import BEST, VOCABULARY, save
from model.tokenizer import save_ranks
from tests.tiny import bytes_tokenizer, random_gpt

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    save_ranks(bytes_tokenizer().ranks, folder / VOCABULARY)
    save(folder / BEST, random_gpt(), bytes_tokenizer(), {})
    return str(folder)


@pytest.fixture
def json_of(run, capsys):
    def call(*arguments: str) -> dict:
        assert main([*arguments, "--model", run, "--json"]) == 0
        out, err = capsys.readouterr()
        assert err == "" and out.count("\n") == 1
        return json.loads(out)

    return call


def test_predict(json_of):
    report = json_of("predict", "a", "--rows", "3", "--temperature", "0.5", "--top-k", "2", "--top-p", "0.9")
    assert list(report) == ["context", "top", "rest", "rest_shaped", "entropy_bits"]
    assert report["context"] == [256, 97]
    assert [list(row) for row in report["top"]] == [["id", "token", "bytes", "p", "p_shaped"]] * 3
    assert sum(row["p"] for row in report["top"]) + report["rest"] == pytest.approx(1, abs=1e-6)
    assert report["top"][2]["p_shaped"] == 0
    assert len(json_of("predict", "")["top"]) == 10


def test_generate(json_of):
    report = json_of("generate", "a", "--tokens", "12", "--seed", "7")
    assert list(report) == ["text", "continuation", "steps"]
    assert [list(row) for row in report["steps"]] == [["id", "token", "p", "p_shaped", "dice"]] * 12
    assert report == json_of("generate", "a", "--tokens", "12", "--seed", "7")
    assert report != json_of("generate", "a", "--tokens", "12", "--seed", "8")


def test_temperature_zero_is_greedy(json_of):
    steps = json_of("generate", "a", "--tokens", "12", "--seed", "7", "--temperature", "0")["steps"]
    assert steps[0]["id"] == json_of("predict", "a")["top"][0]["id"]
    assert all(step["p_shaped"] == 1 for step in steps)


def test_tokenize(json_of):
    assert json_of("tokenize", "a你") == {
        "tokens": [
            {"id": 97, "text": "a", "bytes": "61"},
            {"id": 228, "text": None, "bytes": "e4"},
            {"id": 189, "text": None, "bytes": "bd"},
            {"id": 160, "text": None, "bytes": "a0"},
        ]
    }


def test_without_json_it_is_to_be_read(run, capsys):
    for words in (["predict", "a"], ["generate", "a"], ["tokenize", "a\n<|endoftext|>"]):
        assert main([*words, "--model", run]) == 0
        assert capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["predict", "a", "--temperature", "nan"],
        ["predict", "a", "--temperature", "inf"],
        ["predict", "a", "--temperature", "-1"],
        ["predict", "a", "--top-k", "0"],
        ["predict", "a", "--top-p", "0"],
        ["predict", "a", "--top-p", "nan"],
        ["predict", "a", "--rows", "-1"],
        ["generate", "a", "--tokens", "-1"],
    ],
    ids=" ".join,
)
def test_wrong_numbers_get_one_sentence(run, capsys, words):
    assert main([*words, "--model", run]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1


@pytest.mark.parametrize("command", ["predict", "generate", "tokenize"])
def test_an_unknown_model_gets_one_sentence(command, tmp_path, capsys):
    assert main([command, "a", "--model", str(tmp_path / "none"), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert "找不到模型文件" in err and "There is no model file" in err


@pytest.mark.parametrize("words", [[], ["predict"], ["predict", "a", "--top-k", "x"], ["sing", "a"]])
def test_unusable_words_exit_with_2(words, capsys):
    with pytest.raises(SystemExit) as exit:
        main(words)
    assert exit.value.code == 2 and "usage" in capsys.readouterr().err


@pytest.mark.slow
def test_it_runs_by_itself_and_speaks_utf8_whatever_the_locale(run):
    command = [sys.executable, "-m", "model", "tokenize", "你\udcff", "--model", run, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": ""}, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.load(io.BytesIO(done.stdout))["tokens"]
    assert b"".join(bytes.fromhex(row["bytes"]) for row in rows).decode() == "你\ufffd"
