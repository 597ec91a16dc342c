"""Answers -> a school's own repository. Is it ready to be checked and built?"""

import os
from dataclasses import dataclass
from pathlib import Path

from generator.curate.history import is_in_git, run_first_commit
from generator.curate.sheets import Sheets
from generator.curate.start import Start, first_files
from generator.diagnostic import Text, quote
from generator.trouble import Trouble

_MESSAGE = "Портфолио школы: начало"


@dataclass(frozen=True)
class Begun:
    """What was made, and what lay there before and was left as it is."""

    folder: Path
    files: tuple[str, ...]
    left: tuple[str, ...]
    committed: bool
    in_git: bool
    """Whether the folder belonged to a repository before: then its history is its owner's."""


def refuse_begun(folder: Path) -> None:
    """Trouble when a school lies in the folder already."""
    if os.path.lexists(folder / "portfolios"):
        raise Trouble(
            Text(f"в {quote(folder)} уже есть portfolios", f"portfolios is in {quote(folder)}"),
            Text("назовите другую папку: эта не тронута", "name another folder: nothing was done"),
        )


def begin_school(folder: Path, start: Start, home: Path, *, git: bool) -> Begun:
    """The first files, all of them or none; what lies there is never written over."""
    refuse_begun(folder)
    files = first_files(start, home)
    left = tuple(name for name in files if os.path.lexists(folder / name))
    before, was_there = is_in_git(folder), folder.exists()
    sheets = Sheets(folder)
    for name, text in files.items():
        if name not in left:
            sheets.new(name, text)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        sheets.write()
    finally:
        if not was_there and not any(folder.iterdir()):
            folder.rmdir()
    committed = git and not before and run_first_commit(folder, _MESSAGE)
    return Begun(folder, tuple(sheets.changed), left, committed, before)
