"""What README.md tells people to type, typed; only its two set-up lines are left to .ci/run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = README.split('<a id="english"></a>')


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def lines(text: str = README) -> list[str]:
    """The command lines of a text, in order and once each."""
    found = [line for block in blocks("bash", text) for line in block.splitlines()]
    return [line for line in dict.fromkeys(found) if not line.startswith("#")]


SET_UP = [line for line in lines() if "python3 -m venv" in line]
TRAINING = [line for line in lines() if "-m train" in line or "runs/" in line]
OTHERS = [line for line in lines() if line not in SET_UP + TRAINING]


def arguments(line: str, runs: Path) -> list[str]:
    """One line as a process to start: training a few steps only, the page no more than its --help."""
    words = [word.replace("runs/", f"{runs}/") for word in shlex.split(line)]
    assert words[0] == "python"
    if words[1:3] == ["-m", "train"] and words[3] != "evaluate":
        for limit in {"--minutes", "--steps"} & set(words):
            at = words.index(limit)
            del words[at : at + 2]
        words += ["--steps", "2"]
    if words[1] == "app.py":
        words.append("--help")
    return [sys.executable, *words[1:]]


def run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("line", OTHERS)
def test_command_line_runs(line, tmp_path):
    assert run(arguments(line, tmp_path)).strip()


@pytest.mark.slow
def test_training_lines_run_in_their_order(tmp_path):
    for line in TRAINING:
        run(arguments(line, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("block", dict.fromkeys(blocks("python")))
def test_python_example_runs(block):
    assert run([sys.executable, "-c", block]).strip()


def test_two_set_up_lines_the_same_in_both_languages():
    assert len(SET_UP) == 2
    assert [line for line in lines(ENGLISH) if line in SET_UP] == SET_UP
    assert README.count("<!-- the test line -->") == 1
    assert CHINESE.index("<!-- the test line -->") < CHINESE.index(SET_UP[1])


def test_both_languages_show_the_same_commands():
    """Only the texts that a model reads may differ between them."""
    chinese, english = ([re.sub('".*?"', "TEXT", line) for line in lines(t)] for t in (CHINESE, ENGLISH))
    assert [line.split("TEXT")[0] for line in chinese] == [line.split("TEXT")[0] for line in english]
    assert blocks("python", CHINESE) == blocks("python", ENGLISH)


def test_pictures_exist():
    assert [path for path in re.findall(r"!\[.*?\]\((.*?)\)", README) if not (ROOT / path).exists()] == []
