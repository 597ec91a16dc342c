"""Tests and golden cases -> the requirements each of them proves, read and not run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

TESTS = Path(__file__).parent
MARK = "pytest.mark.covers"


@dataclass(frozen=True)
class Proof:
    """A test that goes red when what it covers is taken out."""

    requirement: str
    file: str
    """The module, or the golden case."""
    test: str
    """The function, or the name that the golden case gives to its run."""

    @property
    def name(self) -> str:
        """What a reader can look for."""
        return self.file if self.file.endswith(".yml") else f"{self.file}: {self.test}"


def proofs() -> list[Proof]:
    """Every mark `covers` in tests/ and every `covers` of a golden case, sorted."""
    found = [*_marked(), *_golden()]
    return sorted(found, key=lambda one: (one.requirement, one.name))


def _marked() -> Iterator[Proof]:
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for requirement in _marks(node):
                    yield Proof(requirement, path.relative_to(TESTS).as_posix(), node.name)


def _marks(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == MARK:
            for argument in decorator.args:
                yield str(ast.literal_eval(argument))


def _golden() -> Iterator[Proof]:
    for path in sorted((TESTS / "cases").rglob("*.yml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = path.relative_to(TESTS).as_posix()
        for requirement in case.get("covers", ()):
            yield Proof(requirement, name, f"[{path.stem}]")
