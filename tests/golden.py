"""Golden case -> what is said about it. Does the house say what the case expects?"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from generator.check import NEW, check, check_keys
from generator.decide import find_rings
from generator.diagnostic import Diagnostic, Lang
from generator.load import load
from generator.model.published import Published
from generator.model.school import LEVELS
from generator.publish.published import parse_rings
from generator.say import say
from generator.source import read_line, read_places
from tests.world import SCHEMA, TODAY, world

CASES = Path(__file__).parent / "cases"


def read_case(room: str, name: str) -> dict[str, Any]:
    """The case `tests/cases/<room>/<name>.yml`: `files`, `says`, perhaps `english`, `before`."""
    case: dict[str, Any] = yaml.safe_load((CASES / room / f"{name}.yml").read_text("utf-8"))
    return case


def names(room: str) -> list[str]:
    """Names of all cases of a room."""
    return sorted(path.stem for path in (CASES / room).glob("*.yml"))


def before_of(case: dict[str, Any]) -> Published:
    """What was published before a case: `epochs`, `suspended`, `held` as rings of a level."""
    before = case.get("before", {})
    held = {level: parse_rings(words) for level, words in before.get("held", {}).items()}
    return Published(**{**before, "held": held, "unknown": frozenset(before.get("unknown", ()))})


def build(root: Path, files: dict[str, Any]) -> Path:
    """The smallest whole school with the case's files.

    A file is its text, null (removed), `hex`, `repeat` (text, times) after `first`, or `link`.
    """
    world(root, {name: _content(file) for name, file in files.items()})
    for name, file in files.items():
        if isinstance(file, dict) and "link" in file:
            (root / name).unlink(missing_ok=True)
            (root / name).symlink_to(file["link"])
    return root


def found_in(root: Path, *, checked: bool, before: Published = NEW) -> list[Diagnostic]:
    """Everything wrong with a school: of reading it, and if `checked` of its sense too."""
    loaded = load(root, SCHEMA)
    found = list(loaded.diagnostics)
    if checked and loaded.school:
        found += check(loaded.school, TODAY, before)
        if not any(one.is_error for one in found):
            rings = tuple(find_rings(loaded.school, level, TODAY) for level in LEVELS)
            found += check_keys(loaded.school, TODAY, before, rings)
    return read_places(root, found)


def spoken(root: Path, diagnostics: Iterable[Diagnostic], lang: Lang = "ru") -> list[str]:
    """One line for each diagnostic."""
    return say(diagnostics, "concise", lang, partial(read_line, root)).splitlines()


def _content(file: Any) -> str | bytes | None:
    if not isinstance(file, dict):
        return file  # type: ignore[no-any-return]
    if "hex" in file:
        return bytes.fromhex(file["hex"])
    text, times = file.get("repeat", ["", 0])
    return str(file.get("first", "") + text * times)
