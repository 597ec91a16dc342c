"""The house rules that a tool can keep (docs/explanation/house.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = sorted((ROOT / "generator").rglob("*.py"))
BROWSER = [*(ROOT / "theme").rglob("*.js"), *(ROOT / "theme").rglob("*.css")]
NOT_OURS = ("utils", "helper", "manager", "handler", "process", "data", "info", "common", "misc")


def functions(file: Path, *, public: bool = False) -> Iterator[ast.FunctionDef]:
    """Every function and method of a file, or only what others may call."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
    called = [*tree.body, *(node for one in classes for node in one.body)]
    for node in called if public else ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not (public and node.name.startswith("_")):
            yield node


@pytest.mark.parametrize("file", [*PYTHON, *BROWSER], ids=lambda path: path.name)
def test_no_file_passes_four_hundred_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_function_passes_forty_lines() -> None:
    long = {
        f"{file.name}:{function.name}": length
        for file in PYTHON
        for function in functions(file)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > 40
    }
    assert long == {}


def test_every_module_says_what_it_is_and_every_public_function_what_it_gives() -> None:
    silent = []
    for file in PYTHON:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(file.name)
        called = functions(file, public=True)
        silent += [f"{file.name}:{f.name}" for f in called if not ast.get_docstring(f)]
    assert silent == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [f.name for f in PYTHON if f.stem.strip("_").removesuffix("s") in NOT_OURS] == []


def test_nothing_is_left_unfinished() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented", "pragma: no cover")
    left = [
        (file.name, mark)
        for file in [*PYTHON, *BROWSER]
        for mark in marks
        if mark in file.read_text(encoding="utf-8")
    ]
    assert left == []


def test_no_browser_test_asks_the_page_to_evaluate_words_again_and_again() -> None:
    # Playwright's `wait_for_function` does so on a slow poll, and the page's policy forbids it:
    # such a test passes on a quiet machine and fails on a busy one.
    word = "wait_for_" + "function("
    tests = [*(ROOT / "tests").rglob("*.py")]
    assert [f.name for f in tests if word in f.read_text(encoding="utf-8")] == []


def test_only_doors_read_clock_chance_and_environment() -> None:
    # generator/seal/master.py makes the key: chance is its purpose.
    allowed = {
        "arguments.py",
        "files.py",
        "tell.py",
        "master.py",
        "shell.py",
        "reader.py",
        "workers.py",
    }
    words = ("datetime.now", "dt.datetime.now", "date.today", "os.environ", "secrets.", "random.")
    found = {
        file.name for file in PYTHON for word in words if word in file.read_text(encoding="utf-8")
    }
    assert found <= allowed
