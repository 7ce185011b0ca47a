"""The rules of the house, each read off the source by its syntax tree."""

import ast
import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = set("pyproject.toml README.md app.py lesson model train assets tests".split())
TOP_LEVEL |= set(".ci .gitignore .gitattributes .dockerignore LICENSE requirements.txt Dockerfile".split())
ARROWS = {"model": {"train", "lesson", "app"}, "train": {"lesson", "app"}, "lesson": {"app"}, "app.py": set()}
PARTS = [ROOT / "model", ROOT / "train", ROOT / "lesson"]
SOURCES = [Path("app.py"), *sorted(f.relative_to(ROOT) for part in PARTS for f in part.rglob("*.py"))]
PICKLES = {"pickle", "shelve", "marshal", "dill", "cloudpickle", "joblib"}
MUTABLE_CALLS = {"list", "dict", "set", "bytearray", "defaultdict", "Counter", "deque"}
MUTATORS = set("append extend insert remove pop clear update setdefault popitem add discard sort".split())
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
each_source = pytest.mark.parametrize("file", SOURCES, ids=str)


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


@functools.cache
def imported(file: Path) -> set[str]:
    """The top-level names that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module if node.module and not node.level else file.parts[0])
    return {name.split(".")[0] for name in names}


@functools.cache
def called(file: Path) -> set[str]:
    """What a file calls, as it is written there."""
    return {ast.unparse(node.func) for node in ast.walk(tree(file)) if isinstance(node, ast.Call)}


@each_source
def test_imports_go_one_way(file):
    assert imported(file) & ARROWS[file.parts[0]] == set()


@each_source
def test_gradio_stays_in_the_ui(file):
    if file.parts[0] != "app.py" and file.parts[:2] not in (("lesson", "ui"), ("lesson", "ui.py")):
        assert "gradio" not in imported(file)


@each_source
def test_nothing_runs_or_unpickles_data(file):
    assert imported(file) & PICKLES == set()
    assert {"eval", "exec", "compile", "torch.load"} & called(file) == set()
    assert "allow_pickle" not in (ROOT / file).read_text(encoding="utf-8")


@each_source
def test_only_entry_points_print(file):
    if file.name not in ("__main__.py", "app.py"):
        assert "print" not in called(file)


@each_source
def test_modules_and_functions_are_short(file):
    assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) < 330
    functions = [n for n in ast.walk(tree(file)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert [f.name for f in functions if f.end_lineno - f.lineno + 1 >= 60] == []


def is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).split(".")[-1] in MUTABLE_CALLS
    return isinstance(value, MUTABLE)


def changed(node: ast.AST) -> Iterator[str]:
    """The names whose value one node changes in place."""
    targets = []
    if isinstance(node, (ast.Assign, ast.Delete)):
        targets = [target.value for target in node.targets if isinstance(target, ast.Subscript)]
    elif isinstance(node, ast.AugAssign):
        targets = [node.target.value if isinstance(node.target, ast.Subscript) else node.target]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
        targets = [node.func.value]
    return (target.id for target in targets if isinstance(target, ast.Name))


@each_source
def test_modules_keep_no_state(file):
    module = tree(file)
    globals_ = set()
    for node in module.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and is_mutable(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            globals_ |= {ast.unparse(target) for target in targets}
    assert [name for name in globals_ if not name.isupper() and not name.startswith("__")] == []
    assert globals_ & {name for node in ast.walk(module) for name in changed(node)} == set()
    assert not any(isinstance(node, ast.Global) for node in ast.walk(module))


def test_the_top_level_holds_only_the_agreed():
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    assert {file.strip('"').split("/")[0] for file in files} - TOP_LEVEL == set()


def test_modules_are_named_for_what_they_hold():
    assert {file.stem.rstrip("s") for file in SOURCES} & {"util", "helper", "manager", "misc"} == set()
