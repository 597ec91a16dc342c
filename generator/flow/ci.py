"""A school's repository -> the files by which it is checked and built, made anew. What changes?"""

import re
from dataclasses import dataclass
from pathlib import Path

from generator.curate.ci import LOCK, Forge, Way, Wheel, ci_files
from generator.curate.sheets import Sheets
from generator.diagnostic import Text, quote
from generator.trouble import Trouble

_WHEEL = re.compile(r"stupeni-[0-9a-z.+]+-py3-none-any\.whl")

_LINE = re.compile(rf"^\./ci/({_WHEEL.pattern}) ", re.MULTILINE)


@dataclass(frozen=True)
class Renewed:
    """Files as they would be."""

    sheets: Sheets
    new: tuple[str, ...]
    changed: tuple[str, ...]
    is_pinned: bool
    """Whether the program itself is among the tools that are put in."""


def renew_checks(
    folder: Path, server: tuple[Forge, Way], home: Path, wheel: Path | None, version: str
) -> Renewed:
    """What `stupeni ci` would write; nothing is written yet."""
    if not (folder / "portfolios").is_dir():
        raise Trouble(
            Text(f"в {quote(folder)} нет папки portfolios", f"no portfolios in {quote(folder)}"),
            Text("назовите папку хранилища школы", "name the folder of the school's repository"),
        )
    sheets = Sheets(folder)
    program = wheel or _pinned(sheets)
    files = ci_files(*server, home, _wheel(program) if program else None, version)
    for path, content in files.items():
        if sheets.read(path) != content:
            sheets.changed[path] = content
    fresh = sheets.fresh
    changed = tuple(one for one in sheets.changed if one not in fresh)
    return Renewed(sheets, fresh, changed, is_pinned=program is not None)


def _pinned(sheets: Sheets) -> Path | None:
    """The program that the lock names already, if it lies there."""
    found = _LINE.search(sheets.read(LOCK).decode("utf-8", "replace"))
    file = sheets.root / "ci" / found[1] if found else None
    return file if file and file.is_file() else None


def _wheel(file: Path) -> Wheel:
    if not (_WHEEL.fullmatch(file.name) and file.is_file()):
        raise Trouble(
            Text(f"{quote(file)} — не программа stupeni в виде wheel",
                 f"{quote(file)} is no wheel of stupeni"),
            Text("назовите файл вида stupeni-0.1.0-py3-none-any.whl",
                 "name a file like stupeni-0.1.0-py3-none-any.whl"),
        )  # fmt: skip
    return Wheel(file.name, file.read_bytes())
