"""The words of our schema -> an editor on disk. What does a family's browser load?"""

from functools import cache
from pathlib import Path

import pytest

from generator.editor.configs import Desk, config_of
from generator.editor.page import files_of
from generator.editor.program import Pin, read_package, read_pin, unpack
from generator.editor.widgets import Config
from generator.load import read_labels, read_vocabularies
from generator.model.schemas import Wording
from generator.trouble import Trouble
from tests.sample import ROOT

THEME = ROOT / "theme"
PROGRAMS = ROOT / ".cache" / "programs"
TITLE = "Портфолио. Школа № 7"
OWN = Desk("forgejo", "https://git.school.example", "shkola/{student}", app="42")
"""Every student has a repository of their own."""
SHARED = Desk("forgejo", "https://git.school.example", "shkola/5a")
"""A class has one, and changes are proposed."""


@cache
def words() -> Wording:
    """Ours, without a school's own."""
    schema = ROOT / "schema"
    return Wording(read_labels(schema / "labels"), read_vocabularies(schema / "vocabulary"), {})


@cache
def config(desk: Desk) -> Config:
    """What the editor of a desk is told."""
    return config_of(desk, words(), TITLE)


def package(program: str) -> tuple[Pin, bytes]:
    """The package as npm brought it once; the test is skipped by name where npm may not."""
    pin = read_pin(THEME, program)
    try:
        return pin, read_package(pin, None, PROGRAMS)
    except Trouble as trouble:
        pytest.skip(f"no {pin.name}: {trouble.message.en}")


def write_editor(folder: Path, desk: Desk, told: Config) -> Path:
    """The editor's folder, as `stupeni editor make` writes it."""
    pin, content = package(desk.program)
    said = {"show_errors": "Показать, где"}
    for name, raw in files_of(desk, told, unpack(pin, content, said), THEME).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder
